//! `/api/chat`: the running session. Each call is authorised here, then asked of the session's object; what the database
//! holds already is answered from there.

pub(crate) mod freeze;
mod start;

pub(crate) use start::start as start_session;

use crate::error::ApiError;
use crate::extract::{Bearer, JsonBody, LastEventId, PathId};
use crate::live::{Ask, LiveAnswer};
use crate::ports::Ports;
use crate::sessions::access::{own, readable};
use crate::sessions::home::{Home, ask_at_home, not_running};
use crate::sessions::{ended, stored};
use crate::spend;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use contract::chat::{SendRequest, StartRequest, TurnRequest};
use contract::problem::FieldError;
use domain::ids::SessionId;
use domain::policy::Principal;
use domain::session::{RequestId, Status};
use domain::spend::Allowance;
use store::sessions::SessionRow;

pub(crate) async fn start<P: Ports>(
    State(ports): State<P>,
    Bearer(asker): Bearer,
    JsonBody(form): JsonBody<StartRequest>,
) -> Result<LiveAnswer, ApiError> {
    start::start(&ports, &asker, form.session_id).await
}

pub(crate) async fn message<P: Ports>(
    State(ports): State<P>,
    Bearer(asker): Bearer,
    PathId(id): PathId<SessionId>,
    JsonBody(form): JsonBody<SendRequest>,
) -> Result<LiveAnswer, ApiError> {
    let request = request_id(form.request_id)?;
    let (session, allowance) = own_and_allowance(&ports, &asker, id).await?;
    let send = Ask::Send {
        request,
        content: form.content,
        advance: form.advance,
        allowance,
    };
    turn(&ports, session, send).await
}

/// Asks again for what was stopped or interrupted.
pub(crate) async fn correction<P: Ports>(
    State(ports): State<P>,
    Bearer(asker): Bearer,
    PathId(id): PathId<SessionId>,
    JsonBody(form): JsonBody<TurnRequest>,
) -> Result<LiveAnswer, ApiError> {
    let request = request_id(form.request_id)?;
    let (session, allowance) = own_and_allowance(&ports, &asker, id).await?;
    turn(&ports, session, Ask::Retry { request, allowance }).await
}

pub(crate) async fn next<P: Ports>(
    State(ports): State<P>,
    Bearer(asker): Bearer,
    PathId(id): PathId<SessionId>,
    JsonBody(form): JsonBody<TurnRequest>,
) -> Result<LiveAnswer, ApiError> {
    let request = request_id(form.request_id)?;
    let session = own(&ports, &asker, id).await?;
    turn(&ports, session, Ask::Next { request }).await
}

/// The form's own check has passed it already.
fn request_id(text: String) -> Result<RequestId, ApiError> {
    RequestId::try_from(text)
        .map_err(|error| ApiError::fields(vec![FieldError::new("requestId", format!("{error}."))]))
}

/// The asker's own session, and whether models may be asked in it: both are asked of the database in one breath, before the
/// object is, so that the object has nothing left to wait for when it calls a model.
async fn own_and_allowance<P: Ports>(
    ports: &P,
    asker: &Principal,
    id: SessionId,
) -> Result<(SessionRow, Option<Allowance>), ApiError> {
    let allowance = async {
        if !ports.models().are_configured() {
            return Ok(None);
        }
        // The session is the asker's own, and so are the company and the account that pay.
        let allowance = spend::allowance(ports.db(), asker.company, asker.user, ports.now_ms());
        Ok(Some(allowance.await?))
    };
    futures::try_join!(own(ports, asker, id), allowance)
}

/// Begins a turn in a running session.
async fn turn<P: Ports>(ports: &P, session: SessionRow, ask: Ask) -> Result<LiveAnswer, ApiError> {
    match ask_at_home(ports, session, ask).await? {
        Home::Object(answer) => Ok(answer),
        Home::Database(session) => Err(not_running(&session)),
    }
}

pub(crate) async fn stop<P: Ports>(
    State(ports): State<P>,
    Bearer(asker): Bearer,
    PathId(id): PathId<SessionId>,
) -> Result<LiveAnswer, ApiError> {
    let session = own(&ports, &asker, id).await?;
    match ask_at_home(&ports, session, Ask::Stop).await? {
        Home::Object(answer) => Ok(answer),
        // The turn ended, and the session with it, while the rep reached for the button.
        Home::Database(session) if session.status == Status::Completed => Ok(LiveAnswer::Accepted),
        Home::Database(session) => Err(not_running(&session)),
    }
}

pub(crate) async fn end<P: Ports>(
    State(ports): State<P>,
    Bearer(asker): Bearer,
    PathId(id): PathId<SessionId>,
) -> Result<Response, ApiError> {
    let session = own(&ports, &asker, id).await?;
    ended(&ports, &asker, session).await
}

pub(crate) async fn history<P: Ports>(
    State(ports): State<P>,
    Bearer(asker): Bearer,
    PathId(id): PathId<SessionId>,
) -> Result<Response, ApiError> {
    let session = readable(&ports, &asker, id).await?;
    match ask_at_home(&ports, session, Ask::History).await? {
        Home::Object(answer) => Ok(answer.into_response()),
        Home::Database(session) if session.status == Status::Completed => {
            let state = stored::state(&ports, &session).await?;
            Ok(LiveAnswer::State(Box::new(state)).into_response())
        }
        Home::Database(session) => Err(not_running(&session)),
    }
}

pub(crate) async fn events<P: Ports>(
    State(ports): State<P>,
    Bearer(asker): Bearer,
    PathId(id): PathId<SessionId>,
    LastEventId(after): LastEventId,
) -> Result<LiveAnswer, ApiError> {
    let session = readable(&ports, &asker, id).await?;
    match ask_at_home(&ports, session, Ask::Events { after }).await? {
        Home::Object(answer) => Ok(answer),
        // Nothing runs here; what is missing stands in the history.
        Home::Database(_) => Ok(LiveAnswer::Nothing),
    }
}
