//! `/api/audit`: who changed what.

use crate::error::ApiError;
use crate::extract::{Bearer, Query};
use crate::json::Json;
use crate::newest_first::{cursor, read_cursor};
use crate::ports::Ports;
use crate::tenant;
use axum::extract::State;
use contract::audit::{AuditEntry, AuditQuery};
use contract::page::{DEFAULT_LIMIT, Page};
use store::audit::{self, AuditRow, Wanted};

/// A company's entries, newest first.
pub(crate) async fn list<P: Ports>(
    State(ports): State<P>,
    Bearer(asker): Bearer,
    Query(query): Query<AuditQuery>,
) -> Result<Json<Page<AuditEntry>>, ApiError> {
    let company = tenant::meant(&ports, &asker, query.company_id).await?;
    let limit = query.limit.unwrap_or(DEFAULT_LIMIT);
    let after = read_cursor(query.cursor.as_deref())?;
    let wanted = Wanted {
        subject_id: query.subject_id,
        actor: query.actor_id,
        from: query.from,
        to: query.to,
    };
    let rows = audit::list(ports.db(), company, wanted, after, limit + 1).await?;
    let page = Page::of(rows, limit, |row| cursor(row.created_at, row.id));
    Ok(Json(Page {
        items: page.items.into_iter().map(shown).collect(),
        next_cursor: page.next_cursor,
    }))
}

fn shown(row: AuditRow) -> AuditEntry {
    AuditEntry {
        id: row.id,
        company_id: row.company,
        actor_id: row.actor,
        actor_name: row.actor_name,
        action: row.action,
        subject: row.subject,
        subject_id: row.subject_id,
        subject_name: row.subject_name,
        before: row.before,
        after: row.after,
        request_id: row.request_id,
        created_at: row.created_at,
    }
}
