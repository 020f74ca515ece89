//! `/api/sessions`: what a rep has to do today, one session, and what it came to.

pub(crate) mod access;
pub(crate) mod home;
mod listed;
mod lists;
mod planning;
mod practice;
mod regrading;
mod review;
pub(crate) mod stored;
mod verdicts;

use crate::error::ApiError;
use crate::extract::{Bearer, PathId};
use crate::json::Json;
use crate::live::{Ask, LiveAnswer};
use crate::ports::Ports;
use crate::versioned::Versioned;
use access::{own, readable};
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use contract::problem::Code;
use contract::session::{Progress, RecentScore, Session, Today};
use domain::ids::SessionId;
use domain::policy::Principal;
use domain::session::{Status, Step};
use futures::future::try_join3;
use home::{Home, ask_at_home, not_running};
pub(crate) use listed::card;
use listed::{is_for_today, listed};
pub(crate) use lists::{list, of_user, upcoming};
pub(crate) use planning::{ZONE_WITHOUT_GROUP, reschedule, schedule, unschedule};
pub(crate) use practice::practise;
pub(crate) use regrading::regrade;
pub(crate) use review::{notes, override_score, withdraw_override, write_note};
use store::sessions::{self, RecentRow, SessionRow};
pub(crate) use verdicts::{history, version};

/// How many finished sessions a trend shows.
const RECENT: u32 = 10;

/// No zone is further from UTC than this; the rows then tell their own date.
const A_DAY_MS: u64 = 24 * 60 * 60 * 1_000;

pub(crate) async fn today<P: Ports>(
    State(ports): State<P>,
    Bearer(asker): Bearer,
) -> Result<Json<Today>, ApiError> {
    let (db, company, user, now) = (ports.db(), asker.company, asker.user, ports.now_ms());
    let around = now.saturating_sub(A_DAY_MS)..now + A_DAY_MS;
    let (rows, progress, recent) = try_join3(
        sessions::today(db, company, user, now, around),
        sessions::progress(db, company, user),
        sessions::recent(db, company, user, RECENT),
    )
    .await?;
    let mut items = Vec::with_capacity(rows.len());
    for row in rows.iter().filter(|row| is_for_today(row, now)) {
        items.push(listed(row, step_of(&ports, row).await));
    }
    let progress = progress.ok_or_else(ApiError::unauthenticated)?;
    Ok(Json(Today {
        items,
        progress: Progress {
            days_completed: progress.days_completed,
            days_total: progress.days_total,
            streak: progress.streak,
            recent: recent.into_iter().map(recent_score).collect(),
        },
        now,
    }))
}

fn recent_score(row: RecentRow) -> RecentScore {
    RecentScore {
        session_id: row.session,
        day: row.day,
        theme: row.theme,
        ended_at: row.ended_at,
        first_score: row.first_score,
        score: row.score,
    }
}

pub(crate) async fn one<P: Ports>(
    State(ports): State<P>,
    Bearer(asker): Bearer,
    PathId(id): PathId<SessionId>,
) -> Result<Versioned<Session>, ApiError> {
    let session = readable(&ports, &asker, id).await?;
    let step = step_of(&ports, &session).await;
    Ok(Versioned {
        status: StatusCode::OK,
        version: session.version,
        body: listed(&session, step),
    })
}

/// The step of a running session, if its object can tell it now: a list is worth having without it.
async fn step_of<P: Ports>(ports: &P, session: &SessionRow) -> Option<Step> {
    if session.status != Status::InProgress {
        return None;
    }
    match home::ask(ports, session, Ask::History).await {
        Ok(LiveAnswer::State(state)) => Some(state.step),
        _ => None,
    }
}

/// The same as `POST /api/chat/start`.
pub(crate) async fn start<P: Ports>(
    State(ports): State<P>,
    Bearer(asker): Bearer,
    PathId(id): PathId<SessionId>,
) -> Result<LiveAnswer, ApiError> {
    crate::chat::start_session(&ports, &asker, id).await
}

/// The same as `POST /api/chat/:id/end`.
pub(crate) async fn complete<P: Ports>(
    State(ports): State<P>,
    Bearer(asker): Bearer,
    PathId(id): PathId<SessionId>,
) -> Result<Response, ApiError> {
    let session = own(&ports, &asker, id).await?;
    ended(&ports, &asker, session).await
}

pub(crate) async fn result<P: Ports>(
    State(ports): State<P>,
    Bearer(asker): Bearer,
    PathId(id): PathId<SessionId>,
) -> Result<Response, ApiError> {
    let session = readable(&ports, &asker, id).await?;
    if session.status == Status::Completed {
        return stored_result(&ports, &asker, &session).await;
    }
    // Looking at a result must not end a session: the object is asked for it only when the session is completed already.
    match ask_at_home(&ports, session.clone(), Ask::History).await? {
        Home::Object(LiveAnswer::State(state)) if state.status == Status::Completed => {
            ended(&ports, &asker, session).await
        }
        Home::Object(LiveAnswer::State(_)) => Err(ApiError::new(
            Code::DrillsRemaining,
            "This session is still running; its result comes with its end.",
        )),
        Home::Object(answer) => Ok(answer.into_response()),
        Home::Database(session) => stored_result(&ports, &asker, &session).await,
    }
}

/// Ends a session, or gives the result it ended with. Once the database has it, the database's counts: a manager's notes are
/// there and nowhere else.
pub(crate) async fn ended<P: Ports>(
    ports: &P,
    asker: &Principal,
    session: SessionRow,
) -> Result<Response, ApiError> {
    if session.status == Status::Completed {
        return stored_result(ports, asker, &session).await;
    }
    match ask_at_home(ports, session, Ask::End).await? {
        Home::Object(answer) => Ok(answer.into_response()),
        Home::Database(session) => stored_result(ports, asker, &session).await,
    }
}

async fn stored_result<P: Ports>(
    ports: &P,
    asker: &Principal,
    session: &SessionRow,
) -> Result<Response, ApiError> {
    match session.status {
        Status::Completed => Ok(Json(stored::result(ports, asker, session).await?).into_response()),
        _ => Err(not_running(session)),
    }
}
