//! A create that is sent again with its `Idempotency-Key` is answered again, and made once.

use captain_api_tests::{Answer, Firm, Person, answer, group_form, person_form, shared, unique};
use contract::page::Page;
use contract::problem::Code;
use domain::role::Role;
use futures::future::join_all;
use serde_json::{Value, json};

async fn create(person: &Person, path: &str, key: &str, form: &Value) -> Answer {
    let request = person.posts(path, form).header("idempotency-key", key);
    answer(request).await
}

/// How many entries a list has.
async fn count(person: &Person, list: &str) -> usize {
    let path = format!("{list}?limit=100");
    let page: Page<Value> = answer(person.gets(&path)).await.json();
    page.items.len()
}

#[tokio::test]
async fn sent_again_is_made_once() {
    let firm = Firm::new(shared()).await;
    let team = firm.team().await;
    let manager = &firm.manager;
    let other_name = |form: &Value, field: &str| {
        let mut form = form.clone();
        form[field] = json!(unique("Other"));
        form
    };
    let scenario = scenario_text(manager).await;
    let creates = [
        ("/api/users", person_form(Role::SalesRep), "firstName"),
        (
            "/api/teams",
            json!({"name": "West", "managerId": firm.manager_id}),
            "name",
        ),
        ("/api/groups", group_form(team.id, "Ours"), "name"),
        ("/api/invites", json!({"role": "sales_rep"}), "email"),
        ("/api/scenarios", scenario, "theme"),
    ];
    for (path, form, field) in creates {
        let before = count(manager, path).await;
        let key = unique("key");
        let first = create(manager, path, &key, &form).await;
        first.made::<Value>();
        let again = create(&manager.elsewhere(), path, &key, &form).await;
        assert_eq!((again.status, &again.body), (201, &first.body), "{path}");
        for name in ["location", "etag", "content-type"] {
            assert_eq!(first.header(name), again.header(name), "{path} {name}");
        }
        assert_eq!(first.header("idempotency-replayed"), "");
        assert_eq!(again.header("idempotency-replayed"), "true");
        assert_eq!(count(manager, path).await, before + 1, "{path}");

        let other = create(manager, path, &key, &other_name(&form, field)).await;
        other.problem(Code::KeyReused);
        assert_eq!(count(manager, path).await, before + 1, "{path}");
    }
}

/// The text of a published scenario.
async fn scenario_text(manager: &Person) -> Value {
    let list: Value = answer(manager.gets("/api/scenarios?limit=1")).await.json();
    let id = list["items"][0]["id"].as_str().unwrap();
    let whole: Value = answer(manager.gets(&format!("/api/scenarios/{id}")))
        .await
        .json();
    whole["text"].clone()
}

#[tokio::test]
async fn of_many_at_once_one_makes_it() {
    let firm = Firm::new(shared()).await;
    let key = unique("key");
    let form = json!({"name": "West", "managerId": firm.manager_id});
    let calls = (0..12).map(|_| {
        let manager = firm.manager.elsewhere();
        let (key, form) = (key.clone(), form.clone());
        async move { create(&manager, "/api/teams", &key, &form).await }
    });
    let answers = join_all(calls).await;
    let made: Vec<&Answer> = answers.iter().filter(|one| one.status == 201).collect();
    assert!(!made.is_empty());
    assert!(made.iter().all(|one| one.body == made[0].body));
    for early in answers.iter().filter(|one| one.status != 201) {
        early.problem(Code::KeyInFlight);
    }
    assert_eq!(count(&firm.manager, "/api/teams").await, 1);
    let later = create(&firm.manager, "/api/teams", &key, &form).await;
    assert_eq!((later.status, &later.body), (201, &made[0].body));
}

#[tokio::test]
async fn a_key_is_ones_own_and_comes_back_from_what_was_refused() {
    let firm = Firm::new(shared()).await;
    let (_, colleague) = firm.hire_at_work(shared(), Role::Manager).await;
    let key = unique("key");
    let refused = create(&firm.manager, "/api/teams", &key, &json!({"name": ""})).await;
    assert_eq!(refused.fields(Code::BadJson), ["managerId"]);
    let team = |name: &str| json!({"name": name, "managerId": firm.manager_id});
    let mended = create(&firm.manager, "/api/teams", &key, &team("West")).await;
    assert_eq!(mended.status, 201, "{}", mended.text());
    let others = create(&colleague, "/api/teams", &key, &team("East")).await;
    assert_eq!(
        (others.status, others.header("idempotency-replayed")),
        (201, "")
    );
    for bad in ["", " ", &"x".repeat(201)] {
        let answer = create(&firm.manager, "/api/teams", bad, &team("South")).await;
        assert_eq!(answer.fields(Code::Invalid), ["Idempotency-Key"], "{bad:?}");
    }
    assert_eq!(count(&firm.manager, "/api/teams").await, 2);
}
