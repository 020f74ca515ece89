//! `GET /api/health`: is the Worker up, and which one is it? Needs no log-in and touches no storage.

use crate::json::Json;
use crate::ports::Ports;
use axum::extract::State;
use contract::health::Health;

pub(crate) async fn health<P: Ports>(State(ports): State<P>) -> Json<Health> {
    let config = ports.config();
    Json(Health {
        ok: true,
        version: env!("CARGO_PKG_VERSION").to_owned(),
        environment: config.environment.as_str().to_owned(),
        coach: config.model.clone(),
    })
}
