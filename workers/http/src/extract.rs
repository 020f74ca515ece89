//! What a handler asks of a request before it does anything: each extractor gives the thing or the right problem.

mod bearer;
mod call;
mod editor;
mod if_match;
mod json_body;
mod last_event_id;
mod network;
mod path_id;
mod query;
mod same_origin;

pub(crate) use bearer::{Bearer, CurrentDevice, authenticate};
pub(crate) use call::{Call, Extract, Sent};
pub(crate) use editor::Editor;
pub(crate) use if_match::IfMatch;
pub(crate) use json_body::{JsonBody, LONG_TEXT, read_body};
pub(crate) use last_event_id::LastEventId;
pub(crate) use network::Network;
pub(crate) use path_id::{PathId, PathIds, PathText, Thing};
pub(crate) use query::Query;
pub(crate) use same_origin::SameOrigin;
