//! What a session came to: the first answer beside the last, and the scores of both.

use super::{DrillRecord, LiveSession, Step};
use crate::scoring::{Metrics, Verdict, mean};

/// The outcome of a completed session.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    /// The mean of the drills' final answers, 0 to 100.
    pub score: u8,
    /// The mean of the drills' first answers, 0 to 100.
    pub first_score: u8,
    /// The metrics of the final answers.
    pub metrics: Metrics,
    /// The metrics of the first answers.
    pub first_metrics: Metrics,
    /// The drills in order.
    pub drills: Vec<DrillOutcome>,
    /// Seconds from start to end.
    pub duration_seconds: u64,
}

/// The outcome of one drill.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DrillOutcome {
    /// The drill's id in its scenario.
    pub drill: String,
    /// The drill's title.
    pub title: String,
    /// The customer's opening.
    pub customer_message: String,
    /// What the rep said first.
    pub initial_response: String,
    /// The coach's improved version.
    pub corrected_response: String,
    /// The rep's best repeat.
    pub final_response: String,
    /// The answer a master would give.
    pub ideal_response: String,
    /// The judgement of the first answer.
    pub first: Verdict,
    /// The judgement of the final answer.
    pub last: Verdict,
}

impl LiveSession {
    /// The outcome; `None` until the session is completed.
    pub fn outcome(&self) -> Option<Outcome> {
        if self.step() != Some(Step::Completed) {
            return None;
        }
        let frozen = self.frozen()?;
        let drills: Vec<DrillOutcome> = frozen
            .text
            .drills
            .iter()
            .zip(self.records())
            .filter_map(|(drill, record)| {
                let initial = record.initial.as_ref()?;
                let last = best_repeat(record)?;
                Some(DrillOutcome {
                    drill: drill.id.clone(),
                    title: drill.title.clone(),
                    customer_message: drill.customer_message.clone(),
                    initial_response: initial.text.clone(),
                    corrected_response: record.improved.clone().unwrap_or_default(),
                    final_response: last.text.clone(),
                    ideal_response: drill.ideal_response.clone(),
                    first: initial.verdict.clone(),
                    last: last.verdict.clone(),
                })
            })
            .collect();
        let firsts: Vec<Metrics> = drills.iter().map(|drill| drill.first.metrics).collect();
        let lasts: Vec<Metrics> = drills.iter().map(|drill| drill.last.metrics).collect();
        Some(Outcome {
            score: mean(drills.iter().map(|drill| drill.last.score)).unwrap_or(0),
            first_score: mean(drills.iter().map(|drill| drill.first.score)).unwrap_or(0),
            metrics: Metrics::mean(&lasts),
            first_metrics: Metrics::mean(&firsts),
            drills,
            duration_seconds: self.ended_at()?.saturating_sub(self.started_at()) / 1_000,
        })
    }
}

fn best_repeat(record: &DrillRecord) -> Option<&super::Attempt> {
    the_better(record.repeats.iter(), |attempt| &attempt.verdict)
}

/// The repeat that counts: the best one, since saying it once more must never cost points; the later of equals.
pub(super) fn the_better<'a, T>(
    repeats: impl Iterator<Item = &'a T>,
    verdict: impl Fn(&T) -> &Verdict,
) -> Option<&'a T> {
    repeats.max_by_key(|repeat| verdict(repeat).score)
}
