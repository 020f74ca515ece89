//! Today, one session, its result.

use crate::world::{Call, DAY, Days, HOUR, Person, World};
use captain_http::live::LiveAddress;
use contract::problem::Code;
use contract::session::{Session, SessionResult, Today};
use domain::ids::SessionId;
use domain::session::{Status, Step};
use std::sync::atomic::Ordering;

async fn today(world: &World, person: Person) -> Today {
    let token = world.token(person).await;
    world
        .call(Call::get("/api/sessions/today").bearer(&token))
        .await
        .json()
}

async fn one(world: &World, id: SessionId) -> Session {
    let token = world.token(Person::Rep).await;
    let path = format!("/api/sessions/{id}");
    world.call(Call::get(&path).bearer(&token)).await.json()
}

#[tokio::test]
async fn today_shows_what_can_be_practised() {
    let world = World::new();
    let open = world.schedule(Person::Rep, Days::Open);
    let soon = world.schedule(Person::Rep, Days::Soon);
    world.schedule(Person::Rep, Days::Over);
    world.schedule(Person::Rep, Days::Tomorrow);
    world.schedule(Person::OtherRep, Days::Open);

    let shown = today(&world, Person::Rep).await;
    let ids: Vec<SessionId> = shown.items.iter().map(|session| session.id).collect();
    assert_eq!(ids, [open, soon]);
    assert_eq!(shown.now, world.now());
    assert_eq!(
        (shown.progress.days_completed, shown.progress.days_total),
        (0, 10)
    );
    let session = &shown.items[0];
    assert_eq!(
        (session.status, session.step, session.score),
        (Status::Scheduled, None, None)
    );
    assert_eq!(
        (session.user_id, session.day, session.theme.as_str()),
        (Person::Rep.id(), 1, "Small pack")
    );
    let customers: Vec<&str> = session
        .drills
        .iter()
        .map(|drill| drill.title.as_str())
        .collect();
    assert_eq!(customers, ["Drill 0", "Drill 1"]);
}

#[tokio::test]
async fn today_never_tells_an_answer_or_an_opening() {
    let world = World::new();
    world.schedule(Person::Rep, Days::Open);
    let token = world.token(Person::Rep).await;
    let answer = world
        .call(Call::get("/api/sessions/today").bearer(&token))
        .await;
    let text = String::from_utf8_lossy(&answer.body);
    for secret in ["Ideal", "Objection 0", "signals", "advice"] {
        assert!(!text.contains(secret), "{secret} in {text}");
    }
}

#[tokio::test]
async fn a_running_session_shows_its_step() {
    let world = World::new();
    let id = world.schedule(Person::Rep, Days::Open);
    world.start(Person::Rep, id).await;
    let shown = today(&world, Person::Rep).await;
    assert_eq!(shown.items[0].status, Status::InProgress);
    assert_eq!(shown.items[0].step, Some(Step::SalespersonResponse));
    let token = world.token(Person::Rep).await;
    world.send(&token, id, "r1", "Namaste").await;
    assert_eq!(one(&world, id).await.step, Some(Step::SalespersonRepeat));
}

#[tokio::test]
async fn a_finished_session_stays_until_the_day_is_over() {
    let world = World::new();
    let id = world.schedule(Person::Rep, Days::Open);
    world.complete(Person::Rep, id).await;
    let shown = today(&world, Person::Rep).await;
    assert_eq!(shown.items.len(), 1);
    let session = &shown.items[0];
    assert_eq!((session.status, session.step), (Status::Completed, None));
    assert_eq!((session.first_score, session.score), (Some(40), Some(80)));
    assert_eq!(shown.progress.days_completed, 1);
    assert_eq!(shown.progress.recent.len(), 1);
    assert_eq!(
        (
            shown.progress.recent[0].first_score,
            shown.progress.recent[0].score
        ),
        (40, 80)
    );

    // It is past 11:00 AM in India; midnight is 13 hours away.
    world.pass(12 * HOUR);
    assert_eq!(today(&world, Person::Rep).await.items.len(), 1);
    world.pass(HOUR);
    assert_eq!(today(&world, Person::Rep).await.items.len(), 0);
}

#[tokio::test]
async fn a_session_that_the_database_has_not_got_yet_is_completed_all_the_same() {
    let world = World::new();
    let id = world.schedule(Person::Rep, Days::Open);
    world.practise_all(Person::Rep, id).await;
    let session = one(&world, id).await;
    assert_eq!(
        (session.status, session.step, session.score),
        (Status::Completed, None, None)
    );
}

#[tokio::test]
async fn a_result_is_the_same_from_the_object_and_from_the_database() {
    let world = World::new();
    let id = world.schedule(Person::Rep, Days::Open);
    world.practise_all(Person::Rep, id).await;
    let path = format!("/api/sessions/{id}/result");
    let token = world.token(Person::Rep).await;
    let result = || world.call(Call::get(&path).bearer(&token));
    let before: SessionResult = result().await.json();
    world.settle(Person::Rep, id).await;
    let after: SessionResult = result().await.json();
    assert_eq!(before, after);
    assert_eq!((after.first_score, after.score), (40, 80));
    let texts: Vec<(&str, &str, &str)> = after
        .verdicts
        .iter()
        .map(|drill| {
            (
                drill.initial_response.as_str(),
                drill.final_response.as_str(),
                drill.ideal_response.as_str(),
            )
        })
        .collect();
    assert_eq!(
        texts,
        [
            ("First 0", "Again 0", "Ideal"),
            ("First 1", "Again 1", "Ideal")
        ]
    );
}

