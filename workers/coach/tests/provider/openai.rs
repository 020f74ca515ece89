//! Chat Completions, at OpenAI and elsewhere.

use super::*;
use coach::provider::{Key, openai};

fn gpt() -> Endpoint {
    Endpoint::OpenAi(openai::Endpoint::openai(
        Key::new(" sk-1 \n"),
        "gpt-4.1-mini",
    ))
}

fn local() -> openai::Endpoint {
    openai::Endpoint::compatible("http://localhost:11434/v1/", None, "llama3.2")
}

fn chunk(delta: Value, finish: Value) -> String {
    let chunk = json!({"id": "c", "object": "chat.completion.chunk", "created": 1, "model": "m", "system_fingerprint": null,
        "choices": [{"index": 0, "delta": delta, "logprobs": null, "finish_reason": finish}], "usage": null, "obfuscation": "x9"});
    format!("data: {chunk}\n\n")
}

fn says(text: &str) -> String {
    chunk(json!({"content": text}), Value::Null)
}

const STOP: &str =
    "data: {\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}\n\n";
const DONE: &str = "data: [DONE]\n\n";

fn stream(parts: &[&str]) -> Vec<Event> {
    heard(&gpt(), &stream_head(), parts.concat())
}

#[test]
fn a_request_says_what_openai_asks_for() {
    let (call, body) = http(&gpt(), &prose());
    assert_eq!(
        (call.method, call.url.as_str()),
        ("POST", "https://api.openai.com/v1/chat/completions")
    );
    assert_eq!(header(&call, "authorization"), Some("Bearer sk-1"));
    assert_eq!(header(&call, "content-type"), Some("application/json"));
    assert_eq!(
        body,
        json!({"model": "gpt-4.1-mini", "stream": true, "stream_options": {"include_usage": true},
            "max_completion_tokens": 300, "temperature": 0.2,
            "messages": [
                {"role": "system", "content": "You are the captain."},
                {"role": "user", "content": "{\"answer\":\"It's \\\"fine\\\", sir\"}"}]})
    );
}

#[test]
fn a_schema_is_strict_and_keeps_its_order() {
    let (call, body) = http(&gpt(), &structured());
    let format = &body["response_format"];
    assert_eq!(format["type"], "json_schema");
    assert_eq!(format["json_schema"]["name"], "verdict");
    assert_eq!(format["json_schema"]["strict"], true);
    let item = &format["json_schema"]["schema"]["items"];
    assert_eq!(item["required"], json!(["quote", "level"]));
    assert_eq!(item["additionalProperties"], false);
    let quote = call.body.find("\"quote\":{").unwrap();
    assert!(quote < call.body.find("\"level\":{").unwrap());
}

#[test]
fn sampling_goes_only_to_models_that_take_it() {
    for (model, takes) in [
        ("gpt-4.1", true),
        ("gpt-4o-mini", true),
        ("gpt-5", false),
        ("gpt-5-mini", false),
        ("o3", false),
        ("o4-mini", false),
        ("gpt-4o-search-preview", false),
        ("whatever-comes", false),
    ] {
        let endpoint = Endpoint::OpenAi(openai::Endpoint::openai(Key::new("k"), model));
        let (_, body) = http(&endpoint, &prose());
        assert_eq!(body.get("temperature").is_some(), takes, "{model}");
    }
    let (_, body) = http(
        &gpt(),
        &Ask {
            temperature: None,
            ..prose()
        },
    );
    assert!(body.get("temperature").is_none());
}

#[test]
fn a_compatible_server_gets_its_own_address_and_the_older_limit() {
    let (call, body) = http(&Endpoint::OpenAi(local()), &prose());
    assert_eq!(call.url, "http://localhost:11434/v1/chat/completions");
    assert_eq!(header(&call, "authorization"), None);
    assert_eq!(body["max_tokens"], 300);
    assert!(body.get("max_completion_tokens").is_none());
}

#[test]
fn keys_and_words_are_never_printed() {
    let (call, _) = http(&gpt(), &prose());
    let printed = format!("{call:?} {:?}", gpt());
    assert!(
        !printed.contains("sk-1") && !printed.contains("fine"),
        "{printed}"
    );
}

#[test]
fn a_stream_is_read_to_its_end() {
    let first = chunk(
        json!({"role": "assistant", "content": "", "refusal": null}),
        Value::Null,
    );
    let count = "data: {\"choices\":[],\"usage\":{\"prompt_tokens\":9,\"completion_tokens\":2,\"total_tokens\":11}}\n\n";
    let events = stream(&[&first, &says("नमस्ते"), &says(" sir"), STOP, count, DONE]);
    assert_eq!(
        events,
        [
            Event::Text("नमस्ते".into()),
            Event::Text(" sir".into()),
            Event::Usage(Usage {
                input: Some(9),
                output: Some(2)
            }),
            Event::Finished(Finish::Complete),
        ]
    );
}

