//! Answers that carry the version of what they show, as an `ETag`.

use crate::error::ApiError;
use crate::json::Json;
use axum::http::StatusCode;
use axum::http::header::ETAG;
use axum::response::{IntoResponse, Response};
use contract::problem::Code;
use serde::Serialize;

/// A thing with its version.
#[derive(Debug)]
pub(crate) struct Versioned<T> {
    /// 200, or 201 of a thing that was made.
    pub status: StatusCode,
    /// Counts up with every edit.
    pub version: u64,
    /// The thing.
    pub body: T,
}

impl<T: Serialize> IntoResponse for Versioned<T> {
    fn into_response(self) -> Response {
        let tag = format!("\"{}\"", self.version);
        (self.status, [(ETAG, tag)], Json(self.body)).into_response()
    }
}

/// An edit of a version that is no longer the latest.
pub(crate) fn changed_meanwhile() -> ApiError {
    ApiError::new(
        Code::Changed,
        "Somebody else changed this meanwhile. Read it again and repeat your change.",
    )
}
