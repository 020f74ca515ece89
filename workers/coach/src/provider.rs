//! Models behind a wire, sans-I/O: an [`Ask`] becomes a [`Call`], the bytes that come back become [`Event`]s. Whoever owns a
//! connection drives it; nothing here waits, reads a clock or throws dice.
//!
//! - [`Endpoint`]: which provider, with its model and key. It makes the call and the [`Reply`] that reads the answer:
//!   [`openai`] (and everything that speaks its Chat Completions), [`anthropic`], [`workers_ai`];
//! - [`sse`]: the stream's framing; [`schema`]: the JSON that can be asked for; [`failure`]: what can go wrong;
//! - [`retry`]: whether to ask again, and whom; [`breaker`]: whom not to ask for a while; [`patience`]: how long to wait;
//! - [`correcting`]: a correction as it streams;
//! - [`verdict`]: what a judging model is asked for and whether it can be believed; [`judging`]: from the first ask to a
//!   verdict, whoever gives it in the end;
//! - [`drafting`]: from a trainer's brief to a scenario that passes every check.

pub mod anthropic;
pub mod breaker;
pub mod correcting;
pub mod drafting;
pub mod failure;
pub mod judging;
pub mod openai;
pub mod patience;
mod reply;
pub mod retry;
pub mod schema;
pub mod sse;
pub mod verdict;
pub mod workers_ai;

pub use failure::{Failure, FailureKind};
pub use reply::{Head, LONGEST_REPLY, Reply};

use crate::prompts::Prompt;
use schema::Schema;
use serde::Serialize;

/// One question to a model, the same for every provider.
#[derive(Debug, Clone, PartialEq)]
pub struct Ask {
    /// Who the model is and what it does: a prompt's text. Being part of the program, it has nothing of anybody's in it.
    pub system: &'static str,
    /// What it is about, oldest first; the last is not the model's.
    pub messages: Vec<Message>,
    /// What should come back.
    pub output: Output,
    /// The most tokens the answer may take, thinking included where a model thinks.
    pub max_tokens: u32,
    /// 0 to 1; left out for models that refuse it.
    pub temperature: Option<f32>,
}

/// One message of an [`Ask`]. What people wrote gets in as data only: there is no way to make a message of bare text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Message {
    role: Role,
    content: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
enum Role {
    System,
    User,
    Assistant,
}

impl Message {
    /// Data for the model, as JSON.
    pub fn data(data: &impl Serialize) -> Result<Self, serde_json::Error> {
        Ok(Self {
            role: Role::User,
            content: serde_json::to_string(data)?,
        })
    }

    /// What the model itself said before.
    pub fn said(text: impl Into<String>) -> Self {
        Self {
            role: Role::Assistant,
            content: text.into(),
        }
    }

    /// The text as it is sent.
    pub fn content(&self) -> &str {
        &self.content
    }
}

impl Ask {
    /// Puts a prompt to a model: its instructions as the system prompt, its material as the only message.
    pub fn of(prompt: Prompt, output: Output, max_tokens: u32) -> Self {
        Self {
            system: prompt.system,
            messages: vec![Message {
                role: Role::User,
                content: prompt.data,
            }],
            output,
            max_tokens,
            temperature: None,
        }
    }

    /// The messages with the system prompt as the first, for providers that take it so.
    fn with_system(&self) -> Vec<Message> {
        let system = Message {
            role: Role::System,
            content: self.system.to_owned(),
        };
        std::iter::once(system)
            .chain(self.messages.iter().cloned())
            .collect()
    }
}

/// What should come back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Output {
    /// Prose, to be shown as it comes.
    Prose,
    /// JSON of this schema.
    Json {
        /// The schema's name: up to 64 letters, digits, `_` and `-`.
        name: &'static str,
        /// What it looks like.
        schema: Schema,
    },
}

