//! Words on their way into the log, message by message.

use super::pump::{Stop, ask};
use super::room::Room;
use crate::settings::coach_pace;
use coach::builtin;
use domain::ids::{MessageId, TurnId};
use domain::session::{Command, Event, Speaker, VoicedBy};
use std::cell::{Cell, RefCell};
use std::time::Duration;
use tokio::sync::Notify;
use worker::Delay;

/// How many of the paces between words the built-in coach thinks before the first one.
const THINKING_PACES: u32 = 12;

/// Words that fall due within this time are written together: each write is a commit, and hundreds of sessions share a disk.
const WRITE_EVERY: Duration = Duration::from_millis(60);

/// Says what the built-in coach has to say, at its pace.
pub async fn say(
    room: &Room,
    turn: TurnId,
    speaker: Speaker,
    text: &str,
    voiced_by: VoicedBy,
) -> Result<(), Stop> {
    let message = compose(room, turn, speaker, voiced_by)?;
    let pace = coach_pace(room.env());
    pass(pace * THINKING_PACES).await;
    for words in spoken_at_once(text, pace) {
        let spoken = u32::try_from(words.len()).unwrap_or(u32::MAX);
        let text = words.concat();
        ask(
            room,
            Command::Speak {
                turn,
                message,
                text,
            },
        )?;
        pass(pace.saturating_mul(spoken)).await;
    }
    ask(room, Command::FinishMessage { turn, message })?;
    Ok(())
}

/// Lets time pass; a coach without a pace waits for nothing.
async fn pass(time: Duration) {
    if !time.is_zero() {
        Delay::from(time).await;
    }
}

/// The words of a text in the portions they are written in.
fn spoken_at_once(text: &str, pace: Duration) -> Vec<Vec<&str>> {
    let words: Vec<&str> = builtin::chunks(text).collect();
    let portion = match pace.as_millis() {
        0 => words.len(),
        pace => usize::try_from(WRITE_EVERY.as_millis().div_ceil(pace)).unwrap_or(1),
    };
    words.chunks(portion.max(1)).map(<[&str]>::to_vec).collect()
}

fn compose(
    room: &Room,
    turn: TurnId,
    speaker: Speaker,
    voiced_by: VoicedBy,
) -> Result<MessageId, Stop> {
    let compose = Command::Compose {
        turn,
        speaker,
        voiced_by,
    };
    let message = ask(room, compose)?
        .into_iter()
        .find_map(|event| match event {
            Event::Composing { message, .. } => Some(message),
            _ => None,
        });
    message.ok_or(Stop::TurnOver)
}

/// A message that a model writes. It stands in the log from its first words on; these are written at once, the others in
/// portions.
pub struct Bubble<'a> {
    room: &'a Room,
    turn: TurnId,
    speaker: Speaker,
    model: RefCell<String>,
    message: Cell<Option<MessageId>>,
    waiting: RefCell<String>,
    written_at: Cell<u64>,
    came: Notify,
}

impl<'a> Bubble<'a> {
    /// A message that has no words yet.
    pub fn new(room: &'a Room, turn: TurnId, speaker: Speaker) -> Self {
        Self {
            room,
            turn,
            speaker,
            model: RefCell::default(),
            message: Cell::new(None),
            waiting: RefCell::default(),
            written_at: Cell::new(0),
            came: Notify::new(),
        }
    }

    /// The provider's id of the model that is being asked now.
    pub fn voiced_by(&self, model: &str) {
        model.clone_into(&mut self.model.borrow_mut());
    }

    /// Whether anybody can have seen words of it.
    pub fn is_shown(&self) -> bool {
        self.message.get().is_some()
    }

    /// Takes words: they are written now, or soon by [`Bubble::keep_writing`].
    pub fn hear(&self, text: &str) -> Result<(), Stop> {
        if text.is_empty() {
            return Ok(());
        }
        self.waiting.borrow_mut().push_str(text);
        let due = self.written_at.get() + portion_ms();
        if self.room.now() >= due {
            self.write("")
        } else {
            self.came.notify_one();
            Ok(())
        }
    }

    /// Writes what waits, and this.
    pub fn write(&self, text: &str) -> Result<(), Stop> {
        let text = self.waiting.take() + text;
        if text.is_empty() {
            return Ok(());
        }
        let turn = self.turn;
        let message = match self.message.get() {
            Some(message) => message,
            None => {
                let model = self.model.borrow().clone();
                let voice = VoicedBy::Model { model };
                let message = compose(self.room, turn, self.speaker, voice)?;
                self.message.set(Some(message));
                message
            }
        };
        let speak = Command::Speak {
            turn,
            message,
            text,
        };
        ask(self.room, speak)?;
        self.written_at.set(self.room.now());
        Ok(())
    }

    /// Writes the words that could not be written when they came. Ends only with a fault.
    pub async fn keep_writing(&self) -> Stop {
        loop {
            self.came.notified().await;
            Delay::from(WRITE_EVERY).await;
            if let Err(stop) = self.write("") {
                return stop;
            }
        }
    }

    /// The message is whole.
    pub fn finish(&self) -> Result<(), Stop> {
        self.write("")?;
        if let Some(message) = self.message.get() {
            let turn = self.turn;
            ask(self.room, Command::FinishMessage { turn, message })?;
        }
        Ok(())
    }

    /// It broke off: what was shown stands, and is marked. The turn is over.
    pub fn interrupt(&self) -> Result<Stop, Stop> {
        self.write("")?;
        ask(self.room, Command::Interrupt { turn: self.turn })?;
        Ok(Stop::TurnOver)
    }

    /// The model declined to go on: nothing of it counts as said. The turn is over.
    pub fn withdraw(&self) -> Result<Stop, Stop> {
        self.waiting.take();
        let turn = self.turn;
        let end = match self.message.get() {
            Some(message) => Command::Withdraw { turn, message },
            None => Command::Interrupt { turn },
        };
        ask(self.room, end)?;
        Ok(Stop::TurnOver)
    }
}

fn portion_ms() -> u64 {
    u64::try_from(WRITE_EVERY.as_millis()).unwrap_or(u64::MAX)
}
