//! The routers against SQLite and sessions in memory: every route, its rights and its refusals.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs
)]

mod auth;
mod bodies;
mod chat;
mod health;
mod pictures;
mod rights;
mod sessions;
mod voice;
mod world;
