//! Starting a session: what is frozen, and the mark that it runs.

use super::{SessionRow, find};
use crate::{Db, DbError, FromRow, Statement};
use domain::ids::{CompanyId, ScenarioVersionId, SessionId};
use domain::scenario::Scenario;
use domain::tone::ToneGuidelines;

/// What a session is frozen from when it starts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StartMaterial {
    /// The session.
    pub session: SessionRow,
    /// The version of the scenario that is served now.
    pub version: ScenarioVersionId,
    /// Its text.
    pub text: Scenario,
    /// The company's tone guidelines, else the stock's.
    pub guidelines: ToneGuidelines,
}

#[derive(FromRow)]
struct Texts {
    version: ScenarioVersionId,
    text: Scenario,
    guidelines: ToneGuidelines,
}

const TEXTS: &str = "
    SELECT v.id AS version, v.text,
           coalesce(
               (SELECT text FROM tone_guidelines
                WHERE company_id = ?2 AND published_at IS NOT NULL ORDER BY number DESC LIMIT 1),
               (SELECT text FROM tone_guidelines
                WHERE company_id IS NULL AND published_at IS NOT NULL ORDER BY number DESC LIMIT 1)) AS guidelines
    FROM sessions s
    JOIN scenarios sc ON sc.id = s.scenario_id
    JOIN scenario_versions v ON v.id = coalesce(s.scenario_version_id, sc.published_version_id,
        (SELECT id FROM scenario_versions
         WHERE scenario_id = sc.id AND published_at IS NOT NULL ORDER BY number DESC LIMIT 1))
    WHERE s.id = ?1 AND s.company_id = ?2";

/// All that is needed to start a session; `None` when the company has no such session.
pub async fn start_material(
    db: &impl Db,
    company: CompanyId,
    session: SessionId,
) -> Result<Option<StartMaterial>, DbError> {
    let Some(row) = find(db, company, session).await? else {
        return Ok(None);
    };
    let texts: Option<Texts> = db
        .first(Statement::new(TEXTS).bind(session).bind(company))
        .await?;
    Ok(texts.map(|texts| StartMaterial {
        session: row,
        version: texts.version,
        text: texts.text,
        guidelines: texts.guidelines,
    }))
}

const MARK_STARTED: &str = "
    UPDATE sessions SET status = 'in_progress', started_at = ?3, late = ?4, version = version + 1, updated_at = ?3
    WHERE id = ?1 AND company_id = ?2 AND status = 'scheduled'";

/// Marks a scheduled session as running. Gives false when it was none any more: calling again changes nothing.
pub async fn mark_started(
    db: &impl Db,
    company: CompanyId,
    session: SessionId,
    now: u64,
    late: bool,
) -> Result<bool, DbError> {
    let statement = Statement::new(MARK_STARTED)
        .bind(session)
        .bind(company)
        .bind(now)
        .bind(late);
    Ok(db.run(statement).await? > 0)
}
