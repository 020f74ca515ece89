//! A server in memory for tests: the real session machine, its log, and the frames and histories that come of it.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing
)]

#[path = "../../../workers/domain/tests/fixture/mod.rs"]
mod fixture;

use contract::chat::{ChatState, Frame};
use domain::ids::{TurnId, uuid_v7};
use domain::session::{
    Command, Decision, Entry, LiveSession, MessageStatus, Refusal, RequestId, Speaker, TurnKind,
    VoicedBy,
};
use uuid::Uuid;

/// The server's side of one session.
#[derive(Default)]
pub struct Rehearsal {
    pub live: LiveSession,
    pub log: Vec<Entry>,
    minted: u64,
}

pub fn request(n: usize) -> RequestId {
    RequestId::try_from(format!("request-{n}")).unwrap()
}

impl Rehearsal {
    /// A session with two drills that has just been started.
    pub fn started() -> Self {
        let mut server = Self::default();
        server
            .ask(Command::Start(Box::new(fixture::frozen(2))))
            .unwrap();
        server
    }

    pub fn ask(&mut self, command: Command) -> Result<Decision, Refusal> {
        let minted = &mut self.minted;
        let mut mint = || -> Uuid {
            *minted += 1;
            uuid_v7(*minted, &[7; 10])
        };
        let decision = self.live.decide(command, &mut mint)?;
        if let Decision::Append(events) = &decision {
            for event in events.clone() {
                let seq = self.log.len() as u64 + 1;
                let entry = Entry {
                    seq,
                    at: seq * 10,
                    event,
                };
                self.live.apply(&entry);
                self.log.push(entry);
            }
        }
        Ok(decision)
    }

    /// Cuts a turn: now by a fault, now by a model that takes back what it had said.
    pub fn cut(&mut self, turn: TurnId) {
        let writing = self.live.messages().iter().rev();
        let message = writing
            .filter(|message| message.status == MessageStatus::Streaming)
            .map(|message| message.id)
            .next()
            .filter(|_| self.log.len().is_multiple_of(2));
        let command = match message {
            Some(message) => Command::Withdraw { turn, message },
            None => Command::Interrupt { turn },
        };
        self.ask(command).unwrap();
    }

    pub fn running(&self) -> Option<TurnId> {
        self.live.running().map(|turn| turn.id)
    }

    /// Lets the running turn go one step on. `chance` decides how many words a message has, and how good the verdict is.
    pub fn pump(&mut self, chance: u8) {
        let Some(turn) = self.live.running().cloned() else {
            return;
        };
        let composing = self
            .live
            .messages()
            .iter()
            .rev()
            .find(|message| message.status == MessageStatus::Streaming)
            .map(|message| message.id);
        let said = self
            .live
            .messages()
            .iter()
            .filter(|message| {
                message.turn == Some(turn.id) && message.speaker != Speaker::Salesperson
            })
            .count();
        let command = match composing {
            Some(message) if chance.is_multiple_of(3) => Command::FinishMessage {
                turn: turn.id,
                message,
            },
            Some(message) => Command::Speak {
                turn: turn.id,
                message,
                text: format!("word{chance} "),
            },
            None if said == 0 && turn.kind == TurnKind::Repeat => Command::Compose {
                turn: turn.id,
                speaker: Speaker::Customer,
                voiced_by: VoicedBy::BuiltIn,
            },
            None if said < 2 && (turn.kind == TurnKind::Repeat || said == 0) => Command::Compose {
                turn: turn.id,
                speaker: Speaker::Coach,
                voiced_by: VoicedBy::BuiltIn,
            },
            None => Command::Grade {
                turn: turn.id,
                verdict: Box::new(fixture::verdict(chance % 101)),
                improved: (turn.kind == TurnKind::Answer).then(|| format!("improved {chance}")),
                grounds: Box::default(),
            },
        };
        self.ask(command).unwrap();
    }

    /// Lets the running turn end as it should.
    pub fn play_out(&mut self) {
        for chance in 0..100 {
            self.pump(chance);
        }
        assert_eq!(self.running(), None, "the turn did not end");
    }

    /// What a history call answers now.
    pub fn history(&self) -> ChatState {
        ChatState::of(&self.live, 1_000_000).unwrap()
    }

    /// The frames after a sequence number, as a replay renders them now.
    pub fn frames_after(&self, after: u64) -> Vec<(u64, Frame)> {
        self.log
            .iter()
            .filter(|entry| entry.seq > after)
            .filter_map(|entry| Some((entry.seq, Frame::of(entry, &self.live)?)))
            .collect()
    }

    /// The frames as they were sent when each entry was new.
    pub fn frames_live(&self) -> Vec<(u64, Frame)> {
        let mut live = LiveSession::default();
        self.log
            .iter()
            .filter_map(|entry| {
                live.apply(entry);
                Some((entry.seq, Frame::of(entry, &live)?))
            })
            .collect()
    }

    /// What a new stream says first.
    pub fn connected(&self, after: u64, turn_id: Option<TurnId>) -> Frame {
        Frame::Connected {
            session_id: self.live.frozen().unwrap().session,
            turn_id,
            after,
        }
    }
}
