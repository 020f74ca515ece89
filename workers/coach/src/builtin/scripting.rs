//! Who says what in a turn, and the verdict it ends with.

use super::{close, correct, react, verdict};
use domain::ids::TurnId;
use domain::scoring::{Stance, Verdict, own_words_percent};
use domain::session::{LiveSession, Speaker, TurnKind};

/// A turn's lines and its verdict.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Script {
    /// Who says what, in order.
    pub lines: Vec<(Speaker, String)>,
    /// The judgement of the rep's words.
    pub verdict: Verdict,
    /// The coach's improved version, after a first answer.
    pub improved: Option<String>,
}

/// Writes the script of a turn of this session; `None` for a turn in which nobody has anything to say.
pub fn script(live: &LiveSession, turn: TurnId) -> Option<Script> {
    let frozen = live.frozen()?;
    let turn = live.turn(turn)?;
    let drill = frozen.text.drills.get(turn.drill)?;
    let answer = live.words_of(turn)?;
    let verdict = verdict(drill, &frozen.guidelines, answer, false);
    match turn.kind {
        TurnKind::Answer => {
            let correction = correct(drill, &frozen.guidelines, answer, &verdict);
            Some(Script {
                lines: vec![(Speaker::Coach, correction.text)],
                verdict,
                improved: Some(correction.improved),
            })
        }
        TurnKind::Repeat => {
            let record = live.records().get(turn.drill)?;
            let first = record.initial.as_ref()?;
            let coach = record.improved.as_deref().unwrap_or_default();
            let verdict = verdict.with_own_words(own_words_percent(answer, coach, &first.text));
            // Another session hears another of the customer's lines; the same session always the same one.
            let (variant, _) = frozen.session.0.as_u64_pair();
            let reaction = react(drill, Stance::after(&verdict), variant).to_owned();
            let note = close(drill, &first.verdict, &verdict);
            Some(Script {
                lines: vec![(Speaker::Customer, reaction), (Speaker::Coach, note)],
                verdict,
                improved: None,
            })
        }
        TurnKind::Next => None,
    }
}
