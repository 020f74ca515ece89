//! Messages.

use super::*;
use coach::provider::{Key, anthropic};

fn claude() -> Endpoint {
    Endpoint::Anthropic(anthropic::Endpoint::new(
        Key::new("sk-ant"),
        "claude-sonnet-4-5",
    ))
}

fn event(data: Value) -> String {
    let name = data["type"].as_str().unwrap();
    // Their servers pad some events.
    format!("event: {name}\ndata: {data}      \n\n")
}

fn start() -> String {
    event(
        json!({"type": "message_start", "message": {"id": "m", "type": "message", "role": "assistant", "content": [],
        "stop_reason": null, "usage": {"input_tokens": 25, "output_tokens": 1}}}),
    )
}

fn says(text: &str) -> String {
    delta(json!({"type": "text_delta", "text": text}))
}

fn delta(delta: Value) -> String {
    event(json!({"type": "content_block_delta", "index": 0, "delta": delta}))
}

fn block(block: Value) -> String {
    event(json!({"type": "content_block_start", "index": 0, "content_block": block}))
}

fn ends(reason: &str) -> String {
    let delta = event(
        json!({"type": "message_delta", "delta": {"stop_reason": reason, "stop_sequence": null}, "usage": {"output_tokens": 15}}),
    );
    delta + STOP
}

const STOP: &str = "event: message_stop\ndata: {\"type\":\"message_stop\"}\n\n";
const PING: &str = "event: ping\ndata: {\"type\": \"ping\"}\n\n";

fn stream(parts: &[&str]) -> Vec<Event> {
    heard(&claude(), &stream_head(), parts.concat())
}

#[test]
fn a_request_says_what_anthropic_asks_for() {
    let (call, body) = http(&claude(), &prose());
    assert_eq!(
        (call.method, call.url.as_str()),
        ("POST", "https://api.anthropic.com/v1/messages")
    );
    assert_eq!(header(&call, "x-api-key"), Some("sk-ant"));
    assert_eq!(header(&call, "anthropic-version"), Some("2023-06-01"));
    assert_eq!(header(&call, "content-type"), Some("application/json"));
    assert_eq!(
        body,
        json!({"model": "claude-sonnet-4-5", "max_tokens": 300, "stream": true, "temperature": 0.2,
            "system": "You are the captain.",
            "messages": [{"role": "user", "content": "{\"answer\":\"It's \\\"fine\\\", sir\"}"}]})
    );
}

#[test]
fn a_schema_goes_into_the_output_config() {
    let (call, body) = http(&claude(), &structured());
    assert_eq!(body["output_config"]["format"]["type"], "json_schema");
    let schema = &body["output_config"]["format"]["schema"];
    assert_eq!(schema["items"]["required"], json!(["quote", "level"]));
    let quote = call.body.find("\"quote\":{").unwrap();
    assert!(quote < call.body.find("\"level\":{").unwrap());
}

#[test]
fn sampling_goes_only_to_models_that_take_it() {
    for (model, takes) in [
        ("claude-3-5-haiku-latest", true),
        ("claude-sonnet-4-20250514", true),
        ("claude-opus-4-1", true),
        ("claude-opus-4-6", true),
        ("claude-opus-4-7", false),
        ("claude-opus-5", false),
        ("whatever-comes", false),
    ] {
        let endpoint = Endpoint::Anthropic(anthropic::Endpoint::new(Key::new("k"), model));
        let (_, body) = http(&endpoint, &prose());
        assert_eq!(body.get("temperature").is_some(), takes, "{model}");
    }
}

#[test]
fn a_stream_is_read_to_its_end() {
    let opens = block(json!({"type": "text", "text": ""}));
    let closes = event(json!({"type": "content_block_stop", "index": 0}));
    let events = stream(&[
        &start(),
        &opens,
        PING,
        &says("नम"),
        &says("स्ते"),
        &closes,
        &ends("end_turn"),
    ]);
    assert_eq!(
        events,
        [
            Event::Usage(Usage {
                input: Some(25),
                output: None
            }),
            Event::Text("नम".into()),
            Event::Text("स्ते".into()),
            Event::Usage(Usage {
                input: Some(25),
                output: Some(15)
            }),
            Event::Finished(Finish::Complete),
        ]
    );
}

