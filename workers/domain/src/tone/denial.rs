//! Telling “I understand” from “I don't understand”, and a promise from the refusal to make one.

use super::Sentence;
use std::ops::Range;

/// English denies before the word: “don't understand”, “nobody can give a 100% guarantee”.
const ENGLISH: &[&str] = &[
    "not", "never", "nobody", "none", "dont", "doesnt", "didnt", "cant", "cannot", "couldnt",
    "wont", "wouldnt", "isnt", "arent", "shouldnt", "neither", "nor", "without",
];

/// Hindi denies right before the verb, or after what is denied: “nahi samajh paya”, “samajh nahi aaya”.
const HINDI: &[&str] = &[
    "nahi", "nahin", "nhi", "nai", "mat", "galat", "jhooth", "jhoot",
];

/// “Koi dikkat nahi” waves a worry off and denies nothing before it.
const WAVED_OFF: &[&str] = &[
    "baat", "dikkat", "problem", "tension", "issue", "doubt", "shak", "risk", "fikar", "chinta",
    "farak", "fark",
];

/// Words that end a statement: what is denied after them is something else, as in “samajh sakta hoon, aap nahi chahte”.
const CLOSES: &[&str] = &[
    "hoon", "hun", "hu", "hai", "hain", "sakta", "sakti", "sakte", "karta", "karti", "karte",
    "karunga", "karungi", "karenge", "karoonga", "raha", "rahi", "rahe", "dunga", "dungi",
    "doonga", "denge", "deta", "deti", "dete", "milega", "milegi", "jayega", "jayegi", "aata",
    "aati", "gaya", "gayi",
];

impl Sentence<'_> {
    /// Whether the words at `place` are denied: by an English “not” at most `reach` words before them, or by a Hindi “nahi”
    /// directly before or at most `reach` words after them. Words with a denial of their own are not denied again.
    pub fn denies(&self, place: Range<usize>, reach: usize) -> bool {
        let word = |at: usize| self.words.get(at).map_or("", String::as_str);
        let denial = |at: usize| is_denial(word(at));
        if place.clone().any(denial) {
            return false;
        }
        let asks_why_not =
            |at: usize| at > 0 && matches!(word(at - 1), "why" | "kyun" | "kyon" | "kyu");
        let waves_off =
            |at: usize| at > 1 && word(at - 2) == "koi" && WAVED_OFF.contains(&word(at - 1));
        let english_before = (place.start.saturating_sub(reach)..place.start)
            .any(|at| ENGLISH.contains(&word(at)) && !asks_why_not(at));
        let hindi_before = place
            .start
            .checked_sub(1)
            .is_some_and(|at| HINDI.contains(&word(at)) && !asks_why_not(at) && !waves_off(at));
        let is_closed = place
            .end
            .checked_sub(1)
            .is_some_and(|last| CLOSES.contains(&word(last)));
        let hindi_after = !is_closed
            && (place.end..place.end + reach).any(|at| {
                HINDI.contains(&word(at)) && !waves_off(at) && !matches!(word(at + 1), "to" | "toh")
            });
        english_before || hindi_before || hindi_after
    }
}

fn is_denial(word: &str) -> bool {
    ENGLISH.contains(&word) || HINDI.contains(&word)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::indexing_slicing)]
    use crate::tone::{Answer, Phrases};

    fn denied(text: &str, phrase: &str, reach: usize) -> bool {
        let answer = Answer::read(text);
        let sentence = &answer.sentences()[0];
        let place = sentence
            .places(&Phrases::read(&[phrase.to_owned()]))
            .pop()
            .unwrap();
        sentence.denies(place, reach)
    }

    #[test]
    fn a_denied_feeling_is_no_feeling() {
        assert!(denied(
            "I don't really understand your point",
            "understand your",
            2
        ));
        assert!(denied("Mujhe samajh nahi aaya sir", "samajh", 2));
        assert!(denied("Main nahi samajh sakta ye sab", "samajh sakta", 2));
        assert!(denied("I would never recommend it", "recommend", 2));
    }

    #[test]
    fn a_denial_of_something_else_leaves_it_standing() {
        assert!(!denied(
            "Samajh sakta hoon, aap risk nahi lena chahte",
            "samajh sakta hoon",
            2
        ));
        assert!(!denied(
            "Koi baat nahi, samajh sakta hoon",
            "samajh sakta hoon",
            2
        ));
        assert!(!denied("Why not start with 1 lakh", "start with", 2));
        assert!(!denied(
            "Aapko samajh nahi aata ki kya chala",
            "samajh nahi aata",
            2
        ));
        assert!(!denied(
            "Samajhti hoon nahi toh aap poochte hi nahi",
            "samajhti hoon",
            2
        ));
    }

    #[test]
    fn refusing_a_promise_is_honest() {
        for text in [
            "Guaranteed sales ka promise koi nahi kar sakta",
            "I will not promise you guaranteed sales",
            "Guaranteed sales koi company nahi deti",
            "Nobody can honestly offer guaranteed sales",
        ] {
            assert!(denied(text, "guaranteed sales", 4), "{text}");
        }
        assert!(!denied(
            "Guarantee deta hoon, loss nahi hoga",
            "guarantee deta hoon",
            4
        ));
        assert!(!denied(
            "Guaranteed sales milegi, koi dikkat nahi",
            "guaranteed sales",
            4
        ));
    }
}
