//! What a company has subscribed to.

use serde::{Deserialize, Serialize};

/// The plans there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Plan {
    /// For a look around; it ends.
    Trial,
    /// The smallest.
    Basic,
    /// The usual.
    Premium,
    /// By contract.
    Enterprise,
}

impl Plan {
    /// The name used in SQL and JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Plan::Trial => "trial",
            Plan::Basic => "basic",
            Plan::Premium => "premium",
            Plan::Enterprise => "enterprise",
        }
    }
}
