//! `POST /api/chat/start`: from a scheduled session to a running one.

use super::freeze::freeze;
use crate::error::ApiError;
use crate::live::{Ask, LiveAnswer, problem_of};
use crate::ports::Ports;
use crate::sessions::access::own;
use crate::sessions::home::{Home, ask, ask_at_home, is_not_started, not_running};
use chrono::{DateTime, SecondsFormat};
use contract::problem::Code;
use domain::ids::SessionId;
use domain::policy::Principal;
use domain::session::{Refusal, Status};
use domain::slot::{Phase, Window};
use store::sessions::{self, SessionRow};

/// Starts the asker's session, or gives it as it runs.
pub(crate) async fn start<P: Ports>(
    ports: &P,
    asker: &Principal,
    id: SessionId,
) -> Result<LiveAnswer, ApiError> {
    let session = own(ports, asker, id).await?;
    match ask_at_home(ports, session.clone(), Ask::History).await? {
        Home::Database(session) if session.status == Status::Scheduled => {
            start_scheduled(ports, &session).await
        }
        Home::Database(session) => Err(not_running(&session)),
        // It was begun and its object has no trace of it: what was frozen then can only be frozen anew.
        Home::Object(answer) if is_not_started(&answer) => {
            ask_to_start(ports, &session, session.late).await
        }
        Home::Object(LiveAnswer::State(state)) if state.status == Status::Completed => {
            Err(problem_of(&Refusal::Completed, id, None).into())
        }
        Home::Object(answer) => Ok(answer),
    }
}

/// The object first, where the start is durable; then the mark in the database. A start that got no further than the object
/// is healed by starting again, so the mark takes its moment from the object and not from this request.
async fn start_scheduled<P: Ports>(
    ports: &P,
    session: &SessionRow,
) -> Result<LiveAnswer, ApiError> {
    let window = window(session);
    let late = match window.phase(ports.now_ms()) {
        Phase::Early => return Err(too_early(session)),
        Phase::Closed => return Err(too_late(session)),
        phase => phase == Phase::Late,
    };
    let answer = ask_to_start(ports, session, late).await?;
    if let LiveAnswer::State(state) = &answer {
        let late = window.phase(state.started_at) == Phase::Late;
        sessions::mark_started(
            ports.db(),
            session.company,
            session.id,
            state.started_at,
            late,
        )
        .await?;
    }
    Ok(answer)
}

async fn ask_to_start<P: Ports>(
    ports: &P,
    session: &SessionRow,
    late: bool,
) -> Result<LiveAnswer, ApiError> {
    let material = sessions::start_material(ports.db(), session.company, session.id)
        .await?
        .ok_or_else(|| ApiError::Broken(format!("session {} has no scenario", session.id)))?;
    let frozen = freeze(material, ports.config(), late)?;
    ask(
        ports,
        session,
        Ask::Start {
            frozen: Box::new(frozen),
        },
    )
    .await
}

fn window(session: &SessionRow) -> Window {
    Window {
        slot_at: session.slot_at,
        opens_at: session.opens_at,
        closes_at: session.closes_at,
    }
}

fn too_early(session: &SessionRow) -> ApiError {
    let detail = format!("This session opens at {}.", rfc3339(session.opens_at));
    ApiError::new(Code::WindowNotOpen, detail)
}

fn too_late(session: &SessionRow) -> ApiError {
    let closed = rfc3339(session.closes_at);
    let detail = format!(
        "This session could be started until {closed}. Its day comes again with your next one."
    );
    ApiError::new(Code::WindowClosed, detail)
}

fn rfc3339(unix_ms: u64) -> String {
    i64::try_from(unix_ms)
        .ok()
        .and_then(DateTime::from_timestamp_millis)
        .map(|at| at.to_rfc3339_opts(SecondsFormat::Secs, true))
        .unwrap_or_default()
}
