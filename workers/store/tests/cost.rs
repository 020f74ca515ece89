//! What reading costs: no query reads a table from end to end, and none costs more as history grows.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing
)]

mod world;

use domain::ids::{DeviceId, SessionId};
use store::devices::{self, NewDevice, NewToken};
use store::sessions::{self, FinishedSession};
use store::sqlite::{Cost, Sqlite};
use store::{demo, people, scenarios, users};
use world::*;

/// Every statement of the store but the rebuild of all roll-ups, which reads everything by design.
fn use_everything(db: &Sqlite) {
    let device: DeviceId = id(0xD1);
    let token = |number: u128| NewToken {
        id: id(number),
        hash: format!("hash {number}"),
        expires_at: 1_000,
    };
    now(users::credentials(db, "rep@a.test", 0)).unwrap();
    now(users::me(db, company(), rep())).unwrap();
    now(users::leads(db, company(), manager(), rep())).unwrap();
    now(users::record_login(db, rep(), 1)).unwrap();
    now(users::rehash_password(db, rep(), "hash", "new", 1)).unwrap();
    let new = NewDevice {
        device,
        user: rep(),
        company: company(),
        label: String::new(),
        token: token(1),
        now: 1,
    };
    now(devices::open(db, new)).unwrap();
    now(users::principal(db, rep(), device, 0)).unwrap();
    now(devices::find_token(db, "hash 1", 0)).unwrap();
    now(devices::rotate(db, id(1), token(2), 2)).unwrap();
    now(devices::revoke(db, device, 3)).unwrap();
    now(people::deactivate(db, company(), rep(), 4, &change())).unwrap();
    now(people::activate(db, company(), rep(), 4, &change())).unwrap();
    now(scenarios::published_for_day(db, company(), 1)).unwrap();
    let session: SessionId = id(0xFFFF);
    assert!(now(demo::open_next(db, company(), rep(), session, SLOT)).unwrap());
    now(sessions::tenant_of(db, session)).unwrap();
    now(sessions::start_material(db, company(), session)).unwrap();
    now(sessions::mark_started(db, company(), session, SLOT, false)).unwrap();
    let live = practised(session, rep(), 1, 40, 70, SLOT);
    let finished = FinishedSession::of(&live, "").unwrap();
    assert!(now(sessions::finish(db, &finished)).unwrap());
    now(sessions::today(
        db,
        company(),
        rep(),
        SLOT,
        SLOT - DAY..SLOT + DAY,
    ))
    .unwrap();
    now(sessions::progress(db, company(), rep())).unwrap();
    assert_eq!(
        now(sessions::recent(db, company(), rep(), 10))
            .unwrap()
            .len(),
        1
    );
    assert!(
        !now(sessions::transcript(db, company(), session))
            .unwrap()
            .is_empty()
    );
    assert!(
        now(sessions::result(db, company(), session))
            .unwrap()
            .is_some()
    );
}

/// Completed sessions of other reps, in the same team and in the other company, on other dates.
fn history(db: &Sqlite, sessions: u32) {
    db.script(&format!(
        "INSERT INTO sessions (id, company_id, user_id, team_id, scenario_id, day, status, slot_at, opens_at, closes_at,
             utc_offset_minutes, started_at, ended_at, scenario_version_id, rubric_hash, prompt_version, model, score,
             first_score, duration_seconds, coach_notes, last_event_id, created_at, updated_at)
         WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {sessions})
         SELECT 'past ' || i, u.company_id, u.id, CASE i % 2 WHEN 0 THEN '{team}' END, '{scenario}', 1, 'completed', {SLOT} - i * {DAY},
             {SLOT} - i * {DAY}, {SLOT} - i * {DAY} + 1, 330, 0, {SLOT} - i * {DAY}, '{version}', '', '', '', 50, 50, 1, '', 1, 0, 0
         FROM n JOIN users u ON u.id = CASE i % 2 WHEN 0 THEN '{second}' ELSE '{other}' END",
        team = team(), scenario = scenario(1), version = version(1), second = second_rep(), other = other_rep(),
    ))
    .unwrap();
}

#[test]
fn no_query_reads_a_table_from_end_to_end() {
    let db = world();
    use_everything(&db);
    assert!(db.seen().len() >= 35, "{}", db.seen().len());
    assert_eq!(scans(&db), Vec::<String>::new());
}

#[test]
fn nothing_costs_more_after_ten_thousand_sessions_of_others() {
    let cost = |past: u32| -> Cost {
        let db = world();
        history(&db, past);
        db.take_cost();
        use_everything(&db);
        db.take_cost()
    };
    assert_eq!(cost(100), cost(10_000));
}
