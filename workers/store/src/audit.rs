//! Who changed what. An entry travels in the same batch as the change, so that neither stands without the other.

use crate::Statement;
use domain::ids::{CompanyId, UserId};
use serde_json::Value as Json;
use uuid::Uuid;

/// One change.
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    /// The entry's id.
    pub id: Uuid,
    /// The tenant that it happened in.
    pub company: CompanyId,
    /// Who did it; `None` is the system.
    pub actor: Option<UserId>,
    /// `user.deactivated`, `group.rescheduled`, ...
    pub action: &'static str,
    /// What kind of thing: `user`, `group`, ...
    pub subject: &'static str,
    /// Which one.
    pub subject_id: Uuid,
    /// What it was, without passwords, tokens and transcripts.
    pub before: Option<Json>,
    /// What it is now, likewise.
    pub after: Option<Json>,
    /// The id of the request in the log lines.
    pub request: Option<String>,
    /// Unix ms.
    pub at: u64,
}

const ENTER: &str = "
    INSERT INTO audit_log (id, company_id, actor_id, action, subject, subject_id, before, after, request_id, created_at)
    VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)";

const ENTER_IF_CHANGED: &str = "
    INSERT INTO audit_log (id, company_id, actor_id, action, subject, subject_id, before, after, request_id, created_at)
    SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10 WHERE changes() > 0";

/// The entry as a statement of the change's own batch.
pub fn entry(change: &Change) -> Statement {
    bound(ENTER, change)
}

/// The entry of a guarded change: stands right after it in the batch, and does nothing when the change did nothing.
pub fn entry_if_changed(change: &Change) -> Statement {
    bound(ENTER_IF_CHANGED, change)
}

fn bound(sql: &'static str, change: &Change) -> Statement {
    Statement::new(sql)
        .bind(change.id.to_string())
        .bind(change.company)
        .bind(change.actor)
        .bind(change.action)
        .bind(change.subject)
        .bind(change.subject_id.to_string())
        .bind(change.before.as_ref().map(Json::to_string))
        .bind(change.after.as_ref().map(Json::to_string))
        .bind(change.request.clone())
        .bind(change.at)
}
