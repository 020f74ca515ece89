//! Who is logged in where, and how it ends: by oneself, by a manager, by a plan. It ends at once.

use captain_api_tests::{Answer, Firm, PASSWORD, Person, answer, shared};
use contract::problem::Code;
use contract::profile::Device;
use contract::session::Items;
use domain::role::Role;
use reqwest::Method;
use serde_json::json;

async fn devices(person: &Person) -> Vec<Device> {
    let items: Items<Device> = answer(person.gets("/api/profile/devices")).await.json();
    items.items
}

/// Neither token opens anything any more.
async fn is_out(person: &Person) {
    let me = answer(person.gets("/api/auth/me")).await;
    me.problem(Code::Unauthenticated);
    assert_eq!(me.header("www-authenticate"), "Bearer");
    let cookie = person.refresh_cookie.clone().unwrap();
    let refreshed = person
        .post_with_cookie("/api/auth/refresh-token", &cookie)
        .await;
    captain_api_tests::problem(refreshed, Code::BadRefresh).await;
}

async fn is_in(person: &Person) {
    assert_eq!(answer(person.gets("/api/auth/me")).await.status, 200);
}

async fn log_in(email: &str) -> Answer {
    let form = json!({"email": email, "password": PASSWORD});
    answer(Person::anonymous(shared()).posts("/api/auth/login", &form)).await
}

#[tokio::test]
async fn ones_devices_are_listed_and_logged_out_one_by_one() {
    let firm = Firm::new(shared()).await;
    let (rep, first) = firm.hire_at_work(shared(), Role::SalesRep).await;
    let mut phone = Person::anonymous(shared());
    let form = json!({"email": rep.email, "password": PASSWORD});
    let request = phone.request(Method::POST, "/api/auth/login").json(&form).header(
        "user-agent",
        "Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/129.0.0.0 Mobile Safari/537.36",
    );
    let response = request.send().await.unwrap();
    phone.keep(response).await;

    let seen = devices(&phone).await;
    assert_eq!(seen.len(), 2);
    let own = seen.iter().find(|device| device.current).unwrap();
    assert_eq!(own.label, "Chrome on Android");
    let other = seen.iter().find(|device| !device.current).unwrap();
    assert!(other.created_at <= own.created_at && own.created_at <= own.last_seen_at);

    // Nobody else's device can be logged out.
    let (_, colleague) = firm.hire_at_work(shared(), Role::SalesRep).await;
    let path = format!("/api/profile/devices/{}", other.id);
    answer(colleague.deletes(&path))
        .await
        .problem(Code::NotFound);
    answer(firm.manager.deletes(&path))
        .await
        .problem(Code::NotFound);
    is_in(&first).await;

    assert_eq!(answer(phone.deletes(&path)).await.status, 204);
    is_out(&first).await;
    is_in(&phone).await;
    assert_eq!(devices(&phone).await.len(), 1);
    // Twice is once.
    assert_eq!(answer(phone.deletes(&path)).await.status, 204);
}

#[tokio::test]
async fn a_new_password_ends_all_log_ins_but_this_one() {
    let firm = Firm::new(shared()).await;
    let (rep, first) = firm.hire_at_work(shared(), Role::SalesRep).await;
    let second = Person::log_in(shared(), &rep.email).await;
    let form = json!({"oldPassword": PASSWORD, "newPassword": "Another short sentence"});
    let changed = answer(second.posts("/api/profile/password", &form)).await;
    assert_eq!(changed.status, 204, "{}", changed.text());
    is_out(&first).await;
    // This device goes on: with its cookie, and with the access token that it gives.
    let mut second = second;
    let cookie = second.refresh_cookie.clone().unwrap();
    let refreshed = second
        .post_with_cookie("/api/auth/refresh-token", &cookie)
        .await;
    assert_eq!(refreshed.status(), 200);
    second.keep(refreshed).await;
    is_in(&second).await;
    log_in(&rep.email).await.problem(Code::BadCredentials);
}

#[tokio::test]
async fn who_is_put_out_is_out_at_once_and_comes_back_by_log_in() {
    let firm = Firm::new(shared()).await;
    let (rep, at_work) = firm.hire_at_work(shared(), Role::SalesRep).await;
    let path = format!("/api/users/{}/activate", rep.id);
    let set = async |active: bool| {
        let request = firm.manager.request(Method::PATCH, &path);
        let set = answer(request.json(&json!({"active": active}))).await;
        assert_eq!(set.status, 200, "{}", set.text());
    };
    set(false).await;
    set(false).await;
    is_out(&at_work).await;
    log_in(&rep.email).await.problem(Code::BadCredentials);
    set(true).await;
    // The old log-in stays over.
    is_out(&at_work).await;
    assert_eq!(log_in(&rep.email).await.status, 200);
    // Nobody puts themselves out.
    let own = format!("/api/users/{}/activate", firm.manager_id);
    let request = firm.manager.request(Method::PATCH, &own);
    let refused = answer(request.json(&json!({"active": false}))).await;
    refused.problem(Code::Forbidden);
}

#[tokio::test]
async fn who_is_deleted_is_out_and_gone() {
    let firm = Firm::new(shared()).await;
    let (rep, at_work) = firm.hire_at_work(shared(), Role::SalesRep).await;
    let path = format!("/api/users/{}", rep.id);
    assert_eq!(answer(firm.manager.deletes(&path)).await.status, 204);
    is_out(&at_work).await;
    log_in(&rep.email).await.problem(Code::BadCredentials);
    // Who leads a team stays until somebody else does.
    let (lead, _) = (firm.hire(Role::Manager).await, firm.team().await);
    let form = json!({"name": "Theirs", "managerId": lead.id});
    assert_eq!(
        answer(firm.manager.posts("/api/teams", &form)).await.status,
        201
    );
    let path = format!("/api/users/{}", lead.id);
    answer(firm.manager.deletes(&path))
        .await
        .problem(Code::InUse);
}

#[tokio::test]
async fn a_company_that_is_closed_is_out_and_can_be_deleted() {
    let firm = Firm::new(shared()).await;
    let (rep, at_work) = firm.hire_at_work(shared(), Role::SalesRep).await;
    let path = format!("/api/companies/{}", firm.company.id);
    answer(firm.admin.deletes(&path)).await.problem(Code::InUse);
    let closed = json!({"name": "Closed", "settings": {}, "subscription": {
        "plan": "basic", "startsAt": 1, "isActive": false, "maxUsers": 10}});
    let set = answer(firm.admin.puts(&path, "\"1\"", &closed)).await;
    assert_eq!(set.status, 200, "{}", set.text());
    is_out(&at_work).await;
    is_out(&firm.manager).await;
    log_in(&rep.email).await.problem(Code::BadCredentials);
    assert_eq!(answer(firm.admin.deletes(&path)).await.status, 204);
    answer(firm.admin.gets(&path)).await.problem(Code::NotFound);
    let path = format!("/api/users/{}", rep.id);
    answer(firm.admin.gets(&path)).await.problem(Code::NotFound);
}
