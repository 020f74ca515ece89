//! `/api/health`: is the Worker up? Needs no log-in and touches no storage.

use axum::Json;
use serde_json::{Value, json};

/// Answers `{"ok": true}`.
pub async fn health() -> Json<Value> {
    Json(json!({ "ok": true }))
}
