//! What holds of every reply of every provider, whatever its bytes: no panic, the same events however they are split, one
//! end, and no text after a refusal.

use super::*;
use coach::provider::{Key, anthropic, openai, workers_ai};
use proptest::prelude::*;

fn endpoints() -> [Endpoint; 3] {
    [
        Endpoint::OpenAi(openai::Endpoint::openai(Key::new("k"), "gpt-4.1")),
        Endpoint::Anthropic(anthropic::Endpoint::new(Key::new("k"), "claude-sonnet-4-5")),
        Endpoint::WorkersAi(workers_ai::Endpoint {
            model: "@cf/m".into(),
        }),
    ]
}

/// Pieces of all providers' streams, in any order, and any bytes between them.
fn replies() -> impl Strategy<Value = Vec<u8>> {
    let known = prop::sample::select(vec![
        r#"{"choices":[{"index":0,"delta":{"content":"समझ"},"finish_reason":null}]}"#,
        r#"{"choices":[{"delta":{"refusal":"no"}}]}"#,
        r#"{"choices":[{"delta":{},"finish_reason":"stop"}]}"#,
        r#"{"choices":[{"delta":{},"finish_reason":"length"}]}"#,
        r#"{"choices":[],"usage":{"prompt_tokens":1,"completion_tokens":2}}"#,
        r#"{"choices":[{"message":{"content":"a"},"finish_reason":"content_filter"}]}"#,
        r#"{"error":{"type":"overloaded_error","message":"m"}}"#,
        r#"{"error":{"code":"content_filter"}}"#,
        r#"{"type":"message_start","message":{"usage":{"input_tokens":1}}}"#,
        r#"{"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"लाख"}}"#,
        r#"{"type":"message_delta","delta":{"stop_reason":"end_turn"},"usage":{"output_tokens":3}}"#,
        r#"{"type":"message_delta","delta":{"stop_reason":"refusal"}}"#,
        r#"{"type":"message_stop"}"#,
        r#"{"type":"ping"}"#,
        r#"{"response":"😀","p":"x"}"#,
        r#"{"response":{"a":[1,-2.5e300]},"usage":{}}"#,
        r#"{"choices":0}"#,
        "[DONE]",
        "{}",
        "null",
        "[",
        "7",
    ]);
    let end = prop::sample::select(vec![
        "\n\n",
        "\r\n\r\n",
        "\r\r",
        "\n",
        "  \n\n",
        "\n: c\n\n",
    ]);
    let event = (known, end).prop_map(|(data, end)| format!("data: {data}{end}").into_bytes());
    let bytes = proptest::collection::vec(any::<u8>(), 0..40);
    let part = prop_oneof![12 => event, 1 => bytes];
    proptest::collection::vec(part, 0..12).prop_map(|parts| parts.concat())
}

fn heads() -> impl Strategy<Value = Head> {
    prop_oneof![
        4 => Just(stream_head()),
        1 => Just(json_head(200)),
        1 => (100_u16..600).prop_map(json_head),
        1 => (100_u16..600).prop_map(|status| head(status, &[])),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_reply_ends_once_and_the_same_however_it_arrives(bytes in replies(), head in heads(), size in 1..40_usize) {
        for endpoint in endpoints() {
            let events = in_pieces(&endpoint, &prose(), &head, &bytes, usize::MAX);
            prop_assert_eq!(&in_pieces(&endpoint, &prose(), &head, &bytes, size), &events);
            prop_assert_eq!(&in_pieces(&endpoint, &prose(), &head, &bytes, 1), &events);

            let ends = |event: &Event| matches!(event, Event::Finished(_) | Event::Failed(_));
            prop_assert_eq!(events.iter().position(ends), Some(events.len() - 1));
            let refused = events.iter().position(|event| *event == Event::Refused);
            if let Some(refused) = refused {
                prop_assert!(text(&events[refused..]).is_empty());
            }
            if let Some(Event::Finished(finish)) = events.last() {
                prop_assert_eq!(*finish == Finish::Refused, refused.is_some());
                prop_assert!(refused.is_some() || !text(&events).trim().is_empty());
            }
        }
    }

    #[test]
    fn a_truncated_stream_is_never_a_complete_one(cut in 0..1_000_usize) {
        let openai = r#"data: {"choices":[{"delta":{"content":"a 1 lakh"}}]}

data: {"choices":[{"delta":{},"finish_reason":"stop"}]}

"#;
        let anthropic = r#"data: {"type":"content_block_delta","delta":{"type":"text_delta","text":"a 1 lakh"}}

data: {"type":"message_delta","delta":{"stop_reason":"end_turn"}}

data: {"type":"message_stop"}

"#;
        let workers_ai = "data: {\"response\":\"a 1 lakh\"}\n\ndata: [DONE]\n\n";
        for (endpoint, stream) in endpoints().iter().zip([openai, anthropic, workers_ai]) {
            let whole = in_pieces(endpoint, &prose(), &stream_head(), stream.as_bytes(), 9);
            prop_assert_eq!(finish(&whole), Finish::Complete);
            let part = &stream.as_bytes()[..cut % (stream.len() - 1)];
            let events = in_pieces(endpoint, &prose(), &stream_head(), part, 9);
            prop_assert_eq!(failure(&events).kind, FailureKind::Interrupted);
        }
    }

    #[test]
    fn headers_of_any_text_are_borne(name in "retry-after(-ms)?|x-should-retry|content-type", value in "\\PC{0,40}", now: u64) {
        let header = |asked: &str| (asked == name).then(|| value.clone());
        let _head = Head::read(429, header, now);
    }
}
