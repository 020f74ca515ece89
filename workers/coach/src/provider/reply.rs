//! From the bytes of one reply to its events: framing, bounds, and the promise that every reply ends exactly once.

use super::failure::{Failure, FailureKind, Fault};
use super::retry::wait_told;
use super::sse::{SseDecoder, TooLong};
use super::{Event, Finish, Usage};
use serde_json::Value;
use std::time::Duration;

/// The most bytes of a reply that are read, keep-alives and a model's thinking included.
pub const LONGEST_REPLY: usize = 8 * 1024 * 1024;

/// How much of a body is kept that is no stream, bytes.
const LONGEST_BODY: usize = 1024 * 1024;

/// What stands before a reply's bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Head {
    status: u16,
    /// The bytes are a stream of events rather than one body; asked for or not.
    streams: bool,
    /// The provider's own word on asking again.
    should_retry: Option<bool>,
    retry_after: Option<Duration>,
    /// The provider's id of the call, for a log.
    pub request_id: Option<String>,
}

impl Head {
    /// From a status and its headers, asked for in lower case. `now` is Unix ms: a provider may name a date to come back at.
    pub fn read(status: u16, header: impl Fn(&str) -> Option<String>, now: u64) -> Self {
        let kind = header("content-type").unwrap_or_default();
        Self {
            status,
            // Some servers name no type or a wrong one for a stream, but none calls a page or JSON a stream's opposite.
            streams: (200..300).contains(&status)
                && !kind.contains("json")
                && !kind.contains("html"),
            should_retry: header("x-should-retry").and_then(|word| word.trim().parse().ok()),
            retry_after: wait_told(&header, now),
            request_id: header("request-id").or_else(|| header("x-request-id")),
        }
    }

    /// The provider took the call on; otherwise the bytes say why not.
    pub fn is_success(&self) -> bool {
        (200..300).contains(&self.status)
    }
}

/// What a provider's wire is to a [`Reply`].
pub(super) trait Wire: Send {
    /// One event of the stream, or one whole body, that is no error.
    fn hear(&mut self, said: Value, told: &mut Told);

    /// The end: finished or broken off? `whole` when the reply itself says that nothing is missing, by `[DONE]` or by being one
    /// body; otherwise the bytes just ended.
    fn end(&mut self, whole: bool, told: &mut Told);
}

/// Turns one reply's bytes into events.
pub struct Reply {
    head: Head,
    wire: Box<dyn Wire>,
    body: Body,
    bytes: usize,
    told: Told,
}

enum Body {
    Stream(SseDecoder),
    Whole(Vec<u8>),
}

impl Reply {
    pub(super) fn new(head: Head, wire: impl Wire + 'static) -> Self {
        let body = if head.streams {
            Body::Stream(SseDecoder::default())
        } else {
            Body::Whole(Vec::new())
        };
        Self {
            head,
            wire: Box::new(wire),
            body,
            bytes: 0,
            told: Told::default(),
        }
    }

    /// The next bytes, however they were split.
    pub fn take(&mut self, bytes: &[u8]) -> Vec<Event> {
        if self.is_over() {
            return Vec::new();
        }
        self.bytes = self.bytes.saturating_add(bytes.len());
        let taken = match &mut self.body {
            Body::Stream(decoder) => {
                let mut events = Vec::new();
                let taken = decoder.take(bytes, &mut events);
                for event in events {
                    hear(&mut *self.wire, &self.head, &event.data, &mut self.told);
                }
                taken
            }
            Body::Whole(body) if body.len() + bytes.len() <= LONGEST_BODY => {
                body.extend_from_slice(bytes);
                Ok(())
            }
            Body::Whole(_) => Err(TooLong),
        };
        if taken.is_err() || self.bytes > LONGEST_REPLY {
            let long = Failure::new(FailureKind::Unreadable, "more bytes than any answer has");
            self.told.fail(long);
        }
        self.told.take()
    }