/// What comes back, in order. Each reply ends with exactly one [`Event::Finished`] or [`Event::Failed`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    /// More of the answer.
    Text(String),
    /// The model declines. What it said before is withdrawn: it is never shown as coaching, and never sent back. No text
    /// follows.
    Refused,
    /// The tokens so far, in place of what was told before.
    Usage(Usage),
    /// The reply is whole, or ended by the model.
    Finished(Finish),
    /// The reply is not to be used.
    Failed(Failure),
}

/// How a reply ended that did not fail.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Finish {
    /// All is said.
    Complete,
    /// The tokens ran out: prose is cut, and JSON is broken.
    Length,
    /// [`Event::Refused`] came before.
    Refused,
}

/// Tokens of a call; `None` is unknown, not zero: a reply that breaks off was still paid for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Usage {
    /// Read by the model.
    pub input: Option<u64>,
    /// Written by the model.
    pub output: Option<u64>,
}

/// Where to ask.
#[derive(Debug, Clone)]
pub enum Endpoint {
    /// OpenAI's Chat Completions, at OpenAI or wherever it is spoken.
    OpenAi(openai::Endpoint),
    /// Anthropic's Messages.
    Anthropic(anthropic::Endpoint),
    /// Cloudflare's own models, through the Worker's binding.
    WorkersAi(workers_ai::Endpoint),
}

impl Endpoint {
    /// The provider's id of the model, as verdicts name it.
    pub fn model(&self) -> &str {
        match self {
            Endpoint::OpenAi(endpoint) => &endpoint.model,
            Endpoint::Anthropic(endpoint) => &endpoint.model,
            Endpoint::WorkersAi(endpoint) => &endpoint.model,
        }
    }

    /// What to send.
    pub fn call(&self, ask: &Ask) -> Result<Call, serde_json::Error> {
        match self {
            Endpoint::OpenAi(endpoint) => endpoint.call(ask).map(Call::Http),
            Endpoint::Anthropic(endpoint) => endpoint.call(ask).map(Call::Http),
            Endpoint::WorkersAi(endpoint) => endpoint.call(ask),
        }
    }

    /// Reads what comes back for this ask.
    pub fn reply(&self, ask: &Ask, head: Head) -> Reply {
        match self {
            Endpoint::OpenAi(endpoint) => Reply::new(head, endpoint.wire()),
            Endpoint::Anthropic(_) => Reply::new(head, anthropic::Wire::default()),
            Endpoint::WorkersAi(_) => Reply::new(head, workers_ai::Wire::new(ask.max_tokens)),
        }
    }
}

/// What to send.
#[derive(Debug, Clone)]
pub enum Call {
    /// Over HTTP.
    Http(HttpCall),
    /// Through the Worker's AI binding.
    Binding {
        /// The model to run.
        model: String,
        /// Its input, JSON. To be parsed by JavaScript, which keeps the order of a schema's fields.
        input: String,
    },
}

/// A request.
#[derive(Clone)]
pub struct HttpCall {
    /// `POST`.
    pub method: &'static str,
    /// Where to.
    pub url: String,
    /// Names in lower case; among the values is the key.
    pub headers: Vec<(&'static str, String)>,
    /// JSON.
    pub body: String,
}

impl HttpCall {
    fn post(url: String, body: String) -> Self {
        Self {
            method: "POST",
            url,
            headers: vec![("content-type", "application/json".to_owned())],
            body,
        }
    }
}

/// Says nothing of keys and of what people wrote, so that a log can't.
impl std::fmt::Debug for HttpCall {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("HttpCall")
            .field("method", &self.method)
            .field("url", &self.url)
            .finish_non_exhaustive()
    }
}

/// A provider's key. Never printed.
#[derive(Clone)]
pub struct Key(String);

impl Key {
    /// From a secret; blanks around it are none of it.
    pub fn new(key: &str) -> Self {
        Self(key.trim().to_owned())
    }
}

impl std::fmt::Debug for Key {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Key")
    }
}
