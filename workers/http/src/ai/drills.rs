//! One answer to one drill: judged, corrected, reacted to. Nothing of it is kept.

use super::judging::judge;
use super::voices::{Said, Telling, Voices, prose};
use crate::error::ApiError;
use crate::ports::Ports;
use crate::scenarios::visible;
use coach::builtin::{self, Correction};
use coach::prompts::{self, Persona};
use coach::provider::Finish;
use coach::provider::correcting::Correcting;
use coach::provider::verdict::Case;
use domain::ids::ScenarioId;
use domain::policy::Principal;
use domain::scenario::Drill;
use domain::scoring::{Stance, Verdict};
use domain::session::{Absence, VoicedBy};
use domain::spend::Purpose;
use domain::suspicion::Suspicion;
use domain::tone::ToneGuidelines;
use std::ops::ControlFlow;
use store::tone;

/// Room for a correction, and for the thoughts of a model that thinks first; for a customer's line likewise.
const CORRECTION_TOKENS: u32 = 3_000;
const REACTION_TOKENS: u32 = 1_500;

/// A drill with an answer, and who may be asked about it.
pub(super) struct Answered<P> {
    pub voices: Voices<P>,
    drill: Drill,
    guidelines: ToneGuidelines,
    answer: String,
}

/// An answer that was judged.
pub(super) struct Judged {
    pub verdict: Verdict,
    pub suspicion: Option<Suspicion>,
}

/// Words, and who says them.
pub(super) struct Spoken<T> {
    pub words: T,
    pub voiced_by: VoicedBy,
}

/// How words that were shown as they came ended.
pub(super) enum Shown<T> {
    /// They are said, or the built-in coach has words that were not shown yet.
    Spoken(Spoken<T>),
    /// Some were shown, and no more come: they are no answer.
    Broken(Absence),
    /// Whoever they were for is gone.
    Unheard,
}

/// A drill that the asker may see.
pub(super) async fn drill<P: Ports>(
    ports: &P,
    asker: &Principal,
    scenario: ScenarioId,
    drill: &str,
) -> Result<Drill, ApiError> {
    let scenario = visible(ports, asker, scenario).await?;
    let found = scenario.text.drills.into_iter().find(|one| one.id == drill);
    found.ok_or_else(|| ApiError::not_found("drill"))
}

pub(super) async fn guidelines<P: Ports>(
    ports: &P,
    asker: &Principal,
) -> Result<ToneGuidelines, ApiError> {
    let row = tone::that_counts(ports.db(), asker.company).await?;
    row.map(|row| row.text)
        .ok_or_else(|| ApiError::Broken("there are no tone guidelines".to_owned()))
}

impl<P: Ports> Answered<P> {
    pub async fn of(
        ports: &P,
        asker: &Principal,
        drill: Drill,
        answer: String,
        telling: Telling,
    ) -> Result<Self, ApiError> {
        Ok(Self {
            voices: Voices::of(ports, asker, None, telling).await?,
            drill,
            guidelines: guidelines(ports, asker).await?,
            answer,
        })
    }

    /// Judges it. What is suspected to speak to the judge is put to no model.
    pub async fn judge(&self) -> Result<Judged, ApiError> {
        let case = Case {
            drill: &self.drill,
            guidelines: &self.guidelines,
            answer: &self.answer,
        };
        let (judged, _) = judge(&self.voices, case).await?;
        Ok(Judged {
            verdict: judged.verdict,
            suspicion: judged.suspicion,
        })
    }

    /// Corrects it. `show` is given a model's words, as they come or at once; those of the built-in coach it is not given.
    pub async fn correct(
        &self,
        verdict: &Verdict,
        show: &mut (dyn FnMut(&str) -> ControlFlow<()> + Send),
    ) -> Result<Shown<Correction>, ApiError> {
        let built_in = builtin::correct(&self.drill, &self.guidelines, &self.answer, verdict);
        if let Some(instead) = self.voices.instead() {
            return Ok(Shown::spoken(built_in, instead.clone()));
        }
        let prompt = prompts::correct(&self.drill, &self.answer, verdict);
        let ask = prose(prompt, CORRECTION_TOKENS)?;
        let mut correcting = Correcting::new(&self.drill, &self.guidelines, &built_in.improved);
        let mut text = String::new();
        let mut on_text = |words: &str| {
            let shown = correcting.push(words);
            if shown.is_empty() {
                return ControlFlow::Continue(());
            }
            text.push_str(&shown);
            show(&shown)
        };
        let said = self.voices.say(Purpose::Coach, &ask, &mut on_text).await;
        Ok(match said {
            Said::Words { model, finish } => {
                let (rest, improved) = correcting.end(finish);
                text.push_str(&rest);
                if !rest.is_empty() && show(&rest).is_break() {
                    return Ok(Shown::Unheard);
                }
                let improved = improved.text;
                Shown::spoken(Correction { text, improved }, VoicedBy::Model { model })
            }
            Said::Nothing(why) if text.is_empty() => {
                Shown::spoken(built_in, VoicedBy::StandIn { why })
            }
            Said::Nothing(why) => Shown::Broken(why),
            Said::Unheard => Shown::Unheard,
        })
    }

    /// How far it moves the customer, and what he says: as [`Self::correct`].
    pub async fn react(
        &self,
        show: &mut (dyn FnMut(&str) -> ControlFlow<()> + Send),
    ) -> Result<(Stance, Shown<String>), ApiError> {
        let stance = Stance::after(&self.judge().await?.verdict);
        // The same answer always hears the same; another length, perhaps another line.
        let variant = u64::try_from(self.answer.chars().count()).unwrap_or(0);
        let built_in = || builtin::react(&self.drill, stance, variant).to_owned();
        if let Some(instead) = self.voices.instead() {
            return Ok((stance, Shown::spoken(built_in(), instead.clone())));
        }
        let persona = Persona::of(&self.drill, stance);
        let prompt = prompts::play(&persona, &[prompts::Said::Salesperson(&self.answer)]);
        let ask = prose(prompt, REACTION_TOKENS)?;
        let mut text = String::new();
        let mut on_text = |words: &str| {
            text.push_str(words);
            show(words)
        };
        let said = self.voices.say(Purpose::Customer, &ask, &mut on_text).await;
        Ok((stance, Shown::of(said, text, built_in)))
    }
}

impl<T> Shown<T> {
    pub fn spoken(words: T, voiced_by: VoicedBy) -> Self {
        Shown::Spoken(Spoken { words, voiced_by })
    }
}

impl Shown<String> {
    /// `text` is what was shown. A line that was cut is no line.
    pub fn of(said: Said, text: String, built_in: impl FnOnce() -> String) -> Self {
        match said {
            Said::Words {
                model,
                finish: Finish::Complete,
            } => Shown::spoken(text, VoicedBy::Model { model }),
            Said::Words { .. } => Shown::Broken(Absence::Away),
            Said::Nothing(why) if text.is_empty() => {
                Shown::spoken(built_in(), VoicedBy::StandIn { why })
            }
            Said::Nothing(why) => Shown::Broken(why),
            Said::Unheard => Shown::Unheard,
        }
    }
}
