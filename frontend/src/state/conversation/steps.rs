//! What the rep asks for, and how the history answers what a broken line left open.

use super::{Call, Conversation, Desk, Effect, POLL_MS, Page};
use crate::api::Failure;
use crate::state::backoff::wait_ms;
use crate::state::outgoing::{Asked, Outgoing, Progress};
use crate::state::today::ahead_ms;
use crate::state::transcript::Transcript;
use contract::chat::ChatState;
use contract::problem::Code;
use domain::session::RequestId;

use super::link::Link;

impl Conversation {
    pub(super) fn loaded(
        &mut self,
        loaded: Result<Box<ChatState>, Failure>,
        now: u64,
        effects: &mut Vec<Effect>,
    ) {
        self.loading = false;
        let state = match loaded {
            Ok(state) => *state,
            Err(failure) => return self.not_loaded(failure, now),
        };
        self.unreachable = 0;
        self.next_poll_at = now + POLL_MS;
        self.ahead_ms = ahead_ms(state.now, now);
        let is_first = self.transcript().is_none();
        match &mut self.page {
            Page::Open(transcript) => {
                transcript.adopt(state);
            }
            page => {
                let mut transcript = Transcript::of(state);
                transcript.introduce(&self.cards);
                *page = Page::Open(Box::new(transcript));
            }
        }
        self.listen(!is_first);
        self.settle(effects);
        self.follow(now, effects);
    }

    fn not_loaded(&mut self, failure: Failure, now: u64) {
        let chance = self.next_chance();
        if failure.is_passing() {
            self.next_poll_at = now + wait_ms(self.unreachable, chance);
            self.unreachable = self.unreachable.saturating_add(1);
        } else {
            self.next_poll_at = now + POLL_MS;
        }
        match &mut self.page {
            Page::Open(_) if failure.is_passing() => {}
            Page::Open(_) => self.notice = Some(failure),
            page => *page = Page::Failed(failure),
        }
        if let Some(outgoing) = &mut self.outgoing
            && let Progress::Checking(reason) = &outgoing.progress
        {
            outgoing.progress = Progress::Failed(reason.clone());
        }
    }

    /// Decides about a send whose fate was unknown, now that the history is there.
    fn settle(&mut self, effects: &mut Vec<Effect>) {
        self.confirm(effects);
        let Some(outgoing) = &mut self.outgoing else {
            return;
        };
        let Progress::Checking(reason) = &outgoing.progress else {
            return;
        };
        let reason = reason.clone();
        match outgoing.what {
            Asked::Answer(_) => outgoing.progress = Progress::Failed(reason),
            Asked::Correction | Asked::Next => {
                let asked = outgoing.what.clone();
                self.outgoing = None;
                let still_offered = self.transcript().is_some_and(|transcript| match asked {
                    Asked::Correction => transcript.may.retry,
                    _ => transcript.may.next,
                });
                if still_offered {
                    self.notice = Some(reason);
                }
            }
        }
    }

    /// Lets go of an answer that stands in the transcript.
    pub(super) fn confirm(&mut self, effects: &mut Vec<Effect>) {
        let stands = self.outgoing.as_ref().is_some_and(|outgoing| {
            self.transcript()
                .is_some_and(|transcript| transcript.sent_as(&outgoing.request).is_some())
        });
        if stands {
            self.outgoing = None;
            self.once_more = false;
            effects.push(Effect::Forget);
        }
    }

    /// Sees to it that a running turn is listened to, and that nothing waits for one that is over.
    fn follow(&mut self, now: u64, effects: &mut Vec<Effect>) {
        let running = self
            .transcript()
            .is_some_and(|transcript| transcript.running_turn.is_some());
        if !running {
            self.stopping = false;
        }
        match self.link {
            Link::Idle if running => self.attach(0, now, effects),
            Link::Waiting { .. } if !running => self.link = Link::Idle,
            _ => {}
        }
    }

