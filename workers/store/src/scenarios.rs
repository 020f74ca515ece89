//! Scenarios: which text is served, what is on the shelf, and how it changes.

mod edit;
mod search;
mod versions;

pub use edit::{Draft, Edit, NewScenario, create, delete, edit, publish, set_active};
pub use search::{nearest, search};
pub use versions::{VersionRow, VersionTextRow, version, versions};

use crate::sessions::DrillCardRow;
use crate::{Db, DbError, FromRow, Statement};
use domain::ids::{CompanyId, ScenarioId, ScenarioVersionId};
use domain::scenario::{Category, Scenario};
use serde::{Deserialize, Serialize};

/// A published scenario.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct PublishedScenario {
    /// The scenario.
    pub scenario: ScenarioId,
    /// The version that is published now.
    pub version: ScenarioVersionId,
    /// Its text.
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

/// How much of a library somebody sees.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shelf {
    /// What is published and active, as it is practised.
    Served,
    /// Everything, in its latest version.
    Whole,
}

impl Shelf {
    fn is_served(self) -> bool {
        self == Shelf::Served
    }
}

/// A scenario in a list.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct SummaryRow {
    /// The scenario.
    pub id: ScenarioId,
    /// The company it belongs to; `None` is the stock library.
    pub company: Option<CompanyId>,
    /// 1 to 10.
    pub day: u8,
    /// The skill.
    pub category: Category,
    /// It is in the programme, once published.
    pub is_active: bool,
    /// Unix ms.
    pub updated_at: u64,
    /// The number of the version shown.
    pub number: u32,
    /// The number of the published version.
    pub published_number: Option<u32>,
    /// The theme.
    pub theme: String,
    /// What awaits the rep.
    pub description: String,
    /// The customers.
    pub drills: Vec<DrillCardRow>,
}

/// A scenario with its text.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct ScenarioRow {
    /// The scenario.
    pub id: ScenarioId,
    /// The company it belongs to; `None` is the stock library.
    pub company: Option<CompanyId>,
    /// It is in the programme, once published.
    pub is_active: bool,
    /// Counts up with every edit.
    pub version: u64,
    /// Unix ms.
    pub updated_at: u64,
    /// The number of the version shown.
    pub number: u32,
    /// The number of the published version.
    pub published_number: Option<u32>,
    /// Its text.
    pub text: Scenario,
}

macro_rules! summary_columns {
    () => {
        concat!(
            "
    SELECT sc.id, sc.company_id AS company, sc.day, sc.category, sc.is_active, sc.updated_at, v.number,
           p.number AS published_number, v.theme, v.description, ",
            crate::column::drill_cards!(),
            " AS drills"
        )
    };
}
pub(crate) use summary_columns;

/// `?2`: 1 shows the published version of what is active, 0 the latest of everything.
macro_rules! shown_version {
    () => {
        "
    JOIN scenario_versions v ON v.id = iif(?2, sc.published_version_id,
        (SELECT id FROM scenario_versions WHERE scenario_id = sc.id ORDER BY number DESC LIMIT 1))
    LEFT JOIN scenario_versions p ON p.id = sc.published_version_id"
    };
}
pub(crate) use shown_version;

/// Where a page of scenarios begins: after this one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// Its day.
    pub day: u8,
    /// It is the stock library's.
    pub stock: bool,
    /// Itself.
    pub id: ScenarioId,
}

impl Place {
    /// The place of a row.
    pub fn of(row: &SummaryRow) -> Self {
        Self {
            day: row.day,
            stock: row.company.is_none(),
            id: row.id,
        }
    }
}

/// What a list is narrowed to.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Filter {
    /// 1 to 10.
    pub day: Option<u8>,
    /// The skill.
    pub category: Option<Category>,
}

const LIST: &str = concat!(
    summary_columns!(),
    "
    FROM (SELECT id, day, 0 AS stock FROM scenarios
          WHERE company_id = ?1 AND (?3 IS NULL OR day = ?3) AND (?4 IS NULL OR category = ?4)
            AND (NOT ?2 OR (is_active = 1 AND published_version_id IS NOT NULL)) AND (day, 0, id) > (?5, ?6, ?7)
          UNION ALL
          SELECT id, day, 1 FROM scenarios
          WHERE company_id IS NULL AND (?3 IS NULL OR day = ?3) AND (?4 IS NULL OR category = ?4)
            AND (NOT ?2 OR (is_active = 1 AND published_version_id IS NOT NULL)) AND (day, 1, id) > (?5, ?6, ?7)
          ORDER BY 2, 3, 1 LIMIT ?8) served
    JOIN scenarios sc ON sc.id = served.id",
    shown_version!(),
    "
    ORDER BY sc.day, served.stock, sc.id"
);

/// What a company sees, its own and the stock's: by day, its own first. At most `limit`, after `after`.
pub async fn list(
    db: &impl Db,
    company: CompanyId,
    shelf: Shelf,
    filter: Filter,
    after: Option<Place>,
    limit: u32,
) -> Result<Vec<SummaryRow>, DbError> {
    let statement = Statement::new(LIST)
        .bind(company)
        .bind(shelf.is_served())
        .bind(filter.day)
        .bind(filter.category.map(Category::as_str))
        .bind(after.map_or(0, |place| place.day))
        .bind(after.is_some_and(|place| place.stock))
        .bind(after.map_or_else(String::new, |place| place.id.to_string()))
        .bind(limit);
    db.all(statement).await
}

const FIND: &str = concat!(
    "
    SELECT sc.id, sc.company_id AS company, sc.is_active, sc.version, sc.updated_at, v.number,
           p.number AS published_number, v.text
    FROM scenarios sc",
    shown_version!(),
    "
    WHERE sc.id = ?3 AND (sc.company_id = ?1 OR sc.company_id IS NULL) AND (NOT ?2 OR sc.is_active = 1)"
);

/// One scenario that a company sees: its own, or the stock's.
pub async fn find(
    db: &impl Db,
    company: CompanyId,
    shelf: Shelf,
    scenario: ScenarioId,
) -> Result<Option<ScenarioRow>, DbError> {
    let statement = Statement::new(FIND)
        .bind(company)
        .bind(shelf.is_served())
        .bind(scenario);
    db.first(statement).await
}

#[derive(FromRow)]
struct Owner {
    company: Option<CompanyId>,
}

const OWNER_OF: &str = "SELECT company_id AS company FROM scenarios WHERE id = ?1";

/// The company a scenario belongs to: for a super admin, who sees all of them, before any other call. `Some(None)` is the stock
/// library.
pub async fn owner_of(
    db: &impl Db,
    scenario: ScenarioId,
) -> Result<Option<Option<CompanyId>>, DbError> {
    let owner: Option<Owner> = db.first(Statement::new(OWNER_OF).bind(scenario)).await?;
    Ok(owner.map(|owner| owner.company))
}
