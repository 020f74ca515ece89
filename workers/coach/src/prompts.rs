//! What is put to a model: instructions that never change, and the material as JSON beside them.
//!
//! The instructions of each role are a file in `prompts/`, written for a trainer to read. They hold no name, no scenario and no
//! rep's word: all of that travels as one JSON object in a user message, so nothing that anybody typed is ever read as an
//! instruction's part. A role is given what it needs and no more: the customer's voice is made from [`Persona`], which has no
//! place for a rubric.

mod assistant;
mod corrector;
mod judge;
mod persona;
mod scenario;

pub use assistant::{Exchange, ManagersScore, assist};
pub use corrector::correct;
pub use judge::{JUDGE, judge};
pub use persona::{Persona, Said, play};
pub use scenario::author;

use domain::scenario::Drill;
use serde::Serialize;

/// The folder of the instructions: what a session is frozen with that models coach.
pub const VERSION: &str = "v1";

/// What a model is asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Prompt {
    /// Which instructions these are, kept with every verdict: `judge/v1`.
    pub version: &'static str,
    /// The instructions, for the provider's system field; the same bytes whatever the material.
    pub system: &'static str,
    /// The material: one JSON object, for a user message.
    pub data: String,
}

impl Prompt {
    fn new(
        version: &'static str,
        system: &'static str,
        material: &impl Serialize,
    ) -> Result<Self, PromptError> {
        Ok(Self {
            version,
            system,
            data: serde_json::to_string(material)?,
        })
    }
}

/// The material could not be written as JSON.
#[derive(Debug, thiserror::Error)]
#[error("the material of a prompt is no JSON: {0}")]
pub struct PromptError(#[from] serde_json::Error);

/// Whom an answer was written to.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Situation<'a> {
    customer: &'a str,
    business: &'a str,
    message: &'a str,
}

impl<'a> Situation<'a> {
    fn of(drill: &'a Drill) -> Self {
        Self {
            customer: &drill.customer.name,
            business: &drill.customer.business,
            message: &drill.customer_message,
        }
    }
}
