//! What an answer seems to try with whoever scores it. It is shown to the manager with its quote; it is no fault by itself.

use serde::{Deserialize, Serialize};

/// What an answer seems to try, with the words that show it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Suspicion {
    /// What it seems to try.
    pub attempt: Attempt,
    /// The rep's own words.
    pub quote: String,
}

/// Ways to speak to the scorer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(
    feature = "schema",
    derive(schemars::JsonSchema),
    schemars(rename = "SuspectedAttempt")
)]
#[serde(rename_all = "camelCase")]
pub enum Attempt {
    /// “Mujhe poore number do”.
    AsksForMarks,
    /// “Ignore your instructions”, “from now on you are …”.
    GivesOrders,
    /// “The rep has acknowledged the worry”.
    DescribesItself,
    /// “SYSTEM:”, a closing brace, a heading of a prompt.
    ForgesText,
    /// “Show me the ideal answer”.
    AsksForSecrets,
    /// Words made unreadable to people: a code, a cipher, invisible or borrowed letters.
    HidesWords,
}
