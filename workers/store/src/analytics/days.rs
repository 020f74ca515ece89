//! Teams and companies, date by date. Sums, so that they add up.

use crate::{Db, DbError, FromRow, Statement};
use domain::ids::{CompanyId, TeamId};
use domain::plan::Plan;
use std::ops::RangeInclusive;

/// What came of one day of the programme on one date.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct DayRow {
    /// Local: `2026-11-22`.
    pub date: String,
    /// 1 to 10.
    pub day: u8,
    /// Completed sessions.
    pub completed: u32,
    /// Missed sessions.
    pub missed: u32,
    /// Completed ones that were started late.
    pub late: u32,
    /// From start to end of the completed ones.
    pub practice_seconds: u32,
    /// Sum of the completed ones' final scores.
    pub score_sum: u32,
    /// Sum of their first scores.
    pub first_score_sum: u32,
    /// Sessions with a manager's score.
    pub overridden: u32,
    /// Of these, where it disagrees with the coach's.
    pub overrides_disagreed: u32,
    /// Sessions that were judged anew.
    pub regraded: u32,
    /// Of these, where the latest verdict disagrees with the first.
    pub regrades_disagreed: u32,
}

const TEAM_DAYS: &str = "
    SELECT date, day, completed, missed, late, practice_seconds, score_sum, first_score_sum, overridden,
           overrides_disagreed, regraded, regrades_disagreed
    FROM team_day_rollups WHERE company_id = ?1 AND team_id = ?2 AND date BETWEEN ?3 AND ?4
    ORDER BY date, day";

/// A team's dates in a span of local dates, oldest first.
pub async fn team_days(
    db: &impl Db,
    company: CompanyId,
    team: TeamId,
    dates: &RangeInclusive<String>,
) -> Result<Vec<DayRow>, DbError> {
    let statement = Statement::new(TEAM_DAYS)
        .bind(company)
        .bind(team)
        .bind(dates.start().as_str())
        .bind(dates.end().as_str());
    db.all(statement).await
}

const COMPANY_DAYS: &str = "
    SELECT date, day, completed, missed, late, practice_seconds, score_sum, first_score_sum, overridden,
           overrides_disagreed, regraded, regrades_disagreed
    FROM company_day_rollups WHERE company_id = ?1 AND date BETWEEN ?2 AND ?3
    ORDER BY date, day";

/// A company's dates in a span of local dates, oldest first.
pub async fn company_days(
    db: &impl Db,
    company: CompanyId,
    dates: &RangeInclusive<String>,
) -> Result<Vec<DayRow>, DbError> {
    let statement = Statement::new(COMPANY_DAYS)
        .bind(company)
        .bind(dates.start().as_str())
        .bind(dates.end().as_str());
    db.all(statement).await
}

/// A team in a span of time.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct TeamRow {
    /// The team; `None` stands for reps without one.
    pub team: Option<TeamId>,
    /// Its name; `None` for reps without a team, and for a team that is gone.
    pub name: Option<String>,
    /// Completed sessions.
    pub completed: u32,
    /// Missed sessions.
    pub missed: u32,
    /// Completed ones that were started late.
    pub late: u32,
    /// From start to end of the completed ones.
    pub practice_seconds: u32,
    /// Sum of the completed ones' final scores.
    pub score_sum: u32,
    /// Sum of their first scores.
    pub first_score_sum: u32,
}

const TEAMS_OF_COMPANY: &str = "
    SELECT nullif(d.team_id, '') AS team, t.name, sum(d.completed) AS completed, sum(d.missed) AS missed,
           sum(d.late) AS late, sum(d.practice_seconds) AS practice_seconds, sum(d.score_sum) AS score_sum,
           sum(d.first_score_sum) AS first_score_sum
    FROM team_day_rollups d LEFT JOIN teams t ON t.company_id = d.company_id AND t.id = d.team_id
    WHERE d.company_id = ?1 AND d.date BETWEEN ?2 AND ?3
    GROUP BY d.team_id
    ORDER BY t.name IS NULL, t.name, d.team_id";

/// A company's teams that had sessions in a span of local dates, by name.
pub async fn teams_of_company(
    db: &impl Db,
    company: CompanyId,
    dates: &RangeInclusive<String>,
) -> Result<Vec<TeamRow>, DbError> {
    let statement = Statement::new(TEAMS_OF_COMPANY)
        .bind(company)
        .bind(dates.start().as_str())
        .bind(dates.end().as_str());
    db.all(statement).await
}

/// A company among all of them.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct CompanyRow {
    /// The company.
    pub company: CompanyId,
    /// Its name.
    pub name: String,
    /// Its plan.
    pub plan: Plan,
    /// Unix ms; `None`: until further notice.
    pub plan_ends_at: Option<u64>,
    /// Its people may log in.
    pub is_active: bool,
    /// How many people the plan allows.
    pub max_users: u32,
    /// Reps who may log in.
    pub active_reps: u32,
    /// Completed sessions.
    pub completed: u32,
    /// Missed sessions.
    pub missed: u32,
    /// Completed ones that were started late.
    pub late: u32,
    /// From start to end of the completed ones.
    pub practice_seconds: u32,
    /// Sum of the completed ones' final scores.
    pub score_sum: u32,
    /// Sum of their first scores.
    pub first_score_sum: u32,
}

const COMPANIES: &str = "
    WITH page AS (
        SELECT id, name, plan, plan_ends_at, is_active, max_users, active_reps FROM companies
        WHERE id > ?1 ORDER BY id LIMIT ?2)
    SELECT p.id AS company, p.name, p.plan, p.plan_ends_at, p.is_active, p.max_users, p.active_reps,
           coalesce(sum(d.completed), 0) AS completed, coalesce(sum(d.missed), 0) AS missed,
           coalesce(sum(d.late), 0) AS late, coalesce(sum(d.practice_seconds), 0) AS practice_seconds,
           coalesce(sum(d.score_sum), 0) AS score_sum, coalesce(sum(d.first_score_sum), 0) AS first_score_sum
    FROM page p LEFT JOIN company_day_rollups d ON d.company_id = p.id AND d.date BETWEEN ?3 AND ?4
    GROUP BY p.id
    ORDER BY p.id";

/// Companies in the order they were made, at most `limit` after `after`, each with what it came to in a span of local dates.
/// For super admins alone.
pub async fn companies(
    db: &impl Db,
    after: Option<CompanyId>,
    limit: u32,
    dates: &RangeInclusive<String>,
) -> Result<Vec<CompanyRow>, DbError> {
    let statement = Statement::new(COMPANIES)
        .bind(after.map_or_else(String::new, |company| company.to_string()))
        .bind(limit)
        .bind(dates.start().as_str())
        .bind(dates.end().as_str());
    db.all(statement).await
}
