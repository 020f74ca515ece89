//! Models behind a wire: what is sent to them, and what is made of whatever comes back.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing
)]

mod anthropic;
mod any_bytes;
mod bounds;
mod breaker;
mod drafting;
mod judging;
mod openai;
mod patience;
mod retry;
#[path = "../shelf/mod.rs"]
mod shelf;
mod sse;
mod verdict;
mod workers_ai;

use coach::provider::schema::Schema;
use coach::provider::{
    Ask, Call, Endpoint, Event, Failure, FailureKind, Finish, Head, HttpCall, Message, Output,
    Usage,
};
use serde_json::{Value, json};

/// 2026-11-22 14:00:00 UTC, Unix ms.
const NOW: u64 = 1_795_356_000_000;

fn prose() -> Ask {
    Ask {
        system: "You are the captain.",
        messages: vec![Message::data(&json!({"answer": "It's \"fine\", sir"})).unwrap()],
        output: Output::Prose,
        max_tokens: 300,
        temperature: Some(0.2),
    }
}

fn structured() -> Ask {
    Ask {
        output: Output::Json {
            name: "verdict",
            schema: Schema::list_of(vec![("quote", Schema::Text), ("level", Schema::Text)]),
        },
        ..prose()
    }
}

fn http(endpoint: &Endpoint, ask: &Ask) -> (HttpCall, Value) {
    let Call::Http(call) = endpoint.call(ask).unwrap() else {
        panic!("no HTTP call")
    };
    let body = serde_json::from_str(&call.body).unwrap();
    (call, body)
}

fn header<'a>(call: &'a HttpCall, name: &str) -> Option<&'a str> {
    let found = call.headers.iter().find(|(own, _)| *own == name);
    found.map(|(_, value)| value.as_str())
}

fn head(status: u16, headers: &[(&str, &str)]) -> Head {
    let header = |name: &str| {
        let found = headers.iter().find(|(own, _)| *own == name);
        found.map(|(_, value)| (*value).to_owned())
    };
    Head::read(status, header, NOW)
}

fn stream_head() -> Head {
    head(200, &[("content-type", "text/event-stream; charset=utf-8")])
}

fn json_head(status: u16) -> Head {
    head(status, &[("content-type", "application/json")])
}

/// The events of a reply, whose bytes arrive in pieces of this size.
fn in_pieces(endpoint: &Endpoint, ask: &Ask, head: &Head, bytes: &[u8], size: usize) -> Vec<Event> {
    let mut reply = endpoint.reply(ask, head.clone());
    let mut events = Vec::new();
    for piece in bytes.chunks(size.max(1)) {
        events.extend(reply.take(piece));
    }
    events.extend(reply.end());
    assert!(reply.is_over());
    events
}

/// The events of a reply, the same however it arrives.
fn heard(endpoint: &Endpoint, head: &Head, bytes: impl AsRef<[u8]>) -> Vec<Event> {
    let bytes = bytes.as_ref();
    let events = in_pieces(endpoint, &prose(), head, bytes, bytes.len());
    for size in [1, 2, 3, 7, 64] {
        assert_eq!(in_pieces(endpoint, &prose(), head, bytes, size), events);
    }
    events
}

fn text(events: &[Event]) -> String {
    let texts = events.iter().filter_map(|event| match event {
        Event::Text(text) => Some(text.as_str()),
        _ => None,
    });
    texts.collect()
}

fn finish(events: &[Event]) -> Finish {
    match events.last() {
        Some(Event::Finished(finish)) => *finish,
        other => panic!("not finished: {other:?}"),
    }
}

fn failure(events: &[Event]) -> &Failure {
    match events.last() {
        Some(Event::Failed(failure)) => failure,
        other => panic!("not failed: {other:?}"),
    }
}

fn usage(events: &[Event]) -> Option<Usage> {
    let mut usages = events.iter().filter_map(|event| match event {
        Event::Usage(usage) => Some(*usage),
        _ => None,
    });
    usages.next_back()
}

/// What a reply of this status and body fails with.
fn failed(endpoint: &Endpoint, status: u16, body: &str) -> (FailureKind, bool) {
    let events = heard(endpoint, &json_head(status), body);
    assert_eq!(events.len(), 1, "{events:?}");
    let failure = failure(&events);
    (failure.kind, failure.retryable)
}
