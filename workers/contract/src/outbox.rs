//! What a developer reads instead of mail.

use domain::ids::MailId;
use serde::{Deserialize, Serialize};

/// `GET /api/dev/outbox`: a mail that was or would be sent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct DevMail {
    /// The mail.
    pub id: MailId,
    /// `invite`, `password_reset`, `welcome`, ...
    pub kind: String,
    /// Whom it is written to.
    pub to: String,
    /// Its subject.
    pub subject: String,
    /// All of it; empty once it was sent.
    pub text: String,
    /// `pending`, `sent` or `failed`.
    pub status: String,
    /// Unix ms.
    pub created_at: u64,
}
