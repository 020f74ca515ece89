//! All SQL of Sales Captain, one module per table family, behind the [`Db`] port: D1 in the Worker, SQLite in tests.
//!
//! Every function that reads or writes a tenant's rows takes the tenant. Bound parameters only.
//!
//! - [`users`]: people, and what every request is checked against.
//! - [`devices`]: log-ins and their refresh tokens.
//! - [`rate_limits`]: counters of tries.
//! - [`outbox`]: mails to send.
//! - [`scenarios`]: which text is served on a day.
//! - [`sessions`]: what is listed, started, finished and shown.
//! - [`voice`], [`pictures`]: what is known of the bytes in R2.
//! - [`rollups`]: what dashboards read.
//! - [`demo`]: what only the demo does.

pub mod audit;
mod column;
mod db;
pub mod demo;
pub mod devices;
pub mod outbox;
pub mod pictures;
pub mod rate_limits;
pub mod rollups;
pub mod scenarios;
pub mod sessions;
#[cfg(feature = "sqlite")]
pub mod sqlite;
pub mod users;
pub mod voice;

pub use db::{Db, DbError, Statement, Usage, Value};
