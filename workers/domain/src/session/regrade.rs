//! What a completed session comes to when its answers are judged anew: by the rules of the first time, with managers' scores on top.

use super::outcome::the_better;
use crate::ids::MessageId;
use crate::scoring::{Metrics, Verdict, mean};

/// An answer with its judgement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JudgedAnswer {
    /// The rep's message.
    pub message: MessageId,
    /// What it was judged.
    pub verdict: Verdict,
}

/// All answers of one drill, each judged anew.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JudgedDrill {
    /// The rep's first answer.
    pub first: JudgedAnswer,
    /// The repeats, in the order they were said; at least one.
    pub repeats: Vec<JudgedAnswer>,
    /// A manager's score of one of the repeats.
    pub overridden: Option<OverriddenAnswer>,
}

/// A manager's score. It was given to one answer, and that one goes on to count, with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OverriddenAnswer {
    /// The answer it was given to.
    pub message: MessageId,
    /// 0 to 100.
    pub score: u8,
}

/// What a session comes to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recount {
    /// The mean of the drills' final answers, managers' scores in place of the judge's.
    pub score: u8,
    /// The mean of the drills' first answers.
    pub first_score: u8,
    /// The metrics of the final answers, always the judge's.
    pub metrics: Metrics,
    /// The metrics of the first answers.
    pub first_metrics: Metrics,
    /// Its drills.
    pub drills: Vec<DrillRecount>,
}

/// What a drill comes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DrillRecount {
    /// Of the first answer.
    pub first_score: u8,
    /// What counts: a manager's score, else that of the best repeat.
    pub score: u8,
    /// The repeat that counts.
    pub last: MessageId,
}

/// Counts a session anew; `None` of one without drills, or with a drill that was never repeated.
pub fn recount(drills: &[JudgedDrill]) -> Option<Recount> {
    let lasts: Vec<&JudgedAnswer> = drills.iter().map(last).collect::<Option<_>>()?;
    let counted: Vec<DrillRecount> = drills
        .iter()
        .zip(&lasts)
        .map(|(drill, last)| DrillRecount {
            first_score: drill.first.verdict.score,
            score: drill
                .overridden
                .map_or(last.verdict.score, |by_manager| by_manager.score),
            last: last.message,
        })
        .collect();
    let metrics = |answers: &mut dyn Iterator<Item = &JudgedAnswer>| {
        let all: Vec<Metrics> = answers.map(|answer| answer.verdict.metrics).collect();
        Metrics::mean(&all)
    };
    Some(Recount {
        score: mean(counted.iter().map(|drill| drill.score))?,
        first_score: mean(counted.iter().map(|drill| drill.first_score))?,
        metrics: metrics(&mut lasts.iter().copied()),
        first_metrics: metrics(&mut drills.iter().map(|drill| &drill.first)),
        drills: counted,
    })
}

/// The repeat that counts: the one a manager scored, else the best.
fn last(drill: &JudgedDrill) -> Option<&JudgedAnswer> {
    let scored = drill.overridden.and_then(|by_manager| {
        let mut repeats = drill.repeats.iter();
        repeats.find(|repeat| repeat.message == by_manager.message)
    });
    scored.or_else(|| the_better(drill.repeats.iter(), |repeat| &repeat.verdict))
}
