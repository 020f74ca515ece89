//! How far a model's judgements are believed. A model can be talked to; these checks can't. What they refuse is judged by the
//! built-in coach instead ([`wary_verdict`]), and the rep loses nothing by it.

use crate::builtin::{copied_words, wary_verdict};
use crate::suspicion::{Suspicion, suspected};
use domain::scenario::Drill;
use domain::scoring::{CriterionVerdict, Judge, Judgement, Level, Verdict, VerdictFault, grade};
use domain::tone::ToneGuidelines;
use std::collections::HashMap;

/// Why a model's judgements are not believed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Disbelief {
    /// The answer seems to speak to the judge: a model may have listened.
    #[error("the answer speaks to the scorer: {}", .0.quote)]
    Suspected(Suspicion),
    /// The judgements don't fit the drill or the answer.
    #[error(transparent)]
    Fault(#[from] VerdictFault),
    /// The evidence is the customer's own message.
    #[error("the quote for {criterion} is the customer's")]
    CustomersWords {
        /// The criterion's id.
        criterion: String,
    },
    /// The same few words are the evidence of too many criteria.
    #[error("one quote stands for {criteria} criteria")]
    OneQuoteForAll {
        /// How many.
        criteria: usize,
    },
    /// The score is further above what the built-in coach hears than honest answers are.
    #[error(
        "the levels are higher than the words of the answer can carry, by {above} points in all"
    )]
    TooHigh {
        /// Points of 100.
        above: u8,
    },
}

/// So many criteria may have the same quote: one sentence often does two things.
const SAME_QUOTE: usize = 3;

/// So far above the built-in coach's score a model's is believed. It hears more than words; on the golden set a trainer's
/// levels come to 53 more at most.
pub const MOST_ABOVE: u8 = 60;

/// A model's judgements as a verdict, if they can be believed.
pub fn believed(
    drill: &Drill,
    guidelines: &ToneGuidelines,
    answer: &str,
    judgements: Vec<Judgement>,
    model: String,
) -> Result<Verdict, Disbelief> {
    if let Some(suspicion) = suspected(answer) {
        return Err(Disbelief::Suspected(suspicion));
    }
    let verdict = grade(
        drill,
        guidelines,
        answer,
        judgements,
        Judge::Model { model },
    )?;
    check(drill, guidelines, answer, &verdict)?;
    Ok(verdict)
}

/// Whether a model's verdict on an answer that is not suspected can be believed.
pub fn check(
    drill: &Drill,
    guidelines: &ToneGuidelines,
    answer: &str,
    verdict: &Verdict,
) -> Result<(), Disbelief> {
    evidence(drill, &verdict.criteria)?;
    let built_in = wary_verdict(drill, guidelines, answer, true);
    let above = verdict.score.saturating_sub(built_in.score);
    if above > MOST_ABOVE {
        return Err(Disbelief::TooHigh { above });
    }
    Ok(())
}

fn evidence(drill: &Drill, criteria: &[CriterionVerdict]) -> Result<(), Disbelief> {
    let mut uses: HashMap<Vec<String>, usize> = HashMap::new();
    for judged in criteria {
        let Some(observed) = judged.observed.as_ref().filter(|o| o.level > Level::One) else {
            continue;
        };
        if copied_words(drill, &observed.quote) {
            return Err(Disbelief::CustomersWords {
                criterion: judged.criterion.clone(),
            });
        }
        *uses
            .entry(domain::tone::words(&observed.quote))
            .or_default() += 1;
    }
    let criteria = uses.into_values().max().unwrap_or(0);
    if criteria > SAME_QUOTE {
        return Err(Disbelief::OneQuoteForAll { criteria });
    }
    Ok(())
}
