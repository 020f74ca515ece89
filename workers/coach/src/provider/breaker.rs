//! The circuit breaker: a provider that is down costs somebody its silence once, not everybody each time.

use super::failure::{Failure, FailureKind};
use super::retry::LONGEST_WAIT;
use serde::{Deserialize, Serialize};
use std::time::Duration;

/// So many failures in a row open a breaker, where one alone says little.
const FAILURES: u8 = 3;

/// How long a breaker stays open the first time; it doubles each time that the probe fails.
const OPEN: Duration = Duration::from_secs(30);

/// The longest it stays open, and how long after a failure that only an admin can mend.
const LONGEST_OPEN: Duration = Duration::from_secs(5 * 60);

/// A probe that is not heard of for so long is lost, and another may go.
const PROBE_LOST: Duration = Duration::from_secs(60);

/// The state of one provider. It can be kept as JSON; times are Unix ms.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "camelCase")]
pub enum Breaker {
    /// Calls go through.
    Closed {
        /// Failures since the last success.
        failures: u8,
    },
    /// No call goes through until then.
    Open {
        /// When one may.
        until: u64,
        /// How often in a row it was opened.
        times: u8,
    },
    /// One call went through to see; others wait for what it finds.
    HalfOpen {
        /// When it went.
        since: u64,
        /// How often in a row the breaker was opened.
        times: u8,
    },
}

impl Default for Breaker {
    fn default() -> Self {
        Breaker::Closed { failures: 0 }
    }
}

impl Breaker {
    /// Whether a call may go now. A `true` of an open breaker is the probe: its end must be told.
    pub fn lets_through(&mut self, now: u64) -> bool {
        match *self {
            Breaker::Closed { .. } => true,
            Breaker::Open { until, times } if now >= until => {
                *self = Breaker::HalfOpen { since: now, times };
                true
            }
            Breaker::HalfOpen { since, times } if now >= after(since, PROBE_LOST) => {
                *self = Breaker::HalfOpen { since: now, times };
                true
            }
            Breaker::Open { .. } | Breaker::HalfOpen { .. } => false,
        }
    }

    /// A call was answered, if only with a refusal.
    pub fn succeeded(&mut self) {
        *self = Breaker::default();
    }

    /// A call failed.
    pub fn failed(&mut self, failure: &Failure, now: u64) {
        let times = match *self {
            Breaker::Closed { .. } => 0,
            Breaker::Open { times, .. } | Breaker::HalfOpen { times, .. } => times,
        };
        let told = failure.retry_after.unwrap_or_default();
        let doubled = OPEN.saturating_mul(2_u32.saturating_pow(times.into()));
        let open_for = match failure.kind {
            // The provider works; it is this call that it can't use.
            FailureKind::Rejected | FailureKind::Empty => return self.succeeded(),
            FailureKind::Credentials | FailureKind::Quota => LONGEST_OPEN,
            // Somebody has waited for these.
            FailureKind::Timeout | FailureKind::Unreachable => doubled,
            FailureKind::RateLimited
            | FailureKind::Overloaded
            | FailureKind::Server
            | FailureKind::Interrupted
            | FailureKind::Unreadable => match *self {
                Breaker::Closed { failures } if failures + 1 < FAILURES && told <= LONGEST_WAIT => {
                    *self = Breaker::Closed {
                        failures: failures + 1,
                    };
                    return;
                }
                _ => doubled,
            },
        };
        *self = Breaker::Open {
            until: after(now, open_for.max(told).min(LONGEST_OPEN)),
            times: times.saturating_add(1),
        };
    }
}

/// Unix ms so much later.
fn after(at: u64, wait: Duration) -> u64 {
    at.saturating_add(u64::try_from(wait.as_millis()).unwrap_or(u64::MAX))
}
