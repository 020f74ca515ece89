//! What every answer says to browsers, and which pages of other origins may call at all.

use crate::error::ApiError;
use crate::ports::{Ports, world_of};
use axum::extract::Request;
use axum::http::header::{
    ACCESS_CONTROL_ALLOW_HEADERS, ACCESS_CONTROL_ALLOW_METHODS, ACCESS_CONTROL_ALLOW_ORIGIN,
    ACCESS_CONTROL_EXPOSE_HEADERS, ACCESS_CONTROL_MAX_AGE, ACCESS_CONTROL_REQUEST_METHOD,
    CONTENT_SECURITY_POLICY, HeaderName, ORIGIN, REFERRER_POLICY, STRICT_TRANSPORT_SECURITY, VARY,
    X_CONTENT_TYPE_OPTIONS, X_FRAME_OPTIONS,
};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

const PERMISSIONS_POLICY: HeaderName = HeaderName::from_static("permissions-policy");
const CROSS_ORIGIN_RESOURCE_POLICY: HeaderName =
    HeaderName::from_static("cross-origin-resource-policy");

/// Answers of the API are data: nothing in them runs, is framed, or leaks where it was read. A handler that answers with a page
/// has set its own policy already.
const HEADERS: [(HeaderName, &str); 7] = [
    (
        CONTENT_SECURITY_POLICY,
        "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
    ),
    (X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (X_FRAME_OPTIONS, "DENY"),
    (REFERRER_POLICY, "no-referrer"),
    (
        STRICT_TRANSPORT_SECURITY,
        "max-age=63072000; includeSubDomains",
    ),
    (
        PERMISSIONS_POLICY,
        "camera=(), geolocation=(), microphone=()",
    ),
    (CROSS_ORIGIN_RESOURCE_POLICY, "same-origin"),
];

/// What a page of an allowed origin may send and read. Not the cookie: the calls that it opens are for our own pages.
const METHODS: &str = "GET, POST, PUT, PATCH, DELETE";
const MAY_SEND: &str =
    "authorization, content-type, if-match, idempotency-key, last-event-id, range";
const MAY_READ: &str = "content-range, etag, idempotency-replayed, location, ratelimit-limit, ratelimit-remaining, ratelimit-reset, retry-after, x-request-id";
/// How long a browser may remember it, seconds.
const REMEMBERED: &str = "7200";

/// Runs around every route and every 404.
pub(crate) async fn defend<P: Ports>(request: Request, next: Next) -> Result<Response, ApiError> {
    let ports: P = world_of(request.extensions())?;
    let allowed = &ports.config().allowed_origins;
    let origin = request.headers().get(ORIGIN).cloned();
    let origin = origin.filter(|origin| allowed.iter().any(|allowed| origin == allowed));
    let asks_first = request.method() == Method::OPTIONS
        && request
            .headers()
            .contains_key(ACCESS_CONTROL_REQUEST_METHOD);

    let mut response = match &origin {
        Some(_) if asks_first => may(),
        _ => next.run(request).await,
    };
    let headers = response.headers_mut();
    if let Some(origin) = origin {
        headers.insert(ACCESS_CONTROL_ALLOW_ORIGIN, origin);
        put(headers, ACCESS_CONTROL_EXPOSE_HEADERS, MAY_READ);
    }
    if !allowed.is_empty() {
        headers.append(VARY, HeaderValue::from_static("origin"));
    }
    for (name, value) in HEADERS {
        headers
            .entry(name)
            .or_insert(HeaderValue::from_static(value));
    }
    Ok(response)
}

/// The answer to a browser that asks before it calls.
fn may() -> Response {
    let mut response = StatusCode::NO_CONTENT.into_response();
    let headers = response.headers_mut();
    put(headers, ACCESS_CONTROL_ALLOW_METHODS, METHODS);
    put(headers, ACCESS_CONTROL_ALLOW_HEADERS, MAY_SEND);
    put(headers, ACCESS_CONTROL_MAX_AGE, REMEMBERED);
    response
}

fn put(headers: &mut HeaderMap, name: HeaderName, value: &'static str) {
    headers.insert(name, HeaderValue::from_static(value));
}
