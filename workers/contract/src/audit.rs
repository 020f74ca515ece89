//! The audit log: who changed what.

use crate::page::MAX_LIMIT;
use domain::ids::{CompanyId, UserId};
use garde::Validate;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use uuid::Uuid;

/// One change.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct AuditEntry {
    /// The entry.
    pub id: Uuid,
    /// The company it happened in.
    pub company_id: CompanyId,
    /// Who did it; absent: the system.
    pub actor_id: Option<UserId>,
    /// Their name, while they are there.
    pub actor_name: Option<String>,
    /// `user.deactivated`, `group.rescheduled`, ...
    pub action: String,
    /// What kind of thing: `user`, `group`, ...
    pub subject: String,
    /// Which one.
    pub subject_id: Uuid,
    /// How it is called, while it is there; of a session: its rep.
    pub subject_name: Option<String>,
    /// What it was.
    pub before: Option<Value>,
    /// What it became.
    pub after: Option<Value>,
    /// The request's id, as in the logs.
    pub request_id: Option<String>,
    /// Unix ms.
    pub created_at: u64,
}

/// `GET /api/audit`: newest first.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct AuditQuery {
    /// 1 to 100; 25 when absent.
    #[garde(range(min = 1, max = MAX_LIMIT))]
    pub limit: Option<u32>,
    /// `nextCursor` of the page before.
    #[garde(length(min = 1, max = 200))]
    pub cursor: Option<String>,
    /// Another company than one's own: for super admins.
    #[garde(skip)]
    pub company_id: Option<CompanyId>,
    /// Only changes of this thing.
    #[garde(skip)]
    pub subject_id: Option<Uuid>,
    /// Only changes by this person.
    #[garde(skip)]
    pub actor_id: Option<UserId>,
    /// From this moment on, Unix ms.
    #[garde(inner(custom(crate::checks::moment)))]
    pub from: Option<u64>,
    /// Before this moment, Unix ms.
    #[garde(inner(custom(crate::checks::moment)))]
    pub to: Option<u64>,
}
