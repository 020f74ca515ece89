//! The demo on an empty database, again on its own, and beside many past sessions.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing
)]

use std::collections::BTreeMap;
use std::sync::LazyLock;

use rusqlite::types::Value;
use rusqlite::{Connection, MAIN_DB, params};
use store::{rollups, sqlite};

use super::*;

/// Tuesday, 24 November 2026, 12:00 in India: Group A has practised, B and C have not.
const NOON: i64 = 1_795_501_800_000;
const HOUR: i64 = 3_600_000;
const DAY: i64 = 24 * HOUR;

fn empty() -> Connection {
    let database = Connection::open_in_memory().unwrap();
    database.pragma_update(None, "foreign_keys", true).unwrap();
    database
        .execute_batch(include_str!("../../../schema.sql"))
        .unwrap();
    database
}

/// A copy of the demo as it is first made: making it takes longer than any test of it.
fn seeded() -> Connection {
    static IMAGE: LazyLock<Vec<u8>> = LazyLock::new(|| {
        let mut database = empty();
        demo(&mut database, NOON).unwrap();
        database.serialize(MAIN_DB).unwrap().to_vec()
    });
    let mut database = Connection::open_in_memory().unwrap();
    database
        .deserialize_read_exact(MAIN_DB, IMAGE.as_slice(), IMAGE.len(), false)
        .unwrap();
    database.pragma_update(None, "foreign_keys", true).unwrap();
    database
}

fn number(database: &Connection, sql: &str) -> i64 {
    database.query_row(sql, [], |row| row.get(0)).unwrap()
}

/// Every row of every table but those that the search keeps its index in.
fn everything(database: &Connection) -> BTreeMap<String, Vec<Vec<Value>>> {
    let tables: Vec<String> = database
        .prepare(
            "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'scenario\\_search\\_%' ESCAPE '\\' ORDER BY name",
        )
        .unwrap()
        .query_map([], |row| row.get(0))
        .unwrap()
        .map(std::result::Result::unwrap)
        .collect();
    let rows = |table: &String| {
        let mut query = database
            .prepare(&format!("SELECT * FROM {table} ORDER BY 1, 2, 3"))
            .unwrap();
        let width = query.column_count();
        query
            .query_map([], |row| (0..width).map(|column| row.get(column)).collect())
            .unwrap()
            .map(std::result::Result::unwrap)
            .collect()
    };
    tables
        .iter()
        .map(|table| (table.clone(), rows(table)))
        .collect()
}

/// Names the tables that differ, and the first row that does.
fn assert_same(
    before: &BTreeMap<String, Vec<Vec<Value>>>,
    after: &BTreeMap<String, Vec<Vec<Value>>>,
) {
    for (table, rows) in before {
        assert_eq!(rows.len(), after[table].len(), "rows of {table}");
        for (one, other) in rows.iter().zip(&after[table]) {
            assert_eq!(one, other, "in {table}");
        }
    }
}

/// Sessions a rep can start now.
fn open_sessions(database: &Connection, mailbox: &str, now: i64) -> i64 {
    database
        .query_row(
            "SELECT count(*) FROM sessions s JOIN users u ON u.id = s.user_id
             WHERE u.email = ?1 AND s.status = 'scheduled' AND s.opens_at <= ?2 AND s.closes_at > ?2",
            params![format!("{mailbox}@salescaptain.test"), now],
            |row| row.get(0),
        )
        .unwrap()
}

#[test]
fn every_log_in_is_there_with_the_password_and_its_role() {
    use argon2::password_hash::PasswordVerifier;
    let database = seeded();
    for login in DEMO_LOGINS {
        let (hash, role): (String, String) = database
            .query_row(
                "SELECT password_hash, role FROM users WHERE email = ?1",
                [login.email],
                |row| Ok((row.get(0)?, row.get(1)?)),
            )
            .unwrap();
        assert!(
            hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"),
            "{hash}"
        );
        let hash = argon2::PasswordHash::new(&hash).unwrap();
        argon2::Argon2::default()
            .verify_password(DEMO_PASSWORD.as_bytes(), &hash)
            .unwrap();
        assert!(login.role.starts_with(match role.as_str() {
            "sales_rep" => "rep",
            "manager" => "manager",
            "super_admin" => "super admin",
            other => panic!("{other}"),
        }));
    }
}

