//! An id in a path.

use super::call::path;
use super::{Call, Extract};
use crate::error::ApiError;
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

impl<T: Thing, P> Extract<P> for PathId<T> {
    fn extract(call: &mut Call<P>) -> Result<Self, ApiError> {
        Ok(Self(id(path(&mut call.parts).first())?))
    }
}

/// The thing that a text in the path names.
fn id<T: Thing>(text: Option<&String>) -> Result<T, ApiError> {
    text.and_then(|text| text.parse().ok())
        .ok_or_else(|| ApiError::not_found(T::NAME))
}

/// The two ids in a path: a thing, and one that belongs to it.
#[derive(Debug)]
pub(crate) struct PathIds<T, Part>(pub T, pub Part);

impl<T: Thing, Part: Thing, P> Extract<P> for PathIds<T, Part> {
    fn extract(call: &mut Call<P>) -> Result<Self, ApiError> {
        let path = path(&mut call.parts);
        Ok(Self(id(path.first())?, id(path.get(1))?))
    }
}

/// The one text in the path; empty when it is no UTF-8.
#[derive(Debug)]
pub(crate) struct PathText(pub String);

impl<P> Extract<P> for PathText {
    fn extract(call: &mut Call<P>) -> Result<Self, ApiError> {
        let text = path(&mut call.parts).into_iter().next();
        Ok(Self(text.unwrap_or_default()))
    }
}
