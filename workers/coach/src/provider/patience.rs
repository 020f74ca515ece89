//! How long a reply is waited for. Keep-alives and pings don't count: only words do, since it is words that somebody waits
//! for.

use super::Event;
use super::failure::{Failure, FailureKind};
use std::time::Duration;

/// The waits that are borne.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// From the call to the reply's head.
    pub head: Duration,
    /// From the call to the first words.
    pub first_words: Duration,
    /// From words to words.
    pub between_words: Duration,
    /// For all of it.
    pub whole: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            head: Duration::from_secs(10),
            first_words: Duration::from_secs(20),
            between_words: Duration::from_secs(15),
            whole: Duration::from_secs(120),
        }
    }
}

/// One reply's clock. Times are Unix ms.
#[derive(Debug, Clone)]
pub struct Patience {
    limits: Limits,
    called: u64,
    answered: bool,
    last_words: Option<u64>,
}

impl Patience {
    /// Starts with the call.
    pub fn new(limits: Limits, now: u64) -> Self {
        Self {
            limits,
            called: now,
            answered: false,
            last_words: None,
        }
    }

    /// The head is there.
    pub fn answered(&mut self) {
        self.answered = true;
    }

    /// Something came.
    pub fn heard(&mut self, events: &[Event], now: u64) {
        if events.iter().any(|event| matches!(event, Event::Text(_))) {
            self.last_words = Some(now);
        }
    }

    /// When patience runs out, and what the failure is then called.
    pub fn ends(&self) -> (u64, Failure) {
        let (from, limit, what) = match self.last_words {
            Some(at) => (at, self.limits.between_words, "no more words"),
            None if self.answered => (self.called, self.limits.first_words, "no first word"),
            None => (self.called, self.limits.head, "no answer"),
        };
        let whole = self.called.saturating_add(ms(self.limits.whole));
        let this = from.saturating_add(ms(limit));
        if whole < this {
            (whole, timeout("no end", self.limits.whole))
        } else {
            (this, timeout(what, limit))
        }
    }
}

fn ms(time: Duration) -> u64 {
    u64::try_from(time.as_millis()).unwrap_or(u64::MAX)
}

fn timeout(what: &str, limit: Duration) -> Failure {
    Failure::new(
        FailureKind::Timeout,
        &format!("{what} within {} s", limit.as_secs()),
    )
}
