//! `/api/sessions`: what a rep has to do today, one session, and what it came to.

pub(crate) mod access;
pub(crate) mod home;
mod listed;
pub(crate) mod stored;

use crate::error::ApiError;
use crate::extract::{Bearer, PathId};
use crate::live::{Ask, LiveAnswer};
use crate::ports::Ports;
use access::readable;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Json, Router};
use contract::problem::Code;
use contract::session::{Progress, RecentScore, Session, Today};
use domain::ids::SessionId;
use domain::policy::Principal;
use domain::session::{Status, Step};
use home::{Home, ask_at_home, not_running};
use listed::{is_for_today, listed};
use store::sessions::{self, SessionRow};

/// The routes.
pub(crate) fn router<P: Ports>() -> Router<P> {
    Router::new()
        .route("/api/sessions/today", get(today::<P>))
        .route("/api/sessions/{id}", get(one::<P>))
        .route("/api/sessions/{id}/result", get(result::<P>))
}

/// How many finished sessions a trend shows.
const RECENT: u32 = 10;

/// No zone is further from UTC than this; the rows then tell their own date.
const A_DAY_MS: u64 = 24 * 60 * 60 * 1_000;

async fn today<P: Ports>(
    State(ports): State<P>,
    Bearer(asker): Bearer,
) -> Result<Json<Today>, ApiError> {
    let now = ports.now_ms();
    let around = now.saturating_sub(A_DAY_MS)..now + A_DAY_MS;
    let rows = sessions::today(ports.db(), asker.company, asker.user, now, around).await?;
    let mut items = Vec::with_capacity(rows.len());
    for row in rows.iter().filter(|row| is_for_today(row, now)) {
        items.push(listed(row, step_of(&ports, row).await?));
    }
    Ok(Json(Today {
        items,
        progress: progress(&ports, &asker).await?,
        now,
    }))
}

async fn progress<P: Ports>(ports: &P, asker: &Principal) -> Result<Progress, ApiError> {
    let progress = sessions::progress(ports.db(), asker.company, asker.user)
        .await?
        .ok_or_else(ApiError::unauthenticated)?;
    let recent = sessions::recent(ports.db(), asker.company, asker.user, RECENT).await?;
    Ok(Progress {
        days_completed: progress.days_completed,
        days_total: progress.days_total,
        streak: progress.streak,
        recent: recent
            .into_iter()
            .map(|row| RecentScore {
                session_id: row.session,
                day: row.day,
                theme: row.theme,
                ended_at: row.ended_at,
                first_score: row.first_score,
                score: row.score,
            })
            .collect(),
    })
}

async fn one<P: Ports>(
    State(ports): State<P>,
    Bearer(asker): Bearer,
    PathId(id): PathId<SessionId>,
) -> Result<Json<Session>, ApiError> {
    let session = readable(&ports, &asker, id).await?;
    let step = step_of(&ports, &session).await?;
    Ok(Json(listed(&session, step)))
}

/// The step of a running session.
async fn step_of<P: Ports>(ports: &P, session: &SessionRow) -> Result<Option<Step>, ApiError> {
    if session.status != Status::InProgress {
        return Ok(None);
    }
    match home::ask(ports, session, Ask::History).await? {
        LiveAnswer::State(state) => Ok(Some(state.step)),
        _ => Ok(None),
    }
}

async fn result<P: Ports>(
    State(ports): State<P>,
    Bearer(asker): Bearer,
    PathId(id): PathId<SessionId>,
) -> Result<Response, ApiError> {
    let session = readable(&ports, &asker, id).await?;
    // Looking at a result must not end a session: the object is asked for it only when the session is completed already.
    match ask_at_home(&ports, session.clone(), Ask::History).await? {
        Home::Object(LiveAnswer::State(state)) if state.status == Status::Completed => {
            ended(&ports, session).await
        }
        Home::Object(LiveAnswer::State(_)) => Err(ApiError::new(
            Code::DrillsRemaining,
            "This session is still running; its result comes with its end.",
        )),
        Home::Object(answer) => Ok(answer.into_response()),
        Home::Database(session) => stored_result(&ports, &session).await,
    }
}

/// Ends a session, or gives the result it ended with.
pub(crate) async fn ended<P: Ports>(ports: &P, session: SessionRow) -> Result<Response, ApiError> {
    match ask_at_home(ports, session, Ask::End).await? {
        Home::Object(answer) => Ok(answer.into_response()),
        Home::Database(session) => stored_result(ports, &session).await,
    }
}

async fn stored_result<P: Ports>(ports: &P, session: &SessionRow) -> Result<Response, ApiError> {
    match session.status {
        Status::Completed => Ok(Json(stored::result(ports, session).await?).into_response()),
        _ => Err(not_running(session)),
    }
}
