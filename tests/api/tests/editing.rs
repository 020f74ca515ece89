//! Things are made, read, edited and deleted, and nobody's edit overwrites another's.

use captain_api_tests::{
    Answer, Firm, Person, SUPER_ADMIN, answer, group_form, person_form, shared, unique,
};
use contract::audit::AuditEntry;
use contract::page::Page;
use contract::problem::Code;
use domain::role::Role;
use futures::future::join_all;
use reqwest::Method;
use serde_json::{Value, json};

/// A thing that can be edited: its address, and a body that says something else each time.
struct Thing {
    path: String,
    body: fn(&Value) -> Value,
}

async fn read(person: &Person, path: &str) -> Answer {
    let read = answer(person.gets(path)).await;
    assert_eq!(read.status, 200, "{path}: {}", read.text());
    read
}

/// One thing of each kind that a manager edits, all in one company.
async fn things(firm: &Firm) -> Vec<Thing> {
    let rep = firm.hire(Role::SalesRep).await;
    let team = firm.team().await;
    let group = firm.group(team.id).await;
    vec![
        Thing {
            path: format!("/api/users/{}", rep.id),
            body: |user| {
                json!({"email": user["email"], "role": user["role"], "firstName": unique("Nadia"),
                       "lastName": "Kurien", "language": "en"})
            },
        },
        Thing {
            path: format!("/api/teams/{}", team.id),
            body: |team| json!({"name": unique("Team"), "managerId": team["manager"]["id"]}),
        },
        Thing {
            path: format!("/api/groups/{}", group.id),
            body: |group| json!({"name": unique("Group"), "schedule": group["schedule"], "isActive": true}),
        },
        Thing {
            path: format!("/api/companies/{}", firm.company.id),
            body: |company| json!({"name": unique("Firm"), "settings": company["settings"]}),
        },
        Thing {
            path: "/api/profile".to_owned(),
            body: |_| {
                json!({"firstName": unique("Nadia"), "lastName": "Kurien", "language": "en",
                       "onLeaderboard": true, "mailReminders": false, "mailDigest": false})
            },
        },
    ]
}

#[tokio::test]
async fn an_edit_names_the_version_that_it_edits() {
    let firm = Firm::new(shared()).await;
    let manager = &firm.manager;
    for Thing { path, body } in things(&firm).await {
        let before = read(manager, &path).await;
        let first = before.header("etag").to_owned();
        let shown: Value = before.json();
        assert_eq!(first, format!("\"{}\"", shown["version"]), "{path}");

        let put = || manager.request(Method::PUT, &path).json(&body(&shown));
        answer(put()).await.problem(Code::IfMatchMissing);
        for no_tag in ["7", "*", "\"x\"", "\"-1\""] {
            let refused = answer(put().header("if-match", no_tag)).await;
            let fields = refused.fields(Code::Invalid);
            assert_eq!(fields, ["If-Match"], "{path} {no_tag}");
        }
        answer(put().header("if-match", "\"999\""))
            .await
            .problem(Code::Changed);
        assert_eq!(read(manager, &path).await.body, before.body, "{path}");

        // Proxies that compress weaken a tag.
        let weak = format!("W/{first}");
        let edited = answer(put().header("if-match", weak)).await;
        assert_eq!(edited.status, 200, "{path}: {}", edited.text());
        assert_ne!(edited.header("etag"), first);
        let again = read(manager, &path).await;
        assert_eq!(
            (again.header("etag"), &again.body),
            (edited.header("etag"), &edited.body)
        );
        answer(put().header("if-match", first))
            .await
            .problem(Code::Changed);
        assert_eq!(read(manager, &path).await.body, again.body, "{path}");
    }
}

#[tokio::test]
async fn of_many_editors_at_once_one_wins() {
    let firm = Firm::new(shared()).await;
    for Thing { path, body } in things(&firm).await {
        let before = read(&firm.manager, &path).await;
        let shown: Value = before.json();
        let edits = (0..6).map(|_| {
            let manager = firm.manager.elsewhere();
            let request = manager.puts(&path, before.header("etag"), &body(&shown));
            answer(request)
        });
        let answers = join_all(edits).await;
        let won: Vec<&Answer> = answers.iter().filter(|one| one.status == 200).collect();
        assert_eq!(won.len(), 1, "{path}");
        for lost in answers.iter().filter(|one| one.status != 200) {
            lost.problem(Code::Changed);
        }
        assert_eq!(read(&firm.manager, &path).await.body, won[0].body, "{path}");
    }
}

