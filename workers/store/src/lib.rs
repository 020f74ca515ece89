//! All SQL of Sales Captain, one module per table family, behind the [`Db`] port: D1 in the Worker, SQLite in tests.
//!
//! Every function that reads or writes a tenant's rows takes the tenant. Bound parameters only.
//!
//! - [`users`]: what log-ins and requests are checked against.
//! - [`people`], [`teams`], [`groups`], [`companies`]: the organisation. [`profile`]: what people set of themselves.
//! - [`devices`]: log-ins and their refresh tokens.
//! - [`rate_limits`]: counters of tries. [`idempotency`]: answers to creates that may be sent again.
//! - [`invites`], [`accounts`], [`resets`]: ways in, and back in.
//! - [`expiry`]: rows whose time is over.
//! - [`audit`]: who changed what. [`outbox`]: mails to send. [`digests`]: what managers are written to each week. [`cursor`]: where a page begins.
//! - [`scenarios`]: which text is served on a day.
//! - [`tone`]: the voice that answers are judged by.
//! - [`sessions`]: what is listed, started, finished and shown.
//! - [`exchanges`]: what reps ask about their sessions, and the answers.
//! - [`voice`], [`pictures`]: what is known of the bytes in R2.
//! - [`programme`]: what cron plans.
//! - [`rollups`]: what dashboards read.
//! - [`analytics`]: figures of reps, teams and companies.
//! - [`spend`]: what models cost, call by call and month by month.
//! - [`demo`]: what only the demo does.

pub mod accounts;
pub mod analytics;
pub mod audit;
mod column;
pub mod companies;
pub mod cursor;
mod db;
pub mod demo;
pub mod devices;
pub mod digests;
pub mod exchanges;
pub mod expiry;
pub mod groups;
pub mod idempotency;
pub mod invites;
pub mod outbox;
pub mod people;
pub mod pictures;
pub mod profile;
pub mod programme;
pub mod rate_limits;
pub mod resets;
pub mod rollups;
mod row;
pub mod scenarios;
pub mod sessions;
pub mod spend;
#[cfg(feature = "sqlite")]
pub mod sqlite;
pub mod teams;
pub mod tone;
pub mod users;
pub mod voice;

pub use db::{Answer, Db, DbError, Statement, Usage, Value};
pub use row::{Column, FromRow, Row, Rows};

// What `FromRow` derives names this crate from outside.
extern crate self as store;
