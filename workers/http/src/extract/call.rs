//! What extractors see of a call.

use crate::error::ApiError;
use axum::Extension;
use axum::body::{Body, Bytes};
use axum::extract::{FromRequestParts, RawPathParams, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, Method};
use futures::FutureExt;

/// A call, as far as it is read before its handler runs.
pub(crate) struct Call<P> {
    /// The way to the world.
    pub ports: P,
    /// Method, address, headers, and what layers found out.
    pub parts: Parts,
    /// What was sent along.
    pub sent: Sent,
}

/// The body of a call.
pub(crate) enum Sent {
    /// For the handler to read piece by piece.
    Stream(Body),
    /// Read, because an extractor said how much it takes.
    Whole(Result<Bytes, ApiError>),
    /// An extractor has it.
    Taken,
}

/// What a handler asks of a call before it does anything: the thing, or the right problem.
///
/// Like axum's traits of this kind, but without a future for each: a call's body is read before, everything else is there
/// already. As futures the extractors were a third of every handler.
pub(crate) trait Extract<P>: Sized {
    /// How many bytes of the body it wants to have read before, if it wants the body.
    const MAX_BODY_BYTES: Option<usize> = None;

    /// Takes it out of the call.
    fn extract(call: &mut Call<P>) -> Result<Self, ApiError>;
}

impl<P: Clone> Extract<P> for State<P> {
    fn extract(call: &mut Call<P>) -> Result<Self, ApiError> {
        Ok(State(call.ports.clone()))
    }
}

impl<P> Extract<P> for Method {
    fn extract(call: &mut Call<P>) -> Result<Self, ApiError> {
        Ok(call.parts.method.clone())
    }
}

impl<P> Extract<P> for HeaderMap {
    fn extract(call: &mut Call<P>) -> Result<Self, ApiError> {
        Ok(call.parts.headers.clone())
    }
}

/// The body, unread.
impl<P> Extract<P> for Body {
    fn extract(call: &mut Call<P>) -> Result<Self, ApiError> {
        match std::mem::replace(&mut call.sent, Sent::Taken) {
            Sent::Stream(body) => Ok(body),
            Sent::Whole(read) => read.map(Body::from),
            Sent::Taken => Ok(Body::empty()),
        }
    }
}

/// What a layer found out.
impl<P, T: Clone + Send + Sync + 'static> Extract<P> for Extension<T> {
    fn extract(call: &mut Call<P>) -> Result<Self, ApiError> {
        let found = call.parts.extensions.get::<T>().cloned();
        found.map(Extension).ok_or_else(|| {
            let what = std::any::type_name::<T>();
            ApiError::Broken(format!("no layer found out {what}"))
        })
    }
}

/// The parameters of the path, decoded, in order; none when one is no UTF-8.
pub(super) fn path(parts: &mut Parts) -> Vec<String> {
    let found = RawPathParams::from_request_parts(parts, &()).now_or_never();
    let found = found.and_then(Result::ok);
    found
        .iter()
        .flat_map(|found| found.iter().map(|(_, text)| text.to_owned()))
        .collect()
}
