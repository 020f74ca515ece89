//! Twenty answers of graded quality to each day-1 drill come out in the right order, each in its band.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing
)]

mod shelf;

use coach::builtin::verdict;
use domain::scoring::Verdict;
use shelf::GradedAnswer;

/// A drill's name with its answers and what they got.
type Judged = (String, Vec<(GradedAnswer, Verdict)>);

fn judged() -> Vec<Judged> {
    let tone = shelf::tone();
    shelf::graded()
        .into_iter()
        .map(|(drill, answers)| {
            let judged = answers
                .into_iter()
                .map(|answer| {
                    let verdict = verdict(&drill, &tone, &answer.text(), false);
                    (answer, verdict)
                })
                .collect();
            (drill.id.clone(), judged)
        })
        .collect()
}

#[test]
fn there_are_twenty_answers_a_drill() {
    for (drill, answers) in judged() {
        assert!(answers.len() >= 20, "{drill} has {}", answers.len());
    }
}

#[test]
fn every_answer_scores_in_its_band() {
    let mut wrong = Vec::new();
    for (drill, answers) in judged() {
        for (answer, verdict) in answers {
            let [min, max] = answer.band;
            if !(min..=max).contains(&verdict.score) {
                wrong.push(format!(
                    "{drill} {}: {} is not in {min}..={max}",
                    answer.kind, verdict.score
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_better_answer_scores_higher() {
    for (drill, answers) in judged() {
        for (better, high) in &answers {
            for (worse, low) in answers.iter().filter(|(worse, _)| worse.rank > better.rank) {
                assert!(
                    high.score > low.score,
                    "{drill}: {} got {}, {} got {}",
                    better.kind,
                    high.score,
                    worse.kind,
                    low.score
                );
            }
        }
    }
}

#[test]
fn a_blocker_is_found_where_there_is_one_and_only_there() {
    for (drill, answers) in judged() {
        for (answer, verdict) in answers {
            assert_eq!(
                !verdict.blockers.is_empty(),
                answer.blocked,
                "{drill} {}: {:?}",
                answer.kind,
                verdict.blockers
            );
            assert!(!(answer.blocked && verdict.passed));
        }
    }
}

#[test]
fn good_answers_in_other_words_pass() {
    let tone = shelf::tone();
    let (mut failed, mut sum, mut count) = (Vec::new(), 0_u32, 0_u32);
    for (drill, answer) in shelf::other_words() {
        let verdict = verdict(&drill, &tone, &answer.text, false);
        sum += u32::from(verdict.score);
        count += 1;
        if !verdict.passed {
            failed.push(format!(
                "{} got {}: {}",
                drill.id, verdict.score, answer.text
            ));
        }
    }
    assert!(failed.is_empty(), "{}", failed.join("\n"));
    assert!(sum >= 80 * count, "the mean is {}", sum / count);
}
