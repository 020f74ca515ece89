//! Role x tenant x route: who gets what, on a session in each of its states.

use crate::world::{Call, Days, Person, World};
use axum::http::Method;
use domain::ids::SessionId;
use serde_json::json;

/// What a route is about.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Right {
    Read,
    Practise,
}

/// Every route that names a session.
const ROUTES: [(Right, &str, &str); 10] = [
    (Right::Read, "GET", "/api/sessions/{id}"),
    (Right::Read, "GET", "/api/sessions/{id}/result"),
    (Right::Read, "GET", "/api/chat/{id}/history"),
    (Right::Read, "GET", "/api/chat/{id}/events"),
    (Right::Practise, "POST", "/api/chat/start"),
    (Right::Practise, "POST", "/api/chat/{id}/message"),
    (Right::Practise, "POST", "/api/chat/{id}/correction"),
    (Right::Practise, "POST", "/api/chat/{id}/next"),
    (Right::Practise, "POST", "/api/chat/{id}/stop"),
    (Right::Practise, "POST", "/api/chat/{id}/end"),
];

fn call(method: &str, path: &str, id: &str) -> Call {
    let method = Method::from_bytes(method.as_bytes()).unwrap();
    let call = Call::new(method, &path.replace("{id}", id));
    match path.rsplit('/').next().unwrap() {
        "start" => call.json(json!({"sessionId": id})),
        "message" => call.json(json!({"requestId": "r", "content": "Namaste", "advance": false})),
        "correction" | "next" => call.json(json!({"requestId": "r2"})),
        _ => call,
    }
}

/// The status a right, or its lack, shows as; `None` is any answer of somebody who has the right.
fn expected(asker: Option<Person>, owner: Person, right: Right) -> Option<u16> {
    let Some(asker) = asker else {
        return Some(401);
    };
    let leads = match owner {
        Person::Rep | Person::OtherRep => Person::Manager,
        Person::SagarRep => Person::SagarManager,
        _ => unreachable!("only reps have sessions"),
    };
    let may_look = asker == leads || asker == Person::SuperAdmin;
    match right {
        _ if asker == owner => None,
        Right::Read if may_look => None,
        Right::Practise if may_look => Some(403),
        _ => Some(404),
    }
}

#[derive(Clone, Copy, Debug)]
enum State {
    Scheduled,
    Running,
    Completed,
}

async fn session_of(world: &World, owner: Person, state: State) -> SessionId {
    let id = world.schedule(owner, Days::Open);
    match state {
        State::Scheduled => {}
        State::Running => world.start(owner, id).await,
        State::Completed => world.complete(owner, id).await,
    }
    id
}

#[tokio::test]
async fn who_gets_what() {
    let world = World::new();
    for state in [State::Scheduled, State::Running, State::Completed] {
        for owner in [Person::Rep, Person::SagarRep] {
            // Each session has a slot of its own.
            world.pass(1_000);
            let id = session_of(&world, owner, state).await.to_string();
            for (right, method, path) in ROUTES {
                for asker in std::iter::once(None).chain(Person::ALL.map(Some)) {
                    let mut call = call(method, path, &id);
                    if let Some(person) = asker {
                        call = call.bearer(&world.token(person).await);
                    }
                    let status = world.call(call).await.status;
                    let what =
                        format!("{asker:?} {method} {path} of {owner:?}, {state:?}: {status}");
                    match expected(asker, owner, right) {
                        Some(expected) => assert_eq!(status, expected, "{what}"),
                        None => assert!(![401, 403, 404].contains(&status), "{what}"),
                    }
                }
            }
        }
    }
}

#[tokio::test]
async fn ones_own_pages_are_for_everyone_who_is_logged_in() {
    let world = World::new();
    for path in ["/api/auth/me", "/api/sessions/today"] {
        assert_eq!(world.call(Call::get(path)).await.status, 401);
        for person in Person::ALL {
            let token = world.token(person).await;
            assert_eq!(world.call(Call::get(path).bearer(&token)).await.status, 200);
        }
    }
}

#[tokio::test]
async fn what_does_not_exist_does_not_exist_for_anyone() {
    let world = World::new();
    let missing = [
        "0198f3a2-5b7c-7d10-8a4e-3f6b2c9d1e00",
        "12",
        "today2",
        "%FF",
        "..%2f..",
    ];
    for person in Person::ALL {
        let token = world.token(person).await;
        for (_, method, path) in ROUTES {
            for id in missing {
                // In a body, what is no id is a malformed field.
                let status = if path.ends_with("start") && id.len() != 36 {
                    400
                } else {
                    404
                };
                let answer = world.call(call(method, path, id).bearer(&token)).await;
                assert_eq!(answer.status, status, "{person:?} {method} {path} {id}");
            }
        }
    }
    assert_eq!(
        world
            .objects
            .asked
            .load(std::sync::atomic::Ordering::SeqCst),
        0
    );
}

#[tokio::test]
async fn a_manager_sees_a_running_session_in_the_reps_name() {
    let world = World::new();
    let id = session_of(&world, Person::Rep, State::Running).await;
    let rep = world.token(Person::Rep).await;
    let manager = world.token(Person::Manager).await;
    let path = format!("/api/chat/{id}/history");
    let seen = world.call(Call::get(&path).bearer(&manager)).await;
    let own = world.call(Call::get(&path).bearer(&rep)).await;
    assert_eq!((seen.status, &seen.body), (200, &own.body));
}

#[tokio::test]
async fn a_rep_who_left_the_team_left_the_managers_sight() {
    let world = World::new();
    let id = session_of(&world, Person::Rep, State::Scheduled).await;
    let manager = world.token(Person::Manager).await;
    let path = format!("/api/sessions/{id}");
    assert_eq!(
        world.call(Call::get(&path).bearer(&manager)).await.status,
        200
    );
    let rep = Person::Rep.id();
    world
        .db
        .script(&format!("DELETE FROM team_members WHERE user_id = '{rep}'"))
        .unwrap();
    assert_eq!(
        world.call(Call::get(&path).bearer(&manager)).await.status,
        404
    );
}
