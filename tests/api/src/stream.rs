//! A stream of frames, read as a client reads it.

use std::collections::VecDeque;

use contract::chat::{Frame, Message};
use contract::sse::Decoder;
use domain::ids::TurnId;
use tokio::time::timeout;

use crate::PATIENCE;

/// One frame as it came over the wire.
#[derive(Debug, Clone, PartialEq)]
pub struct Seen {
    /// Its `id:`.
    pub id: u64,
    /// Its `data:`, byte for byte.
    pub json: String,
    /// What that says.
    pub frame: Frame,
}

/// The connection broke before the stream's end.
#[derive(Debug)]
pub struct Cut;

/// An open stream.
pub struct Stream {
    response: reqwest::Response,
    decoder: Decoder,
    ready: VecDeque<Seen>,
}

impl Stream {
    /// Takes an answer that must be a stream.
    pub fn of(response: reqwest::Response) -> Self {
        let header = |name: &str| {
            response
                .headers()
                .get(name)
                .map(|value| value.to_str().unwrap())
        };
        assert_eq!(response.status(), 200);
        assert_eq!(header("content-type"), Some("text/event-stream"));
        assert_eq!(header("cache-control"), Some("no-store"));
        Self {
            response,
            decoder: Decoder::default(),
            ready: VecDeque::new(),
        }
    }

    /// The next frame; `None` at the stream's proper end.
    pub async fn next_or_cut(&mut self) -> Result<Option<Seen>, Cut> {
        loop {
            if let Some(seen) = self.ready.pop_front() {
                return Ok(Some(seen));
            }
            let bytes = timeout(PATIENCE, self.response.chunk())
                .await
                .expect("the stream went silent")
                .map_err(|_| Cut)?;
            let Some(bytes) = bytes else { return Ok(None) };
            for event in self.decoder.feed(&bytes).unwrap() {
                assert_eq!(event.event, "", "frames are unnamed events");
                self.ready.push_back(Seen {
                    id: event.id.parse().expect("every frame has a numeric id"),
                    frame: serde_json::from_str(&event.data)
                        .unwrap_or_else(|error| panic!("{error}: {}", event.data)),
                    json: event.data,
                });
            }
        }
    }

    /// The next frame; there must be one.
    pub async fn next(&mut self) -> Seen {
        self.next_or_cut()
            .await
            .expect("the stream was cut")
            .expect("the stream ended early")
    }

    /// Reads up to and including the first frame that is looked for.
    pub async fn until(&mut self, mut found: impl FnMut(&Frame) -> bool) -> Vec<Seen> {
        let mut frames = Vec::new();
        loop {
            let seen = self.next().await;
            frames.push(seen.clone());
            if found(&seen.frame) {
                return frames;
            }
        }
    }

    /// Reads `connected` and gives the turn it names.
    pub async fn connected(&mut self) -> Option<TurnId> {
        match self.next().await.frame {
            Frame::Connected { turn_id, .. } => turn_id,
            other => panic!("the first frame is connected, not {other:?}"),
        }
    }

    /// Reads all that is left.
    pub async fn rest(mut self) -> Vec<Seen> {
        let mut frames = Vec::new();
        while let Some(seen) = self.next_or_cut().await.expect("the stream was cut") {
            frames.push(seen);
        }
        frames
    }

    /// Reads all of it but the `connected` in front.
    pub async fn frames(mut self) -> Vec<Seen> {
        self.connected().await;
        self.rest().await
    }
}

/// Checks that these are a whole turn's frames: numbers that only rise, one end, and that at the very end, whose texts are
/// the sums of the words before. Gives the messages of the end.
pub fn whole(frames: &[Seen]) -> Vec<Message> {
    for pair in frames.windows(2) {
        assert!(
            pair[0].id < pair[1].id,
            "{} then {}",
            pair[0].id,
            pair[1].id
        );
    }
    let ends = frames.iter().filter(|seen| seen.frame.is_terminal());
    assert_eq!(ends.count(), 1, "a turn ends once");
    let (Frame::Done {
        messages, content, ..
    }
    | Frame::Error {
        messages, content, ..
    }) = &frames.last().unwrap().frame
    else {
        panic!("the end comes last: {frames:?}");
    };
    for message in messages {
        let words: String = frames
            .iter()
            .filter_map(|seen| match &seen.frame {
                Frame::Content {
                    message_id,
                    content,
                    ..
                } if *message_id == message.id => Some(content.as_str()),
                Frame::Message { message: whole, .. } if whole.id == message.id => {
                    Some(whole.content.as_str())
                }
                _ => None,
            })
            .collect();
        assert_eq!(words, message.content, "the words add up to the message");
    }
    let said = messages
        .iter()
        .rev()
        .find(|message| message.role != domain::session::Speaker::Salesperson);
    assert_eq!(said.map_or("", |message| &message.content), content);
    messages.clone()
}
