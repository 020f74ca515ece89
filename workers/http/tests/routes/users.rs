//! `/api/users`: lists, roles, limits, putting out and deleting.

use crate::organisation::{MISSING, TEAM, TROIKA};
use crate::world::{Answer, Call, DAY, PASSWORD, Person, World};
use axum::http::Method;
use contract::page::Page;
use contract::problem::Code;
use contract::users::User;
use serde_json::{Value, json};

async fn create(world: &World, asker: Person, body: Value) -> Answer {
    world
        .call_as(asker, Call::post("/api/users").json(body))
        .await
}

fn form(email: &str, role: &str) -> Value {
    json!({"email": email, "role": role, "firstName": "Nila", "lastName": "Rao"})
}

async fn activate(world: &World, asker: Person, who: Person, active: bool) -> Answer {
    let path = format!("/api/users/{}/activate", who.id());
    let call = Call::new(Method::PATCH, &path).json(json!({"active": active}));
    world.call_as(asker, call).await
}

async fn edit(world: &World, asker: Person, who: Person, change: &[(&str, &str)]) -> Answer {
    let path = format!("/api/users/{}", who.id());
    let read = world.get_as(asker, &path).await;
    let now: Value = read.json();
    let mut body = json!({});
    for field in [
        "email",
        "role",
        "firstName",
        "lastName",
        "phone",
        "language",
    ] {
        body[field] = now[field].clone();
    }
    for (field, value) in change {
        body[*field] = json!(value);
    }
    let call = Call::put(&path)
        .header("if-match", read.header("etag"))
        .json(body);
    world.call_as(asker, call).await
}

#[tokio::test]
async fn a_manager_adds_a_rep_who_logs_in() {
    let world = World::new();
    let mut body = form(" Nila@Troika.test", "sales_rep");
    body["password"] = json!("A short sentence.");
    let made = create(&world, Person::Manager, body).await;
    let user: User = made.json();
    assert_eq!(made.status, 201);
    assert_eq!(made.header("location"), format!("/api/users/{}", user.id));
    assert_eq!(made.header("etag"), "\"1\"");
    assert_eq!(user.email, "Nila@Troika.test");
    assert!(user.is_active && user.team.is_none() && user.last_login_at.is_none());
    let log_in = world
        .try_log_in("nila@troika.test", "A short sentence.")
        .await;
    assert_eq!(log_in.status, 200);
    assert!(
        !String::from_utf8(made.body.to_vec())
            .unwrap()
            .contains("argon2")
    );
}

#[tokio::test]
async fn without_a_password_nobody_gets_in_yet() {
    let world = World::new();
    let made = create(&world, Person::Manager, form("nila@troika.test", "manager")).await;
    assert_eq!(made.status, 201);
    for password in ["", "password", PASSWORD] {
        assert_ne!(
            world.try_log_in("nila@troika.test", password).await.status,
            200
        );
    }
}

#[tokio::test]
async fn no_role_raises_itself_or_makes_a_higher_one() {
    let world = World::new();
    let refused = create(
        &world,
        Person::Manager,
        form("x@troika.test", "super_admin"),
    )
    .await;
    refused.problem(Code::Forbidden);
    for (asker, who, role) in [
        (Person::Manager, Person::Manager, "super_admin"),
        (Person::Manager, Person::Rep, "super_admin"),
        (Person::Manager, Person::SuperAdmin, "sales_rep"),
        (Person::SuperAdmin, Person::SuperAdmin, "manager"),
    ] {
        let answer = edit(&world, asker, who, &[("role", role)]).await;
        answer.problem(Code::Forbidden);
    }
    let promoted = edit(&world, Person::Manager, Person::Rep, &[("role", "manager")]).await;
    let user: User = promoted.json();
    assert!(user.team.is_none() && user.group.is_none());
}

#[tokio::test]
async fn a_new_role_bites_on_the_next_request() {
    let world = World::new();
    let token = world.token(Person::Rep).await;
    edit(&world, Person::Manager, Person::Rep, &[("role", "manager")]).await;
    let answer = world.call(Call::get("/api/auth/me").bearer(&token)).await;
    answer.problem(Code::Unauthenticated);
}

