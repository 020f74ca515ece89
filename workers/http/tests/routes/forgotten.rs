//! A forgotten password.

use crate::world::{Answer, Call, MINUTE, PASSWORD, Person, World};
use captain_http::config::Environment;
use contract::outbox::DevMail;
use contract::page::Page;
use contract::problem::Code;
use serde_json::json;

const NEW: &str = "Another ten characters";

async fn forgot(world: &World, email: &str) -> Answer {
    let form = json!({"email": email});
    world
        .call(Call::post("/api/auth/forgot-password").json(form))
        .await
}

async fn reset(world: &World, token: &str) -> Answer {
    let form = json!({"token": token, "password": NEW});
    world
        .call(Call::post("/api/auth/reset-password").json(form))
        .await
}

#[tokio::test]
async fn a_new_password_ends_all_log_ins() {
    let world = World::new();
    let log_in = world.log_in(Person::Rep).await;
    assert_eq!(forgot(&world, " REP@troika.test ").await.status, 202);
    let mail = world.latest_mail().await;
    assert_eq!(mail.to_address, "rep@troika.test");
    let token = world.mailed_token().await;

    assert_eq!(reset(&world, &token).await.status, 204);
    let me = Call::get("/api/auth/me").bearer(&log_in.token);
    assert_eq!(world.call(me).await.status, 401);
    let refresh = Call::post("/api/auth/refresh-token").cookie(&log_in.cookie);
    assert_eq!(world.call(refresh).await.status, 401);
    assert_eq!(
        world.try_log_in("rep@troika.test", PASSWORD).await.status,
        401
    );
    assert_eq!(world.try_log_in("rep@troika.test", NEW).await.status, 200);
    // Nobody else's.
    assert_eq!(
        world
            .try_log_in("otherrep@troika.test", PASSWORD)
            .await
            .status,
        200
    );
    let problem = reset(&world, &token).await.problem(Code::Invalid);
    assert_eq!(problem.errors[0].field, "token");
}

#[tokio::test]
async fn neither_answer_nor_work_tells_who_has_an_account() {
    let world = World::new();
    world
        .db
        .script("UPDATE users SET is_active = 0 WHERE email = 'otherrep@troika.test'")
        .unwrap();
    let mut seen = Vec::new();
    for email in [
        "rep@troika.test",
        "nobody@troika.test",
        "otherrep@troika.test",
    ] {
        world.db.take_cost();
        let answer = forgot(&world, email).await;
        let headers: Vec<String> = answer.headers.keys().map(ToString::to_string).collect();
        seen.push((
            answer.status,
            answer.body.clone(),
            headers,
            world.db.take_cost().statements,
        ));
    }
    assert_eq!(seen[0], seen[1]);
    assert_eq!(seen[0], seen[2]);
    assert_eq!(seen[0].0, 202);
    assert_eq!(world.mails().await, 1);
}

#[tokio::test]
async fn a_link_lives_for_half_an_hour_and_the_newest_closes_the_others() {
    let world = World::new();
    forgot(&world, "rep@troika.test").await;
    let first = world.mailed_token().await;
    world.pass(1);
    forgot(&world, "rep@troika.test").await;
    let second = world.mailed_token().await;
    assert_ne!(first, second);
    world.pass(30 * MINUTE - 1);
    reset(&world, &first).await.problem(Code::Invalid);
    assert_eq!(reset(&world, &second).await.status, 204);

    world.pass(60 * MINUTE);
    forgot(&world, "rep@troika.test").await;
    let third = world.mailed_token().await;
    world.pass(1);
    forgot(&world, "rep@troika.test").await;
    let fourth = world.mailed_token().await;
    assert_eq!(reset(&world, &third).await.status, 204);
    reset(&world, &fourth).await.problem(Code::Invalid);
    for garbage in ["x", &"A".repeat(43), "...."] {
        reset(&world, garbage).await.problem(Code::Invalid);
    }
}

#[tokio::test]
async fn of_two_that_use_a_link_at_once_one_does() {
    let world = World::new();
    forgot(&world, "rep@troika.test").await;
    let token = world.mailed_token().await;
    let (one, other) = futures::join!(reset(&world, &token), reset(&world, &token));
    let mut statuses = [one.status, other.status];
    statuses.sort_unstable();
    assert_eq!(statuses, [204, 422]);
}

#[tokio::test]
async fn the_database_holds_no_token() {
    let world = World::new();
    world.mailer.delivers_all();
    forgot(&world, "rep@troika.test").await;
    let token = world.mailed_token().await;
    world.after_answers().await;
    let mail = world.latest_mail().await;
    assert_eq!(
        (mail.status.as_str(), mail.body_text.as_str()),
        ("sent", "")
    );
    assert!(world.mailer.taken()[0].text.contains(&token));
}

#[tokio::test]
async fn a_developer_reads_the_link_where_nobody_delivers() {
    let world = World::in_environment(Environment::Dev);
    forgot(&world, "rep@troika.test").await;
    let page: Page<DevMail> = world.call(Call::get("/api/dev/outbox")).await.json();
    assert_eq!(page.items.len(), 1);
    assert_eq!(
        (page.items[0].kind.as_str(), page.items[0].status.as_str()),
        ("password_reset", "pending")
    );
    let token = crate::world::token_in(&page.items[0].text);
    assert_eq!(reset(&world, &token).await.status, 204);

    let world = World::new();
    world
        .call(Call::get("/api/dev/outbox"))
        .await
        .problem(Code::NotFound);
}
