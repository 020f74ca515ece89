//! When a failed call is made again, and where: the same provider after a while, the next one, or none. Time and chance are
//! passed in.

use super::breaker::Breaker;
use super::failure::Failure;
use std::time::Duration;

/// How often one provider is asked for one answer.
pub const TRIES: u32 = 3;

/// The wait before the second try; it doubles for each one after.
const FIRST_WAIT: Duration = Duration::from_millis(500);

/// Somebody is waiting: a provider that asks for more patience than this is passed over.
pub const LONGEST_WAIT: Duration = Duration::from_secs(8);

/// The longest wait that a provider's word is believed for; more is a mistake.
const LONGEST_TOLD: Duration = Duration::from_secs(60 * 60);

/// How long the headers of a reply ask to wait: `retry-after-ms`, or `retry-after` in seconds or as an HTTP date. `now` is
/// Unix ms. Nonsense is nothing told.
pub fn wait_told(header: impl Fn(&str) -> Option<String>, now: u64) -> Option<Duration> {
    let number = |name: &str| header(name)?.trim().parse::<f64>().ok();
    let seconds = number("retry-after-ms")
        .map(|ms| ms / 1_000.0)
        .or_else(|| number("retry-after"));
    let told = match seconds {
        Some(seconds) => Duration::try_from_secs_f64(seconds).ok()?,
        None => {
            let date = httpdate::parse_http_date(header("retry-after")?.trim()).ok()?;
            let date = date.duration_since(std::time::UNIX_EPOCH).ok()?;
            date.saturating_sub(Duration::from_millis(now))
        }
    };
    Some(told.min(LONGEST_TOLD))
}

/// The wait before the next try: doubling, and shortened by chance to no less than half, since a whole group practises at
/// the same minute. `tries` is how many have failed; `random` is any number.
pub fn backoff(tries: u32, random: u32) -> Duration {
    let doubled = FIRST_WAIT.saturating_mul(2_u32.saturating_pow(tries.saturating_sub(1)));
    let half = doubled.min(LONGEST_WAIT) / 2;
    half + part(half, random)
}

/// A part of a duration by chance: nothing for 0, nearly all for the largest number.
fn part(whole: Duration, random: u32) -> Duration {
    let ms = u64::try_from(whole.as_millis()).unwrap_or(u64::MAX);
    Duration::from_millis(ms.saturating_mul(random.into()) >> 32)
}

/// What to do now for an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Next {
    /// Call this provider, by its place in the list, after the wait.
    Call {
        /// Its place.
        provider: usize,
        /// How long to wait first.
        after: Duration,
    },
    /// Nobody is left to ask, and nothing was shown: the built-in coach speaks.
    BuiltIn,
    /// Words were shown and then the provider failed. Another one would not go on in the same sentence: the turn is
    /// interrupted, visibly, and the rep may try again.
    Interrupted,
}

/// One answer's way through the configured providers, in their order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attempts {
    provider: usize,
    failed: u32,
}

impl Attempts {
    /// Begins at the first provider whose breaker lets a call through. There is one breaker per provider; `now` is Unix ms.
    pub fn begin(breakers: &mut [Breaker], now: u64) -> (Self, Next) {
        let mut attempts = Self {
            provider: 0,
            failed: 0,
        };
        let next = attempts.go_to(0, breakers, now);
        (attempts, next)
    }

    /// After a failure, told to the provider's breaker here. `shown` says that words of this answer are on a screen.
    pub fn after(
        &mut self,
        failure: &Failure,
        shown: bool,
        breakers: &mut [Breaker],
        now: u64,
        random: u32,
    ) -> Next {
        let breaker = breakers.get_mut(self.provider);
        let lets_through = breaker.is_some_and(|breaker| {
            breaker.failed(failure, now);
            breaker.lets_through(now)
        });
        if shown {
            return Next::Interrupted;
        }
        self.failed += 1;
        let wait = match failure.retry_after {
            Some(told) => told + part(told / 4, random),
            None => backoff(self.failed, random),
        };
        if failure.retryable && lets_through && self.failed < TRIES && wait <= LONGEST_WAIT {
            return Next::Call {
                provider: self.provider,
                after: wait,
            };
        }
        self.go_to(self.provider + 1, breakers, now)
    }

    /// After a reply that did not fail, told to the provider's breaker here.
    pub fn succeeded(&self, breakers: &mut [Breaker]) {
        if let Some(breaker) = breakers.get_mut(self.provider) {
            breaker.succeeded();
        }
    }

    fn go_to(&mut self, first: usize, breakers: &mut [Breaker], now: u64) -> Next {
        let mut rest = breakers.iter_mut().enumerate().skip(first);
        match rest.find_map(|(place, breaker)| breaker.lets_through(now).then_some(place)) {
            Some(provider) => {
                self.provider = provider;
                self.failed = 0;
                Next::Call {
                    provider,
                    after: Duration::ZERO,
                }
            }
            None => Next::BuiltIn,
        }
    }
}
