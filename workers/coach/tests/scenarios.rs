//! Every scenario file in `scenarios/` can be practised with: its own master answers score as masters', and nothing that a
//! customer wrote earns points.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing
)]

mod shelf;

use coach::builtin::{correct, judge, react, verdict};
use domain::scoring::{Level, Stance};

/// Runs a check over every drill and reports all that fail, by file and drill.
fn every_drill(check: impl Fn(&domain::scenario::Drill) -> Result<(), String>) {
    let faults: Vec<String> = shelf::drills()
        .iter()
        .filter_map(|(name, drill)| check(drill).err().map(|fault| format!("{name}: {fault}")))
        .collect();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn there_are_ten_days() {
    let days: Vec<(String, u8)> = shelf::days()
        .into_iter()
        .map(|(file, scenario)| (file, scenario.day))
        .collect();
    let expected: Vec<(String, u8)> = (1..=10)
        .map(|day| (format!("day-{day:02}.toml"), day))
        .collect();
    assert_eq!(days, expected);
}

#[test]
fn drill_ids_are_unique_over_all_days() {
    let mut ids: Vec<String> = shelf::drills()
        .into_iter()
        .map(|(_, drill)| drill.id)
        .collect();
    let count = ids.len();
    ids.sort();
    ids.dedup();
    assert_eq!(ids.len(), count);
}

#[test]
fn every_ideal_response_passes_with_90() {
    let tone = shelf::tone();
    every_drill(|drill| {
        let verdict = verdict(drill, &tone, &drill.ideal_response, false);
        let weak: Vec<&str> = verdict
            .criteria
            .iter()
            .filter(|c| c.observed.as_ref().is_none_or(|o| o.level < Level::Three))
            .map(|c| c.criterion.as_str())
            .chain(
                verdict
                    .tone
                    .iter()
                    .filter(|t| t.held < 100)
                    .map(|t| t.rule.as_str()),
            )
            .collect();
        (verdict.score >= 90 && verdict.passed)
            .then_some(())
            .ok_or_else(|| {
                format!(
                    "scores {}, weak in {weak:?}, blockers {:?}",
                    verdict.score, verdict.blockers
                )
            })
    });
}

#[test]
fn every_example_reaches_level_3_alone() {
    every_drill(|drill| {
        for criterion in &drill.criteria {
            let level = judge(drill, &criterion.example)
                .into_iter()
                .find(|judgement| judgement.criterion == criterion.id)
                .and_then(|judgement| judgement.observed)
                .map(|observed| observed.level);
            if level != Some(Level::Three) {
                return Err(format!("the example of {} reaches {level:?}", criterion.id));
            }
        }
        Ok(())
    });
}

#[test]
fn the_examples_together_are_a_good_answer() {
    let tone = shelf::tone();
    every_drill(|drill| {
        let examples: Vec<&str> = drill.criteria.iter().map(|c| c.example.as_str()).collect();
        let joined = examples.join(" ");
        let verdict = verdict(drill, &tone, &joined, false);
        let broken: Vec<&str> = verdict
            .tone
            .iter()
            .filter(|t| t.held < 100)
            .map(|t| t.note.as_str())
            .collect();
        if verdict.score < 85 || !verdict.blockers.is_empty() {
            return Err(format!(
                "score {}, {broken:?}, blockers {:?}",
                verdict.score, verdict.blockers
            ));
        }
        if !joined.ends_with('?') {
            return Err("the last example doesn't end with a question".to_owned());
        }
        Ok(())
    });
}

#[test]
fn the_customers_words_sent_back_earn_nothing() {
    let tone = shelf::tone();
    every_drill(|drill| {
        let score = verdict(drill, &tone, &drill.customer_message, false).score;
        (score <= 15)
            .then_some(())
            .ok_or_else(|| format!("scores {score}"))
    });
}

#[test]
fn chatter_earns_next_to_nothing() {
    let tone = shelf::tone();
    let chatter = [
        "Okay",
        "Ji sir, theek hai",
        "Good morning sir, kaise hain aap? Aapka din shubh ho.",
        "Wow sir, aap jaise smart businessman bahut kam milte hain. Bahut respect!",
        "Kal raat ka match dekha aapne? Yahan toh do din se baarish ho rahi hai.",
    ];
    every_drill(|drill| {
        for text in chatter {
            let score = verdict(drill, &tone, text, false).score;
            if score > 15 {
                return Err(format!("{text:?} scores {score}"));
            }
        }
        Ok(())
    });
}

#[test]
fn every_correction_can_be_read_and_its_improved_version_is_good() {
    let tone = shelf::tone();
    every_drill(|drill| {
        let half: String = drill
            .ideal_response
            .split_inclusive(['.', '?'])
            .take(2)
            .collect();
        for answer in [
            "Okay",
            &drill.customer_message,
            &half,
            &drill.ideal_response,
        ] {
            let judged = verdict(drill, &tone, answer, false);
            let correction = correct(drill, &tone, answer, &judged);
            let again = verdict(drill, &tone, &correction.improved, false);
            if again.score < 85 || again.score < judged.score {
                return Err(format!(
                    "improves {} to {}: {}",
                    judged.score, again.score, correction.improved
                ));
            }
            let words = correction.text.split_whitespace().count();
            let longest = 140.max(correction.improved.split_whitespace().count() + 50);
            if !(60..=longest).contains(&words) {
                return Err(format!("{words} words: {}", correction.text));
            }
        }
        Ok(())
    });
}

#[test]
fn the_customer_has_a_line_for_every_stance() {
    for (name, drill) in shelf::drills() {
        for stance in [Stance::Open, Stance::Softened, Stance::Resolved] {
            for variant in [0, 1, 7, u64::MAX] {
                let line = react(&drill, stance, variant);
                assert!(!line.is_empty(), "{name}");
                assert_eq!(line, react(&drill, stance, variant));
            }
        }
        assert_ne!(
            react(&drill, Stance::Open, 0),
            react(&drill, Stance::Resolved, 0),
            "{name}"
        );
    }
}
