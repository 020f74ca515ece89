//! Log-in, rotation of refresh tokens, log-out.

use captain_api_tests::{PASSWORD, Person, Rep, problem, shared};
use contract::auth::{Me, TokenResponse};
use contract::problem::Code;
use domain::role::Role;
use futures::future::join_all;
use serde_json::{Value, json};

const REFRESH: &str = "/api/auth/refresh-token";
const LOGOUT: &str = "/api/auth/logout";

/// A rep's address that no other test uses.
fn address() -> String {
    shared().next_rep().email.clone()
}

async fn log_in_with(email: &str, password: &str) -> reqwest::Response {
    let person = Person::anonymous(shared());
    person
        .post(
            "/api/auth/login",
            &json!({"email": email, "password": password}),
        )
        .await
}

#[tokio::test]
async fn logging_in_gives_a_token_and_a_cookie_that_scripts_cannot_read() {
    let email = address();
    let answer = log_in_with(&format!(" {} ", email.to_uppercase()), PASSWORD).await;
    assert_eq!(answer.status(), 200);
    assert_eq!(answer.headers()["cache-control"], "no-store");
    let cookies: Vec<String> = answer
        .headers()
        .get_all("set-cookie")
        .iter()
        .map(|cookie| cookie.to_str().unwrap().to_owned())
        .collect();
    let [cookie] = &cookies[..] else {
        panic!("one cookie: {cookies:?}")
    };
    let attributes: Vec<&str> = cookie.split("; ").skip(1).collect();
    for wanted in [
        "HttpOnly",
        "SameSite=Strict",
        "Path=/api/auth",
        "Max-Age=604800",
    ] {
        assert!(attributes.contains(&wanted), "{wanted}: {cookie}");
    }
    // Plain http on localhost; `restarted` looks at production.
    assert!(!attributes.contains(&"Secure"), "{cookie}");
    let token = cookie.split(['=', ';']).nth(1).unwrap();
    assert!(token.len() >= 43, "256 random bits");

    let text = answer.text().await.unwrap();
    assert!(
        !text.contains(token),
        "the refresh token is in the cookie alone"
    );
    let tokens: TokenResponse = serde_json::from_str(&text).unwrap();
    assert_eq!(
        (tokens.user.email.as_str(), tokens.user.role),
        (email.as_str(), Role::SalesRep)
    );
    assert_eq!(tokens.expires_in, 900);
    let person = Person {
        access_token: Some(tokens.access_token),
        ..Person::anonymous(shared())
    };
    let me: Me = person.get("/api/auth/me").await.json().await.unwrap();
    assert_eq!(me, tokens.user);
}

#[tokio::test]
async fn a_failed_log_in_does_not_say_what_was_wrong() {
    let unknown = problem(
        log_in_with("nobody@salescaptain.test", PASSWORD).await,
        Code::BadCredentials,
    )
    .await;
    let wrong = problem(
        log_in_with(&address(), "Practise-10-day").await,
        Code::BadCredentials,
    )
    .await;
    assert_eq!(unknown.detail, wrong.detail);
    for password in ["practise-10-days!", "Practise-10-days! ", ""] {
        let answer = log_in_with(&address(), password).await;
        assert!([401, 422].contains(&answer.status().as_u16()));
        assert!(!answer.headers().contains_key("set-cookie"));
    }
}

#[tokio::test]
async fn every_demo_log_in_works() {
    for login in xtask::seed::DEMO_LOGINS {
        assert_eq!(
            log_in_with(login.email, PASSWORD).await.status(),
            200,
            "{}",
            login.email
        );
    }
}

#[tokio::test]
async fn a_form_that_cannot_be_right_is_told_field_by_field() {
    let long = "x".repeat(201);
    for (email, password, field) in [
        ("", PASSWORD, "email"),
        ("nobody", PASSWORD, "email"),
        ("rep@salescaptain.test", "", "password"),
        ("rep@salescaptain.test", &long, "password"),
    ] {
        let refused = problem(log_in_with(email, password).await, Code::Invalid).await;
        assert_eq!(
            refused
                .errors
                .iter()
                .map(|error| error.field.as_str())
                .collect::<Vec<_>>(),
            [field]
        );
    }
}

#[tokio::test]
async fn a_refresh_token_works_once() {
    let mut person = Person::log_in(shared(), &address()).await;
    let first = person.refresh_cookie.clone().unwrap();
    let answer = person.post_with_cookie(REFRESH, &first).await;
    assert_eq!(answer.status(), 200);
    let tokens = person.keep(answer).await;
    assert_eq!(tokens.expires_in, 900);
    let second = person.refresh_cookie.clone().unwrap();
    assert_ne!(first, second);
    assert_eq!(person.get("/api/auth/me").await.status(), 200);

    // Somebody has a copy of the first: nobody stays logged in on this device, not the thief, not the owner.
    problem(
        person.post_with_cookie(REFRESH, &first).await,
        Code::BadRefresh,
    )
    .await;
    problem(
        person.post_with_cookie(REFRESH, &second).await,
        Code::BadRefresh,
    )
    .await;
    problem(person.get("/api/auth/me").await, Code::Unauthenticated).await;
}