#[tokio::test]
async fn an_address_by_which_a_password_is_reset_is_not_a_colleagues_to_change() {
    let world = World::new();
    let change = [("email", "mine@troika.test")];
    let peer = edit(&world, Person::OtherManager, Person::Manager, &change).await;
    peer.problem(Code::Forbidden);
    assert_eq!(
        edit(&world, Person::Manager, Person::Rep, &change)
            .await
            .status,
        200
    );
    let taken = edit(&world, Person::Manager, Person::OtherRep, &change).await;
    assert_eq!(taken.problem(Code::Exists).errors[0].field, "email");
    let elsewhere = create(&world, Person::Manager, form("REP@sagar.test", "sales_rep")).await;
    assert_eq!(elsewhere.problem(Code::Exists).errors[0].field, "email");
}

#[tokio::test]
async fn fields_are_named() {
    let world = World::new();
    for (field, value) in [
        ("email", json!("nobody")),
        ("firstName", json!(" ")),
        ("lastName", json!("x".repeat(81))),
        ("phone", json!("call me")),
        ("password", json!("short")),
    ] {
        let mut body = form("x@troika.test", "sales_rep");
        body[field] = value;
        let problem = create(&world, Person::Manager, body)
            .await
            .problem(Code::Invalid);
        assert_eq!(problem.errors[0].field, field);
    }
    for (field, value) in [
        ("role", json!("boss")),
        ("language", json!("fr")),
        ("isAdmin", json!(1)),
    ] {
        let mut body = form("x@troika.test", "sales_rep");
        body[field] = value;
        let problem = create(&world, Person::Manager, body)
            .await
            .problem(Code::BadJson);
        assert_eq!(problem.errors[0].field, field);
    }
    for query in [
        "limit=0",
        "limit=101",
        "role=boss",
        "active=maybe",
        "boss=1",
        "cursor=x",
        "search=",
        "teamId=1",
    ] {
        let answer = world
            .get_as(Person::Manager, &format!("/api/users?{query}"))
            .await;
        answer.problem(Code::Invalid);
    }
}

#[tokio::test]
async fn a_list_comes_whole_page_by_page() {
    let world = World::new();
    let all: Page<User> = world.get_as(Person::Manager, "/api/users").await.json();
    assert_eq!((all.items.len(), all.next_cursor), (5, None));
    let mut path = "/api/users?limit=2".to_owned();
    let mut seen = Vec::new();
    loop {
        let page: Page<User> = world.get_as(Person::Manager, &path).await.json();
        seen.extend(page.items);
        let Some(cursor) = page.next_cursor else {
            break;
        };
        path = format!("/api/users?limit=2&cursor={cursor}");
    }
    assert_eq!(seen, all.items);
}

#[tokio::test]
async fn filters() {
    let world = World::new();
    let count = |query: String| {
        let world = world.clone();
        async move {
            let path = format!("/api/users?{query}");
            let page: Page<User> = world.get_as(Person::Manager, &path).await.json();
            page.items.len()
        }
    };
    for (query, expected) in [
        ("role=sales_rep".to_owned(), 2),
        (format!("teamId={TEAM}"), 2),
        (format!("teamId={MISSING}"), 0),
        ("active=false".to_owned(), 0),
        ("search=OTHERREP".to_owned(), 1),
        ("search=asha%20verma".to_owned(), 5),
        ("search=%25".to_owned(), 0),
    ] {
        assert_eq!(count(query.clone()).await, expected, "{query}");
    }
    let team = format!("/api/users/team/{TEAM}?limit=1");
    let page: Page<User> = world.get_as(Person::OtherManager, &team).await.json();
    assert!(page.items.len() == 1 && page.next_cursor.is_some());
}

#[tokio::test]
async fn a_plan_has_room_for_so_many() {
    let world = World::new();
    world
        .db
        .script("UPDATE companies SET max_users = 5")
        .unwrap();
    let full = create(&world, Person::Manager, form("x@troika.test", "sales_rep")).await;
    full.problem(Code::LimitReached);
    assert_eq!(
        activate(&world, Person::Manager, Person::Rep, false)
            .await
            .status,
        200
    );
    let made = create(&world, Person::Manager, form("x@troika.test", "sales_rep")).await;
    assert_eq!(made.status, 201);
    let back = activate(&world, Person::Manager, Person::Rep, true).await;
    back.problem(Code::LimitReached);
}

