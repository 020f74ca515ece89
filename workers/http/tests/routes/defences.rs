//! What every answer says to browsers, and who may call from elsewhere.

use crate::world::{Call, Person, World};
use axum::http::Method;
use serde_json::json;

#[tokio::test]
async fn every_answer_is_defended() {
    let world = World::new();
    let token = world.token(Person::Rep).await;
    let calls = [
        Call::get("/api/health"),
        Call::get("/api/auth/me"),
        Call::get("/api/auth/me").bearer(&token),
        Call::get("/api/no-such-thing"),
        Call::new(Method::PUT, "/api/health"),
        Call::post("/api/auth/login").raw("text/plain", "x"),
    ];
    for call in calls {
        let answer = world.call(call).await;
        let policy = answer.header("content-security-policy");
        assert!(policy.starts_with("default-src 'none'; frame-ancestors 'none'"));
        assert!(!policy.contains("unsafe"));
        for (name, value) in [
            ("x-content-type-options", "nosniff"),
            ("x-frame-options", "DENY"),
            ("referrer-policy", "no-referrer"),
            (
                "strict-transport-security",
                "max-age=63072000; includeSubDomains",
            ),
            ("cross-origin-resource-policy", "same-origin"),
        ] {
            assert_eq!(answer.header(name), value, "{name} {answer:?}");
        }
        assert!(
            answer
                .header("permissions-policy")
                .contains("microphone=()")
        );
        assert_eq!(answer.header("vary"), "origin");
        assert_eq!(answer.header("access-control-allow-origin"), "");
    }
}

#[tokio::test]
async fn a_configured_origin_may_call_and_no_other() {
    let world = World::new();
    let asks = |origin: &str| {
        Call::new(Method::OPTIONS, "/api/auth/me")
            .header("origin", origin)
            .header("access-control-request-method", "GET")
            .header("access-control-request-headers", "authorization")
    };
    let answer = world.call(asks("https://partner.test")).await;
    assert_eq!(answer.status, 204);
    assert_eq!(
        answer.header("access-control-allow-origin"),
        "https://partner.test"
    );
    assert!(
        answer
            .header("access-control-allow-headers")
            .contains("authorization")
    );
    // The cookie stays with our own pages.
    assert_eq!(answer.header("access-control-allow-credentials"), "");

    let token = world.token(Person::Rep).await;
    let reads = |origin: &str| {
        Call::get("/api/auth/me")
            .header("origin", origin)
            .bearer(&token)
    };
    let answer = world.call(reads("https://partner.test")).await;
    assert_eq!(
        (answer.status, answer.header("access-control-allow-origin")),
        (200, "https://partner.test")
    );
    assert!(
        answer
            .header("access-control-expose-headers")
            .contains("etag")
    );

    for origin in [
        "https://evil.test",
        "null",
        "https://partner.test.evil.test",
        "http://partner.test",
    ] {
        assert_eq!(
            world
                .call(reads(origin))
                .await
                .header("access-control-allow-origin"),
            ""
        );
        let answer = world.call(asks(origin)).await;
        assert_eq!(
            (answer.status, answer.header("access-control-allow-origin")),
            (405, "")
        );
    }
}

#[tokio::test]
async fn calls_with_the_cookie_are_for_our_own_pages() {
    let world = World::new();
    let log_in = world.log_in(Person::Rep).await;
    let forms = [
        (
            "/api/auth/login",
            json!({"email": "rep@troika.test", "password": "x"}),
        ),
        (
            "/api/auth/register",
            json!({"token": "t", "firstName": "A", "lastName": "B", "password": "x"}),
        ),
        (
            "/api/auth/reset-password",
            json!({"token": "t", "password": "x"}),
        ),
        ("/api/auth/refresh-token", json!({})),
        ("/api/auth/logout", json!({})),
    ];
    for (path, form) in forms {
        for origin in ["https://evil.test", "https://partner.test"] {
            let call = Call::post(path)
                .header("origin", origin)
                .header("host", "captain.test")
                .cookie(&log_in.cookie)
                .json(form.clone());
            let answer = world.call(call).await;
            assert_eq!(
                (answer.status, answer.header("set-cookie")),
                (403, ""),
                "{path}"
            );
        }
    }
}
