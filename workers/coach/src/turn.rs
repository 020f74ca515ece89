//! A turn of a session, taken out of it: the drill, the rep's words, and what each voice has to go on.
//!
//! Whoever carries the turn asks a model with [`TurnCase::judging`], [`TurnCase::correction_ask`] and
//! [`TurnCase::reaction_ask`], or takes the built-in coach's words: each part can be either.

use crate::builtin::{self, Correction};
use crate::prompts::{self, Persona, Prompt, PromptError, Said};
use crate::provider::correcting::Correcting;
use crate::provider::judging::{Judged, Judging, Ruling, judged_by_built_in};
use crate::provider::verdict::Case;
use crate::provider::{Ask, Output};
use domain::ids::TurnId;
use domain::scenario::Drill;
use domain::scoring::{Stance, Verdict, own_words_percent};
use domain::session::{LiveSession, Speaker, TurnKind};
use domain::tone::ToneGuidelines;

/// Room for a correction, and for the thoughts of a model that thinks first.
const CORRECTION_TOKENS: u32 = 3_000;

/// Room for a customer's line, and for such thoughts.
const REACTION_TOKENS: u32 = 1_500;

/// What a turn is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TurnCase {
    drill: Drill,
    guidelines: ToneGuidelines,
    answer: String,
    part: Part,
    /// Another session hears another of the customer's lines; the same session always the same one.
    variant: u64,
    declined: Vec<Speaker>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Part {
    Answer,
    Repeat(Box<Before>),
}

/// What came before a repeat.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Before {
    answer: String,
    verdict: Verdict,
    improved: String,
}

impl TurnCase {
    /// Takes it out of its session; `None` for a turn in which nobody has anything to say.
    pub fn of(live: &LiveSession, turn: TurnId) -> Option<Self> {
        let frozen = live.frozen()?;
        let turn = live.turn(turn)?;
        let part = match turn.kind {
            TurnKind::Next => return None,
            TurnKind::Answer => Part::Answer,
            TurnKind::Repeat => {
                let record = live.records().get(turn.drill)?;
                let first = record.initial.as_ref()?;
                Part::Repeat(Box::new(Before {
                    answer: first.text.clone(),
                    verdict: first.verdict.clone(),
                    improved: record.improved.clone().unwrap_or_default(),
                }))
            }
        };
        let (variant, _) = frozen.session.0.as_u64_pair();
        let declined = [Speaker::Customer, Speaker::Coach].into_iter();
        Some(Self {
            drill: frozen.text.drills.get(turn.drill)?.clone(),
            guidelines: frozen.guidelines.clone(),
            answer: live.words_of(turn)?.to_owned(),
            part,
            variant,
            declined: declined
                .filter(|speaker| live.was_declined(turn, *speaker))
                .collect(),
        })
    }

    /// The rep says it again; otherwise it is their first answer.
    pub fn is_repeat(&self) -> bool {
        matches!(self.part, Part::Repeat(_))
    }

    /// Whether a model declined to say this part before: it would again, and the built-in coach says it.
    pub fn was_declined(&self, speaker: Speaker) -> bool {
        self.declined.contains(&speaker)
    }

    /// Begins to judge with a model.
    pub fn judging(&self) -> Result<Ruling<'_>, PromptError> {
        Judging::begin(self.case())
    }

    /// Judges with the built-in coach. What is suspected counts for nothing, and the rest counts.
    pub fn judged_by_built_in(&self, stand_in: bool) -> Judged {
        judged_by_built_in(self.case(), stand_in)
    }

    fn case(&self) -> Case<'_> {
        Case {
            drill: &self.drill,
            guidelines: &self.guidelines,
            answer: &self.answer,
        }
    }

    /// What a judgement counts for here: a repeat in the coach's own words counts as a copy, whoever judged.
    #[must_use]
    pub fn counted(&self, verdict: Verdict) -> Verdict {
        match &self.part {
            Part::Answer => verdict,
            Part::Repeat(before) => {
                let own = own_words_percent(&self.answer, &before.improved, &before.answer);
                verdict.with_own_words(own)
            }
        }
    }

    /// The built-in coach's correction.
    pub fn correction(&self, verdict: &Verdict) -> Correction {
        builtin::correct(&self.drill, &self.guidelines, &self.answer, verdict)
    }

    /// Asks a model for a correction, and says which prompt that is.
    pub fn correction_ask(&self, verdict: &Verdict) -> Result<(&'static str, Ask), PromptError> {
        let prompt = prompts::correct(&self.drill, &self.answer, verdict)?;
        Ok(prose(prompt, CORRECTION_TOKENS))
    }

    /// Reads a model's correction as it streams. `built_in` is the improved version to fall back on.
    pub fn correcting<'a>(&'a self, built_in: &'a str) -> Correcting<'a> {
        Correcting::new(&self.drill, &self.guidelines, built_in)
    }

    /// What the scenario has the customer say after a repeat with this verdict.
    pub fn reaction(&self, verdict: &Verdict) -> String {
        builtin::react(&self.drill, Stance::after(verdict), self.variant).to_owned()
    }

    /// Asks a model for the customer's words after a repeat. It is told the stance and only voices it.
    pub fn reaction_ask(&self, verdict: &Verdict) -> Result<(&'static str, Ask), PromptError> {
        let persona = Persona::of(&self.drill, Stance::after(verdict));
        let prompt = prompts::play(&persona, &[Said::Salesperson(&self.answer)])?;
        Ok(prose(prompt, REACTION_TOKENS))
    }

    /// The coach's closing note after a repeat; nothing after a first answer.
    pub fn note(&self, verdict: &Verdict) -> Option<String> {
        match &self.part {
            Part::Answer => None,
            Part::Repeat(before) => Some(builtin::close(&self.drill, &before.verdict, verdict)),
        }
    }
}

fn prose(prompt: Prompt, max_tokens: u32) -> (&'static str, Ask) {
    (prompt.version, Ask::of(prompt, Output::Prose, max_tokens))
}
