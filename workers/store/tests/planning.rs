//! Lists of sessions, their schedule, notes and overrides: by tenant, by index, at a cost that history does not raise.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing
)]

mod world;

use domain::ids::{CompanyId, SessionId, UserId};
use domain::session::Status;
use domain::slot::Window;
use store::DbError;
use store::audit::Change;
use store::sessions::{
    self, Filter, FinishedSession, NewOverride, NewSession, Place, Planned, Reps,
};
use store::sqlite::{Cost, Sqlite};
use uuid::Uuid;
use world::*;

fn change(number: u128) -> Change {
    Change {
        id: Uuid::from_u128(0xC000 + number),
        company: company(),
        actor: Some(manager()),
        action: "session.scheduled",
        subject: "session",
        subject_id: Uuid::nil(),
        before: None,
        after: None,
        request: None,
        at: 5,
    }
}

fn planned(slot_at: u64) -> Planned {
    Planned {
        scenario: scenario(1),
        day: 1,
        window: Window::around(slot_at, 60),
        utc_offset_minutes: 330,
        now: 1,
    }
}

fn new(session: u128, company: CompanyId, rep: UserId, slot_at: u64) -> NewSession {
    NewSession {
        id: id(session),
        company,
        rep,
        planned: planned(slot_at),
    }
}

fn listed(db: &Sqlite, company: CompanyId, reps: Reps, filter: Filter) -> Vec<SessionId> {
    let rows = now(sessions::list(db, company, reps, filter, None, 50)).unwrap();
    rows.into_iter().map(|row| row.id).collect()
}

/// Sessions of three reps and of the other company, on days of their own.
fn some(db: &Sqlite) {
    for (number, rep, days) in [
        (1, rep(), 0),
        (2, rep(), 1),
        (3, second_rep(), 0),
        (4, loner(), 2),
        (5, other_rep(), 0),
    ] {
        schedule(db, id(number), rep, 1, days);
    }
}

#[test]
fn everybody_lists_their_own() {
    let db = world();
    some(&db);
    let all = |company, reps| listed(&db, company, reps, Filter::default());
    let ids = |numbers: &[u128]| numbers.iter().map(|n| id(*n)).collect::<Vec<SessionId>>();
    assert_eq!(all(company(), Reps::One(rep())), ids(&[2, 1]));
    assert_eq!(all(company(), Reps::LedBy(manager())), ids(&[2, 3, 1]));
    assert_eq!(all(company(), Reps::All), ids(&[4, 2, 3, 1]));
    assert_eq!(all(other_company(), Reps::All), ids(&[5]));
    assert_eq!(all(other_company(), Reps::One(rep())), ids(&[]));
    assert_eq!(all(other_company(), Reps::LedBy(manager())), ids(&[]));
    assert_eq!(all(company(), Reps::LedBy(other_manager())), ids(&[]));

    let soon = |reps, at| {
        let rows = now(sessions::upcoming(&db, company(), reps, at, None, 50)).unwrap();
        rows.into_iter().map(|row| row.id).collect::<Vec<_>>()
    };
    assert_eq!(soon(Reps::LedBy(manager()), SLOT), ids(&[1, 3, 2]));
    assert_eq!(soon(Reps::All, SLOT + DAY), ids(&[2, 4]));
    assert_eq!(soon(Reps::One(loner()), SLOT + 3 * DAY), ids(&[]));
}

#[test]
fn filters_hold_together_and_pages_hold_everything_once() {
    let db = world();
    some(&db);
    let count = |filter| listed(&db, company(), Reps::All, filter).len();
    let none = Filter::default();
    assert_eq!(
        count(Filter {
            team: Some(team()),
            ..none
        }),
        3
    );
    assert_eq!(
        count(Filter {
            group: Some(group()),
            to: Some(SLOT + 1),
            ..none
        }),
        2
    );
    assert_eq!(
        count(Filter {
            from: Some(SLOT + 1),
            ..none
        }),
        2
    );
    assert_eq!(
        count(Filter {
            status: Some(Status::Missed),
            ..none
        }),
        0
    );
    assert_eq!(
        count(Filter {
            day: Some(1),
            ..none
        }),
        4
    );
    let whole = listed(&db, company(), Reps::All, none);
    for limit in 1..=4 {
        let (mut seen, mut after) = (Vec::new(), None);
        loop {
            let page = now(sessions::list(
                &db,
                company(),
                Reps::All,
                none,
                after,
                limit,
            ))
            .unwrap();
            let Some(last) = page.last() else { break };
            after = Some(Place::of(last));
            seen.extend(page.iter().map(|row| row.id));
        }
        assert_eq!(seen, whole);
        let (mut seen, mut after) = (Vec::new(), None);
        loop {
            let page = sessions::upcoming(&db, company(), Reps::All, SLOT, after, limit);
            let page = now(page).unwrap();
            let Some(last) = page.last() else { break };
            after = Some(Place::of(last));
            seen.extend(page.iter().map(|row| row.id));
        }
        assert_eq!(seen.len(), 4);
    }
}

