//! `/api/profile`: settings, password, devices.

use crate::world::{Answer, Call, DAY, PASSWORD, Person, World};
use contract::problem::Code;
use contract::profile::{Device, Profile};
use contract::session::Items;
use serde_json::json;

async fn devices(world: &World, token: &str) -> Vec<Device> {
    let answer = world
        .call(Call::get("/api/profile/devices").bearer(token))
        .await;
    answer.json::<Items<Device>>().items
}

async fn set_password(world: &World, token: &str, old: &str, new: &str) -> Answer {
    let body = json!({"oldPassword": old, "newPassword": new});
    let call = Call::post("/api/profile/password").bearer(token).json(body);
    world.call(call).await
}

#[tokio::test]
async fn people_set_themselves() {
    let world = World::new();
    let read = world.get_as(Person::Rep, "/api/profile").await;
    let before: Profile = read.json();
    assert!(before.on_leaderboard && before.mail_reminders && before.mail_digest);
    let body = json!({"firstName": "Āśā", "lastName": "Verma", "phone": "+91 98200 12345", "language": "hi",
        "onLeaderboard": false, "mailReminders": true, "mailDigest": false});
    let call = Call::put("/api/profile")
        .header("if-match", read.header("etag"))
        .json(body.clone());
    let after: Profile = world.call_as(Person::Rep, call).await.json();
    assert_eq!(
        (after.first_name.as_str(), after.phone.as_deref()),
        ("Āśā", Some("+91 98200 12345"))
    );
    assert!(!after.on_leaderboard && !after.mail_digest && after.version == 2);
    // Neither address nor role is theirs to set here.
    for field in ["email", "role", "isActive"] {
        let mut more = body.clone();
        more[field] = json!("x");
        let call = Call::put("/api/profile")
            .header("if-match", "\"2\"")
            .json(more);
        let problem = world
            .call_as(Person::Rep, call)
            .await
            .problem(Code::BadJson);
        assert_eq!(problem.errors[0].field, field);
    }
}

#[tokio::test]
async fn a_new_password_logs_all_other_devices_out() {
    let world = World::new();
    let here = world.log_in(Person::Rep).await;
    let there = world.log_in(Person::Rep).await;
    let new = "Ten days of practice";
    let wrong = set_password(&world, &here.token, "Practise-11-days!", new).await;
    assert_eq!(wrong.problem(Code::Invalid).errors[0].field, "oldPassword");
    let short = set_password(&world, &here.token, PASSWORD, "short").await;
    assert_eq!(short.problem(Code::Invalid).errors[0].field, "newPassword");
    assert_eq!(devices(&world, &here.token).await.len(), 2);

    assert_eq!(
        set_password(&world, &here.token, PASSWORD, new)
            .await
            .status,
        204
    );
    let left = devices(&world, &here.token).await;
    assert!(left.len() == 1 && left[0].current);
    let me = world
        .call(Call::get("/api/auth/me").bearer(&there.token))
        .await;
    me.problem(Code::Unauthenticated);
    let refresh = Call::post("/api/auth/refresh-token").cookie(&there.cookie);
    world.call(refresh).await.problem(Code::BadRefresh);
    world
        .try_log_in("rep@troika.test", PASSWORD)
        .await
        .problem(Code::BadCredentials);
    assert_eq!(world.try_log_in("rep@troika.test", new).await.status, 200);
}

#[tokio::test]
async fn devices_are_ones_own_to_log_out() {
    let world = World::new();
    let here = world.log_in(Person::Rep).await;
    world.pass(1_000);
    let there = world.log_in(Person::Rep).await;
    let listed = devices(&world, &here.token).await;
    let current: Vec<bool> = listed.iter().map(|device| device.current).collect();
    assert_eq!(current, [false, true]);
    let path = format!("/api/profile/devices/{}", listed[0].id);
    let stranger = world.call_as(Person::OtherRep, Call::delete(&path)).await;
    stranger.problem(Code::NotFound);
    for _ in 0..2 {
        let call = Call::delete(&path).bearer(&here.token);
        assert_eq!(world.call(call).await.status, 204);
    }
    let me = world
        .call(Call::get("/api/auth/me").bearer(&there.token))
        .await;
    me.problem(Code::Unauthenticated);
    assert_eq!(devices(&world, &here.token).await.len(), 1);
}

#[tokio::test]
async fn a_device_that_fell_silent_is_listed_no_more() {
    let world = World::new();
    world.log_in(Person::Rep).await;
    world.pass(7 * DAY);
    let here = world.log_in(Person::Rep).await;
    assert_eq!(devices(&world, &here.token).await.len(), 1);
}

#[tokio::test]
async fn the_old_password_is_not_guessed_here_either() {
    let world = World::new();
    let token = world.token(Person::Rep).await;
    for _ in 0..5 {
        let wrong = set_password(&world, &token, "Practise-11-days!", PASSWORD).await;
        wrong.problem(Code::Invalid);
    }
    let locked = set_password(&world, &token, PASSWORD, "Ten days of practice").await;
    locked.problem(Code::RateLimited);
    assert!(!locked.header("retry-after").is_empty());
}
