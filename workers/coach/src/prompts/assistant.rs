//! A rep's questions about a finished session.

use super::{Prompt, PromptError};
use domain::scoring::{Metrics, Verdict};
use domain::session::Outcome;
use serde::Serialize;

/// A question that was answered before.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Exchange<'a> {
    /// What the rep asked.
    pub question: &'a str,
    /// What the coach said.
    pub answer: &'a str,
}

/// A manager's score that counts in place of the judge's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ManagersScore<'a> {
    /// The drill's id in its scenario.
    #[serde(skip)]
    pub drill: &'a str,
    /// What counts.
    pub score: u8,
    /// What the judge gave.
    pub judged: u8,
    /// Why, in the manager's words.
    pub reason: &'a str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Material<'a> {
    session: Session<'a>,
    earlier: &'a [Exchange<'a>],
    question: &'a str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Session<'a> {
    score: u8,
    first_score: u8,
    metrics: Metrics,
    first_metrics: Metrics,
    drills: Vec<Drill<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Drill<'a> {
    title: &'a str,
    customer_message: &'a str,
    first_answer: &'a str,
    improved_version: &'a str,
    final_answer: &'a str,
    first_verdict: &'a Verdict,
    final_verdict: &'a Verdict,
    managers_score: Option<&'a ManagersScore<'a>>,
}

/// Asks for an answer to a rep's question, from this session alone.
pub fn assist(
    outcome: &Outcome,
    overrides: &[ManagersScore<'_>],
    earlier: &[Exchange<'_>],
    question: &str,
) -> Result<Prompt, PromptError> {
    let drills = outcome.drills.iter().map(|drill| Drill {
        title: &drill.title,
        customer_message: &drill.customer_message,
        first_answer: &drill.initial_response,
        improved_version: &drill.corrected_response,
        final_answer: &drill.final_response,
        first_verdict: &drill.first,
        final_verdict: &drill.last,
        managers_score: overrides.iter().find(|over| over.drill == drill.drill),
    });
    Prompt::new(
        "assistant/v1",
        include_str!("../../prompts/v1/assistant.md"),
        &Material {
            session: Session {
                score: outcome.score,
                first_score: outcome.first_score,
                metrics: outcome.metrics,
                first_metrics: outcome.first_metrics,
                drills: drills.collect(),
            },
            earlier,
            question,
        },
    )
}
