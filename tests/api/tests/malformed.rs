//! Whatever arrives is answered with a problem that says what to do, never with a fault of ours.

use captain_api_tests::{Person, Rep, problem, request_id, shared};
use contract::problem::{Code, PROBLEM_JSON};
use reqwest::{Method, Response};
use serde_json::{Value, json};

/// Checks that an answer is a problem of the client's making, and gives its code.
async fn is_refused(response: Response, what: &str) -> String {
    let status = response.status().as_u16();
    let kind = response.headers().get("content-type").cloned();
    let text = response.text().await.unwrap();
    assert!((400..500).contains(&status), "{what}: {status} {text}");
    assert_eq!(
        kind.as_ref().map(|kind| kind.to_str().unwrap()),
        Some(PROBLEM_JSON),
        "{what}: {text}"
    );
    let problem: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(problem["status"], status, "{what}");
    for inside in ["panicked", "sqlite", "SQL", "workers/", ".rs"] {
        assert!(!text.contains(inside), "{what} tells of the inside: {text}");
    }
    problem["code"].as_str().unwrap().to_owned()
}

/// Bodies that are no call's.
fn bodies() -> Vec<Vec<u8>> {
    let deep = [b"[".repeat(8_000), b"]".repeat(8_000)].concat();
    let deep_object = [br#"{"a":"#.repeat(2_000), b"1".to_vec(), b"}".repeat(2_000)].concat();
    let texts: [&[u8]; 22] = [
        b"",
        b" ",
        b"null",
        b"true",
        b"0",
        b"1e999",
        b"\"text\"",
        b"[]",
        b"[1,2",
        b"{",
        b"{}",
        b"{\"\":null}",
        b"{\"requestId\":1,\"content\":2}",
        b"{\"requestId\":null,\"content\":null}",
        b"{\"requestId\":\"a\",\"requestId\":\"b\",\"content\":\"c\"}",
        b"{\"requestId\":\"a\",\"content\":\"\\ud800\"}",
        b"{\"sessionId\":\"x\"}",
        b"{\"email\":[],\"password\":{}}",
        b"\xff\xfe{}",
        b"{\"content\":\"\xc3\x28\"}",
        b"\0",
        b"<xml/>",
    ];
    texts
        .iter()
        .map(|text| text.to_vec())
        .chain([deep, deep_object])
        .collect()
}

#[tokio::test]
async fn no_body_makes_us_fail() {
    let rep = Rep::started(shared()).await;
    let calls = [
        "/api/auth/login".to_owned(),
        "/api/chat/start".to_owned(),
        rep.path("message"),
        rep.path("correction"),
        rep.path("next"),
    ];
    for path in &calls {
        for body in bodies() {
            let what = format!(
                "{path} {:?}",
                String::from_utf8_lossy(&body[..body.len().min(60)])
            );
            let request = rep
                .person
                .request(Method::POST, path)
                .header("content-type", "application/json");
            is_refused(request.body(body).send().await.unwrap(), &what).await;
        }
        let without_type = rep
            .person
            .request(Method::POST, path)
            .body("{}")
            .send()
            .await
            .unwrap();
        is_refused(without_type, path).await;
        let form = rep
            .person
            .request(Method::POST, path)
            .header("content-type", "application/x-www-form-urlencoded");
        is_refused(form.body("a=b").send().await.unwrap(), path).await;
    }
    assert_eq!(rep.history().await.items.len(), 1, "nothing came of it");
}

#[tokio::test]
async fn a_body_has_a_size() {
    let rep = Rep::started(shared()).await;
    let body = |size| json!({"requestId": request_id(), "content": "x".repeat(size)});
    for path in [rep.path("message"), "/api/auth/login".to_owned()] {
        for size in [17_000, 100_000] {
            problem(rep.person.post(&path, &body(size)).await, Code::TooLarge).await;
        }
        // The local runtime may hang up on somebody who goes on talking after the answer: no answer is promised here, only
        // that nothing comes of it.
        let far_too_large = rep.person.request(Method::POST, &path);
        drop(far_too_large.json(&body(5_000_000)).send().await);
    }
    assert_eq!(rep.history().await.items.len(), 1);
}

#[tokio::test]
async fn fields_are_checked_one_by_one() {
    let rep = Rep::started(shared()).await;
    let long = "x".repeat(65);
    for request in ["", " ", "a b", "é", "🙂", "a\nb", long.as_str()] {
        let refused = problem(rep.try_send(request, "Hello sir").await, Code::Invalid).await;
        assert_eq!(refused.errors[0].field, "requestId", "{request:?}");
        problem(rep.correction(request).await, Code::Invalid).await;
        problem(rep.next(request).await, Code::Invalid).await;
    }
    let too_long = "अ".repeat(4_001);
    for content in ["", " ", "\n\t \u{a0}", too_long.as_str()] {
        let refused = problem(rep.try_send(&request_id(), content).await, Code::Invalid).await;
        assert_eq!(refused.errors[0].field, "content", "{content:?}");
    }
    let unknown = json!({"requestId": request_id(), "content": "Hello sir", "score": 100});
    is_refused(rep.post("message", &unknown).await, "an unknown field").await;
    assert_eq!(rep.history().await.items.len(), 1);
}

#[tokio::test]
async fn four_thousand_of_any_character_are_taken() {
    for letter in ["x", "अ", "🙂", "\"", "\u{202e}"] {
        let rep = Rep::started(shared()).await;
        let content = letter.repeat(4_000);
        let mut stream = rep.send(&request_id(), &content).await;
        stream.connected().await;
        let said = rep.history().await.items;
        assert_eq!(said[1].content, content);
        rep.stop().await;
        stream.rest().await;
    }
}

#[tokio::test]
async fn paths_that_lead_nowhere() {
    let rep = Rep::started(shared()).await;
    let upper = rep.session.to_string().to_uppercase();
    for id in [
        "x",
        "%00",
        "..%2F..",
        "0",
        "%F0%9F%99%82",
        &"a".repeat(3_000),
        "00000000-0000-0000-0000-000000000000",
    ] {
        for call in ["history", "events"] {
            let path = format!("/api/chat/{id}/{call}");
            assert_eq!(
                is_refused(rep.person.get(&path).await, &path).await,
                "not_found"
            );
        }
        let path = format!("/api/sessions/{id}");
        assert_eq!(
            is_refused(rep.person.get(&path).await, &path).await,
            "not_found"
        );
    }
    // A UUID means the same in capitals.
    assert_eq!(
        rep.person
            .get(&format!("/api/chat/{upper}/history"))
            .await
            .status(),
        200
    );
    for path in [
        "/api/",
        "/api/nothing",
        "/api/chat",
        "/api/chat/start/x",
        "/api/sessions/x/y",
    ] {
        let code = is_refused(rep.person.get(path).await, path).await;
        assert_eq!(code, "not_found", "{path}");
    }
}

#[tokio::test]
async fn a_wrong_method_is_told_the_right_one() {
    let rep = Rep::started(shared()).await;
    for (method, path, allowed) in [
        (Method::GET, "/api/auth/login".to_owned(), "POST"),
        (Method::PUT, rep.path("message"), "POST"),
        (Method::DELETE, rep.path("history"), "GET"),
        (Method::POST, rep.path("events"), "GET"),
        (Method::POST, "/api/sessions/today".to_owned(), "GET"),
    ] {
        let answer = rep.person.request(method, &path).send().await.unwrap();
        let allow = answer
            .headers()
            .get("allow")
            .expect("an Allow header")
            .to_str()
            .unwrap()
            .to_owned();
        assert!(allow.contains(allowed), "{path}: {allow}");
        problem(answer, Code::MethodNotAllowed).await;
    }
}

#[tokio::test]
async fn a_number_to_attach_after_is_a_number() {
    let rep = Rep::started(shared()).await;
    for after in [
        "-1",
        "abc",
        "1.5",
        "1e3",
        "9007199254740992",
        "18446744073709551616",
        "%00",
        "",
    ] {
        let path = rep.path(&format!("events?after={after}"));
        let answer = rep.person.get(&path).await;
        let status = answer.status().as_u16();
        assert!(status < 500, "{path}: {status}");
        if !after.is_empty() {
            assert_eq!(is_refused(answer, &path).await, "invalid", "{path}");
        }
    }
    // The largest that there is, and one beyond the log: nothing is missing, nothing runs.
    for after in [
        rep.history().await.last_event_id + 1,
        u64::from(u32::MAX),
        (1 << 53) - 1,
    ] {
        assert!(rep.events(after).await.is_none());
    }
    for header in ["x", "-1", "999999999999999999999"] {
        let request = rep.person.request(Method::GET, &rep.path("events"));
        let status = request
            .header("last-event-id", header)
            .send()
            .await
            .unwrap()
            .status()
            .as_u16();
        assert!(status < 500, "Last-Event-ID {header}: {status}");
    }
}

#[tokio::test]
async fn every_answer_can_be_found_in_the_log() {
    let person = Person::anonymous(shared());
    let mut ids = std::collections::HashSet::new();
    for path in ["/api/health", "/api/nothing", "/api/auth/me"] {
        let answer = person.get(path).await;
        let id = answer
            .headers()
            .get("x-request-id")
            .expect("x-request-id")
            .to_str()
            .unwrap()
            .to_owned();
        assert!(ids.insert(id));
    }
}

#[tokio::test]
async fn the_app_is_served_for_its_own_routes_and_never_for_the_api() {
    let person = Person::anonymous(shared());
    for path in [
        "/",
        "/login",
        "/session/x",
        "/session/x/result",
        "/somewhere",
    ] {
        let answer = person.get(path).await;
        assert_eq!(answer.status(), 200, "{path}");
        assert!(
            answer.headers()["content-type"]
                .to_str()
                .unwrap()
                .starts_with("text/html"),
            "{path}"
        );
    }
}
