//! Registering: with a company of one's own, or by an invite.

use crate::world::{Answer, Call, DAY, HOUR, Person, World, token_in};
use contract::auth::{Me, TokenResponse};
use contract::invites::{Invite, InviteOffer};
use contract::problem::Code;
use domain::role::Role;
use serde_json::{Value, json};
use store::{Db, FromRow, Statement};
use uuid::Uuid;

const NEW: &str = "A short sentence is good";

async fn register(world: &World, form: Value) -> Answer {
    world.pass(1);
    world
        .call(Call::post("/api/auth/register").json(form))
        .await
}

fn asha(token: &str) -> Value {
    json!({"token": token, "firstName": " Asha ", "lastName": "Rao", "password": NEW})
}

async fn invite(world: &World, by: Person, form: Value) -> Answer {
    // The latest mail is the one with the latest id, and ids count milliseconds.
    world.pass(1);
    let token = world.token(by).await;
    world
        .call(Call::post("/api/invites").bearer(&token).json(form))
        .await
}

async fn invited(world: &World, form: Value) -> Invite {
    let answer = invite(world, Person::Manager, form).await;
    assert_eq!(answer.status, 201, "{answer:?}");
    answer.json()
}

async fn offer(world: &World, token: &str) -> Answer {
    let form = json!({"token": token});
    world
        .call(Call::post("/api/invites/offer").json(form))
        .await
}

async fn count(world: &World, sql: &'static str) -> u64 {
    #[derive(FromRow)]
    struct Count {
        n: u64,
    }
    let row: Option<Count> = world.db.first(Statement::new(sql)).await.unwrap();
    row.unwrap().n
}

#[tokio::test]
async fn a_company_of_ones_own_starts_with_a_mail() {
    let world = World::new();
    let begun = json!({"companyName": "Sons & Co", "email": " New@Sons.test "});
    let answer = register(&world, begun).await;
    assert_eq!((answer.status, answer.body.len()), (202, 0));
    assert_eq!(
        count(&world, "SELECT count(*) AS n FROM companies").await,
        2
    );
    let mail = world.latest_mail().await;
    assert_eq!(mail.to_address, "New@Sons.test");
    // A stranger's words do not travel in our letter.
    assert!(!mail.body_text.contains("Sons & Co") && !mail.subject.contains("Sons & Co"));

    let token = token_in(&mail.body_text);
    let seen: InviteOffer = offer(&world, &token).await.json();
    assert_eq!(
        (seen.company_name.as_str(), seen.role, seen.email.as_deref()),
        ("Sons & Co", Role::Manager, Some("New@Sons.test"))
    );
    let answer = register(&world, asha(&token)).await;
    assert_eq!(
        (answer.status, answer.header("location")),
        (201, "/api/auth/me")
    );
    assert!(answer.header("set-cookie").starts_with("sc_refresh="));
    let body: TokenResponse = answer.json();
    assert_eq!(
        (
            body.user.first_name.as_str(),
            body.user.role,
            body.user.company.name.as_str()
        ),
        ("Asha", Role::Manager, "Sons & Co")
    );
    let me: Me = world
        .call(Call::get("/api/auth/me").bearer(&body.access_token))
        .await
        .json();
    assert_eq!(me, body.user);
    assert_eq!(
        world.latest_mail().await.subject,
        "Welcome to Sales Captain"
    );
    assert_eq!(world.try_log_in("new@sons.test", NEW).await.status, 200);

    let trial = "SELECT count(*) AS n FROM companies WHERE name = 'Sons & Co' AND plan = 'trial' AND max_users = 25
                 AND plan_ends_at - plan_starts_at = 14 * 86400000";
    assert_eq!(count(&world, trial).await, 1);
    let audited = "SELECT count(*) AS n FROM audit_log WHERE action = 'user.registered'";
    assert_eq!(count(&world, audited).await, 1);

    // The same link founds no second company.
    register(&world, asha(&token)).await.problem(Code::Exists);
    assert_eq!(
        count(&world, "SELECT count(*) AS n FROM companies").await,
        3
    );
}

