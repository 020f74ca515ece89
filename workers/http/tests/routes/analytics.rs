//! Figures, dashboards, the leaderboard and the export: what they say, and to whom.

use crate::world::{Answer, Call, DAY, Days, HOUR, MINUTE, Person, World};
use axum::body::Body;
use axum::http::Request;
use contract::analytics::{
    CompanyAnalytics, Dashboard, Leaderboard, ManagerDashboard, Scope, TeamAnalytics,
    TenDayProgress, UserAnalytics,
};
use contract::problem::Code;
use domain::attention::Reason;
use domain::session::Status;
use futures::StreamExt;
use serde::de::DeserializeOwned;
use store::{Db, rollups};
use tower::ServiceExt;
use uuid::Uuid;

const TEAM: Uuid = Uuid::from_u128(0x201);
const SAGARS_TEAM: Uuid = Uuid::from_u128(0x202);
const GROUP: Uuid = Uuid::from_u128(0x301);
const SCENARIO: Uuid = Uuid::from_u128(0x400);
const VERSION: Uuid = Uuid::from_u128(0x401);

/// A past session of the day these tests have.
struct Past {
    rep: Person,
    days_ago: u64,
    /// First and final score; `None`: missed.
    scores: Option<(u8, u8)>,
    late: bool,
}

fn past(rep: Person, days_ago: u64, first: u8, last: u8) -> Past {
    Past {
        rep,
        days_ago,
        scores: Some((first, last)),
        late: false,
    }
}

fn missed(rep: Person, days_ago: u64) -> Past {
    Past {
        rep,
        days_ago,
        scores: None,
        late: false,
    }
}

/// Writes sessions, each of which took five minutes, and rolls them up.
async fn write(world: &World, sessions: &[Past]) {
    for session in sessions {
        let rep = session.rep;
        let at = world.now() - session.days_ago * DAY;
        let id = Uuid::from_u128(u128::from(at) << 16 | rep.id().0.as_u128());
        let team = if rep == Person::SagarRep {
            SAGARS_TEAM
        } else {
            TEAM
        };
        let (company, user, late) = (rep.company(), rep.id(), u8::from(session.late));
        let columns = "id, company_id, user_id, team_id, scenario_id, day, slot_at, opens_at, closes_at, utc_offset_minutes,
                       last_event_id, created_at, updated_at, late, status";
        let values = format!(
            "'{id}', '{company}', '{user}', '{team}', '{SCENARIO}', 1, {at}, {at}, {at} + 3600000, 330, 1, 0, 0, {late}"
        );
        let sql = match session.scores {
            None => format!("INSERT INTO sessions ({columns}) VALUES ({values}, 'missed')"),
            Some((first, last)) => format!(
                "INSERT INTO sessions ({columns}, started_at, ended_at, scenario_version_id, rubric_hash, prompt_version, model,
                     score, first_score, confidence, closing, duration_seconds, coach_notes)
                 VALUES ({values}, 'completed', {at}, {at} + 300000, '{VERSION}', '', '', 'builtin', {last}, {first}, {last}, {first},
                     300, '')"
            ),
        };
        world.db.script(&sql).unwrap();
        let changed = rollups::after(company, domain::ids::SessionId(id));
        world.db.batch(changed).await.unwrap();
    }
}

async fn ask(world: &World, person: Person, path: &str) -> Answer {
    let token = world.token(person).await;
    world.call(Call::get(path).bearer(&token)).await
}

#[track_caller]
fn read<T: DeserializeOwned>(answer: &Answer) -> T {
    assert_eq!(answer.status, 200, "{answer:?}");
    answer.json()
}

