//! The live session as a machine without I/O: what happens goes in, what is to be done comes out.
//!
//! It owns three things: the [`Transcript`] (what the server said), the [`Outgoing`] send (what the rep said and the server
//! has not confirmed), and the [`Link`] (the one stream that may be open). Everything that can go wrong between them is
//! decided here, so that it can be tested without a browser: lost answers, streams that die half-way or fall silent, a
//! second device, a phone that slept.

mod link;
mod steps;

pub use link::{Connection, Link};

use super::outgoing::{Asked, Outgoing, Progress};
use super::transcript::{Applied, Transcript};
use crate::api::Failure;
use contract::chat::{ChatState, Frame, SendRequest, TurnRequest};
use contract::session::DrillCard;
use domain::ids::MessageId;
use domain::session::{MessageStatus, RequestId, Speaker};

/// While nothing runs and the page is seen, the history is read this often, ms: a second device then shows the same.
pub const POLL_MS: u64 = 10_000;

/// A stream without a byte for this long is dead, ms: the server sends a comment every 15 s.
pub const SILENCE_MS: u64 = 25_000;

/// A page that was hidden this long does not trust its stream any more, ms: phones kill it without a word.
pub const SLEPT_MS: u64 = 5_000;

/// How many finished messages are kept for announcing.
const HEARD_KEPT: usize = 12;

/// The whole of a live session's screen, but for what is being typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Conversation {
    /// Whether there is anything to show yet.
    pub page: Page,
    /// The send that the server has not confirmed.
    pub outgoing: Option<Outgoing>,
    /// The stream.
    pub link: Link,
    /// Stop was pressed, and the turn has not ended yet.
    pub stopping: bool,
    /// Finish was pressed, and the result is not there yet.
    pub finishing: bool,
    /// After a repeat, the rep chose to say it once more.
    pub once_more: bool,
    /// What went wrong with the last thing asked for, where no bubble shows it.
    pub notice: Option<Failure>,
    /// The browser says that it has a network.
    pub online: bool,
    /// How far the server's clock is ahead of the device's, ms.
    pub ahead_ms: i64,
    /// Finished messages of the customer and the coach that came while the page was open, oldest first.
    pub heard: Vec<Heard>,
    visible: bool,
    hidden_at: u64,
    /// Histories that were asked for and did not come, one after the other.
    unreachable: u32,
    loading: bool,
    next_poll_at: u64,
    spoken: Vec<MessageId>,
    streams: u32,
    chance: u32,
    cards: Vec<DrillCard>,
}

/// Whether there is anything to show yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Page {
    /// Nothing came yet.
    Loading,
    /// Nothing came, and why.
    Failed(Failure),
    /// The session as far as it was heard.
    Open(Box<Transcript>),
}

/// A finished message, to be announced.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heard {
    /// The bubble.
    pub message: MessageId,
    /// Who said it.
    pub role: Speaker,
    /// The drill it belongs to.
    pub drill: usize,
    /// The whole text.
    pub text: String,
}

/// A stream of this page: the first has number 1.
pub type StreamNumber = u32;

/// What happens to a session's screen.
#[derive(Debug, Clone)]
pub enum Input {
    /// The day's customers became known.
    Introduced(Vec<DrillCard>),
    /// An answer that an earlier visit sent and never saw confirmed.
    Recovered(Outgoing),
    /// The history came, or did not.
    Loaded(Result<Box<ChatState>, Failure>),
    /// A stream's answer began.
    Opened(StreamNumber),
    /// A stream's answer was "nothing runs and nothing is missing".
    Nothing(StreamNumber),
    /// A stream brought bytes that make no frame yet.
    Alive(StreamNumber),
    /// A stream brought a frame with its sequence number.
    Framed(StreamNumber, u64, Box<Frame>),
    /// A stream ended; with the reason if it was refused or broke.
    Closed(StreamNumber, Option<Failure>),
    /// The rep sends an answer.
    Send {
        /// A fresh id.
        request: RequestId,
        /// The words.
        words: String,
    },
    /// The rep sends again what failed.
    SendAgain {
        /// A fresh id, for the one case in which the old one can't be used again.
        fresh: RequestId,
    },
    /// The rep takes back an answer that failed, to change it.
    TakeBack,
    /// The rep asks again for what was cut.
    Retry(RequestId),
    /// The rep asks for the next customer.
    Next(RequestId),
    /// The rep wants to say it once more.
    OnceMore,
    /// The rep stops the turn.
    Stop,
    /// The server took the stop, or did not.
    StopAnswered(Result<(), Failure>),
    /// The rep finishes the session.
    Finish,
    /// The server gave the result, or did not.
    FinishAnswered(Result<(), Failure>),
    /// The rep asks for a first try again after [`Page::Failed`].
    Reload,
    /// The browser gained or lost its network.
    Online(bool),
    /// The page is seen, or is not.
    Visible(bool),
    /// A second has passed.
    Tick,
}

