//! Answers in JSON.

use crate::error::ApiError;
use axum::http::HeaderValue;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};
use serde::Serialize;

/// A thing as JSON. As axum's own; but everything that the Worker writes as JSON it writes into the same kind of buffer, or each
/// type would be written by two functions.
#[derive(Debug)]
pub(crate) struct Json<T>(pub T);

impl<T: Serialize> IntoResponse for Json<T> {
    fn into_response(self) -> Response {
        answer(serde_json::to_vec(&self.0))
    }
}

fn answer(written: Result<Vec<u8>, serde_json::Error>) -> Response {
    match written {
        Ok(json) => {
            let mut response = json.into_response();
            let kind = HeaderValue::from_static("application/json");
            response.headers_mut().insert(CONTENT_TYPE, kind);
            response
        }
        Err(error) => ApiError::Broken(format!("an answer: {error}")).into_response(),
    }
}
