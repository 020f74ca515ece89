//! From the outbox to a mail service: over real HTTP, once, and again when it failed.

use crate::world::{Call, MINUTE, World};
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::routing::post;
use axum::{Json, Router};
use captain_http::mail::provider::{HttpProvider, ProviderError};
use captain_http::mail::{MailError, send_due};
use serde_json::{Value, json};
use std::sync::{Arc, Mutex};

/// A mail service on this machine.
#[derive(Clone, Default)]
struct Service {
    taken: Arc<Mutex<Vec<(HeaderMap, Value)>>>,
    answers: Arc<Mutex<StatusCode>>,
}

async fn take(
    State(service): State<Service>,
    headers: HeaderMap,
    Json(body): Json<Value>,
) -> (StatusCode, &'static str) {
    service.taken.lock().unwrap().push((headers, body));
    (*service.answers.lock().unwrap(), "what the service says")
}

async fn service() -> (Service, String) {
    let service = Service::default();
    let app = Router::new()
        .route("/emails", post(take))
        .with_state(service.clone());
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/emails", listener.local_addr().unwrap());
    tokio::spawn(async move { axum::serve(listener, app).await });
    (service, url)
}

fn provider(url: &str) -> HttpProvider {
    HttpProvider::new(
        url,
        "the-key".into(),
        "Captain <captain@captain.test>".into(),
    )
    .unwrap()
}

async fn forgot(world: &World) {
    let form = json!({"email": "rep@troika.test"});
    let answer = world
        .call(Call::post("/api/auth/forgot-password").json(form))
        .await;
    assert_eq!(answer.status, 202);
}

#[tokio::test]
async fn a_mail_is_posted_after_the_answer() {
    let world = World::new();
    let (service, url) = service().await;
    world.mailer.posts_to(provider(&url));
    forgot(&world).await;
    assert!(service.taken.lock().unwrap().is_empty());
    let id = world.latest_mail().await.id.to_string();
    let token = world.mailed_token().await;
    world.after_answers().await;
    let taken = service.taken.lock().unwrap().clone();
    assert_eq!(taken.len(), 1);
    let (headers, body) = &taken[0];
    assert_eq!(headers["authorization"], "Bearer the-key");
    assert_eq!(headers["idempotency-key"], id.as_str());
    assert_eq!(body["from"], "Captain <captain@captain.test>");
    assert_eq!(body["to"], json!(["rep@troika.test"]));
    assert_eq!(body["subject"], "Choose a new password");
    for form in ["text", "html"] {
        assert!(body[form].as_str().unwrap().contains(&token));
    }
    assert_eq!(world.latest_mail().await.status, "sent");
    // Sent is sent.
    send_due(&world).await;
    assert_eq!(service.taken.lock().unwrap().len(), 1);
}

#[tokio::test]
async fn a_service_that_fails_is_tried_again_and_one_that_refuses_is_not() {
    let world = World::new();
    let (service, url) = service().await;
    world.mailer.posts_to(provider(&url));
    *service.answers.lock().unwrap() = StatusCode::SERVICE_UNAVAILABLE;
    forgot(&world).await;
    world.after_answers().await;
    assert_eq!(world.latest_mail().await.status, "pending");
    send_due(&world).await;
    assert_eq!(service.taken.lock().unwrap().len(), 1);
    *service.answers.lock().unwrap() = StatusCode::OK;
    world.pass(MINUTE);
    send_due(&world).await;
    assert_eq!(service.taken.lock().unwrap().len(), 2);
    assert_eq!(world.latest_mail().await.status, "sent");

    *service.answers.lock().unwrap() = StatusCode::UNPROCESSABLE_ENTITY;
    forgot(&world).await;
    world.after_answers().await;
    assert_eq!(world.latest_mail().await.status, "failed");
}

#[tokio::test]
async fn a_service_that_is_not_there_is_given_up_after_a_day() {
    let world = World::new();
    // Nobody listens on a port that was just given back.
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/emails", listener.local_addr().unwrap());
    drop(listener);
    world.mailer.posts_to(provider(&url));
    forgot(&world).await;
    world.after_answers().await;
    let mut minutes = 0;
    while world.latest_mail().await.status == "pending" && minutes < 3 * 24 * 60 {
        world.pass(30 * MINUTE);
        minutes += 30;
        send_due(&world).await;
    }
    assert_eq!(world.latest_mail().await.status, "failed");
    assert!((20 * 60..36 * 60).contains(&minutes), "{minutes}");
    assert!(world.take_faults().is_empty());
}

#[tokio::test]
async fn two_senders_send_a_mail_once() {
    let world = World::new();
    forgot(&world).await;
    world.mailer.delivers_all();
    futures::join!(send_due(&world), send_due(&world), send_due(&world));
    assert_eq!(world.mailer.taken().len(), 1);
}

#[tokio::test]
async fn a_sender_that_dies_leaves_its_mail_to_the_next() {
    let world = World::new();
    forgot(&world).await;
    let id = world.latest_mail().await.id;
    let now = world.now();
    let claimed = store::outbox::claim(&world.db, id, now, now + 2 * MINUTE).await;
    assert!(claimed.unwrap());
    world.mailer.delivers_all();
    send_due(&world).await;
    assert!(world.mailer.taken().is_empty());
    world.pass(2 * MINUTE);
    send_due(&world).await;
    assert_eq!(world.mailer.taken().len(), 1);
}

#[tokio::test]
async fn a_failing_mailer_is_no_failing_answer() {
    let world = World::new();
    world
        .mailer
        .fails_with(MailError::Failed("the wire is cut".into()));
    forgot(&world).await;
    world.after_answers().await;
    assert_eq!(world.latest_mail().await.status, "pending");
}

#[test]
fn a_provider_has_a_real_address_and_shows_no_key() {
    for url in ["", "mail", "ftp://x.test/", "javascript:x"] {
        let refused = HttpProvider::new(url, String::new(), String::new());
        assert_eq!(refused.unwrap_err(), ProviderError::Url, "{url}");
    }
    let shown = format!("{:?}", provider("https://mail.test/emails?key=x"));
    assert_eq!(shown, "HttpProvider(mail.test)");
}
