//! Asking models, over real sockets, of a server that says anything.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs
)]

mod asking;
mod bytes;
mod leaving;
mod patience;
mod settings;

use captain_http::model::{Breakers, Ending, Kind, Models, Outcome, Provider, Providers};
use captain_peers::{ByteServer, RealTime, Sockets};
use coach::provider::patience::Limits;
use coach::provider::{Ask, Endpoint, Key, Message, Output, anthropic, openai};
use domain::spend::{Price, Used};
use serde_json::json;
use std::time::Duration;

const PRICE: Price = Price {
    input: 1_000_000,
    output: 10_000_000,
};

/// Chat Completions on this server.
pub fn gpt(server: &ByteServer) -> Provider {
    let mut endpoint = openai::Endpoint::openai(Key::new("sk-1"), "gpt-5-mini");
    endpoint.base_url = server.url() + "/v1";
    provider(Kind::OpenAi, Endpoint::OpenAi(endpoint))
}

/// Messages on this server.
pub fn claude(server: &ByteServer) -> Provider {
    let mut endpoint = anthropic::Endpoint::new(Key::new("sk-ant-1"), "claude-haiku-4-5");
    endpoint.base_url = server.url();
    provider(Kind::Anthropic, Endpoint::Anthropic(endpoint))
}

fn provider(kind: Kind, endpoint: Endpoint) -> Provider {
    Provider {
        kind,
        endpoint,
        limits: Limits::default(),
        price: Some(PRICE),
    }
}

/// The same, waited for so many ms: to the head, to the first words, between words, for all.
pub fn hurried(provider: Provider, ms: [u64; 4]) -> Provider {
    let [head, first_words, between_words, whole] = ms.map(Duration::from_millis);
    Provider {
        limits: Limits {
            head,
            first_words,
            between_words,
            whole,
        },
        ..provider
    }
}

pub fn models(providers: Vec<Provider>) -> Models<Sockets> {
    Models::new(
        Providers::from(providers),
        Sockets::default(),
        Breakers::default(),
    )
}

pub fn question() -> Ask {
    Ask {
        system: "You are the captain.",
        messages: vec![Message::data(&json!({"answer": "Namaste ji"})).unwrap()],
        output: Output::Prose,
        max_tokens: 300,
        temperature: None,
    }
}

pub fn text(outcome: &Outcome) -> &str {
    match &outcome.ending {
        Ending::Answered(answer) => &answer.text,
        other => panic!("no answer: {other:?}"),
    }
}

pub fn tokens(input: u64, output: u64) -> Used {
    Used::Tokens {
        input: Some(input),
        output: Some(output),
    }
}

pub fn world() -> RealTime {
    RealTime::default()
}