#[tokio::test]
async fn the_first_step_never_tells_who_has_an_account() {
    let world = World::new();
    let mut answers = Vec::new();
    let mut costs = Vec::new();
    for email in ["nobody@else.test", "rep@troika.test"] {
        let form = json!({"companyName": "Sons", "email": email});
        world.pass(1);
        world.db.take_cost();
        let answer = register(&world, form).await;
        costs.push(world.db.take_cost().statements);
        answers.push((answer.status, answer.body.clone()));
    }
    assert_eq!(answers[0], answers[1]);
    assert_eq!(costs[0], costs[1]);
    let mail = world.latest_mail().await;
    assert_eq!(mail.to_address, "rep@troika.test");
    assert_eq!(mail.subject, "You have an account already");
    assert!(!mail.body_text.contains("token"));
}

#[tokio::test]
async fn a_mailed_invite_joins_its_company_role_team_and_group() {
    let world = World::new();
    let (team, group) = (Uuid::from_u128(0x201), Uuid::from_u128(0x301));
    let form =
        json!({"email": "new@troika.test", "role": "sales_rep", "teamId": team, "groupId": group});
    let made = invited(&world, form).await;
    assert_eq!(made.link, None);
    let mail = world.latest_mail().await;
    assert_eq!(mail.to_address, "new@troika.test");
    assert_eq!(mail.subject, "Troika invites you to Sales Captain");
    assert!(mail.body_text.contains("Asha Verma of Troika"));
    assert!(
        mail.body_text
            .contains("https://captain.test/register#token=")
    );

    let token = token_in(&mail.body_text);
    let seen: InviteOffer = offer(&world, &token).await.json();
    assert_eq!(
        (seen.company_name.as_str(), seen.role),
        ("Troika", Role::SalesRep)
    );
    assert_eq!(seen.email.as_deref(), Some("new@troika.test"));
    let body: TokenResponse = register(&world, asha(&token)).await.json();
    assert_eq!(body.user.company.id, Person::Rep.company());
    assert_eq!(body.user.group.unwrap().name, "Group A");

    // Once.
    register(&world, asha(&token)).await.problem(Code::NotFound);
    offer(&world, &token).await.problem(Code::NotFound);
    let accepted = "SELECT count(*) AS n FROM invites WHERE accepted_by IS NOT NULL AND accepted_at IS NOT NULL";
    assert_eq!(count(&world, accepted).await, 1);
    let path = format!("/api/invites/{}", made.id);
    let manager = world.token(Person::Manager).await;
    let taken_back = world
        .call(Call::new(axum::http::Method::DELETE, &path).bearer(&manager))
        .await;
    taken_back.problem(Code::InUse);
}

#[tokio::test]
async fn a_link_invite_asks_for_an_address_first() {
    let world = World::new();
    let made = invited(&world, json!({"role": "manager"})).await;
    assert_eq!(world.mails().await, 0);
    let link = token_in(&made.link.unwrap());
    let seen: InviteOffer = offer(&world, &link).await.json();
    assert_eq!((seen.role, seen.email), (Role::Manager, None));
    let fault = register(&world, asha(&link)).await.problem(Code::Invalid);
    assert_eq!(fault.errors[0].field, "email");

    let begun = json!({"token": link, "email": "new@troika.test"});
    assert_eq!(register(&world, begun.clone()).await.status, 202);
    let token = world.mailed_token().await;
    let body: TokenResponse = register(&world, asha(&token)).await.json();
    assert_eq!(
        (body.user.role, body.user.email.as_str()),
        (Role::Manager, "new@troika.test")
    );
    // The link is good for one person.
    register(&world, begun).await.problem(Code::NotFound);
}

#[tokio::test]
async fn an_invite_ends() {
    let world = World::new();
    let mut tokens = Vec::new();
    for email in ["a@new.test", "b@new.test"] {
        invited(&world, json!({"email": email, "role": "sales_rep"})).await;
        tokens.push(world.mailed_token().await);
    }
    // A newer one to the same address replaces the older one.
    invited(&world, json!({"email": "A@new.test", "role": "manager"})).await;
    offer(&world, &tokens[0]).await.problem(Code::NotFound);
    assert_eq!(offer(&world, &tokens[1]).await.status, 200);
    world.pass(7 * DAY);
    register(&world, asha(&tokens[1]))
        .await
        .problem(Code::NotFound);

    register(
        &world,
        json!({"companyName": "Sons", "email": "c@new.test"}),
    )
    .await;
    let token = world.mailed_token().await;
    world.pass(DAY + HOUR);
    register(&world, asha(&token)).await.problem(Code::NotFound);
    for garbage in ["x", "x.y.z", "..", &"A".repeat(43), &"x.".repeat(900)] {
        offer(&world, garbage).await.problem(Code::NotFound);
        register(&world, asha(garbage))
            .await
            .problem(Code::NotFound);
    }
}

