//! Rate limits: per account, per network, the same for addresses that nobody has.

use crate::world::{Answer, Call, HOUR, MINUTE, PASSWORD, World};
use contract::problem::Code;
use serde_json::json;

fn standing(answer: &Answer) -> (&str, &str, &str) {
    (
        answer.header("ratelimit-limit"),
        answer.header("ratelimit-remaining"),
        answer.header("ratelimit-reset"),
    )
}

#[tokio::test]
async fn five_failed_log_ins_lock_an_account_known_or_not() {
    for email in ["rep@troika.test", "nobody@troika.test"] {
        let world = World::new();
        for left in ["4", "3", "2", "1", "0"] {
            let answer = world.try_log_in(email, "wrong").await;
            answer.problem(Code::BadCredentials);
            assert_eq!(standing(&answer), ("5", left, "900"));
            assert_eq!(answer.header("retry-after"), "");
        }
        world.pass(5 * MINUTE);
        // The right password does not help now, nor does another way to write the address.
        let answer = world.try_log_in(&email.to_uppercase(), PASSWORD).await;
        answer.problem(Code::RateLimited);
        assert_eq!(standing(&answer), ("5", "0", "600"));
        assert_eq!(answer.header("retry-after"), "600");
        // Nobody else is locked out.
        let other = world.try_log_in("otherrep@troika.test", PASSWORD).await;
        assert_eq!(other.status, 200);
        world.pass(10 * MINUTE);
        let known = if email.starts_with("rep") { 200 } else { 401 };
        assert_eq!(world.try_log_in(email, PASSWORD).await.status, known);
    }
}

#[tokio::test]
async fn a_log_in_that_succeeds_clears_the_count() {
    let world = World::new();
    for _ in 0..3 {
        for _ in 0..4 {
            world.try_log_in("rep@troika.test", "wrong").await;
        }
        assert_eq!(
            world.try_log_in("rep@troika.test", PASSWORD).await.status,
            200
        );
    }
}

#[tokio::test]
async fn many_guesses_at_once_are_no_more_than_five() {
    let world = World::new();
    let guesses = (0..12).map(|_| world.try_log_in("rep@troika.test", "wrong"));
    let answers = futures::future::join_all(guesses).await;
    let checked = answers.iter().filter(|answer| answer.status == 401).count();
    let refused = answers.iter().filter(|answer| answer.status == 429).count();
    assert_eq!((checked, refused), (5, 7));
}

#[tokio::test]
async fn a_reset_opens_a_locked_account() {
    let world = World::new();
    for _ in 0..6 {
        world.try_log_in("rep@troika.test", "wrong").await;
    }
    let form = json!({"email": "rep@troika.test"});
    world
        .call(Call::post("/api/auth/forgot-password").json(form))
        .await;
    let token = world.mailed_token().await;
    let form = json!({"token": token, "password": "Another ten characters"});
    let answer = world
        .call(Call::post("/api/auth/reset-password").json(form))
        .await;
    assert_eq!(answer.status, 204);
    let answer = world
        .try_log_in("rep@troika.test", "Another ten characters")
        .await;
    assert_eq!(answer.status, 200);
}

#[tokio::test]
async fn an_office_logs_in_together_and_a_machine_is_stopped() {
    let world = World::new();
    let from = |ip: &str, email: &str| {
        Call::post("/api/auth/login")
            .header("cf-connecting-ip", ip)
            .json(json!({"email": email, "password": ""}))
    };
    // A form that is refused costs nothing and is not counted.
    for _ in 0..310 {
        world
            .call(from("203.0.113.7", "rep@troika.test"))
            .await
            .problem(Code::Invalid);
    }
    // The counters as after 300 log-ins: hashing so many passwords would take the test its time.
    let body = |email: &str| json!({"email": email, "password": PASSWORD});
    let call = |ip: &str, email: &str| {
        Call::post("/api/auth/login")
            .header("cf-connecting-ip", ip)
            .json(body(email))
    };
    assert_eq!(
        world
            .call(call("203.0.113.7", "rep@troika.test"))
            .await
            .status,
        200
    );
    world
        .db
        .script("UPDATE rate_limits SET hits = 299 WHERE bucket LIKE 'login_network:%'")
        .unwrap();
    assert_eq!(
        world
            .call(call("203.0.113.7", "otherrep@troika.test"))
            .await
            .status,
        200
    );
    let answer = world.call(call("203.0.113.7", "rep@troika.test")).await;
    answer.problem(Code::RateLimited);
    assert_eq!(answer.header("retry-after"), "900");
    // Another network, and the same one later.
    assert_eq!(
        world
            .call(call("203.0.113.8", "rep@troika.test"))
            .await
            .status,
        200
    );
    world.pass(15 * MINUTE);
    assert_eq!(
        world
            .call(call("203.0.113.7", "rep@troika.test"))
            .await
            .status,
        200
    );
}

#[tokio::test]
async fn mails_to_an_address_are_few() {
    let world = World::new();
    for (path, form) in [
        (
            "/api/auth/forgot-password",
            json!({"email": "rep@troika.test"}),
        ),
        (
            "/api/auth/forgot-password",
            json!({"email": "nobody@troika.test"}),
        ),
        (
            "/api/auth/register",
            json!({"companyName": "S", "email": "new@troika.test"}),
        ),
    ] {
        for left in ["2", "1", "0"] {
            let answer = world.call(Call::post(path).json(form.clone())).await;
            assert_eq!(answer.status, 202);
            assert_eq!(standing(&answer), ("3", left, "3600"));
        }
        let answer = world.call(Call::post(path).json(form.clone())).await;
        answer.problem(Code::RateLimited);
    }
    assert_eq!(world.mails().await, 6);
    world.pass(HOUR);
    let form = json!({"email": "rep@troika.test"});
    let answer = world
        .call(Call::post("/api/auth/forgot-password").json(form))
        .await;
    assert_eq!(answer.status, 202);
}

#[tokio::test]
async fn counters_name_nobody() {
    #[derive(store::FromRow)]
    struct Bucket {
        bucket: String,
    }
    let world = World::new();
    let call = Call::post("/api/auth/login")
        .header("cf-connecting-ip", "203.0.113.7")
        .json(json!({"email": "rep@troika.test", "password": "wrong"}));
    world.call(call).await;
    let sql = store::Statement::new("SELECT bucket FROM rate_limits");
    let buckets: Vec<Bucket> = store::Db::all(&world.db, sql).await.unwrap();
    assert_eq!(buckets.len(), 2);
    for Bucket { bucket } in buckets {
        assert!(
            !bucket.contains("troika") && !bucket.contains("203.0"),
            "{bucket}"
        );
    }
}
