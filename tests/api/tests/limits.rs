//! Who tries too often waits, is told how long, and stands in nobody else's way.

use captain_api_tests::{Answer, Firm, PASSWORD, Person, answer, shared, unique};
use contract::problem::Code;
use domain::role::Role;
use futures::future::join_all;
use serde_json::json;

async fn log_in(email: &str, password: &str) -> Answer {
    let form = json!({"email": email, "password": password});
    answer(Person::anonymous(shared()).posts("/api/auth/login", &form)).await
}

/// Checks a refusal: how many there are, that none is left, and how long to wait, at most `longest` seconds.
fn must_wait(refused: &Answer, limit: u64, longest: u64) {
    let problem = refused.problem(Code::RateLimited);
    assert!(problem.detail.contains("Wait"), "{}", problem.detail);
    assert_eq!(refused.header("ratelimit-limit"), limit.to_string());
    assert_eq!(refused.header("ratelimit-remaining"), "0");
    let seconds: u64 = refused.header("retry-after").parse().unwrap();
    assert!((1..=longest).contains(&seconds), "{seconds}");
    assert_eq!(
        refused.header("ratelimit-reset"),
        refused.header("retry-after")
    );
}

#[tokio::test]
async fn five_failed_log_ins_are_enough() {
    let firm = Firm::new(shared()).await;
    let rep = firm.hire(Role::SalesRep).await;
    let nobody = format!("{}@mail.test", unique("nobody"));
    for email in [&rep.email, &nobody] {
        for left in (0..5).rev() {
            let failed = log_in(email, "not the password").await;
            failed.problem(Code::BadCredentials);
            assert_eq!(failed.header("ratelimit-remaining"), left.to_string());
            assert_eq!(failed.header("retry-after"), "");
        }
        for password in ["not the password", PASSWORD] {
            must_wait(&log_in(email, password).await, 5, 15 * 60);
        }
        // Another spelling is the same account.
        must_wait(
            &log_in(&format!(" {}", email.to_uppercase()), PASSWORD).await,
            5,
            15 * 60,
        );
    }
    let colleague = firm.hire(Role::SalesRep).await;
    assert_eq!(log_in(&colleague.email, PASSWORD).await.status, 200);
}

#[tokio::test]
async fn who_gets_in_begins_anew() {
    let firm = Firm::new(shared()).await;
    let rep = firm.hire(Role::SalesRep).await;
    for _ in 0..2 {
        for _ in 0..4 {
            log_in(&rep.email, "not the password")
                .await
                .problem(Code::BadCredentials);
        }
        assert_eq!(log_in(&rep.email, PASSWORD).await.status, 200);
    }
}

#[tokio::test]
async fn of_many_guesses_at_once_five_are_looked_at() {
    let firm = Firm::new(shared()).await;
    let rep = firm.hire(Role::SalesRep).await;
    let guesses = (0..16).map(|_| log_in(&rep.email, "not the password"));
    let answers = join_all(guesses).await;
    let looked_at = answers.iter().filter(|one| one.status == 401).count();
    let refused = answers.iter().filter(|one| one.status == 429).count();
    assert_eq!((looked_at, refused), (5, 11));
}

#[tokio::test]
async fn mails_that_anybody_can_cause_are_few() {
    let address = format!("{}@mail.test", unique("somebody"));
    for (path, form) in [
        ("/api/auth/forgot-password", json!({"email": address})),
        (
            "/api/auth/register",
            json!({"email": address, "companyName": "Sons"}),
        ),
    ] {
        let post = || answer(Person::anonymous(shared()).posts(path, &form));
        for left in (0..3).rev() {
            let taken = post().await;
            assert_eq!(taken.status, 202);
            assert_eq!(taken.header("ratelimit-remaining"), left.to_string());
        }
        must_wait(&post().await, 3, 60 * 60);
    }
}

#[tokio::test]
async fn a_password_is_not_guessed_from_inside_either() {
    let firm = Firm::new(shared()).await;
    let (_, rep) = firm.hire_at_work(shared(), Role::SalesRep).await;
    let change = |old: &str| {
        let form = json!({"oldPassword": old, "newPassword": "Another short sentence"});
        answer(rep.posts("/api/profile/password", &form))
    };
    for _ in 0..5 {
        assert_eq!(
            change("not the password").await.fields(Code::Invalid),
            ["oldPassword"]
        );
    }
    must_wait(&change(PASSWORD).await, 5, 15 * 60);
}

#[tokio::test]
async fn a_company_invites_a_hundred_people_an_hour() {
    let firm = Firm::new(shared()).await;
    let invites = (0..104).map(|_| {
        let form = json!({"role": "sales_rep"});
        answer(firm.manager.posts("/api/invites", &form))
    });
    let answers = join_all(invites).await;
    let made = answers.iter().filter(|one| one.status == 201).count();
    assert_eq!(made, 100);
    for refused in answers.iter().filter(|one| one.status != 201) {
        must_wait(refused, 100, 60 * 60);
    }
}

#[tokio::test]
async fn a_network_has_a_limit_of_its_own() {
    // Cloudflare says where a request comes from; here the test does.
    let forgot = |network: &str| {
        let form = json!({"email": format!("{}@mail.test", unique("somebody"))});
        let request = Person::anonymous(shared()).posts("/api/auth/forgot-password", &form);
        answer(request.header("cf-connecting-ip", network))
    };
    let (one, neighbour, other) = ("2001:db8:7:8::1", "2001:db8:7:8:ffff::2", "2001:db8:7:9::1");
    let asked = join_all((0..62).map(|_| forgot(one))).await;
    let taken = asked.iter().filter(|one| one.status == 202).count();
    assert_eq!(taken, 60);
    must_wait(&forgot(one).await, 60, 60 * 60);
    must_wait(&forgot(neighbour).await, 60, 60 * 60);
    assert_eq!(forgot(other).await.status, 202);
}