#[test]
fn the_usage_chunk_has_no_choices_and_hurts_nobody() {
    for count in [
        "{\"choices\":[],\"usage\":{\"prompt_tokens\":9}}",
        "{\"choices\":null,\"usage\":null}",
        "{}",
    ] {
        let events = stream(&[&says("a"), STOP, &format!("data: {count}\n\n"), DONE]);
        assert_eq!(finish(&events), Finish::Complete);
    }
}

#[test]
fn a_stream_that_died_has_an_unknown_usage() {
    let events = stream(&[&says("a")]);
    assert_eq!(usage(&events), None);
    assert_eq!(failure(&events).kind, FailureKind::Interrupted);
}

#[test]
fn an_end_without_a_finish_reason_is_a_failure_even_if_done_is_said() {
    for rest in ["", DONE] {
        let events = stream(&[&says("half a"), rest]);
        let failure = failure(&events);
        assert_eq!(
            (failure.kind, failure.retryable),
            (FailureKind::Interrupted, true)
        );
    }
}

#[test]
fn a_gateway_may_be_known_to_leave_out_the_finish_reason() {
    let mut endpoint = local();
    endpoint.may_omit_finish = true;
    let endpoint = Endpoint::OpenAi(endpoint);
    let events = heard(&endpoint, &stream_head(), says("a") + DONE);
    assert_eq!(finish(&events), Finish::Complete);
    // Without `[DONE]` it still broke off.
    let events = heard(&endpoint, &stream_head(), says("a"));
    assert_eq!(failure(&events).kind, FailureKind::Interrupted);
}

#[test]
fn a_finish_reason_is_enough_without_done() {
    assert_eq!(finish(&stream(&[&says("a"), STOP])), Finish::Complete);
}

#[test]
fn a_finish_reason_may_be_missing_empty_or_in_the_very_first_chunk() {
    let without = "data: {\"choices\":[{\"delta\":{\"content\":\"a\"}}]}\n\n";
    let empty = "data: {\"choices\":[{\"delta\":{\"content\":\"b\"},\"finish_reason\":\"\"}]}\n\n";
    let events = stream(&[without, empty, STOP, DONE]);
    assert_eq!(
        (text(&events).as_str(), finish(&events)),
        ("ab", Finish::Complete)
    );
    let events = stream(&[&chunk(json!({"content": "all"}), json!("stop")), DONE]);
    assert_eq!(
        (text(&events).as_str(), finish(&events)),
        ("all", Finish::Complete)
    );
}

#[test]
fn an_error_under_status_200_is_an_error() {
    let error = "data: {\"error\":{\"message\":\"The server had an error\",\"type\":\"server_error\",\"param\":null,\"code\":null}}\n\n";
    for rest in ["", DONE] {
        let events = stream(&[&says("a"), error, rest]);
        let failure = failure(&events);
        assert_eq!(
            (failure.kind, failure.retryable),
            (FailureKind::Server, true)
        );
    }
    // Beside choices, too.
    let beside = "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"\"},\"finish_reason\":\"error\"}],\"error\":{\"code\":502,\"message\":\"upstream\"}}\n\n";
    assert_eq!(failure(&stream(&[beside])).kind, FailureKind::Server);
    // As a body where a stream was asked for.
    assert_eq!(
        failed(
            &gpt(),
            200,
            r#"{"error":{"message":"busy","type":"server_error","code":"server_is_overloaded"}}"#
        ),
        (FailureKind::Overloaded, true)
    );
}

#[test]
fn an_error_that_is_null_is_none() {
    let chunk = "data: {\"error\":null,\"choices\":[{\"delta\":{\"content\":\"a\"}}]}\n\n";
    assert_eq!(finish(&stream(&[chunk, STOP])), Finish::Complete);
}

#[test]
fn a_refusal_is_never_coaching() {
    let refusal = chunk(json!({"refusal": "I can't help with that."}), Value::Null);
    let events = stream(&[&says("Sure, "), &refusal, &says("more"), STOP, DONE]);
    assert_eq!(
        events,
        [
            Event::Text("Sure, ".into()),
            Event::Refused,
            Event::Finished(Finish::Refused)
        ]
    );
    for reason in ["content_filter", "refusal"] {
        let filtered = chunk(json!({}), json!(reason));
        let events = stream(&[&says("Su"), &filtered, DONE]);
        assert_eq!(
            events[1..],
            [Event::Refused, Event::Finished(Finish::Refused)]
        );
    }
}

