//! One answer's way to a verdict: ask the model, ask once more with what was wrong, then let the built-in coach stand in.

use super::verdict::{Case, Problem};
use super::{Ask, Finish, Message};
use crate::belief;
use crate::builtin;
use crate::prompts::{self, PromptError};
use crate::suspicion::{Suspicion, suspected};
use domain::scoring::{Grounds, RejectedReply, Verdict};
use serde::Serialize;

/// A reply of more bytes is no verdict and is not sent back; of one that is kept, so much is.
pub(super) const LONGEST_SENT_BACK: usize = 16 * 1024;

/// Room for a verdict on a drill of many criteria, and for the thoughts of a model that thinks first.
const MOST_TOKENS: u32 = 4_000;

/// A verdict being asked for: for the first time, or with a first reply that could not be used.
#[derive(Debug, Clone)]
pub struct Judging<'a> {
    case: Case<'a>,
    ask: Ask,
    rejected: Option<Rejected>,
}

/// A reply that could not be used, as it came, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rejected {
    /// The model's words.
    pub raw: String,
    /// What was wrong with them.
    pub problems: Vec<Problem>,
}

/// What came of an ask.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Heard {
    /// A reply that finished.
    Reply {
        /// All of its text.
        text: String,
        /// How it finished.
        finish: Finish,
    },
    /// No provider gave one.
    Nothing,
}

/// What follows.
#[derive(Debug, Clone)]
pub enum Ruling<'a> {
    /// Ask again, with [`Judging::ask`].
    AskAgain(Box<Judging<'a>>),
    /// There is a verdict.
    Judged(Judged),
}

/// A verdict, and what it was made of: kept, so that it can be explained and graded again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Judged {
    /// The verdict; its judge is the model, or the built-in coach standing in.
    pub verdict: Verdict,
    /// The model's reply that it was read from; `None` of a stand-in's.
    pub raw: Option<String>,
    /// The replies that could not be used.
    pub rejected: Vec<Rejected>,
    /// What the answer seems to try. No model was asked then: it might listen.
    pub suspicion: Option<Suspicion>,
}

impl Judged {
    /// What is kept beside the verdict. `model` is the provider's id of the model that was asked last, if one was; `prompts` are
    /// the versions of what was put to it.
    pub fn grounds(&self, model: Option<String>, prompts: &[&str]) -> Grounds {
        Grounds {
            raw: self.raw.as_deref().map(kept),
            rejected: self.rejected.iter().map(Rejected::kept).collect(),
            model,
            prompts: prompts
                .iter()
                .map(|version| (*version).to_owned())
                .collect(),
            suspicion: self.suspicion.clone(),
        }
    }
}

impl Rejected {
    fn kept(&self) -> RejectedReply {
        RejectedReply {
            raw: kept(&self.raw),
            problems: self.problems.iter().map(Problem::to_string).collect(),
        }
    }
}

/// As much of a reply as is kept.
fn kept(raw: &str) -> String {
    raw.get(..raw.floor_char_boundary(LONGEST_SENT_BACK))
        .unwrap_or_default()
        .to_owned()
}

impl<'a> Judging<'a> {
    /// Begins with the judge's prompt. An answer that is suspected to speak to the judge is put to no model: what is suspected
    /// counts for nothing, and the built-in coach hears the rest.
    pub fn begin(case: Case<'a>) -> Result<Ruling<'a>, PromptError> {
        if let Some(suspicion) = suspected(case.answer) {
            return Ok(Ruling::Judged(Judged {
                suspicion: Some(suspicion),
                ..stand_in(case, Vec::new())
            }));
        }
        let prompt = prompts::judge(case.drill, case.guidelines, case.answer)?;
        let ask = Ask::of(prompt, case.output(), MOST_TOKENS);
        Ok(Ruling::AskAgain(Box::new(Self::new(case, ask))))
    }

    /// Begins with an ask for [`Case::output`].
    pub fn new(case: Case<'a>, ask: Ask) -> Self {
        Self {
            case,
            ask,
            rejected: None,
        }
    }

    /// What to ask now.
    pub fn ask(&self) -> &Ask {
        &self.ask
    }

    /// Decides on what came back from a model, by the provider's id.
    pub fn heard(self, heard: Heard, model: &str) -> Ruling<'a> {
        let (raw, problems) = match heard {
            Heard::Nothing => return self.stand_in(None),
            Heard::Reply { text, finish } => match finish {
                // It would refuse again.
                Finish::Refused => return self.stand_in(None),
                Finish::Length => (text, vec![Problem::Cut]),
                Finish::Complete => match self.believed(&text, model) {
                    Ok(verdict) => {
                        return Ruling::Judged(Judged {
                            verdict,
                            raw: Some(text),
                            rejected: self.rejected.into_iter().collect(),
                            suspicion: None,
                        });
                    }
                    Err(problems) => (text, problems),
                },
            },
        };
        let rejected = Rejected { raw, problems };
        if self.rejected.is_some() {
            return self.stand_in(Some(rejected));
        }
        Ruling::AskAgain(Box::new(self.again(rejected)))
    }

    fn believed(&self, reply: &str, model: &str) -> Result<Verdict, Vec<Problem>> {
        let Case {
            drill,
            guidelines,
            answer,
        } = self.case;
        let verdict = self.case.verdict(reply, model)?;
        belief::check(drill, guidelines, answer, &verdict)
            .map_err(|disbelief| vec![Problem::Unbelievable(disbelief)])?;
        Ok(verdict)
    }

    /// The second ask: the first with the reply and its problems. One that was cut gets twice the room instead.
    fn again(mut self, rejected: Rejected) -> Self {
        #[derive(Serialize)]
        struct Told {
            wanted: &'static str,
            problems: Vec<String>,
        }
        if rejected.problems == [Problem::Cut] {
            self.ask.max_tokens = self.ask.max_tokens.saturating_mul(2);
        } else {
            if rejected.raw.len() <= LONGEST_SENT_BACK {
                self.ask.messages.push(Message::said(rejected.raw.clone()));
            }
            let told = Message::data(&Told {
                wanted: "The whole JSON again, without these problems.",
                problems: rejected.problems.iter().map(Problem::to_string).collect(),
            });
            // Texts are always JSON; without them the second ask would be the first.
            self.ask.messages.extend(told);
        }
        self.rejected = Some(rejected);
        self
    }

    fn stand_in(self, last: Option<Rejected>) -> Ruling<'a> {
        let rejected = self.rejected.into_iter().chain(last).collect();
        Ruling::Judged(stand_in(self.case, rejected))
    }
}

/// Judges with the built-in coach alone. What is suspected counts for nothing, and the rest counts.
pub fn judged_by_built_in(case: Case<'_>, stand_in: bool) -> Judged {
    Judged {
        verdict: builtin::wary_verdict(case.drill, case.guidelines, case.answer, stand_in),
        raw: None,
        rejected: Vec::new(),
        suspicion: suspected(case.answer),
    }
}

/// The built-in coach's verdict in a model's place.
fn stand_in(case: Case<'_>, rejected: Vec<Rejected>) -> Judged {
    Judged {
        verdict: builtin::wary_verdict(case.drill, case.guidelines, case.answer, true),
        raw: None,
        rejected,
        suspicion: None,
    }
}
