//! Sessions: what a rep has to do, and what it came to.

use super::{REFUSED_END, REFUSED_START};
use crate::operation::{Operation, create, delete, get, post, put};
use contract::chat::ChatState;
use contract::page::Page;
use contract::problem::Code;
use contract::session::{
    Items, ListedSession, Note, NoteForm, OverrideForm, PracticeForm, RescheduleForm, ScheduleForm,
    Session, SessionPage, SessionQuery, SessionResult, SessionTarget, Today, VerdictHistory,
    VersionVerdicts,
};
use contract::voice::Recording;
use domain::policy::Access::{LoggedIn, Managers};

/// Who sees a session.
const SEEN_BY: &str = "the session's rep, the manager who leads them, super admins";
/// Who practises it.
const OWN: &str = "the session's own rep";
/// Who plans it.
const LEADER: &str = "the manager who leads the rep, super admins";

pub(super) fn operations() -> Vec<Operation> {
    vec![
        get(
            "/api/sessions/today",
            LoggedIn,
            "One's own sessions of today, and how the ten days stand",
        )
        .ok::<Today>("The one to do first comes first."),
        get("/api/sessions", LoggedIn, "Sessions, the latest slot first")
            .only("reps their own, managers those of their teams' reps, super admins a company's")
            .query::<SessionQuery>()
            .ok::<Page<ListedSession>>("A page of them."),
        get(
            "/api/sessions/upcoming",
            LoggedIn,
            "Sessions that can still be started, the soonest first",
        )
        .only("reps their own, managers those of their teams' reps, super admins their company's")
        .query::<SessionPage>()
        .ok::<Page<ListedSession>>("A page of them."),
        get(
            "/api/sessions/user/{id}",
            LoggedIn,
            "One rep's sessions, the latest slot first",
        )
        .only("the rep, the manager who leads them, super admins")
        .query::<SessionPage>()
        .ok::<Page<ListedSession>>("A page of them."),
        get("/api/sessions/{id}", LoggedIn, "One session")
            .only(SEEN_BY)
            .ok::<Session>("The session.")
            .versioned(),
        create("/api/sessions", Managers, "Schedules a session for a rep")
            .only(LEADER)
            .query::<SessionTarget>()
            .body::<ScheduleForm>()
            .created::<ListedSession>("The session.")
            .located()
            .versioned()
            .refuses(&[Code::NotFound, Code::Exists]),
        post(
            "/api/sessions/practice",
            LoggedIn,
            "Practises a completed day again, or goes on with it; it moves no figure of the programme",
        )
        .only("reps")
        .body::<PracticeForm>()
        .ok::<Session>("The practice of this scenario that runs.")
        .created::<Session>("A new one, which runs.")
        .versioned()
        .refuses(&[Code::DayLocked, Code::Forbidden]),
        put(
            "/api/sessions/{id}",
            Managers,
            "Moves a session that was not started",
        )
        .only(LEADER)
        .if_match()
        .body::<RescheduleForm>()
        .ok::<ListedSession>("The session as it is now.")
        .versioned()
        .refuses(&[Code::InUse, Code::Exists]),
        delete(
            "/api/sessions/{id}",
            Managers,
            "Takes back a session that was not started",
        )
        .only(LEADER)
        .refuses(&[Code::InUse, Code::Changed]),
        post(
            "/api/sessions/{id}/start",
            LoggedIn,
            "Starts a session: the same as `POST /api/chat/start`",
        )
        .only(OWN)
        .ok::<ChatState>("The session as it runs.")
        .refuses(REFUSED_START),
        post(
            "/api/sessions/{id}/complete",
            LoggedIn,
            "Ends a session: the same as `POST /api/chat/{id}/end`",
        )
        .only(OWN)
        .ok::<SessionResult>("What it came to.")
        .refuses(REFUSED_END),
        get(
            "/api/sessions/{id}/result",
            LoggedIn,
            "What a session came to",
        )
        .only(SEEN_BY)
        .ok::<SessionResult>("The scores with their evidence.")
        .refuses(&[
            Code::DrillsRemaining,
            Code::NotStarted,
            Code::WindowClosed,
            Code::RetryFirst,
        ]),
        get(
            "/api/sessions/{id}/notes",
            LoggedIn,
            "What managers wrote to the rep about a session",
        )
        .only(SEEN_BY)
        .ok::<Items<Note>>("The notes."),
        put(
            "/api/sessions/{id}/notes",
            Managers,
            "Writes one's own note on a session, in place of the one before",
        )
        .only(LEADER)
        .body::<NoteForm>()
        .ok::<Items<Note>>("All notes on the session."),
        create(
            "/api/sessions/{id}/overrides",
            Managers,
            "Puts one's own score in place of the judge's, with a reason",
        )
        .only(LEADER)
        .body::<OverrideForm>()
        .created::<SessionResult>("What the session comes to with it.")
        .refuses(&[Code::DrillsRemaining, Code::NotStarted, Code::WindowClosed]),
        delete(
            "/api/sessions/{id}/overrides/{drill}",
            Managers,
            "Takes a manager's score back: the judge's counts again",
        )
        .only(LEADER)
        .refuses(&[Code::DrillsRemaining, Code::NotStarted, Code::WindowClosed]),
        create(
            "/api/sessions/{id}/regrade",
            Managers,
            "Judges all answers of a completed session anew, by the rules it was judged by",
        )
        .only(LEADER)
        .created::<SessionResult>("What the session comes to now; managers' scores go on to count.")
        .refuses(&[
            Code::DrillsRemaining,
            Code::NotStarted,
            Code::WindowClosed,
            Code::RegradeRunning,
            Code::RubricGone,
            Code::LimitReached,
            Code::Unavailable,
        ]),
        get(
            "/api/sessions/{id}/verdicts",
            Managers,
            "How a completed session was judged, version by version",
        )
        .only(LEADER)
        .ok::<VerdictHistory>("The versions, and what in the answers seems to speak to the judge.")
        .refuses(&[Code::DrillsRemaining, Code::NotStarted, Code::WindowClosed]),
        get(
            "/api/sessions/{id}/verdicts/{number}",
            Managers,
            "One version of a session's verdicts, with what models said word for word",
        )
        .only(LEADER)
        .ok::<VersionVerdicts>("The verdicts.")
        .refuses(&[Code::DrillsRemaining, Code::NotStarted, Code::WindowClosed]),
        get(
            "/api/sessions/{id}/voice",
            LoggedIn,
            "The recordings of a session",
        )
        .only(SEEN_BY)
        .ok::<Items<Recording>>("The recordings."),
    ]
}
