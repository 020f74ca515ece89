//! Reps: their all-time figures, their weeks, their scenarios, and their sessions around today.

use super::reach::{Reach, with_reps};
use crate::{Db, DbError, FromRow, Statement};
use domain::ids::{CompanyId, ScenarioId, SessionId, UserId};
use domain::session::Status;
use std::ops::Range;

/// A rep's all-time figures. Means are of completed sessions, 0 to 100; `None` before the first.
#[derive(Debug, Clone, PartialEq, FromRow)]
pub struct RepRow {
    /// The rep.
    pub user: UserId,
    /// "Asha Verma".
    pub name: String,
    /// They may log in.
    pub is_active: bool,
    /// Completed sessions.
    pub completed: u32,
    /// Missed sessions.
    pub missed: u32,
    /// Completed ones that were started late.
    pub late: u32,
    /// Days of the programme.
    pub days_completed: u8,
    /// Completed sessions since the last miss.
    pub streak: u32,
    /// From start to end of all completed sessions.
    pub practice_seconds: u32,
    /// The best final score.
    pub best_score: Option<u8>,
    /// Of final answers.
    pub score_avg: Option<f64>,
    /// Of first answers.
    pub first_score_avg: Option<f64>,
    /// First answers of the earliest five sessions ...
    pub early_first_score_avg: Option<f64>,
    /// ... and of the latest five.
    pub recent_first_score_avg: Option<f64>,
    /// Of final answers.
    pub confidence_avg: Option<f64>,
    /// Likewise.
    pub clarity_avg: Option<f64>,
    /// Likewise.
    pub structure_avg: Option<f64>,
    /// Likewise.
    pub objection_handling_avg: Option<f64>,
    /// Likewise.
    pub closing_avg: Option<f64>,
    /// Unix ms of the end of the latest completed session.
    pub last_ended_at: Option<u64>,
}

const REPS: &str = with_reps!(
    "
    SELECT u.id AS user, trim(u.first_name || ' ' || u.last_name) AS name, u.is_active,
           coalesce(r.completed, 0) AS completed, coalesce(r.missed, 0) AS missed, coalesce(r.late, 0) AS late,
           coalesce(r.days_completed, 0) AS days_completed, coalesce(r.streak, 0) AS streak,
           coalesce(r.practice_seconds, 0) AS practice_seconds, r.best_score, r.score_avg, r.first_score_avg,
           r.early_first_score_avg, r.recent_first_score_avg, r.confidence_avg, r.clarity_avg, r.structure_avg,
           r.objection_handling_avg, r.closing_avg, r.last_ended_at
    FROM reps CROSS JOIN users u ON u.id = reps.id LEFT JOIN rep_rollups r ON r.user_id = u.id
    ORDER BY u.first_name, u.last_name, u.id"
);

/// Reps by name, with their all-time figures.
pub async fn reps(db: &impl Db, company: CompanyId, reach: Reach) -> Result<Vec<RepRow>, DbError> {
    db.all(reach.statement(REPS, company)).await
}

/// A rep's week.
#[derive(Debug, Clone, PartialEq, FromRow)]
pub struct WeekRow {
    /// The rep.
    pub user: UserId,
    /// Its Monday: `2026-11-16`.
    pub week: String,
    /// Completed sessions.
    pub completed: u32,
    /// Missed sessions.
    pub missed: u32,
    /// Completed ones that were started late.
    pub late: u32,
    /// From start to end of its completed sessions.
    pub practice_seconds: u32,
    /// Of final answers.
    pub score_avg: Option<f64>,
    /// Of first answers.
    pub first_score_avg: Option<f64>,
    /// Of final answers.
    pub confidence_avg: Option<f64>,
    /// Likewise.
    pub clarity_avg: Option<f64>,
    /// Likewise.
    pub structure_avg: Option<f64>,
    /// Likewise.
    pub objection_handling_avg: Option<f64>,
    /// Likewise.
    pub closing_avg: Option<f64>,
}

macro_rules! week_columns {
    () => {
        "
    SELECT w.user_id AS user, w.week, w.completed, w.missed, w.late, w.practice_seconds, w.score_avg, w.first_score_avg,
           w.confidence_avg, w.clarity_avg, w.structure_avg, w.objection_handling_avg, w.closing_avg"
    };
}

const WEEKS: &str = with_reps!(concat!(
    week_columns!(),
    "
    FROM reps CROSS JOIN rep_week_rollups w ON w.company_id = ?1 AND w.user_id = reps.id AND w.week >= ?4
    ORDER BY w.user_id, w.week"
));

/// Reps' weeks from the Monday `from` on, rep by rep, oldest first.
pub async fn weeks(
    db: &impl Db,
    company: CompanyId,
    reach: Reach,
    from: &str,
) -> Result<Vec<WeekRow>, DbError> {
    db.all(reach.statement(WEEKS, company).bind(from)).await
}

