//! What a call reads does not grow with the sessions of the past.

use captain_api_tests::{Person, SUPER_ADMIN, Settings, Stack, answer};
use contract::analytics::Dashboard;
use contract::page::Page;
use contract::session::ListedSession;
use contract::users::User;
use xtask::data::now_ms;
use xtask::seed::past_sessions;

/// Past sessions of the first measurement, and what is added for the second.
const FEW: u32 = 1_000;
const MORE: u32 = 19_000;

/// The statements and rows that a super admin is told an answer took.
async fn cost(admin: &Person, path: &str) -> (u64, u64) {
    let answer = answer(admin.gets(path)).await;
    assert_eq!(answer.status, 200, "{path}: {}", answer.text());
    let told = answer.header("server-timing").to_owned();
    let number = |name: &str| {
        let (_, rest) = told
            .split_once(name)
            .unwrap_or_else(|| panic!("{path}: {told:?}"));
        let digits: String = rest.chars().take_while(char::is_ascii_digit).collect();
        digits.parse().unwrap()
    };
    (number("statements="), number("rowsRead="))
}

/// The calls that are about history, or read beside it.
struct Calls {
    /// About one rep, one team, or nobody: their cost stays.
    flat: Vec<String>,
    /// About a company or all of them. Past sessions come with new people, so that here a page has more of them to look at;
    /// what each of them ever practised costs nothing.
    of_many_people: Vec<String>,
}

async fn calls(admin: &Person) -> Calls {
    let people: Page<User> = answer(admin.gets("/api/users?search=rep%40")).await.json();
    let rep = &people.items[0];
    let (id, company) = (rep.id, rep.company_id);
    let team = rep.team.as_ref().unwrap().id;
    let completed = format!("/api/sessions?userId={id}&status=completed&limit=1");
    let page: Page<ListedSession> = answer(admin.gets(&completed)).await.json();
    let session = page.items[0].session.id;
    let flat = [
        format!("/api/analytics/leaderboard?teamId={team}"),
        format!("/api/analytics/leaderboard?teamId={team}&period=all"),
        format!("/api/analytics/user/{id}"),
        format!("/api/analytics/progress/{id}"),
        format!("/api/analytics/team/{team}"),
        format!("/api/analytics/export?userId={id}"),
        format!("/api/sessions?userId={id}"),
        format!("/api/sessions/{session}/result"),
        "/api/sessions".to_owned(),
        format!("/api/users/{id}"),
        format!("/api/teams/{team}"),
        "/api/users".to_owned(),
        "/api/groups".to_owned(),
        "/api/scenarios".to_owned(),
        "/api/scenarios/search?q=price".to_owned(),
        "/api/audit".to_owned(),
        "/api/profile/devices".to_owned(),
    ];
    let of_many_people = [
        "/api/analytics/dashboard".to_owned(),
        format!("/api/analytics/company/{company}"),
        format!("/api/analytics/leaderboard?companyId={company}&period=all"),
        "/api/sessions/upcoming".to_owned(),
        "/api/users?search=asha".to_owned(),
        "/api/teams".to_owned(),
        "/api/companies".to_owned(),
    ];
    Calls {
        flat: flat.to_vec(),
        of_many_people: of_many_people.to_vec(),
    }
}

/// The most rows that a page of many people may take.
const MOST_ROWS: u64 = 5_000;

#[tokio::test]
async fn no_call_costs_more_with_history() {
    let mut stack = Stack::prepare(Settings {
        reps: 1,
        ..Settings::named("history")
    });
    past_sessions(&mut stack.database(), now_ms(), FEW).unwrap();
    stack.run();
    let admin = Person::known(&stack, SUPER_ADMIN).await;
    let calls = calls(&admin).await;
    let all = || calls.flat.iter().chain(&calls.of_many_people);
    let mut few = Vec::new();
    for path in all() {
        few.push(cost(&admin, path).await);
    }
    stack.stop();
    past_sessions(&mut stack.database(), now_ms(), MORE).unwrap();
    stack.run();
    let admin = admin.elsewhere();
    println!(
        "rows read (statements) with {FEW} and {} past sessions",
        FEW + MORE
    );
    for (path, before) in all().zip(few) {
        let after = cost(&admin, path).await;
        println!("{:>8} {:>8} ({}) {path}", before.1, after.1, after.0);
        assert_eq!(before.0, after.0, "{path}: statements");
        let most = if calls.flat.contains(path) {
            before.1 + 20
        } else {
            MOST_ROWS
        };
        assert!(after.1 <= most, "{path}: {before:?} became {after:?}");
    }
    stack.stop();
    stack.set_environment("production");
    stack.run();
    only_super_admins_are_told(&stack).await;
}

async fn only_super_admins_are_told(stack: &Stack) {
    for email in ["manager@salescaptain.test", "rep@salescaptain.test"] {
        let person = Person::known(stack, email).await;
        let answer = answer(person.gets("/api/analytics/dashboard")).await;
        assert_eq!(answer.header("server-timing"), "");
        answer.json::<Dashboard>();
    }
}
