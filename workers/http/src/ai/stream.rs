//! A text, word by word, as server-sent events. Nothing is kept: a client that leaves ends the stream, and asks anew.

use crate::live::LiveAnswer;
use crate::ports::Ports;
use axum::body::Body;
use coach::builtin;
use contract::ai::AiFrame;
use contract::sse::encode_once;
use futures::{StreamExt, stream};
use std::convert::Infallible;

/// Speaks a text at the coach's pace, between `connected` and `done`.
pub(super) fn spoken<P: Ports>(ports: P, text: &str, done: AiFrame) -> LiveAnswer {
    let pace = ports.config().coach_pace_ms;
    let words = builtin::chunks(text).map(|words| {
        let content = words.to_owned();
        (pace, AiFrame::Content { content })
    });
    let frames: Vec<(u64, AiFrame)> = std::iter::once((0, AiFrame::Connected))
        .chain(words)
        .chain([(0, done)])
        .collect();
    let events = stream::iter(frames).then(move |(pause, frame)| {
        let ports = ports.clone();
        async move {
            if pause > 0 {
                ports.sleep(pause).await;
            }
            // Frames are made of strings and numbers: they always are JSON.
            let json = serde_json::to_string(&frame).unwrap_or_default();
            Ok::<_, Infallible>(encode_once(&json))
        }
    });
    LiveAnswer::Stream(Body::from_stream(events))
}
