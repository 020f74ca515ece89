//! What changed while the system was down holds from its first answer on.

use std::time::Duration;

use captain_api_tests::{GOOD, PASSWORD, Person, Rep, Settings, Stack, eventually, problem};
use contract::chat::ChatState;
use contract::problem::Code;
use domain::session::Step;
use rusqlite::params;
use serde_json::json;
use xtask::data::now_ms;
use xtask::seed::PracticeRep;

const REFRESH: &str = "/api/auth/refresh-token";

async fn log_in(stack: &Stack, rep: &PracticeRep) -> Rep {
    Rep {
        person: Person::log_in(stack, &rep.email).await,
        session: rep.session_id,
    }
}

/// Runs one statement that changes one row.
fn change(stack: &Stack, sql: &str, parameters: impl rusqlite::Params) {
    assert_eq!(
        stack.database().execute(sql, parameters).unwrap(),
        1,
        "{sql}"
    );
}

#[tokio::test]
async fn the_first_answers_after_a_restart() {
    let mut stack = Stack::prepare(Settings::named("restarted"));
    let [deactivated, colleague, soon] = std::array::from_fn(|_| stack.next_rep().clone());
    stack.run();
    let out = log_in(&stack, &deactivated).await;
    out.start().await;
    let theirs = Person::log_in(&stack, "otherrep@salescaptain.test").await;
    let goes_on = log_in(&stack, &colleague).await;
    goes_on.start().await;
    goes_on.turn(GOOD).await;

    stack.stop();
    change(
        &stack,
        "UPDATE users SET is_active = 0 WHERE email = ?1",
        [&deactivated.email],
    );
    change(
        &stack,
        "UPDATE companies SET is_active = 0
         WHERE id = (SELECT company_id FROM users WHERE email = 'otherrep@salescaptain.test')",
        [],
    );
    // What was begun in its window can be gone on with after it.
    stack.move_slot(&colleague, -90);
    change(
        &stack,
        "UPDATE sessions SET opens_at = ?2, slot_at = ?2 + 600000, closes_at = ?2 + 4200000 WHERE id = ?1",
        params![soon.session_id.to_string(), now_ms() + 6_000],
    );
    stack.set_environment("production");
    stack.run();

    a_window_opens_by_itself(&log_in(&stack, &soon).await).await;

    // Access tokens of the deactivated have not expired. They don't need to.
    for (person, email) in [
        (&out.person, deactivated.email.as_str()),
        (&theirs, "otherrep@salescaptain.test"),
    ] {
        is_out(&stack, &person.elsewhere(), email).await;
    }
    let out = out.elsewhere();
    problem(
        out.person.get(&out.path("history")).await,
        Code::Unauthenticated,
    )
    .await;
    problem(out.try_send("late", GOOD).await, Code::Unauthenticated).await;

    let goes_on = goes_on.elsewhere();
    assert_eq!(goes_on.start().await.step, Step::SalespersonRepeat);
    goes_on.turn(GOOD).await;
    in_production_the_cookie_travels_over_tls_alone(&goes_on.person).await;
}

async fn a_window_opens_by_itself(rep: &Rep) {
    let state = eventually("the window opens", Duration::from_secs(30), async || {
        let answer = rep.try_start().await;
        match answer.status().as_u16() {
            200 => Some(answer.json::<ChatState>().await.unwrap()),
            _ => {
                problem(answer, Code::WindowNotOpen).await;
                None
            }
        }
    })
    .await;
    let path = format!("/api/sessions/{}", rep.session);
    let listed: contract::session::Session = rep.person.get(&path).await.json().await.unwrap();
    assert!(state.started_at >= listed.opens_at);
}

async fn is_out(stack: &Stack, person: &Person, email: &str) {
    problem(person.get("/api/auth/me").await, Code::Unauthenticated).await;
    let cookie = person.refresh_cookie.clone().unwrap();
    problem(
        person.post_with_cookie(REFRESH, &cookie).await,
        Code::BadRefresh,
    )
    .await;
    let body = json!({"email": email, "password": PASSWORD});
    let again = Person::anonymous(stack)
        .post("/api/auth/login", &body)
        .await;
    problem(again, Code::BadCredentials).await;
}

async fn in_production_the_cookie_travels_over_tls_alone(person: &Person) {
    let cookie = person.refresh_cookie.clone().unwrap();
    let answer = person.post_with_cookie(REFRESH, &cookie).await;
    assert_eq!(answer.status(), 200);
    let set = answer.headers()["set-cookie"].to_str().unwrap();
    assert!(
        set.split("; ").any(|attribute| attribute == "Secure"),
        "{set}"
    );
}
