//! Words as server-sent events, told by work that goes on by itself: who reads them and who says them need not last equally long.

use crate::live::LiveAnswer;
use crate::ports::{Fault, Ports};
use axum::body::Body;
use axum::http::Extensions;
use coach::builtin;
use contract::ai::AiFrame;
use contract::problem::Code;
use contract::sse::{KEEP_ALIVE, KEEP_ALIVE_EVERY_MS, encode_once};
use domain::session::Absence;
use futures::channel::{mpsc, oneshot};
use futures::future::{Either, select};
use futures::stream::BoxStream;
use futures::{FutureExt, StreamExt, future, stream};
use std::convert::Infallible;
use std::fmt::Display;
use std::ops::ControlFlow;
use std::pin::pin;

/// What becomes of the words when their reader goes away.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum WhenLeft {
    /// They end at once, and so does the call to a model.
    End,
    /// They are said to their end: somebody may come back for them.
    GoOn,
}

/// Tells frames to whoever still reads.
pub(super) struct Teller<P> {
    ports: P,
    frames: mpsc::UnboundedSender<AiFrame>,
}

/// A stream of what this work tells, after `connected`.
pub(super) fn told<P: Ports, Work>(
    ports: P,
    when_left: WhenLeft,
    connected: AiFrame,
    work: impl FnOnce(Teller<P>) -> Work,
) -> LiveAnswer
where
    Work: Future<Output = ()> + Send + 'static,
{
    let (frames, received) = mpsc::unbounded();
    let (mut read, reader) = oneshot::channel::<()>();
    let work = work(Teller {
        ports: ports.clone(),
        frames,
    });
    let caller = ports.clone();
    let work = async move {
        let left = async {
            // The runtime tells that the caller is gone, or drops the body, or both.
            select(pin!(caller.caller_left()), read.cancellation()).await;
        };
        match when_left {
            WhenLeft::GoOn => work.await,
            WhenLeft::End => match select(pin!(work), pin!(left)).await {
                Either::Left(_) | Either::Right(_) => {}
            },
        }
    };
    // The body drives the work, and so does the runtime once nobody reads the body.
    let work = work.boxed().shared();
    ports.after_answer(work.clone());
    let silent = stream::once(work).filter_map(|()| future::ready(None));
    let frames = stream::once(future::ready(connected)).chain(received);
    let events = stream::select(frames, silent).map(move |frame| {
        let _held = &reader;
        // Frames are made of strings and numbers: they always are JSON.
        let json = serde_json::to_string(&frame).unwrap_or_default();
        encode_once(&json)
    });
    let events = kept_alive(ports, events.boxed());
    let events = Body::from_stream(events.map(Ok::<_, Infallible>));
    LiveAnswer::Stream(events, Extensions::new())
}

/// The same with a comment whenever it was quiet for a while: a model may think for longer than a proxy waits. Without models nobody
/// is silent for so long.
fn kept_alive<P: Ports>(
    ports: P,
    events: BoxStream<'static, String>,
) -> BoxStream<'static, String> {
    if !ports.models().are_configured() {
        return events;
    }
    let next = |(ports, mut events): (P, BoxStream<'static, String>)| async move {
        let piece = {
            let quiet = pin!(ports.sleep(KEEP_ALIVE_EVERY_MS));
            match select(events.next(), quiet).await {
                Either::Left((event, _)) => event?,
                Either::Right(_) => KEEP_ALIVE.to_owned(),
            }
        };
        Some((piece, (ports, events)))
    };
    stream::unfold((ports, events), next).boxed()
}

impl<P: Ports> Teller<P> {
    /// Tells a frame; breaks when nobody reads any more.
    pub fn tell(&self, frame: AiFrame) -> ControlFlow<()> {
        match self.frames.unbounded_send(frame) {
            Ok(()) => ControlFlow::Continue(()),
            Err(_) => ControlFlow::Break(()),
        }
    }

    /// Nobody reads any more.
    pub fn is_alone(&self) -> bool {
        self.frames.is_closed()
    }

    /// Tells a model's words.
    pub fn words(&self, words: &str) -> ControlFlow<()> {
        self.tell(AiFrame::Content {
            content: words.to_owned(),
        })
    }

    /// Speaks a text word by word, at the built-in coach's pace.
    pub async fn speak(&self, text: &str) {
        let pace = self.ports.config().coach_pace_ms;
        for words in builtin::chunks(text) {
            if pace > 0 && !self.is_alone() {
                self.ports.sleep(pace).await;
            }
            if self.words(words).is_break() {
                return;
            }
        }
    }

    /// Tells that words which were shown are no answer, and why.
    pub fn broken(&self, why: Absence) {
        let message = match why {
            Absence::Declined => {
                "The coach's model took its words back. Ask again; what you see is no answer."
            }
            Absence::Away | Absence::Spent => {
                "The coach's model broke off. Ask again; what you see is no answer."
            }
        };
        self.error(Code::Unavailable, message, true);
    }

    /// Reports a fault of ours, and tells that there is one.
    pub fn failed(&self, what: &str, cause: &impl Display) {
        self.ports.report(&Fault::unasked("POST", what, cause));
        let message = "Something went wrong on our side. Try again in a moment.";
        self.error(Code::Internal, message, true);
    }

    fn error(&self, code: Code, message: &str, retryable: bool) {
        // Whoever is gone needs no message.
        let _ = self.tell(AiFrame::Error {
            code,
            message: message.to_owned(),
            retryable,
        });
    }
}
