//! The one stream that may be open: opening it, hearing from it, noticing that it died, and opening it again.

use super::{Call, Conversation, Effect, Page, SILENCE_MS, SLEPT_MS, StreamNumber};
use crate::api::Failure;
use crate::state::backoff::wait_ms;
use crate::state::outgoing::{Asked, Progress};
use contract::chat::Frame;

/// The stream. Times are Unix ms.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Link {
    /// None is open, and none is needed.
    Idle,
    /// One was asked for.
    Opening {
        /// Its number.
        stream: StreamNumber,
        /// When.
        since: u64,
        /// It carries a send.
        sends: bool,
        /// How many tries came before.
        attempt: u32,
    },
    /// One is open.
    Live {
        /// Its number.
        stream: StreamNumber,
        /// When the last byte came.
        heard_at: u64,
        /// How many tries came before the last frame.
        attempt: u32,
        /// It brought the end of its turn.
        ended: bool,
    },
    /// One is needed and will be tried again.
    Waiting {
        /// When.
        until: u64,
        /// How many tries came before.
        attempt: u32,
    },
}

impl Link {
    /// The number of the stream that is open or opening.
    pub fn stream(self) -> Option<StreamNumber> {
        match self {
            Link::Opening { stream, .. } | Link::Live { stream, .. } => Some(stream),
            Link::Idle | Link::Waiting { .. } => None,
        }
    }

    fn attempt(self) -> u32 {
        match self {
            Link::Idle => 0,
            Link::Opening { attempt, .. }
            | Link::Live { attempt, .. }
            | Link::Waiting { attempt, .. } => attempt,
        }
    }
}

/// How the line to the server is, as the screen says it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Connection {
    /// Nothing to say.
    Good,
    /// The first try is on its way.
    Connecting,
    /// The line broke and is tried again.
    Reconnecting,
    /// The browser has no network.
    Offline,
}

impl Conversation {
    pub(super) fn open(&mut self, call: Call, attempt: u32, now: u64, effects: &mut Vec<Effect>) {
        self.close(effects);
        self.streams += 1;
        self.link = Link::Opening {
            stream: self.streams,
            since: now,
            sends: !matches!(call, Call::Events { .. }),
            attempt,
        };
        effects.push(Effect::Open(self.streams, call));
    }

    fn close(&mut self, effects: &mut Vec<Effect>) {
        if let Some(stream) = self.link.stream() {
            effects.push(Effect::Close(stream));
        }
        self.link = Link::Idle;
    }

    /// Opens the stream of the running turn, after what was heard.
    pub(super) fn attach(&mut self, attempt: u32, now: u64, effects: &mut Vec<Effect>) {
        if let Some(transcript) = self.transcript() {
            let after = transcript.last_event_id;
            self.open(Call::Events { after }, attempt, now, effects);
        }
    }

    pub(super) fn opened(&mut self, number: StreamNumber, now: u64) {
        if let Link::Opening {
            stream, attempt, ..
        } = self.link
            && stream == number
        {
            self.unreachable = 0;
            self.link = Link::Live {
                stream,
                heard_at: now,
                attempt,
                ended: false,
            };
        }
    }

    pub(super) fn nothing(&mut self, number: StreamNumber, effects: &mut Vec<Effect>) {
        if self.link.stream() == Some(number) {
            self.link = Link::Idle;
            self.load(effects);
        }
    }

    pub(super) fn alive(&mut self, number: StreamNumber, now: u64) {
        if let Link::Live {
            stream, heard_at, ..
        } = &mut self.link
            && *stream == number
        {
            *heard_at = now;
        }
    }

    pub(super) fn framed(
        &mut self,
        number: StreamNumber,
        id: u64,
        frame: Frame,
        now: u64,
        effects: &mut Vec<Effect>,
    ) {
        let Link::Live {
            stream,
            heard_at,
            attempt,
            ended,
        } = &mut self.link
        else {
            return;
        };
        if *stream != number {
            return;
        }
        let is_terminal = frame.is_terminal();
        (*heard_at, *attempt) = (now, 0);
        *ended |= is_terminal;
        let Page::Open(transcript) = &mut self.page else {
            return;
        };
        // An answer is confirmed by its own bubble; the other two have none, so the first frame confirms them.
        let asked = self.outgoing.as_ref().map(|outgoing| &outgoing.what);
        if matches!(asked, Some(Asked::Correction | Asked::Next)) {
            self.outgoing = None;
            if let Frame::Connected {
                turn_id: Some(turn),
                ..
            } = frame
            {
                transcript.expect(turn);
            }
        }
        let applied = transcript.apply(id, frame);
        self.applied(applied, effects);
        self.confirm(effects);
        if is_terminal {
            self.stopping = false;
            self.once_more = false;
        }
    }

