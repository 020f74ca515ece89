//! What is written when a session is completed.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing
)]

mod world;

use domain::ids::SessionId;
use domain::session::{LiveSession, MessageKind, Speaker, Status};
use store::sessions::{self, FinishedSession};
use store::sqlite::Sqlite;
use store::{Db, FromRow, Statement, rollups};
use world::*;

fn finished(live: &LiveSession) -> FinishedSession {
    FinishedSession::of(live, "Calmer than before.").unwrap()
}

/// All rows that belong to sessions, as text.
fn rows(db: &Sqlite) -> Vec<String> {
    #[derive(FromRow)]
    struct Row {
        row: String,
    }
    const ALL: [&str; 9] = [
        "SELECT json_array(id, status, score, version, ended_at) AS row FROM sessions ORDER BY id",
        "SELECT json_array(session_id, position, id, content, status) AS row FROM messages ORDER BY session_id, position",
        "SELECT json_array(session_id, message_id, number, score) AS row FROM verdicts ORDER BY session_id, message_id",
        "SELECT json_array(session_id, drill_index, final_message_id) AS row FROM session_drills ORDER BY session_id, drill_index",
        "SELECT json_array(user_id, completed, missed, late, days_completed, streak, score_avg, last_ended_at) AS row FROM rep_rollups",
        "SELECT json_array(user_id, week, completed, missed, score_avg) AS row FROM rep_week_rollups ORDER BY user_id, week",
        "SELECT json_array(user_id, scenario_id, completed, missed, best_score) AS row FROM rep_scenario_rollups ORDER BY user_id, scenario_id",
        "SELECT json_array(company_id, team_id, date, day, completed, missed, score_sum) AS row FROM team_day_rollups ORDER BY 1",
        "SELECT json_array(company_id, date, day, completed, missed, score_sum) AS row FROM company_day_rollups ORDER BY 1",
    ];
    ALL.into_iter()
        .flat_map(|sql| now(db.all::<Row>(Statement::new(sql))).unwrap())
        .map(|row| row.row)
        .collect()
}

#[test]
fn a_session_that_is_not_completed_has_nothing_to_write() {
    assert!(FinishedSession::of(&LiveSession::default(), "").is_none());
}

#[test]
fn the_stored_result_and_chat_are_those_of_the_session() {
    let db = world();
    schedule(&db, id(1), rep(), 1, 0);
    now(sessions::mark_started(&db, company(), id(1), SLOT, false)).unwrap();
    let live = practised(id(1), rep(), 1, 40, 75, SLOT);
    assert!(now(sessions::finish(&db, &finished(&live))).unwrap());

    let result = now(sessions::result(&db, company(), id(1)))
        .unwrap()
        .unwrap();
    assert_eq!(result.outcome, live.outcome().unwrap());
    assert_eq!(
        (result.user, result.day, result.theme.as_str()),
        (rep(), 1, "Small pack")
    );
    assert_eq!(result.coach_notes, "Calmer than before.");
    assert_eq!(result.manager_notes, None);
    assert_eq!(
        (result.started_at, Some(result.ended_at)),
        (SLOT, live.ended_at())
    );
    assert_eq!((result.late, result.model.as_str()), (false, "builtin"));
    assert_eq!(result.voice_drill.text, "Say it");

    let chat = now(sessions::transcript(&db, company(), id(1))).unwrap();
    assert_eq!(chat.len(), live.messages().len());
    for (stored, said) in chat.iter().zip(live.messages()) {
        assert_eq!(
            (stored.id, stored.turn, &stored.request),
            (said.id, said.turn, &said.request)
        );
        assert_eq!(
            (stored.speaker, stored.kind, stored.drill_index),
            (said.speaker, said.kind, said.drill)
        );
        assert_eq!(
            (&stored.content, stored.status, stored.created_at),
            (&said.text, said.status, said.at)
        );
        assert_eq!(
            (&stored.verdict, &stored.improved),
            (&said.verdict, &said.improved)
        );
    }
    assert!(
        chat.iter()
            .any(|row| row.speaker == Speaker::Coach && row.kind == MessageKind::Correction)
    );

    let row = now(sessions::find(&db, company(), id(1))).unwrap().unwrap();
    assert_eq!(
        (row.status, row.score, row.last_event_id),
        (Status::Completed, Some(75), Some(live.last_seq()))
    );

    for (number, text) in [(1, "Good."), (2, "Slower next time.")] {
        db.script(&format!(
            "INSERT INTO manager_notes (id, company_id, session_id, author_id, text, created_at, updated_at)
             VALUES ('{number}', '{}', '{}', '{}', '{text}', {number}, 0)",
            company(), id::<SessionId>(1), manager()
        ))
        .unwrap();
    }
    let result = now(sessions::result(&db, company(), id(1)))
        .unwrap()
        .unwrap();
    assert_eq!(
        result.manager_notes.as_deref(),
        Some("Good.\n\nSlower next time.")
    );
}

