//! Whatever somebody may read comes as the contract writes it: each field is there, and none that it does not know.

use std::collections::BTreeSet;
use std::sync::Mutex;

use captain_api_tests::{Answer, Person, SUPER_ADMIN, answer, shared};
use contract::ai::providers::Providers;
use contract::analytics::{
    CompanyAnalytics, Dashboard, Leaderboard, TeamAnalytics, TenDayProgress, UserAnalytics,
};
use contract::audit::AuditEntry;
use contract::auth::Me;
use contract::chat::ChatState;
use contract::companies::Company;
use contract::groups::Group;
use contract::health::Health;
use contract::invites::Invite;
use contract::outbox::DevMail;
use contract::page::Page;
use contract::profile::{Device, Profile};
use contract::scenario::{ScenarioSummary, ScenarioView, Version, VersionSummary};
use contract::session::{
    Items, ListedSession, Note, Session, SessionResult, Today, VerdictHistory, VersionVerdicts,
};
use contract::teams::Team;
use contract::tone::Tone;
use contract::users::User;
use contract::voice::Recording;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

const REP: &str = "rep@salescaptain.test";
const MANAGER: &str = "manager@salescaptain.test";
const OTHER_MANAGER: &str = "other@salescaptain.test";

/// What is no JSON, or needs to be made first: `recordings`, `pictures` and `cron` read these.
const ELSEWHERE: [&str; 4] = [
    "/api/voice/{}",
    "/api/users/{}/avatar",
    "/api/companies/{}/logo",
    "/api/unsubscribe",
];

/// The table of all calls.
const TABLE: &str = include_str!("../../../docs/api.md");

/// The calls that were made, with `{}` for what names a thing.
static MADE: Mutex<BTreeSet<String>> = Mutex::new(BTreeSet::new());

/// `/api/users/0198…?x=1` and `/api/users/{id}` become `/api/users/{}`.
fn pattern(path: &str) -> String {
    let path = path.split('?').next().unwrap();
    let names_a_thing = |part: &str| {
        part.starts_with('{') || uuid::Uuid::parse_str(part).is_ok() || part.parse::<u32>().is_ok()
    };
    let parts = path
        .split('/')
        .map(|part| if names_a_thing(part) { "{}" } else { part });
    parts.collect::<Vec<_>>().join("/")
}

/// Makes a call.
async fn get(person: &Person, path: &str) -> Answer {
    MADE.lock().unwrap().insert(pattern(path));
    answer(person.gets(path)).await
}

/// Reads, and checks that what the type makes of the answer is the whole answer.
async fn reads<T: Serialize + DeserializeOwned>(person: &Person, path: &str) -> T {
    let answer = get(person, path).await;
    assert_eq!(answer.status, 200, "{path}: {}", answer.text());
    assert_eq!(answer.header("content-type"), "application/json", "{path}");
    assert_eq!(answer.header("cache-control"), "no-store", "{path}");
    let json: Value = serde_json::from_slice(&answer.body).unwrap();
    let read: T = serde_json::from_value(json.clone())
        .unwrap_or_else(|error| panic!("{path}: {error}: {json}"));
    assert_eq!(serde_json::to_value(&read).unwrap(), json, "{path}");
    read
}

/// A list that has something on it.
async fn lists<T: Serialize + DeserializeOwned>(person: &Person, path: &str) -> Vec<T> {
    let page: Page<T> = reads(person, path).await;
    assert!(!page.items.is_empty(), "{path} is empty");
    page.items
}

/// What everybody reads who is logged in.
async fn everybodys(person: &Person) -> Me {
    reads::<Health>(person, "/api/health").await;
    let me: Me = reads(person, "/api/auth/me").await;
    reads::<User>(person, &format!("/api/users/{}", me.id)).await;
    reads::<Profile>(person, "/api/profile").await;
    let devices: Items<Device> = reads(person, "/api/profile/devices").await;
    assert_eq!(devices.items.iter().filter(|one| one.current).count(), 1);
    for scenario in lists::<ScenarioSummary>(person, "/api/scenarios?limit=100").await {
        let path = format!("/api/scenarios/{}", scenario.id);
        reads::<ScenarioView>(person, &path).await;
    }
    for day in 1..=10 {
        let path = format!("/api/scenarios/day/{day}");
        let items: Items<ScenarioSummary> = reads(person, &path).await;
        assert!(!items.items.is_empty(), "day {day}");
    }
    let found: Items<ScenarioSummary> = reads(person, "/api/scenarios/search?q=whatsapp").await;
    assert!(!found.items.is_empty());
    for by in ["score", "practice", "improvement"] {
        for period in ["week", "all"] {
            let path = format!("/api/analytics/leaderboard?by={by}&period={period}");
            reads::<Leaderboard>(person, &path).await;
        }
    }
    reads::<Dashboard>(person, "/api/analytics/dashboard").await;
    reads::<Page<ListedSession>>(person, "/api/sessions/upcoming").await;
    let export = get(person, "/api/analytics/export").await;
    assert_eq!(export.status, 200, "{}", export.text());
    me
}

/// Everything of one completed session.
async fn a_completed_session(person: &Person, list: &str) -> String {
    let completed = lists::<ListedSession>(person, list).await.remove(0).session;
    let path = format!("/api/sessions/{}", completed.id);
    reads::<Session>(person, &path).await;
    let result: SessionResult = reads(person, &format!("{path}/result")).await;
    assert_eq!(Some(result.score), completed.score);
    reads::<Items<Note>>(person, &format!("{path}/notes")).await;
    reads::<Items<Recording>>(person, &format!("{path}/voice")).await;
    let chat = format!("/api/chat/{}", completed.id);
    let state: ChatState = reads(person, &format!("{chat}/history")).await;
    assert!(!state.items.is_empty());
    let events = get(
        person,
        &format!("{chat}/events?after={}", state.last_event_id),
    )
    .await;
    assert_eq!((events.status, events.body.len()), (204, 0));
    path
}

