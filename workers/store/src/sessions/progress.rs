//! How a rep's ten days stand, from roll-ups and the latest sessions alone.

use crate::{Db, DbError, FromRow, Statement};
use domain::ids::{CompanyId, SessionId, UserId};

/// A rep's progress.
#[derive(Debug, Clone, Copy, PartialEq, Eq, FromRow)]
pub struct ProgressRow {
    /// Days of the programme that were completed.
    pub days_completed: u8,
    /// Days of the programme.
    pub days_total: u8,
    /// Completed sessions since the last miss.
    pub streak: u32,
}

const PROGRESS: &str = "
    SELECT coalesce(r.days_completed, 0) AS days_completed, c.training_days AS days_total, coalesce(r.streak, 0) AS streak
    FROM users u JOIN companies c ON c.id = u.company_id LEFT JOIN rep_rollups r ON r.user_id = u.id
    WHERE u.id = ?1 AND u.company_id = ?2";

/// How a rep's ten days stand; `None` when the company has no such person.
pub async fn progress(
    db: &impl Db,
    company: CompanyId,
    user: UserId,
) -> Result<Option<ProgressRow>, DbError> {
    db.first(Statement::new(PROGRESS).bind(user).bind(company))
        .await
}

/// One completed session in a trend.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct RecentRow {
    /// The session.
    pub session: SessionId,
    /// Its day.
    pub day: u8,
    /// Its theme.
    pub theme: String,
    /// Unix ms of its end.
    pub ended_at: u64,
    /// The score of the first answers.
    pub first_score: u8,
    /// The score of the final answers.
    pub score: u8,
}

const RECENT: &str = "
    SELECT s.id AS session, s.day, v.theme, s.ended_at, s.first_score, s.score
    FROM sessions s JOIN scenario_versions v ON v.id = s.scenario_version_id
    WHERE s.company_id = ?1 AND s.user_id = ?2 AND s.kind = 'programme' AND s.status = 'completed'
    ORDER BY s.ended_at DESC LIMIT ?3";

/// A rep's latest completed sessions of the programme, at most `limit`, oldest first.
pub async fn recent(
    db: &impl Db,
    company: CompanyId,
    user: UserId,
    limit: u32,
) -> Result<Vec<RecentRow>, DbError> {
    let statement = Statement::new(RECENT).bind(company).bind(user).bind(limit);
    let mut rows: Vec<RecentRow> = db.all(statement).await?;
    rows.reverse();
    Ok(rows)
}
