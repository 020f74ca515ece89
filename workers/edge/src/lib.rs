//! The Worker: where the platform's names (D1, Durable Objects, the clock) meet the routers.
//!
//! - [`request`] and [`answer`]: what comes from the runtime, and what the routers answer.
//! - [`d1`]: the `Db` port.
//! - [`live`]: the `Live` port, the stub of a session's object.
//! - [`mail`]: the `Mailer` port.
//! - [`r2`]: the `Blobs` port.
//! - [`model`]: the line to providers of models.
//! - [`ports`]: clock, randomness, settings.
//! - [`chat_session`]: the object itself.

mod answer;
mod chat_session;
mod d1;
mod live;
mod mail;
mod model;
mod ports;
mod r2;
mod request;
mod settings;

use axum::Router;
use axum::response::IntoResponse;
use contract::problem::{Code, Problem};
use ports::{EdgePorts, Occasion};
use tower_service::Service;
use worker::send::SendWrapper;
use worker::{Context, Env, ScheduleContext, ScheduledEvent, event, web_sys};

/// Runs once per isolate, before the first event.
#[event(start)]
fn start() {
    console_error_panic_hook::set_once();
}

thread_local! {
    /// The routers, made when the isolate's first request comes: they are the same for all.
    static API: Router = captain_http::api::<EdgePorts>();
}

/// Every request under `/api/`; the rest is served as static assets before it reaches the Worker.
#[event(fetch)]
async fn fetch(
    call: web_sys::Request,
    env: Env,
    context: Context,
) -> worker::Result<web_sys::Response> {
    let mut request = request::take_over(&call)?;
    let occasion = Occasion::Call(context, SendWrapper::new(call));
    match EdgePorts::of(env, occasion, &origin(request.uri())) {
        Ok(ports) => {
            request.extensions_mut().insert(ports);
            answer::hand_over(API.with(Router::clone).call(request).await?).await
        }
        Err(error) => {
            worker::console_error!("the Worker can't start: {error}");
            let problem = Problem::new(
                Code::Unavailable,
                "Sales Captain is not set up yet. Whoever runs it finds the reason in the Worker's log.",
            );
            let refused = captain_http::live::LiveAnswer::Refused(Box::new(problem));
            answer::hand_over(refused.into_response()).await
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
