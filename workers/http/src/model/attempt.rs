//! One call to one provider: what came of it and what it used. A ledger is made of these, so none may be lost: a call that is
//! dropped half-way leaves its record, too.

use super::asking::World;
use super::provider::{Kind, Provider};
use coach::provider::{Call, Failure, Finish};
use domain::ids::uuid_v7;
use domain::spend::{Bounds, Cost, Ended, Price, Used};
use std::fmt;
use uuid::Uuid;

/// One call to one provider.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attempt {
    /// Its own, so that a ledger takes it once.
    pub id: Uuid,
    /// Who was called.
    pub provider: Kind,
    /// Which model.
    pub model: String,
    /// When, Unix ms.
    pub began_at: u64,
    /// From the call to its end, ms.
    pub took_ms: u64,
    /// From the call to the first words, ms.
    pub first_words_ms: Option<u64>,
    /// What came of it.
    pub end: End,
    /// What it used: nothing where the provider was not reached, or turned the call down with an error's status. One that was
    /// stopped or broke off is paid for all the same.
    pub used: Used,
    /// What its tokens cost.
    pub price: Option<Price>,
    /// What it can have used at most.
    pub bounds: Bounds,
    /// The provider's id of the call.
    pub request_id: Option<String>,
}

/// How a call ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum End {
    /// With an answer.
    Answered(Finish),
    /// Without one.
    Failed(Failure),
    /// Nobody wanted the rest.
    Stopped,
}

impl Attempt {
    /// What it cost, or at most.
    pub fn cost(&self) -> Cost {
        Cost::of(self.used, self.price, self.bounds)
    }

    /// How it ended, for the ledger.
    pub fn ended(&self) -> Ended {
        match self.end {
            End::Answered(_) => Ended::Completed,
            End::Failed(_) => Ended::Failed,
            End::Stopped => Ended::Stopped,
        }
    }
}

/// A line for a log: nothing of what was asked, answered or explained is in it.
impl fmt::Display for Attempt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {} ", self.provider, self.model)?;
        match &self.end {
            End::Answered(finish) => write!(f, "answered ({finish:?})")?,
            End::Failed(failure) => write!(f, "failed ({:?})", failure.kind)?,
            End::Stopped => f.write_str("was stopped")?,
        }
        write!(f, " after {} ms", self.took_ms)?;
        match &self.request_id {
            Some(id) => write!(f, ", request {id}"),
            None => Ok(()),
        }
    }
}

/// A call that goes on. However it ends, also by being dropped, the world hears of it once.
pub(super) struct Running<'a, W: World> {
    world: &'a W,
    attempt: Option<Attempt>,
}

impl<'a, W: World> Running<'a, W> {
    pub(super) fn begin(world: &'a W, provider: &Provider, call: &Call, max_tokens: u32) -> Self {
        let now = world.now_ms();
        let sent = match call {
            Call::Http(call) => call.body.len(),
            Call::Binding { input, .. } => input.len(),
        };
        Self {
            world,
            attempt: Some(Attempt {
                id: new_id(world, now),
                provider: provider.kind,
                model: provider.endpoint.model().to_owned(),
                began_at: now,
                took_ms: 0,
                first_words_ms: None,
                end: End::Stopped,
                // Until more is known: it may be at work on it.
                used: Used::Tokens {
                    input: None,
                    output: None,
                },
                price: provider.price,
                bounds: Bounds {
                    prompt_bytes: u64::try_from(sent).unwrap_or(u64::MAX),
                    max_tokens: max_tokens.into(),
                },
                request_id: None,
            }),
        }
    }

    /// Writes down what is known meanwhile.
    pub(super) fn note(&mut self, note: impl FnOnce(&mut Attempt)) {
        if let Some(attempt) = &mut self.attempt {
            note(attempt);
        }
    }

    /// Its first words came just now, if they had not before.
    pub(super) fn spoke(&mut self) {
        let now = self.world.now_ms();
        self.note(|attempt| {
            let waited = now.saturating_sub(attempt.began_at);
            attempt.first_words_ms.get_or_insert(waited);
        });
    }

    /// It ended.
    pub(super) fn end(mut self, end: End) -> Option<Attempt> {
        self.note(|attempt| attempt.end = end);
        self.hand_over()
    }

    fn hand_over(&mut self) -> Option<Attempt> {
        let mut attempt = self.attempt.take()?;
        attempt.took_ms = self.world.now_ms().saturating_sub(attempt.began_at);
        self.world.attempted(attempt.clone());
        Some(attempt)
    }
}

impl<W: World> Drop for Running<'_, W> {
    fn drop(&mut self) {
        self.hand_over();
    }
}

fn new_id(world: &impl World, now: u64) -> Uuid {
    let mut random = [0; 10];
    for part in random.chunks_mut(4) {
        for (to, from) in part.iter_mut().zip(world.random().to_le_bytes()) {
            *to = from;
        }
    }
    uuid_v7(now, &random)
}
