//! The API from outside, on a running workerd. One file for each promise.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs
)]

mod auth;
mod coach_calls;
mod coach_models;
mod creating_twice;
mod cron;
mod defences;
mod devices;
mod durable;
mod editing;
mod every_read;
mod foreign;
mod getting_in;
mod history;
mod hundred;
mod killed;
mod leaving;
mod library;
mod limits;
mod mailed;
mod malformed;
mod models;
mod one_turn;
mod pages;
mod pictures;
mod programme;
mod recordings;
mod regraded;
mod replay;
mod restarted;
mod same_request;
mod whole_session;
mod windows;
