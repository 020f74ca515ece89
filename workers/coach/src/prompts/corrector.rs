//! The coach's message after a first answer.

use super::{Prompt, PromptError, Situation};
use domain::scenario::Drill;
use domain::scoring::Verdict;
use serde::Serialize;

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Material<'a> {
    situation: Situation<'a>,
    answer: &'a str,
    verdict: &'a Verdict,
    coaching_notes: &'a [String],
    tone_guidelines: &'a [String],
    common_mistakes: &'a [String],
    ideal_response: &'a str,
}

/// Asks for the correction of a judged answer. It streams as plain text; what follows the line `*Improved version:*`, up to the
/// next empty line, is the improved version.
pub fn correct(drill: &Drill, answer: &str, verdict: &Verdict) -> Result<Prompt, PromptError> {
    Prompt::new(
        "corrector/v1",
        include_str!("../../prompts/v1/corrector.md"),
        &Material {
            situation: Situation::of(drill),
            answer,
            verdict,
            coaching_notes: &drill.coaching_notes,
            tone_guidelines: &drill.tone_guidelines,
            common_mistakes: &drill.common_mistakes,
            ideal_response: &drill.ideal_response,
        },
    )
}
