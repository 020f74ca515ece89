//! Transcripts whose time, by their company's retention, is over.

use crate::{Db, DbError, FromRow, Statement};
use domain::ids::CompanyId;

const DAY_MS: u64 = 24 * 60 * 60 * 1_000;

/// A company whose transcripts are looked at.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct PurgingRow {
    /// The company.
    pub company: CompanyId,
    /// How long it keeps transcripts, days.
    pub retention_days: u64,
}

const PURGING: &str = "
    SELECT id AS company, transcript_retention_days AS retention_days FROM companies
    WHERE transcript_retention_days IS NOT NULL AND purge_due_at <= ?1 ORDER BY purge_due_at LIMIT ?2";

/// Companies whose transcripts are to be looked at now (Unix ms), at most `limit`.
pub async fn purging(db: &impl Db, now: u64, limit: u32) -> Result<Vec<PurgingRow>, DbError> {
    db.all(Statement::new(PURGING).bind(now).bind(limit)).await
}

/// The sessions of company `?1` that ended at `?2` or before, whose transcripts are there, `?3` at most.
macro_rules! over {
    () => {
        "(SELECT id FROM sessions
          WHERE company_id = ?1 AND status = 'completed' AND transcript_purged_at IS NULL AND ended_at <= ?2
          ORDER BY ended_at LIMIT ?3)"
    };
}

const MESSAGES: &str = concat!("DELETE FROM messages WHERE session_id IN ", over!());
const VERDICTS: &str = concat!("DELETE FROM verdicts WHERE session_id IN ", over!());
const WHISPERS: &str = concat!(
    "DELETE FROM whispers WHERE company_id = ?1 AND session_id IN ",
    over!()
);
/// What the rep asked about the session afterwards quotes it.
const EXCHANGES: &str = concat!(
    "DELETE FROM assistant_exchanges WHERE company_id = ?1 AND session_id IN ",
    over!()
);
/// Which drills there were, and their scores, stay.
const DRILLS: &str = concat!(
    "UPDATE session_drills SET initial_response = '', corrected_response = '', final_response = '' WHERE session_id IN ",
    over!()
);
/// The coach's notes quote the rep.
const MARK: &str = concat!(
    "UPDATE sessions SET transcript_purged_at = ?4, coach_notes = '', version = version + 1, updated_at = ?4
     WHERE company_id = ?1 AND id IN ",
    over!()
);
/// Due again when the next transcript's time is over, and in a day at the latest: more sessions are completed meanwhile.
const DUE_AGAIN: &str = "
    UPDATE companies SET purge_due_at = min(?3 + 86400000, coalesce(
        (SELECT min(ended_at) FROM sessions
         WHERE company_id = ?1 AND status = 'completed' AND transcript_purged_at IS NULL) + ?2, ?3 + 86400000))
    WHERE id = ?1 AND transcript_retention_days * 86400000 = ?2";

/// Deletes the oldest transcripts of a company that are older than its retention: the chats, what was asked about them, the
/// verdicts, and the rep's words in drills and notes. Scores, metrics and roll-ups stay. `limit` sessions at most; `now` is Unix ms.
pub async fn purge(db: &impl Db, row: &PurgingRow, now: u64, limit: u32) -> Result<(), DbError> {
    let kept_ms = row.retention_days * DAY_MS;
    let over = |sql| {
        Statement::new(sql)
            .bind(row.company)
            .bind(now.saturating_sub(kept_ms))
            .bind(limit)
    };
    db.batch(vec![
        over(MESSAGES),
        over(VERDICTS),
        over(WHISPERS),
        over(EXCHANGES),
        over(DRILLS),
        over(MARK).bind(now),
        Statement::new(DUE_AGAIN)
            .bind(row.company)
            .bind(kept_ms)
            .bind(now),
    ])
    .await?;
    Ok(())
}
