//! What a session's log is made of.

use super::{RequestId, Speaker, Step, VoicedBy};
use crate::ids::{CompanyId, MessageId, ScenarioId, ScenarioVersionId, SessionId, TurnId, UserId};
use crate::scenario::Scenario;
use crate::scoring::{Grounds, Verdict};
use crate::tone::ToneGuidelines;
use serde::{Deserialize, Serialize};

/// One line of a session's log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// 1, 2, 3 ... without gaps: the `id:` of the stream.
    pub seq: u64,
    /// Unix ms at which it was written.
    pub at: u64,
    /// What happened.
    pub event: Event,
}

/// What can happen in a session.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Event {
    /// The rep started; everything that judges them is frozen here.
    Started {
        /// The frozen rules of this session.
        frozen: Box<Frozen>,
    },
    /// A drill began: its customer is about to speak.
    DrillOpened {
        /// 0-based.
        drill: usize,
    },
    /// The customer's opening message, whole.
    Opening {
        /// The bubble.
        message: MessageId,
        /// The turn that opened it; the first drill has none.
        turn: Option<TurnId>,
        /// The words.
        text: String,
    },
    /// A turn began. A rep's message in it is durable from here.
    TurnBegan {
        /// The turn.
        turn: TurnId,
        /// The client's id for the send that caused it.
        request: RequestId,
        /// What the turn does.
        turn_kind: TurnKind,
        /// The rep's bubble; a retry points at the first one.
        message: Option<MessageId>,
        /// The rep's words; none for a retry (they stand in the first try) and for the next customer.
        content: Option<String>,
        /// After a good repeat, go straight to the next customer.
        advance: bool,
        /// The interrupted or stopped turn that this one does again.
        retry_of: Option<TurnId>,
    },
    /// The customer or the coach began to compose a message.
    Composing {
        /// The turn.
        turn: TurnId,
        /// The bubble.
        message: MessageId,
        /// Who.
        speaker: Speaker,
        /// In whose voice.
        #[serde(default)]
        voiced_by: VoicedBy,
    },
    /// Words were added to a composed message.
    Chunk {
        /// The turn.
        turn: TurnId,
        /// The bubble.
        message: MessageId,
        /// The words, with their blanks.
        text: String,
    },
    /// A composed message is whole.
    Spoken {
        /// The turn.
        turn: TurnId,
        /// The bubble.
        message: MessageId,
    },
    /// A model declined in the middle of a message: what it had said counts as not said.
    Withdrawn {
        /// The turn.
        turn: TurnId,
        /// The bubble, empty again.
        message: MessageId,
    },
    /// An answer was judged.
    Graded {
        /// The turn.
        turn: TurnId,
        /// The judgement.
        verdict: Box<Verdict>,
        /// The coach's improved version, after a first answer.
        improved: Option<String>,
        /// What the judgement was made of.
        #[serde(default)]
        grounds: Box<Grounds>,
    },
    /// A turn ended.
    TurnEnded {
        /// The turn.
        turn: TurnId,
        /// How.
        ending: TurnEnding,
        /// Where the session stood then.
        step: Step,
    },
    /// All drills are done. Nothing follows.
    Completed,
}

/// What a turn does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TurnKind {
    /// The coach corrects a first answer.
    Answer,
    /// Customer and coach react to a repeat.
    Repeat,
    /// The next customer speaks.
    Next,
}

/// How a turn ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TurnEnding {
    /// As it should.
    Completed,
    /// By the rep.
    Stopped,
    /// By a fault: the object was evicted or the provider died.
    Interrupted,
}

/// What is fixed when a session starts: later edits never change how it is judged.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Frozen {
    /// The session.
    pub session: SessionId,
    /// Its tenant.
    pub company: CompanyId,
    /// Its rep.
    pub user: UserId,
    /// The scenario practised.
    pub scenario: ScenarioId,
    /// The version of its text.
    pub scenario_version: ScenarioVersionId,
    /// The text itself.
    pub text: Scenario,
    /// The tone rules.
    pub guidelines: ToneGuidelines,
    /// SHA-256 of scenario text and tone rules, hex.
    pub rubric_hash: String,
    /// The version of the prompts.
    pub prompt_version: String,
    /// The coach's model: `builtin`, or a provider's model id.
    pub model: String,
    /// How long the practice should take, minutes.
    pub target_minutes: u16,
    /// It was started late.
    pub late: bool,
}
