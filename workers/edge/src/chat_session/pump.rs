//! Carries a turn to its end, whoever listens: the judgement, the words, the verdict. It stops as soon as the log says that the
//! turn is over.
//!
//! A model speaks where one is there and may be paid for ([`models`](super::models)), the built-in coach everywhere else; each
//! message says who voices it. Words that were shown are never gone over by somebody else: what breaks off after the first
//! of them is interrupted, and the rep asks again.

use super::bubble::{self, Bubble};
use super::models::{Said, TurnModels};
use super::room::Room;
use super::settle;
use coach::prompts;
use coach::provider::Finish;
use coach::provider::correcting::{Correcting, Improved};
use coach::provider::judging::{Heard, Ruling};
use coach::turn::TurnCase;
use domain::ids::TurnId;
use domain::scoring::{Grounds, Judge, Verdict};
use domain::session::{Absence, Command, Decision, Event, Speaker, VoicedBy};
use domain::spend::{Allowance, Purpose};
use std::rc::Rc;

/// Why a pump ends early.
pub enum Stop {
    /// The turn was stopped, interrupted or repaired away: as it should be.
    TurnOver,
    /// The log can't be written.
    Fault(worker::Error),
}

impl From<worker::Error> for Stop {
    fn from(error: worker::Error) -> Self {
        Stop::Fault(error)
    }
}

/// Runs a turn to its end. `allowance` is whether models may be asked in it, where that is known.
pub async fn run(room: Rc<Room>, turn: TurnId, allowance: Option<Allowance>) {
    if let Err(Stop::Fault(error)) = carry(&room, turn, allowance).await {
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

/// A verdict with what it was made of.
#[derive(Clone)]
pub struct JudgedTurn {
    verdict: Verdict,
    grounds: Grounds,
}

async fn carry(room: &Rc<Room>, turn: TurnId, allowance: Option<Allowance>) -> Result<(), Stop> {
    let case = room
        .read(|live| TurnCase::of(live, turn))
        .ok_or(Stop::TurnOver)?;
    let (models, ledger) = TurnModels::of(room, turn, allowance);
    let carried = async {
        // Moved in, so that the ledger is closed when the turn is over.
        let pump = Pump { room, turn, models };
        pump.carry(&case).await
    };
    let (carried, ()) = futures::join!(carried, ledger);
    carried
}

struct Pump<'a> {
    room: &'a Room,
    turn: TurnId,
    models: Result<TurnModels, VoicedBy>,
}

impl Pump<'_> {
    async fn carry(mut self, case: &TurnCase) -> Result<(), Stop> {
        let JudgedTurn {
            verdict,
            mut grounds,
        } = self.judge(case).await?;
        let verdict = case.counted(verdict);
        let improved = match case.note(&verdict) {
            None => Some(self.correct(case, &verdict, &mut grounds).await?),
            Some(note) => {
                self.react(case, &verdict, &mut grounds).await?;
                let (turn, voice) = (self.turn, VoicedBy::BuiltIn);
                bubble::say(self.room, turn, Speaker::Coach, &note, voice).await?;
                None
            }
        };
        let graded = Command::Grade {
            turn: self.turn,
            verdict: Box::new(verdict),
            improved,
            grounds: Box::new(grounds),
        };
        ask(self.room, graded)?;
        Ok(())
    }

    /// Judges the rep's words. What a model said of them stands when the turn is done again.
    async fn judge(&mut self, case: &TurnCase) -> Result<JudgedTurn, Stop> {
        if let Some(judged) = self.room.judged_before(self.turn) {
            return Ok(judged);
        }
        let judged = match &self.models {
            Ok(models) => ask_judge(models, case).await?,
            Err(voice) => {
                let judged = case.judged_by_built_in(*voice != VoicedBy::BuiltIn);
                JudgedTurn {
                    grounds: judged.grounds(None, &[]),
                    verdict: judged.verdict,
                }
            }
        };
        match &judged.verdict.judge {
            Judge::Model { .. } => self.room.keep_judged(self.turn, judged.clone()),
            // Nobody gave a reply: the rep need not wait for the same again.
            Judge::BuiltIn { .. }
                if !judged.grounds.prompts.is_empty() && judged.grounds.model.is_none() =>
            {
                self.models = Err(stands_in(Absence::Away));
            }
            Judge::BuiltIn { .. } => {}
        }
        Ok(judged)
    }

    /// The coach corrects; gives the improved version that was shown.
    async fn correct(
        &self,
        case: &TurnCase,
        verdict: &Verdict,
        grounds: &mut Grounds,
    ) -> Result<String, Stop> {
        let built_in = case.correction(verdict);
        let voice = match (
            self.voice(case, Speaker::Coach),
            case.correction_ask(verdict),
        ) {
            (Ok(models), Ok((prompt, ask))) => {
                grounds.prompts.push(prompt.to_owned());
                let bubble = Bubble::new(self.room, self.turn, Speaker::Coach);
                let mut correcting = case.correcting(&built_in.improved);
                let said = models
                    .say(Purpose::Coach, &ask, &bubble, |text| correcting.push(text))
                    .await?;
                match said {
                    Said::Whole { finish } => {
                        return finish_correction(&bubble, correcting, finish);
                    }
                    Said::Nothing(why) => stands_in(why),
                }
            }
            (Err(voice), _) => voice,
            (Ok(_), Err(_)) => stands_in(Absence::Away),
        };
        bubble::say(self.room, self.turn, Speaker::Coach, &built_in.text, voice).await?;
        Ok(built_in.improved)
    }

    /// The customer reacts to a repeat.
    async fn react(
        &self,
        case: &TurnCase,
        verdict: &Verdict,
        grounds: &mut Grounds,
    ) -> Result<(), Stop> {
        let voice = match (
            self.voice(case, Speaker::Customer),
            case.reaction_ask(verdict),
        ) {
            (Ok(models), Ok((prompt, ask))) => {
                grounds.prompts.push(prompt.to_owned());
                let bubble = Bubble::new(self.room, self.turn, Speaker::Customer);
                let said = models
                    .say(Purpose::Customer, &ask, &bubble, str::to_owned)
                    .await?;
                match said {
                    Said::Whole { .. } => return bubble.finish(),
                    Said::Nothing(why) => stands_in(why),
                }
            }
            (Err(voice), _) => voice,
            (Ok(_), Err(_)) => stands_in(Absence::Away),
        };
        let reaction = case.reaction(verdict);
        bubble::say(self.room, self.turn, Speaker::Customer, &reaction, voice).await
    }

    /// The models, or who speaks instead of them.
    fn voice(&self, case: &TurnCase, speaker: Speaker) -> Result<&TurnModels, VoicedBy> {
        let models = self.models.as_ref().map_err(VoicedBy::clone)?;
        if case.was_declined(speaker) {
            return Err(stands_in(Absence::Declined));
        }
        Ok(models)
    }
}

