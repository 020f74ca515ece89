//! The arithmetic of a verdict.

use super::{
    BLOCKED_SCORE_CAP, BlockerFound, CriterionVerdict, Judge, Judgement, Metric, Metrics, Observed,
    PASS_SCORE, Verdict,
};
use crate::scenario::{Blocker, Criterion, Drill};
use crate::tone::{self, Answer, Phrases, ToneFinding, ToneGuidelines};

/// Why a judge's judgements can't be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum VerdictFault {
    /// A criterion was left out.
    #[error("no judgement for the criterion {0}")]
    Missing(String),
    /// A criterion was judged twice, or is none of the drill's.
    #[error("the judgement for {0} is not asked for or comes twice")]
    Unexpected(String),
    /// The quote is not the rep's words.
    #[error("the quote for {criterion} does not stand in the answer")]
    InventedQuote {
        /// The criterion's id.
        criterion: String,
    },
}

/// Turns judgements into a verdict. The same answer with the same judgements always gives the same verdict.
///
/// The total is the weighted mean of all criteria (level of 3) and tone rules, where tone earns in proportion to substance: in
/// a steady voice the score is the share of what was asked for and said, and each tone fault lowers it. A metric shows its
/// own criteria and rules, with tone in full from a third of the substance on. A polite empty sentence earns nothing in
/// either. With a blocker the score shrinks to [`BLOCKED_SCORE_CAP`] percent of itself.
pub fn grade(
    drill: &Drill,
    guidelines: &ToneGuidelines,
    answer_text: &str,
    judgements: Vec<Judgement>,
    judge: Judge,
) -> Result<Verdict, VerdictFault> {
    let answer = Answer::read(answer_text);
    let criteria = match_judgements(drill, answer_text, judgements)?;
    let tone = tone::check(guidelines, &answer);
    let blockers: Vec<BlockerFound> = guidelines
        .blockers
        .iter()
        .chain(&drill.blockers)
        .filter_map(|blocker| found(blocker, &answer))
        .collect();

    let substance = Share::of(criteria.iter().map(criterion_share));
    let parts = |tone_counts: u64| {
        let of_criteria = criteria.iter().map(|c| (c.metric, criterion_share(c)));
        let of_tone = tone
            .iter()
            .map(move |finding| (finding.metric, tone_share(finding, tone_counts)));
        of_criteria.chain(of_tone)
    };
    let metrics = Metrics::from_fn(|metric: Metric| {
        let share = Share::of(
            parts(substance.per_mille_of_a_third())
                .filter(|(of, _)| *of == metric)
                .map(|(_, share)| share),
        );
        share.percent()
    });
    let total = Share::of(parts(substance.per_mille()).map(|(_, share)| share))
        .percent()
        .unwrap_or(0);
    let score = if blockers.is_empty() {
        total
    } else {
        part(total, BLOCKED_SCORE_CAP)
    };
    Ok(Verdict {
        score,
        passed: score >= PASS_SCORE && blockers.is_empty(),
        metrics,
        criteria,
        tone,
        blockers,
        own_words_percent: 100,
        judge,
    })
}

impl Verdict {
    /// The verdict with the blockers that its judge found beside those that code knows by their words: a false promise can
    /// be made in any words. The same blocker counts once.
    #[must_use]
    pub fn with_blockers(mut self, found: Vec<BlockerFound>) -> Self {
        let was_blocked = !self.blockers.is_empty();
        for blocker in found {
            let known = |known: &BlockerFound| known.blocker == blocker.blocker;
            if !self.blockers.iter().any(known) {
                self.blockers.push(blocker);
            }
        }
        if !was_blocked && !self.blockers.is_empty() {
            self.score = part(self.score, BLOCKED_SCORE_CAP);
            self.passed = false;
        }
        self
    }
}

/// So many percent of a score, rounded down.
fn part(score: u8, percent: u8) -> u8 {
    u8::try_from(u16::from(score) * u16::from(percent) / 100).unwrap_or(0)
}

/// A weighted mean in whole numbers: `got` of `possible`.
#[derive(Debug, Clone, Copy, Default)]
struct Share {
    got: u64,
    possible: u64,
}

