//! What is written to whom and when, and when a mail that could not be sent is tried again.

use crate::schedule::{Rhythm, Weekday, Weekdays};
use serde::{Deserialize, Serialize};

/// A reminder goes out this long before the slot, ms: five minutes before the session may be started.
pub const REMIND_BEFORE_MS: u64 = 15 * MINUTE_MS;

/// A reminder that is this old is not sent any more, ms: its session has begun, or nearly been missed.
pub const REMINDER_GOOD_MS: u64 = 30 * MINUTE_MS;

/// A miss or a week that is over for longer than this is not written about, ms: cron stood still.
pub const NEWS_FOR_MS: u64 = 24 * 60 * MINUTE_MS;

/// Managers get their week on Monday at eight, by their clocks.
pub fn digest_rhythm() -> Rhythm {
    Rhythm {
        weekdays: Weekdays::only(Weekday::Monday),
        slot_minute: 8 * 60,
    }
}

/// Mails that somebody can have no more of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Subscription {
    /// Before a slot and after a miss.
    Reminders,
    /// A manager's week.
    Digest,
}

const MINUTE_MS: u64 = 60 * 1_000;

/// How long whoever sends a mail has it to themselves, ms: longer than any provider takes to answer.
pub const SENDING_MS: u64 = 2 * MINUTE_MS;

/// The waits after the first, second, ... failed attempt, minutes: about a day in all.
const WAITS_MINUTES: [u64; 7] = [1, 5, 15, 60, 240, 480, 720];

/// When to try again after `attempts` failed ones, Unix ms; `None`: give up.
pub fn next_attempt(attempts: u32, now: u64) -> Option<u64> {
    let index = usize::try_from(attempts.checked_sub(1)?).ok()?;
    let wait = WAITS_MINUTES.get(index)?;
    Some(now + wait * MINUTE_MS)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_digest_is_due_on_monday_morning() {
        // Friday, 2026-11-20.
        let friday = 1_795_152_600_000;
        let due = digest_rhythm().next(friday, |_| Some(330));
        let day = due.map(crate::schedule::Slot::local_day);
        assert_eq!(day.map(crate::schedule::monday_of), day);
        assert_eq!(due.map(|slot| slot.at), Some(1_795_401_000_000));
    }

    #[test]
    fn waits_grow_and_end() {
        let waits: Vec<_> = (1..=7).map(|attempts| next_attempt(attempts, 0)).collect();
        assert!(waits.windows(2).all(|pair| pair.first() < pair.last()));
        assert_eq!(waits.first(), Some(&Some(MINUTE_MS)));
        assert_eq!(next_attempt(8, 0), None);
    }
}
