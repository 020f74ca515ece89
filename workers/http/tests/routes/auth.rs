//! Log-in, refresh, log-out, me.

use crate::world::{Call, DAY, LogIn, MINUTE, PASSWORD, Person, World, hash};
use captain_http::config::Environment;
use contract::auth::{Me, TokenResponse};
use contract::problem::Code;
use serde_json::json;
use store::{Db, FromRow, Statement};

async fn refresh(world: &World, cookie: &str) -> crate::world::Answer {
    let call = Call::post("/api/auth/refresh-token").cookie(cookie);
    world.call(call).await
}

async fn me(world: &World, token: &str) -> crate::world::Answer {
    world.call(Call::get("/api/auth/me").bearer(token)).await
}

async fn logout(world: &World, cookie: &str) -> crate::world::Answer {
    world
        .call(Call::post("/api/auth/logout").cookie(cookie))
        .await
}

#[derive(FromRow)]
struct Text {
    text: String,
}

async fn text(world: &World, sql: &'static str) -> String {
    let row: Option<Text> = world.db.first(Statement::new(sql)).await.unwrap();
    row.unwrap().text
}

#[tokio::test]
async fn a_rep_logs_in_and_is_known() {
    let world = World::new();
    let answer = world.try_log_in("  REP@Troika.test ", PASSWORD).await;
    assert_eq!(answer.status, 200);
    let body: TokenResponse = answer.json();
    assert_eq!(body.expires_in, 900);
    assert_eq!(
        (body.user.id, body.user.email.as_str()),
        (Person::Rep.id(), "rep@troika.test")
    );
    assert_eq!(body.user.company.name, "Troika");
    let group = body.user.group.clone().unwrap();
    assert_eq!(
        (group.slot_minute, group.zone.as_str()),
        (660, "Asia/Kolkata")
    );

    let seen: Me = me(&world, &body.access_token).await.json();
    assert_eq!(seen, body.user);
    let login =
        "SELECT cast(last_login_at AS TEXT) AS text FROM users WHERE last_login_at IS NOT NULL";
    assert_eq!(text(&world, login).await, world.now().to_string());
}

#[tokio::test]
async fn the_cookie_is_for_the_auth_calls_of_our_own_pages_only() {
    let world = World::new();
    let answer = world.try_log_in("rep@troika.test", PASSWORD).await;
    let cookie = answer.header("set-cookie");
    assert!(
        cookie.ends_with("; Path=/api/auth; Max-Age=604800; HttpOnly; SameSite=Strict; Secure")
    );
    // What is stored is no token.
    let stored = text(&world, "SELECT token_hash AS text FROM refresh_tokens").await;
    assert_eq!(stored.len(), 64);
    assert!(!cookie.contains(&stored));

    let dev = World::in_environment(Environment::Dev);
    let answer = dev.try_log_in("rep@troika.test", PASSWORD).await;
    assert!(!answer.header("set-cookie").contains("Secure"));
}

#[tokio::test]
async fn a_wrong_log_in_tells_nothing() {
    let world = World::new();
    world
        .db
        .script("UPDATE users SET is_active = 0 WHERE email = 'otherrep@troika.test'")
        .unwrap();
    world
        .db
        .script("UPDATE companies SET is_active = 0 WHERE name = 'Sagar'")
        .unwrap();
    let cases = [
        ("rep@troika.test", "practise-10-days!"),
        ("nobody@troika.test", PASSWORD),
        ("otherrep@troika.test", PASSWORD),
        ("rep@sagar.test", PASSWORD),
    ];
    let mut said = Vec::new();
    for (email, password) in cases {
        let answer = world.try_log_in(email, password).await;
        said.push(answer.problem(Code::BadCredentials).detail);
        assert_eq!(answer.header("set-cookie"), "");
    }
    said.dedup();
    assert_eq!(said.len(), 1);
}

#[tokio::test]
async fn a_form_names_its_fields() {
    let world = World::new();
    let answer = world.try_log_in("nobody", "").await;
    let problem = answer.problem(Code::Invalid);
    let fields: Vec<&str> = problem
        .errors
        .iter()
        .map(|error| error.field.as_str())
        .collect();
    assert_eq!(fields, ["email", "password"]);
    // Hashing is the one costly thing a stranger can ask for.
    let answer = world.try_log_in("rep@troika.test", &"x".repeat(201)).await;
    assert_eq!(answer.problem(Code::Invalid).errors[0].field, "password");
}

