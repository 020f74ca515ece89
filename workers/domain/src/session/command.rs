//! What can be asked of a session, and why it may refuse.

use super::{Event, Frozen, MAX_MESSAGE_CHARS, Speaker, VoicedBy};
use crate::ids::{MessageId, TurnId};
use crate::scoring::{Grounds, Verdict};
use serde::{Deserialize, Serialize};

/// A client's own id for one send: 1 to 64 visible ASCII characters. The same id means the same send, however often it arrives.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(extend("minLength" = 1, "maxLength" = 64, "pattern" = "^[!-~]+$")))]
#[serde(try_from = "String", into = "String")]
pub struct RequestId(String);

impl RequestId {
    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for RequestId {
    type Error = BadRequestId;
    fn try_from(text: String) -> Result<Self, BadRequestId> {
        let ok = (1..=64).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_graphic());
        if ok {
            Ok(Self(text))
        } else {
            Err(BadRequestId)
        }
    }
}

impl From<uuid::Uuid> for RequestId {
    fn from(id: uuid::Uuid) -> Self {
        Self(id.to_string())
    }
}

impl From<RequestId> for String {
    fn from(id: RequestId) -> String {
        id.0
    }
}

/// A request id that is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a requestId is 1 to 64 visible ASCII characters; a UUID is a good one")]
pub struct BadRequestId;

/// What can be asked of a session: by the rep, or by the pump that carries the coach's words.
#[derive(Debug, Clone)]
pub enum Command {
    /// The rep starts.
    Start(Box<Frozen>),
    /// The rep sends an answer or says it again.
    Send {
        /// The client's id.
        request: RequestId,
        /// The words.
        content: String,
        /// After a repeat, go straight to the next customer; otherwise wait for [`Command::Next`] or one more repeat.
        advance: bool,
    },
    /// The rep asks again for what was interrupted or stopped.
    Retry {
        /// The client's id.
        request: RequestId,
    },
    /// The rep asks for the next customer.
    Next {
        /// The client's id.
        request: RequestId,
    },
    /// The rep stops the running turn.
    Stop,
    /// The rep ends the session.
    End,
    /// The pump: somebody begins to compose.
    Compose {
        /// The pump's turn.
        turn: TurnId,
        /// Who.
        speaker: Speaker,
        /// In whose voice.
        voiced_by: VoicedBy,
    },
    /// The pump: words arrived.
    Speak {
        /// The pump's turn.
        turn: TurnId,
        /// The bubble.
        message: MessageId,
        /// The words.
        text: String,
    },
    /// The pump: a message is whole.
    FinishMessage {
        /// The pump's turn.
        turn: TurnId,
        /// The bubble.
        message: MessageId,
    },
    /// The pump: the verdict is there; the turn ends well.
    Grade {
        /// The pump's turn.
        turn: TurnId,
        /// The judgement.
        verdict: Box<Verdict>,
        /// The coach's improved version.
        improved: Option<String>,
        /// What the judgement was made of.
        grounds: Box<Grounds>,
    },
    /// The pump: a model declined after its first words were shown. They are taken back, and the turn is interrupted.
    Withdraw {
        /// The pump's turn.
        turn: TurnId,
        /// The bubble.
        message: MessageId,
    },
    /// The repair: the turn lost its pump.
    Interrupt {
        /// The orphan.
        turn: TurnId,
    },
}

/// What follows from a command.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Decision {
    /// Append these, in one write. None of them means that it is already so.
    Append(Vec<Event>),
    /// The same send came before: this is its turn.
    Known(TurnId),
}

/// Why a command can't be followed. Each has its own code on the wire.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// It was not started.
    #[error("this session has not been started; start it first")]
    NotStarted,
    /// All drills are done.
    #[error("this session is completed")]
    Completed,
    /// A turn is running.
    #[error(
        "the coach is still answering your last message; attach to its stream, or stop it first"
    )]
    TurnRunning {
        /// The running turn.
        turn: TurnId,
    },
    /// The id was used for something else.
    #[error("this requestId was used for another message; make a new one for each new message")]
    RequestIdReused,
    /// The last answer has no verdict, because its turn was stopped or interrupted.
    #[error("the last correction was not finished; ask for it again before you go on")]
    RetryFirst {
        /// The unfinished turn.
        turn: TurnId,
    },
    /// Nothing was stopped or interrupted.
    #[error("there is nothing to retry: the last correction is complete")]
    NothingToRetry,
    /// The next customer comes after the repeat.
    #[error("say your answer again first; then comes the next customer")]
    RepeatFirst,
    /// Drills are left.
    #[error(
        "{remaining} of the day's drills are not done yet; the session ends after the last one"
    )]
    DrillsRemaining {
        /// How many.
        remaining: usize,
    },
    /// Empty or too long.
    #[error("a message has 1 to {MAX_MESSAGE_CHARS} characters")]
    BadContent,
    /// The pump's turn is over; it stops here.
    #[error("the turn is over")]
    TurnOver,
}
