//! Every way a call can fail, and its answer. The one place where errors become problems.

use crate::blobs::BlobError;
use crate::limits;
use crate::live::LiveError;
use crate::ports::NoRandomness;
use axum::http::header::{CONTENT_TYPE, WWW_AUTHENTICATE};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use contract::problem::{Code, FieldError, PROBLEM_JSON, Problem};
use domain::rate_limit::Standing;
use store::DbError;

/// Why a call failed.
#[derive(Debug, thiserror::Error)]
pub enum ApiError {
    /// The caller can mend it, or has to live with it.
    #[error("{}", .0.detail)]
    Problem(Box<Problem>),
    /// Too many tries.
    #[error("too many tries")]
    RateLimited(Standing),
    /// The database failed.
    #[error(transparent)]
    Db(#[from] DbError),
    /// A session's object failed.
    #[error(transparent)]
    Live(#[from] LiveError),
    /// The store of files failed.
    #[error(transparent)]
    Blobs(#[from] BlobError),
    /// No secure randomness.
    #[error(transparent)]
    NoRandomness(#[from] NoRandomness),
    /// Something that can't be, was. The text is for the log.
    #[error("{0}")]
    Broken(String),
}

impl ApiError {
    /// A problem with its own detail.
    pub fn new(code: Code, detail: impl Into<String>) -> Self {
        Problem::new(code, detail).into()
    }

    /// A problem of fields.
    pub fn fields(errors: Vec<FieldError>) -> Self {
        Problem::fields(errors).into()
    }

    /// There is no such thing, or not for this caller: the two are never told apart.
    pub fn not_found(thing: &str) -> Self {
        Self::new(Code::NotFound, format!("There is no such {thing}."))
    }

    /// The log-in is missing or over.
    pub fn unauthenticated() -> Self {
        Self::new(Code::Unauthenticated, "Your log-in is missing or over.")
    }
}

impl From<Problem> for ApiError {
    fn from(problem: Problem) -> Self {
        ApiError::Problem(Box::new(problem))
    }
}

/// What the log is told of a fault on our side; travels with the answer to the layer that logs.
#[derive(Debug, Clone)]
pub(crate) struct Cause(pub String);

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        if let ApiError::RateLimited(standing) = self {
            let mut response = answer(limits::too_many(standing));
            limits::tell(standing, &mut response);
            return response;
        }
        let code = match &self {
            ApiError::Problem(_) => None,
            ApiError::Live(LiveError::Failed(_)) | ApiError::Blobs(_) => Some(Code::Unavailable),
            _ => Some(Code::Internal),
        };
        let cause = self.to_string();
        let problem = match (self, code) {
            (ApiError::Problem(problem), _) => *problem,
            (ApiError::Blobs(_), _) => Problem::new(
                Code::Unavailable,
                "Files can't be stored or read for the moment. Try again.",
            ),
            (_, Some(Code::Unavailable)) => Problem::new(
                Code::Unavailable,
                "The session can't be reached for the moment. Nothing is lost; try again.",
            ),
            _ => Problem::new(
                Code::Internal,
                "Something failed on our side. Try again; if it stays, tell us the requestId.",
            ),
        };
        let mut response = answer(problem);
        if response.status().is_server_error() {
            response.extensions_mut().insert(Cause(cause));
        }
        response
    }
}

/// A problem as an answer. The problem travels along, so that the outermost layer can put the request's id into it.
pub(crate) fn answer(problem: Problem) -> Response {
    let status = StatusCode::from_u16(problem.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let body = serde_json::to_vec(&problem).unwrap_or_default();
    let mut response = (status, body).into_response();
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(PROBLEM_JSON));
    if status == StatusCode::UNAUTHORIZED {
        // RFC 9110, section 11.6.1: a 401 names the scheme. This one opens no dialogue in a browser.
        headers.insert(WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
    }
    if status.is_server_error() {
        response
            .extensions_mut()
            .insert(Cause(problem.detail.clone()));
    }
    response.extensions_mut().insert(problem);
    response
}