#[tokio::test]
async fn racing_refreshes_never_give_two_families() {
    let email = address();
    let person = Person::log_in(shared(), &email).await;
    let other_device = Person::log_in(shared(), &email).await;
    let cookie = person.refresh_cookie.clone().unwrap();
    let answers = join_all((0..10).map(|_| {
        let person = person.elsewhere();
        let cookie = cookie.clone();
        async move { person.post_with_cookie(REFRESH, &cookie).await }
    }))
    .await;
    let statuses: Vec<u16> = answers
        .iter()
        .map(|answer| answer.status().as_u16())
        .collect();
    assert!(
        statuses.iter().filter(|status| **status == 200).count() <= 1,
        "{statuses:?}"
    );
    assert!(
        statuses.iter().all(|status| [200, 401].contains(status)),
        "{statuses:?}"
    );
    assert_eq!(
        other_device.get("/api/auth/me").await.status(),
        200,
        "the other device is untouched"
    );
}

#[tokio::test]
async fn logging_out_ends_this_device_at_once() {
    let email = address();
    let person = Person::log_in(shared(), &email).await;
    let other_device = Person::log_in(shared(), &email).await;
    let cookie = person.refresh_cookie.clone().unwrap();
    let answer = person.post_with_cookie(LOGOUT, &cookie).await;
    assert_eq!(answer.status(), 204);
    let cleared = answer.headers()["set-cookie"].to_str().unwrap();
    assert!(
        cleared.contains("Max-Age=0") && cleared.contains("Path=/api/auth"),
        "{cleared}"
    );
    problem(person.get("/api/auth/me").await, Code::Unauthenticated).await;
    problem(
        person.post_with_cookie(REFRESH, &cookie).await,
        Code::BadRefresh,
    )
    .await;
    assert_eq!(
        person.post_with_cookie(LOGOUT, &cookie).await.status(),
        204,
        "twice is once"
    );
    assert_eq!(other_device.get("/api/auth/me").await.status(), 200);
}

#[tokio::test]
async fn a_refresh_needs_its_own_cookie() {
    let person = Person::log_in(shared(), &address()).await;
    let cookie = person.refresh_cookie.clone().unwrap();
    let name = cookie.split('=').next().unwrap();
    for bad in [
        "x=y",
        &format!("{name}="),
        &format!("{name}=AAAA"),
        &format!("{cookie}A"),
        &format!("{name}=%00"),
    ] {
        problem(
            person.post_with_cookie(REFRESH, bad).await,
            Code::BadRefresh,
        )
        .await;
    }
    // None of these was the real one: it still works, also among others.
    let answer = person
        .post_with_cookie(REFRESH, &format!("theme=dark; {cookie}; a=b"))
        .await;
    assert_eq!(answer.status(), 200);
}

#[tokio::test]
async fn another_site_cannot_refresh_or_log_out() {
    let person = Person::log_in(shared(), &address()).await;
    let cookie = person.refresh_cookie.clone().unwrap();
    for path in [REFRESH, LOGOUT] {
        for (header, value) in [
            ("sec-fetch-site", "cross-site"),
            ("origin", "https://evil.example"),
        ] {
            let request = person.http.post(format!("{}{path}", person.base));
            let answer = request
                .header("cookie", &cookie)
                .header(header, value)
                .send()
                .await
                .unwrap();
            problem(answer, Code::Forbidden).await;
        }
    }
    let own = person
        .http
        .post(format!("{}{REFRESH}", person.base))
        .header("cookie", &cookie);
    let own = own
        .header("origin", &person.base)
        .header("sec-fetch-site", "same-origin");
    assert_eq!(own.send().await.unwrap().status(), 200);
}

#[tokio::test]
async fn nothing_behind_the_door_opens_without_a_token() {
    let rep = Rep::new(shared()).await;
    let stranger = Person::anonymous(shared());
    for path in ["/api/auth/me", "/api/sessions/today"] {
        problem(stranger.get(path).await, Code::Unauthenticated).await;
        // A refresh token is no access token.
        let refresh = rep.person.refresh_cookie.clone().unwrap();
        let value = refresh.split_once('=').unwrap().1.to_owned();
        let wrong = Person {
            access_token: Some(value),
            ..stranger.clone()
        };
        problem(wrong.get(path).await, Code::Unauthenticated).await;
    }
    let health: Value = stranger.get("/api/health").await.json().await.unwrap();
    assert_eq!(health["ok"], true);
}