#[test]
fn a_ping_may_come_before_everything() {
    let events = stream(&[
        PING,
        PING,
        &start(),
        PING,
        &says("a"),
        &ends("stop_sequence"),
    ]);
    assert_eq!(
        (text(&events).as_str(), finish(&events)),
        ("a", Finish::Complete)
    );
}

#[test]
fn unknown_events_deltas_and_blocks_are_skipped() {
    let events = stream(&[
        &start(),
        &event(json!({"type": "something_new", "data": [1]})),
        &block(json!({"type": "server_tool_use", "id": "t"})),
        &delta(json!({"type": "new_delta", "text": "no"})),
        &says("a"),
        &ends("end_turn"),
    ]);
    assert_eq!(
        (text(&events).as_str(), finish(&events)),
        ("a", Finish::Complete)
    );
}

#[test]
fn thinking_tools_and_citations_are_none_of_the_answer() {
    let events = stream(&[
        &start(),
        &block(json!({"type": "thinking", "thinking": "", "signature": ""})),
        &delta(json!({"type": "thinking_delta", "thinking": "He is weak"})),
        &delta(json!({"type": "signature_delta", "signature": "x"})),
        &block(json!({"type": "redacted_thinking", "data": "x"})),
        &block(json!({"type": "tool_use", "id": "t", "name": "f", "input": {}})),
        &delta(json!({"type": "input_json_delta", "partial_json": "{\"a"})),
        &delta(json!({"type": "citations_delta", "citation": {}})),
        &block(json!({"type": "text", "text": "yes"})),
        &ends("end_turn"),
    ]);
    assert_eq!(
        (text(&events).as_str(), finish(&events)),
        ("yes", Finish::Complete)
    );
}

#[test]
fn counts_are_cumulative_and_unknown_when_the_stream_died() {
    let count = |output: u64| {
        event(json!({"type": "message_delta", "delta": {}, "usage": {"output_tokens": output}}))
    };
    let events = stream(&[
        &start(),
        &says("a"),
        &count(7),
        &count(12),
        &ends("end_turn"),
    ]);
    assert_eq!(
        usage(&events),
        Some(Usage {
            input: Some(25),
            output: Some(15)
        })
    );
    let events = stream(&[&start(), &says("a")]);
    assert_eq!(
        usage(&events),
        Some(Usage {
            input: Some(25),
            output: None
        })
    );
}

#[test]
fn success_is_message_stop_and_a_stop_reason() {
    let reason = event(
        json!({"type": "message_delta", "delta": {"stop_reason": "end_turn"}, "usage": {"output_tokens": 1}}),
    );
    for parts in [
        vec![start(), says("a")],
        vec![start(), says("a"), reason],
        vec![start(), says("a"), STOP.to_owned()],
        vec![],
    ] {
        let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
        let events = stream(&parts);
        let failure = failure(&events);
        assert_eq!(
            (failure.kind, failure.retryable),
            (FailureKind::Interrupted, true),
            "{parts:?}"
        );
    }
}

#[test]
fn a_cut_inside_a_tool_block_or_json_is_a_cut() {
    // No content_block_stop, and JSON that can't be parsed.
    let events = stream(&[
        &start(),
        &says("{\"judgements\":[{\"quo"),
        &ends("max_tokens"),
    ]);
    assert_eq!(finish(&events), Finish::Length);
    let tool = block(json!({"type": "tool_use", "id": "t", "name": "f", "input": {}}));
    let json = delta(json!({"type": "input_json_delta", "partial_json": "{\"loc"}));
    let events = stream(&[&start(), &tool, &json, &ends("max_tokens")]);
    assert_eq!(failure(&events).kind, FailureKind::Empty);
    let events = stream(&[&start(), &says("a"), &ends("model_context_window_exceeded")]);
    assert_eq!(finish(&events), Finish::Length);
}

#[test]
fn a_refusal_is_never_coaching() {
    let refusal = event(json!({"type": "message_delta",
        "delta": {"stop_reason": "refusal", "stop_details": {"type": "refusal", "category": "x", "explanation": "y"}},
        "usage": {"output_tokens": 3}}));
    for said in ["", "I was about to"] {
        let events = stream(&[&start(), &says(said), &refusal, &says("no"), STOP]);
        let end = events.len() - 2;
        assert_eq!(
            events[end..],
            [Event::Refused, Event::Finished(Finish::Refused)]
        );
        assert_eq!(text(&events), said);
        // It is paid for.
        assert_eq!(
            usage(&events),
            Some(Usage {
                input: Some(25),
                output: Some(3)
            })
        );
    }
}

