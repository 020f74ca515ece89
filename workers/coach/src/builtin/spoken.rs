//! A sentence with the place of every word in it, so that a stretch of words can be quoted or left out.

use domain::tone::words;
use std::ops::Range;

/// A text cut at blanks. Word numbers are those of [`domain::tone::Sentence::words`].
pub(crate) struct Spoken<'a> {
    text: &'a str,
    tokens: Vec<Token>,
}

/// A stretch without blanks: where it stands in the text, and which words it holds (one mostly; “1lakh” holds two).
struct Token {
    bytes: Range<usize>,
    words: Range<usize>,
}

impl<'a> Spoken<'a> {
    pub(crate) fn read(text: &'a str) -> Self {
        let mut tokens = Vec::new();
        let mut word = 0;
        let mut byte = 0;
        for piece in text.split_inclusive(char::is_whitespace) {
            let token = piece.trim_end();
            let holds = words(token).len();
            if !token.is_empty() {
                tokens.push(Token {
                    bytes: byte..byte + token.len(),
                    words: word..word + holds,
                });
            }
            word += holds;
            byte += piece.len();
        }
        Self { text, tokens }
    }

    /// The text from the first of these words to the last, with the punctuation that touches them.
    pub(crate) fn excerpt(&self, words: Range<usize>) -> &'a str {
        let mut touched = self
            .tokens
            .iter()
            .filter(|token| token.words.start < words.end && words.start < token.words.end);
        let Some(first) = touched.next() else {
            return "";
        };
        let last = touched.next_back().unwrap_or(first);
        self.text
            .get(first.bytes.start..last.bytes.end)
            .unwrap_or("")
    }

    /// The text without some of its words. What ended the sentence still ends it, and it begins with a capital.
    pub(super) fn without(&self, places: &[Range<usize>]) -> String {
        let mut kept = String::new();
        for token in &self.tokens {
            let text = self.text.get(token.bytes.clone()).unwrap_or("");
            let left_out = !token.words.is_empty()
                && places
                    .iter()
                    .any(|place| place.start <= token.words.start && token.words.end <= place.end);
            if left_out {
                let end: String = text
                    .chars()
                    .filter(|c| matches!(c, '.' | '?' | '!'))
                    .collect();
                if !end.is_empty() {
                    kept.truncate(kept.trim_end_matches([',', ' ', ';', '-', '–']).len());
                    kept.push_str(&end);
                } else if text.ends_with(',') && kept.ends_with(char::is_alphanumeric) {
                    kept.push(',');
                }
                continue;
            }
            if !kept.is_empty() {
                kept.push(' ');
            }
            kept.push_str(text);
        }
        capitalised(kept.trim_start_matches([',', ' ', '.', ';', '-', '–']))
    }
}

/// The same text with a capital first letter.
pub(super) fn capitalised(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(chars).collect()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_excerpt_keeps_its_punctuation() {
        let spoken = Spoken::read("Sir, 1lakh (targeted) is sensible, isn't it?");
        assert_eq!(spoken.excerpt(1..4), "1lakh (targeted)");
        assert_eq!(spoken.excerpt(5..8), "sensible, isn't it?");
        assert_eq!(spoken.excerpt(30..31), "");
    }

    #[test]
    fn words_are_left_out_without_a_scar() {
        let spoken = Spoken::read("Umm, basically it is too small, maybe.");
        assert_eq!(spoken.without(&[0..1, 1..2, 6..7]), "It is too small.");
        let spoken = Spoken::read("It is not possible I think, so let us plan");
        assert_eq!(
            spoken.without(&[4..5, 5..6]),
            "It is not possible, so let us plan"
        );
    }
}
