//! Scenarios: in lists, as a manager edits them, and as a rep may know them.

mod text;

pub use text::{DrillText, ScenarioText};

use crate::page::MAX_LIMIT;
use crate::session::DrillCard;
use domain::ids::{CompanyId, ScenarioId, UserId};
use domain::scenario::Category;
use domain::scoring::Metric;
use garde::Validate;
use serde::{Deserialize, Serialize};

/// `GET /api/scenarios`: the day first, a company's own before the stock library's. A rep sees what is published and active.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ScenarioQuery {
    /// For super admins; everyone else's own is meant.
    #[garde(skip)]
    pub company_id: Option<CompanyId>,
    /// 1 to 10.
    #[garde(range(min = 1, max = 10))]
    pub day: Option<u8>,
    /// The skill.
    #[garde(skip)]
    pub category: Option<Category>,
    /// 1 to 100; 25 when absent.
    #[garde(range(min = 1, max = MAX_LIMIT))]
    pub limit: Option<u32>,
    /// `nextCursor` of the page before.
    #[garde(length(min = 1, max = 200))]
    pub cursor: Option<String>,
}

/// `GET /api/scenarios/search`: the best matches first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ScenarioSearch {
    /// Words or their beginnings; all of them must stand in the theme, the description or what the customers say.
    #[garde(length(chars, min = 1, max = 200), custom(has_a_word))]
    pub q: String,
    /// For super admins; everyone else's own is meant.
    #[garde(skip)]
    pub company_id: Option<CompanyId>,
    /// 1 to 100; 25 when absent.
    #[garde(range(min = 1, max = MAX_LIMIT))]
    pub limit: Option<u32>,
}

fn has_a_word(text: &str, _: &()) -> garde::Result {
    if text.chars().any(char::is_alphanumeric) {
        Ok(())
    } else {
        Err(garde::Error::new("Enter a word to search for."))
    }
}

/// Which library a new scenario goes to: the query of `POST /api/scenarios`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ScenarioTarget {
    /// For super admins; everyone else's own is meant.
    #[garde(skip)]
    pub company_id: Option<CompanyId>,
    /// The stock library, which only super admins write.
    #[serde(default)]
    #[garde(skip)]
    pub stock: bool,
}

/// One page of a scenario's versions, newest first.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct VersionQuery {
    /// 1 to 100; 25 when absent.
    #[garde(range(min = 1, max = MAX_LIMIT))]
    pub limit: Option<u32>,
    /// `nextCursor` of the page before.
    #[garde(length(min = 1, max = 200))]
    pub cursor: Option<String>,
}

/// `PATCH /api/scenarios/:id/activate`
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ActivateScenario {
    /// `false` takes it out of the programme; what was practised stays.
    #[garde(skip)]
    pub active: bool,
}

/// A scenario in a list. Managers see its latest version, reps the published one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct ScenarioSummary {
    /// The scenario.
    pub id: ScenarioId,
    /// The company it belongs to; absent of the stock library, which everybody may practise.
    pub company_id: Option<CompanyId>,
    /// 1 to 10.
    pub day: u8,
    /// The skill.
    pub category: Category,
    /// The theme.
    pub theme: String,
    /// What awaits the rep.
    pub description: String,
    /// The customers, without what they will say.
    pub drills: Vec<DrillCard>,
    /// It is in the programme, once published.
    pub is_active: bool,
    /// The version shown here.
    pub number: u32,
    /// The version that is practised; absent of a draft that nobody practises yet.
    pub published_number: Option<u32>,
    /// Unix ms of its last change.
    pub updated_at: u64,
}

/// `GET /api/scenarios/:id`: the whole of it to managers, to reps what they may know beforehand.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(untagged)]
pub enum ScenarioView {
    /// To a manager.
    Whole(Box<Scenario>),
    /// To a rep.
    ForRep(Box<ScenarioForRep>),
}

/// A scenario as a manager edits it: its latest version.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Scenario {
    /// The scenario.
    pub id: ScenarioId,
    /// The company it belongs to; absent of the stock library.
    pub company_id: Option<CompanyId>,
    /// It is in the programme, once published.
    pub is_active: bool,
    /// The number of this version.
    pub number: u32,
    /// The version that is practised; absent of a draft that nobody practises yet.
    pub published_number: Option<u32>,
    /// Unix ms of its last change.
    pub updated_at: u64,
    /// The text.
    pub text: ScenarioText,
}

/// A scenario as a rep may know it beforehand: no ideal answers, no notes, nothing of what the coach listens for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct ScenarioForRep {
    /// The scenario.
    pub id: ScenarioId,
    /// The company it belongs to; absent of the stock library.
    pub company_id: Option<CompanyId>,
    /// 1 to 10.
    pub day: u8,
    /// The skill.
    pub category: Category,
    /// The theme.
    pub theme: String,
    /// What awaits the rep.
    pub description: String,
    /// The customers.
    pub drills: Vec<DrillForRep>,
}

/// A drill as a rep may know it beforehand.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct DrillForRep {
    /// Who writes, and about what.
    #[serde(flatten)]
    pub card: DrillCard,
    /// The message that opens the drill.
    pub customer_message: String,
    /// What is judged.
    pub criteria: Vec<CriterionForRep>,
}

/// What is judged, without how.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct CriterionForRep {
    /// What a good answer does.
    pub text: String,
    /// The metric it counts towards.
    pub metric: Metric,
    /// 1 to 5: how much it counts.
    pub weight: u8,
}

impl DrillForRep {
    /// What a rep may know of a drill.
    pub fn of(drill: &domain::scenario::Drill) -> Self {
        Self {
            card: DrillCard::of(drill),
            customer_message: drill.customer_message.clone(),
            criteria: drill.criteria.iter().map(CriterionForRep::of).collect(),
        }
    }
}

impl CriterionForRep {
    fn of(criterion: &domain::scenario::Criterion) -> Self {
        Self {
            text: criterion.text.clone(),
            metric: criterion.metric,
            weight: criterion.weight,
        }
    }
}

/// `GET /api/scenarios/:id/versions`: one version, without its text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(
    feature = "schema",
    derive(schemars::JsonSchema),
    schemars(rename = "ScenarioVersionSummary")
)]
#[serde(rename_all = "camelCase")]
pub struct VersionSummary {
    /// 1, 2, ...
    pub number: u32,
    /// The theme.
    pub theme: String,
    /// Who wrote it; absent of the stock library's first versions, and once the author is gone.
    pub created_by: Option<UserId>,
    /// Unix ms.
    pub created_at: u64,
    /// Unix ms; absent of a draft.
    pub published_at: Option<u64>,
    /// It is the one that is practised.
    pub is_served: bool,
}

/// `GET /api/scenarios/:id/versions/:number`
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(
    feature = "schema",
    derive(schemars::JsonSchema),
    schemars(rename = "ScenarioVersion")
)]
#[serde(rename_all = "camelCase")]
pub struct Version {
    /// The version.
    #[serde(flatten)]
    pub summary: VersionSummary,
    /// The text.
    pub text: ScenarioText,
}
