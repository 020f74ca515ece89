//! Finding a criterion's signals in what a rep wrote, whatever the spelling: romanised Hindi has no rules.

use super::acts::{ACTS, ASKING, Act};
use domain::tone::words;
use std::collections::HashSet;
use std::ops::Range;
use std::sync::LazyLock;

/// A signal group, ready to be searched for.
pub(super) struct Signals {
    /// The group's own phrases.
    own: Vec<Vec<String>>,
    /// The acts that it stands for.
    acts: Vec<&'static FoldedAct>,
}

/// An act with its ways cut into words and folded.
struct FoldedAct {
    ways: Vec<Vec<String>>,
    is_asked: bool,
}

impl FoldedAct {
    fn of(act: &Act) -> Self {
        Self {
            ways: act.ways().map(|way| folded(&words(way))).collect(),
            is_asked: act.is_asked,
        }
    }
}

static FOLDED_ACTS: LazyLock<Vec<FoldedAct>> =
    LazyLock::new(|| ACTS.iter().map(FoldedAct::of).collect());

static FOLDED_ASKING: LazyLock<FoldedAct> = LazyLock::new(|| FoldedAct::of(&ASKING));

/// A group that names this many ways of an act stands for the act.
const NAMES_AN_ACT: usize = 3;

impl Signals {
    /// Reads a group of a scenario file and adds the acts that it stands for.
    pub(super) fn read(group: &[String]) -> Self {
        let own: Vec<Vec<String>> = group
            .iter()
            .map(|phrase| folded(&words(phrase)))
            .filter(|phrase| !phrase.is_empty())
            .collect();
        let phrases: HashSet<&Vec<String>> = own.iter().collect();
        let names = |act: &&FoldedAct| {
            let named = act.ways.iter().filter(|way| phrases.contains(way));
            named.count() >= NAMES_AN_ACT
        };
        let acts = FOLDED_ACTS.iter().filter(names).collect();
        Self { own, acts }
    }

    /// Where the group's phrases stand among folded words. `asks` says that the sentence puts something to the customer.
    pub(super) fn places(&self, words: &[String], asks: bool) -> Vec<Range<usize>> {
        let acts = self.acts.iter().filter(|act| asks || !act.is_asked);
        self.own
            .iter()
            .chain(acts.flat_map(|act| &act.ways))
            .flat_map(|phrase| {
                words
                    .windows(phrase.len())
                    .enumerate()
                    .filter(move |(_, window)| *window == phrase)
                    .map(|(start, _)| start..start + phrase.len())
            })
            .collect()
    }
}

/// Whether a sentence of folded words puts something to the customer: “shall we”, “bhej doon”.
pub(super) fn puts_a_question(words: &[String]) -> bool {
    FOLDED_ASKING
        .ways
        .iter()
        .any(|way| words.windows(way.len()).any(|window| window == way))
}

/// Words with their spelling folded: one for one, so that places stay.
pub(super) fn folded(words: &[String]) -> Vec<String> {
    words.iter().map(|word| fold(word)).collect()
}

/// Letters that reps use for the same sound, the longer spelling first.
const SAME_SOUND: &[(&str, &str)] = &[
    ("chh", "ch"),
    ("ph", "f"),
    ("ei", "e"),
    ("aa", "a"),
    ("ee", "i"),
    ("oo", "u"),
    ("z", "j"),
    ("w", "v"),
];

/// One spelling for `zyada` and `jyada`, `achha` and `accha`, `karein` and `karen`, and one form for `sakta` and `sakti`:
/// whether a woman or a man writes makes no difference here. English words change too, on both sides alike.
fn fold(word: &str) -> String {
    if !word.is_ascii() || word.len() < 3 {
        return word.to_owned();
    }
    let mut folded = word.to_owned();
    for (long, short) in SAME_SOUND {
        folded = folded.replace(long, short);
    }
    let mut letters: Vec<char> = folded.chars().collect();
    letters.dedup_by(|next, last| next == last && next.is_ascii_alphabetic());
    let is_vowel = |c: &char| matches!(c, 'a' | 'e' | 'i' | 'o' | 'u');
    // The nasal at the end is often left out: hain, hai; mein, me.
    if letters.len() >= 3
        && letters.last() == Some(&'n')
        && letters.iter().rev().nth(1).is_some_and(is_vowel)
    {
        letters.pop();
    }
    // Not after r: kar, kare and kara are different words.
    if let [.., _, _, 't' | 'g' | 's' | 'y' | 'k' | 'l', 'a' | 'e' | 'i'] = letters.as_slice() {
        letters.pop();
    }
    letters.into_iter().collect()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn spellings_of_one_word_are_one() {
        for (one, other) in [
            ("zyada", "jyada"),
            ("achha", "accha"),
            ("accha", "acha"),
            ("karein", "karen"),
            ("mein", "me"),
            ("sakta", "sakti"),
            ("karunga", "karoongi"),
            ("chhota", "chote"),
            ("shuruaat", "shuruat"),
            ("nahin", "nahi"),
        ] {
            assert_eq!(fold(one), fold(other), "{one} {other}");
        }
    }

    #[test]
    fn different_words_stay_different() {
        for (one, other) in [
            ("plan", "place"),
            ("samajh", "samay"),
            ("10000", "1000"),
            ("call", "kal"),
            ("test", "text"),
            ("kar", "karein"),
            ("dekha", "dekhein"),
        ] {
            assert_ne!(fold(one), fold(other), "{one} {other}");
        }
    }

    #[test]
    fn a_group_that_names_an_act_stands_for_it() {
        let group: Vec<String> = ["i understand", "makes sense", "bilkul sahi"]
            .map(String::from)
            .into();
        let signals = Signals::read(&group);
        let sentence = folded(&words("Aapki soch galat nahi hai, fair ask"));
        assert_eq!(signals.places(&sentence, false).len(), 2);
        let two: Vec<String> = ["i understand", "makes sense"].map(String::from).into();
        assert!(Signals::read(&two).places(&sentence, false).is_empty());
    }

    #[test]
    fn an_asked_act_counts_only_where_something_is_asked() {
        let group: Vec<String> = ["plan", "draft", "sample"].map(String::from).into();
        let signals = Signals::read(&group);
        let sentence = folded(&words("kal ek call rakh lein"));
        assert!(signals.places(&sentence, false).is_empty());
        assert_eq!(signals.places(&sentence, true).len(), 1);
    }
}