    /// The bytes ended.
    pub fn end(&mut self) -> Vec<Event> {
        if let Body::Whole(body) = &mut self.body {
            let body = String::from_utf8_lossy(&std::mem::take(body)).into_owned();
            hear(&mut *self.wire, &self.head, &body, &mut self.told);
        }
        self.wire.end(!self.head.streams, &mut self.told);
        self.told.take()
    }

    /// The bytes stopped: a connection broke, or patience ran out. A reply that had said its last word is finished all the
    /// same.
    pub fn break_off(&mut self, failure: Failure) -> Vec<Event> {
        let mut rest = self.end();
        if let Some(Event::Failed(ours)) = rest.last_mut()
            && self.head.status < 300
        {
            *ours = failure;
        }
        rest
    }

    /// Whether the last event is out; the connection can be dropped.
    pub fn is_over(&self) -> bool {
        self.told.over
    }
}

fn hear(wire: &mut dyn Wire, head: &Head, data: &str, told: &mut Told) {
    if told.over {
        return;
    }
    // A literal of OpenAI's and of all who follow it.
    if data.trim() == "[DONE]" {
        return wire.end(true, told);
    }
    let said = serde_json::from_str::<Value>(data).ok();
    match said
        .as_ref()
        .and_then(|said| Fault::read(said, head.status))
    {
        Some(Fault::Refusal) => {
            told.refuse();
            told.finish(Finish::Refused);
        }
        Some(Fault::Failure(failure)) => told.fail(as_told(failure, head)),
        None if head.status >= 300 => told.fail(as_told(Failure::of_status(head.status), head)),
        None => match said {
            Some(said) => wire.hear(said, told),
            // A stream was damaged on its way; a page instead of an answer would come again.
            None if head.streams => told.fail(Failure::new(FailureKind::Interrupted, "not JSON")),
            None => told.fail(Failure::new(FailureKind::Unreadable, "not JSON")),
        },
    }
}

/// What the headers say of asking again.
fn as_told(failure: Failure, head: &Head) -> Failure {
    Failure {
        retryable: head.should_retry.unwrap_or(failure.retryable),
        retry_after: head.retry_after,
        ..failure
    }
}

/// The events of a reply, kept in order: no text after a refusal, nothing after the end.
#[derive(Default)]
pub(super) struct Told {
    events: Vec<Event>,
    spoke: bool,
    refused: bool,
    over: bool,
}

impl Told {
    fn take(&mut self) -> Vec<Event> {
        std::mem::take(&mut self.events)
    }

    pub(super) fn text(&mut self, text: &str) {
        if !text.is_empty() && !self.refused && !self.over {
            self.spoke |= !text.trim().is_empty();
            self.events.push(Event::Text(text.to_owned()));
        }
    }

    pub(super) fn refuse(&mut self) {
        if !self.over && !std::mem::replace(&mut self.refused, true) {
            self.events.push(Event::Refused);
        }
    }

    pub(super) fn usage(&mut self, usage: Usage) {
        if !self.over && usage != Usage::default() {
            self.events.push(Event::Usage(usage));
        }
    }

    /// The end, in a refusal if there was one.
    pub(super) fn finish(&mut self, finish: Finish) {
        if finish == Finish::Refused {
            self.refuse();
        }
        if self.refused {
            self.finally(Event::Finished(Finish::Refused));
        } else if self.spoke {
            self.finally(Event::Finished(finish));
        } else {
            let why = match finish {
                Finish::Length => "the tokens ran out before the first word",
                Finish::Complete | Finish::Refused => "not a word",
            };
            self.fail(Failure::new(FailureKind::Empty, why));
        }
    }

    pub(super) fn fail(&mut self, failure: Failure) {
        self.finally(Event::Failed(failure));
    }

    fn finally(&mut self, event: Event) {
        if !std::mem::replace(&mut self.over, true) {
            self.events.push(event);
        }
    }
}