fn stands_in(why: Absence) -> VoicedBy {
    VoicedBy::StandIn { why }
}

async fn ask_judge(models: &TurnModels, case: &TurnCase) -> Result<JudgedTurn, Stop> {
    let (mut model, mut asked) = (None, Vec::new());
    let mut ruling = match case.judging() {
        Ok(ruling) => ruling,
        // Texts are always JSON.
        Err(_) => Ruling::Judged(case.judged_by_built_in(true)),
    };
    let judged = loop {
        match ruling {
            Ruling::Judged(judged) => break judged,
            Ruling::AskAgain(judging) => {
                asked = vec![prompts::JUDGE];
                let (heard, by) = match models.hear(Purpose::Judge, judging.ask()).await? {
                    Some(answer) => {
                        let heard = Heard::Reply {
                            text: answer.text,
                            finish: answer.finish,
                        };
                        (heard, answer.model)
                    }
                    None => (Heard::Nothing, String::new()),
                };
                if !by.is_empty() {
                    model = Some(by.clone());
                }
                ruling = judging.heard(heard, &by);
            }
        }
    };
    Ok(JudgedTurn {
        grounds: judged.grounds(model, &asked),
        verdict: judged.verdict,
    })
}

fn finish_correction(
    bubble: &Bubble<'_>,
    correcting: Correcting<'_>,
    finish: Finish,
) -> Result<String, Stop> {
    let (rest, Improved { text, .. }) = correcting.end(finish);
    bubble.write(&rest)?;
    bubble.finish()?;
    Ok(text)
}

/// Appends what follows from a command; whatever is refused was said too late.
pub fn ask(room: &Room, command: Command) -> Result<Vec<Event>, Stop> {
    match room.ask(command)? {
        Ok(Decision::Append(events)) => Ok(events),
        Ok(Decision::Known(_)) | Err(_) => Err(Stop::TurnOver),
    }
}
