//! What tone guidelines say of an answer, before anybody is judged by them.

use contract::tone::ToneText;
use domain::scenario::{Customer, Drill, Reactions};
use domain::scoring::{BlockerFound, Judge, grade};
use domain::tone::{Answer, ToneFinding, hindi_share_percent};

/// What was found in an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tried {
    /// One for each rule, in their order.
    pub rules: Vec<ToneFinding>,
    /// What fails the answer.
    pub blockers: Vec<BlockerFound>,
    /// How far all rules hold together, by their weights: 0 to 100; `None` without rules.
    pub held: Option<u8>,
    /// How many words it has.
    pub words: usize,
    /// So much of it is Hindi, percent.
    pub hindi: u8,
}

/// Runs the guidelines over an answer, by the same code that judges in sessions; `None` of an answer without a word.
pub fn try_out(guidelines: &ToneText, answer: &str) -> Option<Tried> {
    let read = Answer::read(answer);
    let words = read.word_count();
    if words == 0 {
        return None;
    }
    let nothing_else = nothing_but_tone();
    let built_in = Judge::BuiltIn { stand_in: false };
    let guidelines = guidelines.clone().into();
    let verdict = grade(&nothing_else, &guidelines, answer, Vec::new(), built_in).ok()?;
    let weight = |finding: &ToneFinding| u32::from(finding.weight);
    let possible: u32 = verdict.tone.iter().map(weight).sum();
    let got: u32 = verdict
        .tone
        .iter()
        .map(|finding| weight(finding) * u32::from(finding.held))
        .sum();
    Some(Tried {
        held: got
            .checked_div(possible)
            .and_then(|held| u8::try_from(held).ok()),
        rules: verdict.tone,
        blockers: verdict.blockers,
        words,
        hindi: hindi_share_percent(&read),
    })
}

/// A drill in which tone alone is judged.
fn nothing_but_tone() -> Drill {
    Drill {
        id: String::new(),
        title: String::new(),
        customer: Customer {
            name: String::new(),
            business: String::new(),
            facts: Vec::new(),
            stance: String::new(),
        },
        customer_message: String::new(),
        reactions: Reactions {
            open: Vec::new(),
            softened: Vec::new(),
            resolved: Vec::new(),
        },
        ideal_response: String::new(),
        coaching_notes: Vec::new(),
        tone_guidelines: Vec::new(),
        common_mistakes: Vec::new(),
        criteria: Vec::new(),
        blockers: Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::indexing_slicing)]
    use super::*;
    use contract::tone::{CheckText, ToneRuleText};
    use domain::scenario::Blocker;
    use domain::scoring::Metric;

    fn rule(id: &str, weight: u8, check: CheckText) -> ToneRuleText {
        ToneRuleText {
            id: id.to_owned(),
            text: id.to_owned(),
            explanation: String::new(),
            examples: Vec::new(),
            metric: Metric::Clarity,
            weight,
            check,
        }
    }

    #[test]
    fn each_rule_says_how_far_it_holds_and_a_blocker_is_found() {
        let guidelines = ToneText {
            phrases_to_use: Vec::new(),
            phrases_to_avoid: Vec::new(),
            tone_rules: vec![
                rule("asks", 3, CheckText::EndsWithQuestion),
                rule("short", 1, CheckText::LengthWords { min: 10, max: 20 }),
            ],
            blockers: vec![Blocker {
                id: "guarantee".to_owned(),
                text: "Guarantees sales.".to_owned(),
                signals: vec!["guaranteed sales".to_owned()],
            }],
        };
        assert_eq!(try_out(&guidelines, " ?! "), None);
        let tried = try_out(&guidelines, "Guaranteed sales milenge. Shall we?").unwrap();
        assert_eq!(tried.words, 5);
        assert_eq!([tried.rules[0].held, tried.rules[1].held], [100, 50]);
        assert_eq!(tried.held, Some(87));
        assert_eq!(tried.blockers[0].quote, "Guaranteed sales milenge.");
    }
}
