//! The machine a practice session runs on.
//!
//! A session is the fold of its log: [`LiveSession::apply`] takes one [`Event`] after the other, [`LiveSession::decide`]
//! turns a [`Command`] into the events that follow, or into a [`Refusal`]. Nothing else changes a session.
//!
//! Each drill of the day goes through four steps: the customer objects, the rep answers, the coach corrects, the rep says
//! it again. After the first repeat the rep moves on, or says it once more.

mod command;
mod decide;
mod event;
mod live;
mod outcome;
pub mod regrade;
mod voiced_by;

pub use command::{BadRequestId, Command, Decision, Refusal, RequestId};
pub use event::{Entry, Event, Frozen, TurnEnding, TurnKind};
pub use live::{
    Attempt, Declined, DrillRecord, LiveSession, May, Message, MessageKind, MessageStatus, Turn,
};
pub use outcome::{DrillOutcome, Outcome};
pub use voiced_by::{Absence, VoicedBy};

use serde::{Deserialize, Serialize};

/// How often a rep may say one drill's answer again.
pub const MAX_REPEATS: usize = 2;

/// The longest message a rep may send, in characters.
pub const MAX_MESSAGE_CHARS: usize = 4_000;

/// How long a session's log outlives its end, ms: 10 minutes.
pub const KEPT_AFTER_END_MS: u64 = 10 * 60 * 1_000;

/// Where a session stands in the schedule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(
    feature = "schema",
    derive(schemars::JsonSchema),
    schemars(rename = "SessionStatus")
)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// Waits for its slot.
    Scheduled,
    /// Was started and not finished.
    InProgress,
    /// All drills were practised.
    Completed,
    /// Was not started in time.
    Missed,
}

impl Status {
    /// The name used in SQL and JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Status::Scheduled => "scheduled",
            Status::InProgress => "in_progress",
            Status::Completed => "completed",
            Status::Missed => "missed",
        }
    }
}

/// Why a session is practised.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(
    feature = "schema",
    derive(schemars::JsonSchema),
    schemars(rename = "SessionKind")
)]
#[serde(rename_all = "snake_case")]
pub enum SessionKind {
    /// It is one of the ten days, at a slot.
    Programme,
    /// The rep wished to practise a day again, at any time. It moves no figure of the programme.
    Practice,
}

impl SessionKind {
    /// The name used in SQL and JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            SessionKind::Programme => "programme",
            SessionKind::Practice => "practice",
        }
    }
}

/// Where a running session stands in its drill; shown as step 1/4 to 4/4.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(
    feature = "schema",
    derive(schemars::JsonSchema),
    schemars(rename = "SessionStep")
)]
#[serde(rename_all = "snake_case")]
pub enum Step {
    /// The customer is about to speak.
    CustomerObjection,
    /// The rep answers.
    SalespersonResponse,
    /// The coach corrects.
    CoachCorrection,
    /// The rep says it again.
    SalespersonRepeat,
    /// All drills are done.
    Completed,
}

impl Step {
    /// 1 to 4; a completed session stays at 4.
    pub fn number(self) -> u8 {
        match self {
            Step::CustomerObjection => 1,
            Step::SalespersonResponse => 2,
            Step::CoachCorrection => 3,
            Step::SalespersonRepeat | Step::Completed => 4,
        }
    }

    /// The name used in SQL and JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Step::CustomerObjection => "customer_objection",
            Step::SalespersonResponse => "salesperson_response",
            Step::CoachCorrection => "coach_correction",
            Step::SalespersonRepeat => "salesperson_repeat",
            Step::Completed => "completed",
        }
    }
}

/// Who says something in the chat.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)]
pub enum Speaker {
    Customer,
    Salesperson,
    Coach,
}

impl Speaker {
    /// The name used in SQL and JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Speaker::Customer => "customer",
            Speaker::Salesperson => "salesperson",
            Speaker::Coach => "coach",
        }
    }
}
