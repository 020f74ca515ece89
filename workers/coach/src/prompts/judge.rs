//! Judging one answer.

use super::{Prompt, PromptError, Situation};
use domain::scenario::{Blocker, Drill};
use domain::tone::ToneGuidelines;
use serde::Serialize;

/// Which instructions a judge gets.
pub const JUDGE: &str = "judge/v1";

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Material<'a> {
    situation: Situation<'a>,
    criteria: Vec<Criterion<'a>>,
    blockers: Vec<FailsAnswer<'a>>,
    common_mistakes: &'a [String],
    answer: &'a str,
}

/// A criterion without its metric, weight and signals: what it counts for is none of the judge's concern.
#[derive(Serialize)]
struct Criterion<'a> {
    id: &'a str,
    text: &'a str,
    levels: &'a [String],
    example: &'a str,
}

#[derive(Serialize)]
struct FailsAnswer<'a> {
    id: &'a str,
    text: &'a str,
}

impl<'a> FailsAnswer<'a> {
    fn of(blocker: &'a Blocker) -> Self {
        Self {
            id: &blocker.id,
            text: &blocker.text,
        }
    }
}

/// Asks for a verdict on an answer: a quote and a level per criterion. Who wrote it is not told.
pub fn judge(
    drill: &Drill,
    guidelines: &ToneGuidelines,
    answer: &str,
) -> Result<Prompt, PromptError> {
    let blockers = guidelines.blockers.iter().chain(&drill.blockers);
    Prompt::new(
        JUDGE,
        include_str!("../../prompts/v1/judge.md"),
        &Material {
            situation: Situation::of(drill),
            criteria: drill
                .criteria
                .iter()
                .map(|criterion| Criterion {
                    id: &criterion.id,
                    text: &criterion.text,
                    levels: &criterion.levels,
                    example: &criterion.example,
                })
                .collect(),
            blockers: blockers.map(FailsAnswer::of).collect(),
            common_mistakes: &drill.common_mistakes,
            answer,
        },
    )
}
