//! An id in a path.

use crate::error::ApiError;
use axum::extract::{FromRequestParts, Path};
use axum::http::request::Parts;
use domain::ids::{
    CompanyId, DeviceId, GroupId, InviteId, RecordingId, ScenarioId, SessionId, TeamId, UserId,
};
use std::str::FromStr;

/// The one id in the path. What is no id names nothing: 404, as for an id that nothing has.
#[derive(Debug)]
pub(crate) struct PathId<T>(pub T);

/// A thing that paths name.
pub(crate) trait Thing: FromStr {
    /// As in "There is no such session."
    const NAME: &str;
}

macro_rules! things {
    ($($id:ident = $name:literal),* $(,)?) => {$(
        impl Thing for $id {
            const NAME: &str = $name;
        }
    )*};
}

things! {
    SessionId = "session",
    ScenarioId = "scenario",
    UserId = "user",
    TeamId = "team",
    GroupId = "group",
    CompanyId = "company",
    DeviceId = "device",
    InviteId = "invite",
    RecordingId = "recording",
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

/// The two ids in a path: a thing, and one that belongs to it.
#[derive(Debug)]
pub(crate) struct PathIds<T, Part>(pub T, pub Part);

impl<T: Thing, Part: Thing, S: Send + Sync> FromRequestParts<S> for PathIds<T, Part> {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, ApiError> {
        let texts: Option<Path<(String, String)>> =
            Path::from_request_parts(parts, state).await.ok();
        let Path((thing, part)) = texts.ok_or_else(|| ApiError::not_found(T::NAME))?;
        Ok(Self(
            thing.parse().map_err(|_| ApiError::not_found(T::NAME))?,
            part.parse().map_err(|_| ApiError::not_found(Part::NAME))?,
        ))
    }
}