#[test]
fn twice_is_once() {
    let db = world();
    schedule(&db, id(1), rep(), 1, 0);
    let live = practised(id(1), rep(), 1, 40, 75, SLOT);
    assert!(now(sessions::finish(&db, &finished(&live))).unwrap());
    let before = rows(&db);
    for _ in 0..3 {
        assert!(!now(sessions::finish(&db, &finished(&live))).unwrap());
    }
    assert_eq!(rows(&db), before);
}

#[test]
fn a_start_that_was_never_marked_does_not_lose_the_session() {
    let db = world();
    for (number, status) in [(1, "scheduled"), (2, "missed")] {
        schedule(&db, id(number), rep(), 1, i64::try_from(number).unwrap());
        db.script(&format!(
            "UPDATE sessions SET status = '{status}' WHERE id = '{}'",
            id::<SessionId>(number)
        ))
        .unwrap();
        let live = practised(id(number), rep(), 1, 40, 75, SLOT);
        assert!(
            now(sessions::finish(&db, &finished(&live))).unwrap(),
            "{status}"
        );
    }
    assert_eq!(
        count(
            &db,
            "SELECT count(*) AS n FROM sessions WHERE status = 'completed' AND started_at IS NOT NULL"
        ),
        2
    );
}

#[test]
fn a_session_that_was_deleted_meanwhile_stays_deleted() {
    let db = world();
    let live = practised(id(1), rep(), 1, 40, 75, SLOT);
    assert!(!now(sessions::finish(&db, &finished(&live))).unwrap());
    assert!(rows(&db).is_empty());
    // Another company's row of the same id is not touched either.
    schedule(&db, id(1), other_rep(), 1, 0);
    assert!(!now(sessions::finish(&db, &finished(&live))).unwrap());
    assert_eq!(count(&db, "SELECT count(*) AS n FROM messages"), 0);
}

#[test]
fn roll_ups_are_what_a_recomputation_gives() {
    let db = world();
    let plan = [
        (rep(), 1, 0, 40, 60),
        (rep(), 2, 1, 50, 70),
        (rep(), 3, 5, 60, 90),
        (rep(), 1, 9, 70, 95),
        (second_rep(), 1, 0, 20, 30),
        (loner(), 1, 0, 80, 85),
        (other_rep(), 1, 0, 10, 50),
    ];
    for (number, (user, day, days, first, last)) in (1..).zip(plan) {
        schedule(&db, id(number), user, day, days);
        let at = SLOT
            .checked_add_signed(days * i64::try_from(DAY).unwrap())
            .unwrap();
        let live = practised(id(number), user, day, first, last, at);
        assert!(now(sessions::finish(&db, &finished(&live))).unwrap());
    }
    // One that is missed, rolled up as cron will do it.
    schedule(&db, id(20), second_rep(), 2, 1);
    let missed: SessionId = id(20);
    db.script(&format!(
        "UPDATE sessions SET status = 'missed' WHERE id = '{missed}'"
    ))
    .unwrap();
    now(db.batch(rollups::after(company(), missed))).unwrap();
    // And one that is only scheduled.
    schedule(&db, id(21), loner(), 2, 1);

    let before = rows(&db);
    now(db.batch(rollups::rebuild())).unwrap();
    assert_eq!(rows(&db), before);

    // 25 November 2026 is a Wednesday: day 1 and 2 fall in one week, the rest in the next.
    assert_eq!(count(&db, "SELECT count(*) AS n FROM rep_week_rollups"), 5);
    assert_eq!(
        count(
            &db,
            "SELECT completed AS n FROM rep_week_rollups WHERE week = '2026-11-23' ORDER BY completed DESC"
        ),
        2
    );
    assert_eq!(
        count(
            &db,
            "SELECT score_sum AS n FROM company_day_rollups WHERE date = '2026-11-25' ORDER BY n DESC"
        ),
        60 + 30 + 85
    );
    assert_eq!(
        count(
            &db,
            "SELECT missed AS n FROM company_day_rollups WHERE date = '2026-11-26'"
        ),
        1
    );
    assert_eq!(
        count(
            &db,
            "SELECT CAST(early_first_score_avg AS INTEGER) AS n FROM rep_rollups ORDER BY completed DESC"
        ),
        55
    );
}

#[test]
fn a_long_session_fits_into_the_limits_of_a_statement() {
    let db = world();
    schedule(&db, id(1), rep(), 1, 0);
    let live = practised(id(1), rep(), 1, 40, 75, SLOT);
    for statement in finished(&live).statements() {
        assert!(statement.values.len() <= 100);
    }
}
