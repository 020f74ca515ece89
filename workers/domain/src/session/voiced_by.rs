//! Who voices what customer and coach say. The rep is always told.

use serde::{Deserialize, Serialize};

/// Who voices a composed message.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(tag = "kind", rename_all = "camelCase")]
pub enum VoicedBy {
    /// The built-in coach, as it was meant to.
    #[default]
    BuiltIn,
    /// The built-in coach in a model's place.
    StandIn {
        /// Why it stands in.
        why: Absence,
    },
    /// A model.
    Model {
        /// The provider's model id.
        model: String,
    },
}

/// Why the built-in coach stands in for a model.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub enum Absence {
    /// No provider gave an answer.
    Away,
    /// What the company or the rep may spend on models this month is spent.
    Spent,
    /// The model would not say it.
    Declined,
}
