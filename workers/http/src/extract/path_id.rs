//! An id in a path.

use crate::error::ApiError;
use axum::extract::{FromRequestParts, Path};
use axum::http::request::Parts;
use domain::ids::SessionId;
use std::str::FromStr;

/// The one id in the path. What is no id names nothing: 404, as for an id that nothing has.
#[derive(Debug)]
pub(crate) struct PathId<T>(pub T);

/// A thing that paths name.
pub(crate) trait Thing: FromStr {
    /// As in "There is no such session."
    const NAME: &str;
}

impl Thing for SessionId {
    const NAME: &str = "session";
}

impl<T: Thing, S: Send + Sync> FromRequestParts<S> for PathId<T> {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, ApiError> {
        let text: Option<Path<String>> = Path::from_request_parts(parts, state).await.ok();
        text.and_then(|Path(text)| text.parse().ok())
            .map(Self)
            .ok_or_else(|| ApiError::not_found(T::NAME))
    }
}
