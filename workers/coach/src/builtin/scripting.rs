//! Who says what in a turn, and the verdict it ends with, when the built-in coach does all of it.

use crate::provider::judging::Judged;
use crate::turn::TurnCase;
use domain::ids::TurnId;
use domain::scoring::{Grounds, Verdict};
use domain::session::{LiveSession, Speaker};

/// A turn's lines and its verdict.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Script {
    /// Who says what, in order.
    pub lines: Vec<(Speaker, String)>,
    /// The judgement of the rep's words.
    pub verdict: Verdict,
    /// The coach's improved version, after a first answer.
    pub improved: Option<String>,
    /// What the judgement was made of.
    pub grounds: Grounds,
}

/// Writes the script of a turn of this session; `None` for a turn in which nobody has anything to say.
pub fn script(live: &LiveSession, turn: TurnId) -> Option<Script> {
    let case = TurnCase::of(live, turn)?;
    let judged = case.judged_by_built_in(false);
    let grounds = judged.grounds(None, &[]);
    let Judged { verdict, .. } = judged;
    let verdict = case.counted(verdict);
    let (lines, improved) = match case.note(&verdict) {
        None => {
            let correction = case.correction(&verdict);
            (
                vec![(Speaker::Coach, correction.text)],
                Some(correction.improved),
            )
        }
        Some(note) => {
            let reaction = case.reaction(&verdict);
            (
                vec![(Speaker::Customer, reaction), (Speaker::Coach, note)],
                None,
            )
        }
    };
    Some(Script {
        lines,
        verdict,
        improved,
        grounds,
    })
}