#[tokio::test]
async fn a_plan_has_so_many_places() {
    let world = World::new();
    world
        .db
        .script("UPDATE companies SET max_users = 6 WHERE name = 'Troika'")
        .unwrap();
    // Five people are in; an open invite holds the last place.
    invited(&world, json!({"email": "a@new.test", "role": "sales_rep"})).await;
    let token = world.mailed_token().await;
    let mails = world.mails().await;
    let second = json!({"email": "b@new.test", "role": "sales_rep"});
    invite(&world, Person::Manager, second)
        .await
        .problem(Code::LimitReached);
    assert_eq!(world.mails().await, mails);
    // The same person may be invited again.
    invited(&world, json!({"email": "a@new.test", "role": "sales_rep"})).await;
    let newer = world.mailed_token().await;
    offer(&world, &token).await.problem(Code::NotFound);

    world
        .db
        .script("UPDATE companies SET max_users = 5 WHERE name = 'Troika'")
        .unwrap();
    register(&world, asha(&newer))
        .await
        .problem(Code::LimitReached);
    assert_eq!(
        count(
            &world,
            "SELECT count(*) AS n FROM users WHERE email = 'a@new.test'"
        )
        .await,
        0
    );
}

#[tokio::test]
async fn of_two_who_come_at_once_one_gets_in() {
    let world = World::new();
    invited(&world, json!({"email": "a@new.test", "role": "sales_rep"})).await;
    let token = world.mailed_token().await;
    let (one, other) = futures::join!(
        register(&world, asha(&token)),
        register(&world, asha(&token))
    );
    let mut statuses = [one.status, other.status];
    statuses.sort_unstable();
    assert_eq!(statuses[0], 201);
    assert!(statuses[1] == 404 || statuses[1] == 409, "{statuses:?}");
}

#[tokio::test]
async fn who_may_invite_whom_where() {
    let world = World::new();
    let rep = json!({"email": "x@new.test", "role": "sales_rep"});
    assert_eq!(invite(&world, Person::Rep, rep.clone()).await.status, 403);
    let form = json!({"email": "x@new.test", "role": "super_admin"});
    let fault = invite(&world, Person::SuperAdmin, form).await;
    assert_eq!(fault.problem(Code::Invalid).errors[0].field, "role");

    let sagar_team = Uuid::from_u128(0x202);
    let mut form = rep.clone();
    form["teamId"] = json!(sagar_team);
    let fault = invite(&world, Person::Manager, form).await;
    assert_eq!(fault.problem(Code::Invalid).errors[0].field, "teamId");
    // Another manager's team is seen, not changed.
    let mut form = rep.clone();
    form["teamId"] = json!(Uuid::from_u128(0x201));
    assert_eq!(
        invite(&world, Person::OtherManager, form.clone())
            .await
            .status,
        403
    );
    form["groupId"] = json!(Uuid::from_u128(0x302));
    let fault = invite(&world, Person::Manager, form).await;
    assert_eq!(fault.problem(Code::Invalid).errors[0].field, "groupId");

    let sagar = Person::SagarRep.company();
    let path = format!("/api/invites?companyId={sagar}");
    for (person, status) in [(Person::Manager, 404), (Person::SuperAdmin, 201)] {
        let token = world.token(person).await;
        let call = Call::post(&path).bearer(&token).json(rep.clone());
        assert_eq!(world.call(call).await.status, status, "{person:?}");
    }
    let fault = invite(
        &world,
        Person::Manager,
        json!({"email": "rep@troika.test", "role": "manager"}),
    );
    fault.await.problem(Code::Exists);
}

#[tokio::test]
async fn an_address_known_elsewhere_is_not_told() {
    let world = World::new();
    let known = invited(
        &world,
        json!({"email": "rep@sagar.test", "role": "sales_rep"}),
    )
    .await;
    let mail = world.latest_mail().await;
    assert_eq!(mail.subject, "You have an account already");
    let unknown = invited(
        &world,
        json!({"email": "rep@other.test", "role": "sales_rep"}),
    )
    .await;
    assert_eq!((known.state, known.link), (unknown.state, unknown.link));
}

