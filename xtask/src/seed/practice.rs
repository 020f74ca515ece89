//! Reps of their own for tests: each has one open session of day 1, and nobody else plays them.

use domain::ids::{SessionId, UserId};
use rusqlite::{Connection, params};

use super::clock::OFFSET_MINUTES;
use super::people::{COMPANIES, password_hash};
use super::{ids, moment, refused};
use crate::error::Result;

/// Somebody a test can be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PracticeRep {
    /// The address to log in with; the password is the demo's.
    pub email: String,
    /// Their open session.
    pub session_id: SessionId,
}

/// Makes `count` reps in the demo company, which must be there: practice-0001@salescaptain.test and so on, without a team.
/// The windows of their sessions are open from now for 24 hours. Calling it again moves the windows and changes nothing else.
pub fn practice_reps(
    database: &mut Connection,
    count: u32,
    now_ms: i64,
) -> Result<Vec<PracticeRep>> {
    let now = moment(now_ms)?;
    let hash = password_hash(database)?;
    let transaction = database.transaction().map_err(refused)?;
    let reps = (1..=count)
        .map(|number| practice_rep(&transaction, number, &hash, now))
        .collect::<rusqlite::Result<_>>()
        .map_err(refused)?;
    transaction.commit().map_err(refused)?;
    Ok(reps)
}

fn practice_rep(
    database: &Connection,
    number: u32,
    hash: &str,
    now: u64,
) -> rusqlite::Result<PracticeRep> {
    let [demo, _] = &COMPANIES;
    let company = demo.id().to_string();
    let email = format!("practice-{number:04}@salescaptain.test");
    let user: UserId = ids::of(&email);
    let session_id: SessionId = ids::of(&format!("{email}, day 1"));
    database
        .prepare_cached(
            "INSERT INTO users (id, company_id, email, password_hash, role, first_name, last_name, created_at, updated_at)
             VALUES (?1, ?2, ?3, ?4, 'sales_rep', 'Practice', ?5, ?6, ?6) ON CONFLICT (id) DO NOTHING",
        )?
        .execute(params![
            user.to_string(),
            company,
            email,
            hash,
            format!("{number:04}"),
            now
        ])?;
    database
        .prepare_cached(
            "INSERT INTO sessions (id, company_id, user_id, scenario_id, day, status, slot_at, opens_at, closes_at,
                                   utc_offset_minutes, created_at, updated_at)
             SELECT ?1, ?2, ?3, id, day, 'scheduled', ?4 + 3600000, ?4 - 600000, ?4 + 86400000, ?5, ?4, ?4
             FROM scenarios WHERE company_id IS NULL AND day = 1 AND published_version_id IS NOT NULL
             ON CONFLICT (id) DO UPDATE SET slot_at = excluded.slot_at, opens_at = excluded.opens_at,
                 closes_at = excluded.closes_at WHERE status = 'scheduled'",
        )?
        .execute(params![
            session_id.to_string(),
            company,
            user.to_string(),
            now,
            OFFSET_MINUTES
        ])?;
    Ok(PracticeRep { email, session_id })
}
