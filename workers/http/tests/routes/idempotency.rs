//! Creates that are sent again.

use crate::world::{Answer, Call, DAY, Person, World};
use contract::invites::Invite;
use contract::problem::Code;
use serde_json::{Value, json};

async fn create(world: &World, by: Person, key: &str, form: Value) -> Answer {
    let token = world.token(by).await;
    let call = Call::post("/api/invites")
        .bearer(&token)
        .header("idempotency-key", key)
        .json(form);
    world.call(call).await
}

fn form(email: &str) -> Value {
    json!({"email": email, "role": "sales_rep"})
}

#[tokio::test]
async fn sent_again_is_made_once() {
    let world = World::new();
    let first = create(&world, Person::Manager, "k1", form("a@new.test")).await;
    let again = create(&world, Person::Manager, "k1", form("a@new.test")).await;
    assert_eq!((first.status, again.status), (201, 201));
    assert_eq!(first.body, again.body);
    for name in ["location", "content-type"] {
        assert_eq!(first.header(name), again.header(name));
    }
    assert_eq!(first.header("idempotency-replayed"), "");
    assert_eq!(again.header("idempotency-replayed"), "true");
    assert_ne!(first.header("x-request-id"), again.header("x-request-id"));
    assert_eq!(world.mails().await, 1);

    // With another body it is refused; another key, another person and another day make another one.
    create(&world, Person::Manager, "k1", form("b@new.test"))
        .await
        .problem(Code::KeyReused);
    let other: Invite = create(&world, Person::Manager, "k2", form("a@new.test"))
        .await
        .json();
    assert_ne!(other.id, first.json::<Invite>().id);
    let colleague = create(&world, Person::OtherManager, "k1", form("a@new.test")).await;
    assert_eq!(colleague.header("idempotency-replayed"), "");
    world.pass(DAY);
    let later = create(&world, Person::Manager, "k1", form("c@new.test")).await;
    assert_eq!(
        (later.status, later.header("idempotency-replayed")),
        (201, "")
    );
}

#[tokio::test]
async fn what_was_refused_gives_its_key_back() {
    let world = World::new();
    create(&world, Person::Manager, "k1", form("no address"))
        .await
        .problem(Code::Invalid);
    let mended = create(&world, Person::Manager, "k1", form("a@new.test")).await;
    assert_eq!(mended.status, 201);
}

#[tokio::test]
async fn of_many_at_once_one_makes_it() {
    let world = World::new();
    // All log in before.
    world.token(Person::Manager).await;
    let calls = (0..8).map(|_| create(&world, Person::Manager, "k1", form("a@new.test")));
    let answers = futures::future::join_all(calls).await;
    assert_eq!(world.mails().await, 1);
    for answer in &answers {
        match answer.status {
            201 => {}
            409 => {
                answer.problem(Code::KeyInFlight);
            }
            other => panic!("{other}"),
        }
    }
    assert!(answers.iter().any(|answer| answer.status == 201));
}

#[tokio::test]
async fn a_key_is_short_and_readable() {
    let world = World::new();
    for key in ["", " ", "नमस्ते", &"x".repeat(201)] {
        let problem = create(&world, Person::Manager, key, form("a@new.test"))
            .await
            .problem(Code::Invalid);
        assert_eq!(problem.errors[0].field, "Idempotency-Key");
    }
    let without_rights = create(&world, Person::Rep, "k1", form("a@new.test")).await;
    assert_eq!(without_rights.status, 403);
}
