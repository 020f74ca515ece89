//! The improved version: what was good in the rep's own words, and the drill's examples for what is missing.

use super::hearing::Heard;
use super::judging::verdict;
use super::spoken::Spoken;
use super::wording::count_words;
use crate::order::sort_few_by_key;
use domain::scenario::{Criterion, Drill};
use domain::scoring::{Level, Verdict};
use domain::tone::{Answer, Phrases, Sentence, ToneGuidelines};

/// The score an improved version reaches at least, as far as the drill's examples do.
const IMPROVED_SCORE: u8 = 85;

/// Most words of a woven version: it is read on a phone, below the coach's remarks.
const MOST_WORDS: usize = 90;

/// So many words more than the examples alone may have, for the rep's own sentences.
const MORE_FOR_OWN_WORDS: usize = 10;

/// Most words of an answer that stays as it is: there is little to remark on it.
const MOST_WORDS_WHOLE: usize = 110;

/// Builds the improved version of an answer. Of all versions that keep some of the rep's sentences, the first that is good,
/// short and not below the answer itself is taken, beginning with the one that keeps most; the examples alone come last.
pub(super) fn improve(
    drill: &Drill,
    guidelines: &ToneGuidelines,
    answer_text: &str,
    judged: &Verdict,
) -> String {
    let answer = Answer::read(answer_text);
    let heard = Heard::listen(drill, &answer);
    let cleaner = Cleaner::new(drill, guidelines);
    let keeping = |keep: &[&str]| woven(drill, &cleaner, &heard, keep);
    let mut kept: Vec<(&str, Level, u8)> = judged
        .criteria
        .iter()
        .filter_map(|criterion| {
            let level = criterion.observed.as_ref()?.level;
            (level >= Level::Two).then_some((criterion.criterion.as_str(), level, criterion.weight))
        })
        .collect();
    sort_few_by_key(&mut kept, |(_, level, weight)| {
        std::cmp::Reverse((*level, *weight))
    });
    let ids: Vec<&str> = kept.iter().map(|(id, _, _)| *id).collect();

    let examples = keeping(&[]);
    let most_words = MOST_WORDS.max(count_words(&examples) + MORE_FOR_OWN_WORDS);
    let whole =
        (ids.len() == drill.criteria.len()).then(|| cleaned_whole(drill, &cleaner, &answer));
    let whole = whole
        .flatten()
        .into_iter()
        .filter(|version| count_words(version) <= MOST_WORDS_WHOLE);
    let woven = (1..=ids.len())
        .rev()
        .filter_map(|count| ids.get(..count))
        .map(keeping)
        .filter(|version| count_words(version) <= most_words);
    whole
        .chain(woven)
        .find(|version| is_better(drill, guidelines, version, judged))
        .unwrap_or(examples)
}

fn is_better(drill: &Drill, guidelines: &ToneGuidelines, version: &str, judged: &Verdict) -> bool {
    let again = verdict(drill, guidelines, version, false);
    again.blockers.is_empty() && again.score >= IMPROVED_SCORE.max(judged.score)
}

/// An answer that has everything stays as it is, but for its fillers and a missing question.
fn cleaned_whole(drill: &Drill, cleaner: &Cleaner, answer: &Answer<'_>) -> Option<String> {
    let sentences: Option<Vec<String>> = answer
        .sentences()
        .iter()
        .map(|sentence| cleaner.clean(sentence))
        .collect();
    Some(ending_with_question(drill, sentences?))
}

/// In the drill's order: the rep's sentences for the criteria to keep, the example for each other one.
fn woven(drill: &Drill, cleaner: &Cleaner, heard: &Heard<'_>, keep: &[&str]) -> String {
    let mut used: Vec<usize> = Vec::new();
    let mut parts = Vec::new();
    for criterion in &drill.criteria {
        let own = keep
            .contains(&criterion.id.as_str())
            .then(|| own_sentences(cleaner, heard, criterion))
            .flatten();
        match own {
            Some(own) => {
                for (index, text) in own {
                    if !used.contains(&index) {
                        used.push(index);
                        parts.push(text);
                    }
                }
            }
            None => parts.push(criterion.example.clone()),
        }
    }
    ending_with_question(drill, parts)
}

/// The fewest of the rep's sentences that hold what was heard of a criterion, cleaned; `None` when one can't be kept, or when
/// a model heard something that this coach didn't.
fn own_sentences(
    cleaner: &Cleaner,
    heard: &Heard<'_>,
    criterion: &Criterion,
) -> Option<Vec<(usize, String)>> {
    let mut missing: Vec<Vec<usize>> = heard
        .places(criterion)
        .iter()
        .filter(|place| !place.is_empty())
        .cloned()
        .collect();
    if missing.is_empty() {
        return None;
    }
    let mut chosen = Vec::new();
    while !missing.is_empty() {
        let (index, _) = (0..heard.sentences.len())
            .map(|index| {
                (
                    index,
                    missing
                        .iter()
                        .filter(|place| place.contains(&index))
                        .count(),
                )
            })
            .rev()
            .max_by_key(|(_, holds)| *holds)?;
        missing.retain(|place| !place.contains(&index));
        chosen.push(index);
    }
    chosen.sort_unstable();
    chosen
        .into_iter()
        .map(|index| {
            let heard = heard.sentences.get(index)?;
            Some((index, cleaner.clean(heard.sentence)?))
        })
        .collect()
}

/// Decides which of the rep's sentences can be kept, and frees them from what is best left out.
struct Cleaner {
    blockers: Phrases,
    /// Phrases that need other words in their place.
    to_reword: Phrases,
    to_leave_out: Phrases,
}

impl Cleaner {
    fn new(drill: &Drill, guidelines: &ToneGuidelines) -> Self {
        let all = |lists: Vec<&Vec<String>>| {
            Phrases::read(&lists.into_iter().flatten().cloned().collect::<Vec<_>>())
        };
        let avoided = |reword: bool| {
            guidelines
                .phrases_to_avoid
                .iter()
                .filter(|phrase| phrase.instead.is_empty() != reword)
                .map(|phrase| &phrase.signals)
                .collect()
        };
        let blockers = drill.blockers.iter().chain(&guidelines.blockers);
        Self {
            blockers: all(blockers.map(|blocker| &blocker.signals).collect()),
            to_reword: all(avoided(true)),
            to_leave_out: all(avoided(false)),
        }
    }

    /// A sentence without its fillers; `None` when it can't be kept.
    fn clean(&self, sentence: &Sentence<'_>) -> Option<String> {
        if sentence.has_any(&self.blockers) || sentence.has_any(&self.to_reword) {
            return None;
        }
        let leave_out = sentence.places(&self.to_leave_out);
        let text = if leave_out.is_empty() {
            sentence.text.to_owned()
        } else {
            Spoken::read(sentence.text).without(&leave_out)
        };
        (!text.is_empty()).then(|| ended(text))
    }
}

/// A sentence that lacks its full stop gets one, so that the next can follow it.
fn ended(text: String) -> String {
    if text.ends_with(['.', '?', '!', '।', '…']) {
        text
    } else {
        format!("{}.", text.trim_end_matches([',', ';', ':', '-', ' ']))
    }
}

fn ending_with_question(drill: &Drill, mut parts: Vec<String>) -> String {
    let asks = parts.last().is_some_and(|last| last.ends_with('?'));
    if !asks && let Some(last) = drill.criteria.last() {
        parts.retain(|part| *part != last.example);
        parts.push(last.example.clone());
    }
    parts.join(" ")
}
