//! The outermost layer: each request gets an id, each answer carries it, and each fault on our side is reported once.

use crate::error::{ApiError, Cause};
use crate::ports::{Fault, Ports, new_id, world_of};
use axum::body::Body;
use axum::extract::Request;
use axum::http::HeaderValue;
use axum::http::header::{CACHE_CONTROL, HeaderName};
use axum::middleware::Next;
use axum::response::Response;
use contract::problem::Problem;

const X_REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// The request's id, for whoever wants to note it.
#[derive(Debug, Clone)]
pub(crate) struct RequestId(pub String);

/// Runs around every route and every 404.
pub(crate) async fn observe<P: Ports>(
    mut request: Request,
    next: Next,
) -> Result<Response, ApiError> {
    let ports: P = world_of(request.extensions())?;
    // Without randomness there is no id, and the fault itself is still told.
    let request_id: String =
        new_id::<uuid::Uuid>(&ports).map_or_else(|_| "none".to_owned(), |id| id.to_string());
    let method = request.method().to_string();
    let path = request.uri().path().to_owned();

    request
        .extensions_mut()
        .insert(RequestId(request_id.clone()));
    let mut response = next.run(request).await;

    if response.status().is_server_error() {
        let cause = response.extensions_mut().remove::<Cause>();
        ports.report(&Fault {
            request_id: request_id.clone(),
            method,
            path,
            status: response.status().as_u16(),
            cause: cause.map_or_else(|| "unknown".to_owned(), |Cause(text)| text),
        });
    }
    if let Some(problem) = response.extensions_mut().remove::<Problem>() {
        name_request(&mut response, problem, &request_id);
    }
    let headers = response.headers_mut();
    if let Ok(value) = HeaderValue::try_from(request_id) {
        headers.insert(X_REQUEST_ID, value);
    }
    // Answers are of one person and one moment; a handler that knows better has said so.
    headers
        .entry(CACHE_CONTROL)
        .or_insert(HeaderValue::from_static("no-store"));
    Ok(response)
}

/// Puts the request's id into the problem's body.
fn name_request(response: &mut Response, problem: Problem, request_id: &str) {
    let problem = Problem {
        request_id: Some(request_id.to_owned()),
        ..problem
    };
    if let Ok(body) = serde_json::to_vec(&problem) {
        *response.body_mut() = Body::from(body);
    }
}
