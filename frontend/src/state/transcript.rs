//! What the server has said of a session: its state, and every frame since, folded into what the screen shows.
//!
//! Frames may come twice, late, again from the start, or not at all; the fold gives the same transcript for all of that.

use contract::chat::{ChatState, Frame, Message};
use contract::session::DrillCard;
use domain::ids::{MessageId, SessionId, TurnId};
use domain::session::{May, MessageKind, MessageStatus, RequestId, Speaker, Step};
use std::rc::Rc;

/// A session as far as it was heard.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Transcript {
    /// The session.
    pub session: SessionId,
    /// 1 to 10.
    pub day: u8,
    /// The day's theme.
    pub theme: String,
    /// Where it stands.
    pub step: Step,
    /// The drill it is at, 0-based.
    pub drill: usize,
    /// How many drills the day has.
    pub drill_count: usize,
    /// All bubbles, oldest first.
    pub items: Vec<Rc<Message>>,
    /// The sequence number up to which everything is in here.
    pub last_event_id: u64,
    /// The turn that runs, if one does.
    pub running_turn: Option<TurnId>,
    /// What the rep may do now.
    pub may: May,
    /// Unix ms, the server's clock.
    pub started_at: u64,
    /// Unix ms, once completed and heard of.
    pub ended_at: Option<u64>,
    /// How long it should take, minutes.
    pub target_minutes: u16,
    /// Who coaches: `builtin`, or a provider's model id.
    pub model: String,
    /// The customers of the day, as far as they are known, by drill.
    cards: Vec<(usize, DrillCard)>,
}

/// What a frame meant for the transcript.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Applied {
    /// It was new.
    New,
    /// It was in here already.
    Known,
    /// Something before it was never heard: read the history.
    Gap,
}

impl Transcript {
    /// The transcript that a history starts.
    pub fn of(state: ChatState) -> Self {
        let mut transcript = Self {
            session: state.session_id,
            day: state.day,
            theme: String::new(),
            step: state.step,
            drill: state.drill.index,
            drill_count: state.drill.count,
            items: Vec::new(),
            last_event_id: 0,
            running_turn: None,
            may: May::default(),
            started_at: state.started_at,
            ended_at: None,
            target_minutes: state.target_minutes,
            model: String::new(),
            cards: Vec::new(),
        };
        transcript.adopt(state);
        transcript
    }

    /// Takes a newer history in place of what was heard so far; an older one, which came late, changes nothing.
    pub fn adopt(&mut self, state: ChatState) -> Applied {
        if state.last_event_id < self.last_event_id {
            return Applied::Known;
        }
        self.day = state.day;
        self.theme = state.theme;
        self.step = state.step;
        self.drill = state.drill.index;
        self.drill_count = state.drill.count;
        self.meet(state.drill.index, state.drill.card);
        self.items = state.items.into_iter().map(Rc::new).collect();
        self.last_event_id = state.last_event_id;
        self.running_turn = state.running_turn;
        self.may = state.may;
        self.started_at = state.started_at;
        self.ended_at = state.ended_at;
        self.target_minutes = state.target_minutes;
        self.model = state.model;
        Applied::New
    }

    /// Learns who the day's customers are: histories name only the present one.
    pub fn introduce(&mut self, cards: &[DrillCard]) {
        for (index, card) in cards.iter().enumerate() {
            self.meet(index, card.clone());
        }
    }

    /// The customer of a drill, if known by now.
    pub fn card(&self, drill: usize) -> Option<&DrillCard> {
        self.cards
            .iter()
            .find(|(of, _)| *of == drill)
            .map(|(_, card)| card)
    }

    fn meet(&mut self, drill: usize, card: DrillCard) {
        self.cards.retain(|(of, _)| *of != drill);
        self.cards.push((drill, card));
    }

    /// The bubble that a send became.
    pub fn sent_as(&self, request: &RequestId) -> Option<&Rc<Message>> {
        self.items
            .iter()
            .find(|message| message.request_id.as_ref() == Some(request))
    }

    /// The bubble that is being written now.
    pub fn composing(&self) -> Option<&Rc<Message>> {
        self.items
            .iter()
            .rev()
            .find(|message| message.status == MessageStatus::Streaming)
    }

    /// Whether a turn runs in which nobody answered yet.
    pub fn is_thinking(&self) -> bool {
        let rep_spoke_last = self
            .items
            .last()
            .is_some_and(|message| message.role == Speaker::Salesperson);
        self.running_turn.is_some() && rep_spoke_last
    }