#[tokio::test]
async fn an_old_hash_is_renewed_at_log_in() {
    let world = World::new();
    let sql = "SELECT password_hash AS text FROM users WHERE email = 'rep@troika.test'";
    let old = hash(argon2::Params::new(8, 1, 1, None).unwrap());
    world
        .db
        .script(&format!("UPDATE users SET password_hash = '{old}'"))
        .unwrap();
    world.log_in(Person::Rep).await;
    let renewed = text(&world, sql).await;
    assert!(renewed.contains("m=19456,t=2,p=1"), "{renewed}");
    world.log_in(Person::Rep).await;
    assert_eq!(text(&world, sql).await, renewed);
}

#[tokio::test]
async fn a_refresh_rotates() {
    let world = World::new();
    let first = world.log_in(Person::Rep).await;
    world.pass(16 * MINUTE);
    me(&world, &first.token)
        .await
        .problem(Code::Unauthenticated);

    let answer = refresh(&world, &first.cookie).await;
    assert_eq!(answer.status, 200);
    let body: TokenResponse = answer.json();
    assert_ne!(answer.cookie_pair(), first.cookie);
    assert_eq!(me(&world, &body.access_token).await.status, 200);
    let again = refresh(&world, &answer.cookie_pair()).await;
    assert_eq!(again.status, 200);
}

#[tokio::test]
async fn a_token_used_twice_ends_the_log_in_on_that_device_only() {
    let world = World::new();
    let stolen = world.log_in(Person::Rep).await;
    let elsewhere = world.log_in(Person::Rep).await;
    let thief = refresh(&world, &stolen.cookie).await;
    let thiefs: TokenResponse = thief.json();

    let reuse = refresh(&world, &stolen.cookie).await;
    reuse.problem(Code::BadRefresh);
    assert!(reuse.header("set-cookie").starts_with("sc_refresh=; "));
    // The thief's tokens are worthless too, at once.
    refresh(&world, &thief.cookie_pair())
        .await
        .problem(Code::BadRefresh);
    me(&world, &thiefs.access_token)
        .await
        .problem(Code::Unauthenticated);
    me(&world, &stolen.token)
        .await
        .problem(Code::Unauthenticated);
    assert_eq!(me(&world, &elsewhere.token).await.status, 200);
    assert_eq!(refresh(&world, &elsewhere.cookie).await.status, 200);
}

#[tokio::test]
async fn of_racing_refreshes_one_wins_and_the_family_ends() {
    let world = World::new();
    let log_in = world.log_in(Person::Rep).await;
    let race = (0..8).map(|_| {
        let (world, cookie) = (world.clone(), log_in.cookie.clone());
        tokio::spawn(async move { refresh(&world, &cookie).await })
    });
    let mut won = Vec::new();
    for runner in race.collect::<Vec<_>>() {
        let answer = runner.await.unwrap();
        match answer.status {
            200 => won.push(answer.cookie_pair()),
            _ => drop(answer.problem(Code::BadRefresh)),
        }
    }
    assert_eq!(won.len(), 1);
    refresh(&world, &won[0]).await.problem(Code::BadRefresh);
}

#[tokio::test]
async fn a_refresh_token_lives_seven_days() {
    let world = World::new();
    let log_in = world.log_in(Person::Rep).await;
    world.pass(7 * DAY);
    refresh(&world, &log_in.cookie)
        .await
        .problem(Code::BadRefresh);
}

#[tokio::test]
async fn a_refresh_without_a_token_is_refused() {
    let world = World::new();
    let unknown = format!("sc_refresh={}", "A".repeat(43));
    for cookie in ["", "sc_refresh=", "sc_refresh=x", unknown.as_str()] {
        let answer = refresh(&world, cookie).await;
        answer.problem(Code::BadRefresh);
        assert!(answer.header("set-cookie").contains("Max-Age=0"));
    }
}

#[tokio::test]
async fn a_log_out_ends_this_device_at_once_and_twice_is_once() {
    let world = World::new();
    let log_in = world.log_in(Person::Rep).await;
    let elsewhere = world.log_in(Person::Rep).await;
    for cookie in [log_in.cookie.as_str(), log_in.cookie.as_str(), ""] {
        let answer = logout(&world, cookie).await;
        assert_eq!((answer.status, answer.body.len()), (204, 0));
        assert!(answer.header("set-cookie").contains("Max-Age=0"));
    }
    refresh(&world, &log_in.cookie)
        .await
        .problem(Code::BadRefresh);
    me(&world, &log_in.token)
        .await
        .problem(Code::Unauthenticated);
    assert_eq!(me(&world, &elsewhere.token).await.status, 200);
}

