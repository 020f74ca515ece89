//! Who changed what. An entry travels in the same batch as the change, so that neither stands without the other.

use crate::cursor::After;
use crate::{Db, DbError, FromRow, Statement};
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

/// Which entries are wanted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Wanted {
    /// Only changes of this thing.
    pub subject_id: Option<Uuid>,
    /// Only changes by this person.
    pub actor: Option<UserId>,
    /// From this moment on, Unix ms.
    pub from: Option<u64>,
    /// Before this moment, Unix ms.
    pub to: Option<u64>,
}

/// An entry as it is read.
#[derive(Debug, Clone, PartialEq, FromRow)]
pub struct AuditRow {
    /// The entry.
    pub id: Uuid,
    /// The tenant it happened in.
    pub company: CompanyId,
    /// Who did it; `None` is the system.
    pub actor: Option<UserId>,
    /// Their name, while they are there.
    pub actor_name: Option<String>,
    /// `user.deactivated`, ...
    pub action: String,
    /// What kind of thing.
    pub subject: String,
    /// Which one.
    pub subject_id: Uuid,
    /// How it is called, while it is there; of a session: its rep.
    pub subject_name: Option<String>,
    /// What it was.
    pub before: Option<Json>,
    /// What it became.
    pub after: Option<Json>,
    /// The id of the request.
    pub request_id: Option<String>,
    /// Unix ms.
    pub created_at: u64,
}

macro_rules! list {
    ($filter:literal) => {
        concat!(
            "SELECT a.id, a.company_id AS company, a.actor_id AS actor, u.first_name || ' ' || u.last_name AS actor_name,
                    a.action, a.subject, a.subject_id,
                    CASE a.subject
                        WHEN 'user' THEN (SELECT first_name || ' ' || last_name FROM users WHERE id = a.subject_id AND company_id = ?1)
                        WHEN 'session' THEN (SELECT p.first_name || ' ' || p.last_name FROM sessions s JOIN users p ON p.id = s.user_id
                                             WHERE s.id = a.subject_id AND s.company_id = ?1)
                        WHEN 'team' THEN (SELECT name FROM teams WHERE id = a.subject_id AND company_id = ?1)
                        WHEN 'group' THEN (SELECT name FROM groups WHERE id = a.subject_id AND company_id = ?1)
                        WHEN 'scenario' THEN (SELECT v.theme FROM scenarios c JOIN scenario_versions v ON v.scenario_id = c.id
                                              WHERE c.id = a.subject_id AND (c.company_id = ?1 OR c.company_id IS NULL)
                                              ORDER BY v.number DESC LIMIT 1)
                        WHEN 'company' THEN (SELECT name FROM companies WHERE id = a.subject_id AND id = ?1)
                    END AS subject_name,
                    a.before, a.after, a.request_id, a.created_at
             FROM audit_log a LEFT JOIN users u ON u.id = a.actor_id AND u.company_id = a.company_id
             WHERE a.company_id = ?1 AND ",
            $filter,
            " AND a.created_at >= ?2 AND a.created_at <= ?3 AND (a.created_at < ?3 OR a.id < ?4)
             ORDER BY a.created_at DESC, a.id DESC LIMIT ?5"
        )
    };
}

// One statement for each index that serves.
const LIST: &str = list!("(?6 IS NULL OR a.subject_id = ?6) AND (?7 IS NULL OR a.actor_id = ?7)");
const LIST_OF_SUBJECT: &str = list!("a.subject_id = ?6 AND (?7 IS NULL OR a.actor_id = ?7)");
const LIST_OF_ACTOR: &str = list!("?6 IS NULL AND a.actor_id = ?7");

/// A company's entries, newest first.
pub async fn list(
    db: &impl Db,
    company: CompanyId,
    wanted: Wanted,
    after: Option<After>,
    limit: u32,
) -> Result<Vec<AuditRow>, DbError> {
    let sql = match (wanted.subject_id, wanted.actor) {
        (Some(_), _) => LIST_OF_SUBJECT,
        (None, Some(_)) => LIST_OF_ACTOR,
        (None, None) => LIST,
    };
    // The page goes on before its last entry; the first one begins before `to`.
    let before = after
        .or_else(|| wanted.to.map(After::moment))
        .unwrap_or_default();
    let statement = Statement::new(sql)
        .bind(company)
        .bind(wanted.from.unwrap_or(0))
        .bind(before.at)
        .bind(before.id)
        .bind(limit)
        .bind(wanted.subject_id.map(|id| id.to_string()))
        .bind(wanted.actor);
    db.all(statement).await
}
