//! Writing scenarios. A version that was published never changes: the next edit opens a draft beside it, and further edits
//! go into that draft until it is published.

use crate::audit::{self, Change};
use crate::{Db, DbError, Statement};
use domain::ids::{CompanyId, ScenarioId, ScenarioVersionId, UserId};
use domain::scenario::Scenario;

/// What a draft says, and who says it.
#[derive(Debug, Clone)]
pub struct Draft {
    /// The id of its version, if it opens one.
    pub version: ScenarioVersionId,
    /// The text; valid.
    pub text: Scenario,
    /// Who wrote it.
    pub author: UserId,
    /// Unix ms.
    pub now: u64,
}

/// A scenario to be.
#[derive(Debug, Clone)]
pub struct NewScenario {
    /// Its id.
    pub id: ScenarioId,
    /// The company it belongs to; `None` is the stock library.
    pub company: Option<CompanyId>,
    /// Its first version.
    pub draft: Draft,
}

const CREATE: &str = "
    INSERT INTO scenarios (id, company_id, day, category, created_at, updated_at) VALUES (?1, ?2, ?3, ?4, ?5, ?5)";

const CREATE_VERSION: &str = "
    INSERT INTO scenario_versions (id, scenario_id, number, theme, description, text, created_by, created_at)
    VALUES (?1, ?2, 1, ?3, ?4, ?5, ?6, ?7)";

/// Makes a scenario with its first draft, which nobody practises yet.
pub async fn create(db: &impl Db, new: NewScenario, change: &Change) -> Result<(), DbError> {
    let scenario = Statement::new(CREATE)
        .bind(new.id)
        .bind(new.company)
        .bind(new.draft.text.day)
        .bind(new.draft.text.category.as_str())
        .bind(new.draft.now);
    let version = bind_draft(Statement::new(CREATE_VERSION), new.id, &new.draft)?;
    db.batch(vec![scenario, version, audit::entry(change)])
        .await?;
    Ok(())
}

fn bind_draft(
    statement: Statement,
    scenario: ScenarioId,
    draft: &Draft,
) -> Result<Statement, DbError> {
    let text = serde_json::to_string(&draft.text)
        .map_err(|error| DbError::Malformed(format!("a scenario: {error}")))?;
    Ok(statement
        .bind(draft.version)
        .bind(scenario)
        .bind(draft.text.theme.as_str())
        .bind(draft.text.description.as_str())
        .bind(text)
        .bind(draft.author)
        .bind(draft.now))
}

/// Which scenario is edited, as its editor read it.
#[derive(Debug, Clone, Copy)]
pub struct Edit {
    /// The scenario.
    pub id: ScenarioId,
    /// The company it belongs to; `None` is the stock library.
    pub company: Option<CompanyId>,
    /// The version of its row that was read.
    pub version: u64,
}

/// Day and category are those that are practised; only a scenario that nobody practises takes them from its draft.
const TOUCH: &str = "
    UPDATE scenarios SET version = version + 1, updated_at = ?4,
        day = iif(published_version_id IS NULL, ?5, day), category = iif(published_version_id IS NULL, ?6, category)
    WHERE id = ?1 AND company_id IS ?2 AND version = ?3";

/// Into the open draft, which has the highest number, or into a new one after the published version.
const WRITE_DRAFT: &str = "
    INSERT INTO scenario_versions (id, scenario_id, number, theme, description, text, created_by, created_at)
    SELECT ?1, ?2, number + (published_at IS NOT NULL), ?3, ?4, ?5, ?6, ?7
    FROM scenario_versions WHERE scenario_id = ?2 AND changes() > 0 ORDER BY number DESC LIMIT 1
    ON CONFLICT (scenario_id, number) DO UPDATE SET theme = excluded.theme, description = excluded.description,
        text = excluded.text, created_by = excluded.created_by, created_at = excluded.created_at";

/// Edits a scenario. Gives false when it is not as its editor read it, and changes nothing then.
pub async fn edit(
    db: &impl Db,
    edit: Edit,
    draft: &Draft,
    change: &Change,
) -> Result<bool, DbError> {
    let touch = at(TOUCH, edit, draft.now)
        .bind(draft.text.day)
        .bind(draft.text.category.as_str());
    let write = bind_draft(Statement::new(WRITE_DRAFT), edit.id, draft)?;
    applied(db, vec![touch, write, audit::entry_if_changed(change)]).await
}

const PUBLISH: &str = "
    UPDATE scenarios SET version = scenarios.version + 1, updated_at = ?4, published_version_id = latest.id,
        day = latest.text ->> '$.day', category = latest.text ->> '$.category'
    FROM (SELECT id, text FROM scenario_versions WHERE scenario_id = ?1 ORDER BY number DESC LIMIT 1) latest
    WHERE scenarios.id = ?1 AND scenarios.company_id IS ?2 AND scenarios.version = ?3";

const MARK_PUBLISHED: &str = "
    UPDATE scenario_versions SET published_at = ?2
    WHERE changes() > 0 AND id = (SELECT published_version_id FROM scenarios WHERE id = ?1) AND published_at IS NULL";

/// Publishes the latest version: from now on it is practised. Gives false when the scenario is not as its editor read it.
pub async fn publish(db: &impl Db, edit: Edit, now: u64, change: &Change) -> Result<bool, DbError> {
    let mark = Statement::new(MARK_PUBLISHED).bind(edit.id).bind(now);
    let publish = at(PUBLISH, edit, now);
    applied(db, vec![publish, audit::entry_if_changed(change), mark]).await
}

const SET_ACTIVE: &str = "
    UPDATE scenarios SET version = version + 1, updated_at = ?4, is_active = ?5
    WHERE id = ?1 AND company_id IS ?2 AND version = ?3";

/// Takes a scenario out of the programme, or back in. Gives false when it is not as its editor read it.
pub async fn set_active(
    db: &impl Db,
    edit: Edit,
    active: bool,
    now: u64,
    change: &Change,
) -> Result<bool, DbError> {
    let set = at(SET_ACTIVE, edit, now).bind(active);
    applied(db, vec![set, audit::entry_if_changed(change)]).await
}

const DELETE: &str = "
    DELETE FROM scenarios
    WHERE id = ?1 AND company_id IS ?2 AND NOT EXISTS (SELECT 1 FROM sessions WHERE scenario_id = ?1)";

/// Deletes a scenario that no session was ever scheduled with. Gives false of any other.
pub async fn delete(
    db: &impl Db,
    company: Option<CompanyId>,
    scenario: ScenarioId,
    change: &Change,
) -> Result<bool, DbError> {
    let delete = Statement::new(DELETE).bind(scenario).bind(company);
    applied(db, vec![delete, audit::entry_if_changed(change)]).await
}

fn at(sql: &'static str, edit: Edit, now: u64) -> Statement {
    Statement::new(sql)
        .bind(edit.id)
        .bind(edit.company)
        .bind(edit.version)
        .bind(now)
}

/// Runs a batch whose first statement tells whether anything was changed; triggers and cascades may count into it.
async fn applied(db: &impl Db, batch: Vec<Statement>) -> Result<bool, DbError> {
    let changed = db.batch(batch).await?;
    Ok(changed.first().is_some_and(|rows| *rows > 0))
}
