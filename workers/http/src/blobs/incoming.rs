//! A file on its way in: its first bytes are at hand before any is stored, its last ones afterwards.

use crate::blobs::Blobs;
use crate::error::ApiError;
use crate::ports::Ports;
use axum::body::{Body, BodyDataStream, Bytes};
use axum::http::HeaderMap;
use axum::http::header::CONTENT_LENGTH;
use contract::problem::Code;
use futures::{StreamExt, stream};
use std::io;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// How long the body says it is, bytes: a store of files wants to know beforehand, and what is too large is refused unread.
pub(crate) fn declared_length(headers: &HeaderMap, max: u64) -> Result<u64, ApiError> {
    let length = headers
        .get(CONTENT_LENGTH)
        .and_then(|length| length.to_str().ok())
        .and_then(|length| length.parse().ok());
    match length {
        Some(length) if length <= max => Ok(length),
        Some(_) => Err(ApiError::new(
            Code::TooLarge,
            format!("The file is larger than {max} bytes."),
        )),
        None => Err(ApiError::new(
            Code::LengthRequired,
            "Send the file's length in Content-Length.",
        )),
    }
}

/// A body of which the first bytes were read.
pub(crate) struct Incoming {
    head: Vec<u8>,
    rest: BodyDataStream,
    length: u64,
}

impl Incoming {
    /// Reads at least `head` bytes of a body of `length`, or all there are.
    pub(crate) async fn read(body: Body, length: u64, head: usize) -> Result<Self, ApiError> {
        let mut rest = body.into_data_stream();
        let mut bytes = Vec::new();
        while bytes.len() < head {
            match rest.next().await {
                Some(Ok(chunk)) => bytes.extend_from_slice(&chunk),
                Some(Err(_)) => return Err(broke_off()),
                None => break,
            }
        }
        Ok(Self {
            head: bytes,
            rest,
            length,
        })
    }

    /// The first bytes, at most `most`.
    pub(crate) fn head(&self, most: usize) -> &[u8] {
        self.head.get(..most).unwrap_or(&self.head)
    }

    /// Stores the whole body, and gives the last `tail` bytes of it.
    pub(crate) async fn store<P: Ports>(
        self,
        ports: &P,
        key: &str,
        tail: usize,
    ) -> Result<Vec<u8>, ApiError> {
        let length = self.length;
        let (body, passed) = self.pass_on(tail);
        match ports.blobs().put(key, length, body).await {
            Ok(()) => Ok(passed.into_tail()),
            Err(_) if passed.failed() => Err(broke_off()),
            Err(error) => Err(error.into()),
        }
    }

    /// The whole body once more, which fails unless it has the length it said; and the account of it, with its last `tail`
    /// bytes.
    fn pass_on(self, tail: usize) -> (Body, Passed) {
        let passed = Passed::default();
        let account = passed.clone();
        let length = self.length;
        let first = stream::iter([Ok(Bytes::from(self.head))]);
        let chunks = first
            .chain(self.rest)
            .map(Some)
            .chain(stream::iter([None]))
            .filter_map(move |chunk| {
                let checked = match chunk {
                    Some(Ok(chunk)) => account
                        .lock()
                        .take(&chunk, length, tail)
                        .map(|()| Some(chunk)),
                    Some(Err(_)) => Err(account.lock().fail("the body broke off")),
                    None => account.lock().end(length).map(|()| None),
                };
                std::future::ready(checked.transpose())
            });
        (Body::from_stream(chunks), passed)
    }
}

/// What has passed of a body.
#[derive(Clone, Default)]
struct Passed(Arc<Mutex<Account>>);

#[derive(Default)]
struct Account {
    bytes: u64,
    tail: Vec<u8>,
    failed: bool,
}

impl Passed {
    /// The body itself failed, not who took it.
    fn failed(&self) -> bool {
        self.lock().failed
    }

    /// The last bytes.
    fn into_tail(self) -> Vec<u8> {
        std::mem::take(&mut self.lock().tail)
    }

    fn lock(&self) -> MutexGuard<'_, Account> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Account {
    fn take(&mut self, chunk: &[u8], length: u64, tail: usize) -> Result<(), io::Error> {
        self.bytes += u64::try_from(chunk.len()).unwrap_or(u64::MAX);
        if self.bytes > length {
            return Err(self.fail("the body is longer than it said"));
        }
        self.tail.extend_from_slice(chunk);
        self.tail.drain(..self.tail.len().saturating_sub(tail));
        Ok(())
    }

    fn end(&mut self, length: u64) -> Result<(), io::Error> {
        if self.bytes == length {
            Ok(())
        } else {
            Err(self.fail("the body is shorter than it said"))
        }
    }

    fn fail(&mut self, why: &'static str) -> io::Error {
        self.failed = true;
        io::Error::other(why)
    }
}

/// The caller's connection, or their arithmetic.
fn broke_off() -> ApiError {
    ApiError::new(
        Code::BodyCut,
        "The file did not arrive whole. Nothing of it was kept; send it again.",
    )
}
