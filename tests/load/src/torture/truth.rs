//! What must be so whatever happened. The system must not run.

use captain_api_tests::{Practice, Stack};
use rusqlite::{Connection, params};
use store::{rollups, sqlite};

const ROLL_UPS: [&str; 5] = [
    "rep_rollups",
    "rep_week_rollups",
    "rep_scenario_rollups",
    "team_day_rollups",
    "company_day_rollups",
];

/// Fails when something is lost, doubled, stuck or counted wrongly; says what was held.
pub fn hold(stack: &Stack, finished: &[Practice], unfinished: &[Practice]) -> String {
    let mut database = stack.database();
    for practice in finished {
        is_stored_whole(&database, practice);
    }
    let mut messages = finished.iter().map(|practice| practice.items.len()).sum();
    for practice in unfinished {
        // `Practice::check` has held what its object says against what was acknowledged.
        messages += practice.items.len();
        let status: String = database
            .query_row(
                "SELECT status FROM sessions WHERE id = ?1",
                [practice.rep.session.to_string()],
                |row| row.get(0),
            )
            .unwrap();
        assert_ne!(status, "missed");
    }
    let doubled: i64 = number(
        &database,
        "SELECT count(*) FROM (SELECT 1 FROM messages WHERE request_id IS NOT NULL
             GROUP BY session_id, request_id HAVING count(*) > 1)",
    );
    assert_eq!(doubled, 0, "messages stand there twice");
    let running = number(
        &database,
        "SELECT count(*) FROM sessions s JOIN users u ON u.id = s.user_id
         WHERE s.status = 'in_progress' AND u.email GLOB 'practice-*'",
    );
    assert!(
        usize::try_from(running).unwrap() <= unfinished.len(),
        "{running} sessions run and {} should",
        unfinished.len()
    );
    let rolled = roll_ups_are_true(&mut database);
    format!(
        "all {} messages there once, nothing stuck, {} roll-ups as recomputed",
        super::thousands(messages),
        super::thousands(rolled)
    )
}

fn is_stored_whole(database: &Connection, practice: &Practice) {
    let session = practice.rep.session.to_string();
    let result = practice.result.as_ref().expect("it was ended");
    let (status, score): (String, u8) = database
        .query_row(
            "SELECT status, score FROM sessions WHERE id = ?1",
            [&session],
            |row| Ok((row.get(0)?, row.get(1)?)),
        )
        .unwrap();
    assert_eq!((status.as_str(), score), ("completed", result.score));
    for sent in practice.sent.iter().filter(|sent| sent.acknowledged) {
        let stored: i64 = database
            .query_row(
                "SELECT count(*) FROM messages WHERE session_id = ?1 AND request_id = ?2 AND content = ?3",
                params![session, sent.request, sent.content],
                |row| row.get(0),
            )
            .unwrap();
        assert_eq!(
            stored, 1,
            "a message of {session} stands there {stored} times"
        );
    }
}

/// Makes the roll-ups anew beside those that grew, and compares every row; gives how many there are.
fn roll_ups_are_true(database: &mut Connection) -> usize {
    let transaction = database.transaction().unwrap();
    for table in ROLL_UPS {
        let copy = format!(
            "CREATE TEMP TABLE grown_{table} AS SELECT * FROM {table}; DELETE FROM {table};"
        );
        transaction.execute_batch(&copy).unwrap();
    }
    for statement in rollups::rebuild() {
        sqlite::execute(&transaction, &statement).unwrap();
    }
    let mut rows = 0;
    for table in ROLL_UPS {
        let differing = number(
            &transaction,
            &format!(
                "SELECT count(*) FROM (SELECT * FROM (SELECT * FROM {table} EXCEPT SELECT * FROM grown_{table})
                     UNION ALL SELECT * FROM (SELECT * FROM grown_{table} EXCEPT SELECT * FROM {table}))"
            ),
        );
        assert_eq!(differing, 0, "{table} is not what a recomputation gives");
        let count = number(&transaction, &format!("SELECT count(*) FROM {table}"));
        rows += usize::try_from(count).unwrap();
    }
    // Only looked at.
    transaction.rollback().unwrap();
    rows
}

fn number(database: &Connection, sql: &str) -> i64 {
    database.query_row(sql, [], |row| row.get(0)).unwrap()
}
