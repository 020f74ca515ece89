//! The frames of a session's stream, and how the log becomes them.

use super::Message;
use crate::problem::Code;
use domain::ids::{MessageId, SessionId, TurnId};
use domain::scoring::Verdict;
use domain::session::{Entry, Event, LiveSession, May, Speaker, Step, TurnEnding, VoicedBy};
use serde::{Deserialize, Serialize};

/// One frame: the JSON after `data: `. Its `id:` is the sequence number of the log entry it shows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(
    feature = "schema",
    derive(schemars::JsonSchema),
    schemars(rename = "ChatFrame")
)]
#[serde(
    tag = "type",
    rename_all = "snake_case",
    rename_all_fields = "camelCase"
)]
pub enum Frame {
    /// The stream is open; everything after the entry `after` follows. Its `id:` is `after`.
    Connected {
        /// The session.
        session_id: SessionId,
        /// The turn that runs, or that the send began or repeats.
        turn_id: Option<TurnId>,
        /// The sequence number that the stream starts after.
        after: u64,
    },
    /// A whole message stands in the log: the rep's own, or the customer's opening.
    Message {
        /// The message.
        message: Box<Message>,
        /// The step after it.
        step: Step,
    },
    /// Somebody began to compose.
    Typing {
        /// The turn.
        turn_id: TurnId,
        /// The bubble to come.
        message_id: MessageId,
        /// Who.
        role: Speaker,
        /// In whose voice.
        voiced_by: VoicedBy,
    },
    /// Words for a bubble.
    Content {
        /// The turn.
        turn_id: TurnId,
        /// The bubble.
        message_id: MessageId,
        /// Who.
        role: Speaker,
        /// The words, with their blanks.
        content: String,
    },
    /// The rep's answer was judged.
    Verdict {
        /// The turn.
        turn_id: TurnId,
        /// The rep's bubble.
        message_id: Option<MessageId>,
        /// The judgement.
        verdict: Box<Verdict>,
    },
    /// The turn is over, as it should be or stopped by the rep.
    Done {
        /// The turn.
        turn_id: TurnId,
        /// How it ended.
        status: DoneStatus,
        /// The whole text of the turn's last message.
        content: String,
        /// All messages of the turn, whole.
        messages: Vec<Message>,
        /// The step after it.
        step: Step,
        /// What the rep may do now.
        may: May,
    },
    /// The turn was cut by a fault.
    Error {
        /// The turn.
        turn_id: TurnId,
        /// `unavailable`.
        code: Code,
        /// What happened and what to do.
        message: String,
        /// Whether `correction` asks for it again.
        retryable: bool,
        /// The whole text of the turn's last message, as far as it came.
        content: String,
        /// All messages of the turn, as far as they came.
        messages: Vec<Message>,
        /// The step after it.
        step: Step,
        /// What the rep may do now.
        may: May,
    },
}

/// How a turn ended for the rep.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)]
pub enum DoneStatus {
    Completed,
    Stopped,
}

impl Frame {
    /// The frame that shows a log entry of this session; `None` for entries that need no frame of their own.
    pub fn of(entry: &Entry, live: &LiveSession) -> Option<Self> {
        match &entry.event {
            Event::Started { .. }
            | Event::DrillOpened { .. }
            | Event::Spoken { .. }
            // The end of the turn stands right behind it and tells all its messages anew.
            | Event::Withdrawn { .. }
            | Event::Completed => None,
            Event::Opening { message, .. } => Some(Frame::Message {
                message: bubble(live, *message)?,
                step: Step::SalespersonResponse,
            }),
            Event::TurnBegan {
                message,
                content,
                turn_kind,
                ..
            } => {
                content.as_ref()?;
                let step = match turn_kind {
                    domain::session::TurnKind::Answer => Step::CoachCorrection,
                    domain::session::TurnKind::Repeat | domain::session::TurnKind::Next => {
                        Step::SalespersonRepeat
                    }
                };
                Some(Frame::Message {
                    message: bubble(live, (*message)?)?,
                    step,
                })
            }
            Event::Composing {
                turn,
                message,
                speaker,
                voiced_by,
            } => Some(Frame::Typing {
                turn_id: *turn,
                message_id: *message,
                role: *speaker,
                voiced_by: voiced_by.clone(),
            }),
            Event::Chunk {
                turn,
                message,
                text,
            } => Some(Frame::Content {
                turn_id: *turn,
                message_id: *message,
                role: live
                    .messages()
                    .iter()
                    .find(|bubble| bubble.id == *message)?
                    .speaker,
                content: text.clone(),
            }),
            Event::Graded { turn, verdict, .. } => Some(Frame::Verdict {
                turn_id: *turn,
                message_id: live.turn(*turn).and_then(|turn| turn.message),
                verdict: verdict.clone(),
            }),
            Event::TurnEnded { turn, ending, step } => Some(ended(live, *turn, *ending, *step)),
        }
    }

    /// Whether this frame ends its turn.
    pub fn is_terminal(&self) -> bool {
        matches!(self, Frame::Done { .. } | Frame::Error { .. })
    }
}

/// What happened and what to do.
fn why_interrupted(live: &LiveSession, turn: TurnId) -> &'static str {
    if live.turn(turn).is_some_and(|turn| turn.declined.is_some()) {
        "The coach's model did not go on, and what it had said is taken back. Your message is safe; ask for the correction again, and the built-in coach answers."
    } else {
        "The coach was interrupted. Your message is safe; ask for the correction again."
    }
}

fn bubble(live: &LiveSession, id: MessageId) -> Option<Box<Message>> {
    live.messages()
        .iter()
        .find(|message| message.id == id)
        .map(|message| Box::new(Message::from(message)))
}

fn ended(live: &LiveSession, turn_id: TurnId, ending: TurnEnding, step: Step) -> Frame {
    let messages: Vec<Message> = live
        .messages()
        .iter()
        .filter(|message| message.turn == Some(turn_id))
        .map(Message::from)
        .collect();
    let content = messages
        .iter()
        .rev()
        .find(|message| message.role != Speaker::Salesperson)
        .map(|message| message.content.clone())
        .unwrap_or_default();
    let may = live.may();
    let status = match ending {
        TurnEnding::Completed => DoneStatus::Completed,
        TurnEnding::Stopped => DoneStatus::Stopped,
        TurnEnding::Interrupted => {
            return Frame::Error {
                turn_id,
                code: Code::Unavailable,
                message: why_interrupted(live, turn_id).to_owned(),
                retryable: true,
                content,
                messages,
                step,
                may,
            };
        }
    };
    Frame::Done {
        turn_id,
        status,
        content,
        messages,
        step,
        may,
    }
}
