//! The running session: requests, its state, and the frames of its stream.

mod frame;

pub use frame::{DoneStatus, Frame};

use crate::session::DrillCard;
use domain::ids::{MessageId, SessionId, TurnId};
use domain::scoring::Verdict;
use domain::session::{
    LiveSession, MAX_MESSAGE_CHARS, May, MessageKind, MessageStatus, RequestId, Speaker, Status,
    Step, VoicedBy,
};
use garde::Validate;
use serde::{Deserialize, Serialize};

/// `POST /api/chat/start`; starting again gives the running session.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct StartRequest {
    /// The session, as `GET /api/sessions/today` names it.
    #[garde(skip)]
    pub session_id: SessionId,
}

/// `POST /api/chat/:sessionId/message`
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SendRequest {
    /// Made by the client, once per message; sending again with the same id is safe.
    #[garde(custom(names_a_request))]
    pub request_id: String,
    /// 1 to 4,000 characters.
    #[garde(custom(is_an_answer))]
    pub content: String,
    /// After a repeat: `true` goes straight to the next customer, `false` waits for `next` or one more repeat.
    #[serde(default = "yes")]
    #[garde(skip)]
    pub advance: bool,
}

fn yes() -> bool {
    true
}

pub(crate) fn names_a_request(id: &str, _: &()) -> garde::Result {
    let id = RequestId::try_from(id.to_owned());
    id.map(|_| ())
        .map_err(|error| garde::Error::new(format!("{error}.")))
}

/// Words of a rep: some, and not too many.
pub(crate) fn is_an_answer(content: &str, _: &()) -> garde::Result {
    let chars = content.chars().count();
    if content.trim().is_empty() {
        Err(garde::Error::new("Write an answer first."))
    } else if chars > MAX_MESSAGE_CHARS {
        let over = chars - MAX_MESSAGE_CHARS;
        Err(garde::Error::new(format!(
            "Shorten your answer by {over} characters; 4,000 fit."
        )))
    } else {
        Ok(())
    }
}

/// `POST /api/chat/:sessionId/correction` (ask again for what was cut) and `POST /api/chat/:sessionId/next` (the next customer).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct TurnRequest {
    /// Made by the client, once per press of the button.
    #[garde(custom(names_a_request))]
    pub request_id: String,
}

/// `POST /api/chat/start` and `GET /api/chat/:sessionId/history`: all that a screen needs to show the session.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct ChatState {
    /// The session.
    pub session_id: SessionId,
    /// 1 to 10.
    pub day: u8,
    /// The day's theme.
    pub theme: String,
    /// Where the session stands.
    pub status: Status,
    /// The step.
    pub step: Step,
    /// 1 to 4.
    pub step_number: u8,
    /// The drill the session is at.
    pub drill: DrillView,
    /// All bubbles, oldest first.
    pub items: Vec<Message>,
    /// Attach after this to miss nothing.
    pub last_event_id: u64,
    /// The turn that runs, if one does.
    pub running_turn: Option<TurnId>,
    /// What the rep may do now.
    pub may: May,
    /// Unix ms.
    pub started_at: u64,
    /// Unix ms, once completed.
    pub ended_at: Option<u64>,
    /// How long it should take, minutes.
    pub target_minutes: u16,
    /// Who coaches: `builtin`, or a provider's model id.
    pub model: String,
    /// The server's clock, Unix ms.
    pub now: u64,
}

/// The drill a session is at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct DrillView {
    /// 0-based.
    pub index: usize,
    /// How many the day has.
    pub count: usize,
    /// Who writes, and about what.
    #[serde(flatten)]
    pub card: DrillCard,
}

/// One bubble.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(
    feature = "schema",
    derive(schemars::JsonSchema),
    schemars(rename = "ChatMessage")
)]
#[serde(rename_all = "camelCase")]
pub struct Message {
    /// The bubble.
    pub id: MessageId,
    /// Its turn; the day's first message has none.
    pub turn_id: Option<TurnId>,
    /// The send it came with, if it is the rep's.
    pub request_id: Option<RequestId>,
    /// Who says it.
    pub role: Speaker,
    /// What it is in its drill.
    pub kind: MessageKind,
    /// 0-based.
    pub drill_index: usize,
    /// The words so far.
    pub content: String,
    /// How far it is: for the rep the ticks, for the others whether it is whole.
    pub status: MessageStatus,
    /// Unix ms.
    pub created_at: u64,
    /// The judgement of a rep's answer, once there.
    pub verdict: Option<Verdict>,
    /// The improved version a correction proposes.
    pub improved: Option<String>,
    /// Who voices it; `null` of the rep's own words and of those the scenario has word for word.
    pub voiced_by: Option<VoicedBy>,
}

impl From<&domain::session::Message> for Message {
    fn from(message: &domain::session::Message) -> Self {
        Self {
            id: message.id,
            turn_id: message.turn,
            request_id: message.request.clone(),
            role: message.speaker,
            kind: message.kind,
            drill_index: message.drill,
            content: message.text.clone(),
            status: message.status,
            created_at: message.at,
            verdict: message.verdict.clone(),
            improved: message.improved.clone(),
            voiced_by: message.voiced_by.clone(),
        }
    }
}

impl ChatState {
    /// The state of a started session; `None` before its start.
    pub fn of(live: &LiveSession, now: u64) -> Option<Self> {
        let frozen = live.frozen()?;
        let step = live.step()?;
        let drill = frozen.text.drills.get(live.drill())?;
        Some(Self {
            session_id: frozen.session,
            day: frozen.text.day,
            theme: frozen.text.theme.clone(),
            status: if step == Step::Completed {
                Status::Completed
            } else {
                Status::InProgress
            },
            step,
            step_number: step.number(),
            drill: DrillView {
                index: live.drill(),
                count: frozen.text.drills.len(),
                card: DrillCard::of(drill),
            },
            items: live.messages().iter().map(Message::from).collect(),
            last_event_id: live.last_seq(),
            running_turn: live.running().map(|turn| turn.id),
            may: live.may(),
            started_at: live.started_at(),
            ended_at: live.ended_at(),
            target_minutes: frozen.target_minutes,
            model: frozen.model.clone(),
            now,
        })
    }
}

impl DrillCard {
    /// What a rep may know of a drill beforehand.
    pub fn of(drill: &domain::scenario::Drill) -> Self {
        Self {
            id: drill.id.clone(),
            title: drill.title.clone(),
            customer_name: drill.customer.name.clone(),
            customer_business: drill.customer.business.clone(),
        }
    }
}
