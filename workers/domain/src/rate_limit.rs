//! How often something may be tried. A window begins with the first try and is over after a fixed time; what is counted, and
//! for whom, is the caller's.

/// The tries of one kind that one account, address or network has in a window.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RateLimit {
    /// The name its counters are kept under.
    pub name: &'static str,
    /// Tries in a window.
    pub tries: u64,
    /// The length of a window, ms.
    pub window_ms: u64,
}

const MINUTE_MS: u64 = 60 * 1_000;
const HOUR_MS: u64 = 60 * MINUTE_MS;

/// The longest of the windows below, ms: a counter that is older counts nothing.
pub const LONGEST_WINDOW_MS: u64 = HOUR_MS;

impl RateLimit {
    /// Failed log-ins of an account; one that succeeds clears them.
    pub const LOGIN_ACCOUNT: Self = Self::new("login_account", 5, 15 * MINUTE_MS);
    /// Log-ins from a network. A whole office logs in at 11:00 through one address, so this one stops machines only.
    pub const LOGIN_NETWORK: Self = Self::new("login_network", 300, 15 * MINUTE_MS);
    /// Password resets asked for an address.
    pub const FORGOT_ADDRESS: Self = Self::new("forgot_address", 3, HOUR_MS);
    /// Password resets asked for from a network.
    pub const FORGOT_NETWORK: Self = Self::new("forgot_network", 60, HOUR_MS);
    /// Tokens of resets, invites and confirmations shown from a network: enough for an office on its first day.
    pub const TOKEN_NETWORK: Self = Self::new("token_network", 300, HOUR_MS);
    /// Registrations begun with an address.
    pub const REGISTER_ADDRESS: Self = Self::new("register_address", 3, HOUR_MS);
    /// Registrations begun from a network.
    pub const REGISTER_NETWORK: Self = Self::new("register_network", 60, HOUR_MS);
    /// Invites of a company: more than any plan needs in an hour, and too few to write to the world.
    pub const INVITES: Self = Self::new("invites", 100, HOUR_MS);

    const fn new(name: &'static str, tries: u64, window_ms: u64) -> Self {
        Self {
            name,
            tries,
            window_ms,
        }
    }

    /// What a try came to that is number `hit` (from 1) of the window that began at `window_at`; both moments are Unix ms.
    pub fn standing(self, hit: u64, window_at: u64, now: u64) -> Standing {
        let over_at = window_at.saturating_add(self.window_ms);
        Standing {
            limit: self.tries,
            remaining: self.tries.saturating_sub(hit),
            // Rounded up: whoever waits that long is let in.
            reset_seconds: over_at.saturating_sub(now).div_ceil(1_000),
            admitted: hit <= self.tries,
        }
    }
}

/// Where a caller stands with a limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Standing {
    /// Tries in a window.
    pub limit: u64,
    /// Tries left in this one.
    pub remaining: u64,
    /// Seconds until the window is over.
    pub reset_seconds: u64,
    /// This try is within the limit.
    pub admitted: bool,
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn five_tries_and_no_more() {
        let limit = RateLimit::LOGIN_ACCOUNT;
        let admitted = (1..=7).map(|hit| limit.standing(hit, 1_000, 1_000).admitted);
        assert_eq!(
            admitted.collect::<Vec<_>>(),
            [true, true, true, true, true, false, false]
        );
        let last = limit.standing(5, 1_000, 61_001);
        assert_eq!((last.limit, last.remaining), (5, 0));
        assert_eq!(last.reset_seconds, 14 * 60);
    }

    proptest! {
        #[test]
        fn who_waits_until_the_reset_is_past_the_window(hit in 1_u64..20, begun in 0_u64..1_000_000, later in 0_u64..1_000_000) {
            let limit = RateLimit::FORGOT_ADDRESS;
            let now = begun + later;
            let standing = limit.standing(hit, begun, now);
            prop_assert_eq!(standing.admitted, hit <= limit.tries);
            prop_assert!(now + standing.reset_seconds * 1_000 >= begun + limit.window_ms);
        }
    }
}
