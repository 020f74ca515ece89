//! Is the Worker up, and which one is it?

use serde::{Deserialize, Serialize};

/// `GET /api/health`
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Health {
    /// Always true: a Worker that is down answers nothing.
    pub ok: bool,
    /// Of the Worker.
    pub version: String,
    /// `production` or `dev`.
    pub environment: String,
    /// Who coaches: `builtin`, or a provider's model id.
    pub coach: String,
}