#[test]
fn a_session_is_scheduled_moved_and_taken_back() {
    let db = world();
    let schedule = |new: &NewSession, n| now(sessions::schedule(&db, new, &change(n)));
    let reps = |company, rep| now(sessions::schedulable(&db, company, rep)).unwrap();
    assert_eq!(
        reps(company(), rep()).unwrap().zone.as_deref(),
        Some("Asia/Kolkata")
    );
    assert_eq!(reps(company(), loner()).unwrap().zone, None);
    assert_eq!(reps(company(), manager()), None);
    assert_eq!(reps(other_company(), rep()), None);

    assert_eq!(schedule(&new(1, company(), rep(), SLOT), 1), Ok(true));
    assert_eq!(schedule(&new(2, company(), rep(), SLOT + DAY), 2), Ok(true));
    assert!(matches!(
        schedule(&new(3, company(), rep(), SLOT), 3),
        Err(DbError::Exists(_))
    ));
    assert_eq!(
        schedule(&new(4, other_company(), rep(), SLOT), 4),
        Ok(false)
    );
    assert_eq!(schedule(&new(5, company(), manager(), SLOT), 5), Ok(false));
    assert_eq!(
        count(
            &db,
            "SELECT count(*) AS n FROM sessions WHERE team_id IS NOT NULL"
        ),
        2
    );

    let move_to = |company, version, slot_at, n| {
        let planned = planned(slot_at);
        now(sessions::reschedule(
            &db,
            company,
            id(1),
            version,
            &planned,
            &change(n),
        ))
    };
    assert_eq!(move_to(company(), 1, SLOT + 60_000, 6), Ok(true));
    assert_eq!(move_to(company(), 1, SLOT, 7), Ok(false));
    assert_eq!(move_to(other_company(), 2, SLOT, 8), Ok(false));
    assert!(matches!(
        move_to(company(), 2, SLOT + DAY, 9),
        Err(DbError::Exists(_))
    ));
    now(sessions::mark_started(&db, company(), id(2), SLOT, false)).unwrap();
    let take_back =
        |company, session, n| now(sessions::unschedule(&db, company, id(session), &change(n)));
    assert_eq!(take_back(other_company(), 1, 10), Ok(false));
    assert_eq!(take_back(company(), 2, 11), Ok(false));
    assert_eq!(take_back(company(), 1, 12), Ok(true));
    // Of each change that was made, one entry; of each that was not, none.
    assert_eq!(count(&db, "SELECT count(*) AS n FROM audit_log"), 4);
}

fn complete(db: &Sqlite, session: u128, rep: UserId) {
    let live = practised(id(session), rep, 1, 40, 70, SLOT);
    assert!(
        now(sessions::finish(
            db,
            &FinishedSession::of(&live, "").unwrap()
        ))
        .unwrap()
    );
}

fn override_of(session: u128, company: CompanyId, score: u8, now: u64) -> NewOverride {
    NewOverride {
        session: id(session),
        company,
        drill: "drill_1".into(),
        score,
        reason: "Better than that".into(),
        by: manager(),
        now,
    }
}

#[test]
fn an_override_moves_drill_session_and_figures_and_keeps_the_verdict() {
    let db = world();
    schedule(&db, id(1), rep(), 1, 0);
    let over = |new: NewOverride, n| now(sessions::override_score(&db, &new, &change(n))).unwrap();
    assert!(!over(override_of(1, company(), 91, 5), 1));
    complete(&db, 1, rep());
    assert!(!over(override_of(1, other_company(), 91, 5), 2));
    let elsewhere = NewOverride {
        drill: "drill_7".into(),
        ..override_of(1, company(), 91, 5)
    };
    assert!(!over(elsewhere, 3));
    let number = |sql| count(&db, sql);
    assert_eq!(number("SELECT score AS n FROM sessions"), 70);
    assert_eq!(number("SELECT count(*) AS n FROM audit_log"), 0);
    assert!(over(override_of(1, company(), 91, 6), 4));
    // (70 + 91) / 2 is rounded as the mean of drills always is.
    assert_eq!(number("SELECT score AS n FROM sessions"), 81);
    assert_eq!(
        number("SELECT score AS n FROM session_drills WHERE drill_index = 1"),
        91
    );
    assert_eq!(
        number("SELECT CAST(score_avg AS INTEGER) AS n FROM rep_rollups"),
        81
    );
    assert_eq!(
        number("SELECT count(*) AS n FROM verdicts WHERE override_score = 91 AND score = 70"),
        1
    );
    let rows = now(sessions::overrides(&db, company(), id(1))).unwrap();
    assert_eq!(
        (rows.len(), rows[0].score, rows[0].judged, rows[0].by),
        (1, 91, 70, Some(manager()))
    );
    assert_eq!(
        now(sessions::overrides(&db, other_company(), id(1))),
        Ok(vec![])
    );
}

