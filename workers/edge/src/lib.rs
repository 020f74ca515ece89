//! The Worker: where the platform's names (D1, R2, Durable Objects, cron) meet the routers.

mod chat_session;
mod health;

use axum::{Router, routing::get};
use tower_service::Service;
use worker::{Context, Env, HttpRequest, event};

/// Runs once per isolate, before the first event.
#[event(start)]
fn start() {
    console_error_panic_hook::set_once();
}

/// Every request under `/api/`; the rest is served as static assets before it reaches the Worker.
#[event(fetch)]
async fn fetch(
    request: HttpRequest,
    _env: Env,
    _context: Context,
) -> worker::Result<http::Response<axum::body::Body>> {
    let mut router = Router::new().route("/api/health", get(health::health));
    Ok(router.call(request).await?)
}
