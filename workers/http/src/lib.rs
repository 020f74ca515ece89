//! The HTTP API of Sales Captain: axum routers, one per resource, over [`Ports`] to the world.
//!
//! - [`ports`], [`live`], [`blobs`], [`config`]: what the routers need from whoever runs them.
//! - [`error`]: every failure and its answer.
//! - `routes`, `access`: every call of the API, and who may make it.
//! - `users`, `teams`, `groups`, `companies`, `profile`, `auth`, `scenarios`, `tone`, `ai`, `sessions`, `chat`, `health`: the resources.
//! - [`voice`], `pictures`: recordings, avatars, logos.
//! - `handler`: what handlers are. `extract`: what they ask of a call before they do anything.
//! - `limits`: rate limits. `defences`: what every answer says to browsers. `idempotency`: creates that are sent again.
//! - `invites`, `audit`, `dev`: ways in, who changed what, and what only a developer sees.
//! - `analytics`: figures, dashboards, the leaderboard, the export.
//! - [`mail`]: letters, the outbox, and who delivers.
//! - [`spend`]: what models may cost.
//! - [`model`]: models of other makers, and how they are asked.
//! - [`upkeep`]: what cron has done every minute.
//! - `json`: how answers are written. `observe`: ids for requests, and the report of faults.

mod access;
mod ai;
mod analytics;
mod audit;
mod auth;
pub mod blobs;
mod chat;
mod companies;
pub mod config;
mod cursor;
mod defences;
mod dev;
pub mod error;
mod extract;
mod groups;
mod handler;
mod health;
mod idempotency;
mod invites;
mod json;
mod limits;
pub mod live;
pub mod mail;
mod members;
pub mod model;
mod newest_first;
mod observe;
mod pictures;
pub mod ports;
mod profile;
mod routes;
mod scenarios;
mod sessions;
pub mod spend;
mod teams;
mod tenant;
mod tone;
pub mod upkeep;
mod users;
mod versioned;
pub mod voice;

pub use access::Access;
pub use config::Config;
pub use ports::Ports;
pub use routes::Route;

use axum::http::{Method, Uri};
use axum::{Extension, Router, middleware};
use contract::problem::Code;
use error::ApiError;

/// The whole API: everything under `/api/`, for whoever has one world for all requests.
pub fn router<P: Ports>(ports: P) -> Router {
    api::<P>().layer(Extension(ports))
}

/// The whole API, to be built once: a hundred routes and their layers are more work than most requests. Each request brings its
/// own world along, as an extension of type `P`.
pub fn api<P: Ports>() -> Router {
    routes::routes::<P>()
        .into_router()
        .fallback(no_such_path)
        .method_not_allowed_fallback(no_such_method)
        .layer(middleware::from_fn(defences::defend::<P>))
        .layer(middleware::from_fn(observe::observe::<P>))
        // Until it is told its state, axum puts each handler's layers around it anew for each request.
        .with_state(())
}

/// Every call of the API and who may make it, for documents and tests.
pub fn table<P: Ports>() -> Vec<Route> {
    routes::routes::<P>().into_table()
}

async fn no_such_path() -> ApiError {
    ApiError::not_found("path")
}

/// axum adds the `Allow` header.
async fn no_such_method(method: Method, uri: Uri) -> ApiError {
    let detail = format!("{} does not take {method}.", uri.path());
    ApiError::new(Code::MethodNotAllowed, detail)
}