/// What is to be done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Effect {
    /// Read the history.
    Load,
    /// Open a stream.
    Open(StreamNumber, Call),
    /// Close a stream: nothing of it matters any more.
    Close(StreamNumber),
    /// Ask the server to stop the turn.
    Stop,
    /// Ask the server for the end of the session.
    Finish,
    /// Keep this answer over a reload.
    Keep(Outgoing),
    /// The kept answer is with the server, or was taken back.
    Forget,
    /// Put this text back into the composer.
    PutBack(String),
    /// Show the result page.
    ShowResult,
}

/// What a stream is opened with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Call {
    /// `POST …/message`
    Message(SendRequest),
    /// `POST …/correction`
    Correction(TurnRequest),
    /// `POST …/next`
    Next(TurnRequest),
    /// `GET …/events?after=`
    Events {
        /// The last sequence number heard.
        after: u64,
    },
}

/// What stands where the rep writes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Desk {
    /// The composer, ready.
    Write,
    /// Somebody else's turn: the composer waits.
    Wait,
    /// After a repeat: next customer, or once more.
    ChooseNext,
    /// After the last repeat: finish, or once more.
    ChooseFinish,
    /// The last turn was cut: ask for it again.
    Retry,
    /// All is done: see the score.
    Done,
}

impl Conversation {
    /// A screen that waits for its first history. `chance` is any number; it spreads the waits.
    pub fn new(now: u64, chance: u32) -> Self {
        Self {
            page: Page::Loading,
            outgoing: None,
            link: Link::Idle,
            stopping: false,
            finishing: false,
            once_more: false,
            notice: None,
            online: true,
            ahead_ms: 0,
            heard: Vec::new(),
            visible: true,
            hidden_at: now,
            unreachable: 0,
            loading: true,
            next_poll_at: now + POLL_MS,
            spoken: Vec::new(),
            streams: 0,
            chance,
            cards: Vec::new(),
        }
    }

    /// The session as far as it was heard.
    pub fn transcript(&self) -> Option<&Transcript> {
        match &self.page {
            Page::Open(transcript) => Some(transcript),
            Page::Loading | Page::Failed(_) => None,
        }
    }

    /// Whether a turn runs, or is being asked for.
    pub fn is_busy(&self) -> bool {
        let sending = self
            .outgoing
            .as_ref()
            .is_some_and(|outgoing| !matches!(outgoing.progress, Progress::Failed(_)));
        sending
            || self
                .transcript()
                .is_some_and(|transcript| transcript.running_turn.is_some())
    }

    /// What stands where the rep writes.
    pub fn desk(&self) -> Desk {
        let Some(transcript) = self.transcript() else {
            return Desk::Wait;
        };
        let may = transcript.may;
        if transcript.is_completed() && transcript.running_turn.is_none() {
            return Desk::Done;
        }
        if self.is_busy() {
            return Desk::Wait;
        }
        let unsent_words = self
            .outgoing
            .as_ref()
            .is_some_and(|outgoing| outgoing.words().is_some());
        match may {
            _ if unsent_words => Desk::Wait,
            _ if may.retry => Desk::Retry,
            _ if may.next && !self.once_more => Desk::ChooseNext,
            _ if may.end && !self.once_more => Desk::ChooseFinish,
            _ if may.send => Desk::Write,
            _ => Desk::Wait,
        }
    }