#[tokio::test]
async fn what_is_made_is_where_it_says_until_it_is_deleted() {
    let firm = Firm::new(shared()).await;
    let manager = &firm.manager;
    let team = firm.team().await;
    let forms = [
        ("/api/users", person_form(Role::SalesRep)),
        ("/api/users", person_form(Role::Manager)),
        (
            "/api/teams",
            json!({"name": unique("Team"), "managerId": firm.manager_id}),
        ),
        ("/api/groups", group_form(team.id, "Ours")),
    ];
    for (list, form) in forms {
        let made = answer(manager.posts(list, &form)).await;
        made.made::<Value>();
        let path = made.header("location").to_owned();
        assert!(path.starts_with(&format!("{list}/")), "{path}");
        assert_eq!(made.header("etag"), "\"1\"");
        let shown = read(manager, &path).await;
        assert_eq!((shown.header("etag"), &shown.body), ("\"1\"", &made.body));

        // The same name once more.
        let field = if list == "/api/users" {
            "email"
        } else {
            "name"
        };
        let again = answer(manager.posts(list, &form)).await;
        assert_eq!(again.fields(Code::Exists), [field], "{list}");

        let gone = answer(manager.deletes(&path)).await;
        assert_eq!((gone.status, gone.body.len()), (204, 0), "{path}");
        answer(manager.gets(&path)).await.problem(Code::NotFound);
        answer(manager.deletes(&path)).await.problem(Code::NotFound);
        // Now there is room for it.
        assert_eq!(answer(manager.posts(list, &form)).await.status, 201);
    }
}

