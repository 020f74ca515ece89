//! Models that are asked in a turn: whether they may be, how they are heard, and what is noted of it.

use super::bubble::Bubble;
use super::pump::Stop;
use super::room::Room;
use crate::d1::D1;
use crate::model::EdgeLine;
use captain_http::model::{Answer, Attempt, End, Ending, Models, World};
use captain_http::spend::{self, Payer};
use coach::provider::{Ask, Finish};
use domain::ids::TurnId;
use domain::session::{Absence, VoicedBy};
use domain::spend::{Allowance, Purpose};
use futures::StreamExt;
use futures::channel::mpsc::{self, UnboundedReceiver, UnboundedSender};
use futures::future::{Either, select};
use std::future::Future;
use std::ops::ControlFlow;
use std::pin::pin;
use std::rc::Rc;
use std::time::Duration;
use tokio::sync::watch;
use worker::send::SendFuture;
use worker::{Date, Delay};

/// What a session is frozen with that the built-in coach coaches by choice.
const BUILT_IN: &str = "builtin";

/// The models of one turn.
pub struct TurnModels {
    models: Models<EdgeLine>,
    room: Rc<Room>,
    turn: TurnId,
    calls: UnboundedSender<(Purpose, Attempt)>,
}

/// What came of asking for words.
pub enum Said {
    /// They are said, but for what the caller still holds.
    Whole {
        /// How they ended.
        finish: Finish,
    },
    /// Nobody has seen a word: the built-in coach speaks.
    Nothing(Absence),
}

impl TurnModels {
    /// The models, or who speaks instead of them all through the turn. The future notes their calls; it ends when they are gone.
    pub fn of(
        room: &Rc<Room>,
        turn: TurnId,
        allowance: Option<Allowance>,
    ) -> (Result<Self, VoicedBy>, impl Future<Output = ()> + use<>) {
        let (calls, noted) = mpsc::unbounded();
        let models = Self::may_speak(room, allowance).map(|models| Self {
            models,
            room: room.clone(),
            turn,
            calls,
        });
        (models, note(room.clone(), noted))
    }

    fn may_speak(room: &Room, allowance: Option<Allowance>) -> Result<Models<EdgeLine>, VoicedBy> {
        let away = || VoicedBy::StandIn { why: Absence::Away };
        let (_, chosen) = payer(room).ok_or_else(away)?;
        if chosen == BUILT_IN {
            return Err(VoicedBy::BuiltIn);
        }
        let models = room.models().map_err(|error| {
            worker::console_error!("session object: no models: {error}");
            away()
        })?;
        if !models.are_configured() {
            return Err(away());
        }
        match allowance {
            Some(Allowance::Granted) => Ok(models.clone()),
            Some(Allowance::CompanyCapReached | Allowance::RepCapReached) => {
                Err(VoicedBy::StandIn {
                    why: Absence::Spent,
                })
            }
            // What may be spent is not known, so nothing is.
            None => {
                worker::console_error!("session object: nobody asked for the allowance");
                Err(away())
            }
        }
    }

    /// Asks for an answer that is of use only when it is whole; `None` when nobody gave one.
    pub async fn hear(&self, purpose: Purpose, ask: &Ask) -> Result<Option<Answer>, Stop> {
        let world = self.world(purpose, None);
        let asked = pin!(self.models.ask(&world, ask));
        let over = pin!(self.turn_over());
        match select(asked, over).await {
            Either::Left((outcome, _)) => Ok(match outcome.ending {
                Ending::Answered(answer) => Some(answer),
                Ending::BuiltIn(_) | Ending::Interrupted(_) | Ending::Stopped => None,
            }),
            // The call ends with its future.
            Either::Right(_) => Err(Stop::TurnOver),
        }
    }

