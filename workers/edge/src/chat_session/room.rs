//! The session in memory and its log in SQLite, always the same: the log is written first, the fold follows.

use super::pump::JudgedTurn;
use crate::model::{self, EdgeLine};
use crate::settings::SettingsError;
use captain_http::model::Models;
use domain::ids::{MessageId, TurnId, uuid_v7};
use domain::session::{Command, Decision, Entry, Event, LiveSession, Refusal};
use serde::Deserialize;
use std::cell::{Cell, OnceCell, RefCell};
use std::collections::VecDeque;
use std::rc::Rc;
use tokio::sync::watch;
use uuid::Uuid;
use worker::{Date, Env, SqlStorage, SqlStorageValue, Storage};

/// How many entries a view reads at once: bounds the memory of a long replay.
const PAGE: u32 = 200;

/// How many of the newest entries are at hand; views that keep up are never further behind.
const AT_HAND: usize = 64;

/// One session object's state.
pub struct Room {
    storage: Storage,
    sql: SqlStorage,
    env: Env,
    /// Read when they are first asked for: an instance keeps its environment as long as it lives.
    models: OnceCell<Models<EdgeLine>>,
    live: RefCell<LiveSession>,
    /// The newest entries in their order. Views that follow closely find them here; from SQLite each would read every
    /// portion of words anew.
    newest: RefCell<VecDeque<Rc<Entry>>>,
    /// The last sequence number; views wait for it to grow.
    grown: watch::Sender<u64>,
    /// The turn whose pump runs in this instance. A running turn without one lost it with an earlier instance.
    pumped: Cell<Option<TurnId>>,
    /// What a model said of the rep's last message: done again, the turn keeps it.
    judged: RefCell<Option<(MessageId, JudgedTurn)>>,
}

#[derive(Deserialize)]
struct LogRow {
    seq: f64,
    at: f64,
    event: String,
}

#[derive(Deserialize)]
struct SettledRow {
    settled_at: f64,
}

impl Room {
    /// Opens the log and folds it. A turn that ran in an earlier instance is interrupted: its pump is gone.
    pub fn open(storage: Storage, env: Env) -> worker::Result<Self> {
        let sql = storage.sql();
        lay_tables(&sql)?;
        let room = Self {
            storage,
            sql,
            env,
            models: OnceCell::new(),
            live: RefCell::default(),
            newest: RefCell::default(),
            grown: watch::Sender::new(0),
            pumped: Cell::new(None),
            judged: RefCell::default(),
        };
        let mut after = 0;
        loop {
            let entries = room.entries_after(after)?;
            let Some(last) = entries.last() else { break };
            after = last.seq;
            let mut live = room.live.borrow_mut();
            for entry in &entries {
                live.apply(entry);
            }
        }
        room.grown.send_replace(after);
        room.repair()?;
        Ok(room)
    }

    /// Ends a running turn that has no pump.
    pub fn repair(&self) -> worker::Result<()> {
        let orphan = self
            .read(|live| live.running().map(|turn| turn.id))
            .filter(|turn| self.pumped.get() != Some(*turn));
        if let Some(turn) = orphan {
            let _already_over = self.ask(Command::Interrupt { turn })?;
        }
        Ok(())
    }

    /// Lets `domain` decide on a command and appends what follows, in one transaction: there is no await in between.
    pub fn ask(&self, command: Command) -> worker::Result<Result<Decision, Refusal>> {
        let now = self.now();
        let mut mint = || mint_uuid(now);
        let decision = self.live.borrow().decide(command, &mut mint);
        if let Ok(Decision::Append(events)) = &decision {
            self.append(now, events)?;
        }
        Ok(decision)
    }

    fn append(&self, now: u64, events: &[Event]) -> worker::Result<()> {
        let first = self.read(LiveSession::last_seq) + 1;
        let entries: Vec<Entry> = (first..)
            .zip(events)
            .map(|(seq, event)| Entry {
                seq,
                at: now,
                event: event.clone(),
            })
            .collect();
        let Some(last) = entries.last() else {
            return Ok(());
        };
        // One statement, so that all entries stand in the log or none does.
        self.sql.exec(
            "INSERT INTO log (seq, at, event)
             SELECT value ->> 'seq', value ->> 'at', value -> 'event' FROM json_each(?)",
            vec![SqlStorageValue::String(serde_json::to_string(&entries)?)],
        )?;
        let seq = last.seq;
        let mut live = self.live.borrow_mut();
        for entry in &entries {
            live.apply(entry);
        }
        drop(live);
        let mut newest = self.newest.borrow_mut();
        newest.extend(entries.into_iter().map(Rc::new));
        let old = newest.len().saturating_sub(AT_HAND);
        newest.drain(..old);
        drop(newest);
        self.grown.send_replace(seq);
        Ok(())
    }

    /// Looks at the session. The look must not outlast an await.
    pub fn read<T>(&self, look: impl FnOnce(&LiveSession) -> T) -> T {
        look(&self.live.borrow())
    }

    /// A page of the log after a sequence number.
    pub fn entries_after(&self, after: u64) -> worker::Result<Vec<Rc<Entry>>> {
        let newest = self.newest.borrow();
        if newest.front().is_some_and(|first| first.seq <= after + 1) {
            let missing = newest.iter().filter(|entry| entry.seq > after);
            return Ok(missing.cloned().collect());
        }
        drop(newest);
        let rows: Vec<LogRow> = self
            .sql
            .exec(
                "SELECT seq, at, event FROM log WHERE seq > ? ORDER BY seq LIMIT ?",
                vec![number(after), number(PAGE.into())],
            )?
            .to_array()?;
        rows.into_iter()
            .map(|row| {
                Ok(Rc::new(Entry {
                    seq: whole(row.seq),
                    at: whole(row.at),
                    event: captain_json::from_str(&row.event)
                        .map_err(|fault| worker::Error::RustError(fault.to_string()))?,
                }))
            })
            .collect()
    }