#[test]
fn a_whole_refusal_shows_nothing_at_all() {
    let body = json!({"type": "message", "role": "assistant", "content": [{"type": "text", "text": "I was"}],
        "stop_reason": "refusal", "usage": {"input_tokens": 1, "output_tokens": 2}});
    let events = heard(&claude(), &json_head(200), body.to_string());
    assert_eq!(
        (text(&events).as_str(), finish(&events)),
        ("", Finish::Refused)
    );
}

#[test]
fn a_tool_or_a_pause_that_nobody_asked_for_is_no_answer() {
    for reason in ["tool_use", "pause_turn", "something_new"] {
        let events = stream(&[&start(), &says("a"), &ends(reason)]);
        assert_eq!(failure(&events).kind, FailureKind::Unreadable, "{reason}");
    }
}

#[test]
fn an_error_under_status_200_is_told_by_its_type() {
    let error = |kind: &str| {
        event(json!({"type": "error", "error": {"type": kind, "message": "m"}, "request_id": "r"}))
    };
    for (name, kind, retryable) in [
        ("overloaded_error", FailureKind::Overloaded, true),
        ("rate_limit_error", FailureKind::RateLimited, true),
        ("api_error", FailureKind::Server, true),
        ("timeout_error", FailureKind::Timeout, true),
        ("invalid_request_error", FailureKind::Rejected, false),
        ("not_found_error", FailureKind::Rejected, false),
        ("authentication_error", FailureKind::Credentials, false),
        ("permission_error", FailureKind::Credentials, false),
        ("billing_error", FailureKind::Quota, false),
        ("something_new", FailureKind::Server, true),
    ] {
        // First, or after words.
        for before in [vec![], vec![start(), says("a")]] {
            let events = stream(&[&before.concat(), &error(name), STOP]);
            let failure = failure(&events);
            assert_eq!(
                (failure.kind, failure.retryable),
                (kind, retryable),
                "{name}"
            );
        }
    }
}

#[test]
fn an_error_body_is_understood() {
    let body = |kind: &str| {
        json!({"type": "error", "error": {"type": kind, "message": "m"}, "request_id": "r"})
            .to_string()
    };
    assert_eq!(
        failed(&claude(), 529, &body("overloaded_error")),
        (FailureKind::Overloaded, true)
    );
    assert_eq!(
        failed(&claude(), 413, &body("request_too_large")),
        (FailureKind::Rejected, false)
    );
    assert_eq!(
        failed(&claude(), 401, &body("authentication_error")),
        (FailureKind::Credentials, false)
    );
    assert_eq!(
        failed(&claude(), 529, "<html>overloaded</html>"),
        (FailureKind::Overloaded, true)
    );
    assert_eq!(
        head(529, &[("request-id", "req_9")]).request_id.as_deref(),
        Some("req_9")
    );
}

#[test]
fn a_whole_body_is_taken_for_a_stream_that_was_asked_for() {
    let body = json!({"id": "m", "type": "message", "role": "assistant", "stop_reason": "end_turn",
        "content": [{"type": "thinking", "thinking": "hm"}, {"type": "text", "text": "Nama"}, {"type": "text", "text": "ste"}],
        "usage": {"input_tokens": 4, "output_tokens": 2}});
    let events = heard(&claude(), &json_head(200), body.to_string());
    assert_eq!(
        (text(&events).as_str(), finish(&events)),
        ("Namaste", Finish::Complete)
    );
    assert_eq!(
        usage(&events),
        Some(Usage {
            input: Some(4),
            output: Some(2)
        })
    );
}

#[test]
fn an_event_that_is_not_as_documented_ends_the_reply() {
    for odd in [
        "data: [DONE]\n\n",
        "data: {\"type\":\"content_block_delta\"}\n\n",
        "data: {\"index\":1}\n\n",
        "data: nonsense\n\n",
    ] {
        let events = stream(&[&start(), &says("a"), odd, &ends("end_turn")]);
        assert!(
            matches!(
                failure(&events).kind,
                FailureKind::Unreadable | FailureKind::Interrupted
            ),
            "{odd}"
        );
    }
}
