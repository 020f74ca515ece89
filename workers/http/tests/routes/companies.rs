//! `/api/companies`: settings, subscriptions, closing and deleting.

use crate::organisation::TROIKA;
use crate::world::{Answer, Call, DAY, Person, World};
use contract::companies::Company;
use contract::page::Page;
use contract::problem::Code;
use domain::plan::Plan;
use serde_json::{Value, json};

async fn put(world: &World, asker: Person, id: &str, change: impl FnOnce(&mut Value)) -> Answer {
    let path = format!("/api/companies/{id}");
    let read = world.get_as(asker, &path).await;
    let now: Value = read.json();
    let mut body = json!({});
    for field in ["name", "domain", "settings", "subscription"] {
        body[field] = now[field].clone();
    }
    change(&mut body);
    let call = Call::put(&path)
        .header("if-match", read.header("etag"))
        .json(body);
    world.call_as(asker, call).await
}

#[tokio::test]
async fn a_company_starts_on_trial_unless_somebody_says_otherwise() {
    let world = World::new();
    let made = world
        .post_as(
            Person::SuperAdmin,
            "/api/companies",
            json!({"name": "Ganga"}),
        )
        .await;
    let company: Company = made.json();
    assert_eq!(
        made.header("location"),
        format!("/api/companies/{}", company.id)
    );
    assert_eq!(company.subscription.plan, Plan::Trial);
    assert_eq!(company.subscription.ends_at, Some(world.now() + 14 * DAY));
    assert_eq!(
        (company.settings.training_days, company.active_users),
        (10, Some(0))
    );

    // Those of one moment have no order.
    world.pass(1);
    let body = json!({"name": "Yamuna", "domain": "yamuna.test", "settings": {"sessionMinutes": 8},
        "subscription": {"plan": "enterprise", "startsAt": 0, "endsAt": null, "isActive": true, "maxUsers": 500, "spendCapMicros": 5_000_000}});
    let company: Company = world
        .post_as(Person::SuperAdmin, "/api/companies", body)
        .await
        .json();
    assert_eq!(
        (
            company.settings.session_minutes,
            company.settings.grace_minutes
        ),
        (8, 60)
    );
    assert_eq!(company.subscription.max_users, 500);

    let page: Page<Company> = world
        .get_as(Person::SuperAdmin, "/api/companies?limit=3")
        .await
        .json();
    let next = format!(
        "/api/companies?limit=3&cursor={}",
        page.next_cursor.unwrap()
    );
    let page: Page<Company> = world.get_as(Person::SuperAdmin, &next).await.json();
    assert_eq!(
        (page.items.len(), page.items[0].name.as_str()),
        (1, "Yamuna")
    );
    let found: Page<Company> = world
        .get_as(Person::SuperAdmin, "/api/companies?search=gan")
        .await
        .json();
    assert_eq!(found.items.len(), 1);
}

#[tokio::test]
async fn a_manager_sets_what_is_theirs_and_not_what_is_paid_for() {
    let world = World::new();
    let saved = put(&world, Person::Manager, TROIKA, |body| {
        body["settings"]["transcriptRetentionDays"] = json!(365);
        body["settings"]["repSpendCapMicros"] = json!(2_000_000);
        body["name"] = json!("Troika Tech");
    });
    let company: Company = saved.await.json();
    assert_eq!(company.settings.transcript_retention_days, Some(365));
    assert_eq!(company.settings.rep_spend_cap_micros, Some(2_000_000));
    assert_eq!(
        (company.name.as_str(), company.active_users),
        ("Troika Tech", Some(5))
    );
    for (field, value) in [
        ("maxUsers", json!(1_000)),
        ("plan", json!("enterprise")),
        ("spendCapMicros", json!(1)),
    ] {
        let answer = put(&world, Person::Manager, TROIKA, |body| {
            body["subscription"][field] = value;
        });
        answer.await.problem(Code::Forbidden);
    }
    let left_out = put(&world, Person::Manager, TROIKA, |body| {
        body.as_object_mut().unwrap().remove("subscription");
    });
    assert_eq!(left_out.await.status, 200);
}

#[tokio::test]
async fn fields_are_named() {
    let world = World::new();
    for (group, field, value) in [
        ("settings", "trainingDays", json!(11)),
        ("settings", "graceMinutes", json!(10)),
        ("settings", "voiceRetentionDays", json!(0)),
        ("settings", "transcriptRetentionDays", json!(0)),
        ("settings", "repSpendCapMicros", json!(1_u64 << 53)),
        ("subscription", "maxUsers", json!(0)),
        ("subscription", "endsAt", json!(1)),
        ("subscription", "spendCapMicros", json!(1_u64 << 53)),
    ] {
        let answer = put(&world, Person::SuperAdmin, TROIKA, |body| {
            body[group][field] = value
        });
        let problem = answer.await.problem(Code::Invalid);
        assert_eq!(problem.errors[0].field, format!("{group}.{field}"));
    }
    let answer = put(&world, Person::Manager, TROIKA, |body| {
        body["domain"] = json!("no host")
    });
    assert_eq!(
        answer.await.problem(Code::Invalid).errors[0].field,
        "domain"
    );
}

#[tokio::test]
async fn a_company_is_closed_before_it_goes() {
    let world = World::new();
    let sagar = Person::SagarRep.company().to_string();
    let path = format!("/api/companies/{sagar}");
    let token = world.token(Person::SagarRep).await;
    let open = world.call_as(Person::SuperAdmin, Call::delete(&path)).await;
    open.problem(Code::InUse);
    let closed = put(&world, Person::SuperAdmin, &sagar, |body| {
        body["subscription"]["isActive"] = json!(false)
    });
    assert_eq!(closed.await.status, 200);
    let me = world.call(Call::get("/api/auth/me").bearer(&token)).await;
    me.problem(Code::Unauthenticated);
    assert_eq!(
        world
            .call_as(Person::SuperAdmin, Call::delete(&path))
            .await
            .status,
        204
    );
    world
        .get_as(Person::SuperAdmin, &path)
        .await
        .problem(Code::NotFound);
    let own = put(&world, Person::SuperAdmin, TROIKA, |body| {
        body["subscription"]["isActive"] = json!(false)
    });
    own.await.problem(Code::Forbidden);
    let users: Value = world.get_as(Person::SuperAdmin, "/api/users").await.json();
    assert_eq!(users["items"].as_array().unwrap().len(), 5);
}
