//! The Worker: where the platform's names (D1, Durable Objects, the clock) meet the routers.
//!
//! - [`d1`]: the `Db` port.
//! - [`live`]: the `Live` port, the stub of a session's object.
//! - [`mail`]: the `Mailer` port.
//! - [`r2`]: the `Blobs` port.
//! - [`model`]: the line to providers of models.
//! - [`ports`]: clock, randomness, settings.
//! - [`chat_session`]: the object itself.

mod chat_session;
mod d1;
mod live;
mod mail;
mod model;
mod ports;
mod r2;
mod settings;

use axum::response::IntoResponse;
use contract::problem::{Code, Problem};
use ports::{EdgePorts, Occasion};
use tower_service::Service;
use worker::{AbortSignal, Context, Env, HttpRequest, ScheduleContext, ScheduledEvent, event};

/// Runs once per isolate, before the first event.
#[event(start)]
fn start() {
    console_error_panic_hook::set_once();
}

/// Every request under `/api/`; the rest is served as static assets before it reaches the Worker.
#[event(fetch)]
async fn fetch(
    request: HttpRequest,
    env: Env,
    context: Context,
) -> worker::Result<http::Response<axum::body::Body>> {
    let signal = request.extensions().get::<AbortSignal>().cloned();
    let occasion = Occasion::Call(context, signal);
    match EdgePorts::of(env, occasion, &origin(request.uri())) {
        Ok(ports) => Ok(captain_http::router(ports).call(request).await?),
        Err(error) => {
            worker::console_error!("the Worker can't start: {error}");
            let problem = Problem::new(
                Code::Unavailable,
                "Sales Captain is not set up yet. Whoever runs it finds the reason in the Worker's log.",
            );
            Ok(captain_http::live::LiveAnswer::Refused(Box::new(problem)).into_response())
        }
    }
}

/// Every minute, by the cron trigger in wrangler.toml. The event's moment is a whole number of ms as a float.
#[event(scheduled)]
#[allow(
    clippy::as_conversions,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss
)]
async fn scheduled(event: ScheduledEvent, env: Env, context: ScheduleContext) {
    match EdgePorts::of(env, Occasion::Cron(context), "") {
        Ok(ports) => captain_http::upkeep::tick(&ports, event.schedule() as u64).await,
        Err(error) => worker::console_error!("cron can't start: {error}"),
    }
}

/// `https://captain.example`, of a request's address.
fn origin(uri: &http::Uri) -> String {
    let scheme = uri.scheme_str().unwrap_or("https");
    let host = uri.authority().map_or("", |authority| authority.as_str());
    format!("{scheme}://{host}")
}