/// What a full level or a fully held rule is worth per weight: divisible by 3 levels and by 100 percent.
const FULL: u64 = 300 * 1_000;

impl Share {
    fn of(parts: impl Iterator<Item = Share>) -> Self {
        parts.fold(Share::default(), |sum, part| Share {
            got: sum.got + part.got,
            possible: sum.possible + part.possible,
        })
    }

    fn percent(self) -> Option<u8> {
        let percent = (self.got * 200 + self.possible).checked_div(self.possible * 2)?;
        u8::try_from(percent.min(100)).ok()
    }

    /// 0 of nothing, 1000 of all.
    fn per_mille(self) -> u64 {
        (self.got * 1_000).checked_div(self.possible).unwrap_or(0)
    }

    /// 0 of nothing, 1000 from a third upwards.
    fn per_mille_of_a_third(self) -> u64 {
        (self.per_mille() * 3).min(1_000)
    }
}

fn criterion_share(criterion: &CriterionVerdict) -> Share {
    let level = criterion
        .observed
        .as_ref()
        .map_or(0, |observed| u64::from(u8::from(observed.level)));
    let weight = u64::from(criterion.weight);
    Share {
        got: weight * level * (FULL / 3),
        possible: weight * FULL,
    }
}

fn tone_share(finding: &ToneFinding, counts_per_mille: u64) -> Share {
    let weight = u64::from(finding.weight);
    Share {
        got: weight * u64::from(finding.held) * counts_per_mille * (FULL / 100_000),
        possible: weight * FULL,
    }
}

fn match_judgements(
    drill: &Drill,
    answer: &str,
    judgements: Vec<Judgement>,
) -> Result<Vec<CriterionVerdict>, VerdictFault> {
    let mut judgements = judgements;
    let mut criteria = Vec::with_capacity(drill.criteria.len());
    for criterion in &drill.criteria {
        let place = judgements
            .iter()
            .position(|judgement| judgement.criterion == criterion.id)
            .ok_or_else(|| VerdictFault::Missing(criterion.id.clone()))?;
        let judgement = judgements.swap_remove(place);
        criteria.push(explain(criterion, answer, judgement.observed)?);
    }
    match judgements.first() {
        Some(left) => Err(VerdictFault::Unexpected(left.criterion.clone())),
        None => Ok(criteria),
    }
}

fn explain(
    criterion: &Criterion,
    answer: &str,
    observed: Option<Observed>,
) -> Result<CriterionVerdict, VerdictFault> {
    if let Some(observed) = &observed {
        let quote = observed.quote.trim();
        if quote.is_empty() || !answer.contains(quote) {
            return Err(VerdictFault::InventedQuote {
                criterion: criterion.id.clone(),
            });
        }
    }
    let level = observed
        .as_ref()
        .map(|observed| usize::from(u8::from(observed.level)));
    let anchor = level.map_or("Not observed in this answer.", |level| {
        criterion.levels.get(level).map_or("", String::as_str)
    });
    Ok(CriterionVerdict {
        criterion: criterion.id.clone(),
        text: criterion.text.clone(),
        metric: criterion.metric,
        weight: criterion.weight,
        anchor: anchor.to_owned(),
        advice: (level != Some(3)).then(|| criterion.advice.clone()),
        observed,
    })
}

/// How many words may part a promise from the word that denies it: “guaranteed sales ka promise koi nahi kar sakta”.
const DENIAL_REACH: usize = 4;

/// A blocker is found where one of its phrases stands. A phrase of several words that the sentence denies is an honest
/// refusal, no promise; a single word, such as an insult, is not mended by a “not”.
fn found(blocker: &Blocker, answer: &Answer<'_>) -> Option<BlockerFound> {
    let signals = Phrases::read(&blocker.signals);
    let sentence = answer.sentences().iter().find(|sentence| {
        sentence
            .places(&signals)
            .into_iter()
            .any(|place| place.len() == 1 || !sentence.denies(place, DENIAL_REACH))
    })?;
    Some(BlockerFound {
        blocker: blocker.id.clone(),
        text: blocker.text.clone(),
        quote: sentence.text.to_owned(),
    })
}
