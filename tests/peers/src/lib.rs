//! Providers of models for tests: who answers, and how they are reached.
//!
//! - [`ByteServer`]: a server of ours that says exactly the bytes it is told to, when it is told to; [`said`]: what providers
//!   say, in bytes; [`asked`]: what a session asks of them.
//! - [`Sockets`]: the line to a provider over sockets; the Worker has `fetch` instead.
//! - [`RealTime`]: a world in which time passes.
//!
//! Everything here fails loudly: a panic with what was expected is just what a test needs.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing
)]

pub mod asked;
mod byte_server;
mod real_time;
pub mod said;
mod sockets;

pub use byte_server::{Answer, ByteServer, Request};
pub use real_time::RealTime;
pub use sockets::Sockets;