#[tokio::test]
async fn who_is_put_out_is_out_at_once_and_may_come_back() {
    let world = World::new();
    let token = world.token(Person::Rep).await;
    let out: User = activate(&world, Person::Manager, Person::Rep, false)
        .await
        .json();
    assert!(!out.is_active);
    let me = world.call(Call::get("/api/auth/me").bearer(&token)).await;
    me.problem(Code::Unauthenticated);
    let log_in = world.try_log_in("rep@troika.test", PASSWORD).await;
    log_in.problem(Code::BadCredentials);
    // Twice is once.
    let again: User = activate(&world, Person::Manager, Person::Rep, false)
        .await
        .json();
    assert_eq!(again.version, out.version);
    let back: User = activate(&world, Person::Manager, Person::Rep, true)
        .await
        .json();
    assert!(back.is_active);
    let me = world.call(Call::get("/api/auth/me").bearer(&token)).await;
    me.problem(Code::Unauthenticated);
    assert_eq!(
        world.try_log_in("rep@troika.test", PASSWORD).await.status,
        200
    );
}

#[tokio::test]
async fn nobody_removes_themselves_and_a_leader_hands_over_first() {
    let world = World::new();
    let own = activate(&world, Person::Manager, Person::Manager, false).await;
    own.problem(Code::Forbidden);
    let own = format!("/api/users/{}", Person::Manager.id());
    let answer = world.call_as(Person::Manager, Call::delete(&own)).await;
    answer.problem(Code::Forbidden);
    let answer = world
        .call_as(Person::OtherManager, Call::delete(&own))
        .await;
    answer.problem(Code::InUse);
    let admin = format!("/api/users/{}", Person::SuperAdmin.id());
    let answer = world.call_as(Person::Manager, Call::delete(&admin)).await;
    answer.problem(Code::Forbidden);
    let demoted = edit(
        &world,
        Person::OtherManager,
        Person::Manager,
        &[("role", "sales_rep")],
    )
    .await;
    demoted.problem(Code::InUse);
}

#[tokio::test]
async fn a_person_goes_with_all_that_is_theirs() {
    let world = World::new();
    let session = world.schedule(Person::Rep, crate::world::Days::Open);
    world.complete(Person::Rep, session).await;
    let path = format!("/api/users/{}", Person::Rep.id());
    let token = world.token(Person::Rep).await;
    assert_eq!(
        world
            .call_as(Person::Manager, Call::delete(&path))
            .await
            .status,
        204
    );
    let again = world.call_as(Person::Manager, Call::delete(&path)).await;
    again.problem(Code::NotFound);
    let me = world.call(Call::get("/api/auth/me").bearer(&token)).await;
    me.problem(Code::Unauthenticated);
    let left = "SELECT (SELECT count(*) FROM sessions) + (SELECT count(*) FROM messages)
        + (SELECT count(*) FROM devices WHERE user_id = '00000000-0000-0000-0000-000000000103') AS n";
    #[derive(store::FromRow)]
    struct Left {
        n: u64,
    }
    let row: Option<Left> = store::Db::first(&world.db, store::Statement::new(left))
        .await
        .unwrap();
    assert_eq!(row.unwrap().n, 0);
    // The log outlives them, and knows no address of theirs, and of names only those of people who are there.
    let log: Value = world.get_as(Person::Manager, "/api/audit").await.json();
    assert_eq!(log["items"][0]["action"], "user.deleted");
    assert_eq!(log["items"][0]["before"], json!({"role": "sales_rep"}));
    let text = log.to_string();
    assert!(!text.contains("rep@troika.test"), "{text}");
}

#[tokio::test]
async fn a_plan_that_ends_ends() {
    let world = World::new();
    let tomorrow = world.now() + DAY;
    world
        .db
        .script(&format!("UPDATE companies SET plan_ends_at = {tomorrow}"))
        .unwrap();
    let cookie = world.log_in(Person::Rep).await.cookie;
    world.pass(DAY - 60_000);
    let token = world.log_in(Person::Rep).await.token;
    world.pass(60_000);
    let me = world.call(Call::get("/api/auth/me").bearer(&token)).await;
    me.problem(Code::Unauthenticated);
    let refresh = Call::post("/api/auth/refresh-token").cookie(&cookie);
    world.call(refresh).await.problem(Code::BadRefresh);
    let log_in = world.try_log_in("rep@troika.test", PASSWORD).await;
    log_in.problem(Code::PlanEnded);
    // Said to nobody who does not know the password.
    let guess = world
        .try_log_in("rep@troika.test", "Practise-11-days!")
        .await;
    guess.problem(Code::BadCredentials);
    // Whoever can renew it gets in.
    let path = format!("/api/companies/{TROIKA}");
    assert_eq!(world.get_as(Person::SuperAdmin, &path).await.status, 200);
}
