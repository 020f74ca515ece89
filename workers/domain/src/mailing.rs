//! When a mail that could not be sent is tried again.

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
    fn waits_grow_and_end() {
        let waits: Vec<_> = (1..=7).map(|attempts| next_attempt(attempts, 0)).collect();
        assert!(waits.windows(2).all(|pair| pair.first() < pair.last()));
        assert_eq!(waits.first(), Some(&Some(MINUTE_MS)));
        assert_eq!(next_attempt(8, 0), None);
    }
}
