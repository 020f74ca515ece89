//! Calls to the server.

mod failure;

pub use failure::Failure;
