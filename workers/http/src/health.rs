//! `GET /api/health`: is the Worker up, and which one is it? Needs no log-in and touches no storage.

use crate::ports::Ports;
use axum::extract::State;
use axum::routing::get;
use axum::{Json, Router};
use serde::Serialize;

/// The route.
pub(crate) fn router<P: Ports>() -> Router<P> {
    Router::new().route("/api/health", get(health::<P>))
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Health {
    ok: bool,
    version: &'static str,
    environment: &'static str,
    coach: String,
}

async fn health<P: Ports>(State(ports): State<P>) -> Json<Health> {
    let config = ports.config();
    Json(Health {
        ok: true,
        version: env!("CARGO_PKG_VERSION"),
        environment: config.environment.as_str(),
        coach: config.model.clone(),
    })
}
