//! Cloudflare's own models, through the Worker's AI binding. (Over HTTP they speak Chat Completions:
//! [`super::openai::Endpoint::compatible`].)
//!
//! Older models answer in a format of their own, `{"response": …}`; newer ones in that of Chat Completions. Which one comes is
//! seen in the reply. Whoever runs the binding asks it for the raw response; what it throws is [`super::Failure::thrown`].

use super::failure::{Failure, FailureKind};
use super::openai::{self, Tokens};
use super::reply::{self, Told};
use super::schema::Schema;
use super::{Ask, Call, Finish, Message, Output};
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// A model behind the binding.
#[derive(Debug, Clone)]
pub struct Endpoint {
    /// The model's id: `@cf/meta/llama-3.3-70b-instruct-fp8-fast`.
    pub model: String,
}

impl Endpoint {
    /// JSON comes as a whole: these models can't stream it.
    pub(super) fn call(&self, ask: &Ask) -> Result<Call, serde_json::Error> {
        let input = Input {
            messages: ask.with_system(),
            max_tokens: ask.max_tokens,
            temperature: ask.temperature,
            stream: ask.output == Output::Prose,
            response_format: match &ask.output {
                Output::Prose => None,
                Output::Json { schema, .. } => Some(ResponseFormat {
                    r#type: "json_schema",
                    json_schema: schema,
                }),
            },
        };
        Ok(Call::Binding {
            model: self.model.clone(),
            input: serde_json::to_string(&input)?,
        })
    }
}

#[derive(Serialize)]
struct Input<'a> {
    messages: Vec<Message>,
    max_tokens: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    temperature: Option<f32>,
    stream: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    response_format: Option<ResponseFormat<'a>>,
}

#[derive(Serialize)]
struct ResponseFormat<'a> {
    r#type: &'static str,
    json_schema: &'a Schema,
}

/// A piece of a stream, or the whole, in the older format.
#[derive(Deserialize)]
struct Native {
    /// Text; in JSON mode the object itself; where a token is a number, sometimes that.
    #[serde(default)]
    response: Value,
    #[serde(default)]
    finish_reason: Option<String>,
    #[serde(default)]
    usage: Option<Tokens>,
}

/// Reads both formats.
pub(super) struct Wire {
    max_tokens: u64,
    chat: openai::Wire,
    native: bool,
    /// Tokens written, where the older format tells.
    written: u64,
}

impl Wire {
    pub(super) fn new(max_tokens: u32) -> Self {
        Self {
            max_tokens: max_tokens.into(),
            chat: openai::Wire::default(),
            native: false,
            written: 0,
        }
    }
}

impl reply::Wire for Wire {
    fn hear(&mut self, said: Value, told: &mut Told) {
        if said.get("choices").is_some() {
            return self.chat.hear(said, told);
        }
        let native = match serde_json::from_value::<Native>(said) {
            Ok(native) => native,
            Err(error) => {
                return told.fail(Failure::new(FailureKind::Unreadable, &error.to_string()));
            }
        };
        self.native |= !native.response.is_null();
        match &native.response {
            Value::Null => {}
            Value::String(text) => told.text(text),
            other => told.text(&other.to_string()),
        }
        self.chat.finish = native.finish_reason.or(self.chat.finish.take());
        if let Some(tokens) = &native.usage {
            self.written = tokens.completion_tokens.unwrap_or(self.written);
            told.usage(tokens.into());
        }
    }

    /// The older format has no reason for its end: as many tokens as were allowed are a cut.
    fn end(&mut self, whole: bool, told: &mut Told) {
        if !whole || !self.native || self.chat.finish.is_some() {
            self.chat.end(whole, told);
        } else if self.written >= self.max_tokens {
            told.finish(Finish::Length);
        } else {
            told.finish(Finish::Complete);
        }
    }
}
