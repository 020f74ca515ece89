//! The languages the app speaks to people.

use serde::{Deserialize, Serialize};

/// The language of screens and mails. What reps and customers write to each other is another matter ([`crate::tone`]).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum Language {
    /// English.
    #[default]
    #[serde(rename = "en")]
    English,
    /// Hindi.
    #[serde(rename = "hi")]
    Hindi,
}

impl Language {
    /// The tag used in SQL and JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Language::English => "en",
            Language::Hindi => "hi",
        }
    }
}