#[tokio::test]
async fn what_is_wrong_names_its_field() {
    let firm = Firm::new(shared()).await;
    let manager = &firm.manager;
    let team = firm.team().await;
    let user = |field: &str, value: Value| {
        let mut form = person_form(Role::SalesRep);
        form[field] = value;
        form
    };
    let group = |pointer: &str, value: Value| {
        let mut form = group_form(team.id, "Ours");
        *form.pointer_mut(pointer).unwrap() = value;
        form
    };
    let long = "x".repeat(81);
    let missing = "0198f3a2-5b7c-7d10-8a4e-3f6b2c9d1e00";
    let refused = [
        ("/api/users", user("email", json!("no address")), "email"),
        ("/api/users", user("email", json!(SUPER_ADMIN)), "email"),
        ("/api/users", user("firstName", json!(" ")), "firstName"),
        ("/api/users", user("lastName", json!(long)), "lastName"),
        ("/api/users", user("phone", json!("call me")), "phone"),
        ("/api/users", user("password", json!("short")), "password"),
        ("/api/users", user("role", json!("captain")), "role"),
        ("/api/users", user("salary", json!(1)), "salary"),
        (
            "/api/teams",
            json!({"name": "", "managerId": firm.manager_id}),
            "name",
        ),
        (
            "/api/teams",
            json!({"name": "x", "managerId": missing}),
            "managerId",
        ),
        (
            "/api/teams",
            json!({"name": "x", "managerId": 7}),
            "managerId",
        ),
        ("/api/teams", json!({"name": "x"}), "managerId"),
        ("/api/groups", group("/name", json!("a\nb")), "name"),
        (
            "/api/groups",
            group("/schedule/slotMinute", json!(1_440)),
            "schedule.slotMinute",
        ),
        (
            "/api/groups",
            group("/schedule/zone", json!("India")),
            "schedule.zone",
        ),
        (
            "/api/groups",
            group("/schedule/weekdays", json!([])),
            "schedule.weekdays",
        ),
        (
            "/api/groups",
            group("/schedule/weekdays", json!(["someday"])),
            "schedule.weekdays[0]",
        ),
        (
            "/api/invites",
            json!({"email": "x", "role": "sales_rep"}),
            "email",
        ),
        ("/api/invites", json!({"role": "super_admin"}), "role"),
        (
            "/api/invites",
            json!({"role": "sales_rep", "teamId": missing}),
            "teamId",
        ),
        (
            "/api/sessions",
            json!({"userId": missing, "slotAt": 0, "practised": {"day": 11}}),
            "practised",
        ),
    ];
    for (path, form, field) in refused {
        let answer = answer(manager.posts(path, &form)).await;
        let problem: contract::problem::Problem = serde_json::from_slice(&answer.body).unwrap();
        assert!(
            [400, 409, 422].contains(&answer.status),
            "{path} {form}: {problem:?}"
        );
        let named: Vec<&str> = problem
            .errors
            .iter()
            .map(|error| error.field.as_str())
            .collect();
        assert_eq!(named, [field], "{path} {form}");
        assert!(!problem.errors[0].message.is_empty());
    }
    let admin = &firm.admin;
    let company = |settings: Value| json!({"name": "x", "settings": settings});
    for (form, field) in [
        (
            company(json!({"trainingDays": 11})),
            "settings.trainingDays",
        ),
        (
            company(json!({"graceMinutes": 10})),
            "settings.graceMinutes",
        ),
        (json!({"name": "x", "domain": "nowhere"}), "domain"),
        (
            json!({"name": "x", "subscription": {"plan": "gold", "startsAt": 1, "isActive": true, "maxUsers": 1}}),
            "subscription.plan",
        ),
        (
            json!({"name": "x", "subscription": {"plan": "basic", "startsAt": 1, "isActive": true, "maxUsers": 0}}),
            "subscription.maxUsers",
        ),
    ] {
        let answer = answer(admin.posts("/api/companies", &form)).await;
        let problem: contract::problem::Problem = serde_json::from_slice(&answer.body).unwrap();
        assert_eq!(problem.errors[0].field, field, "{form}");
    }
    // Two faults are told at once.
    let form = json!({"email": "x", "role": "sales_rep", "firstName": "", "lastName": "Kurien"});
    let both = answer(manager.posts("/api/users", &form)).await;
    assert_eq!(both.fields(Code::Invalid), ["email", "firstName"]);
}

#[tokio::test]
async fn people_move_between_teams_and_groups() {
    let firm = Firm::new(shared()).await;
    let manager = &firm.manager;
    let (one, other) = (
        firm.hire(Role::SalesRep).await,
        firm.hire(Role::SalesRep).await,
    );
    let (west, east) = (firm.team().await, firm.team().await);
    let group = firm.group(west.id).await;
    let west_path = format!("/api/teams/{}", west.id);
    let group_path = format!("/api/groups/{}", group.id);
    firm.put_into(&west_path, &[one.id, other.id]).await;
    // Twice is once.
    firm.put_into(&west_path, &[one.id]).await;
    firm.put_into(&group_path, &[one.id]).await;
    let shown: Value = read(manager, &west_path).await.json();
    assert_eq!(
        (&shown["members"], &shown["groups"]),
        (&json!(2), &json!(1))
    );
    let shown: Value = read(manager, &format!("/api/users/{}", one.id))
        .await
        .json();
    assert_eq!(shown["team"]["id"], json!(west.id));
    assert_eq!(shown["group"]["id"], json!(group.id));
    let listed: Value = read(manager, &format!("/api/users?groupId={}", group.id))
        .await
        .json();
    assert_eq!(listed["items"].as_array().unwrap().len(), 1);

    // A team at a time, a group of one's own team, reps alone.
    let join = |path: String, who: Value| {
        let form = json!({"userIds": [who]});
        answer(manager.posts(&format!("{path}/members"), &form))
    };
    let east_path = format!("/api/teams/{}", east.id);
    let taken = join(east_path.clone(), json!(one.id)).await;
    assert_eq!(taken.fields(Code::Exists), ["userIds[0]"]);
    let of_east = firm.group(east.id).await;
    let stranger = join(format!("/api/groups/{}", of_east.id), json!(one.id)).await;
    assert_eq!(stranger.fields(Code::Invalid), ["userIds[0]"]);
    let no_rep = join(east_path, json!(firm.manager_id)).await;
    assert_eq!(no_rep.fields(Code::Invalid), ["userIds[0]"]);

    answer(manager.deletes(&west_path))
        .await
        .problem(Code::InUse);
    for id in [one.id, other.id] {
        let left = answer(manager.deletes(&format!("{west_path}/members/{id}"))).await;
        assert_eq!(left.status, 204);
    }
    let shown: Value = read(manager, &group_path).await.json();
    assert_eq!(
        shown["members"],
        json!(0),
        "who leaves the team leaves its groups"
    );
    assert_eq!(answer(manager.deletes(&west_path)).await.status, 204);
    answer(manager.gets(&group_path))
        .await
        .problem(Code::NotFound);
}