const FIRST_AND_LATEST_WEEK: &str = concat!(
    "
    SELECT * FROM (",
    week_columns!(),
    "
    FROM rep_week_rollups w WHERE w.company_id = ?1 AND w.user_id = ?2 AND w.completed > 0 ORDER BY w.week LIMIT 1)
    UNION ALL
    SELECT * FROM (",
    week_columns!(),
    "
    FROM rep_week_rollups w WHERE w.company_id = ?1 AND w.user_id = ?2 AND w.completed > 0 ORDER BY w.week DESC LIMIT 1)"
);

/// A rep's first week of practice and the latest; `None` while there are not two.
pub async fn first_and_latest_week(
    db: &impl Db,
    company: CompanyId,
    rep: UserId,
) -> Result<Option<(WeekRow, WeekRow)>, DbError> {
    let statement = Statement::new(FIRST_AND_LATEST_WEEK)
        .bind(company)
        .bind(rep);
    let mut rows = db.all::<WeekRow>(statement).await?.into_iter();
    let ends = rows.next().zip(rows.next());
    Ok(ends.filter(|(first, latest)| first.week != latest.week))
}

/// What a rep made of one scenario.
#[derive(Debug, Clone, PartialEq, FromRow)]
pub struct ScenarioRow {
    /// The scenario.
    pub scenario: ScenarioId,
    /// 1 to 10.
    pub day: u8,
    /// Its theme as it is published now.
    pub theme: Option<String>,
    /// Completed sessions of the programme.
    pub completed: u32,
    /// Sessions of free practice.
    pub practised: u32,
    /// Missed sessions.
    pub missed: u32,
    /// Of final answers, in the programme.
    pub score_avg: Option<f64>,
    /// Of first answers, in the programme.
    pub first_score_avg: Option<f64>,
    /// The best final score of all.
    pub best_score: Option<u8>,
    /// Unix ms of the end of the latest of all.
    pub last_ended_at: Option<u64>,
}

const SCENARIOS: &str = "
    SELECT r.scenario_id AS scenario, r.day, v.theme, r.completed, r.practised, r.missed, r.score_avg, r.first_score_avg, r.best_score,
           r.last_ended_at
    FROM rep_scenario_rollups r JOIN scenarios sc ON sc.id = r.scenario_id
    LEFT JOIN scenario_versions v ON v.id = sc.published_version_id
    WHERE r.company_id = ?1 AND r.user_id = ?2
    ORDER BY r.day, r.scenario_id";

/// A rep's scenarios, by day.
pub async fn scenarios(
    db: &impl Db,
    company: CompanyId,
    rep: UserId,
) -> Result<Vec<ScenarioRow>, DbError> {
    db.all(Statement::new(SCENARIOS).bind(company).bind(rep))
        .await
}

/// A rep's session around today.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct SessionAroundRow {
    /// The session.
    pub session: SessionId,
    /// Its rep.
    pub user: UserId,
    /// 1 to 10.
    pub day: u8,
    /// Where it stands.
    pub status: Status,
    /// It was started late.
    pub late: bool,
    /// The slot, Unix ms.
    pub slot_at: u64,
    /// From here it may be started, Unix ms.
    pub opens_at: u64,
    /// From here it may not be started, Unix ms.
    pub closes_at: u64,
    /// Minutes that its group's clock was ahead of UTC.
    pub utc_offset_minutes: i32,
    /// Unix ms.
    pub started_at: Option<u64>,
    /// Unix ms.
    pub ended_at: Option<u64>,
    /// Of the first answers.
    pub first_score: Option<u8>,
    /// Of the final answers.
    pub score: Option<u8>,
}

const SESSIONS_AROUND: &str = with_reps!(
    "
    SELECT s.id AS session, s.user_id AS user, s.day, s.status, s.late, s.slot_at, s.opens_at, s.closes_at, s.utc_offset_minutes,
           s.started_at, s.ended_at, s.first_score, s.score
    FROM reps CROSS JOIN sessions s ON s.company_id = ?1 AND s.user_id = reps.id AND s.slot_at >= ?4 AND s.slot_at < ?5 AND s.kind = 'programme'
    ORDER BY s.slot_at, s.id"
);

/// Reps' sessions of the programme whose slot lies in `time` (Unix ms), in the order of their slots.
pub async fn sessions_around(
    db: &impl Db,
    company: CompanyId,
    reach: Reach,
    time: Range<u64>,
) -> Result<Vec<SessionAroundRow>, DbError> {
    let statement = reach
        .statement(SESSIONS_AROUND, company)
        .bind(time.start)
        .bind(time.end);
    db.all(statement).await
}
