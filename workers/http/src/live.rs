//! The port to a running session: one object per session owns its log. The calls here are also the wire between the Worker
//! and the object, so both sides share [`LiveRequest`] and [`LiveAnswer`].

mod refusal;

pub use refusal::problem_of;

use crate::json::Json;
use axum::body::Body;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, HeaderName};
use axum::http::{Extensions, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use contract::chat::ChatState;
use contract::problem::{PROBLEM_JSON, Problem};
use contract::session::SessionResult;
use domain::ids::{CompanyId, SessionId, UserId};
use domain::session::{Frozen, RequestId};
use domain::spend::Allowance;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use std::future::Future;

/// The objects that hold running sessions.
pub trait Live: Clone + Send + Sync + 'static {
    /// Asks the object of one session.
    fn ask(
        &self,
        at: LiveAddress,
        request: LiveRequest,
    ) -> impl Future<Output = Result<LiveAnswer, LiveError>> + Send;
}

/// Which object.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct LiveAddress {
    /// The tenant.
    pub company: CompanyId,
    /// The session.
    pub session: SessionId,
}

/// The object's name; the tenant in it keeps two tenants apart whatever the ids.
impl std::fmt::Display for LiveAddress {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}/{}", self.company, self.session)
    }
}

/// A question to the object of one session.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct LiveRequest {
    /// The rep in whose name it is asked. The object compares it with the owner that was frozen at the start and answers 404
    /// to anyone else. When a manager looks on, policy has allowed it already and this is the rep they look at.
    pub by: UserId,
    /// What is asked.
    pub ask: Ask,
}

/// What can be asked of a running session.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Ask {
    /// Start, or give the running one. Answer: [`LiveAnswer::State`].
    Start {
        /// What judges the session. Ignored when it was started before.
        frozen: Box<Frozen>,
    },
    /// Send an answer or a repeat. Answer: [`LiveAnswer::Stream`], from the turn's first event.
    Send {
        /// The client's id.
        request: RequestId,
        /// The words.
        content: String,
        /// After a repeat, go straight to the next customer.
        advance: bool,
        /// Whether models may be asked in the rep's name; `None` is not known, and then none is.
        allowance: Option<Allowance>,
    },
    /// Ask again for what was cut. Answer: [`LiveAnswer::Stream`].
    Retry {
        /// The client's id.
        request: RequestId,
        /// As of a send.
        allowance: Option<Allowance>,
    },
    /// The next customer. Answer: [`LiveAnswer::Stream`].
    Next {
        /// The client's id.
        request: RequestId,
    },
    /// Attach. Answer: [`LiveAnswer::Stream`], or [`LiveAnswer::Nothing`] when nothing runs and nothing is missing.
    Events {
        /// The last sequence number the client has seen; `None` has seen nothing.
        after: Option<u64>,
    },
    /// The whole state. Answer: [`LiveAnswer::State`].
    History,
    /// Stop the running turn. Answer: [`LiveAnswer::Accepted`], also when none runs.
    Stop,
    /// End the session. Answer: [`LiveAnswer::Result`]; asking again gives the same.
    End,
}

/// What the object answers.
#[derive(Debug)]
pub enum LiveAnswer {
    /// 200: the session as it stands.
    State(Box<ChatState>),
    /// 200: server-sent events. With what the platform knows of them: where it carries them itself, the body is empty.
    Stream(Body, Extensions),
    /// 204: nothing runs and nothing is missing.
    Nothing,
    /// 202: it will be so.
    Accepted,
    /// 200: what the session came to.
    Result(Box<SessionResult>),
    /// The session said no.
    Refused(Box<Problem>),
}

/// The object could not be asked.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum LiveError {
    /// It can't be reached, or failed. The text is for the log.
    #[error("the session's object failed: {0}")]
    Failed(String),
    /// It answered what this call does not answer.
    #[error("the session's object answered out of turn: {0}")]
    OutOfTurn(String),
}

/// Tells proxies (nginx among them) to pass each event on at once.
const X_ACCEL_BUFFERING: HeaderName = HeaderName::from_static("x-accel-buffering");

/// The kind of a stream of server-sent events.
pub const EVENT_STREAM: &str = "text/event-stream";

/// The largest answer of an object that is not a stream, bytes: a session's whole state with every verdict stays far below.
const MAX_ANSWER_BYTES: usize = 4 << 20;

/// The answer as HTTP: what the object sends to the Worker, and the Worker to the client.
impl IntoResponse for LiveAnswer {
    fn into_response(self) -> Response {
        match self {
            LiveAnswer::State(state) => Json(state).into_response(),
            LiveAnswer::Result(result) => Json(result).into_response(),
            LiveAnswer::Nothing => StatusCode::NO_CONTENT.into_response(),
            LiveAnswer::Accepted => StatusCode::ACCEPTED.into_response(),
            LiveAnswer::Refused(problem) => crate::error::answer(*problem),
            LiveAnswer::Stream(body, extensions) => (
                extensions,
                [
                    (CONTENT_TYPE, HeaderValue::from_static(EVENT_STREAM)),
                    (CACHE_CONTROL, HeaderValue::from_static("no-store")),
                    (X_ACCEL_BUFFERING, HeaderValue::from_static("no")),
                ],
                body,
            )
                .into_response(),
        }
    }
}

impl LiveAnswer {
    /// Reads what [`LiveAnswer::into_response`] wrote on the object's side. A stream's body is passed on unread.
    pub async fn read(ask: AnswerKind, response: Response) -> Result<Self, LiveError> {
        let status = response.status();
        let kind = response
            .headers()
            .get(CONTENT_TYPE)
            .and_then(|kind| kind.to_str().ok())
            .and_then(|kind| kind.split(';').next())
            .unwrap_or_default()
            .to_owned();
        match (status, kind.as_str()) {
            (StatusCode::OK, EVENT_STREAM) => {
                let (head, body) = response.into_parts();
                Ok(LiveAnswer::Stream(body, head.extensions))
            }
            (StatusCode::OK, "application/json") => Ok(match ask {
                AnswerKind::Result => LiveAnswer::Result(Box::new(json(response).await?)),
                AnswerKind::Other => LiveAnswer::State(Box::new(json(response).await?)),
            }),
            (StatusCode::NO_CONTENT, _) => Ok(LiveAnswer::Nothing),
            (StatusCode::ACCEPTED, _) => Ok(LiveAnswer::Accepted),
            (_, PROBLEM_JSON) => Ok(LiveAnswer::Refused(Box::new(json(response).await?))),
            _ => Err(LiveError::OutOfTurn(format!("{status} {kind}"))),
        }
    }
}

/// Which JSON an [`Ask`] is answered with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AnswerKind {
    /// A [`SessionResult`].
    Result,
    /// A [`ChatState`], if JSON at all.
    Other,
}

impl Ask {
    /// Which JSON it is answered with.
    pub fn answer_kind(&self) -> AnswerKind {
        match self {
            Ask::End => AnswerKind::Result,
            _ => AnswerKind::Other,
        }
    }
}

async fn json<T: DeserializeOwned>(response: Response) -> Result<T, LiveError> {
    let bytes = axum::body::to_bytes(response.into_body(), MAX_ANSWER_BYTES)
        .await
        .map_err(|error| LiveError::Failed(error.to_string()))?;
    let text = String::from_utf8_lossy(&bytes);
    captain_json::from_str(&text).map_err(|error| LiveError::OutOfTurn(error.to_string()))
}
