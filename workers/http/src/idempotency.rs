//! `Idempotency-Key`: a create that is sent again, over a bad network or by a double tap, is answered again and made once.
//!
//! The key is the caller's own and good for a day. With another request it is refused; while the first one is still being done
//! it is too early. A create that was refused made nothing and gives its key back. If the Worker dies in the middle, the key
//! stays taken for its day: whether the thing was made is for the caller to look, never for us to guess.

use crate::error::ApiError;
use crate::ports::{Ports, world_of};
use axum::body::{Body, Bytes, to_bytes};
use axum::extract::Request;
use axum::http::header::{CONTENT_TYPE, ETAG, HeaderName, LOCATION};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::middleware::Next;
use axum::response::Response;
use contract::problem::{Code, FieldError};
use domain::ids::UserId;
use domain::policy::Principal;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use store::idempotency::{self, KeptRow};

const IDEMPOTENCY_KEY: HeaderName = HeaderName::from_static("idempotency-key");
const REPLAYED: HeaderName = HeaderName::from_static("idempotency-replayed");

/// How long an answer is kept, ms: a day.
const KEPT_MS: u64 = 24 * 60 * 60 * 1_000;

/// The longest key, characters.
const MAX_KEY_CHARS: usize = 200;

/// The largest body of a create and of its answer, bytes. The handler has its own, smaller one.
const MAX_BODY_BYTES: usize = 1 << 20;

/// What is kept of an answer beside its status.
#[derive(Debug, Serialize, Deserialize)]
struct Kept {
    headers: Vec<(String, String)>,
    body: String,
}

/// Runs around the routes that make something.
pub(crate) async fn once<P: Ports>(request: Request, next: Next) -> Result<Response, ApiError> {
    let ports: P = world_of(request.extensions())?;
    let Some(key) = key_of(request.headers())? else {
        return Ok(next.run(request).await);
    };
    let asker = request.extensions().get::<Principal>().copied();
    let user = asker.ok_or_else(ApiError::unauthenticated)?.user;
    let (parts, body) = request.into_parts();
    let body = to_bytes(body, MAX_BODY_BYTES).await.map_err(|_| {
        ApiError::new(
            Code::TooLarge,
            "The body is too large, or ended before it was whole.",
        )
    })?;
    let hash = hash_of(parts.method.as_str(), &parts.uri.to_string(), &body);

    let now = ports.now_ms();
    if !idempotency::claim(ports.db(), user, &key, &hash, now, now + KEPT_MS).await? {
        return replay(&ports, user, &key, &hash).await;
    }
    let request = Request::from_parts(parts, Body::from(body));
    let response = next.run(request).await;
    if response.status().is_success() {
        keep(&ports, user, &key, response).await
    } else {
        idempotency::free(ports.db(), user, &key).await?;
        Ok(response)
    }
}

fn key_of(headers: &HeaderMap) -> Result<Option<String>, ApiError> {
    let Some(key) = headers.get(IDEMPOTENCY_KEY) else {
        return Ok(None);
    };
    let key = key.to_str().ok().map(str::trim);
    key.filter(|key| (1..=MAX_KEY_CHARS).contains(&key.len()))
        .map(|key| Some(key.to_owned()))
        .ok_or_else(|| {
            ApiError::fields(vec![FieldError::new(
                "Idempotency-Key",
                "Send 1 to 200 visible ASCII characters, such as a UUID.",
            )])
        })
}

/// Method, address and body; a line feed stands in no method and no address, so nothing runs together.
fn hash_of(method: &str, uri: &str, body: &[u8]) -> String {
    let mut hash = Sha256::new();
    hash.update(method);
    hash.update("\n");
    hash.update(uri);
    hash.update("\n");
    hash.update(body);
    format!("{:x}", hash.finalize())
}

async fn keep<P: Ports>(
    ports: &P,
    user: UserId,
    key: &str,
    response: Response,
) -> Result<Response, ApiError> {
    let (parts, body) = response.into_parts();
    let body = to_bytes(body, MAX_BODY_BYTES)
        .await
        .map_err(|error| ApiError::Broken(format!("an answer to keep: {error}")))?;
    let headers = [CONTENT_TYPE, ETAG, LOCATION]
        .into_iter()
        .filter_map(|name| {
            let value = parts.headers.get(&name)?.to_str().ok()?;
            Some((name.to_string(), value.to_owned()))
        });
    let kept = Kept {
        headers: headers.collect(),
        body: String::from_utf8_lossy(&body).into_owned(),
    };
    let text = serde_json::to_string(&kept)
        .map_err(|error| ApiError::Broken(format!("an answer to keep: {error}")))?;
    idempotency::keep(ports.db(), user, key, parts.status.as_u16(), &text).await?;
    Ok(Response::from_parts(parts, Body::from(body)))
}

async fn replay<P: Ports>(
    ports: &P,
    user: UserId,
    key: &str,
    hash: &str,
) -> Result<Response, ApiError> {
    match idempotency::find(ports.db(), user, key).await? {
        Some(row) if row.request_hash != hash => Err(ApiError::new(
            Code::KeyReused,
            "This Idempotency-Key was used for another request. Use a new one.",
        )),
        Some(KeptRow {
            status: Some(status),
            response: Some(text),
            ..
        }) => answer_again(status, &text),
        // Still being done; or just given back, and free for the next try.
        _ => Err(ApiError::new(
            Code::KeyInFlight,
            "The first request with this Idempotency-Key is still being done. Wait a moment and send it again.",
        )),
    }
}

fn answer_again(status: u16, text: &str) -> Result<Response, ApiError> {
    let broken = |what: &str| ApiError::Broken(format!("a kept answer: {what}"));
    let kept: Kept = captain_json::from_str(text).map_err(|error| broken(&error.to_string()))?;
    let mut response = Response::new(Body::from(Bytes::from(kept.body)));
    *response.status_mut() = StatusCode::from_u16(status).map_err(|_| broken("its status"))?;
    let headers = response.headers_mut();
    for (name, value) in kept.headers {
        let name = HeaderName::try_from(name).map_err(|_| broken("a header"))?;
        let value = HeaderValue::try_from(value).map_err(|_| broken("a header"))?;
        headers.insert(name, value);
    }
    headers.insert(REPLAYED, HeaderValue::from_static("true"));
    Ok(response)
}