#[tokio::test]
async fn a_reps_figures_add_up() {
    let world = World::new();
    write(
        &world,
        &[
            past(Person::Rep, 8, 40, 60),
            past(Person::Rep, 1, 50, 80),
            missed(Person::Rep, 2),
            past(Person::OtherRep, 1, 99, 99),
        ],
    )
    .await;
    let path = format!("/api/analytics/user/{}", Person::Rep.id());
    let shown: UserAnalytics = read(&ask(&world, Person::Rep, &path).await);
    let figures = &shown.metrics.figures.figures;
    assert_eq!(
        (
            figures.total_sessions,
            figures.completed_sessions,
            figures.missed_sessions
        ),
        (3, 2, 1)
    );
    assert_eq!(figures.completion_rate, Some(66.7));
    assert_eq!(
        (figures.avg_first_score, figures.avg_score),
        (Some(45.0), Some(70.0))
    );
    assert_eq!(
        (figures.practice_seconds, figures.avg_session_duration),
        (600, Some(300.0))
    );
    assert_eq!(shown.metrics.figures.best_score, Some(80));
    assert_eq!(
        (
            shown.metrics.figures.streak,
            shown.metrics.figures.days_completed
        ),
        (1, 1)
    );
    // 20 November 2026 is a Friday: eight days before lies in the week before, so there are two weeks of practice.
    let improvement = shown.metrics.improvement;
    assert_eq!(improvement.metrics.confidence, Some(20.0));
    assert_eq!(
        (improvement.metrics.clarity, improvement.first_score),
        (None, None)
    );
    let weeks: Vec<(&str, u32, Option<f64>)> = shown
        .weeks
        .iter()
        .map(|week| {
            (
                week.week.as_str(),
                week.figures.completed_sessions,
                week.metrics.confidence,
            )
        })
        .collect();
    assert_eq!(
        weeks,
        [("2026-11-09", 1, Some(60.0)), ("2026-11-16", 1, Some(80.0))]
    );
    assert_eq!(shown.progress_by_day.len(), 10);
    assert_eq!(shown.progress_by_day[0].avg_score, Some(70.0));
    assert_eq!(shown.progress_by_day[9].completion_rate, None);
    let scenario = &shown.metrics.scenario_performance[0];
    assert_eq!(
        (
            scenario.theme.as_deref(),
            scenario.attempts,
            scenario.missed,
            scenario.best_score
        ),
        (Some("Small pack"), 2, 1, Some(80))
    );

    // The others who may see it see the same.
    for person in [Person::Manager, Person::SuperAdmin] {
        assert_eq!(
            read::<UserAnalytics>(&ask(&world, person, &path).await),
            shown
        );
    }
    let path = format!("/api/analytics/progress/{}", Person::Rep.id());
    let progress: TenDayProgress = read(&ask(&world, Person::Rep, &path).await);
    assert_eq!(
        (
            progress.days_completed,
            progress.days_total,
            progress.streak
        ),
        (1, 10, 1)
    );
    assert_eq!(progress.days, shown.progress_by_day);
}

#[tokio::test]
async fn who_never_practised_has_figures_too() {
    let world = World::new();
    let path = format!("/api/analytics/user/{}", Person::Rep.id());
    let shown: UserAnalytics = read(&ask(&world, Person::Rep, &path).await);
    let figures = shown.metrics.figures.figures;
    assert_eq!(
        (
            figures.total_sessions,
            figures.avg_score,
            figures.completion_rate
        ),
        (0, None, None)
    );
    let Dashboard::SalesRep(own) =
        read(&ask(&world, Person::Rep, "/api/analytics/dashboard").await)
    else {
        panic!("a rep's dashboard is a rep's");
    };
    assert_eq!(
        (own.days_total, own.weeks.len(), own.progress_by_day.len()),
        (10, 0, 10)
    );
    for period in ["week", "all"] {
        let path = format!("/api/analytics/leaderboard?period={period}");
        let board: Leaderboard = read(&ask(&world, Person::Rep, &path).await);
        assert_eq!((board.ranked, board.items.len()), (0, 0));
    }
}

