//! From what was heard to a level and a quote per criterion.

use super::hearing::{Heard, HeardSentence};
use super::signals::Signals;
use super::spoken::Spoken;
use crate::suspicion::suspected_sentences;
use domain::scenario::{Criterion, Drill};
use domain::scoring::{Judge, Judgement, Level, Metrics, Observed, Verdict, grade};
use domain::tone::{Answer, ToneGuidelines};

/// Judges an answer criterion by criterion, in the drill's order. The level is three times the share of signal groups
/// heard, rounded down, at least 1 when one is; nothing heard is "not observed". The quote is the sentence that holds most
/// of the criterion's groups, or the stretch of it that does when the sentence is long.
pub fn judge(drill: &Drill, answer: &str) -> Vec<Judgement> {
    let answer = Answer::read(answer);
    judgements(drill, &Heard::listen(drill, &answer))
}

fn judgements(drill: &Drill, heard: &Heard<'_>) -> Vec<Judgement> {
    let criteria = drill.criteria.iter();
    criteria
        .map(|criterion| Judgement {
            criterion: criterion.id.clone(),
            observed: observe(heard, criterion),
        })
        .collect()
}

/// Judges and grades an answer. `stand_in` says that the verdict takes the place of a model's.
pub fn verdict(
    drill: &Drill,
    guidelines: &ToneGuidelines,
    answer: &str,
    stand_in: bool,
) -> Verdict {
    let answer = Answer::read(answer);
    let heard = Heard::listen(drill, &answer);
    verdict_of(drill, guidelines, &answer, &heard, false, stand_in)
}

/// The same for an answer whose suspected sentences count for nothing: an attack earns what its honest part earns.
pub fn wary_verdict(
    drill: &Drill,
    guidelines: &ToneGuidelines,
    answer: &str,
    stand_in: bool,
) -> Verdict {
    let answer = Answer::read(answer);
    let suspected = suspected_sentences(&answer);
    let is_suspected = suspected.contains(&true);
    let heard = Heard::without(drill, &answer, suspected);
    verdict_of(drill, guidelines, &answer, &heard, is_suspected, stand_in)
}

fn verdict_of(
    drill: &Drill,
    guidelines: &ToneGuidelines,
    answer: &Answer<'_>,
    heard: &Heard<'_>,
    is_suspected: bool,
    stand_in: bool,
) -> Verdict {
    let judge_ = Judge::BuiltIn { stand_in };
    let nothing_observed = || {
        drill
            .criteria
            .iter()
            .map(|criterion| Judgement {
                criterion: criterion.id.clone(),
                observed: None,
            })
            .collect()
    };
    let graded =
        |text: &str, judgements| grade(drill, guidelines, text, judgements, judge_.clone());
    let verdict = graded(answer.text(), judgements(drill, heard))
        .or_else(|_| graded(answer.text(), nothing_observed()));
    // What counts for nothing doesn't lend an answer its length or its closing question.
    let counted = heard.counted.as_deref();
    let without =
        counted.and_then(|text| graded(text, with_quote(judgements(drill, heard), text)).ok());
    let verdict = verdict.map(|verdict| match without {
        // Nor does what is suspected cost the honest rest its closing question; a false promise fails it anywhere.
        Some(without)
            if without.score < verdict.score
                || (is_suspected && verdict.blockers == without.blockers) =>
        {
            Verdict {
                score: without.score,
                metrics: without.metrics,
                tone: without.tone,
                passed: without.passed && verdict.blockers.is_empty(),
                ..verdict
            }
        }
        _ => verdict,
    });
    // One judgement per criterion without a quote leaves nothing to refuse.
    verdict.unwrap_or(Verdict {
        score: 0,
        passed: false,
        metrics: Metrics::default(),
        criteria: Vec::new(),
        tone: Vec::new(),
        blockers: Vec::new(),
        own_words_percent: 100,
        judge: judge_,
    })
}

/// The same levels with a quote that stands in this text: for the arithmetic alone, never shown.
fn with_quote(judgements: Vec<Judgement>, text: &str) -> Vec<Judgement> {
    let quoting = |observed: Observed| Observed {
        quote: text.to_owned(),
        ..observed
    };
    judgements
        .into_iter()
        .map(|judgement| Judgement {
            observed: judgement.observed.map(quoting),
            ..judgement
        })
        .collect()
}

fn observe(heard: &Heard<'_>, criterion: &Criterion) -> Option<Observed> {
    let places = heard.places(criterion);
    let groups_heard = places
        .iter()
        .filter(|sentences| !sentences.is_empty())
        .count();
    let level = level(groups_heard, places.len())?.min(heard.ceiling);
    let groups_in = |index: usize| places.iter().filter(|place| place.contains(&index)).count();
    // `rev`, since the last of equals wins: the quote is the first sentence that says most.
    let (_, richest) = heard
        .sentences
        .iter()
        .enumerate()
        .rev()
        .max_by_key(|(index, _)| groups_in(*index))?;
    Some(Observed {
        quote: quote(richest, criterion).to_owned(),
        level,
    })
}

fn level(heard: usize, groups: usize) -> Option<Level> {
    let share = (3 * heard).checked_div(groups)?;
    match (heard, share) {
        (0, _) => None,
        (_, 0 | 1) => Some(Level::One),
        (_, 2) => Some(Level::Two),
        _ => Some(Level::Three),
    }
}

/// A sentence up to this many words is quoted whole.
const LONGEST_QUOTE: usize = 30;

/// Words quoted before and after the ones that count, so that a stretch can be understood.
const AROUND: usize = 3;

fn quote<'a>(heard: &HeardSentence<'a>, criterion: &Criterion) -> &'a str {
    let sentence = heard.sentence;
    if sentence.words.len() <= LONGEST_QUOTE {
        return sentence.text;
    }
    let firsts = || {
        criterion.signals.iter().filter_map(|group| {
            heard
                .hits(&Signals::read(group))
                .into_iter()
                .min_by_key(|place| place.start)
        })
    };
    let start = firsts().map(|place| place.start).min().unwrap_or(0);
    let end = firsts().map(|place| place.end).max().unwrap_or(0);
    let end = end.min(start + LONGEST_QUOTE) + AROUND;
    Spoken::read(sentence.text).excerpt(start.saturating_sub(AROUND)..end)
}
