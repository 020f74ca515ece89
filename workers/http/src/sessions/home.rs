//! A session's chat has one home: its object while it runs, and for a little while after; then the database. Questions go to
//! where it lives.

use crate::error::ApiError;
use crate::live::{Ask, Live, LiveAddress, LiveAnswer, LiveRequest};
use crate::ports::Ports;
use contract::problem::{Code, Problem};
use domain::session::{KEPT_AFTER_END_MS, Refusal, Status};
use store::sessions::{self, SessionRow};

/// Where a session lives.
pub(crate) enum Home {
    /// In its object, which answered.
    Object(LiveAnswer),
    /// In the database: not started yet, completed, or missed.
    Database(Box<SessionRow>),
}

/// Asks a session's object if the session lives there.
pub(crate) async fn ask_at_home<P: Ports>(
    ports: &P,
    session: SessionRow,
    question: Ask,
) -> Result<Home, ApiError> {
    if !object_has_it(&session, ports.now_ms()) {
        return Ok(Home::Database(Box::new(session)));
    }
    let answer = ask(ports, &session, question).await?;
    if !is_not_started(&answer) {
        return Ok(Home::Object(answer));
    }
    // The object lets go of its log once the database has the finished session, perhaps between our two questions.
    let again = sessions::find(ports.db(), session.company, session.id)
        .await?
        .ok_or_else(|| ApiError::not_found("session"))?;
    Ok(if again.status == Status::InProgress {
        Home::Object(answer)
    } else {
        Home::Database(Box::new(again))
    })
}

/// A running session lives in its object. A completed one is kept there for a while longer, so that a client that lost its
/// connection at the very end still gets the last frames, and the last send can be repeated.
fn object_has_it(session: &SessionRow, now: u64) -> bool {
    match session.status {
        Status::InProgress => true,
        Status::Completed => session
            .ended_at
            .is_some_and(|ended| now < ended + KEPT_AFTER_END_MS),
        Status::Scheduled | Status::Missed => false,
    }
}

/// Asks a session's object in the name of its rep.
pub(crate) async fn ask<P: Ports>(
    ports: &P,
    session: &SessionRow,
    question: Ask,
) -> Result<LiveAnswer, ApiError> {
    let at = LiveAddress {
        company: session.company,
        session: session.id,
    };
    let request = LiveRequest {
        by: session.user,
        ask: question,
    };
    Ok(ports.live().ask(at, request).await?)
}

/// The object knows of no start.
pub(crate) fn is_not_started(answer: &LiveAnswer) -> bool {
    matches!(answer, LiveAnswer::Refused(problem) if problem.code == Code::NotStarted)
}

/// Why nothing can be done in a session that lives in the database.
pub(crate) fn not_running(session: &SessionRow) -> ApiError {
    let refusal = match session.status {
        Status::Completed => Refusal::Completed,
        Status::Scheduled | Status::InProgress => Refusal::NotStarted,
        Status::Missed => return missed().into(),
    };
    crate::live::problem_of(&refusal, session.id, None).into()
}

/// The window passed without a start.
pub(crate) fn missed() -> Problem {
    Problem::new(
        Code::WindowClosed,
        "This session was missed. Its day comes again with your next one.",
    )
}