#[tokio::test]
async fn each_change_leaves_its_line_in_the_log() {
    let firm = Firm::new(shared()).await;
    let manager = &firm.manager;
    let rep = firm.hire(Role::SalesRep).await;
    let team = firm.team().await;
    let group = firm.group(team.id).await;
    firm.put_into(&format!("/api/teams/{}", team.id), &[rep.id])
        .await;
    let path = format!("/api/groups/{}", group.id);
    let mut schedule = json!(group.schedule);
    schedule["slotMinute"] = json!(700);
    let form = json!({"name": group.name, "schedule": schedule, "isActive": true});
    let moved = answer(manager.puts(&path, "\"1\"", &form)).await;
    assert_eq!(moved.status, 200);
    // What was refused leaves none.
    answer(manager.puts(&path, "\"1\"", &form))
        .await
        .problem(Code::Changed);

    let page: Page<AuditEntry> = answer(manager.gets("/api/audit")).await.json();
    let actions: Vec<&str> = page
        .items
        .iter()
        .map(|entry| entry.action.as_str())
        .collect();
    assert_eq!(
        actions,
        [
            "group.rescheduled",
            "team.joined",
            "group.created",
            "team.created",
            "user.created",
            "user.created",
            "company.created"
        ]
    );
    let entry = &page.items[0];
    assert_eq!(
        (entry.actor_id, entry.subject.as_str()),
        (Some(firm.manager_id), "group")
    );
    assert_eq!(
        (entry.company_id, entry.subject_id),
        (firm.company.id, group.id.0)
    );
    assert_eq!(
        entry.before.as_ref().unwrap()["schedule"]["slotMinute"],
        660
    );
    assert_eq!(entry.after.as_ref().unwrap()["schedule"]["slotMinute"], 700);
    assert_eq!(
        entry.request_id.as_deref(),
        Some(moved.header("x-request-id"))
    );
    let path = format!("/api/audit?subjectId={}", rep.id);
    let of_rep: Page<AuditEntry> = answer(manager.gets(&path)).await.json();
    assert_eq!(of_rep.items.len(), 1);
}

#[tokio::test]
async fn a_plan_has_so_many_places() {
    let firm = Firm::new(shared()).await;
    let path = format!("/api/companies/{}", firm.company.id);
    let form = json!({"name": firm.company.name, "settings": {}, "subscription": {
        "plan": "basic", "startsAt": 1, "isActive": true, "maxUsers": 3}});
    // Only super admins say what is paid for.
    answer(firm.manager.puts(&path, "\"1\"", &form))
        .await
        .problem(Code::Forbidden);
    let set = answer(firm.admin.puts(&path, "\"1\"", &form)).await;
    assert_eq!(set.status, 200, "{}", set.text());
    firm.hire(Role::SalesRep).await;
    // Two at once for the last place.
    let form = person_form(Role::SalesRep);
    let (one, other) = futures::join!(
        answer(firm.manager.posts("/api/users", &form)),
        answer(
            firm.manager
                .posts("/api/users", &person_form(Role::SalesRep))
        ),
    );
    let mut statuses = [one.status, other.status];
    statuses.sort_unstable();
    assert_eq!(statuses, [201, 409]);
    answer(
        firm.manager
            .posts("/api/users", &person_form(Role::SalesRep)),
    )
    .await
    .problem(Code::LimitReached);
}