#[test]
fn a_second_run_changes_nothing_but_the_open_windows() {
    let mut database = seeded();
    let mut before = everything(&database);
    demo(&mut database, NOON).unwrap();
    let mut after = everything(&database);
    // Moving a window counts as an edit.
    before.remove("sessions");
    after.remove("sessions");
    assert_same(&before, &after);
    let sessions = "SELECT count(*) FROM sessions";
    let count = number(&database, sessions);
    demo(&mut database, NOON + 60_000).unwrap();
    assert_eq!(number(&database, sessions), count);
}

#[test]
fn the_history_is_one_that_people_could_have() {
    let database = seeded();
    let companies = "SELECT count(*) FROM companies";
    assert_eq!(number(&database, companies), 2);
    let per_group = "SELECT min(reps) FROM (SELECT count(*) AS reps FROM group_members m JOIN groups g ON g.id = m.group_id
                     JOIN companies c ON c.id = g.company_id WHERE c.name = 'Troika Tech Demo' GROUP BY g.id)";
    assert_eq!(number(&database, per_group), 4);
    assert!(
        number(
            &database,
            "SELECT count(*) FROM sessions WHERE status = 'completed'"
        ) > 80
    );
    assert!(
        number(
            &database,
            "SELECT count(*) FROM sessions WHERE status = 'missed'"
        ) >= 10
    );
    assert!(number(&database, "SELECT count(*) FROM sessions WHERE late = 1") >= 8);
    let sundays = "SELECT count(*) FROM sessions s JOIN groups g ON g.id = s.group_id
                   WHERE strftime('%w', s.date) = '0'
                     AND s.slot_at % 86400000 = (g.slot_minute - 330 + 1440) % 1440 * 60000";
    assert_eq!(number(&database, sundays), 0);
    // Several weeks, none of it in the future.
    let weeks = "SELECT count(DISTINCT week) FROM rep_week_rollups";
    assert!(number(&database, weeks) >= 3);
    let ended = format!("SELECT count(*) FROM sessions WHERE ended_at > {NOON}");
    assert_eq!(number(&database, &ended), 0);
    // People get better, within a session and over the days.
    let gain = "SELECT avg(score - first_score) FROM sessions WHERE status = 'completed'";
    let gain: f64 = database.query_row(gain, [], |row| row.get(0)).unwrap();
    assert!((8.0..45.0).contains(&gain), "{gain}");
    let growth = "SELECT avg(first_score) FILTER (WHERE day >= 5) - avg(first_score) FILTER (WHERE day <= 2) FROM sessions";
    let growth: f64 = database.query_row(growth, [], |row| row.get(0)).unwrap();
    assert!(growth > 5.0, "{growth}");
    // Every completed session has its whole chat and its verdicts.
    let bare = "SELECT count(*) FROM sessions s WHERE status = 'completed' AND (
                    NOT EXISTS (SELECT 1 FROM messages m WHERE m.session_id = s.id)
                    OR (SELECT count(*) FROM session_drills d WHERE d.session_id = s.id) * 2
                       <> (SELECT count(*) FROM verdicts v WHERE v.session_id = s.id))";
    assert_eq!(number(&database, bare), 0);
    // The days of the programme follow each other.
    let skipped = "SELECT count(*) FROM sessions s WHERE s.status = 'completed' AND s.day > 1 AND NOT EXISTS (
                       SELECT 1 FROM sessions b WHERE b.user_id = s.user_id AND b.day = s.day - 1
                           AND b.status = 'completed' AND b.ended_at < s.ended_at)";
    assert_eq!(number(&database, skipped), 0);
}

