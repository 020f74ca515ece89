//! Sessions whose window closed without a start.

use crate::{Db, DbError, FromRow, Statement, rollups};
use domain::ids::{CompanyId, SessionId};
use serde_json::{Value as Json, json};

/// A session to be called missed.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct UnstartedRow {
    /// The session.
    pub id: SessionId,
    /// Its tenant.
    pub company: CompanyId,
}

const UNSTARTED: &str = "
    SELECT id, company_id AS company FROM sessions
    WHERE status = 'scheduled' AND closes_at <= ?1 ORDER BY closes_at LIMIT ?2";

/// Sessions of all companies whose window had closed at `at` (Unix ms) without a start, the oldest first, at most `limit`.
pub async fn unstarted(db: &impl Db, at: u64, limit: u32) -> Result<Vec<UnstartedRow>, DbError> {
    db.all(Statement::new(UNSTARTED).bind(at).bind(limit)).await
}

/// One that was started or moved meanwhile is left alone.
const MISS: &str = "
    UPDATE sessions SET status = 'missed', version = version + 1, updated_at = ?3
    WHERE id IN (SELECT value ->> '$.id' FROM json_each(?1)) AND status = 'scheduled' AND closes_at <= ?2";

/// Calls sessions missed, with all roll-ups. `at` is as [`unstarted`] was given it, `now` is Unix ms.
pub async fn miss(
    db: &impl Db,
    sessions: &[UnstartedRow],
    at: u64,
    now: u64,
) -> Result<(), DbError> {
    let lines = Json::from_iter(sessions.iter().map(|row| json!({"id": row.id})));
    let mut batch = vec![
        Statement::new(MISS)
            .bind(lines.to_string())
            .bind(at)
            .bind(now),
    ];
    let touched: Vec<_> = sessions.iter().map(|row| (row.company, row.id)).collect();
    batch.extend(rollups::after_all(&touched));
    db.batch(batch).await?;
    Ok(())
}
