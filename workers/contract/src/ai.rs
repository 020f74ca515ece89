//! The coach outside of sessions: one question, one answer. Nothing is kept but what is asked about a session, which is part of it.
//! [`providers`] says who answers and what it costs.

pub mod providers;

use crate::chat::{is_an_answer, names_a_request};
use crate::problem::Code;
use crate::scenario::ScenarioText;
use domain::ids::{ScenarioId, SessionId};
use domain::scoring::{Stance, Verdict};
use domain::session::{Absence, Speaker, VoicedBy};
use domain::suspicion::Suspicion;
use garde::Validate;
use serde::{Deserialize, Serialize};

/// The longest question to the assistant, characters.
pub const MAX_QUESTION_CHARS: usize = 500;

/// The longest document to draft a scenario from, characters: some ten pages.
pub const MAX_DOCUMENT_CHARS: usize = 20_000;

/// `POST /api/ai/evaluate-response`, `/provide-correction`, `/corrections/stream`: an answer to one drill.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct AnswerForm {
    /// The scenario: to reps a published one; managers may try out a draft.
    #[garde(skip)]
    pub scenario_id: ScenarioId,
    /// The drill's id in it.
    #[garde(length(min = 1, max = 40))]
    pub drill: String,
    /// 1 to 4,000 characters.
    #[garde(custom(is_an_answer))]
    pub answer: String,
}

/// `POST /api/ai/generate-response`, `/objections/stream`: the customer's words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CustomerForm {
    /// The scenario.
    #[garde(skip)]
    pub scenario_id: ScenarioId,
    /// The drill's id in it.
    #[garde(length(min = 1, max = 40))]
    pub drill: String,
    /// What the customer answers to; absent, he opens the talk.
    #[garde(inner(custom(is_an_answer)))]
    pub answer: Option<String>,
}

/// Blanks are no words.
fn not_blank(text: &str, _: &()) -> garde::Result {
    if text.trim().is_empty() {
        Err(garde::Error::new("Write some words."))
    } else {
        Ok(())
    }
}

/// What the customer says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct CustomerReply {
    /// Always `customer`.
    pub role: Speaker,
    /// The words.
    pub content: String,
    /// How far the answer moved him; absent of his opening.
    pub stance: Option<Stance>,
    /// Who voices him; absent of his opening, whose words are the scenario's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub voiced_by: Option<VoicedBy>,
}

/// `POST /api/ai/evaluate-response`
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Evaluation {
    /// The judgement; its `judge` says who gave it, and whether in a model's place.
    pub verdict: Verdict,
    /// What the answer seems to try with whoever scores it, told to managers. No model was asked then, and what is suspected
    /// counts for nothing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub suspicion: Option<Suspicion>,
}

/// `POST /api/ai/provide-correction`
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct CorrectionReply {
    /// The judgement.
    pub verdict: Verdict,
    /// The coach's message, the improved version in it.
    pub content: String,
    /// The improved version alone.
    pub improved: String,
    /// Who voices the coach.
    pub voiced_by: VoicedBy,
}

/// `POST /api/ai/generate-scenario`: what a new scenario is to be about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct BriefForm {
    /// What it is about, 10 to 400 characters: reps read it before the session.
    #[garde(length(chars, min = 10, max = 400), custom(not_blank))]
    pub brief: String,
    /// Notes, a transcript, a playbook to draw from, at most 20,000 characters. It is sent to the configured provider of models.
    #[garde(length(chars, min = 2, max = MAX_DOCUMENT_CHARS), inner(custom(not_blank)))]
    pub document: Option<String>,
    /// 1 to 10; the nearest scenario's when absent.
    #[garde(range(min = 1, max = 10))]
    pub day: Option<u8>,
    /// The first customer's opening, word for word, at most 600 characters.
    #[garde(length(chars, min = 2, max = 600), inner(custom(not_blank)))]
    pub customer_message: Option<String>,
    /// The first customer's name, at most 60 characters.
    #[garde(length(chars, min = 2, max = 60), inner(custom(not_blank)))]
    pub customer_name: Option<String>,
    /// What they do, at most 100 characters.
    #[garde(length(chars, min = 2, max = 100), inner(custom(not_blank)))]
    pub customer_business: Option<String>,
}

/// A scenario to begin with: valid, not stored, and not to be published unread.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct ScenarioDraft {
    /// Always true.
    pub is_draft: bool,
    /// Who wrote it: `builtin`, which fills in a template, or a provider's model id.
    pub model: String,
    /// The scenario that it was made from: filled in, or shown to a model as an example.
    pub based_on: ScenarioId,
    /// Whether the template was filled in because no model gave a draft that passes the checks, and why.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stand_in: Option<Absence>,
    /// What is new in it and what is not, to whoever edits it.
    pub note: String,
    /// The text, to be sent to `POST /api/scenarios` once it was read.
    pub text: ScenarioText,
}

/// `POST /api/ai/assistant/stream`: a question about one's own completed session.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct QuestionForm {
    /// The session.
    #[garde(skip)]
    pub session_id: SessionId,
    /// "Why did I lose points on closing?", 2 to 500 characters.
    #[garde(length(chars, min = 2, max = MAX_QUESTION_CHARS), custom(not_blank))]
    pub question: String,
    /// Made by the client, once per question. Asking again with the same id, on any device, gives the answer of the first time;
    /// whoever lost the line reads it so. Absent: one is made, and `connected` names it.
    #[serde(default)]
    #[garde(inner(custom(names_a_request)))]
    pub request_id: Option<String>,
}

/// One frame of the three streams: the JSON after `data: `.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(
    tag = "type",
    rename_all = "snake_case",
    rename_all_fields = "camelCase"
)]
pub enum AiFrame {
    /// The stream is open.
    Connected {
        /// The assistant's: asking again with this id gives the same answer.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        request_id: Option<String>,
    },
    /// Words, with their blanks.
    Content {
        /// The words.
        content: String,
    },
    /// All was said.
    Done {
        /// The whole text.
        content: String,
        /// The judgement, of a correction.
        #[serde(skip_serializing_if = "Option::is_none")]
        verdict: Option<Box<Verdict>>,
        /// The improved version, of a correction.
        #[serde(skip_serializing_if = "Option::is_none")]
        improved: Option<String>,
        /// Who spoke; absent where it is the built-in coach by choice, or the scenario's own words.
        #[serde(default, skip_serializing_if = "is_built_in")]
        voiced_by: VoicedBy,
    },
    /// The stream was cut by a fault. What it said before is no answer.
    Error {
        /// `unavailable`, or `internal`.
        code: Code,
        /// What happened and what to do.
        message: String,
        /// Whether the same call may well succeed now.
        retryable: bool,
    },
}

fn is_built_in(voiced_by: &VoicedBy) -> bool {
    *voiced_by == VoicedBy::BuiltIn
}
