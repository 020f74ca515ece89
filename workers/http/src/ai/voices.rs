//! Who speaks outside of sessions: a model in the asker's name, as long as one is there and may be paid for, else the built-in
//! coach.

use crate::error::ApiError;
use crate::model::{Answer, Asker, Attempt, Ending};
use crate::ports::{Fault, Ports};
use crate::spend::{self, Payer};
use coach::prompts::{Prompt, PromptError};
use coach::provider::judging::Heard;
use coach::provider::{Ask, Finish, Output};
use domain::ids::SessionId;
use domain::policy::Principal;
use domain::session::{Absence, VoicedBy};
use domain::spend::Purpose;
use futures::StreamExt;
use futures::channel::mpsc;
use std::ops::ControlFlow;

/// The voices that may be heard in one call.
pub(crate) struct Voices<P> {
    pub ports: P,
    telling: Telling,
    /// Why no model is asked, and who speaks then.
    instead: Option<VoicedBy>,
    ledger: mpsc::UnboundedSender<(Purpose, Attempt)>,
}

/// How words reach whoever asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Telling {
    /// As they come.
    Aloud,
    /// All together, so that nobody sees one fail.
    Whole,
}

/// What came of asking for words.
pub(crate) enum Said {
    /// They are said; by this model.
    Words {
        /// The provider's id of the model.
        model: String,
        /// How they ended.
        finish: Finish,
    },
    /// They are not; what was shown of them is no answer.
    Nothing(Absence),
    /// Whoever they were for is gone.
    Unheard,
}

impl<P: Ports> Voices<P> {
    /// Those of this person, for a session or none. Every call to a provider is noted, also when the asker goes away meanwhile.
    pub async fn of(
        ports: &P,
        asker: &Principal,
        session: Option<SessionId>,
        telling: Telling,
    ) -> Result<Self, ApiError> {
        let payer = Payer {
            company: asker.company,
            user: asker.user,
            session,
        };
        Self::paid_by(ports, payer, telling).await
    }

    /// Those that this payer pays for.
    pub async fn paid_by(ports: &P, payer: Payer, telling: Telling) -> Result<Self, ApiError> {
        let (ledger, calls) = mpsc::unbounded();
        let instead = if !ports.models().are_configured() {
            Some(VoicedBy::BuiltIn)
        } else {
            let now = ports.now_ms();
            let allowance = spend::allowance(ports.db(), payer.company, payer.user, now).await?;
            ports.after_answer(note(ports.clone(), payer, calls));
            let why = Absence::Spent;
            (!allowance.granted()).then_some(VoicedBy::StandIn { why })
        };
        Ok(Self {
            ports: ports.clone(),
            telling,
            instead,
            ledger,
        })
    }

    /// Who speaks instead of a model, where none is to be asked.
    pub fn instead(&self) -> Option<&VoicedBy> {
        self.instead.as_ref()
    }

    /// Asks for an answer that is of use only when it is whole.
    pub async fn ask(&self, purpose: Purpose, ask: &Ask) -> Option<Answer> {
        let world = self.world(purpose);
        match self.ports.models().ask(&world, ask).await.ending {
            Ending::Answered(answer) => Some(answer),
            Ending::BuiltIn(_) | Ending::Interrupted(_) | Ending::Stopped => None,
        }
    }

    /// The same, for whoever decides on replies; with the provider's id of the model.
    pub async fn hear(&self, purpose: Purpose, ask: &Ask) -> (Heard, String) {
        match self.ask(purpose, ask).await {
            Some(answer) => {
                let heard = Heard::Reply {
                    text: answer.text,
                    finish: answer.finish,
                };
                (heard, answer.model)
            }
            None => (Heard::Nothing, String::new()),
        }
    }

    /// Asks for words to be shown: as they come, or all of them at once.
    pub async fn say(
        &self,
        purpose: Purpose,
        ask: &Ask,
        on_text: &mut (dyn FnMut(&str) -> ControlFlow<()> + Send),
    ) -> Said {
        match self.telling {
            Telling::Aloud => self.say_aloud(purpose, ask, on_text).await,
            Telling::Whole => self.say_at_once(purpose, ask, on_text).await,
        }
    }

    async fn say_at_once(
        &self,
        purpose: Purpose,
        ask: &Ask,
        on_text: &mut (dyn FnMut(&str) -> ControlFlow<()> + Send),
    ) -> Said {
        match self.ask(purpose, ask).await {
            Some(answer) if answer.finish == Finish::Complete => {
                // Nobody is there who could break off.
                let _ = on_text(&answer.text);
                Said::Words {
                    model: answer.model,
                    finish: answer.finish,
                }
            }
            Some(answer) if answer.finish == Finish::Refused => Said::Nothing(Absence::Declined),
            Some(_) | None => Said::Nothing(Absence::Away),
        }
    }

    async fn say_aloud(
        &self,
        purpose: Purpose,
        ask: &Ask,
        on_text: &mut (dyn FnMut(&str) -> ControlFlow<()> + Send),
    ) -> Said {
        let world = self.world(purpose);
        let asked = self.ports.models().ask_aloud(&world, ask, on_text);
        match asked.await.ending {
            Ending::Answered(answer) if answer.finish == Finish::Refused => {
                Said::Nothing(Absence::Declined)
            }
            Ending::Answered(answer) => Said::Words {
                model: answer.model,
                finish: answer.finish,
            },
            Ending::BuiltIn(_) | Ending::Interrupted(_) => Said::Nothing(Absence::Away),
            Ending::Stopped => Said::Unheard,
        }
    }

    fn world(&self, purpose: Purpose) -> Asker<P, impl Fn(Attempt) + Send + Sync> {
        let ledger = self.ledger.clone();
        Asker {
            ports: self.ports.clone(),
            heard: move |attempt| {
                // Nobody listens any more only when the runtime itself is ending.
                ledger.unbounded_send((purpose, attempt)).ok();
            },
        }
    }
}

/// Prose that takes at most so many tokens, a model's thinking included.
pub(super) fn prose(prompt: Result<Prompt, PromptError>, max_tokens: u32) -> Result<Ask, ApiError> {
    let prompt = prompt.map_err(unwritable)?;
    Ok(Ask::of(prompt, Output::Prose, max_tokens))
}

/// Texts are always JSON.
pub(crate) fn unwritable(error: PromptError) -> ApiError {
    ApiError::Broken(error.to_string())
}

/// Notes calls as they end, until no more can come.
async fn note<P: Ports>(
    ports: P,
    payer: Payer,
    mut calls: mpsc::UnboundedReceiver<(Purpose, Attempt)>,
) {
    while let Some((purpose, attempt)) = calls.next().await {
        let noted = spend::record(ports.db(), &payer, purpose, &attempt).await;
        if let Err(error) = noted {
            ports.report(&Fault::unasked("SPEND", "a call to a model", &error));
        }
    }
}
