//! A session as its log tells it.

use super::{Entry, Event, Frozen, RequestId, Speaker, Step, TurnEnding, TurnKind, VoicedBy};
use crate::ids::{MessageId, TurnId};
use crate::scoring::{Grounds, Verdict};
use serde::{Deserialize, Serialize};

/// A started session. The default value is one that was not started.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LiveSession {
    pub(super) frozen: Option<Box<Frozen>>,
    pub(super) step: Option<Step>,
    pub(super) drill: usize,
    pub(super) records: Vec<DrillRecord>,
    pub(super) turns: Vec<Turn>,
    pub(super) messages: Vec<Message>,
    started_at: u64,
    ended_at: Option<u64>,
    last_seq: u64,
}

/// What happened in one drill so far.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DrillRecord {
    /// The first answer.
    pub initial: Option<Attempt>,
    /// The coach's improved version of it.
    pub improved: Option<String>,
    /// The repeats, at most [`super::MAX_REPEATS`].
    pub repeats: Vec<Attempt>,
}

/// One judged answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attempt {
    /// The turn that judged it.
    pub turn: TurnId,
    /// The rep's words.
    pub text: String,
    /// The judgement.
    pub verdict: Verdict,
    /// What the judgement was made of.
    pub grounds: Grounds,
}

/// A message that a model broke off because it would not say it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Declined {
    /// Whose words they were to be.
    pub speaker: Speaker,
    /// The bubble; its words go with the turn's end.
    pub message: MessageId,
}

/// One turn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Turn {
    /// Its id.
    pub id: TurnId,
    /// The send that caused it.
    pub request: RequestId,
    /// What it does.
    pub kind: TurnKind,
    /// The rep's bubble that it answers.
    pub message: Option<MessageId>,
    /// The rep's words that came with the send.
    pub content: Option<String>,
    /// Whether to go on after a repeat.
    pub advance: bool,
    /// The turn it does again.
    pub retry_of: Option<TurnId>,
    /// The drill it belongs to.
    pub drill: usize,
    /// The sequence number of its first event; attaching after the one before shows all of it.
    pub first_seq: u64,
    /// How it ended; `None` while it runs.
    pub ending: Option<TurnEnding>,
    /// What a model declined to go on with in this turn.
    pub declined: Option<Declined>,
}

/// One bubble.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    /// Its id.
    pub id: MessageId,
    /// Its turn; the first customer's opening has none.
    pub turn: Option<TurnId>,
    /// The send it came with, if it is the rep's.
    pub request: Option<RequestId>,
    /// Who says it.
    pub speaker: Speaker,
    /// What it is in the drill.
    pub kind: MessageKind,
    /// The drill it belongs to.
    pub drill: usize,
    /// The words so far.
    pub text: String,
    /// How far it is.
    pub status: MessageStatus,
    /// Unix ms.
    pub at: u64,
    /// The judgement of a rep's answer.
    pub verdict: Option<Verdict>,
    /// The improved version that a correction proposes.
    pub improved: Option<String>,
    /// In whose voice it is; none of the rep's own and of what the scenario has word for word.
    pub voiced_by: Option<VoicedBy>,
}

/// What a message is in its drill.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum MessageKind {
    /// The customer opens.
    Objection,
    /// The rep answers.
    Answer,
    /// The coach corrects.
    Correction,
    /// The rep says it again.
    Repeat,
    /// The customer reacts to the repeat.
    Reaction,
    /// The coach says what the repeat changed.
    Note,
}

impl MessageKind {
    /// The name used in SQL and JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            MessageKind::Objection => "objection",
            MessageKind::Answer => "answer",
            MessageKind::Correction => "correction",
            MessageKind::Repeat => "repeat",
            MessageKind::Reaction => "reaction",
            MessageKind::Note => "note",
        }
    }
}

