//! `/api/dev`: what only a developer may see. In production none of it exists.

use crate::config::Environment;
use crate::error::ApiError;
use crate::json::Json;
use crate::ports::Ports;
use axum::extract::State;
use contract::outbox::DevMail;
use contract::page::Page;
use store::outbox;

/// How many mails are shown.
const SHOWN: u32 = 50;

/// The latest mails, so that a forgotten password works on one's own machine.
pub(crate) async fn mails<P: Ports>(
    State(ports): State<P>,
) -> Result<Json<Page<DevMail>>, ApiError> {
    if ports.config().environment != Environment::Dev {
        return Err(ApiError::not_found("path"));
    }
    let rows = outbox::latest(ports.db(), SHOWN).await?;
    let items = rows.into_iter().map(|row| DevMail {
        id: row.id,
        kind: row.kind.as_str().to_owned(),
        to: row.to_address,
        subject: row.subject,
        text: row.body_text,
        status: row.status,
        created_at: row.created_at,
    });
    Ok(Json(Page {
        items: items.collect(),
        next_cursor: None,
    }))
}