    /// Asks for words that are written into a bubble as they come, as far as `show` lets them through.
    pub async fn say(
        &self,
        purpose: Purpose,
        ask: &Ask,
        bubble: &Bubble<'_>,
        mut show: impl FnMut(&str) -> String,
    ) -> Result<Said, Stop> {
        let world = self.world(purpose, Some(bubble));
        let mut fault = None;
        let asked = self
            .models
            .ask_aloud(&world, ask, |text| match bubble.hear(&show(text)) {
                Ok(()) => ControlFlow::Continue(()),
                Err(stop) => {
                    fault = Some(stop);
                    ControlFlow::Break(())
                }
            });
        let ending = {
            let (asked, writing) = (pin!(asked), pin!(bubble.keep_writing()));
            let over = pin!(self.turn_over());
            match select(asked, select(writing, over)).await {
                Either::Left((outcome, _)) => outcome.ending,
                Either::Right((Either::Left((stop, _)), _)) => return Err(stop),
                // Stop was pressed: the call ends with its future.
                Either::Right((Either::Right(_), _)) => return Err(Stop::TurnOver),
            }
        };
        if let Some(stop) = fault {
            return Err(stop);
        }
        match ending {
            Ending::Answered(answer) if answer.finish == Finish::Refused => {
                if bubble.is_shown() {
                    return Err(bubble.withdraw()?);
                }
                Ok(Said::Nothing(Absence::Declined))
            }
            Ending::Answered(answer) if answer.text.trim().is_empty() => {
                Ok(Said::Nothing(Absence::Away))
            }
            Ending::Answered(answer) => Ok(Said::Whole {
                finish: answer.finish,
            }),
            Ending::BuiltIn(_) | Ending::Interrupted(_) if !bubble.is_shown() => {
                Ok(Said::Nothing(Absence::Away))
            }
            Ending::BuiltIn(_) | Ending::Interrupted(_) | Ending::Stopped => {
                Err(bubble.interrupt()?)
            }
        }
    }

    fn world<'a>(&'a self, purpose: Purpose, bubble: Option<&'a Bubble<'a>>) -> TurnWorld<'a> {
        TurnWorld {
            calls: &self.calls,
            purpose,
            bubble,
        }
    }

    /// Ends as soon as the log says that the turn is over.
    async fn turn_over(&self) {
        let mut growth: watch::Receiver<u64> = self.room.growth();
        while self.room.runs(self.turn) {
            if growth.changed().await.is_err() {
                return;
            }
        }
    }
}

/// In whose name models are asked, and who coaches this session.
fn payer(room: &Room) -> Option<(Payer, String)> {
    room.read(|live| {
        let frozen = live.frozen()?;
        let payer = Payer {
            company: frozen.company,
            user: frozen.user,
            session: Some(frozen.session),
        };
        Some((payer, frozen.model.clone()))
    })
}

/// Notes calls as they end, until no more can come.
async fn note(room: Rc<Room>, mut calls: UnboundedReceiver<(Purpose, Attempt)>) {
    while let Some((purpose, attempt)) = calls.next().await {
        if matches!(attempt.end, End::Failed(_)) {
            worker::console_warn!("session object: {attempt}");
        }
        let Some((payer, _)) = payer(&room) else {
            return;
        };
        let noted = match D1::of(room.env()) {
            Ok(db) => spend::record(&db, &payer, purpose, &attempt)
                .await
                .map_err(|error| error.to_string()),
            Err(error) => Err(error.to_string()),
        };
        if let Err(error) = noted {
            worker::console_error!("session object: a call was not noted: {error}");
        }
    }
}

/// The world of one question.
struct TurnWorld<'a> {
    calls: &'a UnboundedSender<(Purpose, Attempt)>,
    purpose: Purpose,
    bubble: Option<&'a Bubble<'a>>,
}

impl World for TurnWorld<'_> {
    fn now_ms(&self) -> u64 {
        Date::now().as_millis()
    }

    fn sleep(&self, ms: u64) -> impl Future<Output = ()> + Send {
        SendFuture::new(async move { Delay::from(Duration::from_millis(ms)).await })
    }

    fn random(&self) -> u32 {
        let mut bytes = [0; 4];
        // Chance spreads retries; without it they are still retries.
        if getrandom::fill(&mut bytes).is_err() {
            worker::console_error!("session object: no randomness");
        }
        u32::from_le_bytes(bytes)
    }

    fn calling(&self, model: &str) {
        if let Some(bubble) = self.bubble {
            bubble.voiced_by(model);
        }
    }

    fn attempted(&self, attempt: Attempt) {
        // Nobody listens any more only when the object itself is ending.
        self.calls.unbounded_send((self.purpose, attempt)).ok();
    }
}
