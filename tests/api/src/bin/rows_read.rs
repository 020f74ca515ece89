//! Prints how many rows D1 reads for a call, with a short and with a long past of the same people: `cargo xtask bench` runs it
//! on a release build.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use captain_api_tests::{Person, SUPER_ADMIN, Settings, Stack, answer};
use contract::auth::Me;
use contract::page::Page;
use contract::users::User;
use xtask::data::now_ms;
use xtask::seed::longer_past;

/// Past sessions that are compared. The shortest past is longer than every window of time that figures look at.
const PASTS: [u32; 3] = [1_000, 20_000, 100_000];

const REP: &str = "rep@salescaptain.test";
const MANAGER: &str = "manager@salescaptain.test";

/// A call, who makes it, and what it read with each of the pasts.
struct Line {
    asker: &'static str,
    path: String,
    statements: String,
    rows: Vec<String>,
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let mut stack = Stack::prepare(Settings {
        reps: 1,
        ..Settings::named("rows-read")
    });
    let now = now_ms();
    let mut before = 0;
    let mut lines = Vec::new();
    for past in PASTS {
        longer_past(&mut stack.database(), now, before, past).unwrap();
        before = past;
        stack.run();
        if lines.is_empty() {
            lines = calls(&stack).await;
        }
        for line in &mut lines {
            let person = Person::known(&stack, line.asker).await;
            let (statements, rows) = read(&person, &line.path).await;
            line.statements = statements;
            line.rows.push(rows);
        }
        stack.stop();
    }
    print(&lines);
}

/// What an answer says that the database did for it: statements, and rows read.
async fn read(person: &Person, path: &str) -> (String, String) {
    let answer = answer(person.gets(path)).await;
    assert_eq!(answer.status, 200, "{path}: {}", answer.text());
    let told = answer.header("server-timing");
    let number = |name: &str| -> String {
        let (_, rest) = told.split_once(name).expect(path);
        rest.chars().take_while(char::is_ascii_digit).collect()
    };
    (number("statements="), number("rowsRead="))
}

async fn calls(stack: &Stack) -> Vec<Line> {
    let rep = Person::known(stack, REP).await;
    let me: Me = answer(rep.gets("/api/auth/me")).await.json();
    let (id, company) = (me.id, me.company.id);
    let manager = Person::known(stack, MANAGER).await;
    let people: Page<User> = answer(manager.gets("/api/users?search=rep%40"))
        .await
        .json();
    let rep = people.items.into_iter().find(|user| user.id == id).unwrap();
    let team = rep.team.unwrap().id;

    let mut calls = vec![
        (REP, "/api/sessions/today".to_owned()),
        (REP, "/api/analytics/dashboard".to_owned()),
        (MANAGER, "/api/analytics/dashboard".to_owned()),
        (SUPER_ADMIN, "/api/analytics/dashboard".to_owned()),
    ];
    for asker in [REP, MANAGER, SUPER_ADMIN] {
        for period in ["week", "all"] {
            for by in ["score", "practice", "improvement"] {
                let path = format!("/api/analytics/leaderboard?period={period}&by={by}");
                calls.push((asker, path));
            }
        }
    }
    calls.extend([
        (REP, format!("/api/analytics/user/{id}")),
        (REP, format!("/api/analytics/progress/{id}")),
        (MANAGER, format!("/api/analytics/team/{team}")),
        (MANAGER, format!("/api/analytics/company/{company}")),
        (MANAGER, "/api/analytics/export".to_owned()),
        (SUPER_ADMIN, "/api/analytics/export".to_owned()),
        (REP, "/api/sessions".to_owned()),
        (MANAGER, "/api/sessions".to_owned()),
        (SUPER_ADMIN, "/api/sessions".to_owned()),
        (MANAGER, format!("/api/sessions/user/{id}")),
        (REP, "/api/sessions/upcoming".to_owned()),
        (MANAGER, "/api/sessions/upcoming".to_owned()),
    ]);
    let named = |(asker, path)| Line {
        asker,
        path,
        statements: String::new(),
        rows: Vec::new(),
    };
    calls.into_iter().map(named).collect()
}

/// A table for docs/data.md.
fn print(lines: &[Line]) {
    println!("| rows read for | by | statements | 1,000 sessions | 20,000 | 100,000 |");
    println!("|---|---|---:|---:|---:|---:|");
    for line in lines {
        let who = line.asker.split('@').next().unwrap_or_default();
        let path = generic(&line.path);
        let rows = line.rows.join(" | ");
        println!("| `{path}` | {who} | {} | {rows} |", line.statements);
    }
}

/// `/api/analytics/user/0198…` becomes `/api/analytics/user/{id}`.
fn generic(path: &str) -> String {
    let parts = path.split('/').map(|part| match part.len() {
        36 => "{id}",
        _ => part,
    });
    parts.collect::<Vec<_>>().join("/")
}