    /// Whether all drills are done.
    pub fn is_completed(&self) -> bool {
        self.step == Step::Completed
    }

    /// Takes one frame with its sequence number.
    pub fn apply(&mut self, id: u64, frame: Frame) -> Applied {
        if let Frame::Connected { after, .. } = frame {
            // It only says where the stream begins.
            return if after > self.last_event_id {
                Applied::Gap
            } else {
                Applied::Known
            };
        }
        if id <= self.last_event_id {
            return Applied::Known;
        }
        self.last_event_id = id;
        match frame {
            Frame::Connected { .. } => {}
            Frame::Message { message, step } => {
                if message.role == Speaker::Salesperson {
                    self.runs(message.turn_id);
                } else if message.kind == MessageKind::Objection {
                    self.drill = message.drill_index;
                }
                self.step = step;
                self.put(*message);
            }
            Frame::Typing {
                turn_id,
                message_id,
                role,
                voiced_by,
            } => {
                self.runs(Some(turn_id));
                self.tick(MessageStatus::Delivered);
                self.finish_composing();
                let kind = self.kind_of_reply(role);
                self.put(Message {
                    id: message_id,
                    turn_id: Some(turn_id),
                    request_id: None,
                    role,
                    kind,
                    drill_index: self.drill,
                    content: String::new(),
                    status: MessageStatus::Streaming,
                    created_at: self.latest_moment(),
                    verdict: None,
                    improved: None,
                    voiced_by: Some(voiced_by),
                });
            }
            Frame::Content {
                turn_id,
                message_id,
                content,
                ..
            } => {
                self.runs(Some(turn_id));
                self.tick(MessageStatus::Read);
                if let Some(message) = self.message_mut(message_id) {
                    message.content.push_str(&content);
                }
            }
            Frame::Verdict {
                message_id,
                verdict,
                ..
            } => {
                let judged = message_id.or_else(|| self.last_of_rep());
                if let Some(message) = judged.and_then(|id| self.message_mut(id)) {
                    message.verdict = Some(*verdict);
                }
            }
            Frame::Done {
                messages,
                step,
                may,
                ..
            }
            | Frame::Error {
                messages,
                step,
                may,
                ..
            } => {
                // What was streamed was a preview; this is the text that stands.
                for message in messages {
                    self.put(message);
                }
                self.step = step;
                self.may = may;
                self.running_turn = None;
            }
        }
        Applied::New
    }

    /// Knows that a turn was begun, before its first frame tells it.
    pub fn expect(&mut self, turn: TurnId) {
        self.runs(Some(turn));
    }

    fn runs(&mut self, turn: Option<TurnId>) {
        self.running_turn = turn;
        self.may = May {
            stop: true,
            ..May::default()
        };
    }

    /// Puts a bubble in its place, or at the end if it is new.
    fn put(&mut self, message: Message) {
        match self.items.iter_mut().find(|known| known.id == message.id) {
            Some(known) => *known = Rc::new(message),
            None => self.items.push(Rc::new(message)),
        }
    }

    fn message_mut(&mut self, id: MessageId) -> Option<&mut Message> {
        self.items
            .iter_mut()
            .rev()
            .find(|message| message.id == id)
            .map(Rc::make_mut)
    }

    fn last_of_rep(&self) -> Option<MessageId> {
        self.items
            .iter()
            .rev()
            .find(|message| message.role == Speaker::Salesperson)
            .map(|message| message.id)
    }

    /// Moves the ticks of the rep's last message forward, never back.
    fn tick(&mut self, to: MessageStatus) {
        let last = self.last_of_rep();
        if let Some(message) = last.and_then(|id| self.message_mut(id))
            && message.status != MessageStatus::Read
        {
            message.status = to;
        }
    }

    /// One bubble is written at a time: when the next begins, the one before is whole.
    fn finish_composing(&mut self) {
        let composing = self.composing().map(|message| message.id);
        if let Some(message) = composing.and_then(|id| self.message_mut(id)) {
            message.status = MessageStatus::Complete;
        }
    }

    fn kind_of_reply(&self, role: Speaker) -> MessageKind {
        match (role, self.step) {
            (Speaker::Customer, _) => MessageKind::Reaction,
            (_, Step::SalespersonRepeat) => MessageKind::Note,
            _ => MessageKind::Correction,
        }
    }

    /// A typing frame carries no moment; the terminal frame brings the true one.
    fn latest_moment(&self) -> u64 {
        self.items
            .last()
            .map_or(self.started_at, |message| message.created_at)
    }
}

#[cfg(test)]
mod tests;