/// How far a message is. The first three are the rep's ticks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum MessageStatus {
    /// Durable.
    Sent,
    /// The other side has it: somebody composes an answer.
    Delivered,
    /// The other side has begun to answer.
    Read,
    /// Being written.
    Streaming,
    /// Whole.
    Complete,
    /// Cut by the rep.
    Stopped,
    /// Cut by a fault.
    Interrupted,
}

impl MessageStatus {
    /// The name used in SQL and JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            MessageStatus::Sent => "sent",
            MessageStatus::Delivered => "delivered",
            MessageStatus::Read => "read",
            MessageStatus::Streaming => "streaming",
            MessageStatus::Complete => "complete",
            MessageStatus::Stopped => "stopped",
            MessageStatus::Interrupted => "interrupted",
        }
    }
}

/// What the rep may do now; the screen enables just that.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct May {
    /// Send an answer, or say it again.
    pub send: bool,
    /// Ask again for what was cut.
    pub retry: bool,
    /// Ask for the next customer.
    pub next: bool,
    /// Stop the running turn.
    pub stop: bool,
    /// End the session.
    pub end: bool,
}

impl LiveSession {
    /// The fold of a whole log.
    pub fn replay<'a>(entries: impl IntoIterator<Item = &'a Entry>) -> Self {
        let mut live = Self::default();
        for entry in entries {
            live.apply(entry);
        }
        live
    }

    /// Takes one entry. Total: an entry that [`LiveSession::decide`] would not have made changes as little as it can.
    pub fn apply(&mut self, entry: &Entry) {
        self.last_seq = entry.seq;
        match &entry.event {
            Event::Started { frozen } => {
                self.records = vec![DrillRecord::default(); frozen.text.drills.len()];
                self.frozen = Some(frozen.clone());
                self.step = Some(Step::CustomerObjection);
                self.started_at = entry.at;
            }
            Event::DrillOpened { drill } => {
                self.drill = *drill;
                self.step = Some(Step::CustomerObjection);
            }
            Event::Opening {
                message,
                turn,
                text,
            } => {
                let mut bubble = self.bubble(
                    *message,
                    *turn,
                    Speaker::Customer,
                    MessageKind::Objection,
                    entry.at,
                );
                bubble.text.clone_from(text);
                bubble.status = MessageStatus::Complete;
                self.messages.push(bubble);
                self.step = Some(Step::SalespersonResponse);
            }
            Event::TurnBegan {
                turn,
                request,
                turn_kind,
                message,
                content,
                advance,
                retry_of,
            } => {
                self.turns.push(Turn {
                    id: *turn,
                    request: request.clone(),
                    kind: *turn_kind,
                    message: *message,
                    content: content.clone(),
                    advance: *advance,
                    retry_of: *retry_of,
                    drill: self.drill,
                    first_seq: entry.seq,
                    ending: None,
                    declined: None,
                });
                if let (Some(message), Some(content)) = (message, content) {
                    let kind = match turn_kind {
                        TurnKind::Repeat => MessageKind::Repeat,
                        TurnKind::Answer | TurnKind::Next => MessageKind::Answer,
                    };
                    let mut bubble =
                        self.bubble(*message, Some(*turn), Speaker::Salesperson, kind, entry.at);
                    bubble.text.clone_from(content);
                    bubble.status = MessageStatus::Sent;
                    bubble.request = Some(request.clone());
                    self.messages.push(bubble);
                }
                if *turn_kind == TurnKind::Answer {
                    self.step = Some(Step::CoachCorrection);
                }
            }
            Event::Composing {
                turn,
                message,
                speaker,
                voiced_by,
            } => {
                self.tick(*turn, MessageStatus::Delivered);
                let kind = match (speaker, self.turn(*turn).map(|turn| turn.kind)) {
                    (Speaker::Customer, _) => MessageKind::Reaction,
                    (_, Some(TurnKind::Repeat)) => MessageKind::Note,
                    _ => MessageKind::Correction,
                };
                let mut bubble = self.bubble(*message, Some(*turn), *speaker, kind, entry.at);
                bubble.voiced_by = Some(voiced_by.clone());
                self.messages.push(bubble);
            }
            Event::Chunk {
                turn,
                message,
                text,
            } => {
                self.tick(*turn, MessageStatus::Read);
                if let Some(bubble) = self.message_mut(*message) {
                    bubble.text.push_str(text);
                }
            }
            Event::Spoken { message, .. } => {
                if let Some(bubble) = self.message_mut(*message) {
                    bubble.status = MessageStatus::Complete;
                }
            }
            Event::Withdrawn { turn, message } => self.withdraw(*turn, *message),
            Event::Graded {
                turn,
                verdict,
                improved,
                grounds,
            } => self.record(*turn, verdict, improved.as_deref(), grounds),
            Event::TurnEnded { turn, ending, .. } => self.end_turn(*turn, *ending),
            Event::Completed => {
                self.step = Some(Step::Completed);
                self.ended_at = Some(entry.at);
            }
        }
    }

    /// What was frozen at the start; `None` before it.
    pub fn frozen(&self) -> Option<&Frozen> {
        self.frozen.as_deref()
    }

    /// The step; `None` before the start.
    pub fn step(&self) -> Option<Step> {
        self.step
    }

    /// The drill the session is at, 0-based.
    pub fn drill(&self) -> usize {
        self.drill
    }

    /// What happened in each drill.
    pub fn records(&self) -> &[DrillRecord] {
        &self.records
    }

    /// All bubbles in order.
    pub fn messages(&self) -> &[Message] {
        &self.messages
    }

    /// One turn.
    pub fn turn(&self, id: TurnId) -> Option<&Turn> {
        self.turns.iter().find(|turn| turn.id == id)
    }

    /// The turn that runs, if one does.
    pub fn running(&self) -> Option<&Turn> {
        self.turns.last().filter(|turn| turn.ending.is_none())
    }

    /// The turn that began last.
    pub fn last_turn(&self) -> Option<&Turn> {
        self.turns.last()
    }

    /// The last turn, if it was cut before its verdict.
    pub fn unfinished(&self) -> Option<&Turn> {
        self.turns.last().filter(|turn| {
            matches!(
                turn.ending,
                Some(TurnEnding::Stopped | TurnEnding::Interrupted)
            )
        })
    }

    /// The rep's words that a turn is about: its own, or those of the turn it does again.
    pub fn words_of(&self, turn: &Turn) -> Option<&str> {
        let message = self
            .messages
            .iter()
            .find(|message| Some(message.id) == turn.message)?;
        Some(&message.text)
    }

    /// Whether a model declined to say this speaker's part in a turn, or in one that it does again: it would again.
    pub fn was_declined(&self, turn: &Turn, speaker: Speaker) -> bool {
        let mut tried = Some(turn.id);
        // A turn repeats an earlier one, so the way goes back.
        self.turns.iter().rev().any(|turn| {
            let is_tried = Some(turn.id) == tried;
            if is_tried {
                tried = turn.retry_of;
            }
            is_tried
                && turn
                    .declined
                    .is_some_and(|declined| declined.speaker == speaker)
        })
    }

    /// Unix ms of the start.
    pub fn started_at(&self) -> u64 {
        self.started_at
    }

    /// Unix ms of the end; `None` before it.
    pub fn ended_at(&self) -> Option<u64> {
        self.ended_at
    }

    /// The sequence number of the last entry; 0 of an empty log.
    pub fn last_seq(&self) -> u64 {
        self.last_seq
    }

    /// What the rep may do now.
    pub fn may(&self) -> May {
        let (Some(step), None) = (self.step, self.running()) else {
            return May {
                stop: self.running().is_some(),
                ..May::default()
            };
        };
        if self.unfinished().is_some() {
            return May {
                retry: true,
                ..May::default()
            };
        }
        let repeated = self.repeated();
        May {
            send: matches!(step, Step::SalespersonResponse | Step::SalespersonRepeat),
            next: step == Step::SalespersonRepeat && repeated && !self.at_last_drill(),
            end: step == Step::Completed
                || (step == Step::SalespersonRepeat && repeated && self.at_last_drill()),
            retry: false,
            stop: false,
        }
    }

    /// The answer to this drill was said again at least once.
    pub(super) fn repeated(&self) -> bool {
        self.records
            .get(self.drill)
            .is_some_and(|record| !record.repeats.is_empty())
    }

    pub(super) fn at_last_drill(&self) -> bool {
        self.drill + 1 >= self.records.len()
    }

    fn bubble(
        &self,
        id: MessageId,
        turn: Option<TurnId>,
        speaker: Speaker,
        kind: MessageKind,
        at: u64,
    ) -> Message {
        Message {
            id,
            turn,
            request: None,
            speaker,
            kind,
            drill: self.drill,
            text: String::new(),
            status: MessageStatus::Streaming,
            at,
            verdict: None,
            improved: None,
            voiced_by: None,
        }
    }

    fn message_mut(&mut self, id: MessageId) -> Option<&mut Message> {
        self.messages
            .iter_mut()
            .rev()
            .find(|message| message.id == id)
    }

    /// Moves the rep's ticks of a turn forward, never back.
    fn tick(&mut self, turn: TurnId, to: MessageStatus) {
        let Some(id) = self.turn(turn).and_then(|turn| turn.message) else {
            return;
        };
        if let Some(message) = self.message_mut(id)
            && message.status != MessageStatus::Read
        {
            message.status = to;
        }
    }

    fn withdraw(&mut self, turn: TurnId, message: MessageId) {
        let Some(speaker) = self.message_mut(message).map(|bubble| bubble.speaker) else {
            return;
        };
        if let Some(turn) = self.turns.iter_mut().find(|running| running.id == turn) {
            turn.declined = Some(Declined { speaker, message });
        }
    }

    fn record(
        &mut self,
        turn: TurnId,
        verdict: &Verdict,
        improved: Option<&str>,
        grounds: &Grounds,
    ) {
        let Some(turn) = self.turn(turn).cloned() else {
            return;
        };
        let text = self.words_of(&turn).unwrap_or_default().to_owned();
        let attempt = Attempt {
            turn: turn.id,
            text,
            verdict: verdict.clone(),
            grounds: grounds.clone(),
        };
        if let Some(message) = turn.message.and_then(|id| self.message_mut(id)) {
            message.verdict = Some(verdict.clone());
        }
        if let Some(improved) = improved {
            let correction = self.messages.iter_mut().rev().find(|message| {
                message.turn == Some(turn.id) && message.kind == MessageKind::Correction
            });
            if let Some(correction) = correction {
                correction.improved = Some(improved.to_owned());
            }
        }
        let Some(record) = self.records.get_mut(turn.drill) else {
            return;
        };
        match turn.kind {
            TurnKind::Answer => {
                record.initial = Some(attempt);
                record.improved = improved.map(str::to_owned);
                self.step = Some(Step::SalespersonRepeat);
            }
            TurnKind::Repeat => record.repeats.push(attempt),
            TurnKind::Next => {}
        }
    }

    fn end_turn(&mut self, id: TurnId, ending: TurnEnding) {
        let mut declined = None;
        if let Some(turn) = self.turns.iter_mut().find(|turn| turn.id == id) {
            turn.ending = Some(ending);
            declined = turn.declined;
        }
        let cut = match ending {
            TurnEnding::Completed => MessageStatus::Complete,
            TurnEnding::Stopped => MessageStatus::Stopped,
            TurnEnding::Interrupted => MessageStatus::Interrupted,
        };
        let streaming = |message: &&mut Message| {
            message.turn == Some(id) && message.status == MessageStatus::Streaming
        };
        for message in self.messages.iter_mut().filter(streaming) {
            message.status = cut;
            // The end tells it, so the words go with it.
            if declined.is_some_and(|declined| declined.message == message.id) {
                message.text.clear();
            }
        }
    }
}
