//! Ways in: an invite, a company of one's own, a forgotten password. Each link comes by mail and works once.

use captain_api_tests::{Answer, Firm, PASSWORD, Person, answer, person_form, shared, unique};
use contract::auth::TokenResponse;
use contract::invites::{Invite, InviteOffer};
use contract::outbox::DevMail;
use contract::page::Page;
use contract::problem::Code;
use domain::joining::InviteState;
use domain::role::Role;
use serde_json::{Value, json};

const REGISTER: &str = "/api/auth/register";
const FORGOT: &str = "/api/auth/forgot-password";
const RESET: &str = "/api/auth/reset-password";

fn address() -> String {
    format!("{}@mail.test", unique("new"))
}

async fn post(path: &str, form: Value) -> Answer {
    answer(Person::anonymous(shared()).posts(path, &form)).await
}

/// The latest mail to an address.
async fn mail_to(address: &str) -> DevMail {
    let stranger = Person::anonymous(shared());
    let page: Page<DevMail> = answer(stranger.gets("/api/dev/outbox")).await.json();
    let mail = page.items.into_iter().find(|mail| mail.to == address);
    mail.unwrap_or_else(|| panic!("no mail to {address}"))
}

/// The token in a link, with what stands before it.
fn token_of<'a>(text: &'a str, page: &str) -> &'a str {
    let link = format!("{}/{page}#token=", shared().url());
    let (_, rest) = text
        .split_once(&link)
        .unwrap_or_else(|| panic!("no {link} in {text}"));
    rest.split_whitespace().next().unwrap()
}

async fn mailed_token(address: &str, page: &str) -> String {
    token_of(&mail_to(address).await.text, page).to_owned()
}

fn account(token: &str) -> Value {
    json!({"token": token, "firstName": " Asha ", "lastName": "Rao", "password": PASSWORD})
}

async fn offer(token: &str) -> Answer {
    post("/api/invites/offer", json!({"token": token})).await
}

async fn invited(firm: &Firm, form: Value) -> Invite {
    answer(firm.manager.posts("/api/invites", &form))
        .await
        .made()
}

#[tokio::test]
async fn an_invite_by_mail_leads_into_its_team_and_group_once() {
    let firm = Firm::new(shared()).await;
    let team = firm.team().await;
    let group = firm.group(team.id).await;
    let to = address();
    let form = json!({"email": to, "role": "sales_rep", "teamId": team.id, "groupId": group.id});
    let invite = invited(&firm, form).await;
    assert_eq!((invite.state, invite.link), (InviteState::Open, None));
    let mail = mail_to(&to).await;
    assert_eq!(
        (mail.kind.as_str(), mail.status.as_str()),
        ("invite", "pending")
    );
    assert!(
        mail.subject.contains(&firm.company.name),
        "{}",
        mail.subject
    );
    let token = token_of(&mail.text, "register");
    let seen: InviteOffer = offer(token).await.json();
    assert_eq!(
        (seen.company_name, seen.role, seen.email),
        (firm.company.name.clone(), Role::SalesRep, Some(to.clone()))
    );

    // Two at once: one gets in, with a cookie and a place in the group.
    let (one, other) = futures::join!(
        post(REGISTER, account(token)),
        post(REGISTER, account(token))
    );
    let (joined, late) = if one.status == 201 {
        (one, other)
    } else {
        (other, one)
    };
    assert!([404, 409].contains(&late.status), "{}", late.text());
    assert!(joined.header("set-cookie").contains("HttpOnly"));
    let tokens: TokenResponse = joined.made();
    assert_eq!(
        (tokens.user.first_name.as_str(), tokens.user.role),
        ("Asha", Role::SalesRep)
    );
    assert_eq!(tokens.user.company.id, firm.company.id);
    assert_eq!(tokens.user.group.unwrap().name, group.name);
    Person::log_in(shared(), &to).await;
    assert_eq!(mail_to(&to).await.kind, "welcome");

    post(REGISTER, account(token)).await.problem(Code::NotFound);
    offer(token).await.problem(Code::NotFound);
    let path = format!("/api/invites/{}", invite.id);
    answer(firm.manager.deletes(&path))
        .await
        .problem(Code::InUse);
    let list: Page<Invite> = answer(firm.manager.gets("/api/invites?state=accepted"))
        .await
        .json();
    assert_eq!(
        (list.items.len(), list.items[0].accepted_by),
        (1, Some(tokens.user.id))
    );
}

