//! Rate limits at work: a try is counted before it costs anything, whoever it is about.

use crate::error::ApiError;
use crate::extract::Network;
use crate::ports::Ports;
use axum::http::header::{HeaderName, RETRY_AFTER};
use axum::http::{HeaderMap, HeaderValue};
use axum::response::Response;
use contract::problem::{Code, Problem};
use domain::rate_limit::{RateLimit, Standing};
use sha2::{Digest, Sha256};
use store::rate_limits;

const LIMIT: HeaderName = HeaderName::from_static("ratelimit-limit");
const REMAINING: HeaderName = HeaderName::from_static("ratelimit-remaining");
const RESET: HeaderName = HeaderName::from_static("ratelimit-reset");

/// Counts a try of `whom`; refuses the one that is too many.
pub(crate) async fn count(
    ports: &impl Ports,
    limit: RateLimit,
    whom: &str,
) -> Result<Standing, ApiError> {
    let now = ports.now_ms();
    let hit = rate_limits::hit(ports.db(), &bucket(limit, whom), limit.window_ms, now).await?;
    let standing = limit.standing(hit.hits, hit.window_at, now);
    if standing.admitted {
        Ok(standing)
    } else {
        Err(ApiError::RateLimited(standing))
    }
}

/// Counts a try from a network; where none is told apart, there is nothing to count.
pub(crate) async fn count_network(
    ports: &impl Ports,
    limit: RateLimit,
    Network(network): &Network,
) -> Result<(), ApiError> {
    if let Some(network) = network {
        count(ports, limit, network).await?;
    }
    Ok(())
}

/// Forgets the tries of `whom`.
pub(crate) async fn clear(
    ports: &impl Ports,
    limit: RateLimit,
    whom: &str,
) -> Result<(), ApiError> {
    Ok(rate_limits::clear(ports.db(), &bucket(limit, whom)).await?)
}

/// An address as limits and look-ups know it: case and blanks around it tell nobody apart.
pub(crate) fn same_address(email: &str) -> String {
    email.trim().to_lowercase()
}

/// Addresses and networks are people's: only a hash of them is kept.
fn bucket(limit: RateLimit, whom: &str) -> String {
    format!("{}:{:x}", limit.name, Sha256::digest(whom))
}

/// The answer to a try that was too many.
pub(crate) fn too_many(standing: Standing) -> Problem {
    let detail = match standing.reset_seconds.div_ceil(60) {
        0 | 1 => "Too many tries. Wait a minute, then try again.".to_owned(),
        minutes => format!("Too many tries. Wait {minutes} minutes, then try again."),
    };
    Problem::new(Code::RateLimited, detail)
}

/// Says on an answer where its caller stands (draft-ietf-httpapi-ratelimit-headers-06; RFC 9110, section 10.2.3).
pub(crate) fn tell(standing: Standing, response: &mut Response) {
    let headers = response.headers_mut();
    put(headers, LIMIT, standing.limit);
    put(headers, REMAINING, standing.remaining);
    put(headers, RESET, standing.reset_seconds);
    if !standing.admitted {
        put(headers, RETRY_AFTER, standing.reset_seconds.max(1));
    }
}

fn put(headers: &mut HeaderMap, name: HeaderName, number: u64) {
    headers.insert(name, HeaderValue::from(number));
}
