//! The byte server, for what no other peer can do, and to hold the peers against.

use crate::case::{Case, LEFT_ALONE, SLOW};
use crate::peer::{Format, Held, Wire};
use captain_http::model::Provider;
use captain_peers::said::{chat, messages, workers_ai};
use captain_peers::{Answer, ByteServer};
use serde_json::{Value, json};

pub fn offer(case: Case, wire: Wire) -> Option<(Provider, Held)> {
    let server = ByteServer::saying(answers(case, wire)?);
    let path = match wire {
        Wire::OpenAi => "/v1",
        Wire::Anthropic | Wire::WorkersAi(_) => "",
    };
    Some((wire.at(server.url() + path, case), Some(server)))
}

/// What the server says to the first call of a case, to the second, and so on; `None` where the wire has no words for it.
pub fn answers(case: Case, wire: Wire) -> Option<Vec<Answer>> {
    let good = Answer::stream().bytes(whole(wire, "Namaste ji."));
    let words = || Answer::stream().bytes(begin(wire));
    let first = match case {
        Case::Prose => return Some(vec![good]),
        Case::Structured => return Some(vec![structured(wire)]),
        Case::SlowFirstWord => {
            let rest = whole(wire, "Namaste ji.");
            return Some(vec![Answer::stream().bytes("").pause(SLOW).bytes(rest)]);
        }
        Case::Cut => return Some(vec![words().bytes(cut(wire))]),
        Case::Refused => return Some(vec![words().bytes(refusal(wire)?)]),
        Case::RateLimited => Answer::json(429, &rate_limited(wire))
            .header("retry-after", LEFT_ALONE.as_secs().to_string()),
        Case::Overloaded => match wire {
            Wire::OpenAi => Answer::of(503),
            Wire::Anthropic => Answer::json(529, &messages::error("overloaded_error", "As told")),
            Wire::WorkersAi(_) => Answer::json(429, &workers_ai::error(3040, "AiError", CAPACITY)),
        },
        Case::ServerErrors => return Some(vec![Answer::of(500), Answer::of(500), good]),
        Case::Rejected => Answer::json(400, &rejected(wire)),
        Case::WrongKey => wrong_key(wire),
        Case::Truncated => words(),
        Case::Disconnected => words().break_off(),
        Case::Malformed => words().bytes("data: {\"ty\n\n"),
        Case::Nonsense => Answer::of(200)
            .header("content-type", "application/json")
            .bytes("{malformed"),
        Case::Stalled => words().hang(),
    };
    Some(vec![first, good])
}

const CAPACITY: &str = "Capacity temporarily exceeded, please try again.";

fn whole(wire: Wire, text: &str) -> String {
    match wire {
        Wire::OpenAi | Wire::WorkersAi(Format::Newer) => chat::whole(&[text]),
        Wire::Anthropic => messages::whole(&[text]),
        Wire::WorkersAi(Format::Older) => workers_ai::words(text) + &workers_ai::end(1),
    }
}

/// Models of Workers AI can't stream JSON.
fn structured(wire: Wire) -> Answer {
    let empty = json!({"items": []});
    match wire {
        Wire::OpenAi | Wire::Anthropic => Answer::stream().bytes(whole(wire, &empty.to_string())),
        Wire::WorkersAi(Format::Older) => Answer::json(200, &workers_ai::json(&empty)),
        Wire::WorkersAi(Format::Newer) => Answer::json(200, &chat::completion(&empty.to_string())),
    }
}

fn begin(wire: Wire) -> String {
    match wire {
        Wire::OpenAi | Wire::WorkersAi(Format::Newer) => chat::words("Namaste"),
        Wire::Anthropic => messages::begin(20) + &messages::words("Namaste"),
        Wire::WorkersAi(Format::Older) => workers_ai::words("Namaste"),
    }
}

fn cut(wire: Wire) -> String {
    match wire {
        // It tells no reason: as many tokens as were allowed are a cut.
        Wire::WorkersAi(Format::Older) => workers_ai::end(Case::Cut.ask().max_tokens.into()),
        _ => end(wire, "length", "max_tokens"),
    }
}

fn refusal(wire: Wire) -> Option<String> {
    match wire {
        Wire::WorkersAi(Format::Older) => None,
        _ => Some(end(wire, "content_filter", "refusal")),
    }
}

fn end(wire: Wire, chat_reason: &str, messages_reason: &str) -> String {
    match wire {
        Wire::OpenAi | Wire::WorkersAi(_) => {
            chat::finish(chat_reason) + &chat::usage(20, 2) + chat::DONE
        }
        Wire::Anthropic => messages::stop(messages_reason, 2) + &messages::end(),
    }
}

fn rate_limited(wire: Wire) -> Value {
    match wire {
        // As Cloudflare's API says it of all its calls.
        Wire::WorkersAi(_) => {
            let message = "Please wait and consider throttling your request speed";
            json!({"success": false, "result": null, "errors": [{"code": 971, "message": message}]})
        }
        _ => error(wire, "rate_limit_error"),
    }
}

fn rejected(wire: Wire) -> Value {
    match wire {
        Wire::WorkersAi(_) => workers_ai::error(5007, "AiError", "No such model or task"),
        _ => error(wire, "invalid_request_error"),
    }
}

/// A binding has no key; its account may be without rights.
fn wrong_key(wire: Wire) -> Answer {
    match wire {
        Wire::WorkersAi(_) => {
            let description = "The account is not allowed to access this model";
            Answer::json(403, &workers_ai::error(5018, "AiError", description))
        }
        _ => Answer::json(401, &error(wire, "authentication_error")),
    }
}

fn error(wire: Wire, kind: &str) -> Value {
    match wire {
        Wire::Anthropic => messages::error(kind, "As told"),
        Wire::OpenAi | Wire::WorkersAi(_) => chat::error(kind, kind, "As told"),
    }
}