#[test]
fn a_filtered_prompt_is_a_refusal_too() {
    let body = r#"{"error":{"message":"The response was filtered","type":null,"param":"prompt","code":"content_filter","status":400}}"#;
    let events = heard(&gpt(), &json_head(400), body);
    assert_eq!(events, [Event::Refused, Event::Finished(Finish::Refused)]);
}

#[test]
fn too_few_tokens_are_a_cut() {
    let cut = chunk(json!({}), json!("length"));
    assert_eq!(
        finish(&stream(&[&says("{\"quo"), &cut, DONE])),
        Finish::Length
    );
    // Thinking may use them all up.
    assert_eq!(failure(&stream(&[&cut, DONE])).kind, FailureKind::Empty);
}

#[test]
fn a_reply_without_a_word_is_no_answer() {
    for delta in [
        json!({}),
        json!({"content": null}),
        json!({"content": " \n"}),
    ] {
        let events = stream(&[&chunk(delta, Value::Null), STOP, DONE]);
        let failure = failure(&events);
        assert_eq!(
            (failure.kind, failure.retryable),
            (FailureKind::Empty, false)
        );
    }
}

#[test]
fn reasoning_and_tools_are_none_of_the_answer() {
    let thought = chunk(
        json!({"reasoning_content": "hm", "reasoning": "hm", "content": null}),
        Value::Null,
    );
    let tool = chunk(
        json!({"tool_calls": [{"index": 0, "function": {"name": "f", "arguments": "{"}}]}),
        Value::Null,
    );
    let parts = chunk(
        json!({"content": [{"type": "thinking", "thinking": []}]}),
        Value::Null,
    );
    let events = stream(&[&thought, &tool, &parts, &says("yes"), STOP, DONE]);
    assert_eq!(
        (text(&events).as_str(), finish(&events)),
        ("yes", Finish::Complete)
    );
    let called = chunk(json!({}), json!("tool_calls"));
    assert_eq!(
        failure(&stream(&[&says("a"), &called])).kind,
        FailureKind::Unreadable
    );
}

#[test]
fn a_second_choice_is_not_mixed_in() {
    let other = "data: {\"choices\":[{\"index\":1,\"delta\":{\"content\":\"no\"},\"finish_reason\":\"length\"}]}\n\n";
    let events = stream(&[&says("yes"), other, STOP]);
    assert_eq!(
        (text(&events).as_str(), finish(&events)),
        ("yes", Finish::Complete)
    );
}

#[test]
fn keep_alives_and_other_events_are_ignored() {
    let events = stream(&[
        ": OPENROUTER PROCESSING\n\n",
        "event: ping\ndata: {}\n\n",
        "data: {\"object\":\"new\",\"x\":[1]}\n\n",
        &says("a"),
        ":\n\n",
        STOP,
        DONE,
    ]);
    assert_eq!(
        (text(&events).as_str(), finish(&events)),
        ("a", Finish::Complete)
    );
}

#[test]
fn blanks_after_the_json_and_lines_in_it_change_nothing() {
    let events = stream(&[
        "data: {\"choices\": [ \ndata: {\"delta\": {\"content\": \"a\"}} ] }    \n\n",
        STOP,
    ]);
    assert_eq!(
        (text(&events).as_str(), finish(&events)),
        ("a", Finish::Complete)
    );
}

#[test]
fn a_chunk_that_is_no_json_ends_the_reply() {
    let events = stream(&[&says("a"), "data: {\"choices\":[{\n\n", &says("b"), STOP]);
    assert_eq!(
        (text(&events).as_str(), failure(&events).kind),
        ("a", FailureKind::Interrupted)
    );
}

#[test]
fn a_whole_body_is_taken_for_a_stream_that_was_asked_for() {
    let body = r#"{"id":"c","choices":[{"index":0,"message":{"role":"assistant","content":"Namaste"},"finish_reason":"stop"}],"usage":{"prompt_tokens":3,"completion_tokens":1}}"#;
    let events = heard(&gpt(), &json_head(200), body);
    assert_eq!(
        (text(&events).as_str(), finish(&events)),
        ("Namaste", Finish::Complete)
    );
    assert_eq!(
        usage(&events),
        Some(Usage {
            input: Some(3),
            output: Some(1)
        })
    );
}

#[test]
fn a_gateways_page_is_no_answer() {
    let page = "<html><body><h1>502 Bad Gateway</h1></body></html>";
    let html = |status| head(status, &[("content-type", "text/html")]);
    let events = heard(&gpt(), &html(502), page);
    assert_eq!(
        (failure(&events).kind, failure(&events).retryable),
        (FailureKind::Server, true)
    );
    let events = heard(&gpt(), &html(200), page);
    assert_eq!(
        (failure(&events).kind, failure(&events).retryable),
        (FailureKind::Unreadable, false)
    );
    let events = heard(&gpt(), &html(503), "");
    assert_eq!(failure(&events).kind, FailureKind::Overloaded);
}