#[tokio::test]
async fn a_team_and_its_company_are_told_date_by_date() {
    let world = World::new();
    let late = Past {
        late: true,
        ..past(Person::OtherRep, 1, 60, 90)
    };
    let sessions = [
        past(Person::Rep, 1, 40, 80),
        late,
        missed(Person::Rep, 3),
        past(Person::Rep, 40, 10, 20),
        past(Person::SagarRep, 1, 1, 2),
    ];
    write(&world, &sessions).await;
    let team: TeamAnalytics = read(
        &ask(
            &world,
            Person::Manager,
            &format!("/api/analytics/team/{TEAM}"),
        )
        .await,
    );
    assert_eq!(
        (
            team.period.start_date.as_str(),
            team.period.end_date.as_str()
        ),
        ("2026-10-22", "2026-11-20")
    );
    assert_eq!(
        (
            team.metrics.completed_sessions,
            team.metrics.missed_sessions
        ),
        (2, 1)
    );
    assert_eq!(
        (team.metrics.avg_score, team.metrics.late_sessions),
        (Some(85.0), 1)
    );
    // Whoever is in the team has a row, and the latest week is this one.
    let in_map: Vec<_> = team.heat_map.rows.iter().map(|row| &row.person).collect();
    let in_team: Vec<_> = team.reps.iter().map(|rep| &rep.person).collect();
    assert_eq!(in_map, in_team);
    assert_eq!(team.heat_map.weeks.last().unwrap(), "2026-11-16");
    assert!(
        team.heat_map
            .rows
            .iter()
            .any(|row| row.cells[7].is_some_and(|cell| cell.score.is_some()))
    );
    let dates: Vec<(&str, u32)> = team
        .by_date
        .iter()
        .map(|date| (date.date.as_str(), date.figures.total_sessions))
        .collect();
    assert_eq!(dates, [("2026-11-17", 1), ("2026-11-19", 2)]);
    assert_eq!((team.progress_by_day.len(), team.reps.len()), (1, 2));

    let company = Person::Manager.company();
    let path = format!("/api/analytics/company/{company}?from=2026-10-01&to=2026-11-19");
    let answer = ask(&world, Person::OtherManager, &path).await;
    let told: CompanyAnalytics = read(&answer);
    assert_eq!(
        (told.metrics.completed_sessions, told.by_date.len()),
        (3, 3)
    );
    assert_eq!(
        (told.teams.len(), told.teams[0].figures.completed_sessions),
        (1, 3)
    );
    // Managers of other teams learn no rep's name here.
    assert!(!String::from_utf8_lossy(&answer.body).contains("Asha"));
}

#[tokio::test]
async fn a_span_that_makes_no_sense_names_its_field() {
    let world = World::new();
    for (query, field) in [
        ("from=2026-11-31", "from"),
        ("to=tomorrow", "to"),
        ("from=2026-11-20&to=2026-11-19", "from"),
        ("from=2025-11-20&to=2026-11-19", "from"),
    ] {
        let path = format!("/api/analytics/team/{TEAM}?{query}");
        let problem = ask(&world, Person::Manager, &path)
            .await
            .problem(Code::Invalid);
        assert_eq!(problem.errors[0].field, field, "{query}");
    }
    for (path, field) in [
        ("leaderboard?limit=0", "limit"),
        ("leaderboard?limit=101", "limit"),
        ("dashboard?cursor=", "cursor"),
        ("export?from=2026-11-20&to=2026-11-19", "from"),
        ("export?from=20.11.2026", "from"),
    ] {
        let path = format!("/api/analytics/{path}");
        let problem = ask(&world, Person::SuperAdmin, &path)
            .await
            .problem(Code::Invalid);
        assert_eq!(problem.errors[0].field, field, "{path}");
    }
    for query in ["by=luck", "period=month", "teamId=12", "team=1", "limit=x"] {
        let path = format!("/api/analytics/leaderboard?{query}");
        ask(&world, Person::Rep, &path).await.problem(Code::Invalid);
    }
    let two = format!("/api/analytics/export?teamId={TEAM}&groupId={GROUP}");
    let problem = ask(&world, Person::Manager, &two)
        .await
        .problem(Code::Invalid);
    assert_eq!(problem.errors[0].field, "groupId");
    let cursor = "/api/analytics/dashboard?cursor=x";
    ask(&world, Person::SuperAdmin, cursor)
        .await
        .problem(Code::Invalid);
}

