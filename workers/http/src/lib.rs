//! The HTTP API of Sales Captain: axum routers, one per resource, over [`Ports`] to the world.
//!
//! - [`ports`], [`live`], [`config`]: what the routers need from whoever runs them.
//! - [`error`]: every failure and its answer.

pub mod config;
pub mod error;
pub mod live;
pub mod ports;

pub use config::Config;
pub use ports::Ports;
