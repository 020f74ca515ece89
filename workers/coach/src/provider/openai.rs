//! OpenAI's Chat Completions, and every server that speaks it: llama.cpp, vLLM, Ollama, gateways.

use super::failure::{Failure, FailureKind};
use super::reply::{self, Told};
use super::schema::Schema;
use super::{Ask, Finish, HttpCall, Key, Message, Output, Usage};
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// OpenAI's own address.
pub const OPENAI: &str = "https://api.openai.com/v1";

/// A model behind Chat Completions.
#[derive(Debug, Clone)]
pub struct Endpoint {
    /// What stands before `/chat/completions`.
    pub base_url: String,
    /// Local servers need none.
    pub key: Option<Key>,
    /// The model's id.
    pub model: String,
    /// Whether the model takes `temperature`; models that think answer it with an error.
    pub takes_temperature: bool,
    /// Whether the limit is called `max_completion_tokens`, as OpenAI's newer models insist, or `max_tokens`, the only name
    /// that many others know.
    pub names_limit_anew: bool,
    /// Whether a stream without `finish_reason` counts as finished at `[DONE]`: some gateways never say why they stop.
    pub may_omit_finish: bool,
}

impl Endpoint {
    /// A model at OpenAI.
    pub fn openai(key: Key, model: &str) -> Self {
        Self {
            base_url: OPENAI.to_owned(),
            key: Some(key),
            model: model.to_owned(),
            takes_temperature: takes_temperature(model),
            names_limit_anew: true,
            may_omit_finish: false,
        }
    }

    /// A model on another server that speaks the same.
    pub fn compatible(base_url: &str, key: Option<Key>, model: &str) -> Self {
        Self {
            base_url: base_url.to_owned(),
            key,
            model: model.to_owned(),
            takes_temperature: true,
            names_limit_anew: false,
            may_omit_finish: false,
        }
    }

    pub(super) fn call(&self, ask: &Ask) -> Result<HttpCall, serde_json::Error> {
        let limit = Some(ask.max_tokens);
        let body = Body {
            model: &self.model,
            messages: ask.with_system(),
            max_completion_tokens: limit.filter(|_| self.names_limit_anew),
            max_tokens: limit.filter(|_| !self.names_limit_anew),
            temperature: ask.temperature.filter(|_| self.takes_temperature),
            response_format: ResponseFormat::of(&ask.output),
            stream: true,
            stream_options: StreamOptions {
                include_usage: true,
            },
        };
        let url = format!("{}/chat/completions", self.base_url.trim_end_matches('/'));
        let mut call = HttpCall::post(url, serde_json::to_string(&body)?);
        if let Some(Key(key)) = &self.key {
            call.headers
                .push(("authorization", format!("Bearer {key}")));
        }
        Ok(call)
    }

    pub(super) fn wire(&self) -> Wire {
        Wire {
            may_omit_finish: self.may_omit_finish,
            finish: None,
        }
    }
}

/// Models that are known to take it. Others get none: a missing temperature never fails a call.
fn takes_temperature(model: &str) -> bool {
    let known = ["gpt-4", "gpt-3.5", "chatgpt-4o"];
    known.iter().any(|name| model.starts_with(name)) && !model.contains("search")
}

#[derive(Serialize)]
struct Body<'a> {
    model: &'a str,
    messages: Vec<Message>,
    #[serde(skip_serializing_if = "Option::is_none")]
    max_completion_tokens: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    max_tokens: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    temperature: Option<f32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    response_format: Option<ResponseFormat<'a>>,
    stream: bool,
    stream_options: StreamOptions,
}

#[derive(Serialize)]
struct StreamOptions {
    include_usage: bool,
}

#[derive(Serialize)]
struct ResponseFormat<'a> {
    r#type: &'static str,
    json_schema: NamedSchema<'a>,
}

#[derive(Serialize)]
struct NamedSchema<'a> {
    name: &'static str,
    strict: bool,
    schema: &'a Schema,
}

impl<'a> ResponseFormat<'a> {
    fn of(output: &'a Output) -> Option<Self> {
        match output {
            Output::Prose => None,
            Output::Json { name, schema } => Some(Self {
                r#type: "json_schema",
                json_schema: NamedSchema {
                    name,
                    strict: true,
                    schema,
                },
            }),
        }
    }
}

/// A chunk of a stream, or a whole completion: they differ in `delta` and `message` only.
#[derive(Deserialize)]
pub(super) struct Completion {
    #[serde(default)]
    choices: Option<Vec<Choice>>,
    #[serde(default)]
    pub(super) usage: Option<Tokens>,
}

#[derive(Deserialize)]
struct Choice {
    #[serde(default)]
    index: u32,
    #[serde(alias = "message", default)]
    delta: Option<Delta>,
    #[serde(default)]
    finish_reason: Option<String>,
}

/// Tool calls and reasoning stand beside these and are none of the answer.
#[derive(Deserialize)]
struct Delta {
    /// Text; a list of parts from servers with kinds of content that were not asked for.
    #[serde(default)]
    content: Value,
    #[serde(default)]
    refusal: Option<String>,
}

#[derive(Deserialize)]
pub(super) struct Tokens {
    #[serde(default)]
    prompt_tokens: Option<u64>,
    #[serde(default)]
    pub(super) completion_tokens: Option<u64>,
}

impl From<&Tokens> for Usage {
    fn from(tokens: &Tokens) -> Self {
        Usage {
            input: tokens.prompt_tokens,
            output: tokens.completion_tokens,
        }
    }
}

/// Reads Chat Completions.
#[derive(Default)]
pub(super) struct Wire {
    may_omit_finish: bool,
    /// Why the reply ends, once it said so.
    pub(super) finish: Option<String>,
}

impl reply::Wire for Wire {
    fn hear(&mut self, said: Value, told: &mut Told) {
        match serde_json::from_value::<Completion>(said) {
            Ok(completion) => self.completion(completion, told),
            Err(error) => told.fail(Failure::new(FailureKind::Unreadable, &error.to_string())),
        }
    }

    fn end(&mut self, whole: bool, told: &mut Told) {
        match self.finish.as_deref() {
            Some("stop") => told.finish(Finish::Complete),
            Some("length") => told.finish(Finish::Length),
            // The second where a gateway passes on another maker's word.
            Some("content_filter" | "refusal") => told.finish(Finish::Refused),
            Some("error") => told.fail(Failure::new(FailureKind::Server, "finish_reason: error")),
            Some(other) => told.fail(Failure::new(
                FailureKind::Unreadable,
                &format!("finish_reason: {other}"),
            )),
            None if self.may_omit_finish && whole => told.finish(Finish::Complete),
            None => told.fail(Failure::new(
                FailureKind::Interrupted,
                "the stream ended without a finish_reason",
            )),
        }
    }
}

impl Wire {
    pub(super) fn completion(&mut self, completion: Completion, told: &mut Told) {
        let choices = completion.choices.into_iter().flatten();
        for choice in choices.filter(|choice| choice.index == 0) {
            if let Some(delta) = choice.delta {
                if delta.refusal.is_some_and(|refusal| !refusal.is_empty()) {
                    told.refuse();
                }
                told.text(delta.content.as_str().unwrap_or_default());
            }
            let finish = choice.finish_reason.filter(|reason| !reason.is_empty());
            self.finish = finish.or(self.finish.take());
        }
        if let Some(tokens) = &completion.usage {
            told.usage(tokens.into());
        }
    }
}
