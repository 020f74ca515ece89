//! A day's first draft.

use super::{Prompt, PromptError};
use crate::builtin::Brief;
use domain::scenario::Drill;
use serde::Serialize;

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Material<'a> {
    brief: &'a str,
    document: Option<&'a str>,
    customer_message: Option<&'a str>,
    customer_name: Option<&'a str>,
    customer_business: Option<&'a str>,
    example: &'a Drill,
}

/// Asks for a scenario from a trainer's brief; `example` is a drill of a published one.
pub fn author(brief: &Brief, example: &Drill) -> Result<Prompt, PromptError> {
    Prompt::new(
        "scenario/v1",
        include_str!("../../prompts/v1/scenario.md"),
        &Material {
            brief: &brief.text,
            document: brief.document.as_deref(),
            customer_message: brief.customer_message.as_deref(),
            customer_name: brief.customer_name.as_deref(),
            customer_business: brief.customer_business.as_deref(),
            example,
        },
    )
}
