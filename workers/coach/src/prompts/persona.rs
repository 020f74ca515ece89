//! The customer's voice.

use super::{Prompt, PromptError};
use domain::scenario::{Customer, Drill};
use domain::scoring::Stance;
use serde::Serialize;

/// What the customer knows of a drill: himself, what he wrote, and how he sounds. There is no place in it for criteria, the
/// ideal response or the coach's notes.
#[derive(Debug, Clone)]
pub struct Persona<'a> {
    customer: &'a Customer,
    opening: &'a str,
    /// How far the talk has moved him; decided by `domain`, only voiced here.
    stance: Stance,
    lines: &'a [String],
}

impl<'a> Persona<'a> {
    /// The customer of a drill at a stance.
    pub fn of(drill: &'a Drill, stance: Stance) -> Self {
        let lines = match stance {
            Stance::Open => &drill.reactions.open,
            Stance::Softened => &drill.reactions.softened,
            Stance::Resolved => &drill.reactions.resolved,
        };
        Self {
            customer: &drill.customer,
            opening: &drill.customer_message,
            stance,
            lines,
        }
    }
}

/// A line of the talk after the customer's opening. The coach's lines are no part of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(tag = "by", content = "text", rename_all = "camelCase")]
pub enum Said<'a> {
    /// The customer said it.
    Customer(&'a str),
    /// The rep said it.
    Salesperson(&'a str),
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Material<'a> {
    customer: &'a Customer,
    talk: Vec<Said<'a>>,
    stance: Stance,
    lines: &'a [String],
}

/// Asks for the customer's next line. `talk` is what followed his opening message.
pub fn play(persona: &Persona<'_>, talk: &[Said<'_>]) -> Result<Prompt, PromptError> {
    let opening = Said::Customer(persona.opening);
    Prompt::new(
        "persona/v1",
        include_str!("../../prompts/v1/persona.md"),
        &Material {
            customer: persona.customer,
            talk: [opening].into_iter().chain(talk.iter().copied()).collect(),
            stance: persona.stance,
            lines: persona.lines,
        },
    )
}
