//! The byte server, for what no other peer can do, and to hold the peers against.

use crate::case::{Case, LEFT_ALONE, SLOW};
use crate::peer::{Held, Wire};
use captain_http::model::Provider;
use captain_peers::said::{chat, messages};
use captain_peers::{Answer, ByteServer};
use serde_json::Value;

pub fn offer(case: Case, wire: Wire) -> (Provider, Held) {
    let server = ByteServer::saying(answers(case, wire));
    let path = match wire {
        Wire::OpenAi => "/v1",
        Wire::Anthropic => "",
    };
    (wire.at(server.url() + path, case), Some(server))
}

fn answers(case: Case, wire: Wire) -> Vec<Answer> {
    let good = Answer::stream().bytes(whole(wire, "Namaste ji."));
    let words = || Answer::stream().bytes(begin(wire));
    let first = match case {
        Case::Prose => return vec![good],
        Case::Structured => return vec![Answer::stream().bytes(whole(wire, "{\"items\": []}"))],
        Case::SlowFirstWord => {
            let rest = whole(wire, "Namaste ji.");
            return vec![Answer::stream().bytes("").pause(SLOW).bytes(rest)];
        }
        Case::Cut => return vec![words().bytes(end(wire, "length", "max_tokens"))],
        Case::Refused => return vec![words().bytes(end(wire, "content_filter", "refusal"))],
        Case::RateLimited => Answer::json(429, &error(wire, "rate_limit_error"))
            .header("retry-after", LEFT_ALONE.as_secs().to_string()),
        Case::Overloaded => match wire {
            Wire::OpenAi => Answer::of(503),
            Wire::Anthropic => Answer::json(529, &error(wire, "overloaded_error")),
        },
        Case::ServerErrors => return vec![Answer::of(500), Answer::of(500), good],
        Case::Rejected => Answer::json(400, &error(wire, "invalid_request_error")),
        Case::WrongKey => Answer::json(401, &error(wire, "authentication_error")),
        Case::Truncated => words(),
        Case::Disconnected => words().break_off(),
        Case::Malformed => words().bytes("data: {\"ty\n\n"),
        Case::Nonsense => Answer::of(200)
            .header("content-type", "application/json")
            .bytes("{malformed"),
        Case::Stalled => words().hang(),
    };
    vec![first, good]
}

fn whole(wire: Wire, text: &str) -> String {
    match wire {
        Wire::OpenAi => chat::whole(&[text]),
        Wire::Anthropic => messages::whole(&[text]),
    }
}

fn begin(wire: Wire) -> String {
    match wire {
        Wire::OpenAi => chat::words("Namaste"),
        Wire::Anthropic => messages::begin(20) + &messages::words("Namaste"),
    }
}

fn end(wire: Wire, chat_reason: &str, messages_reason: &str) -> String {
    match wire {
        Wire::OpenAi => chat::finish(chat_reason) + &chat::usage(20, 2) + chat::DONE,
        Wire::Anthropic => messages::stop(messages_reason, 2) + &messages::end(),
    }
}

fn error(wire: Wire, kind: &str) -> Value {
    match wire {
        Wire::OpenAi => chat::error(kind, kind, "As told"),
        Wire::Anthropic => messages::error(kind, "As told"),
    }
}