#[tokio::test]
async fn an_invite_by_link_asks_whoever_holds_it_for_an_address() {
    let firm = Firm::new(shared()).await;
    let invite = invited(&firm, json!({"role": "manager"})).await;
    let link = invite.link.unwrap();
    let held = token_of(&link, "register");
    let seen: InviteOffer = offer(held).await.json();
    assert_eq!((seen.role, seen.email), (Role::Manager, None));
    let without = post(REGISTER, account(held)).await;
    assert_eq!(without.fields(Code::Invalid), ["email"]);
    let to = address();
    let begun = post(REGISTER, json!({"token": held, "email": to})).await;
    assert_eq!((begun.status, begun.body.len()), (202, 0));
    let token = mailed_token(&to, "register").await;
    let tokens: TokenResponse = post(REGISTER, account(&token)).await.made();
    assert_eq!((tokens.user.email, tokens.user.role), (to, Role::Manager));
    offer(held).await.problem(Code::NotFound);
}

#[tokio::test]
async fn an_invite_that_was_taken_back_opens_nothing() {
    let firm = Firm::new(shared()).await;
    let to = address();
    let invite = invited(&firm, json!({"email": to, "role": "sales_rep"})).await;
    let token = mailed_token(&to, "register").await;
    let path = format!("/api/invites/{}", invite.id);
    for _ in 0..2 {
        assert_eq!(answer(firm.manager.deletes(&path)).await.status, 204);
    }
    offer(&token).await.problem(Code::NotFound);
    post(REGISTER, account(&token))
        .await
        .problem(Code::NotFound);
    for garbage in ["x", "x.y.z", "..", &"A".repeat(43), &"x.".repeat(900)] {
        offer(garbage).await.problem(Code::NotFound);
    }
    for torn in ["", "\0", "a b", "%00", &"A".repeat(2_001)] {
        assert_eq!(
            offer(torn).await.fields(Code::Invalid),
            ["token"],
            "{torn:?}"
        );
    }
    let garbage = post(REGISTER, account("A.B.C")).await;
    garbage.problem(Code::NotFound);
}

#[tokio::test]
async fn a_company_of_ones_own_begins_with_a_mail() {
    let (to, company) = (address(), unique("Sons & Co"));
    let begun = post(REGISTER, json!({"companyName": company, "email": to})).await;
    assert_eq!((begun.status, begun.body.len()), (202, 0));
    let mail = mail_to(&to).await;
    assert!(
        !mail.text.contains(&company),
        "a stranger's words do not travel in our letter"
    );
    let token = token_of(&mail.text, "register");
    let tokens: TokenResponse = post(REGISTER, account(token)).await.made();
    assert_eq!(
        (tokens.user.company.name.as_str(), tokens.user.role),
        (company.as_str(), Role::Manager)
    );
    let founder = Person {
        access_token: Some(tokens.access_token),
        ..Person::anonymous(shared())
    };
    let path = format!("/api/companies/{}", tokens.user.company.id);
    let own: Value = answer(founder.gets(&path)).await.json();
    assert_eq!(
        (&own["subscription"]["plan"], &own["activeUsers"]),
        (&json!("trial"), &json!(1))
    );
    answer(founder.gets("/api/companies"))
        .await
        .problem(Code::Forbidden);
    // The same link founds no second company.
    post(REGISTER, account(token)).await.problem(Code::Exists);
}

/// What an answer tells, but for its own id and moment.
fn told(answer: &Answer) -> (u16, Vec<u8>, Vec<(String, String)>) {
    let own = ["x-request-id", "date", "ratelimit-reset"];
    let mut headers: Vec<(String, String)> = answer
        .headers
        .iter()
        .filter(|(name, _)| !own.contains(&name.as_str()))
        .map(|(name, value)| (name.to_string(), value.to_str().unwrap().to_owned()))
        .collect();
    headers.sort();
    (answer.status, answer.body.clone(), headers)
}

