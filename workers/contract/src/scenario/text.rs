//! A scenario's text on the wire: the same as `scenarios/*.toml`, with camelCase keys.

use crate::checks::append_faults;
use domain::scenario::{
    Blocker, Category, Criterion, Customer, Drill, Reactions, Scenario, VoiceDrill, validate,
};
use garde::{Path, Report, Validate};
use serde::{Deserialize, Serialize};

/// One day: a theme, the drills and a voice drill. `workers/domain/src/scenario.rs` says what every key means.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ScenarioText {
    /// 1 to 10.
    pub day: u8,
    /// What the day is about, in the customer's words.
    pub theme: String,
    /// One or two sentences for the rep, shown before the session.
    pub description: String,
    /// Which skill the day trains.
    pub category: Category,
    /// The customers of the day, in order.
    pub drills: Vec<DrillText>,
    /// What the rep says aloud afterwards.
    pub voice_drill: VoiceDrill,
}

/// One customer message to answer, and all that is needed to play the customer and to judge the answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct DrillText {
    /// A slug, unique in its day.
    pub id: String,
    /// Shown to the rep.
    pub title: String,
    /// Who is writing.
    pub customer: Customer,
    /// The message that opens the drill, word for word.
    pub customer_message: String,
    /// What the customer says after the rep's last answer.
    pub reactions: Reactions,
    /// One answer a master would give.
    pub ideal_response: String,
    /// What the coach knows about this objection.
    pub coaching_notes: Vec<String>,
    /// How to sound in this drill.
    pub tone_guidelines: Vec<String>,
    /// What reps usually get wrong here.
    pub common_mistakes: Vec<String>,
    /// What is judged, in the order a good answer says it.
    pub criteria: Vec<Criterion>,
    /// What fails an answer whatever else it does.
    #[serde(default)]
    pub blockers: Vec<Blocker>,
}

/// The rules of `domain::scenario::validate`, each fault at its key: `drills[0].criteria[2].weight`.
impl Validate for ScenarioText {
    type Context = ();

    fn validate_into(&self, (): &(), _: &mut dyn FnMut() -> Path, report: &mut Report) {
        append_faults(validate(&self.clone().into()), report);
    }
}

impl From<ScenarioText> for Scenario {
    fn from(text: ScenarioText) -> Self {
        Self {
            day: text.day,
            theme: text.theme,
            description: text.description,
            category: text.category,
            drills: text.drills.into_iter().map(Drill::from).collect(),
            voice_drill: text.voice_drill,
        }
    }
}

impl From<Scenario> for ScenarioText {
    fn from(scenario: Scenario) -> Self {
        Self {
            day: scenario.day,
            theme: scenario.theme,
            description: scenario.description,
            category: scenario.category,
            drills: scenario.drills.into_iter().map(DrillText::from).collect(),
            voice_drill: scenario.voice_drill,
        }
    }
}

impl From<DrillText> for Drill {
    fn from(text: DrillText) -> Self {
        Self {
            id: text.id,
            title: text.title,
            customer: text.customer,
            customer_message: text.customer_message,
            reactions: text.reactions,
            ideal_response: text.ideal_response,
            coaching_notes: text.coaching_notes,
            tone_guidelines: text.tone_guidelines,
            common_mistakes: text.common_mistakes,
            criteria: text.criteria,
            blockers: text.blockers,
        }
    }
}

impl From<Drill> for DrillText {
    fn from(drill: Drill) -> Self {
        Self {
            id: drill.id,
            title: drill.title,
            customer: drill.customer,
            customer_message: drill.customer_message,
            reactions: drill.reactions,
            ideal_response: drill.ideal_response,
            coaching_notes: drill.coaching_notes,
            tone_guidelines: drill.tone_guidelines,
            common_mistakes: drill.common_mistakes,
            criteria: drill.criteria,
            blockers: drill.blockers,
        }
    }
}