    pub(super) fn recover(&mut self, outgoing: Outgoing) {
        let stands = self
            .transcript()
            .is_some_and(|transcript| transcript.sent_as(&outgoing.request).is_some());
        if self.outgoing.is_none() && !stands {
            // Until the history says that it arrived.
            self.outgoing = Some(Outgoing {
                progress: Progress::Checking(Failure::NoAnswer),
                ..outgoing
            });
        }
    }

    pub(super) fn send(
        &mut self,
        request: RequestId,
        words: String,
        now: u64,
        effects: &mut Vec<Effect>,
    ) {
        if self.desk() != Desk::Write || words.trim().is_empty() {
            effects.push(Effect::PutBack(words));
            return;
        }
        self.ask(request, Asked::Answer(words), now, effects);
    }

    pub(super) fn ask(
        &mut self,
        request: RequestId,
        what: Asked,
        now: u64,
        effects: &mut Vec<Effect>,
    ) {
        if self.is_busy() || self.transcript().is_none() {
            return;
        }
        self.dispatch(
            Outgoing {
                request,
                what,
                progress: Progress::Sending,
            },
            now,
            effects,
        );
    }

    fn dispatch(&mut self, outgoing: Outgoing, now: u64, effects: &mut Vec<Effect>) {
        self.notice = None;
        let call = match &outgoing.what {
            Asked::Answer(_) => {
                effects.push(Effect::Keep(outgoing.clone()));
                outgoing.as_send().map(Call::Message)
            }
            Asked::Correction => Some(Call::Correction(outgoing.as_turn())),
            Asked::Next => Some(Call::Next(outgoing.as_turn())),
        };
        self.outgoing = Some(outgoing);
        if let Some(call) = call {
            self.open(call, 0, now, effects);
        }
    }

    pub(super) fn send_again(&mut self, fresh: RequestId, now: u64, effects: &mut Vec<Effect>) {
        let busy = self
            .transcript()
            .is_none_or(|transcript| transcript.running_turn.is_some());
        let Some(outgoing) = self.outgoing.as_ref() else {
            return;
        };
        let Progress::Failed(failure) = &outgoing.progress else {
            return;
        };
        if busy {
            return;
        }
        let request = match failure.code() {
            Some(Code::RequestIdReused) => fresh,
            _ => outgoing.request.clone(),
        };
        let again = Outgoing {
            request,
            what: outgoing.what.clone(),
            progress: Progress::Sending,
        };
        self.dispatch(again, now, effects);
    }

    pub(super) fn take_back(&mut self, effects: &mut Vec<Effect>) {
        let failed = self
            .outgoing
            .take_if(|outgoing| matches!(outgoing.progress, Progress::Failed(_)));
        if let Some(words) = failed.as_ref().and_then(Outgoing::words) {
            effects.push(Effect::Forget);
            effects.push(Effect::PutBack(words.to_owned()));
        }
    }

    /// The server said no to a send: it is not there, and the history shows why.
    pub(super) fn refused(&mut self, refusal: Failure, effects: &mut Vec<Effect>) {
        match &mut self.outgoing {
            Some(outgoing) if outgoing.words().is_some() => {
                outgoing.progress = Progress::Failed(refusal);
            }
            _ => {
                self.outgoing = None;
                self.notice = Some(refusal);
            }
        }
        self.load(effects);
    }

    /// The line broke around a send: it may be there or not.
    pub(super) fn unsure(&mut self, failure: Failure, effects: &mut Vec<Effect>) {
        if let Some(outgoing) = &mut self.outgoing {
            outgoing.progress = Progress::Checking(failure);
        }
        // A history that was asked for before can't answer this; one that is on its way is followed by another.
        self.loading = false;
        self.load(effects);
    }

    pub(super) fn stop(&mut self, effects: &mut Vec<Effect>) {
        let running = self
            .transcript()
            .is_some_and(|transcript| transcript.may.stop);
        if running && !self.stopping {
            self.stopping = true;
            self.notice = None;
            effects.push(Effect::Stop);
        }
    }
}