async fn what_a_rep_reads() {
    let rep = Person::known(shared(), REP).await;
    let me = everybodys(&rep).await;
    let today: Today = reads(&rep, "/api/sessions/today").await;
    assert!(!today.items.is_empty());
    lists::<ListedSession>(&rep, "/api/sessions?limit=100").await;
    lists::<ListedSession>(&rep, &format!("/api/sessions/user/{}", me.id)).await;
    a_completed_session(&rep, "/api/sessions?status=completed&limit=1").await;
    let figures: UserAnalytics = reads(&rep, &format!("/api/analytics/user/{}", me.id)).await;
    assert!(figures.metrics.figures.figures.completed_sessions >= 6);
    let ten: TenDayProgress = reads(&rep, &format!("/api/analytics/progress/{}", me.id)).await;
    assert!(ten.days_completed >= 6 && ten.days.len() == 10);
}

/// What managers read of a company: `of` narrows lists to it, or is empty.
async fn a_company(person: &Person, of: &str) {
    for user in lists::<User>(person, &format!("/api/users?limit=5&{of}")).await {
        reads::<User>(person, &format!("/api/users/{}", user.id)).await;
    }
    let teams = lists::<Team>(person, &format!("/api/teams?{of}")).await;
    let team = teams.iter().find(|team| team.members > 0).unwrap();
    reads::<Team>(person, &format!("/api/teams/{}", team.id)).await;
    lists::<User>(person, &format!("/api/users/team/{}", team.id)).await;
    lists::<Group>(person, &format!("/api/groups/team/{}", team.id)).await;
    for group in lists::<Group>(person, &format!("/api/groups?{of}")).await {
        reads::<Group>(person, &format!("/api/groups/{}", group.id)).await;
    }
    reads::<Company>(person, &format!("/api/companies/{}", team.company_id)).await;
    reads::<Page<Invite>>(person, &format!("/api/invites?{of}")).await;
    reads::<Page<AuditEntry>>(person, &format!("/api/audit?{of}")).await;
    reads::<Tone>(person, &format!("/api/tone-guidelines?{of}")).await;
    reads::<Providers>(person, "/api/ai/providers").await;
    let figures: TeamAnalytics = reads(person, &format!("/api/analytics/team/{}", team.id)).await;
    for rep in figures.reps.iter().take(3) {
        let id = rep.person.user_id;
        reads::<UserAnalytics>(person, &format!("/api/analytics/user/{id}")).await;
        reads::<TenDayProgress>(person, &format!("/api/analytics/progress/{id}")).await;
        reads::<Page<ListedSession>>(person, &format!("/api/sessions/user/{id}")).await;
    }
    let path = format!("/api/analytics/company/{}", team.company_id);
    let figures: CompanyAnalytics = reads(person, &path).await;
    assert!(figures.metrics.completed_sessions > 0);
    let path = format!("/api/analytics/leaderboard?teamId={}&period=all", team.id);
    let board: Leaderboard = reads(person, &path).await;
    assert!(!board.items.is_empty());
    let path = format!("/api/sessions?status=completed&limit=1&{of}");
    let session = a_completed_session(person, &path).await;
    let history: VerdictHistory = reads(person, &format!("{session}/verdicts")).await;
    assert_eq!(history.counting, Some(1));
    reads::<VersionVerdicts>(person, &format!("{session}/verdicts/1")).await;
    let stock = lists::<ScenarioSummary>(person, "/api/scenarios").await;
    let scenario = format!("/api/scenarios/{}/versions", stock[0].id);
    let version = lists::<VersionSummary>(person, &scenario).await.remove(0);
    reads::<Version>(person, &format!("{scenario}/{}", version.number)).await;
}

async fn what_a_manager_reads() {
    for email in [MANAGER, OTHER_MANAGER] {
        let manager = Person::known(shared(), email).await;
        everybodys(&manager).await;
        a_company(&manager, "").await;
    }
}

async fn what_a_super_admin_reads() {
    let admin = Person::known(shared(), SUPER_ADMIN).await;
    everybodys(&admin).await;
    let companies = lists::<Company>(&admin, "/api/companies?limit=100").await;
    for name in ["Troika Tech Demo", "Sagar Sales"] {
        let company = companies.iter().find(|company| company.name == name);
        let id = company.unwrap().id;
        a_company(&admin, &format!("companyId={id}")).await;
    }
}

async fn what_a_developer_reads() {
    reads::<Page<DevMail>>(&Person::anonymous(shared()), "/api/dev/outbox").await;
}

#[tokio::test]
async fn every_get_of_the_table_reads_well() {
    futures::join!(
        what_a_rep_reads(),
        what_a_manager_reads(),
        what_a_super_admin_reads(),
        what_a_developer_reads(),
    );
    let table = TABLE
        .lines()
        .filter_map(|line| line.strip_prefix("| `GET "));
    let all: BTreeSet<String> = table
        .map(|line| pattern(line.split('`').next().unwrap()))
        .collect();
    assert!(all.len() > 30, "{all:?}");
    let mut made = MADE.lock().unwrap().clone();
    made.extend(ELSEWHERE.map(str::to_owned));
    let missing: Vec<&String> = all.difference(&made).collect();
    assert!(missing.is_empty(), "nobody read {missing:?}");
}
