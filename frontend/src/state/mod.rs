//! What the screens show and how it changes, in plain Rust: no browser, no network, tested natively.

pub mod backoff;
pub mod conversation;
pub mod outgoing;
pub mod transcript;

#[cfg(test)]
mod rehearsal;
