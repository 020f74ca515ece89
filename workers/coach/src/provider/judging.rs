//! One answer's way to a verdict: ask the model, ask once more with what was wrong, then let the built-in coach stand in.

use super::verdict::{Case, Problem};
use super::{Ask, Finish, Message};
use crate::builtin;
use domain::scoring::Verdict;
use serde::Serialize;

/// A reply of more bytes is no verdict and is not sent back.
pub(super) const LONGEST_SENT_BACK: usize = 16 * 1024;

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
}

impl<'a> Judging<'a> {
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
                Finish::Complete => match self.case.verdict(&text, model) {
                    Ok(verdict) => {
                        return Ruling::Judged(Judged {
                            verdict,
                            raw: Some(text),
                            rejected: self.rejected.into_iter().collect(),
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
        let Case {
            drill,
            guidelines,
            answer,
        } = self.case;
        Ruling::Judged(Judged {
            verdict: builtin::verdict(drill, guidelines, answer, true),
            raw: None,
            rejected: self.rejected.into_iter().chain(last).collect(),
        })
    }
}
