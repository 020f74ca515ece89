//! The coach's messages, over every graded answer.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing
)]

mod shelf;

use coach::builtin::{Correction, correct, verdict};
use domain::scenario::Drill;
use domain::scoring::Verdict;
use shelf::GradedAnswer;

struct Corrected {
    drill: Drill,
    answer: GradedAnswer,
    verdict: Verdict,
    correction: Correction,
}

fn corrected() -> Vec<Corrected> {
    let tone = shelf::tone();
    let mut all = Vec::new();
    for (drill, answers) in shelf::graded() {
        for answer in answers {
            let verdict = verdict(&drill, &tone, &answer.text(), false);
            let correction = correct(&drill, &tone, &answer.text(), &verdict);
            all.push(Corrected {
                drill: drill.clone(),
                answer,
                verdict,
                correction,
            });
        }
    }
    all
}

#[test]
fn every_improved_version_is_good_and_never_below_the_answer() {
    let tone = shelf::tone();
    for case in corrected() {
        let again = verdict(&case.drill, &tone, &case.correction.improved, false);
        let name = format!("{} {}", case.drill.id, case.answer.kind);
        assert!(
            again.score >= 85 && again.score >= case.verdict.score && again.blockers.is_empty(),
            "{name}: {} after {}\n{}",
            again.score,
            case.verdict.score,
            case.correction.improved
        );
        assert!(case.correction.improved.ends_with('?'), "{name}");
    }
}

#[test]
fn every_message_can_be_read_on_a_phone() {
    for case in corrected() {
        let text = &case.correction.text;
        let words = text.split_whitespace().count();
        assert!(
            (70..=140).contains(&words),
            "{} {}: {words} words\n{text}",
            case.drill.id,
            case.answer.kind
        );
        assert!(text.contains(&case.correction.improved));
    }
}
