//! The API from outside, on a running workerd. One file for each promise.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs
)]

mod auth;
mod durable;
mod foreign;
mod hundred;
mod killed;
mod leaving;
mod malformed;
mod one_turn;
mod replay;
mod restarted;
mod same_request;
mod whole_session;
mod windows;
