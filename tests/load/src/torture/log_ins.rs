//! A whole customer's reps log in within a minute, on a database as large as it gets; and what reading costs there.

use std::time::{Duration, Instant};

use captain_api_tests::{PASSWORD, Person, SUPER_ADMIN, Settings, Stack, answer};
use futures::future::join_all;
use reqwest::Client;
use serde_json::json;
use xtask::data::now_ms;
use xtask::seed;

use super::{Line, thousands, truth};
use crate::figures::percentile;

/// How many past sessions the seed gives a rep.
const SESSIONS_PER_REP: u32 = 20;
/// How often each page is read.
const READS: usize = 20;

/// What is read of the large database, and who reads it.
const PAGES: [(&str, &str, &str); 6] = [
    ("today", "rep@salescaptain.test", "/api/sessions/today"),
    (
        "a rep's dashboard",
        "rep@salescaptain.test",
        "/api/analytics/dashboard",
    ),
    (
        "a manager's dashboard",
        "manager@salescaptain.test",
        "/api/analytics/dashboard",
    ),
    (
        "a company's leaderboard",
        SUPER_ADMIN,
        "/api/analytics/leaderboard?period=all",
    ),
    (
        "50 users",
        "manager@salescaptain.test",
        "/api/users?limit=50",
    ),
    ("50 sessions", SUPER_ADMIN, "/api/sessions?limit=50"),
];

pub async fn run(count: u32, within: Duration, reps: u32) -> Vec<Line> {
    let mut stack = Stack::prepare(Settings::named("torture-log-ins"));
    seed::past_sessions(
        &mut stack.database(),
        now_ms(),
        reps.max(count) * SESSIONS_PER_REP,
    )
    .unwrap();
    stack.run();
    let read = reading(&stack).await;
    let http = Client::builder().build().unwrap();
    let began = Instant::now();
    let all = (0..count).map(|number| {
        let (http, url) = (&http, stack.url());
        async move {
            tokio::time::sleep(within * number / count).await;
            let asked = Instant::now();
            let form =
                json!({"email": crate::peer::past_rep(number as usize), "password": PASSWORD});
            let response = http
                .post(format!("{url}/api/auth/login"))
                .json(&form)
                .send();
            let response = response.await.expect("every log-in is answered");
            assert_eq!(response.status(), 200, "{}", response.text().await.unwrap());
            asked.elapsed()
        }
    });
    let took = join_all(all).await;
    let lasted = began.elapsed();
    stack.stop();
    let held = truth::hold(&stack, &[], &[]);
    let people = format!(
        "{} reps with {} past sessions in D1",
        thousands(reps.max(count) as usize),
        thousands((reps.max(count) * SESSIONS_PER_REP) as usize)
    );
    vec![
        Line {
            what: format!(
                "{count} reps log in within {} s, {people}",
                within.as_secs()
            ),
            came: format!(
                "all let in, the last one {:.0} s after the first came; p50 {:.1} s, p99 {:.1} s; {held}",
                lasted.as_secs_f64(),
                percentile(&took, 50) / 1e3,
                percentile(&took, 99) / 1e3,
            ),
        },
        Line {
            what: format!("reading there: {people}"),
            came: read,
        },
    ]
}

async fn reading(stack: &Stack) -> String {
    let mut told = Vec::new();
    for (name, reader, path) in PAGES {
        let reader = Person::known(stack, reader).await;
        let mut took = Vec::new();
        for _ in 0..READS {
            let asked = Instant::now();
            assert_eq!(answer(reader.gets(path)).await.status, 200, "{name}");
            took.push(asked.elapsed());
        }
        told.push(format!("{name} {:.0} ms", percentile(&took, 50)));
    }
    format!("p50 of {READS}: {}", told.join(", "))
}
