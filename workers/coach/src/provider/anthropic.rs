//! Anthropic's Messages.

use super::failure::{Failure, FailureKind};
use super::reply::{self, Told};
use super::schema::Schema;
use super::{Ask, Finish, HttpCall, Key, Message, Output, Usage};
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// Anthropic's own address.
pub const ANTHROPIC: &str = "https://api.anthropic.com";

/// A model behind Messages.
#[derive(Debug, Clone)]
pub struct Endpoint {
    /// What stands before `/v1/messages`.
    pub base_url: String,
    /// The key.
    pub key: Key,
    /// The model's id.
    pub model: String,
    /// Whether the model takes `temperature`; newer ones answer it with an error.
    pub takes_temperature: bool,
}

impl Endpoint {
    /// A model at Anthropic.
    pub fn new(key: Key, model: &str) -> Self {
        Self {
            base_url: ANTHROPIC.to_owned(),
            key,
            model: model.to_owned(),
            takes_temperature: takes_temperature(model),
        }
    }

    pub(super) fn call(&self, ask: &Ask) -> Result<HttpCall, serde_json::Error> {
        let body = Body {
            model: &self.model,
            max_tokens: ask.max_tokens,
            system: ask.system,
            messages: &ask.messages,
            temperature: ask.temperature.filter(|_| self.takes_temperature),
            output_config: match &ask.output {
                Output::Prose => None,
                Output::Json { schema, .. } => Some(OutputConfig {
                    format: Format {
                        r#type: "json_schema",
                        schema,
                    },
                }),
            },
            stream: true,
        };
        let url = format!("{}/v1/messages", self.base_url.trim_end_matches('/'));
        let mut call = HttpCall::post(url, serde_json::to_string(&body)?);
        let Key(key) = &self.key;
        call.headers.push(("x-api-key", key.clone()));
        call.headers
            .push(("anthropic-version", "2023-06-01".to_owned()));
        Ok(call)
    }
}

/// Models that are known to take it: up to 4.6. Others get none: a missing temperature never fails a call.
fn takes_temperature(model: &str) -> bool {
    let known = [
        "claude-3-",
        "claude-sonnet-4-0",
        "claude-sonnet-4-2",
        "claude-sonnet-4-5",
        "claude-sonnet-4-6",
        "claude-opus-4-0",
        "claude-opus-4-1",
        "claude-opus-4-2",
        "claude-opus-4-5",
        "claude-opus-4-6",
        "claude-haiku-4-5",
    ];
    known.iter().any(|name| model.starts_with(name))
}

#[derive(Serialize)]
struct Body<'a> {
    model: &'a str,
    max_tokens: u32,
    system: &'static str,
    messages: &'a [Message],
    #[serde(skip_serializing_if = "Option::is_none")]
    temperature: Option<f32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    output_config: Option<OutputConfig<'a>>,
    stream: bool,
}

#[derive(Serialize)]
struct OutputConfig<'a> {
    format: Format<'a>,
}

#[derive(Serialize)]
struct Format<'a> {
    r#type: &'static str,
    schema: &'a Schema,
}

/// An event of a stream, or a whole message, by its `type`.
#[derive(Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
enum Said {
    MessageStart {
        message: Start,
    },
    ContentBlockStart {
        content_block: Block,
    },
    ContentBlockDelta {
        delta: Block,
    },
    MessageDelta {
        delta: Stop,
        #[serde(default)]
        usage: Option<Tokens>,
    },
    MessageStop,
    /// Not a stream, although one was asked for.
    Message {
        content: Vec<Block>,
        stop_reason: Option<String>,
        #[serde(default)]
        usage: Option<Tokens>,
    },
    /// `ping`, the end of a block, and whatever is to come.
    #[serde(other)]
    Other,
}

#[derive(Deserialize)]
struct Start {
    #[serde(default)]
    usage: Option<Tokens>,
}

/// A block or a piece of one. Thinking, signatures, citations and tools' input are none of the answer.
#[derive(Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
enum Block {
    #[serde(alias = "text_delta")]
    Text { text: String },
    #[serde(other)]
    Other,
}

#[derive(Deserialize)]
struct Stop {
    #[serde(default)]
    stop_reason: Option<String>,
}

#[derive(Deserialize)]
struct Tokens {
    #[serde(default)]
    input_tokens: Option<u64>,
    #[serde(default)]
    output_tokens: Option<u64>,
}

/// Reads Messages.
#[derive(Default)]
pub(super) struct Wire {
    usage: Usage,
    stop_reason: Option<String>,
    stopped: bool,
}

impl reply::Wire for Wire {
    fn hear(&mut self, said: Value, told: &mut Told) {
        let said = match serde_json::from_value::<Said>(said) {
            Ok(said) => said,
            Err(error) => {
                return told.fail(Failure::new(FailureKind::Unreadable, &error.to_string()));
            }
        };
        match said {
            Said::MessageStart { message } => {
                // It counts a first token or two that the last count includes.
                let input = message.usage.and_then(|tokens| tokens.input_tokens);
                self.usage.input = input;
                told.usage(self.usage);
            }
            Said::ContentBlockStart {
                content_block: block,
            }
            | Said::ContentBlockDelta { delta: block } => {
                hear_block(&block, told);
            }
            Said::MessageDelta { delta, usage } => {
                self.count(usage, told);
                self.stop(delta.stop_reason, told);
            }
            Said::MessageStop => {
                self.stopped = true;
                reply::Wire::end(self, true, told);
            }
            Said::Message {
                content,
                stop_reason,
                usage,
            } => {
                self.stop(stop_reason, told);
                for block in &content {
                    hear_block(block, told);
                }
                self.count(usage, told);
                self.stopped = true;
            }
            Said::Other => {}
        }
    }

    fn end(&mut self, _whole: bool, told: &mut Told) {
        match self.stop_reason.as_deref().filter(|_| self.stopped) {
            Some("end_turn" | "stop_sequence") => told.finish(Finish::Complete),
            Some("max_tokens" | "model_context_window_exceeded") => told.finish(Finish::Length),
            Some("refusal") => told.finish(Finish::Refused),
            Some(other) => told.fail(Failure::new(
                FailureKind::Unreadable,
                &format!("stop_reason: {other}"),
            )),
            None => told.fail(Failure::new(
                FailureKind::Interrupted,
                "the stream ended before message_stop and a stop_reason",
            )),
        }
    }
}

impl Wire {
    /// The counts are cumulative: the last is the sum.
    fn count(&mut self, tokens: Option<Tokens>, told: &mut Told) {
        if let Some(tokens) = tokens {
            self.usage.input = tokens.input_tokens.or(self.usage.input);
            self.usage.output = tokens.output_tokens.or(self.usage.output);
            told.usage(self.usage);
        }
    }

    fn stop(&mut self, reason: Option<String>, told: &mut Told) {
        if reason.as_deref() == Some("refusal") {
            told.refuse();
        }
        self.stop_reason = reason.or(self.stop_reason.take());
    }
}

fn hear_block(block: &Block, told: &mut Told) {
    if let Block::Text { text } = block {
        told.text(text);
    }
}
