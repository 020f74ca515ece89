//! How long to wait before the next try.

/// The first wait, ms.
const FIRST_MS: u64 = 500;

/// The longest wait, ms.
const LONGEST_MS: u64 = 20_000;

/// The wait before try `attempt` (0 is the first repeat), ms: it doubles up to a limit, and `chance` (any number) spreads
/// it over its upper half, so that a group that lost the same network does not come back at the same moment.
pub fn wait_ms(attempt: u32, chance: u32) -> u64 {
    let full = FIRST_MS
        .saturating_mul(1_u64 << attempt.min(16))
        .min(LONGEST_MS);
    let half = full / 2;
    half + u64::from(chance) % (half + 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn waits_grow_and_stay_bounded(attempt in 0_u32..40, chance in any::<u32>()) {
            let wait = wait_ms(attempt, chance);
            prop_assert!((FIRST_MS / 2..=LONGEST_MS).contains(&wait));
            prop_assert!(wait_ms(attempt + 2, 0) >= wait_ms(attempt, 0));
        }
    }
}
