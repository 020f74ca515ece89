//! Carries a turn's words into the log, whoever listens. It stops as soon as the log says that the turn is over.

use super::room::Room;
use super::settle;
use crate::settings::coach_pace;
use coach::builtin;
use domain::ids::{MessageId, TurnId};
use domain::session::{Command, Decision, Event, Speaker, VoicedBy};
use std::rc::Rc;
use std::time::Duration;
use worker::Delay;

/// How many of the paces between words somebody thinks before the first one.
const THINKING_PACES: u32 = 12;

/// Words that fall due within this time are written together: each write is a commit, and hundreds of sessions share a disk.
const WRITE_EVERY: Duration = Duration::from_millis(60);

/// Why a pump ends early.
enum Stop {
    /// The turn was stopped or repaired away: as it should be.
    TurnOver,
    /// The log can't be written.
    Fault(worker::Error),
}

impl From<worker::Error> for Stop {
    fn from(error: worker::Error) -> Self {
        Stop::Fault(error)
    }
}

/// Runs a turn to its end.
pub async fn run(room: Rc<Room>, turn: TurnId) {
    if let Err(Stop::Fault(error)) = carry(&room, turn).await {
        worker::console_error!("session object: turn {turn} failed: {error}");
        // Visible now rather than at the next alarm.
        if let Err(error) = room.ask(Command::Interrupt { turn }) {
            worker::console_error!("session object: turn {turn} can't be ended: {error}");
        }
    }
    if let Err(error) = settle::when_completed(&room).await {
        worker::console_error!("session object: not settled yet: {error}");
    }
}

async fn carry(room: &Room, turn: TurnId) -> Result<(), Stop> {
    let script = room
        .read(|live| builtin::script(live, turn))
        .ok_or(Stop::TurnOver)?;
    let pace = coach_pace(room.env());
    for (speaker, text) in &script.lines {
        let message = compose(room, turn, *speaker)?;
        Delay::from(pace * THINKING_PACES).await;
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
            Delay::from(pace.saturating_mul(spoken)).await;
        }
        ask(room, Command::FinishMessage { turn, message })?;
    }
    ask(
        room,
        Command::Grade {
            turn,
            verdict: Box::new(script.verdict),
            improved: script.improved,
            grounds: Box::new(script.grounds),
        },
    )?;
    Ok(())
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

fn compose(room: &Room, turn: TurnId, speaker: Speaker) -> Result<MessageId, Stop> {
    let events = ask(
        room,
        Command::Compose {
            turn,
            speaker,
            voiced_by: VoicedBy::BuiltIn,
        },
    )?;
    let message = events.into_iter().find_map(|event| match event {
        Event::Composing { message, .. } => Some(message),
        _ => None,
    });
    message.ok_or(Stop::TurnOver)
}

fn ask(room: &Room, command: Command) -> Result<Vec<Event>, Stop> {
    match room.ask(command)? {
        Ok(Decision::Append(events)) => Ok(events),
        Ok(Decision::Known(_)) | Err(_) => Err(Stop::TurnOver),
    }
}