#[test]
fn errors_are_told_apart_by_name_then_by_status() {
    let error = |kind: &str, code: &str| {
        format!(r#"{{"error":{{"message":"m","type":"{kind}","param":null,"code":"{code}"}}}}"#)
    };
    for (status, body, kind, retryable) in [
        (
            429,
            error("requests", "rate_limit_exceeded"),
            FailureKind::RateLimited,
            true,
        ),
        (
            429,
            error("insufficient_quota", "insufficient_quota"),
            FailureKind::Quota,
            false,
        ),
        (429, error("billing_error", ""), FailureKind::Quota, false),
        (
            401,
            error("invalid_request_error", "invalid_api_key"),
            FailureKind::Credentials,
            false,
        ),
        (
            404,
            error("invalid_request_error", "model_not_found"),
            FailureKind::Rejected,
            false,
        ),
        (
            400,
            error("invalid_request_error", "context_length_exceeded"),
            FailureKind::Rejected,
            false,
        ),
        (500, error("server_error", ""), FailureKind::Server, true),
        (
            418,
            error("new", "unheard_of"),
            FailureKind::Rejected,
            false,
        ),
    ] {
        assert_eq!(failed(&gpt(), status, &body), (kind, retryable), "{body}");
    }
    for (status, kind, retryable) in [
        (408, FailureKind::Timeout, true),
        (409, FailureKind::Overloaded, true),
        (402, FailureKind::Quota, false),
        (403, FailureKind::Credentials, false),
        (504, FailureKind::Timeout, true),
        (529, FailureKind::Overloaded, true),
        (302, FailureKind::Unreadable, false),
        (422, FailureKind::Rejected, false),
    ] {
        assert_eq!(failed(&gpt(), status, ""), (kind, retryable), "{status}");
    }
}

#[test]
fn every_servers_shape_of_an_error_is_understood() {
    for (status, body, kind) in [
        (
            404,
            r#"{"error":"model 'llama9' not found"}"#,
            FailureKind::Rejected,
        ),
        (
            503,
            r#"{"error":{"code":503,"message":"Loading model","type":"unavailable_error"}}"#,
            FailureKind::Overloaded,
        ),
        (
            200,
            r#"{"object":"error","message":"max len","type":"BadRequestError","param":null,"code":400}"#,
            FailureKind::Rejected,
        ),
        (
            429,
            r#"{"success":false,"errors":[{"code":3036,"message":"You have used up your daily free allocation"}]}"#,
            FailureKind::Quota,
        ),
        (
            500,
            r#"{"detail":"Internal Server Error"}"#,
            FailureKind::Server,
        ),
        (500, r#"["odd"]"#, FailureKind::Server),
    ] {
        let (found, _) = failed(&Endpoint::OpenAi(local()), status, body);
        assert_eq!(found, kind, "{body}");
    }
}

#[test]
fn the_providers_word_on_retrying_counts() {
    let head = head(
        429,
        &[
            ("x-should-retry", "false"),
            ("retry-after", "3"),
            ("x-request-id", "req_1"),
        ],
    );
    assert_eq!(head.request_id.as_deref(), Some("req_1"));
    let events = heard(&gpt(), &head, "");
    let failure = failure(&events);
    assert!(!failure.retryable);
    assert_eq!(failure.retry_after.unwrap().as_secs(), 3);
}

#[test]
fn a_long_explanation_is_cut_to_a_line() {
    let body = json!({"error": {"message": "a\nb ".repeat(500)}}).to_string();
    let events = heard(&gpt(), &json_head(400), body);
    let detail = &failure(&events).detail;
    assert!(detail.chars().count() <= 200 && !detail.contains('\n'));
}

#[test]
fn a_break_after_the_last_word_costs_nothing_and_before_it_is_named() {
    let broken = || Failure::new(FailureKind::Timeout, "no more words within 15 s");
    let mut reply = gpt().reply(&prose(), stream_head());
    reply.take((says("a") + STOP).as_bytes());
    assert_eq!(
        reply.break_off(broken()),
        [Event::Finished(Finish::Complete)]
    );
    let mut reply = gpt().reply(&prose(), stream_head());
    reply.take(says("a").as_bytes());
    assert_eq!(reply.break_off(broken()), [Event::Failed(broken())]);
    assert!(reply.take(says("b").as_bytes()).is_empty());
    assert!(reply.end().is_empty());
}
