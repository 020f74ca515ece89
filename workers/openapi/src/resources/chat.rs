//! The running session.

use super::{REFUSED_END, REFUSED_START, REFUSED_TURN};
use crate::operation::{Operation, get, post};
use contract::chat::{ChatState, Frame, SendRequest, StartRequest, TurnRequest};
use contract::problem::Code;
use contract::session::SessionResult;
use domain::policy::Access::LoggedIn;

/// Who practises a session.
const OWN: &str = "the session's own rep";
/// Who looks on.
const SEEN_BY: &str = "the session's rep, the manager who leads them, super admins";
/// What the stream of a turn mostly is.
const TURN: &[&str] = &[
    "connected",
    "message",
    "typing",
    "content",
    "verdict",
    "done",
];

pub(super) fn operations() -> Vec<Operation> {
    vec![
        post("/api/chat/start", LoggedIn, "Starts a session, or gives it as it runs")
            .only(OWN)
            .body::<StartRequest>()
            .ok::<ChatState>("The session as it runs.")
            .refuses(&[Code::NotFound])
            .refuses(REFUSED_START),
        post("/api/chat/{id}/message", LoggedIn, "Sends an answer, and streams the turn")
            .note("The message is durable before the coach is asked. Sent again with the same `requestId` and words, the same turn is streamed.")
            .note("Leaving does not stop the turn: attach again with `GET /api/chat/{id}/events`.")
            .only(OWN)
            .body::<SendRequest>()
            .events::<Frame>(TURN, true)
            .refuses(REFUSED_TURN),
        post("/api/chat/{id}/correction", LoggedIn, "Asks again for a correction that was stopped or interrupted")
            .only(OWN)
            .body::<TurnRequest>()
            .events::<Frame>(&["connected", "typing", "content", "verdict", "done"], true)
            .refuses(REFUSED_TURN)
            .refuses(&[Code::NothingToRetry]),
        post("/api/chat/{id}/next", LoggedIn, "Goes on to the next customer")
            .only(OWN)
            .body::<TurnRequest>()
            .events::<Frame>(&["connected", "typing", "content", "message", "done"], true)
            .refuses(REFUSED_TURN)
            .refuses(&[Code::RepeatFirst]),
        post("/api/chat/{id}/stop", LoggedIn, "Stops the running turn; what was said stays, marked as stopped")
            .only(OWN)
            .done(202, "It stops, or nothing ran.")
            .refuses(&[Code::Forbidden, Code::NotStarted, Code::SessionCompleted, Code::WindowClosed]),
        post("/api/chat/{id}/end", LoggedIn, "Ends a session whose drills are done")
            .note("Asked again, it gives the same result.")
            .only(OWN)
            .ok::<SessionResult>("What the session came to.")
            .refuses(REFUSED_END),
        get("/api/chat/{id}/history", LoggedIn, "All that a screen needs to show a session")
            .only(SEEN_BY)
            .ok::<ChatState>("The session as it is.")
            .refuses(&[Code::NotStarted, Code::WindowClosed]),
        get("/api/chat/{id}/events", LoggedIn, "Streams what is missing of a session, then what happens")
            .note("Say what was seen last with `Last-Event-ID`, or with `after`; the header counts when both are there.")
            .only(SEEN_BY)
            .takes("Last-Event-ID")
            .takes("after")
            .events::<Frame>(TURN, true)
            .done(204, "Nothing runs and nothing is missing.")
            .refuses(&[Code::Invalid, Code::NotStarted]),
    ]
}
