//! Where a client wants to attach to a stream.

use super::{Call, Extract};
use crate::error::ApiError;
use axum::http::header::HeaderName;
use contract::problem::FieldError;
use serde::Deserialize;

/// Numbers travel to the session's object as JavaScript's, which are whole up to here.
const MAX_SEQ: u64 = (1 << 53) - 1;

const LAST_EVENT_ID: HeaderName = HeaderName::from_static("last-event-id");

/// The last sequence number that the client has seen: `Last-Event-ID`, or `?after=`. A browser that reconnects keeps the old
/// query and sends the newer header, so the header wins.
#[derive(Debug)]
pub(crate) struct LastEventId(pub Option<u64>);

#[derive(Deserialize)]
struct After {
    after: Option<String>,
}

impl<P> Extract<P> for LastEventId {
    fn extract(call: &mut Call<P>) -> Result<Self, ApiError> {
        if let Some(header) = call.parts.headers.get(LAST_EVENT_ID) {
            return number("Last-Event-ID", header.to_str().unwrap_or("not ASCII"));
        }
        match captain_json::from_query(call.parts.uri.query().unwrap_or_default()) {
            Ok(After { after: Some(text) }) => number("after", &text),
            Ok(After { after: None }) => Ok(Self(None)),
            Err(_) => Err(bad("after")),
        }
    }
}

fn number(field: &str, text: &str) -> Result<LastEventId, ApiError> {
    match text.trim() {
        "" => Ok(LastEventId(None)),
        text => text
            .parse()
            .ok()
            .filter(|seq| *seq <= MAX_SEQ)
            .map(|seq| LastEventId(Some(seq)))
            .ok_or_else(|| bad(field)),
    }
}

fn bad(field: &str) -> ApiError {
    ApiError::fields(vec![FieldError::new(
        field,
        "This is the `id:` of the last event seen, a whole number.",
    )])
}