#[test]
fn each_manager_has_one_note() {
    let db = world();
    schedule(&db, id(1), rep(), 1, 0);
    let write = |author, text, n: u128| {
        now(sessions::write_note(
            &db,
            company(),
            id(1),
            author,
            text,
            id(n),
            9,
        ))
        .unwrap();
        now(sessions::notes(&db, company(), id(1))).unwrap().len()
    };
    assert_eq!(write(manager(), Some("One"), 1), 1);
    assert_eq!(write(manager(), Some("Two"), 2), 1);
    assert_eq!(write(loner(), Some("Three"), 3), 2);
    assert_eq!(
        now(sessions::notes(&db, other_company(), id(1))),
        Ok(vec![])
    );
    // A note can't be hung onto another company's session.
    let foreign = sessions::write_note(
        &db,
        other_company(),
        id(1),
        other_manager(),
        Some("x"),
        id(4),
        9,
    );
    assert_eq!(now(foreign), Err(DbError::Dangling));
    assert_eq!(write(manager(), None, 5), 1);
}

/// Completed sessions of others: in the team, and in the other company.
fn history(db: &Sqlite, sessions: u32) {
    db.script(&format!(
        "INSERT INTO sessions (id, company_id, user_id, scenario_id, day, status, slot_at, opens_at, closes_at,
             utc_offset_minutes, started_at, ended_at, scenario_version_id, rubric_hash, prompt_version, model, score,
             first_score, duration_seconds, coach_notes, last_event_id, created_at, updated_at)
         WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {sessions})
         SELECT printf('00000000-0000-0000-0001-%012d', i), u.company_id, u.id, '{scenario}', 1, 'completed', {SLOT} - i * {DAY},
             {SLOT} - i * {DAY}, {SLOT} - i * {DAY} + 1, 330, 0, {SLOT} - i * {DAY}, '{version}', '', '', '', 50, 50, 1, '', 1, 0, 0
         FROM n JOIN users u ON u.id = CASE i % 2 WHEN 0 THEN '{second}' ELSE '{other}' END",
        scenario = scenario(1), version = version(1), second = second_rep(), other = other_rep(),
    ))
    .unwrap();
}

fn use_everything(db: &Sqlite) {
    for reps in [Reps::One(rep()), Reps::LedBy(manager()), Reps::All] {
        now(sessions::list(
            db,
            company(),
            reps,
            Filter::default(),
            None,
            5,
        ))
        .unwrap();
        now(sessions::upcoming(db, company(), reps, SLOT, None, 5)).unwrap();
    }
    now(sessions::schedulable(db, company(), rep())).unwrap();
    now(sessions::schedule(
        db,
        &new(1, company(), rep(), SLOT),
        &change(1),
    ))
    .unwrap();
    now(sessions::schedule(
        db,
        &new(2, company(), rep(), SLOT + DAY),
        &change(2),
    ))
    .unwrap();
    let moved = planned(SLOT + 2 * DAY);
    now(sessions::reschedule(
        db,
        company(),
        id(2),
        1,
        &moved,
        &change(3),
    ))
    .unwrap();
    now(sessions::unschedule(db, company(), id(2), &change(4))).unwrap();
    complete(db, 1, rep());
    now(sessions::write_note(
        db,
        company(),
        id(1),
        manager(),
        Some("x"),
        id(9),
        9,
    ))
    .unwrap();
    now(sessions::notes(db, company(), id(1))).unwrap();
    now(sessions::write_note(
        db,
        company(),
        id(1),
        manager(),
        None,
        id(9),
        9,
    ))
    .unwrap();
    assert!(
        now(sessions::override_score(
            db,
            &override_of(1, company(), 9, 9),
            &change(5)
        ))
        .unwrap()
    );
    now(sessions::overrides(db, company(), id(1))).unwrap();
}

#[test]
fn nothing_scans_and_nothing_costs_more_after_ten_thousand_sessions() {
    let cost = |past: u32| -> Cost {
        let db = world();
        history(&db, past);
        db.take_cost();
        use_everything(&db);
        assert_eq!(scans(&db), Vec::<String>::new());
        db.take_cost()
    };
    assert_eq!(cost(100), cost(10_000));
}
