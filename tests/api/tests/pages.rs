//! A list is read a page at a time: all of it, nothing twice, whatever is added meanwhile.

use std::collections::HashSet;

use captain_api_tests::{Firm, Person, SUPER_ADMIN, answer, group_form, shared};
use contract::page::Page;
use contract::problem::Code;
use serde_json::{Value, json};

/// Reads a list to its end, and does something before each page but the first. Gives the ids in their order.
async fn walk(
    person: &Person,
    list: &str,
    limit: usize,
    mut between: impl AsyncFnMut(),
) -> Vec<String> {
    let join = if list.contains('?') { '&' } else { '?' };
    let mut path = format!("{list}{join}limit={limit}");
    let mut ids = Vec::new();
    loop {
        let page: Page<Value> = answer(person.gets(&path)).await.json();
        assert!(page.items.len() <= limit, "{path}");
        assert!(
            page.items.len() == limit || page.next_cursor.is_none(),
            "{path}: a short page is the last"
        );
        ids.extend(
            page.items
                .iter()
                .map(|item| item["id"].as_str().unwrap().to_owned()),
        );
        let Some(cursor) = page.next_cursor else {
            break;
        };
        path = format!("{list}{join}limit={limit}&cursor={cursor}");
        between().await;
    }
    let once: HashSet<&String> = ids.iter().collect();
    assert_eq!(once.len(), ids.len(), "{list}: nothing comes twice");
    ids
}

#[tokio::test]
async fn pages_of_any_size_are_the_whole_list() {
    let admin = Person::known(shared(), SUPER_ADMIN).await;
    let manager = Person::known(shared(), "manager@salescaptain.test").await;
    let rep = Person::known(shared(), "rep@salescaptain.test").await;
    for (person, list) in [
        (&manager, "/api/users?role=manager"),
        (&manager, "/api/users?active=true&search=practice-00"),
        (&manager, "/api/sessions?status=completed"),
        (&manager, "/api/sessions/upcoming"),
        (&manager, "/api/scenarios"),
        (&manager, "/api/groups"),
        (&rep, "/api/sessions"),
        (&admin, "/api/sessions?to=1900000000000&status=missed"),
    ] {
        let whole = walk(person, list, 100, async || ()).await;
        assert!(!whole.is_empty(), "{list}");
        for limit in [3, 7, whole.len().min(100)] {
            assert_eq!(
                walk(person, list, limit, async || ()).await,
                whole,
                "{list} {limit}"
            );
        }
    }
}

#[tokio::test]
async fn what_is_added_meanwhile_disturbs_nobody() {
    let firm = Firm::new(shared()).await;
    let manager = &firm.manager;
    let team_named = async |name: &str| {
        let form = json!({"name": name, "managerId": firm.manager_id});
        let made: Value = answer(manager.posts("/api/teams", &form)).await.made();
        made["id"].as_str().unwrap().to_owned()
    };
    // By name: new ones before the cursor, behind it, and with hostile names.
    let mut teams = HashSet::new();
    for name in [
        "m 01",
        "m 02",
        "M 03",
        "m \"04\"",
        "म ०५",
        "m 06 \u{1F600}",
        "m 07",
        "Ä 08",
        "z' --",
    ] {
        teams.insert(team_named(name).await);
    }
    let mut number = 0;
    let seen = walk(manager, "/api/teams", 2, async || {
        number += 1;
        team_named(&format!("a {number}")).await;
        team_named(&format!("zz {number}")).await;
        team_named(&format!("m 06 {number}")).await;
    })
    .await;
    let seen: HashSet<String> = seen.into_iter().collect();
    assert!(teams.is_subset(&seen), "{:?}", teams.difference(&seen));

    // In the order in which they came: new ones stand at the end.
    let team = firm.team().await;
    let group_named = async |name: &str| {
        let form = group_form(team.id, name);
        let made: Value = answer(manager.posts("/api/groups", &form)).await.made();
        made["id"].as_str().unwrap().to_owned()
    };
    let mut groups = Vec::new();
    for number in 0..7 {
        groups.push(group_named(&format!("Group {number}")).await);
    }
    let mut left = 3;
    let list = format!("/api/groups/team/{}", team.id);
    let seen = walk(manager, &list, 2, async || {
        if left > 0 {
            left -= 1;
            group_named(&format!("Later {left}")).await;
        }
    })
    .await;
    assert_eq!(seen[..7], groups);

    // The newest first: new ones stand before the first page.
    let before = walk(manager, "/api/audit", 100, async || ()).await;
    let mut left = 5;
    let seen = walk(manager, "/api/audit", 4, async || {
        if left > 0 {
            left -= 1;
            team_named(&format!("audited {left}")).await;
        }
    })
    .await;
    assert_eq!(seen, before);
}

#[tokio::test]
async fn a_cursor_is_ours_and_a_limit_has_limits() {
    let admin = Person::known(shared(), SUPER_ADMIN).await;
    for list in [
        "/api/users",
        "/api/teams",
        "/api/groups",
        "/api/companies",
        "/api/invites",
        "/api/audit",
        "/api/sessions",
        "/api/sessions/upcoming",
        "/api/scenarios",
    ] {
        for (query, field) in [
            ("limit=0", "limit"),
            ("limit=101", "limit"),
            ("limit=-1", "limit"),
            ("limit=ten", "limit"),
            ("cursor=", "cursor"),
            ("cursor=x", "cursor"),
            ("cursor=%00", "cursor"),
            ("cursor=' OR 1=1 --", "cursor"),
            ("sort=name", "sort"),
        ] {
            let refused = answer(admin.gets(&format!("{list}?{query}"))).await;
            assert_eq!(refused.fields(Code::Invalid), [field], "{list}?{query}");
        }
    }
}
