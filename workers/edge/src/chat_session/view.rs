//! The stream of a session: only a view of the log. It replays what is missing, then waits for the log to grow.

use super::room::Room;
use contract::chat::Frame;
use contract::sse::{KEEP_ALIVE, KEEP_ALIVE_EVERY_MS, encode};
use domain::ids::TurnId;
use domain::session::{Entry, Event, LiveSession};
use futures::future::{Either, select};
use futures::stream::{self, StreamExt};
use std::pin::pin;
use std::rc::Rc;
use std::time::Duration;
use tokio::sync::watch;
use worker::{Delay, Response, ResponseBuilder};

/// When a view ends.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Until {
    /// With the end of this turn.
    TurnEnds(TurnId),
    /// When nothing runs and nothing is missing.
    Quiet,
}

/// Where a view begins.
pub struct Start {
    /// The client has seen everything up to this sequence number.
    pub after: u64,
    /// The session as it stood right after the entry that the view shows first, where it is known; otherwise the view folds
    /// the log from its beginning. Each frame shows the session as it was at its entry, so that a replay is the same
    /// byte for byte.
    pub fold: Option<LiveSession>,
}

struct View {
    room: Rc<Room>,
    growth: watch::Receiver<u64>,
    after: u64,
    fold: LiveSession,
    read_up_to: u64,
    until: Until,
    over: bool,
}

/// Opens a stream.
pub fn stream(
    room: Rc<Room>,
    start: Start,
    turn_id: Option<TurnId>,
    until: Until,
) -> worker::Result<Response> {
    let session_id = room.read(|live| live.frozen().map(|frozen| frozen.session));
    let session_id = session_id
        .ok_or_else(|| worker::Error::from("a stream of a session that was not started"))?;
    let after = start.after;
    let connected = Frame::Connected {
        session_id,
        turn_id,
        after,
    };
    let connected = encode(after, &serde_json::to_string(&connected)?);
    let read_up_to = if start.fold.is_some() { after } else { 0 };
    let fold = start.fold.unwrap_or_default();
    let view = View {
        growth: room.growth(),
        room,
        after,
        fold,
        read_up_to,
        until,
        over: false,
    };
    let pieces = stream::unfold(view, |mut view| async move {
        let piece = view.next().await.transpose()?;
        Some((piece, view))
    });
    let pieces = stream::once(async { Ok(connected) }).chain(pieces);
    let mut response = ResponseBuilder::new()
        .from_stream(pieces.map(|piece: worker::Result<String>| piece.map(String::into_bytes)))?;
    let headers = response.headers_mut();
    headers.set("content-type", "text/event-stream")?;
    headers.set("cache-control", "no-store")?;
    // Reverse proxies that buffer would hold the words back.
    headers.set("x-accel-buffering", "no")?;
    Ok(response)
}

impl View {
    /// The frames that are there to show, together; or, after a quiet while, a comment. `None` ends the stream.
    async fn next(&mut self) -> worker::Result<Option<String>> {
        while !self.over {
            self.growth.borrow_and_update();
            let entries = self.room.entries_after(self.read_up_to)?;
            if entries.is_empty() {
                if self.room.read(|live| live.running().is_none()) {
                    break;
                }
                if !self.log_grows().await {
                    return Ok(Some(KEEP_ALIVE.to_owned()));
                }
                continue;
            }
            if entries.iter().any(|entry| must_be_durable_first(entry)) {
                self.room.storage().sync().await?;
            }
            let frames = self.show(&entries)?;
            if !frames.is_empty() {
                return Ok(Some(frames));
            }
        }
        Ok(None)
    }

    fn show(&mut self, entries: &[Rc<Entry>]) -> worker::Result<String> {
        let mut frames = String::new();
        for entry in entries {
            self.read_up_to = entry.seq;
            if entry.seq > self.fold.last_seq() {
                self.fold.apply(entry);
            }
            if entry.seq <= self.after {
                continue;
            }
            if let Some(frame) = Frame::of(entry, &self.fold) {
                frames.push_str(&encode(entry.seq, &serde_json::to_string(&frame)?));
            }
            if self.ends_with(entry) {
                self.over = true;
                break;
            }
        }
        Ok(frames)
    }

    /// False when the log stayed quiet for [`KEEP_ALIVE_EVERY_MS`].
    async fn log_grows(&mut self) -> bool {
        let grown = pin!(self.growth.changed());
        let quiet = pin!(Delay::from(Duration::from_millis(KEEP_ALIVE_EVERY_MS)));
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
