//! Cloudflare's binding, with its older and its newer format.

use super::*;
use coach::provider::workers_ai;

fn llama() -> Endpoint {
    Endpoint::WorkersAi(workers_ai::Endpoint {
        model: "@cf/meta/llama-3.3-70b-instruct-fp8-fast".into(),
    })
}

fn stream(parts: &[&str]) -> Vec<Event> {
    heard(&llama(), &stream_head(), parts.concat())
}

fn whole(value: Value) -> Vec<Event> {
    heard(&llama(), &json_head(200), value.to_string())
}

fn input(ask: &Ask) -> (String, Value) {
    let Call::Binding { model, input } = llama().call(ask).unwrap() else {
        panic!("no binding")
    };
    assert_eq!(model, "@cf/meta/llama-3.3-70b-instruct-fp8-fast");
    let value = serde_json::from_str(&input).unwrap();
    (input, value)
}

const DONE: &str = "data: [DONE]\n\n";

#[test]
fn prose_is_streamed_and_json_comes_whole() {
    let (_, body) = input(&prose());
    assert_eq!(
        body,
        json!({"stream": true, "max_tokens": 300, "temperature": 0.2,
            "messages": [
                {"role": "system", "content": "You are the captain."},
                {"role": "user", "content": "{\"answer\":\"It's \\\"fine\\\", sir\"}"}]})
    );
    let (text, body) = input(&structured());
    assert_eq!(body["stream"], false);
    assert_eq!(body["response_format"]["type"], "json_schema");
    assert_eq!(
        body["response_format"]["json_schema"]["items"]["required"],
        json!(["quote", "level"])
    );
    assert!(text.find("\"quote\":{").unwrap() < text.find("\"level\":{").unwrap());
}

#[test]
fn the_older_stream_is_read_to_its_end() {
    let events = stream(&[
        "data: {\"response\":\"Nama\",\"p\":\"abc\"}\n\n",
        "data: {\"response\":\"ste\",\"tool_calls\":[]}\n\n",
        "data: {\"response\":1,\"p\":\"a\"}\n\n",
        "data: {\"response\":\"\",\"usage\":{\"prompt_tokens\":8,\"completion_tokens\":3,\"total_tokens\":11}}\n\n",
        DONE,
    ]);
    assert_eq!(text(&events), "Namaste1");
    assert_eq!(
        usage(&events),
        Some(Usage {
            input: Some(8),
            output: Some(3)
        })
    );
    assert_eq!(finish(&events), Finish::Complete);
}

#[test]
fn the_older_stream_has_only_done_to_prove_its_end() {
    let events = stream(&["data: {\"response\":\"half a\"}\n\n"]);
    assert_eq!(failure(&events).kind, FailureKind::Interrupted);
}

#[test]
fn as_many_tokens_as_were_allowed_are_a_cut() {
    let events = stream(&[
        "data: {\"response\":\"half a\"}\n\n",
        "data: {\"response\":\"\",\"usage\":{\"completion_tokens\":300}}\n\n",
        DONE,
    ]);
    assert_eq!(finish(&events), Finish::Length);
    let events = stream(&[
        "data: {\"response\":\"half a\",\"finish_reason\":\"length\"}\n\n",
        DONE,
    ]);
    assert_eq!(finish(&events), Finish::Length);
}

#[test]
fn the_newer_stream_is_that_of_chat_completions() {
    let says = "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"yes\",\"reasoning_content\":\"hm\"}}]}\n\n";
    let stop = "data: {\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}\n\n";
    let events = stream(&[says, stop, DONE]);
    assert_eq!(
        (text(&events).as_str(), finish(&events)),
        ("yes", Finish::Complete)
    );
    let events = stream(&[says, DONE]);
    assert_eq!(failure(&events).kind, FailureKind::Interrupted);
}

#[test]
fn json_comes_as_an_object_a_text_or_a_completion() {
    for value in [
        json!({"response": {"level": "2"}, "usage": {"completion_tokens": 5}}),
        json!({"response": "{\"level\":\"2\"}"}),
        json!({"choices": [{"index": 0, "message": {"content": "{\"level\":\"2\"}"}, "finish_reason": "stop"}]}),
    ] {
        let events = whole(value);
        assert_eq!(
            (text(&events).as_str(), finish(&events)),
            ("{\"level\":\"2\"}", Finish::Complete)
        );
    }
    assert_eq!(
        failure(&whole(json!({"response": null}))).kind,
        FailureKind::Interrupted
    );
}

#[test]
fn an_error_in_the_stream_is_an_error() {
    let events = stream(&[
        "data: {\"response\":\"a\"}\n\n",
        "data: {\"errors\":[{\"message\":\"AiError\",\"code\":3040}],\"success\":false}\n\n",
        DONE,
    ]);
    assert_eq!(failure(&events).kind, FailureKind::Overloaded);
}

#[test]
fn what_the_binding_throws_is_told_apart_by_its_number() {
    for (message, kind, retryable) in [
        (
            "AiError: 3040: Capacity temporarily exceeded, please try again.",
            FailureKind::Overloaded,
            true,
        ),
        (
            "InferenceUpstreamError: error code: 3036 you have used up your daily free allocation of 10,000 neurons",
            FailureKind::Quota,
            false,
        ),
        ("AiError: 3007: Request timeout", FailureKind::Timeout, true),
        (
            "AiError: 5007: No such model @cf/x/llama-3-8b or task",
            FailureKind::Rejected,
            false,
        ),
        (
            "AiError: 5018: The account is not allowed to access this model",
            FailureKind::Credentials,
            false,
        ),
        ("Network connection lost", FailureKind::Server, true),
    ] {
        let failure = Failure::thrown(message);
        assert_eq!(
            (failure.kind, failure.retryable),
            (kind, retryable),
            "{message}"
        );
    }
}

#[test]
fn an_error_of_the_binding_is_told_by_its_code() {
    let body = json!({"internalCode": 3040, "name": "AiError", "description": "Capacity temporarily exceeded"});
    let events = heard(&llama(), &json_head(429), body.to_string());
    let [Event::Failed(failure)] = events.as_slice() else {
        panic!("{events:?}")
    };
    assert_eq!(failure.kind, FailureKind::Overloaded);
    assert_eq!(failure.detail, "3040: Capacity temporarily exceeded");
}
