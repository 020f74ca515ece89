//! A stream of frames, read as its bytes come.

use super::Failure;
use super::transport::Abort;
use contract::chat::Frame;
use contract::sse::Decoder;
use gloo::net::http::Response;
use js_sys::{Reflect, Uint8Array};
use std::collections::VecDeque;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::ReadableStreamDefaultReader;

/// The bytes of an open stream; dropping it closes it.
#[derive(Debug)]
pub struct Bytes {
    reader: ReadableStreamDefaultReader,
    _abort: Abort,
}

/// An open stream of a session's frames; dropping it closes it.
#[derive(Debug)]
pub struct FrameStream {
    bytes: Bytes,
    decoder: Decoder,
    ready: VecDeque<Heard>,
}

/// What a stream brought.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Heard {
    /// A frame with its sequence number.
    Frame(u64, Box<Frame>),
    /// Bytes that make no frame: a keep-alive, or a part of one.
    Bytes,
}

impl Bytes {
    /// Reads the body of an answer.
    pub fn of(response: &Response, abort: Abort) -> Result<Self, Failure> {
        let status = response.status();
        let body = response.body().ok_or(Failure::Unreadable(status))?;
        let reader =
            ReadableStreamDefaultReader::new(&body).map_err(|_| Failure::Unreadable(status))?;
        Ok(Self {
            reader,
            _abort: abort,
        })
    }

    /// The next bytes; `None` at the end.
    pub async fn next(&self) -> Result<Option<Vec<u8>>, Failure> {
        let read = JsFuture::from(self.reader.read())
            .await
            .map_err(|_| Failure::NoAnswer)?;
        let field = |name: &str| Reflect::get(&read, &JsValue::from_str(name));
        let done = field("done").map_err(|_| Failure::NoAnswer)?;
        if done.is_truthy() {
            return Ok(None);
        }
        let value = field("value").map_err(|_| Failure::NoAnswer)?;
        let bytes: Uint8Array = value.dyn_into().map_err(|_| Failure::NoAnswer)?;
        Ok(Some(bytes.to_vec()))
    }
}

impl FrameStream {
    /// Reads the body of an answer.
    pub fn of(response: &Response, abort: Abort) -> Result<Self, Failure> {
        Ok(Self {
            bytes: Bytes::of(response, abort)?,
            decoder: Decoder::default(),
            ready: VecDeque::new(),
        })
    }

    /// The next thing; `None` at the end.
    pub async fn next(&mut self) -> Result<Option<Heard>, Failure> {
        loop {
            if let Some(heard) = self.ready.pop_front() {
                return Ok(Some(heard));
            }
            let Some(bytes) = self.bytes.next().await? else {
                return Ok(None);
            };
            self.decode(&bytes)?;
        }
    }

    fn decode(&mut self, bytes: &[u8]) -> Result<(), Failure> {
        let events = self.decoder.feed(bytes).map_err(|_| Failure::NoAnswer)?;
        for event in events {
            // A frame that a newer server sends and this app does not know is passed over; its text comes with the last one.
            let id = event.id.parse().ok();
            let frame = captain_json::from_str(&event.data).ok();
            if let (Some(id), Some(frame)) = (id, frame) {
                self.ready.push_back(Heard::Frame(id, Box::new(frame)));
            }
        }
        if self.ready.is_empty() {
            self.ready.push_back(Heard::Bytes);
        }
        Ok(())
    }
}
