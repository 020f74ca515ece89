//! Scenarios and tone guidelines: which text is served.

use crate::column::json;
use crate::{Db, DbError, Statement};
use domain::ids::{CompanyId, ScenarioId, ScenarioVersionId};
use domain::scenario::Scenario;
use serde::Deserialize;

/// A published scenario.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct PublishedScenario {
    /// The scenario.
    pub scenario: ScenarioId,
    /// The version that is published now.
    pub version: ScenarioVersionId,
    /// Its text.
    #[serde(deserialize_with = "json")]
    pub text: Scenario,
}

const PUBLISHED_FOR_DAY: &str = "
    SELECT served.id AS scenario, v.id AS version, v.text
    FROM (SELECT id, published_version_id, 0 AS stock FROM scenarios
          WHERE company_id = ?1 AND day = ?2 AND is_active = 1 AND published_version_id IS NOT NULL
          UNION ALL
          SELECT id, published_version_id, 1 AS stock FROM scenarios
          WHERE company_id IS NULL AND day = ?2 AND is_active = 1 AND published_version_id IS NOT NULL) served
    JOIN scenario_versions v ON v.id = served.published_version_id
    ORDER BY served.stock, served.id LIMIT 1";

/// What a company practises on a day (1 to 10): its own published scenario, else the stock library's.
pub async fn published_for_day(
    db: &impl Db,
    company: CompanyId,
    day: u8,
) -> Result<Option<PublishedScenario>, DbError> {
    db.first(Statement::new(PUBLISHED_FOR_DAY).bind(company).bind(day))
        .await
}
