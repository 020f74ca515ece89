//! The stream of a session: only a view of the log. It replays what is missing, then waits for the log to grow.

use super::room::Room;
use contract::chat::Frame;
use contract::sse::{KEEP_ALIVE, encode};
use domain::ids::TurnId;
use domain::session::{Entry, Event};
use futures::future::{Either, select};
use futures::stream;
use std::collections::VecDeque;
use std::pin::pin;
use std::rc::Rc;
use std::time::Duration;
use tokio::sync::watch;
use worker::{Delay, Response, ResponseBuilder};

/// A quiet stream gets a comment this often, so that neither proxies nor the client's watchdog take it for dead.
const KEEP_ALIVE_EVERY: Duration = Duration::from_secs(15);

/// When a view ends.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Until {
    /// With the end of this turn.
    TurnEnds(TurnId),
    /// When nothing runs and nothing is missing.
    Quiet,
}

struct View {
    room: Rc<Room>,
    growth: watch::Receiver<u64>,
    after: u64,
    until: Until,
    ready: VecDeque<String>,
    over: bool,
}

/// Opens a stream that shows everything after a sequence number.
pub fn stream(
    room: Rc<Room>,
    after: u64,
    turn_id: Option<TurnId>,
    until: Until,
) -> worker::Result<Response> {
    let session_id = room.read(|live| live.frozen().map(|frozen| frozen.session));
    let session_id = session_id
        .ok_or_else(|| worker::Error::from("a stream of a session that was not started"))?;
    let connected = Frame::Connected {
        session_id,
        turn_id,
        after,
    };
    let ready = VecDeque::from([encode(after, &serde_json::to_string(&connected)?)]);
    let view = View {
        growth: room.growth(),
        room,
        after,
        until,
        ready,
        over: false,
    };
    let frames = stream::unfold(view, |mut view| async move {
        let piece = view.next().await.transpose()?;
        Some((piece.map(String::into_bytes), view))
    });
    let mut response = ResponseBuilder::new().from_stream(frames)?;
    let headers = response.headers_mut();
    headers.set("content-type", "text/event-stream")?;
    headers.set("cache-control", "no-store")?;
    // Reverse proxies that buffer would hold the words back.
    headers.set("x-accel-buffering", "no")?;
    Ok(response)
}

impl View {
    async fn next(&mut self) -> worker::Result<Option<String>> {
        loop {
            if let Some(piece) = self.ready.pop_front() {
                return Ok(Some(piece));
            }
            if self.over {
                return Ok(None);
            }
            self.growth.borrow_and_update();
            let entries = self.room.entries_after(self.after)?;
            if entries.is_empty() {
                if self.room.read(|live| live.running().is_none()) {
                    return Ok(None);
                }
                if !self.log_grows().await {
                    return Ok(Some(KEEP_ALIVE.to_owned()));
                }
                continue;
            }
            if entries.iter().any(must_be_durable_first) {
                self.room.storage().sync().await?;
            }
            for entry in &entries {
                self.after = entry.seq;
                let frame = self.room.read(|live| Frame::of(entry, live));
                if let Some(frame) = frame {
                    self.ready
                        .push_back(encode(entry.seq, &serde_json::to_string(&frame)?));
                }
                if self.ends_with(entry) {
                    self.over = true;
                    break;
                }
            }
        }
    }

    /// False when the log stayed quiet for [`KEEP_ALIVE_EVERY`].
    async fn log_grows(&mut self) -> bool {
        let grown = pin!(self.growth.changed());
        let quiet = pin!(Delay::from(KEEP_ALIVE_EVERY));
        matches!(select(grown, quiet).await, Either::Left(_))
    }

    fn ends_with(&self, entry: &Entry) -> bool {
        match (self.until, &entry.event) {
            (Until::TurnEnds(turn), Event::TurnEnded { turn: ended, .. }) => turn == *ended,
            _ => false,
        }
    }
}

/// Nobody may be told of these before they can't be lost any more.
fn must_be_durable_first(entry: &Entry) -> bool {
    matches!(
        entry.event,
        Event::TurnBegan { .. } | Event::Graded { .. } | Event::TurnEnded { .. }
    )
}
