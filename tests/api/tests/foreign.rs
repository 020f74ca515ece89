//! Promise 7: a stream's id is no credential. Another's session does not exist.

use captain_api_tests::{GOOD, Person, Rep, problem, request_id, shared};
use contract::problem::Code;
use contract::session::Today;
use reqwest::Method;
use serde_json::{Value, json};

/// Every call that names a session.
fn calls(rep: &Rep) -> Vec<(Method, String, Option<Value>)> {
    let send = json!({"requestId": request_id(), "content": GOOD});
    let turn = json!({"requestId": request_id()});
    let session = rep.session;
    vec![
        (
            Method::POST,
            "/api/chat/start".to_owned(),
            Some(json!({"sessionId": session})),
        ),
        (Method::POST, rep.path("message"), Some(send)),
        (Method::POST, rep.path("correction"), Some(turn.clone())),
        (Method::POST, rep.path("next"), Some(turn)),
        (Method::POST, rep.path("stop"), None),
        (Method::POST, rep.path("end"), None),
        (Method::GET, rep.path("history"), None),
        (Method::GET, rep.path("events"), None),
        (Method::GET, rep.path("events?after=0"), None),
        (Method::GET, format!("/api/sessions/{session}"), None),
        (Method::GET, format!("/api/sessions/{session}/result"), None),
    ]
}

async fn all_refused(person: &Person, rep: &Rep, code: Code) {
    for (method, path, body) in calls(rep) {
        let mut request = person.request(method.clone(), &path);
        if let Some(body) = &body {
            request = request.json(body);
        }
        let answer = request.send().await.unwrap();
        assert_eq!(answer.status().as_u16(), code.status(), "{method} {path}");
        let refused = problem(answer, code).await;
        assert!(
            refused.turn_id.is_none() && refused.attach.is_none(),
            "nothing is told about it"
        );
    }
}

#[tokio::test]
async fn nobody_else_reaches_a_running_turn() {
    let stack = shared();
    let rep = Rep::started(stack).await;
    let mut stream = rep.send(&request_id(), GOOD).await;
    let turn = stream.connected().await;

    let colleague = Rep::new(stack).await.person;
    all_refused(&colleague, &rep, Code::NotFound).await;
    for email in ["otherrep@salescaptain.test", "other@salescaptain.test"] {
        all_refused(&Person::log_in(stack, email).await, &rep, Code::NotFound).await;
    }
    let stranger = Person::anonymous(stack);
    all_refused(&stranger, &rep, Code::Unauthenticated).await;
    for token in forged(&rep.person.access_token.clone().unwrap()) {
        let forger = Person {
            access_token: Some(token),
            ..stranger.clone()
        };
        let refused = forger.get(&rep.path("history")).await;
        assert!(refused.headers().contains_key("www-authenticate"));
        problem(refused, Code::Unauthenticated).await;
    }

    // None of it touched the turn.
    let frames = stream.rest().await;
    captain_api_tests::whole(&frames);
    assert_eq!(rep.history().await.items.last().unwrap().turn_id, turn);
}

/// Tokens that are almost this one.
fn forged(token: &str) -> Vec<String> {
    let parts: Vec<&str> = token.split('.').collect();
    let [header, claims, signature] = parts[..] else {
        panic!("a JWT has three parts")
    };
    // {"alg":"none","typ":"JWT"}
    let none = "eyJhbGciOiJub25lIiwidHlwIjoiSldUIn0";
    let flipped: String = signature.chars().rev().collect();
    vec![
        format!("{none}.{claims}."),
        format!("{none}.{claims}.{signature}"),
        format!("{header}.{claims}.{flipped}"),
        format!("{header}.{claims}"),
        format!("{header}.{}.{signature}", &claims[1..]),
        "Bearer".to_owned(),
        "x".repeat(8_000),
    ]
}

#[tokio::test]
async fn a_finished_session_is_as_private_as_a_running_one() {
    let stack = shared();
    let rep = Rep::started(stack).await;
    rep.practise(GOOD, GOOD).await;
    rep.end().await;
    let colleague = Rep::new(stack).await.person;
    all_refused(&colleague, &rep, Code::NotFound).await;
    for email in ["otherrep@salescaptain.test", "other@salescaptain.test"] {
        all_refused(&Person::log_in(stack, email).await, &rep, Code::NotFound).await;
    }
}

#[tokio::test]
async fn each_company_sees_its_own_day() {
    let stack = shared();
    let ours = Rep::new(stack).await;
    let theirs = Person::log_in(stack, "otherrep@salescaptain.test").await;
    let today: Today = theirs
        .get("/api/sessions/today")
        .await
        .json()
        .await
        .unwrap();
    assert!(!today.items.is_empty());
    for session in &today.items {
        assert_ne!(session.id, ours.session);
        let rep = Rep {
            person: ours.person.clone(),
            session: session.id,
        };
        all_refused(&ours.person, &rep, Code::NotFound).await;
    }
}

#[tokio::test]
async fn a_manager_looks_on_but_does_not_practise() {
    let stack = shared();
    let rep = Rep::started(stack).await;
    let manager = Person::log_in(stack, "manager@salescaptain.test").await;
    for (method, path, body) in calls(&rep) {
        if method == Method::GET {
            continue;
        }
        let answer = manager
            .request(method, &path)
            .json(&body.unwrap_or(json!({})))
            .send()
            .await
            .unwrap();
        assert!(
            [403, 404].contains(&answer.status().as_u16()),
            "{path}: {}",
            answer.status()
        );
    }
    assert_eq!(rep.history().await.items.len(), 1);
    // The watch itself is open to the rep's own manager alone; a practice rep is in nobody's team.
    let looked = manager.get(&rep.path("history")).await.status().as_u16();
    assert!([200, 404].contains(&looked));
}

#[tokio::test]
async fn a_session_nobody_has_is_not_found() {
    let stack = shared();
    let mut rep = Rep::new(stack).await;
    rep.session = uuid::Uuid::new_v4().into();
    all_refused(&rep.person, &rep, Code::NotFound).await;
    // The log-in works, so it is not that.
    assert_eq!(rep.person.get("/api/auth/me").await.status(), 200);
}