async fn managers(world: &World) -> ManagerDashboard {
    match read(&ask(world, Person::Manager, "/api/analytics/dashboard").await) {
        Dashboard::Manager(dashboard) => dashboard,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_manager_sees_who_practised_today_and_who_did_not() {
    let world = World::new();
    let done = world.schedule(Person::Rep, Days::Open);
    world.complete(Person::Rep, done).await;
    world.schedule(Person::OtherRep, Days::Over);
    world.schedule(Person::OtherRep, Days::Soon);
    world.schedule(Person::OtherRep, Days::Tomorrow);
    world.schedule(Person::SagarRep, Days::Open);
    let today = managers(&world).await.today;
    assert_eq!(
        (
            today.practised,
            today.running,
            today.due,
            today.missed,
            today.late
        ),
        (1, 0, 1, 1, 0)
    );
    let statuses: Vec<Status> = today
        .sessions
        .iter()
        .map(|session| session.status)
        .collect();
    // Nobody noted the miss yet; its window is over all the same.
    assert_eq!(
        statuses,
        [Status::Missed, Status::Completed, Status::Scheduled]
    );
    assert_eq!(today.sessions[1].score, Some(80));
    assert_eq!(today.without_session, []);

    // In India the day is over 13 hours after 11:00 AM.
    world.pass(13 * HOUR);
    let tomorrow = managers(&world).await.today;
    assert_eq!(tomorrow.sessions.len(), 1);
    assert_eq!(tomorrow.without_session.len(), 1);
    assert_eq!(tomorrow.without_session[0].user_id, Person::Rep.id());
}

#[tokio::test]
async fn a_late_start_is_told_while_it_runs() {
    let world = World::new();
    let id = world.schedule(Person::Rep, Days::Late);
    world.start(Person::Rep, id).await;
    world.pass(MINUTE);
    let today = managers(&world).await.today;
    assert_eq!((today.running, today.late), (1, 1));
}

#[tokio::test]
async fn attention_comes_with_its_reason() {
    let world = World::new();
    let mut sessions = vec![missed(Person::OtherRep, 1), missed(Person::OtherRep, 2)];
    sessions.push(past(Person::Rep, 8, 70, 90));
    sessions.push(past(Person::Rep, 1, 55, 90));
    write(&world, &sessions).await;
    let dashboard = managers(&world).await;
    let reasons: Vec<_> = dashboard
        .needs_attention
        .iter()
        .map(|rep| (rep.person.user_id, rep.reasons.as_slice()))
        .collect();
    let falling = Reason::Falling {
        from: 70.0,
        to: 55.0,
    };
    assert_eq!(
        reasons,
        [
            (Person::Rep.id(), &[falling][..]),
            (
                Person::OtherRep.id(),
                &[Reason::NeverPractised { missed: 2 }][..]
            ),
        ]
    );
    assert_eq!(dashboard.heat_map.weeks.len(), 8);
    assert_eq!(dashboard.heat_map.weeks[7], "2026-11-16");
    let row = &dashboard.heat_map.rows[0];
    assert_eq!(row.person.user_id, Person::Rep.id());
    let cell = row.cells[7].unwrap();
    assert_eq!(cell.metrics.confidence, Some(90.0));
    assert!(cell.score >= cell.first_score && cell.score.is_some());
    assert_eq!(row.cells[5], None);
    let line = &dashboard.first_against_best[0];
    assert_eq!(
        (
            line.figures.figures.avg_first_score,
            line.figures.best_score
        ),
        (Some(62.5), Some(90))
    );
}

#[tokio::test]
async fn a_super_admin_sees_all_companies_a_page_at_a_time() {
    let world = World::new();
    write(
        &world,
        &[
            past(Person::Rep, 1, 40, 80),
            past(Person::SagarRep, 1, 1, 2),
        ],
    )
    .await;
    let mut seen = Vec::new();
    let mut cursor = String::new();
    loop {
        let path = format!("/api/analytics/dashboard?limit=1{cursor}");
        let Dashboard::SuperAdmin(page) = read(&ask(&world, Person::SuperAdmin, &path).await)
        else {
            panic!("a super admin's dashboard is of companies");
        };
        assert_eq!(page.companies.items.len(), 1);
        for company in page.companies.items {
            seen.push((
                company.company_id,
                company.active_reps,
                company.figures.avg_score,
            ));
        }
        let Some(next) = page.companies.next_cursor else {
            break;
        };
        cursor = format!("&cursor={next}");
    }
    assert_eq!(
        seen,
        [
            (Person::Rep.company(), 2, Some(80.0)),
            (Person::SagarRep.company(), 1, Some(2.0))
        ]
    );
}

#[tokio::test]
async fn the_leaderboard_reaches_as_far_as_the_asker_sees() {
    let world = World::new();
    write(
        &world,
        &[
            past(Person::Rep, 1, 40, 80),
            past(Person::OtherRep, 1, 40, 80),
            past(Person::SagarRep, 1, 1, 99),
        ],
    )
    .await;
    let board = |person, query: String| {
        let world = &world;
        async move {
            let path = format!("/api/analytics/leaderboard?{query}");
            read::<Leaderboard>(&ask(world, person, &path).await)
        }
    };
    for (person, query, scope, ranked) in [
        (Person::Rep, String::new(), Scope::Team, 2),
        (Person::Rep, format!("teamId={TEAM}"), Scope::Team, 2),
        (Person::Manager, String::new(), Scope::OwnTeams, 2),
        (
            Person::Manager,
            format!("teamId={TEAM}&by=practice&period=all"),
            Scope::Team,
            2,
        ),
        (Person::OtherManager, String::new(), Scope::OwnTeams, 0),
        (Person::SuperAdmin, String::new(), Scope::Company, 2),
        (
            Person::SuperAdmin,
            format!("companyId={}", Person::SagarRep.company()),
            Scope::Company,
            1,
        ),
        (
            Person::SuperAdmin,
            format!("teamId={SAGARS_TEAM}"),
            Scope::Team,
            1,
        ),
    ] {
        let shown = board(person, query.clone()).await;
        assert_eq!(
            (shown.scope, shown.ranked),
            (scope, ranked),
            "{person:?} {query}"
        );
    }
    let shown = board(Person::Rep, String::new()).await;
    assert_eq!(shown.week.as_deref(), Some("2026-11-16"));
    let places: Vec<_> = shown
        .items
        .iter()
        .map(|place| (place.rank, place.tied, place.value, place.is_you))
        .collect();
    assert_eq!(places, [(1, true, 80.0, true), (1, true, 80.0, false)]);
    // Name and one number, nothing else of a colleague.
    let answer = ask(&world, Person::Rep, "/api/analytics/leaderboard").await;
    let json: serde_json::Value = answer.json();
    let keys: Vec<&String> = json["items"][1].as_object().unwrap().keys().collect();
    assert_eq!(
        keys,
        [
            "isYou", "name", "onlyYou", "rank", "tied", "userId", "value"
        ]
    );

    for (person, query) in [
        (Person::Rep, format!("teamId={SAGARS_TEAM}")),
        (
            Person::Rep,
            format!("companyId={}", Person::SagarRep.company()),
        ),
        (Person::Manager, format!("teamId={SAGARS_TEAM}")),
        (
            Person::Manager,
            format!("companyId={}", Person::SagarRep.company()),
        ),
        (Person::OtherManager, format!("teamId={TEAM}")),
        (
            Person::SuperAdmin,
            format!("teamId={TEAM}&companyId={}", Person::SagarRep.company()),
        ),
    ] {
        let path = format!("/api/analytics/leaderboard?{query}");
        assert_eq!(
            ask(&world, person, &path).await.status,
            404,
            "{person:?} {query}"
        );
    }
}

#[tokio::test]
async fn opting_out_hides_from_everybody_else() {
    let world = World::new();
    write(
        &world,
        &[
            past(Person::Rep, 1, 40, 80),
            past(Person::OtherRep, 1, 40, 90),
        ],
    )
    .await;
    let out = Person::OtherRep.id();
    world
        .db
        .script(&format!(
            "UPDATE users SET on_leaderboard = 0 WHERE id = '{out}'"
        ))
        .unwrap();
    for person in [Person::Rep, Person::Manager, Person::SuperAdmin] {
        let answer = ask(&world, person, "/api/analytics/leaderboard").await;
        assert!(!String::from_utf8_lossy(&answer.body).contains(&out.to_string()));
    }
    let own: Leaderboard = read(&ask(&world, Person::OtherRep, "/api/analytics/leaderboard").await);
    assert_eq!((own.items[0].user_id, own.items[0].only_you), (out, true));
}

/// Who may see whose figures: `None` asks without a log-in.
#[tokio::test]
async fn who_may_see_which_figures() {
    use Person::{Manager, OtherManager, OtherRep, Rep, SagarManager, SagarRep, SuperAdmin};
    let world = World::new();
    let rep = |id: &dyn std::fmt::Display| {
        [
            format!("/api/analytics/user/{id}"),
            format!("/api/analytics/progress/{id}"),
        ]
    };
    let team = |id: &dyn std::fmt::Display| [format!("/api/analytics/team/{id}")];
    let company = |id: &dyn std::fmt::Display| [format!("/api/analytics/company/{id}")];
    let missing = Uuid::from_u128(0xDEAD);
    let of_one = |person: Person| Vec::from(rep(&person.id()));
    let reps = [Rep, OtherRep, SagarRep];
    // Each line: paths; who gets 200. Reps get 403 of teams and companies, everyone else 404.
    let table: [(Vec<String>, &[Person], bool); 8] = [
        (of_one(Rep), &[SuperAdmin, Manager, Rep], false),
        (
            of_one(SagarRep),
            &[SuperAdmin, SagarManager, SagarRep],
            false,
        ),
        (rep(&missing).into(), &[], false),
        (rep(&"12").into(), &[], false),
        (team(&TEAM).into(), &[SuperAdmin, Manager], true),
        (team(&missing).into(), &[], true),
        (
            company(&Rep.company()).into(),
            &[SuperAdmin, Manager, OtherManager],
            true,
        ),
        (company(&missing).into(), &[], true),
    ];
    for (paths, allowed, not_for_reps) in table {
        for path in paths {
            assert_eq!(world.call(Call::get(&path)).await.status, 401, "{path}");
            for person in Person::ALL {
                let expected = match person {
                    person if allowed.contains(&person) => 200,
                    person if not_for_reps && reps.contains(&person) => 403,
                    _ => 404,
                };
                let status = ask(&world, person, &path).await.status;
                assert_eq!(status, expected, "{person:?} {path}");
            }
        }
    }
    for path in ["dashboard", "leaderboard", "export"] {
        let path = format!("/api/analytics/{path}");
        assert_eq!(world.call(Call::get(&path)).await.status, 401);
        for person in Person::ALL {
            assert_eq!(
                ask(&world, person, &path).await.status,
                200,
                "{person:?} {path}"
            );
        }
    }
}

/// The lines of an export as a CSV reader gets them.
fn lines(answer: &Answer) -> Vec<csv::StringRecord> {
    assert_eq!(answer.status, 200, "{answer:?}");
    let text = answer.body.strip_prefix("\u{feff}".as_bytes()).unwrap();
    csv::Reader::from_reader(text)
        .records()
        .map(Result::unwrap)
        .collect()
}

#[tokio::test]
async fn the_export_has_a_line_for_each_session_the_asker_may_see() {
    let world = World::new();
    write(
        &world,
        &[
            past(Person::Rep, 3, 40, 80),
            past(Person::OtherRep, 2, 40, 80),
            missed(Person::Rep, 1),
            past(Person::SagarRep, 1, 1, 99),
        ],
    )
    .await;
    let answer = ask(&world, Person::Manager, "/api/analytics/export").await;
    assert_eq!(
        answer.header("content-type"),
        "text/csv; charset=utf-8; header=present"
    );
    assert_eq!(
        answer.header("content-disposition"),
        "attachment; filename=\"sales-captain-sessions-2026-11-20.csv\""
    );
    let all = lines(&answer);
    let emails: Vec<&str> = all.iter().map(|line| &line[3]).collect();
    assert_eq!(
        emails,
        ["rep@troika.test", "otherrep@troika.test", "rep@troika.test"]
    );
    assert_eq!(
        (&all[0][0], &all[0][14], &all[0][15]),
        ("2026-11-17", "40", "80")
    );
    assert_eq!((&all[2][9], &all[2][15]), ("missed", ""));

    let sagar = Person::SagarRep.company();
    for (person, query, count) in [
        (Person::Rep, String::new(), 2),
        (
            Person::OtherRep,
            format!("userId={}", Person::OtherRep.id()),
            1,
        ),
        (Person::Manager, format!("teamId={TEAM}"), 3),
        (Person::Manager, format!("groupId={GROUP}"), 3),
        (Person::Manager, format!("userId={}", Person::Rep.id()), 2),
        (Person::Manager, "from=2026-11-18&to=2026-11-18".into(), 1),
        (Person::Manager, "to=2026-11-17".into(), 1),
        (Person::OtherManager, String::new(), 0),
        (Person::SuperAdmin, String::new(), 3),
        (Person::SuperAdmin, format!("companyId={sagar}"), 1),
        (
            Person::SuperAdmin,
            format!("companyId={sagar}&teamId={SAGARS_TEAM}"),
            1,
        ),
    ] {
        let path = format!("/api/analytics/export?{query}");
        let found = lines(&ask(&world, person, &path).await).len();
        assert_eq!(found, count, "{person:?} {query}");
    }
    for (person, query) in [
        (Person::Rep, format!("userId={}", Person::OtherRep.id())),
        (Person::Rep, format!("teamId={TEAM}")),
        (Person::Rep, format!("groupId={GROUP}")),
        (Person::OtherManager, format!("teamId={TEAM}")),
        (Person::OtherManager, format!("groupId={GROUP}")),
        (Person::OtherManager, format!("userId={}", Person::Rep.id())),
        (Person::SagarManager, format!("userId={}", Person::Rep.id())),
        (Person::Manager, format!("companyId={sagar}")),
        (
            Person::SuperAdmin,
            format!("companyId={sagar}&teamId={TEAM}"),
        ),
    ] {
        let path = format!("/api/analytics/export?{query}");
        let answer = ask(&world, person, &path).await;
        assert_eq!(answer.status, 404, "{person:?} {query}");
    }
}

#[tokio::test]
async fn a_long_export_is_whole_and_no_name_is_a_formula() {
    let world = World::new();
    let rep = Person::Rep.id();
    let name = "UPDATE users SET first_name = '=HYPERLINK(\"http://x\",\"y\")', last_name = 'वर्मा, \"A\"' || char(13, 10) || '@x'";
    world
        .db
        .script(&format!("{name} WHERE id = '{rep}'"))
        .unwrap();
    let sessions: Vec<Past> = (1..=1_203)
        .map(|days| past(Person::Rep, days, 40, 80))
        .collect();
    write(&world, &sessions).await;
    for person in [Person::Rep, Person::Manager] {
        world.token(person).await;
        world.db.take_cost();
        let answer = ask(&world, person, "/api/analytics/export").await;
        // Who asks, which pages: 500, 500 and 203.
        assert!(world.db.take_cost().statements <= 5);
        let all = lines(&answer);
        assert_eq!(all.len(), 1_203);
        let mut ids: Vec<&str> = all.iter().map(|line| &line[27]).collect();
        ids.dedup();
        assert_eq!(ids.len(), 1_203);
        let shown = "\t=HYPERLINK(\"http://x\",\"y\") वर्मा, \"A\"\r\n@x";
        assert!(all.iter().all(|line| &line[2] == shown), "{:?}", &all[0][2]);
    }
}

/// The file is sent as it is read: no page waits for the one after it. What fails on the way cuts the file short, so that
/// nobody takes half of it for the whole, and is reported.
#[tokio::test]
async fn an_export_is_read_as_it_is_sent() {
    let world = World::new();
    let sessions: Vec<Past> = (1..=501)
        .map(|days| past(Person::Rep, days, 40, 80))
        .collect();
    write(&world, &sessions).await;
    let token = world.token(Person::Rep).await;
    let request = Request::get("/api/analytics/export")
        .header("authorization", format!("Bearer {token}"))
        .body(Body::empty())
        .unwrap();
    let response = captain_http::router(world.clone())
        .oneshot(request)
        .await
        .unwrap();
    assert_eq!(response.status(), 200);
    let request_id = response.headers()["x-request-id"]
        .to_str()
        .unwrap()
        .to_owned();
    let mut body = response.into_body().into_data_stream();
    let first = body.next().await.unwrap().unwrap();
    assert_eq!(first.iter().filter(|byte| **byte == b'\n').count(), 501);

    world
        .db
        .script("ALTER TABLE sessions RENAME TO gone")
        .unwrap();
    assert!(body.next().await.unwrap().is_err());
    let faults = world.take_faults();
    assert_eq!(faults.len(), 1);
    assert_eq!(faults[0].request_id, request_id);
    assert!(faults[0].cause.starts_with("the export was cut short"));
}

#[tokio::test]
async fn a_super_admin_is_told_what_the_database_read() {
    let world = World::new();
    let path = "/api/analytics/leaderboard";
    let answer = ask(&world, Person::SuperAdmin, path).await;
    // Who asks, the company's clock, the places.
    let timing = answer.header("server-timing");
    assert!(
        timing.starts_with("db;desc=\"statements=3 rowsRead="),
        "{timing}"
    );
    for person in [Person::Rep, Person::Manager] {
        assert_eq!(ask(&world, person, path).await.header("server-timing"), "");
    }
}

/// The whole call, from the log-in's check on: a thousand past sessions or twenty thousand, it costs the same. The store's own
/// tests go to a hundred thousand.
#[tokio::test]
async fn no_call_costs_more_with_history() {
    async fn costs(days: u64) -> Vec<(String, u64, u64)> {
        let world = World::new();
        let (first, last) = (world.now() - days * DAY, world.now() - DAY);
        for (rep, team) in [
            (Person::Rep, TEAM),
            (Person::OtherRep, TEAM),
            (Person::SagarRep, SAGARS_TEAM),
        ] {
            let (company, user) = (rep.company(), rep.id());
            let (low, high) = user.0.as_u64_pair();
            let place = low.wrapping_add(high) & 0xFFF;
            world
                .db
                .script(&format!(
                    "INSERT INTO sessions (id, company_id, user_id, team_id, scenario_id, day, status, slot_at, opens_at, closes_at,
                         utc_offset_minutes, started_at, ended_at, scenario_version_id, rubric_hash, prompt_version, model, score,
                         first_score, confidence, duration_seconds, coach_notes, last_event_id, created_at, updated_at)
                     WITH RECURSIVE n(at) AS (SELECT {first} UNION ALL SELECT at + {DAY} FROM n WHERE at < {last})
                     SELECT printf('%08x-%04x-7000-8000-%012x', at / {DAY}, {place}, at), '{company}', '{user}', '{team}', '{SCENARIO}', 1,
                         'completed', at, at, at + 1, 330, at, at, '{VERSION}', '', '', '', 60, 50, 60, 300, '', 1, 0, 0 FROM n"
                ))
                .unwrap();
        }
        world.db.batch(rollups::rebuild()).await.unwrap();
        let (rep, company) = (Person::Rep.id(), Person::Rep.company());
        let mut costs = Vec::new();
        let mut calls = vec![
            (Person::Rep, "/api/sessions/today".to_owned()),
            (Person::Rep, format!("/api/analytics/user/{rep}")),
            (Person::Rep, format!("/api/analytics/progress/{rep}")),
            (Person::Manager, format!("/api/analytics/team/{TEAM}")),
            (Person::Manager, format!("/api/analytics/company/{company}")),
        ];
        for person in [Person::Rep, Person::Manager, Person::SuperAdmin] {
            for path in [
                "analytics/dashboard",
                "analytics/export?from=2026-11-01",
                "sessions",
                "sessions/upcoming",
            ] {
                calls.push((person, format!("/api/{path}")));
            }
            for period in ["week", "all"] {
                for by in ["score", "practice", "improvement"] {
                    let path = format!("/api/analytics/leaderboard?period={period}&by={by}");
                    calls.push((person, path));
                }
            }
        }
        for (person, path) in calls {
            world.token(person).await;
            world.db.take_cost();
            let answer = ask(&world, person, &path).await;
            assert_eq!(answer.status, 200, "{path} {answer:?}");
            let cost = world.db.take_cost();
            costs.push((format!("{person:?} {path}"), cost.statements, cost.steps));
        }
        costs
    }
    assert_eq!(costs(334).await, costs(6_667).await);
}
