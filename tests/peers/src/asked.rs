//! What a session asks of a model, read as a model would read it, over Chat Completions or through the AI binding.

use crate::Request;
use serde_json::{Value, json};

/// Who is asked, by the prompt's first words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asked {
    /// Whoever scores an answer.
    Judge,
    /// The coach who corrects it.
    Corrector,
    /// The customer.
    Customer,
}

impl Asked {
    /// Reads it off a request.
    pub fn of(request: &Request) -> Self {
        let system = said(request, 0);
        match system {
            _ if system.starts_with("You judge") => Asked::Judge,
            _ if system.starts_with("You play") => Asked::Customer,
            _ => Asked::Corrector,
        }
    }
}

/// What stands beside the prompt: scenario, answer, criteria.
pub fn material(request: &Request) -> Value {
    serde_json::from_str(said(request, 1)).unwrap()
}

/// A message's words. The binding puts its input into an envelope.
fn said(request: &Request, nth: usize) -> &str {
    let input = request.body.get("inputs").unwrap_or(&request.body);
    input["messages"][nth]["content"].as_str().unwrap()
}

/// A judge's reply: a trace of all criteria, each in another word of the answer.
pub fn fair(request: &Request) -> String {
    let material = material(request);
    let words: Vec<&str> = material["answer"].as_str().unwrap().split(' ').collect();
    levels(&material, "1", |at| words[at % words.len()].to_owned())
}

/// A judge's reply: this level for all criteria, with a quote for each.
pub fn levels(material: &Value, level: &str, quote: impl Fn(usize) -> String) -> String {
    let criteria = material["criteria"].as_array().unwrap().iter().enumerate();
    let judgements: Vec<Value> = criteria
        .map(|(at, criterion)| json!({"criterion": criterion["id"], "quote": quote(at), "level": level}))
        .collect();
    json!({"judgements": judgements, "blockers": []}).to_string()
}
