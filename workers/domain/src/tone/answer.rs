//! A rep's answer, cut into sentences and words so that phrases can be found whatever the case and punctuation.

use std::ops::Range;

/// An answer ready to be searched. Sentences keep their place in the text, so that what is quoted is the rep's own words.
#[derive(Debug, Clone)]
pub struct Answer<'a> {
    text: &'a str,
    sentences: Vec<Sentence<'a>>,
}

/// One sentence of an answer.
#[derive(Debug, Clone)]
pub struct Sentence<'a> {
    /// The rep's words, with their final punctuation, without outer blanks.
    pub text: &'a str,
    /// Lower-case words without punctuation.
    pub words: Vec<String>,
}

impl<'a> Answer<'a> {
    /// Cuts a text into sentences: at `.`, `?`, `!`, `।` and line ends, but not inside a number such as `1.5`.
    pub fn read(text: &'a str) -> Self {
        let sentences = sentence_ranges(text)
            .into_iter()
            .filter_map(|range| text.get(range))
            .map(|sentence| Sentence {
                text: sentence.trim(),
                words: words(sentence),
            })
            .filter(|sentence| !sentence.words.is_empty())
            .collect();
        Self { text, sentences }
    }

    /// The whole text as it was sent.
    pub fn text(&self) -> &'a str {
        self.text
    }

    /// The sentences in order; none is without a word.
    pub fn sentences(&self) -> &[Sentence<'a>] {
        &self.sentences
    }

    /// How many words there are.
    pub fn word_count(&self) -> usize {
        self.sentences
            .iter()
            .map(|sentence| sentence.words.len())
            .sum()
    }

    /// The words in order, over all sentences.
    pub fn words(&self) -> impl Iterator<Item = &str> {
        self.sentences
            .iter()
            .flat_map(|sentence| sentence.words.iter().map(String::as_str))
    }

    /// The first place where any of the phrases stands: the sentence and the number of words before it.
    pub fn find(&self, phrases: &[String]) -> Option<(usize, &Sentence<'a>)> {
        let phrases = Phrases::read(phrases);
        let mut before = 0;
        for sentence in &self.sentences {
            let place = phrases
                .0
                .iter()
                .filter_map(|phrase| sentence.place_of(phrase))
                .min();
            if let Some(place) = place {
                return Some((before + place, sentence));
            }
            before += sentence.words.len();
        }
        None
    }
}

impl Sentence<'_> {
    /// Every place where one of the phrases stands, as ranges of [`Sentence::words`].
    pub fn places(&self, phrases: &Phrases) -> Vec<Range<usize>> {
        phrases
            .0
            .iter()
            .flat_map(|phrase| {
                self.words
                    .windows(phrase.len())
                    .enumerate()
                    .filter(move |(_, window)| *window == phrase)
                    .map(|(start, _)| start..start + phrase.len())
            })
            .collect()
    }

    /// Whether any of the phrases stands in this sentence.
    pub fn has_any(&self, phrases: &Phrases) -> bool {
        phrases
            .0
            .iter()
            .any(|phrase| self.place_of(phrase).is_some())
    }

    fn place_of(&self, phrase: &[String]) -> Option<usize> {
        self.words
            .windows(phrase.len())
            .position(|window| window == phrase)
    }
}

/// Words or phrases to look for, cut into words once for many sentences.
#[derive(Debug, Clone)]
pub struct Phrases(Vec<Vec<String>>);

impl Phrases {
    /// Reads phrases as they stand in scenario files. One without a word is never found.
    pub fn read(phrases: &[String]) -> Self {
        let phrases = phrases.iter().map(|phrase| words(phrase));
        Self(phrases.filter(|phrase| !phrase.is_empty()).collect())
    }
}

/// Lower-case words of a text: letters (Devanagari with its signs too) and digits. Apostrophes and the separators inside a
/// number vanish, a number and the letters after it part: `don't` is `dont`, `1,00,000` is `100000`, `1lakh` is `1 lakh`;
/// `%` and the rupee sign are words of their own.
pub fn words(text: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word = String::new();
    let mut chars = text.chars().peekable();
    let mut last = ' ';
    while let Some(c) = chars.next() {
        let joins_number = matches!(c, ',' | '.')
            && last.is_ascii_digit()
            && chars.peek().is_some_and(char::is_ascii_digit);
        if is_word_char(c) {
            if !word.is_empty() && last.is_numeric() != c.is_numeric() {
                words.push(std::mem::take(&mut word));
            }
            word.extend(c.to_lowercase());
            last = c;
        } else if matches!(c, '\'' | '’') || (joins_number && c == ',') {
            continue;
        } else if joins_number {
            word.push(c);
        } else {
            if !word.is_empty() {
                words.push(std::mem::take(&mut word));
            }
            if matches!(c, '%' | '₹') {
                words.push(c.to_string());
            }
            last = c;
        }
    }
    if !word.is_empty() {
        words.push(word);
    }
    words
}

fn is_word_char(c: char) -> bool {
    c.is_alphanumeric() || ('\u{0900}'..='\u{0963}').contains(&c)
}

fn sentence_ranges(text: &str) -> Vec<Range<usize>> {
    let mut ranges = Vec::new();
    let mut start = 0;
    let mut chars = text.char_indices().peekable();
    let mut last = ' ';
    while let Some((at, c)) = chars.next() {
        let next = chars.peek().map(|&(_, next)| next);
        let inside_number =
            c == '.' && last.is_ascii_digit() && next.is_some_and(|next| next.is_ascii_digit());
        let ends = matches!(c, '.' | '?' | '!' | '।' | '\n' | '\r') && !inside_number;
        let runs_on = next.is_some_and(|next| matches!(next, '.' | '?' | '!'));
        if ends && !runs_on {
            let end = at + c.len_utf8();
            ranges.push(start..end);
            start = end;
        }
        last = c;
    }
    if start < text.len() {
        ranges.push(start..text.len());
    }
    ranges
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn words_are_compared_without_case_and_punctuation() {
        assert_eq!(
            words("Don't take 1,00,000 or 1.5 lakh!"),
            ["dont", "take", "100000", "or", "1.5", "lakh"]
        );
        assert_eq!(
            words("1lakh, 100% guarantee"),
            ["1", "lakh", "100", "%", "guarantee"]
        );
        assert_eq!(words("समझ सकता हूँ।"), ["समझ", "सकता", "हूँ"]);
    }

    #[test]
    fn sentences_keep_the_reps_own_words() {
        let answer = Answer::read("Sir, I understand. Aapka 1.5 lakh ka plan hai?? Theek hai");
        let texts: Vec<_> = answer.sentences().iter().map(|s| s.text).collect();
        assert_eq!(
            texts,
            [
                "Sir, I understand.",
                "Aapka 1.5 lakh ka plan hai??",
                "Theek hai"
            ]
        );
    }

    #[test]
    fn a_phrase_is_found_as_whole_words_only() {
        let answer = Answer::read("We understand it. Bilkul, samajh sakta hoon.");
        assert!(answer.find(&["under".into()]).is_none());
        let (place, sentence) = answer.find(&["samajh sakta".into()]).unwrap();
        assert_eq!((place, sentence.text), (4, "Bilkul, samajh sakta hoon."));
    }

    proptest! {
        #[test]
        fn every_sentence_stands_in_the_text(text in "\\PC{0,200}") {
            let answer = Answer::read(&text);
            for sentence in answer.sentences() {
                prop_assert!(text.contains(sentence.text));
            }
        }
    }
}