#[test]
fn the_two_reps_of_the_demo_always_have_one_session_to_do() {
    let mut database = seeded();
    // Restarts within a minute, on the next days, and after a month away.
    for now in [
        NOON,
        NOON + 60_000,
        NOON + DAY,
        NOON + 5 * DAY,
        NOON + 31 * DAY,
    ] {
        demo(&mut database, now).unwrap();
        for mailbox in ["rep", "otherrep"] {
            assert_eq!(
                open_sessions(&database, mailbox, now),
                1,
                "{mailbox} at {now}"
            );
            assert_eq!(open_sessions(&database, mailbox, now + 23 * HOUR), 1);
        }
    }
    // A session in the middle is the one to do.
    database
        .execute_batch(
            "UPDATE sessions SET status = 'in_progress', started_at = opens_at WHERE status = 'scheduled'
                 AND user_id = (SELECT id FROM users WHERE email = 'rep@salescaptain.test')",
        )
        .unwrap();
    demo(&mut database, NOON + 32 * DAY).unwrap();
    assert_eq!(open_sessions(&database, "rep", NOON + 32 * DAY), 0);
}

#[test]
fn life_goes_on_between_two_runs() {
    let mut database = seeded();
    let completed = "SELECT count(*) FROM sessions WHERE status = 'completed'";
    let before = number(&database, completed);
    demo(&mut database, NOON + 2 * DAY).unwrap();
    assert!(number(&database, completed) > before);
    let stale = format!(
        "SELECT count(*) FROM sessions WHERE status = 'scheduled' AND closes_at <= {}",
        NOON + 2 * DAY
    );
    assert_eq!(number(&database, &stale), 0);
    demo(&mut database, NOON + 60 * DAY).unwrap();
    let left = "SELECT count(*) FROM rep_rollups r WHERE days_completed < 10 AND user_id NOT IN (
                    SELECT id FROM users WHERE email GLOB '*rep@*' OR first_name = 'Deepak')";
    assert_eq!(number(&database, left), 0);
}

#[test]
fn roll_ups_equal_a_recomputation_from_rows() {
    let database = seeded();
    let before = everything(&database);
    for statement in rollups::rebuild() {
        sqlite::execute(&database, &statement).unwrap();
    }
    assert_same(&before, &everything(&database));
}

#[test]
fn practice_reps_are_the_same_ones_again() {
    let mut database = seeded();
    let reps = practice_reps(&mut database, 3, NOON).unwrap();
    assert_eq!(reps[0].email, "practice-0001@salescaptain.test");
    for number in 1..=3 {
        assert_eq!(
            open_sessions(&database, &format!("practice-{number:04}"), NOON),
            1
        );
    }
    assert_eq!(reps, practice_reps(&mut database, 3, NOON + DAY).unwrap());
    assert_eq!(open_sessions(&database, "practice-0001", NOON + DAY), 1);
}

#[test]
fn a_longer_past_is_of_the_same_people() {
    let mut database = seeded();
    let people = "SELECT count(*) FROM users";
    let total = "SELECT count(*) FROM sessions";
    let latest = "SELECT count(*) FROM sessions WHERE date > '2026-08-22' AND date < '2026-11-22'";
    let (people_before, before) = (number(&database, people), number(&database, total));
    longer_past(&mut database, NOON, 0, 1_500).unwrap();
    let latest_before = number(&database, latest);
    longer_past(&mut database, NOON, 1_500, 3_000).unwrap();
    assert_eq!(number(&database, people), people_before);
    assert_eq!(number(&database, total), before + 3_000);
    // What is added lies before what was there.
    assert_eq!(number(&database, latest), latest_before);
    assert_eq!(open_sessions(&database, "rep", NOON), 1);
}

#[test]
fn past_sessions_add_up_and_leave_the_demo_alone() {
    let mut database = seeded();
    let total = "SELECT count(*) FROM sessions";
    let before = number(&database, total);
    past_sessions(&mut database, NOON, 2_005).unwrap();
    past_sessions(&mut database, NOON, 95).unwrap();
    assert_eq!(number(&database, total), before + 2_100);
    // 101 reps and then 5 more.
    let reps = "SELECT count(*) FROM users WHERE email GLOB 'load-rep-*'";
    assert_eq!(number(&database, reps), 106);
    let future = format!("SELECT count(*) FROM sessions WHERE started_at > {NOON}");
    assert_eq!(number(&database, &future), 0);
    assert_eq!(open_sessions(&database, "rep", NOON), 1);
    let completed = "SELECT (SELECT count(*) FROM sessions WHERE status = 'completed') - sum(completed) FROM company_day_rollups";
    assert_eq!(number(&database, completed), 0);
}
