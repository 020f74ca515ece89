//! What is kept beside a verdict, so that it can be explained and judged again.

use crate::suspicion::Suspicion;
use serde::{Deserialize, Serialize};

/// What a verdict was made of. Managers see it; a rep sees the verdict, which has its own evidence.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", default)]
pub struct Grounds {
    /// The model's reply that the verdict was read from, word for word; none of the built-in coach's.
    pub raw: Option<String>,
    /// The replies that could not be used, in order.
    pub rejected: Vec<RejectedReply>,
    /// The provider's id of the model that was asked last, whether or not its reply was used.
    pub model: Option<String>,
    /// The versions of the prompts that were put to models: `judge/v1`.
    pub prompts: Vec<String>,
    /// What the answer seems to try with whoever scores it.
    pub suspicion: Option<Suspicion>,
}

/// A model's reply that could not be used.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct RejectedReply {
    /// The model's words.
    pub raw: String,
    /// What was wrong with them, each a sentence.
    pub problems: Vec<String>,
}