    /// How the line to the server is, honestly.
    pub fn connection(&self) -> Connection {
        let no_answer_yet = matches!(
            self.outgoing.as_ref().map(|outgoing| &outgoing.progress),
            Some(Progress::Checking(_))
        );
        match self.link {
            _ if !self.online => Connection::Offline,
            Link::Waiting { .. } => Connection::Reconnecting,
            Link::Opening { attempt: 1.., .. } => Connection::Reconnecting,
            _ if no_answer_yet || self.unreachable > 0 => Connection::Reconnecting,
            _ if matches!(self.page, Page::Loading) => Connection::Connecting,
            Link::Opening { .. } => Connection::Connecting,
            Link::Idle | Link::Live { .. } => Connection::Good,
        }
    }

    /// Takes what happened at `now` (Unix ms) and says what is to be done.
    pub fn update(&mut self, input: Input, now: u64) -> Vec<Effect> {
        let mut effects = Vec::new();
        match input {
            Input::Introduced(cards) => {
                if let Page::Open(transcript) = &mut self.page {
                    transcript.introduce(&cards);
                }
                self.cards = cards;
            }
            Input::Recovered(outgoing) => self.recover(outgoing),
            Input::Loaded(loaded) => self.loaded(loaded, now, &mut effects),
            Input::Opened(stream) => self.opened(stream, now),
            Input::Nothing(stream) => self.nothing(stream, &mut effects),
            Input::Alive(stream) => self.alive(stream, now),
            Input::Framed(stream, id, frame) => {
                self.framed(stream, id, *frame, now, &mut effects);
            }
            Input::Closed(stream, failure) => self.closed(stream, failure, now, &mut effects),
            Input::Send { request, words } => self.send(request, words, now, &mut effects),
            Input::SendAgain { fresh } => self.send_again(fresh, now, &mut effects),
            Input::TakeBack => self.take_back(&mut effects),
            Input::Retry(request) => self.ask(request, Asked::Correction, now, &mut effects),
            Input::Next(request) => self.ask(request, Asked::Next, now, &mut effects),
            Input::OnceMore => self.once_more = true,
            Input::Stop => self.stop(&mut effects),
            Input::StopAnswered(answer) => {
                if let Err(failure) = answer {
                    self.stopping = false;
                    self.notice = Some(failure);
                }
                // The stream tells how the turn ended, if there is one; the history tells it in any case.
                self.load(&mut effects);
            }
            Input::Finish => {
                if !self.finishing {
                    self.finishing = true;
                    self.notice = None;
                    effects.push(Effect::Finish);
                }
            }
            Input::FinishAnswered(Ok(())) => effects.push(Effect::ShowResult),
            Input::FinishAnswered(Err(failure)) => {
                self.finishing = false;
                self.notice = Some(failure);
                self.load(&mut effects);
            }
            Input::Reload => {
                self.page = Page::Loading;
                self.load(&mut effects);
            }
            Input::Online(online) => self.network(online, now, &mut effects),
            Input::Visible(visible) => self.seen(visible, now, &mut effects),
            Input::Tick => self.tick(now, &mut effects),
        }
        effects
    }

    /// Remembers which messages are finished, and which of them are news.
    fn listen(&mut self, is_news: bool) {
        let Page::Open(transcript) = &self.page else {
            return;
        };
        for message in &transcript.items {
            let finished = !matches!(message.status, MessageStatus::Streaming);
            let theirs = message.role != Speaker::Salesperson;
            if !finished || !theirs || self.spoken.contains(&message.id) {
                continue;
            }
            self.spoken.push(message.id);
            if is_news {
                self.heard.push(Heard {
                    message: message.id,
                    role: message.role,
                    drill: message.drill_index,
                    text: message.content.clone(),
                });
            }
        }
        let surplus = self.heard.len().saturating_sub(HEARD_KEPT);
        self.heard.drain(..surplus);
    }

    /// The next number of a plain xorshift: good enough to spread waits.
    fn next_chance(&mut self) -> u32 {
        let mut chance = self.chance | 1;
        chance ^= chance << 13;
        chance ^= chance >> 17;
        chance ^= chance << 5;
        self.chance = chance;
        chance
    }

    fn load(&mut self, effects: &mut Vec<Effect>) {
        if !self.loading {
            self.loading = true;
            effects.push(Effect::Load);
        }
    }

    fn applied(&mut self, applied: Applied, effects: &mut Vec<Effect>) {
        match applied {
            Applied::New => self.listen(true),
            Applied::Known => {}
            Applied::Gap => self.load(effects),
        }
    }
}

#[cfg(test)]
mod tests;
