//! A day's scenario as a sales trainer writes it, frozen onto a session when it starts.
//!
//! The same types read `scenarios/*.toml`, the JSON of a scenario version in D1, and the copy inside a session's log.

#[cfg(any(feature = "toml", test))]
pub mod file;
mod validate;

pub(crate) use validate::Faults;
pub use validate::{Fault, validate};

use crate::scoring::Metric;
use serde::{Deserialize, Serialize};

/// One day of the ten: a theme, two or three drills and a voice drill.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Scenario {
    /// 1 to 10.
    pub day: u8,
    /// What the day is about, in the customer's words: "I want a small pack / trial first".
    pub theme: String,
    /// One or two sentences for the rep, shown before the session. Never gives an answer away.
    pub description: String,
    /// Which skill the day trains.
    pub category: Category,
    /// The customers of the day, in order.
    pub drills: Vec<Drill>,
    /// What the rep says aloud afterwards.
    pub voice_drill: VoiceDrill,
}

/// The skill a day trains.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)]
pub enum Category {
    ObjectionHandling,
    Closing,
    FollowUp,
}

impl Category {
    /// The name used in SQL and JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Category::ObjectionHandling => "objection_handling",
            Category::Closing => "closing",
            Category::FollowUp => "follow_up",
        }
    }
}

/// One customer message to answer, and all that is needed to play the customer and to judge the answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Drill {
    /// A slug, unique in its day: `small_pack`.
    pub id: String,
    /// Shown to the rep: "Just 10,000 messages first".
    pub title: String,
    /// Who is writing.
    pub customer: Customer,
    /// The message that opens the drill, word for word.
    pub customer_message: String,
    /// What the customer says after the rep's last answer, by how far it moved him.
    pub reactions: Reactions,
    /// One answer a master would give. Never shown before the rep has answered.
    pub ideal_response: String,
    /// What the coach knows about this objection, each a sentence.
    pub coaching_notes: Vec<String>,
    /// How to sound in this drill, each a sentence.
    pub tone_guidelines: Vec<String>,
    /// What reps usually get wrong here, each a sentence.
    pub common_mistakes: Vec<String>,
    /// What is judged, in the order a good answer says it.
    pub criteria: Vec<Criterion>,
    /// What fails an answer whatever else it does.
    #[serde(default)]
    pub blockers: Vec<Blocker>,
}

/// The customer's side: what he knows and wants. The customer never sees the criteria.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Customer {
    /// "Rakesh Sharma".
    pub name: String,
    /// "Furniture showroom, Pune".
    pub business: String,
    /// What is true of him, for the voice that plays him.
    pub facts: Vec<String>,
    /// His attitude at the start, a sentence: "Careful with money, burnt by an agency last year".
    pub stance: String,
}

/// The customer's last words in a drill, by stance. Each list has at least one line; which is used depends on the session.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Reactions {
    /// Nothing moved him.
    pub open: Vec<String>,
    /// He listens.
    pub softened: Vec<String>,
    /// He is ready for the next step.
    pub resolved: Vec<String>,
}

/// One thing a good answer does, with anchors for four levels.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Criterion {
    /// A slug, unique in its drill: `acknowledges`.
    pub id: String,
    /// The metric it counts towards.
    pub metric: Metric,
    /// 1 to 5: how much it counts.
    pub weight: u8,
    /// What the rep does, observable: "Acknowledges the wish to start small before answering it".
    pub text: String,
    /// What an answer at level 0, 1, 2 and 3 looks like.
    pub levels: [String; 4],
    /// What the built-in coach listens for: one to three groups of words or short phrases, lower case, English or
    /// romanised Hindi in any usual spelling. A group that names three ways of a common act, such as understanding or asking,
    /// stands for all of that act's ways. The level is three times the share of groups that stand in the answer, rounded
    /// down but at least 1 once one stands.
    pub signals: Vec<Vec<String>>,
    /// What the coach says when it is missing or weak: why it matters, then what to do. One or two sentences.
    pub advice: String,
    /// A sentence that does it at level 3, in the captain's voice: the built-in coach weaves it into the improved version.
    pub example: String,
}

/// Something that fails an answer: a false promise, an insult, a discount nobody may give.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Blocker {
    /// A slug, unique in its drill: `guaranteed_sales`.
    pub id: String,
    /// Why it fails, to the rep: "Promises sales that nobody can promise".
    pub text: String,
    /// Words or phrases that show it, lower case.
    pub signals: Vec<String>,
}

/// What the rep practises aloud.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct VoiceDrill {
    /// The words to say.
    pub text: String,
    /// How to say them.
    pub instructions: String,
}