    /// A stream ended, whatever the reason.
    pub(super) fn closed(
        &mut self,
        number: StreamNumber,
        failure: Option<Failure>,
        now: u64,
        effects: &mut Vec<Effect>,
    ) {
        if self.link.stream() != Some(number) {
            return;
        }
        let attempt = self.link.attempt();
        let sent = matches!(self.link, Link::Opening { sends: true, .. });
        let ended = matches!(self.link, Link::Live { ended: true, .. });
        self.link = Link::Idle;
        if let Some(outgoing) = &self.outgoing
            && outgoing.progress == Progress::Sending
        {
            let refused = failure
                .as_ref()
                .filter(|failure| sent && !failure.is_passing());
            match refused {
                Some(refusal) => self.refused(refusal.clone(), effects),
                None => self.unsure(failure.unwrap_or(Failure::NoAnswer), effects),
            }
            return;
        }
        let is_running = self
            .transcript()
            .is_some_and(|transcript| transcript.running_turn.is_some());
        match failure {
            _ if !is_running && ended => {}
            _ if !is_running => self.load(effects),
            // The server answered and did not mean "again": the history knows better.
            Some(failure) if !failure.is_passing() => self.load(effects),
            _ => self.wait(attempt, now),
        }
    }

    pub(super) fn wait(&mut self, attempt: u32, now: u64) {
        let chance = self.next_chance();
        // A stream that worked a moment ago is tried again at once.
        let wait = if attempt == 0 {
            0
        } else {
            wait_ms(attempt - 1, chance)
        };
        self.link = Link::Waiting {
            until: now + wait,
            attempt: attempt + 1,
        };
    }

    /// Gives up on a stream that may be dead without having said so.
    fn abandon(&mut self, now: u64, effects: &mut Vec<Effect>) {
        if let Some(stream) = self.link.stream() {
            effects.push(Effect::Close(stream));
            self.closed(stream, Some(Failure::NoAnswer), now, effects);
        }
    }

    pub(super) fn tick(&mut self, now: u64, effects: &mut Vec<Effect>) {
        match self.link {
            Link::Waiting { until, attempt } if now >= until && self.online => {
                self.attach(attempt, now, effects);
            }
            Link::Opening { since: last, .. } | Link::Live { heard_at: last, .. }
                if now.saturating_sub(last) > SILENCE_MS =>
            {
                self.abandon(now, effects);
            }
            Link::Idle if self.visible && self.online && now >= self.next_poll_at => {
                let is_over = self.transcript().is_some_and(|transcript| {
                    transcript.is_completed() && transcript.ended_at.is_some()
                });
                if !is_over && !matches!(self.page, Page::Failed(_)) {
                    self.load(effects);
                }
            }
            _ => {}
        }
    }

    pub(super) fn network(&mut self, online: bool, now: u64, effects: &mut Vec<Effect>) {
        let was_online = std::mem::replace(&mut self.online, online);
        if !online || was_online {
            return;
        }
        match self.link {
            Link::Waiting { .. } => self.attach(0, now, effects),
            // The address changed with the network: what was open is most likely dead.
            Link::Live { .. } => self.abandon(now, effects),
            Link::Idle | Link::Opening { .. } => self.load(effects),
        }
    }

    pub(super) fn seen(&mut self, visible: bool, now: u64, effects: &mut Vec<Effect>) {
        let was_visible = std::mem::replace(&mut self.visible, visible);
        if !visible {
            if was_visible {
                self.hidden_at = now;
            }
            return;
        }
        if was_visible {
            return;
        }
        let slept = now.saturating_sub(self.hidden_at) >= SLEPT_MS;
        match self.link {
            Link::Live { .. } if slept => {
                self.abandon(now, effects);
                if matches!(self.link, Link::Waiting { .. }) {
                    self.attach(0, now, effects);
                }
            }
            Link::Waiting { .. } => self.attach(0, now, effects),
            Link::Idle => self.load(effects),
            Link::Live { .. } | Link::Opening { .. } => {}
        }
    }
}
