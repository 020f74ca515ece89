//! The query of a list: which page, which filters.

use super::json_body::{named, what};
use crate::error::ApiError;
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use contract::checks::check;
use contract::problem::FieldError;
use garde::Validate;
use serde::de::DeserializeOwned;

/// A query that passed its own checks. Types refuse unknown names where they can, so that a misspelt filter is no silence.
#[derive(Debug)]
pub(crate) struct Query<T>(pub T);

impl<T, S> FromRequestParts<S> for Query<T>
where
    T: DeserializeOwned + Validate<Context = ()>,
    S: Send + Sync,
{
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, ApiError> {
        let query = axum::extract::Query::<T>::try_from_uri(&parts.uri).map_err(|refused| {
            let cause = std::error::Error::source(&refused)
                .map_or_else(|| refused.to_string(), ToString::to_string);
            let (field, message) = match named(&cause) {
                Some(field) => (field, what(&cause)),
                None => cause.split_once(": ").unwrap_or(("query", &cause)),
            };
            ApiError::fields(vec![FieldError::new(capped(field), capped(message))])
        })?;
        let errors = check(&query.0);
        if errors.is_empty() {
            Ok(Self(query.0))
        } else {
            Err(ApiError::fields(errors))
        }
    }
}

/// A name, and what the parser says, may hold the caller's own words: a little of it is enough.
fn capped(message: &str) -> String {
    message.chars().take(160).collect()
}
