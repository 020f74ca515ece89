//! When a session may be started, when it is late and when it is missed. All times are Unix milliseconds, UTC.

use serde::{Deserialize, Serialize};

const MINUTE_MS: u64 = 60_000;

/// The window opens this many minutes before the slot.
pub const OPENS_BEFORE_MINUTES: u64 = 10;

/// A session started more than this many minutes after the slot is late.
pub const LATE_AFTER_MINUTES: u64 = 10;

/// The company's grace when it has set none: minutes after the slot until a session that was not started is missed.
pub const DEFAULT_GRACE_MINUTES: u64 = 60;

/// The time in which one session may be started.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Window {
    /// The slot itself.
    pub slot_at: u64,
    /// From here the session may be started.
    pub opens_at: u64,
    /// From here it may not, and is missed.
    pub closes_at: u64,
}

impl Window {
    /// The window of a slot.
    pub fn around(slot_at: u64, grace_minutes: u64) -> Self {
        Self {
            slot_at,
            opens_at: slot_at.saturating_sub(OPENS_BEFORE_MINUTES * MINUTE_MS),
            closes_at: slot_at + grace_minutes * MINUTE_MS,
        }
    }

    /// Where a moment lies.
    pub fn phase(&self, now: u64) -> Phase {
        if now < self.opens_at {
            Phase::Early
        } else if now >= self.closes_at {
            Phase::Closed
        } else if now > self.slot_at + LATE_AFTER_MINUTES * MINUTE_MS {
            Phase::Late
        } else {
            Phase::OnTime
        }
    }
}

/// Where a moment lies in a window.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Phase {
    /// Not open yet.
    Early,
    /// Open, and in time.
    OnTime,
    /// Open, but late.
    Late,
    /// Over.
    Closed,
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn phases_follow_each_other() {
        let window = Window::around(100 * MINUTE_MS, DEFAULT_GRACE_MINUTES);
        let phase = |minute: u64| window.phase(minute * MINUTE_MS);
        assert_eq!(phase(89), Phase::Early);
        assert_eq!(phase(90), Phase::OnTime);
        assert_eq!(phase(110), Phase::OnTime);
        assert_eq!(phase(111), Phase::Late);
        assert_eq!(phase(159), Phase::Late);
        assert_eq!(phase(160), Phase::Closed);
    }

    proptest! {
        #[test]
        fn time_never_runs_back(slot in 0_u64..1 << 41, grace in 11_u64..600, a in 0_u64..1 << 41, b in 0_u64..1 << 41) {
            let order = |phase| match phase { Phase::Early => 0, Phase::OnTime => 1, Phase::Late => 2, Phase::Closed => 3 };
            let window = Window::around(slot, grace);
            let (first, second) = (a.min(b), a.max(b));
            prop_assert!(order(window.phase(first)) <= order(window.phase(second)));
        }
    }
}
