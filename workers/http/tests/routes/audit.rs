//! The audit log.

use crate::world::{Call, Person, World};
use axum::http::Method;
use contract::audit::AuditEntry;
use contract::page::Page;
use contract::problem::Code;
use serde_json::json;

/// Three invites by two managers of Troika, and one in Sagar.
async fn world_with_changes() -> World {
    let world = World::new();
    for (person, email) in [
        (Person::Manager, "a@new.test"),
        (Person::OtherManager, "b@new.test"),
        (Person::Manager, "c@new.test"),
        (Person::SagarManager, "d@new.test"),
    ] {
        world.pass(1_000);
        let token = world.token(person).await;
        let call = Call::post("/api/invites")
            .bearer(&token)
            .json(json!({"email": email, "role": "sales_rep"}));
        assert_eq!(world.call(call).await.status, 201);
    }
    world
}

async fn entries(world: &World, person: Person, query: &str) -> Page<AuditEntry> {
    let token = world.token(person).await;
    let call = Call::get(&format!("/api/audit{query}")).bearer(&token);
    world.call(call).await.json()
}

fn emails(page: &Page<AuditEntry>) -> Vec<String> {
    let email = |entry: &AuditEntry| {
        entry.after.as_ref().unwrap()["email"]
            .as_str()
            .unwrap()
            .to_owned()
    };
    page.items.iter().map(email).collect()
}

#[tokio::test]
async fn a_manager_reads_the_companys_log() {
    let world = world_with_changes().await;
    let page = entries(&world, Person::Manager, "").await;
    assert_eq!(emails(&page), ["c@new.test", "b@new.test", "a@new.test"]);
    let entry = &page.items[0];
    assert_eq!(
        (
            entry.action.as_str(),
            entry.subject.as_str(),
            entry.actor_id
        ),
        ("invite.created", "invite", Some(Person::Manager.id()))
    );
    assert_eq!(entry.actor_name.as_deref(), Some("Asha Verma"));
    assert!(entry.request_id.is_some());
    // Never a token.
    assert!(!serde_json::to_string(&page).unwrap().contains("token"));
}

#[tokio::test]
async fn it_is_filtered_and_paged() {
    let world = world_with_changes().await;
    let all = entries(&world, Person::Manager, "").await;
    let by = format!("?actorId={}", Person::OtherManager.id());
    assert_eq!(
        emails(&entries(&world, Person::Manager, &by).await),
        ["b@new.test"]
    );
    let of = format!("?subjectId={}", all.items[2].subject_id);
    assert_eq!(
        emails(&entries(&world, Person::Manager, &of).await),
        ["a@new.test"]
    );
    let between = format!(
        "?from={}&to={}",
        all.items[1].created_at, all.items[0].created_at
    );
    assert_eq!(
        emails(&entries(&world, Person::Manager, &between).await),
        ["b@new.test"]
    );
    let neither = format!("{of}&actorId={}", Person::OtherManager.id());
    assert!(
        entries(&world, Person::Manager, &neither)
            .await
            .items
            .is_empty()
    );

    let first = entries(&world, Person::Manager, "?limit=2").await;
    let cursor = first.next_cursor.clone().unwrap();
    let second = entries(
        &world,
        Person::Manager,
        &format!("?limit=2&cursor={cursor}"),
    )
    .await;
    assert_eq!([first.items, second.items].concat(), all.items);
    assert_eq!(second.next_cursor, None);
    let token = world.token(Person::Manager).await;
    for bad in [
        "limit=0",
        "cursor=x",
        "from=-1",
        "to=x",
        "actorId=7",
        "colour=red",
    ] {
        let call = Call::get(&format!("/api/audit?{bad}")).bearer(&token);
        world.call(call).await.problem(Code::Invalid);
    }
}

#[tokio::test]
async fn it_is_for_managers_of_the_company_and_super_admins() {
    let world = world_with_changes().await;
    let sagar = format!("?companyId={}", Person::SagarRep.company());
    assert_eq!(
        emails(&entries(&world, Person::SagarManager, "").await),
        ["d@new.test"]
    );
    assert_eq!(
        emails(&entries(&world, Person::SuperAdmin, &sagar).await),
        ["d@new.test"]
    );
    for (person, status) in [(Person::Manager, 404), (Person::SagarRep, 403)] {
        let token = world.token(person).await;
        let call = Call::get(&format!("/api/audit{sagar}")).bearer(&token);
        assert_eq!(world.call(call).await.status, status, "{person:?}");
    }
    assert_eq!(world.call(Call::get("/api/audit")).await.status, 401);
}

#[tokio::test]
async fn an_entry_names_its_subject_as_long_as_it_is_there() {
    let world = World::new();
    let rep = Person::Rep.id();
    let put_out = Call::new(Method::PATCH, &format!("/api/users/{rep}/activate"));
    let put_out = put_out.json(json!({"active": false}));
    assert_eq!(world.call_as(Person::Manager, put_out).await.status, 200);
    let named = entries(&world, Person::Manager, "").await.items;
    assert_eq!(named[0].subject_name.as_deref(), Some("Asha Verma"));
    world.pass(1_000);
    let delete = Call::new(Method::DELETE, &format!("/api/users/{rep}"));
    assert_eq!(world.call_as(Person::Manager, delete).await.status, 204);
    let gone = entries(&world, Person::Manager, "").await.items;
    assert!(gone.iter().all(|entry| entry.subject_name.is_none()));
}
