//! What providers say, in bytes, as their documents and their own clients' tests have it.

use serde_json::{Value, json};

/// One event of a stream.
pub fn event(data: &Value) -> String {
    format!("data: {data}\n\n")
}

/// Chat Completions.
pub mod chat {
    use super::{Value, event, json};
    use crate::Answer;

    /// What ends every stream.
    pub const DONE: &str = "data: [DONE]\n\n";

    /// One chunk of a stream.
    pub fn chunk(delta: &Value, finish: Option<&str>) -> String {
        event(&json!({
            "id": "chatcmpl-1", "object": "chat.completion.chunk", "created": 1_795_000_000, "model": "m",
            "choices": [{"index": 0, "delta": delta, "logprobs": null, "finish_reason": finish}], "usage": null}))
    }

    /// Words.
    pub fn words(words: &str) -> String {
        chunk(&json!({"content": words}), None)
    }

    /// Why it ends: `stop`, `length`, `content_filter`.
    pub fn finish(reason: &str) -> String {
        chunk(&json!({}), Some(reason))
    }

    /// The tokens, in a chunk that has no choices.
    pub fn usage(input: u64, output: u64) -> String {
        event(&json!({
            "id": "chatcmpl-1", "object": "chat.completion.chunk", "created": 1_795_000_000, "model": "m", "choices": [],
            "usage": {"prompt_tokens": input, "completion_tokens": output, "total_tokens": input + output}}))
    }

    /// A whole stream that says these pieces, and used 20 tokens for reading and one for each piece.
    pub fn whole(pieces: &[&str]) -> String {
        let mut stream = chunk(
            &json!({"role": "assistant", "content": "", "refusal": null}),
            None,
        );
        for piece in pieces {
            stream.push_str(&words(piece));
        }
        stream.push_str(&finish("stop"));
        stream.push_str(&usage(20, u64::try_from(pieces.len()).unwrap()));
        stream.push_str(DONE);
        stream
    }

    /// An answer that is not streamed.
    pub fn completion(text: &str) -> Value {
        let message = json!({"role": "assistant", "content": text, "refusal": null});
        json!({
            "id": "chatcmpl-1", "object": "chat.completion", "created": 1_795_000_000, "model": "m",
            "choices": [{"index": 0, "message": message, "finish_reason": "stop"}],
            "usage": {"prompt_tokens": 20, "completion_tokens": 2, "total_tokens": 22}})
    }

    /// The same as an answer.
    pub fn says(pieces: &[&str]) -> Answer {
        Answer::stream().bytes(whole(pieces))
    }

    /// An error in the body of an error's status, or inside a stream.
    pub fn error(kind: &str, code: &str, message: &str) -> Value {
        json!({"error": {"message": message, "type": kind, "param": null, "code": code}})
    }
}

/// Messages.
pub mod messages {
    use super::{Value, json};
    use crate::Answer;

    /// What may come at any place, also first.
    pub const PING: &str = "event: ping\ndata: {\"type\": \"ping\"}\n\n";

    /// One event, named as its type.
    pub fn event(data: &Value) -> String {
        format!(
            "event: {}\ndata: {data}\n\n",
            data["type"].as_str().unwrap()
        )
    }

    /// The beginning of a stream and of its first block.
    pub fn begin(input: u64) -> String {
        event(&json!({"type": "message_start", "message": {
            "id": "msg_1", "type": "message", "role": "assistant", "model": "m", "content": [], "stop_reason": null,
            "stop_sequence": null, "usage": {"input_tokens": input, "output_tokens": 1}}}))
            + &event(
                &json!({"type": "content_block_start", "index": 0, "content_block": {"type": "text", "text": ""}}),
            )
    }

    /// Words.
    pub fn words(words: &str) -> String {
        event(
            &json!({"type": "content_block_delta", "index": 0, "delta": {"type": "text_delta", "text": words}}),
        )
    }

    /// Why it ends, and the tokens: `end_turn`, `max_tokens`, `refusal`.
    pub fn stop(reason: &str, output: u64) -> String {
        event(
            &json!({"type": "message_delta", "delta": {"stop_reason": reason, "stop_sequence": null},
            "usage": {"output_tokens": output}}),
        )
    }

    /// The end.
    pub fn end() -> String {
        event(&json!({"type": "message_stop"}))
    }

    /// A whole stream that says these pieces, and used 20 tokens for reading and one for each piece.
    pub fn whole(pieces: &[&str]) -> String {
        let mut stream = begin(20) + PING;
        for piece in pieces {
            stream.push_str(&words(piece));
        }
        stream.push_str(&event(&json!({"type": "content_block_stop", "index": 0})));
        stream.push_str(&stop("end_turn", u64::try_from(pieces.len()).unwrap()));
        stream.push_str(&end());
        stream
    }

    /// The same as an answer.
    pub fn says(pieces: &[&str]) -> Answer {
        Answer::stream().bytes(whole(pieces))
    }

    /// An error in the body of an error's status, or inside a stream.
    pub fn error(kind: &str, message: &str) -> Value {
        json!({"type": "error", "error": {"type": kind, "message": message}, "request_id": "req_1"})
    }
}

/// Workers AI in its older format; the newer one is that of Chat Completions.
pub mod workers_ai {
    use super::{Value, chat, event, json};

    /// Words. The padding hides how long they are from whoever listens on the wire.
    pub fn words(words: &str) -> String {
        event(&json!({"response": words, "p": "abdefghij"}))
    }

    /// The end of a stream, which tells no reason.
    pub fn end(written: u64) -> String {
        let usage = json!({"prompt_tokens": 20, "completion_tokens": written, "total_tokens": 20 + written});
        event(&json!({"response": "", "usage": usage})) + chat::DONE
    }

    /// An answer that is JSON: the object itself.
    pub fn json(object: &Value) -> Value {
        json!({"response": object, "usage": {"prompt_tokens": 20, "completion_tokens": 2, "total_tokens": 22}})
    }

    /// The body of an error's status, by Cloudflare's list of them.
    pub fn error(code: u32, name: &str, description: &str) -> Value {
        json!({"internalCode": code, "name": name, "description": description, "message": description})
    }
}
