//! The versions of a scenario.

use crate::{Db, DbError, FromRow, Statement};
use domain::ids::{CompanyId, ScenarioId, UserId};
use domain::scenario::Scenario;

/// One version, without its text.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct VersionRow {
    /// 1, 2, ...
    pub number: u32,
    /// The theme.
    pub theme: String,
    /// Who wrote it.
    pub created_by: Option<UserId>,
    /// Unix ms.
    pub created_at: u64,
    /// Unix ms; `None` of a draft.
    pub published_at: Option<u64>,
    /// It is the one that is practised.
    pub is_served: bool,
}

/// One version with its text.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct VersionTextRow {
    /// 1, 2, ...
    pub number: u32,
    /// Who wrote it.
    pub created_by: Option<UserId>,
    /// Unix ms.
    pub created_at: u64,
    /// Unix ms; `None` of a draft.
    pub published_at: Option<u64>,
    /// It is the one that is practised.
    pub is_served: bool,
    /// Its text.
    pub text: Scenario,
}

macro_rules! versions_of {
    () => {
        "
    FROM scenarios sc JOIN scenario_versions v ON v.scenario_id = sc.id
    WHERE sc.id = ?2 AND (sc.company_id = ?1 OR sc.company_id IS NULL)"
    };
}

const VERSIONS: &str = concat!(
    "
    SELECT v.number, v.theme, v.created_by, v.created_at, v.published_at, v.id IS sc.published_version_id AS is_served",
    versions_of!(),
    " AND v.number < ?3
    ORDER BY v.number DESC LIMIT ?4"
);

/// The versions of a scenario that a company sees, newest first: at most `limit` below the number `before`.
pub async fn versions(
    db: &impl Db,
    company: CompanyId,
    scenario: ScenarioId,
    before: Option<u32>,
    limit: u32,
) -> Result<Vec<VersionRow>, DbError> {
    let statement = Statement::new(VERSIONS)
        .bind(company)
        .bind(scenario)
        .bind(before.unwrap_or(u32::MAX))
        .bind(limit);
    db.all(statement).await
}

const VERSION: &str = concat!(
    "
    SELECT v.number, v.created_by, v.created_at, v.published_at, v.id IS sc.published_version_id AS is_served, v.text",
    versions_of!(),
    " AND v.number = ?3"
);

/// One version of a scenario that a company sees.
pub async fn version(
    db: &impl Db,
    company: CompanyId,
    scenario: ScenarioId,
    number: u32,
) -> Result<Option<VersionTextRow>, DbError> {
    let statement = Statement::new(VERSION)
        .bind(company)
        .bind(scenario)
        .bind(number);
    db.first(statement).await
}
