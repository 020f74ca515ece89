//! What every answer says to browsers, which pages of other origins may call, and what a body may weigh.

use captain_api_tests::{Answer, PARTNER, PASSWORD, Person, answer, shared};
use contract::problem::Code;
use reqwest::Method;
use serde_json::json;

fn is_defended(answer: &Answer, what: &str) {
    for (name, value) in [
        ("x-content-type-options", "nosniff"),
        ("x-frame-options", "DENY"),
        ("referrer-policy", "no-referrer"),
        (
            "strict-transport-security",
            "max-age=63072000; includeSubDomains",
        ),
    ] {
        assert_eq!(answer.header(name), value, "{what}");
    }
    let policy = answer.header("content-security-policy");
    for wanted in [
        "default-src 'none'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
    ] {
        assert!(policy.contains(wanted), "{what}: {policy}");
    }
    // 'wasm-unsafe-eval' is another word: it lets WebAssembly compile, and no script.
    assert!(!policy.contains("'unsafe-"), "{what}: {policy}");
    let permissions = answer.header("permissions-policy");
    assert!(
        permissions.contains("camera=()") && permissions.contains("geolocation=()"),
        "{what}"
    );
}

#[tokio::test]
async fn every_answer_of_the_api_is_defended() {
    let stranger = Person::anonymous(shared());
    let rep = Person::known(shared(), "rep@salescaptain.test").await;
    let calls = [
        stranger.gets("/api/health"),
        stranger.gets("/api/auth/me"),
        stranger.gets("/api/no-such-thing"),
        stranger.request(Method::PUT, "/api/health"),
        stranger.request(Method::POST, "/api/auth/login").body("x"),
        rep.gets("/api/auth/me"),
        rep.gets("/api/users"),
        rep.gets("/api/analytics/export"),
        rep.gets("/api/scenarios?limit=0"),
    ];
    for call in calls {
        let answer = answer(call).await;
        let what = format!("{} {}", answer.status, answer.text());
        is_defended(&answer, &what);
        assert_eq!(answer.header("cache-control"), "no-store");
        assert_eq!(answer.header("cross-origin-resource-policy"), "same-origin");
        assert!(
            answer
                .header("permissions-policy")
                .contains("microphone=()")
        );
        assert_eq!(answer.header("access-control-allow-origin"), "");
        assert!(answer.header("vary").contains("origin"));
    }
}

#[tokio::test]
async fn every_page_of_the_app_is_defended() {
    let stranger = Person::anonymous(shared());
    let page = answer(stranger.gets("/")).await;
    let html = page.text();
    assert!(
        !html.contains("<script>") && !html.contains(" style="),
        "nothing stands inline"
    );
    let mut files: Vec<String> = html
        .split(['"', '\''])
        .filter(|part| part.starts_with('/') && part.contains('.'))
        .map(str::to_owned)
        .collect();
    assert!(files.iter().any(|file| file.ends_with(".js")), "{files:?}");
    assert!(
        files.iter().any(|file| file.ends_with(".wasm")),
        "{files:?}"
    );
    files.extend(["/", "/login", "/session/x", "/no-such-page"].map(str::to_owned));
    for file in files {
        let answer = answer(stranger.gets(&file)).await;
        assert_eq!(answer.status, 200, "{file}");
        is_defended(&answer, &file);
        assert_eq!(
            answer.header("cross-origin-opener-policy"),
            "same-origin",
            "{file}"
        );
        assert!(
            answer
                .header("permissions-policy")
                .contains("microphone=(self)"),
            "{file}"
        );
    }
}

#[tokio::test]
async fn a_configured_origin_may_call_and_no_other() {
    let stranger = Person::anonymous(shared());
    let rep = Person::known(shared(), "rep@salescaptain.test").await;
    let asks = |origin: &str| {
        stranger
            .request(Method::OPTIONS, "/api/auth/me")
            .header("origin", origin)
            .header("access-control-request-method", "GET")
            .header("access-control-request-headers", "authorization")
    };
    let may = answer(asks(PARTNER)).await;
    assert_eq!(
        (may.status, may.header("access-control-allow-origin")),
        (204, PARTNER)
    );
    for wanted in ["authorization", "if-match", "idempotency-key"] {
        assert!(may.header("access-control-allow-headers").contains(wanted));
    }
    assert!(may.header("access-control-allow-methods").contains("PATCH"));
    // The cookie stays with our own pages.
    assert_eq!(may.header("access-control-allow-credentials"), "");
    let reads = |origin: &str| rep.gets("/api/auth/me").header("origin", origin);
    let read = answer(reads(PARTNER)).await;
    assert_eq!(
        (read.status, read.header("access-control-allow-origin")),
        (200, PARTNER)
    );
    assert!(
        read.header("access-control-expose-headers")
            .contains("retry-after")
    );
    // A refusal can be read too.
    let refused = answer(stranger.gets("/api/auth/me").header("origin", PARTNER)).await;
    assert_eq!(refused.header("access-control-allow-origin"), PARTNER);
    for origin in [
        "https://evil.test",
        "null",
        "https://partner.test.evil.test",
        "http://partner.test",
        "*",
    ] {
        for call in [reads(origin), asks(origin)] {
            let answer = answer(call).await;
            assert_eq!(answer.header("access-control-allow-origin"), "", "{origin}");
        }
    }
}

#[tokio::test]
async fn calls_that_a_cookie_opens_are_for_our_own_pages() {
    let email = shared().next_rep().email.clone();
    let person = Person::log_in(shared(), &email).await;
    let cookie = person.refresh_cookie.clone().unwrap();
    let token = "A".repeat(43);
    let forms = [
        (
            "/api/auth/login",
            json!({"email": email, "password": PASSWORD}),
        ),
        (
            "/api/auth/register",
            json!({"token": token, "firstName": "A", "lastName": "B", "password": PASSWORD}),
        ),
        (
            "/api/auth/reset-password",
            json!({"token": token, "password": PASSWORD}),
        ),
        ("/api/auth/refresh-token", json!({})),
        ("/api/auth/logout", json!({})),
    ];
    let stranger = Person::anonymous(shared());
    for (path, form) in forms {
        for (name, value) in [
            ("origin", "https://evil.test"),
            ("origin", PARTNER),
            ("origin", "null"),
            ("sec-fetch-site", "cross-site"),
            ("sec-fetch-site", "same-site"),
        ] {
            let request = stranger.posts(path, &form).header("cookie", &cookie);
            let refused = answer(request.header(name, value)).await;
            refused.problem(Code::Forbidden);
            assert_eq!(refused.header("set-cookie"), "", "{path}");
        }
    }
    // A cookie alone opens nothing else: no page can make a browser change anything.
    let me = stranger.gets("/api/auth/me").header("cookie", &cookie);
    answer(me).await.problem(Code::Unauthenticated);
    assert_eq!(answer(person.gets("/api/auth/me")).await.status, 200);
}

#[tokio::test]
async fn a_body_has_a_size() {
    let manager = Person::known(shared(), "manager@salescaptain.test").await;
    let long = "x".repeat(70_000);
    for (path, form) in [
        ("/api/users", json!({"firstName": long})),
        ("/api/teams", json!({"name": long})),
        ("/api/ai/evaluate-response", json!({"answer": long})),
        ("/api/auth/register", json!({"companyName": long})),
        ("/api/scenarios", json!({"theme": long.repeat(4)})),
    ] {
        let refused = answer(manager.posts(path, &form)).await;
        refused.problem(Code::TooLarge);
        let keyed = manager.posts(path, &form).header("idempotency-key", "k");
        answer(keyed).await.problem(Code::TooLarge);
    }
}
