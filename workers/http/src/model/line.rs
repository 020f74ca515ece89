//! The line to a provider: one call out, its bytes back. The Worker's is `fetch` and the AI binding; tests use sockets.

use axum::body::Bytes;
use coach::provider::{Call, Failure, Head};
use futures::stream::BoxStream;
use std::future::Future;

/// Makes calls.
///
/// - Whoever drops the future, or later the bytes, ends the call at once: the provider stops writing, and stops counting.
/// - A redirect is an answer like any other: the key goes to no address that nobody configured.
/// - No connection is [`FailureKind::Unreachable`](coach::provider::FailureKind::Unreachable), one that breaks while it is read
///   [`FailureKind::Interrupted`](coach::provider::FailureKind::Interrupted).
pub trait Line: Send + Sync {
    /// Calls, and waits for the head of the answer as long as it takes: patience is the caller's.
    fn call(&self, call: &Call) -> impl Future<Output = Result<Answered, Failure>> + Send;
}

/// An answer that begins.
pub struct Answered {
    /// What stands before the bytes.
    pub head: Head,
    /// The bytes as they come.
    pub bytes: BoxStream<'static, Result<Bytes, Failure>>,
}
