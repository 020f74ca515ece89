//! Health, and what holds for every path.

use crate::world::{Call, World};
use axum::http::Method;
use captain_http::config::Environment;
use contract::problem::Code;
use serde_json::{Value, json};
use std::sync::atomic::Ordering;

#[tokio::test]
async fn health_names_the_worker_and_no_secret() {
    let world = World::in_environment(Environment::Dev);
    let answer = world.call(Call::get("/api/health")).await;
    let expected =
        json!({"ok": true, "version": "0.1.0", "environment": "dev", "coach": "builtin"});
    assert_eq!(answer.json::<Value>(), expected);
}

#[tokio::test]
async fn every_request_has_its_own_id() {
    let world = World::new();
    let first = world.call(Call::get("/api/health")).await;
    let second = world.call(Call::get("/api/health")).await;
    assert_ne!(first.header("x-request-id"), second.header("x-request-id"));
}

#[tokio::test]
async fn an_unknown_path_is_a_problem() {
    let world = World::new();
    for path in [
        "/api",
        "/api/",
        "/api/nothing",
        "/api/chat",
        "/api/sessions/today/x",
        "/",
        "//",
    ] {
        world.call(Call::get(path)).await.problem(Code::NotFound);
    }
}

#[tokio::test]
async fn a_wrong_method_names_the_right_ones() {
    let world = World::new();
    let id = "0198f3a2-5b7c-7d10-8a4e-3f6b2c9d1e00";
    let cases = [
        (Method::GET, "/api/auth/login".to_owned(), "POST"),
        (Method::POST, "/api/auth/me".to_owned(), "GET,HEAD"),
        (
            Method::DELETE,
            format!("/api/sessions/{id}/result"),
            "GET,HEAD",
        ),
        (
            Method::PATCH,
            format!("/api/sessions/{id}"),
            "GET,HEAD,PUT,DELETE",
        ),
        (Method::PUT, format!("/api/chat/{id}/message"), "POST"),
    ];
    for (method, path, allow) in cases {
        let answer = world.call(Call::new(method.clone(), &path)).await;
        answer.problem(Code::MethodNotAllowed);
        assert_eq!(answer.header("allow"), allow, "{method} {path}");
    }
}

#[tokio::test]
async fn a_head_has_no_body() {
    let world = World::new();
    for (path, status) in [
        ("/api/health", 200),
        ("/api/nothing", 404),
        ("/api/auth/me", 401),
    ] {
        let answer = world.call(Call::new(Method::HEAD, path)).await;
        assert_eq!((answer.status, answer.body.len()), (status, 0), "{path}");
    }
}

#[tokio::test]
async fn a_fault_of_ours_is_reported_once_and_kept_from_the_client() {
    let world = World::new();
    world.db.script("DROP TABLE refresh_tokens").unwrap();
    let token = format!("sc_refresh={}", "A".repeat(43));
    let call = Call::post("/api/auth/refresh-token").cookie(&token);
    let answer = world.call_even_if_it_fails(call).await;
    let problem = answer.problem(Code::Internal);
    assert!(!String::from_utf8_lossy(&answer.body).contains("refresh_tokens"));

    let faults = world.take_faults();
    assert_eq!(faults.len(), 1);
    assert_eq!(Some(&faults[0].request_id), problem.request_id.as_ref());
    assert_eq!(
        (
            faults[0].method.as_str(),
            faults[0].path.as_str(),
            faults[0].status
        ),
        ("POST", "/api/auth/refresh-token", 500)
    );
    assert!(faults[0].cause.contains("refresh_tokens"));
}

#[tokio::test]
async fn without_randomness_nobody_gets_a_token() {
    let world = World::new();
    world.no_randomness.store(true, Ordering::SeqCst);
    let form = json!({"email": "rep@troika.test", "password": crate::world::PASSWORD});
    let call = Call::post("/api/auth/login").json(form);
    world
        .call_even_if_it_fails(call)
        .await
        .problem(Code::Internal);
    assert_eq!(world.take_faults().len(), 1);
}