    /// Whether a client that has seen `after` misses nothing and has nothing to wait for.
    pub fn nothing_after(&self, after: u64) -> worker::Result<bool> {
        if self.read(|live| live.running().is_some()) {
            return Ok(false);
        }
        if after >= self.read(LiveSession::last_seq) {
            return Ok(true);
        }
        let missed = self.entries_after(after)?;
        Ok(self.read(|live| {
            missed
                .iter()
                .all(|entry| contract::chat::Frame::of(entry, live).is_none())
        }))
    }

    /// The sequence number of a turn's first entry; 0 of an unknown turn.
    pub fn first_seq(&self, turn: TurnId) -> u64 {
        self.read(|live| live.turn(turn).map_or(0, |turn| turn.first_seq))
    }

    /// The turn that began last.
    pub fn last_turn(&self) -> Option<TurnId> {
        self.read(|live| live.last_turn().map(|turn| turn.id))
    }

    /// The session, if this turn's first entry is the last of the log so far; a turn that is further has a past to replay.
    pub fn begins_now(&self, turn: TurnId) -> Option<LiveSession> {
        let begins = self.first_seq(turn) == self.read(LiveSession::last_seq);
        begins.then(|| self.read(LiveSession::clone))
    }

    /// True once for a running turn: for the one who then runs its pump.
    pub fn claim_pump(&self, turn: TurnId) -> bool {
        self.runs(turn) && self.pumped.replace(Some(turn)) != Some(turn)
    }

    /// Whether a turn is the running one.
    pub fn runs(&self, turn: TurnId) -> bool {
        self.read(|live| live.running().is_some_and(|running| running.id == turn))
    }

    /// What a model said of the message that a turn is about, when it was judged before in this instance.
    pub fn judged_before(&self, turn: TurnId) -> Option<JudgedTurn> {
        let message = self.read(|live| live.turn(turn)?.message)?;
        let judged = self.judged.borrow();
        let (of, judged) = judged.as_ref()?;
        (*of == message).then(|| judged.clone())
    }

    /// Keeps it for that.
    pub fn keep_judged(&self, turn: TurnId, judged: JudgedTurn) {
        if let Some(message) = self.read(|live| live.turn(turn)?.message) {
            self.judged.replace(Some((message, judged)));
        }
    }

    /// Wakes when the log grows.
    pub fn growth(&self) -> watch::Receiver<u64> {
        self.grown.subscribe()
    }

    /// When D1 got the finished session, Unix ms.
    pub fn settled_at(&self) -> worker::Result<Option<u64>> {
        let rows: Vec<SettledRow> = self
            .sql
            .exec("SELECT settled_at FROM settled", None)?
            .to_array()?;
        Ok(rows.first().map(|row| whole(row.settled_at)))
    }

    /// Notes that D1 has the finished session.
    pub fn mark_settled(&self) -> worker::Result<()> {
        self.sql.exec(
            "INSERT OR IGNORE INTO settled (only, settled_at) VALUES (1, ?)",
            vec![number(self.now())],
        )?;
        Ok(())
    }

    /// Deletes everything, alarms too. The object is then as if nobody had ever started its session.
    pub async fn forget(&self) -> worker::Result<()> {
        self.storage.delete_all().await?;
        lay_tables(&self.sql)?;
        self.live.replace(LiveSession::default());
        self.newest.take();
        self.grown.send_replace(0);
        Ok(())
    }

    /// The object's storage: for alarms, for waiting until what was written is durable, and for the end.
    pub fn storage(&self) -> &Storage {
        &self.storage
    }

    /// The models that the settings name.
    pub fn models(&self) -> Result<&Models<EdgeLine>, SettingsError> {
        if let Some(models) = self.models.get() {
            return Ok(models);
        }
        let models = model::models(&self.env)?;
        Ok(self.models.get_or_init(|| models))
    }

    /// The bindings.
    pub fn env(&self) -> &Env {
        &self.env
    }

    /// Unix ms.
    pub fn now(&self) -> u64 {
        Date::now().as_millis()
    }
}

fn lay_tables(sql: &SqlStorage) -> worker::Result<()> {
    sql.exec(
        "CREATE TABLE IF NOT EXISTS log (seq INTEGER PRIMARY KEY, at INTEGER NOT NULL, event TEXT NOT NULL) STRICT",
        None,
    )?;
    // Present once D1 has the finished session.
    sql.exec(
        "CREATE TABLE IF NOT EXISTS settled (only INTEGER PRIMARY KEY CHECK (only = 1), settled_at INTEGER NOT NULL) STRICT",
        None,
    )?;
    Ok(())
}

/// A UUIDv7 of this moment.
pub fn mint_uuid(now: u64) -> Uuid {
    let mut random = [0; 10];
    // Without randomness the time alone would have to do; the runtime's generator does not fail.
    if getrandom::fill(&mut random).is_err() {
        worker::console_error!("session object: no randomness");
    }
    uuid_v7(now, &random)
}

/// SQLite's numbers are JavaScript's here: moments and sequence numbers stay far below 2^53.
#[allow(clippy::cast_precision_loss, clippy::as_conversions)]
fn number(value: u64) -> SqlStorageValue {
    SqlStorageValue::Float(value as f64)
}

#[allow(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::as_conversions
)]
fn whole(value: f64) -> u64 {
    value as u64
}