#[tokio::test]
async fn a_result_is_found_while_the_session_settles() {
    let world = World::new();
    let id = world.schedule(Person::Rep, Days::Open);
    world.practise_all(Person::Rep, id).await;
    *world.objects.just_settled.lock().unwrap() = Some(world.db.clone());
    let token = world.token(Person::Rep).await;
    let path = format!("/api/sessions/{id}/result");
    let result: SessionResult = world.call(Call::get(&path).bearer(&token)).await.json();
    assert_eq!(result.score, 80);
}

#[tokio::test]
async fn a_managers_note_shows_while_the_object_still_keeps_its_log() {
    let world = World::new();
    let id = world.schedule(Person::Rep, Days::Open);
    world.practise_all(Person::Rep, id).await;
    let company = Person::Rep.company();
    let at = LiveAddress {
        company,
        session: id,
    };
    world.objects.hand_over(at, &world.db).await;
    let author = Person::Manager.id();
    world
        .db
        .script(&format!(
            "INSERT INTO manager_notes (id, company_id, session_id, author_id, text, created_at, updated_at)
             VALUES ('{id}', '{company}', '{id}', '{author}', 'Shabash', 0, 0)"
        ))
        .unwrap();
    let token = world.token(Person::Rep).await;
    let shown = Call::get(&format!("/api/sessions/{id}/result")).bearer(&token);
    let shown: SessionResult = world.call(shown).await.json();
    let ended = Call::post(&format!("/api/chat/{id}/end")).bearer(&token);
    let ended: SessionResult = world.call(ended).await.json();
    assert_eq!(shown.manager_notes.as_deref(), Some("Shabash"));
    assert_eq!(ended, shown);
}

#[tokio::test]
async fn looking_for_a_result_ends_nothing() {
    let world = World::new();
    let id = world.schedule(Person::Rep, Days::Open);
    let token = world.token(Person::Rep).await;
    let path = format!("/api/sessions/{id}/result");
    let result = || world.call(Call::get(&path).bearer(&token));
    result().await.problem(Code::NotStarted);
    world.start(Person::Rep, id).await;
    result().await.problem(Code::DrillsRemaining);
    // All is done but the end: that is the rep's to say.
    world.practise_all_but_the_end(Person::Rep, id).await;
    result().await.problem(Code::DrillsRemaining);
    assert_eq!(one(&world, id).await.status, Status::InProgress);
}

#[tokio::test]
async fn a_missed_session_has_no_result() {
    let world = World::new();
    let id = world.schedule(Person::Rep, Days::Over);
    world
        .db
        .script("UPDATE sessions SET status = 'missed'")
        .unwrap();
    let token = world.token(Person::Rep).await;
    let path = format!("/api/sessions/{id}/result");
    let problem = world
        .call(Call::get(&path).bearer(&token))
        .await
        .problem(Code::WindowClosed);
    assert!(problem.detail.starts_with("This session was missed."));
    assert_eq!(one(&world, id).await.status, Status::Missed);
}

#[tokio::test]
async fn today_costs_the_same_with_a_long_history() {
    let world = World::new();
    let id = world.schedule(Person::Rep, Days::Open);
    world.complete(Person::Rep, id).await;
    let token = world.token(Person::Rep).await;
    let cost = || async {
        world.db.take_cost();
        world
            .call(Call::get("/api/sessions/today").bearer(&token))
            .await;
        world.db.take_cost()
    };
    let short = cost().await;
    for past in 1..400_u64 {
        let at = world.now() - past * DAY;
        let copy = uuid::Uuid::from_u128(u128::from(past) << 64);
        world
            .db
            .script(&format!(
                "INSERT INTO sessions (id, company_id, user_id, scenario_id, day, status, slot_at, opens_at, closes_at, utc_offset_minutes,
                     started_at, ended_at, late, scenario_version_id, rubric_hash, prompt_version, model, score, first_score, duration_seconds,
                     coach_notes, last_event_id, created_at, updated_at)
                 SELECT '{copy}', company_id, user_id, scenario_id, day, status, {at}, {at}, {at} + 1, utc_offset_minutes,
                     {at}, {at}, late, scenario_version_id, rubric_hash, prompt_version, model, score, first_score, duration_seconds,
                     coach_notes, last_event_id, created_at, updated_at FROM sessions WHERE id = '{id}'"
            ))
            .unwrap();
    }
    let long = cost().await;
    assert_eq!(short.statements, long.statements);
    assert_eq!(long.scanned, short.scanned);
    // Nine more sessions in the trend, and nothing for the four hundred behind them.
    assert!(long.steps < short.steps + 1_500, "{short:?} {long:?}");
}

#[tokio::test]
async fn an_object_that_is_down_is_said_so() {
    let world = World::new();
    let id = world.schedule(Person::Rep, Days::Open);
    world.start(Person::Rep, id).await;
    let token = world.token(Person::Rep).await;
    world.objects.down.store(true, Ordering::SeqCst);
    let path = format!("/api/sessions/{id}/result");
    let answer = world
        .call_even_if_it_fails(Call::get(&path).bearer(&token))
        .await;
    answer.problem(Code::Unavailable);
    // A list is worth having without the step.
    let session = one(&world, id).await;
    assert_eq!((session.status, session.step), (Status::InProgress, None));
    assert!(!String::from_utf8_lossy(&answer.body).contains("secret"));
    assert_eq!(world.take_faults().len(), 1);
}
