//! Bodies, headers and queries that are not what a call takes. None of them is our fault.

use crate::world::{Call, Days, Person, World};
use axum::body::Body;
use contract::problem::Code;
use serde_json::{Value, json};

const BAD: [&[u8]; 19] = [
    b"",
    b" ",
    b"null",
    b"0",
    b"\"text\"",
    b"[]",
    b"{}",
    b"{",
    b"{]",
    b"{\"a\":}",
    b"\xFF\xFE\x00",
    b"{\"email\":\"\xC3\x28\",\"password\":\"x\"}",
    b"{\"sessionId\":null}",
    b"{\"requestId\":{},\"content\":[]}",
    b"{\"requestId\":\"a\",\"content\":1e999}",
    b"{\"email\":\"\\ud800\",\"password\":\"x\"}",
    b"{\"sessionId\":\"0198f3a2-5b7c-7d10-8a4e-3f6b2c9d1e00\"}trailing",
    b"email=a%40b&password=c",
    b"NaN",
];

fn paths(id: &str) -> Vec<String> {
    let mut paths = vec!["/api/auth/login".to_owned(), "/api/chat/start".to_owned()];
    for name in ["message", "correction", "next"] {
        paths.push(format!("/api/chat/{id}/{name}"));
    }
    paths
}

async fn started() -> (World, String, String) {
    let world = World::new();
    let id = world.schedule(Person::Rep, Days::Open);
    world.start(Person::Rep, id).await;
    let token = world.token(Person::Rep).await;
    (world, id.to_string(), token)
}

#[tokio::test]
async fn malformed_bodies_are_the_callers_fault() {
    let (world, id, token) = started().await;
    let deep = "[".repeat(8_000);
    let bodies = BAD.iter().copied().chain([deep.as_bytes()]);
    for body in bodies {
        for path in paths(&id) {
            let call = Call::post(&path)
                .bearer(&token)
                .raw("application/json", body.to_vec());
            world.call(call).await.problem(Code::BadJson);
        }
    }
}

#[tokio::test]
async fn every_field_of_every_wrong_type_is_named() {
    let (world, id, token) = started().await;
    let wrong = [
        json!(null),
        json!(1),
        json!(-1.5),
        json!(true),
        json!([]),
        json!({"a": 1}),
    ];
    for path in paths(&id) {
        let good = match path.rsplit('/').next().unwrap() {
            "login" => json!({"email": "a@b", "password": "x"}),
            "start" => json!({"sessionId": id}),
            "message" => json!({"requestId": "r", "content": "c", "advance": true}),
            _ => json!({"requestId": "r"}),
        };
        let Value::Object(fields) = &good else {
            unreachable!()
        };
        for field in fields.keys() {
            for value in wrong
                .iter()
                .filter(|value| value.is_boolean() != fields[field].is_boolean())
            {
                let mut body = good.clone();
                body[field] = value.clone();
                let answer = world
                    .call(Call::post(&path).bearer(&token).json(body))
                    .await;
                let problem = answer.problem(Code::BadJson);
                assert_eq!(problem.errors[0].field, *field, "{path} {value}");
            }
            let mut body = fields.clone();
            body.remove(field);
            let answer = world
                .call(Call::post(&path).bearer(&token).json(body.into()))
                .await;
            if field != "advance" {
                assert_eq!(answer.problem(Code::BadJson).errors[0].field, *field);
            }
        }
        let mut body = good.clone();
        body["companyId"] = json!("another");
        let answer = world
            .call(Call::post(&path).bearer(&token).json(body))
            .await;
        assert_eq!(answer.problem(Code::BadJson).errors[0].field, "companyId");
    }
}

#[tokio::test]
async fn a_body_has_a_type_and_a_limit() {
    let (world, id, token) = started().await;
    let good = json!({"sessionId": id}).to_string();
    for kind in [
        "text/plain",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "json",
        "",
    ] {
        let call = Call::post("/api/chat/start")
            .bearer(&token)
            .raw(kind, good.clone());
        world.call(call).await.problem(Code::BadJson);
    }
    let call = Call::post("/api/chat/start")
        .bearer(&token)
        .raw("Application/JSON; charset=utf-8", good);
    assert_eq!(world.call(call).await.status, 200);

    for path in paths(&id) {
        let large = format!("{{\"content\":\"{}\"}}", "x".repeat(17 << 10));
        let call = Call::post(&path)
            .bearer(&token)
            .raw("application/json", large);
        world.call(call).await.problem(Code::TooLarge);
    }
}

#[tokio::test]
async fn a_body_that_breaks_off_is_no_body() {
    let (world, _, token) = started().await;
    let pieces = futures::stream::iter([Ok("{\"sessionId\":"), Err(std::io::Error::other("cut"))]);
    let call = Call::post("/api/chat/start")
        .bearer(&token)
        .raw("application/json", Body::from_stream(pieces));
    world.call(call).await.problem(Code::BadJson);
}

#[tokio::test]
async fn four_thousand_of_the_widest_characters_fit() {
    let (world, id, token) = started().await;
    let send = |content: String| {
        let body = json!({"requestId": "r", "content": content});
        Call::post(&format!("/api/chat/{id}/message"))
            .bearer(&token)
            .json(body)
    };
    let over = world.call(send("🙏".repeat(4_001))).await;
    let problem = over.problem(Code::Invalid);
    assert_eq!(problem.errors[0].field, "content");
    assert!(
        problem
            .detail
            .contains("Shorten your answer by 1 characters")
    );
    assert_eq!(world.call(send("🙏".repeat(4_000))).await.status, 200);
}

#[tokio::test]
async fn fields_have_rules() {
    let (world, id, token) = started().await;
    let path = format!("/api/chat/{id}/message");
    let long = "x".repeat(65);
    for request in ["", " ", "a b", "नमस्ते", long.as_str()] {
        for (path, body) in [
            (path.clone(), json!({"requestId": request, "content": "c"})),
            (
                format!("/api/chat/{id}/next"),
                json!({"requestId": request}),
            ),
            (
                format!("/api/chat/{id}/correction"),
                json!({"requestId": request}),
            ),
        ] {
            let answer = world
                .call(Call::post(&path).bearer(&token).json(body))
                .await;
            assert_eq!(answer.problem(Code::Invalid).errors[0].field, "requestId");
        }
    }
    let body = json!({"requestId": "r", "content": " \n "});
    let answer = world
        .call(Call::post(&path).bearer(&token).json(body))
        .await;
    assert_eq!(answer.problem(Code::Invalid).errors[0].field, "content");
}

#[tokio::test]
async fn a_place_to_attach_is_a_number() {
    let (world, id, token) = started().await;
    let path = format!("/api/chat/{id}/events");
    for query in [
        "?after=x",
        "?after=-1",
        "?after=1.5",
        "?after=9007199254740992",
        "?after=99999999999999999999",
        "?after=1&after=2",
    ] {
        let call = Call::get(&format!("{path}{query}")).bearer(&token);
        assert_eq!(
            world.call(call).await.problem(Code::Invalid).errors[0].field,
            "after"
        );
    }
    for header in ["x", "-1", "1 2"] {
        let call = Call::get(&path)
            .bearer(&token)
            .header("last-event-id", header);
        assert_eq!(
            world.call(call).await.problem(Code::Invalid).errors[0].field,
            "Last-Event-ID"
        );
    }
    for query in ["", "?", "?after=", "?after=9007199254740991", "?other=x"] {
        let call = Call::get(&format!("{path}{query}")).bearer(&token);
        assert!(world.call(call).await.status < 300, "{query}");
    }
}
