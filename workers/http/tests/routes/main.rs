//! The routers against SQLite and sessions in memory: every route, its rights (`access.md`) and its refusals.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs
)]

mod ai;
mod ai_models;
mod analytics;
mod audit;
mod auth;
mod bodies;
mod chat;
mod companies;
mod defences;
mod described;
mod forgotten;
mod health;
mod idempotency;
mod letters;
mod limits;
mod mail;
mod models;
mod organisation;
mod pictures;
mod planning;
mod practising;
mod profile;
mod registering;
mod regrading;
mod rights;
mod scenarios;
mod sessions;
mod teams;
mod tone;
mod upkeep;
mod users;
mod voice;
mod world;
