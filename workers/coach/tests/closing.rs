//! The note after the repeat says what moved, truly.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing
)]

mod shelf;

use coach::builtin::{close, verdict};
use domain::scenario::Drill;

/// The first day-1 drill's note on two of its graded answers, with both scores.
fn note(first: &str, second: &str) -> (u8, u8, String) {
    let tone = shelf::tone();
    let (drill, answers) = shelf::graded().swap_remove(0);
    let judged = |kind: &str| {
        let answer = answers
            .iter()
            .find(|answer| answer.kind == kind)
            .expect(kind);
        verdict(&drill, &tone, &answer.text(), false)
    };
    let (first, second) = (judged(first), judged(second));
    (first.score, second.score, close(&drill, &first, &second))
}

#[test]
fn a_better_repeat_hears_by_how_much_and_in_which_words() {
    let (first, second, note) = note("hesitant", "good");
    assert!(note.contains(&format!("{first} → {second}")), "{note}");
    assert!(
        note.contains(&format!("{} points up", second - first)),
        "{note}"
    );
    assert!(
        note.contains("*What moved:* “Shall I make an area-wise plan"),
        "{note}"
    );
    assert!(note.contains("you need no second try"), "{note}");
}

#[test]
fn a_worse_repeat_hears_what_got_lost() {
    let (first, second, note) = note("good", "policy");
    assert!(
        note.contains(&format!("{} points down", first - second)),
        "{note}"
    );
    assert!(note.contains("*What got lost:* “"), "{note}");
    assert!(note.contains("*Next time:*"), "{note}");
}

#[test]
fn the_same_again_is_not_called_progress() {
    let (_, second, note) = note("one_gap", "one_gap");
    assert!(note.contains(&format!("*{second}, as before.*")), "{note}");
    assert!(!note.contains("moved:"), "{note}");
    assert!(note.contains("CTA button"), "the gap that is left: {note}");
}

#[test]
fn a_blocker_in_the_repeat_is_named_first() {
    let (_, _, note) = note("good", "abuse");
    assert!(
        note.contains("*Stop here:* Insults the customer."),
        "{note}"
    );
}

#[test]
fn dropping_the_hedges_counts_as_moving() {
    let tone = shelf::tone();
    let (drill, _): (Drill, _) = shelf::graded().swap_remove(0);
    let steady = drill.ideal_response.clone();
    let hedged = steady.replacen("there is no", "maybe there is basically no", 1);
    assert_ne!(steady, hedged);
    let first = verdict(&drill, &tone, &hedged, false);
    let second = verdict(&drill, &tone, &steady, false);
    let note = close(&drill, &first, &second);
    assert!(note.contains("*What moved:*"), "{note}");
    assert!(note.contains("No word that costs trust"), "{note}");
}

#[test]
fn every_note_is_short() {
    let tone = shelf::tone();
    for (drill, answers) in shelf::graded() {
        let judged: Vec<_> = answers
            .iter()
            .map(|answer| (&answer.kind, verdict(&drill, &tone, &answer.text(), false)))
            .collect();
        for (first, before) in &judged {
            for (second, after) in &judged {
                let note = close(&drill, before, after);
                let words = note.split_whitespace().count();
                assert!(
                    (10..=90).contains(&words),
                    "{first} {second}: {words}\n{note}"
                );
            }
        }
    }
}