#[tokio::test]
async fn nobody_learns_which_addresses_have_an_account() {
    let firm = Firm::new(shared()).await;
    let known = firm.hire(Role::SalesRep).await;
    let out = firm.hire(Role::SalesRep).await;
    let path = format!("/api/users/{}/activate", out.id);
    let off = firm.manager.request(reqwest::Method::PATCH, &path);
    assert_eq!(
        answer(off.json(&json!({"active": false}))).await.status,
        200
    );
    let unknown = address();

    let forgot = async |email: &str| told(&post(FORGOT, json!({"email": email})).await);
    let nobody = forgot(&unknown).await;
    assert_eq!((nobody.0, nobody.1.len()), (202, 0));
    assert_eq!(forgot(&known.email).await, nobody);
    assert_eq!(forgot(&out.email).await, nobody);

    let begin = async |email: &str| {
        told(&post(REGISTER, json!({"companyName": "Sons", "email": email})).await)
    };
    let nobody = begin(&unknown).await;
    assert_eq!(nobody.0, 202);
    assert_eq!(begin(&known.email).await, nobody);
    let mail = mail_to(&known.email).await;
    assert!(
        mail.subject.contains("account already") && !mail.text.contains("#token="),
        "{}",
        mail.text
    );

    let log_in = async |email: &str| {
        let form = json!({"email": email, "password": "not the password"});
        let answer = post("/api/auth/login", form).await;
        let problem = answer.problem(Code::BadCredentials);
        let (status, _, headers) = told(&answer);
        (status, problem.detail, headers)
    };
    let nobody = log_in(&unknown).await;
    assert_eq!(log_in(&known.email).await, nobody);
    assert_eq!(log_in(&out.email).await, nobody);
}

#[tokio::test]
async fn a_forgotten_password_is_set_anew_once_and_ends_all_log_ins() {
    let firm = Firm::new(shared()).await;
    let (rep, at_work) = firm.hire_at_work(shared(), Role::SalesRep).await;
    let asked = post(
        FORGOT,
        json!({"email": format!(" {} ", rep.email.to_uppercase())}),
    )
    .await;
    assert_eq!(asked.status, 202);
    let first = mailed_token(&rep.email, "reset-password").await;
    post(FORGOT, json!({"email": rep.email})).await;
    let token = mailed_token(&rep.email, "reset-password").await;
    assert_ne!(first, token);

    let reset =
        |token: &str, password: &str| post(RESET, json!({"token": token, "password": password}));
    let short = reset(&token, "short").await;
    assert_eq!(short.fields(Code::Invalid), ["password"]);
    let new = "Another short sentence";
    let (one, other) = futures::join!(reset(&token, new), reset(&token, new));
    let mut statuses = [one.status, other.status];
    statuses.sort_unstable();
    assert_eq!(statuses, [204, 422]);
    // Neither it nor the one before it works again.
    for spent in [&token, &first] {
        assert_eq!(reset(spent, new).await.fields(Code::Invalid), ["token"]);
    }
    answer(at_work.gets("/api/auth/me"))
        .await
        .problem(Code::Unauthenticated);
    let cookie = at_work.refresh_cookie.clone().unwrap();
    let refreshed = at_work
        .post_with_cookie("/api/auth/refresh-token", &cookie)
        .await;
    assert_eq!(refreshed.status(), 401);
    let log_in = |password: &str| {
        post(
            "/api/auth/login",
            json!({"email": rep.email, "password": password}),
        )
    };
    log_in(PASSWORD).await.problem(Code::BadCredentials);
    assert_eq!(log_in(new).await.status, 200);
}

#[tokio::test]
async fn who_was_hired_without_a_password_sets_the_first_one_by_mail() {
    let firm = Firm::new(shared()).await;
    let mut form = person_form(Role::SalesRep);
    form.as_object_mut().unwrap().remove("password");
    let hired: Value = answer(firm.manager.posts("/api/users", &form)).await.made();
    let email = hired["email"].as_str().unwrap();
    post(FORGOT, json!({"email": email})).await;
    let token = mailed_token(email, "reset-password").await;
    let set = post(RESET, json!({"token": token, "password": PASSWORD})).await;
    assert_eq!(set.status, 204, "{}", set.text());
    Person::log_in(shared(), email).await;
}