#[tokio::test]
async fn invites_are_listed_and_taken_back() {
    let world = World::new();
    for number in 0..5 {
        world.pass(1);
        let email = format!("{number}@new.test");
        invited(&world, json!({"email": email, "role": "sales_rep"})).await;
    }
    let manager = world.token(Person::Manager).await;
    let mut emails = Vec::new();
    let mut path = "/api/invites?limit=2".to_owned();
    loop {
        let page: contract::page::Page<Invite> =
            world.call(Call::get(&path).bearer(&manager)).await.json();
        emails.extend(page.items.into_iter().map(|invite| invite.email.unwrap()));
        match page.next_cursor {
            Some(cursor) => path = format!("/api/invites?limit=2&cursor={cursor}"),
            None => break,
        }
    }
    assert_eq!(
        emails,
        [
            "4@new.test",
            "3@new.test",
            "2@new.test",
            "1@new.test",
            "0@new.test"
        ]
    );

    let page: contract::page::Page<Invite> = world
        .call(Call::get("/api/invites?limit=1").bearer(&manager))
        .await
        .json();
    let path = format!("/api/invites/{}", page.items[0].id);
    let delete = |token: &str| Call::new(axum::http::Method::DELETE, &path).bearer(token);
    for (person, status) in [
        (Person::Rep, 403),
        (Person::SagarManager, 404),
        (Person::OtherManager, 204),
        (Person::Manager, 204),
    ] {
        let token = world.token(person).await;
        assert_eq!(
            world.call(delete(&token)).await.status,
            status,
            "{person:?}"
        );
    }
    offer(&world, &world.mailed_token().await)
        .await
        .problem(Code::NotFound);
    for (state, expected) in [("open", 4), ("revoked", 1), ("accepted", 0), ("expired", 0)] {
        let path = format!("/api/invites?state={state}");
        let page: contract::page::Page<Invite> =
            world.call(Call::get(&path).bearer(&manager)).await.json();
        assert_eq!(page.items.len(), expected, "{state}");
    }
    let sagar = world.token(Person::SagarManager).await;
    let page: contract::page::Page<Invite> = world
        .call(Call::get("/api/invites").bearer(&sagar))
        .await
        .json();
    assert!(page.items.is_empty());
    for bad in ["limit=0", "limit=101", "cursor=x", "state=x", "color=red"] {
        let call = Call::get(&format!("/api/invites?{bad}")).bearer(&manager);
        world.call(call).await.problem(Code::Invalid);
    }
}

#[tokio::test]
async fn a_form_names_its_fields() {
    let world = World::new();
    let cases = [
        (json!({}), "companyName"),
        (json!({"companyName": "S", "email": "x"}), "email"),
        (
            json!({"companyName": "", "email": "a@b.test"}),
            "companyName",
        ),
        (
            json!({"token": "not a token!", "email": "a@b.test"}),
            "token",
        ),
        (
            json!({"token": "t", "firstName": "A", "lastName": "B", "password": "short"}),
            "password",
        ),
        (
            json!({"token": "t", "firstName": "A", "password": NEW}),
            "lastName",
        ),
    ];
    for (form, field) in cases {
        let problem = register(&world, form.clone()).await.problem(Code::Invalid);
        assert_eq!(problem.errors[0].field, field, "{form}");
    }
    let form = json!({"companyName": "S", "email": "a@b.test", "role": "super_admin"});
    let problem = register(&world, form).await.problem(Code::BadJson);
    assert_eq!(problem.errors[0].field, "role");
}

#[tokio::test]
async fn a_fault_at_a_token_does_not_log_it() {
    let world = World::new();
    invited(&world, json!({"email": "a@new.test", "role": "sales_rep"})).await;
    let token = world.mailed_token().await;
    world
        .db
        .script("ALTER TABLE invites RENAME TO gone")
        .unwrap();
    let call = Call::post("/api/invites/offer").json(json!({"token": token}));
    assert_eq!(world.call_even_if_it_fails(call).await.status, 500);
    let faults = world.take_faults();
    assert_eq!(faults[0].path, "/api/invites/offer");
    assert!(!format!("{faults:?}").contains(&token));
}
