//! Free practice: what may be practised again, and that the programme does not feel it.

use crate::world::{Days, HOUR, Person, World};
use contract::analytics::{Leaderboard, UserAnalytics};
use contract::problem::Code;
use contract::session::{Session, Today};
use domain::ids::{ScenarioId, SessionId};
use domain::session::{SessionKind, Status};
use serde_json::json;
use store::{Db, FromRow, Statement, rollups};

/// All roll-ups that are figures of the programme, whole.
const PROGRAMME: &str = "
    SELECT line FROM (
        SELECT json_array(user_id, completed, missed, late, days_completed, streak, practice_seconds, best_score, score_avg,
            first_score_avg, early_first_score_avg, recent_first_score_avg, confidence_avg, closing_avg, last_ended_at) AS line
            FROM rep_rollups
        UNION ALL SELECT json_array(user_id, week, completed, missed, score_avg, first_score_avg) FROM rep_week_rollups
        UNION ALL SELECT json_array(user_id, scenario_id, completed, missed, score_avg, first_score_avg) FROM rep_scenario_rollups
        UNION ALL SELECT json_array(team_id, date, day, completed, missed, score_sum, practice_seconds) FROM team_day_rollups
        UNION ALL SELECT json_array(company_id, date, day, completed, missed, score_sum) FROM company_day_rollups)
    ORDER BY line";

/// What free practice moves.
const ATTEMPTS: &str = "SELECT json_array(user_id, practised, best_score, last_ended_at) AS line FROM rep_scenario_rollups ORDER BY line";

async fn lines(world: &World, sql: &'static str) -> Vec<String> {
    #[derive(FromRow)]
    struct Row {
        line: String,
    }
    let rows: Vec<Row> = world.db.all(Statement::new(sql)).await.unwrap();
    rows.into_iter().map(|row| row.line).collect()
}

async fn scenario_of(world: &World, session: SessionId) -> ScenarioId {
    let path = format!("/api/sessions/{session}");
    let session: Session = world.get_as(Person::Rep, &path).await.json();
    session.scenario_id
}

async fn today(world: &World) -> Today {
    world
        .get_as(Person::Rep, "/api/sessions/today")
        .await
        .json()
}

fn form(scenario: ScenarioId) -> serde_json::Value {
    json!({"scenarioId": scenario})
}

const PATH: &str = "/api/sessions/practice";

#[tokio::test]
async fn a_day_opens_once_it_was_completed() {
    let world = World::new();
    let session = world.schedule(Person::Rep, Days::Open);
    let scenario = scenario_of(&world, session).await;
    let locked = world.post_as(Person::Rep, PATH, form(scenario)).await;
    let problem = locked.problem(Code::DayLocked);
    assert!(problem.detail.contains("Day 1"), "{}", problem.detail);

    world.complete(Person::Rep, session).await;
    let begun = world.post_as(Person::Rep, PATH, form(scenario)).await;
    assert_eq!(begun.status, 201);
    let practice: Session = begun.json();
    assert_eq!(
        (practice.kind, practice.status, practice.day),
        (SessionKind::Practice, Status::InProgress, 1)
    );
    assert!(!practice.late);

    // A second press, or another device, goes on with it.
    let again = world.post_as(Person::Rep, PATH, form(scenario)).await;
    assert_eq!(
        (again.status, again.json::<Session>().id),
        (200, practice.id)
    );
    let nobodys = world
        .post_as(Person::Rep, PATH, json!({"scenarioId": practice.id}))
        .await;
    assert_eq!(nobodys.problem(Code::Invalid).errors[0].field, "scenarioId");
    let manager = world.post_as(Person::Manager, PATH, form(scenario)).await;
    manager.problem(Code::Forbidden);
}

#[tokio::test]
async fn the_programme_does_not_feel_it() {
    let world = World::new();
    let session = world.schedule(Person::Rep, Days::Open);
    world.complete(Person::Rep, session).await;
    let scenario = scenario_of(&world, session).await;
    let (before, attempts) = (
        lines(&world, PROGRAMME).await,
        lines(&world, ATTEMPTS).await,
    );
    world.pass(HOUR);

    let begun = world.post_as(Person::Rep, PATH, form(scenario)).await;
    let practice: Session = begun.json();
    world.complete(Person::Rep, practice.id).await;

    assert_eq!(lines(&world, PROGRAMME).await, before);
    assert_ne!(lines(&world, ATTEMPTS).await, attempts);
    let (rolled, counted) = (
        lines(&world, PROGRAMME).await,
        lines(&world, ATTEMPTS).await,
    );
    world.db.batch(rollups::rebuild()).await.unwrap();
    assert_eq!(lines(&world, PROGRAMME).await, rolled, "anew is the same");
    assert_eq!(lines(&world, ATTEMPTS).await, counted, "anew is the same");

    let shown = today(&world).await;
    assert_eq!(
        (shown.progress.days_completed, shown.progress.streak),
        (1, 1)
    );
    let trend: Vec<SessionId> = shown
        .progress
        .recent
        .iter()
        .map(|one| one.session_id)
        .collect();
    assert_eq!(trend, [session], "the trend is of the programme");
    let ids: Vec<SessionId> = shown.items.iter().map(|one| one.id).collect();
    assert_eq!(ids, [session, practice.id], "both were done today");

    let rep = Person::Rep.id();
    let figures: UserAnalytics = world
        .get_as(Person::Rep, &format!("/api/analytics/user/{rep}"))
        .await
        .json();
    assert_eq!(figures.metrics.figures.figures.completed_sessions, 1);
    let made = &figures.metrics.scenario_performance[0];
    assert_eq!(
        (made.attempts, made.practised, made.best_score),
        (2, 1, Some(80))
    );
    assert!(made.last_practised_at > Some(shown.now - HOUR));
    assert_eq!(figures.progress_by_day[0].completed, 1);
    let board: Leaderboard = world
        .get_as(
            Person::Rep,
            "/api/analytics/leaderboard?by=practice&period=all",
        )
        .await
        .json();
    assert_eq!(board.items[0].value, 1.0);
}

#[tokio::test]
async fn what_waits_at_its_slot_comes_first_and_what_was_left_standing_waits_in_the_library() {
    let world = World::new();
    let done = world.schedule(Person::Rep, Days::Open);
    world.complete(Person::Rep, done).await;
    let scenario = scenario_of(&world, done).await;
    let begun = world.post_as(Person::Rep, PATH, form(scenario)).await;
    let practice: Session = begun.json();
    world.start(Person::Rep, practice.id).await;
    let soon = world.schedule(Person::Rep, Days::Soon);
    let ids: Vec<SessionId> = today(&world).await.items.iter().map(|one| one.id).collect();
    assert_eq!(ids, [soon, practice.id, done]);

    // Tomorrow it is not the first thing to see; it goes on where it stands.
    world.pass(24 * HOUR);
    let ids: Vec<SessionId> = today(&world).await.items.iter().map(|one| one.id).collect();
    assert!(!ids.contains(&practice.id), "{ids:?}");
    let again = world.post_as(Person::Rep, PATH, form(scenario)).await;
    assert_eq!(
        (again.status, again.json::<Session>().id),
        (200, practice.id)
    );
}
