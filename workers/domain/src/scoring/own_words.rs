//! Saying it again in one's own words: a repeat that is the coach's version read back shows that the rep can copy.

use super::{PASS_SCORE, Verdict};
use crate::tone::words;
use std::collections::HashSet;

/// The most that a copied repeat scores: it passes, and no more.
pub const COPIED_SCORE_CAP: u8 = 70;

/// A repeat with fewer of its own words than this, percent, is copied.
pub const OWN_WORDS_AT_LEAST: u8 = 25;

/// How many words in a row are no coincidence.
const RUN: usize = 4;

/// The share of a repeat that is not the coach's, percent: runs of four words that stand in the coach's version, and did
/// not stand in the rep's own first answer, are the coach's.
pub fn own_words_percent(repeat: &str, coach: &str, first: &str) -> u8 {
    let repeat = words(repeat);
    let coach = words(coach);
    let first = words(first);
    let of_first: HashSet<&[String]> = first.windows(RUN).collect();
    let of_coach: HashSet<&[String]> = coach
        .windows(RUN)
        .filter(|run| !of_first.contains(run))
        .collect();
    let runs = repeat.windows(RUN).count();
    let copied = repeat
        .windows(RUN)
        .filter(|run| of_coach.contains(run))
        .count();
    let percent = ((runs - copied) * 100).checked_div(runs).unwrap_or(100);
    u8::try_from(percent).unwrap_or(100)
}

impl Verdict {
    /// The verdict on a repeat, knowing how much of it is the rep's own.
    #[must_use]
    pub fn with_own_words(mut self, percent: u8) -> Self {
        self.own_words_percent = percent;
        if self.is_copied() {
            self.score = self.score.min(COPIED_SCORE_CAP);
            self.passed = self.score >= PASS_SCORE && self.blockers.is_empty();
        }
        self
    }

    /// Too little of the answer is the rep's own.
    pub fn is_copied(&self) -> bool {
        self.own_words_percent < OWN_WORDS_AT_LEAST
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const COACH: &str = "I understand, sir. Let me explain why a small pack shows nothing. Isliye I suggest 1 lakh as a start. Shall I share a plan today?";

    #[test]
    fn a_copy_is_nobodys_own() {
        assert_eq!(own_words_percent(COACH, COACH, "Minimum 1 lakh hai."), 0);
        let shouted = COACH.to_uppercase().replace('.', "!");
        assert_eq!(own_words_percent(&shouted, COACH, ""), 0);
    }

    #[test]
    fn what_stood_in_the_first_answer_stays_ones_own() {
        assert_eq!(own_words_percent(COACH, COACH, COACH), 100);
    }

    #[test]
    fn the_same_thought_in_other_words_is_ones_own() {
        let own = "Sir, aapki baat sahi hai. Chhote pack mein picture clear nahi hoti, so 1 lakh is the sensible start. Plan aaj bhej doon?";
        assert!(own_words_percent(own, COACH, "") >= 90);
    }

    proptest! {
        #[test]
        fn it_is_a_share(repeat in "[a-d ]{0,60}", coach in "[a-d ]{0,60}", first in "[a-d ]{0,60}") {
            prop_assert!(own_words_percent(&repeat, &coach, &first) <= 100);
            prop_assert_eq!(own_words_percent(&repeat, "", &first), 100);
        }
    }
}
