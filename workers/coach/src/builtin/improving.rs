//! The improved version: what was good in the rep's own words, and the drill's examples for what is missing.

use super::hearing::Heard;
use super::judging::verdict;
use super::spoken::Spoken;
use super::wording::count_words;
use domain::scenario::{Criterion, Drill};
use domain::scoring::{Level, Verdict};
use domain::tone::{Answer, Sentence, ToneGuidelines};

/// The score an improved version reaches at least, as far as the drill's examples do.
const IMPROVED_SCORE: u8 = 85;

/// Most words of an improved version: it is read on a phone, below the coach's remarks.
const MOST_WORDS: usize = 90;

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
    let examples = |keep: &[&str]| woven(drill, guidelines, &heard, keep);
    let mut kept: Vec<(&str, Level, u8)> = judged
        .criteria
        .iter()
        .filter_map(|criterion| {
            let level = criterion.observed.as_ref()?.level;
            (level >= Level::Two).then_some((criterion.criterion.as_str(), level, criterion.weight))
        })
        .collect();
    kept.sort_by_key(|(_, level, weight)| std::cmp::Reverse((*level, *weight)));
    let ids: Vec<&str> = kept.iter().map(|(id, _, _)| *id).collect();

    let whole =
        (ids.len() == drill.criteria.len()).then(|| cleaned_whole(drill, guidelines, &answer));
    let woven = (1..=ids.len())
        .rev()
        .filter_map(|count| ids.get(..count))
        .map(examples);
    whole
        .flatten()
        .into_iter()
        .chain(woven)
        .find(|version| is_better(drill, guidelines, version, judged))
        .unwrap_or_else(|| examples(&[]))
}

fn is_better(drill: &Drill, guidelines: &ToneGuidelines, version: &str, judged: &Verdict) -> bool {
    let again = verdict(drill, guidelines, version, false);
    again.blockers.is_empty()
        && again.score >= IMPROVED_SCORE.max(judged.score)
        && count_words(version) <= MOST_WORDS
}

/// An answer that has everything stays as it is, but for its fillers and a missing question.
fn cleaned_whole(
    drill: &Drill,
    guidelines: &ToneGuidelines,
    answer: &Answer<'_>,
) -> Option<String> {
    let sentences: Option<Vec<String>> = answer
        .sentences()
        .iter()
        .map(|sentence| cleaned(drill, guidelines, sentence))
        .collect();
    Some(ending_with_question(drill, sentences?))
}

/// In the drill's order: the rep's sentences for the criteria to keep, the example for each other one.
fn woven(drill: &Drill, guidelines: &ToneGuidelines, heard: &Heard<'_>, keep: &[&str]) -> String {
    let mut used: Vec<usize> = Vec::new();
    let mut parts = Vec::new();
    for criterion in &drill.criteria {
        let own = keep
            .contains(&criterion.id.as_str())
            .then(|| own_sentences(drill, guidelines, heard, criterion))
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

/// The fewest of the rep's sentences that hold what was heard of a criterion, cleaned; `None` when one can't be kept.
fn own_sentences(
    drill: &Drill,
    guidelines: &ToneGuidelines,
    heard: &Heard<'_>,
    criterion: &Criterion,
) -> Option<Vec<(usize, String)>> {
    let mut missing: Vec<Vec<usize>> = heard
        .places(criterion)
        .into_iter()
        .filter(|place| !place.is_empty())
        .collect();
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
            Some((index, cleaned(drill, guidelines, heard.sentence)?))
        })
        .collect()
}

/// A sentence without the phrases that are best left out. `None` when it holds one that needs other words, or a blocker.
fn cleaned(drill: &Drill, guidelines: &ToneGuidelines, sentence: &Sentence<'_>) -> Option<String> {
    let blocked = drill
        .blockers
        .iter()
        .chain(&guidelines.blockers)
        .any(|blocker| sentence.has_any(&blocker.signals));
    let mut leave_out = Vec::new();
    for phrase in &guidelines.phrases_to_avoid {
        let places = sentence.places(&phrase.signals);
        if !places.is_empty() && !phrase.instead.is_empty() {
            return None;
        }
        leave_out.extend(places);
    }
    let text = if leave_out.is_empty() {
        sentence.text.to_owned()
    } else {
        Spoken::read(sentence.text).without(&leave_out)
    };
    (!blocked && !text.is_empty()).then(|| ended(text))
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