#[tokio::test]
async fn a_page_of_another_site_cannot_use_the_cookie() {
    let world = World::new();
    let log_in = world.log_in(Person::Rep).await;
    for path in [
        "/api/auth/refresh-token",
        "/api/auth/logout",
        "/api/auth/login",
    ] {
        let foreign = [
            ("sec-fetch-site", "cross-site"),
            ("sec-fetch-site", "same-site"),
            ("origin", "https://evil.example"),
            ("origin", "null"),
        ];
        for (name, value) in foreign {
            let call = Call::post(path)
                .header("host", "captain.example")
                .cookie(&log_in.cookie)
                .header(name, value);
            world.call(call).await.problem(Code::Forbidden);
        }
    }
    let own = Call::post("/api/auth/refresh-token")
        .header("host", "captain.example")
        .header("origin", "https://captain.example")
        .header("sec-fetch-site", "same-origin")
        .cookie(&log_in.cookie);
    assert_eq!(world.call(own).await.status, 200);
}

/// Whatever ends somebody's right ends it on the very next request.
#[tokio::test]
async fn a_lost_right_bites_at_once() {
    let rep = Person::Rep.id();
    let losses = [
        format!("UPDATE users SET is_active = 0 WHERE id = '{rep}'"),
        format!("UPDATE users SET token_epoch = token_epoch + 1 WHERE id = '{rep}'"),
        format!("UPDATE users SET role = 'manager' WHERE id = '{rep}'"),
        format!(
            "UPDATE companies SET is_active = 0 WHERE id = '{}'",
            Person::Rep.company()
        ),
        format!("UPDATE devices SET revoked_at = 1 WHERE user_id = '{rep}'"),
        "DELETE FROM devices".to_owned(),
        format!("DELETE FROM users WHERE id = '{rep}'"),
    ];
    for loss in losses {
        let world = World::new();
        let log_in = world.log_in(Person::Rep).await;
        assert_eq!(me(&world, &log_in.token).await.status, 200);
        world.db.script(&loss).unwrap();
        me(&world, &log_in.token)
            .await
            .problem(Code::Unauthenticated);
        let today = Call::get("/api/sessions/today").bearer(&log_in.token);
        world.call(today).await.problem(Code::Unauthenticated);
    }
}

#[tokio::test]
async fn a_deactivated_rep_is_out_and_stays_out() {
    let world = World::new();
    let LogIn { token, cookie } = world.log_in(Person::Rep).await;
    let set_active = |active: u8| {
        let rep = Person::Rep.id();
        let sql = format!(
            "UPDATE users SET is_active = {active}, token_epoch = token_epoch + 1 WHERE id = '{rep}'"
        );
        world.db.script(&sql).unwrap();
    };
    set_active(0);
    me(&world, &token).await.problem(Code::Unauthenticated);
    refresh(&world, &cookie).await.problem(Code::BadRefresh);
    world
        .try_log_in("rep@troika.test", PASSWORD)
        .await
        .problem(Code::BadCredentials);

    set_active(1);
    me(&world, &token).await.problem(Code::Unauthenticated);
    assert_eq!(
        world.try_log_in("rep@troika.test", PASSWORD).await.status,
        200
    );
}

#[tokio::test]
async fn only_a_bearer_token_of_ours_opens() {
    let world = World::new();
    let log_in = world.log_in(Person::Rep).await;
    let token = &log_in.token;
    let (head, tail) = token.split_at(token.len() - 2);
    let tampered = format!("Bearer {head}{}", if tail == "AA" { "BB" } else { "AA" });
    let bad = [
        "",
        "Bearer",
        "Bearer ",
        "Bearer x.y.z",
        &format!("Basic {token}"),
        token.as_str(),
        tampered.as_str(),
    ];
    for header in bad {
        let call = Call::get("/api/auth/me").header("authorization", header);
        world.call(call).await.problem(Code::Unauthenticated);
    }
    let lower = Call::get("/api/auth/me").header("authorization", &format!("bearer {token}"));
    assert_eq!(world.call(lower).await.status, 200);
}

#[tokio::test]
async fn a_device_is_named_for_its_owner() {
    let world = World::new();
    let form = json!({"email": "rep@troika.test", "password": PASSWORD});
    let agent =
        "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/126.0 Mobile Safari/537.36";
    world
        .call(
            Call::post("/api/auth/login")
                .header("user-agent", agent)
                .json(form),
        )
        .await;
    assert_eq!(
        text(&world, "SELECT label AS text FROM devices").await,
        "Chrome on Android"
    );
}
