//! A bad scenario file names itself, the key and the rule.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing
)]

use super::{FileError, read_scenario, read_tone};

const DAY: &str = include_str!("../../../../../scenarios/day-01.toml");
const TONE: &str = include_str!("../../../../../scenarios/tone.toml");

/// What the trainer reads after changing `from` to `to` in day 1.
fn spoilt(from: &str, to: &str) -> String {
    assert!(DAY.contains(from), "day 1 has no {from:?}");
    let text = DAY.replacen(from, to, 1);
    read_scenario("day-01.toml", &text)
        .expect_err(from)
        .to_string()
}

/// The same for the tone guidelines.
fn spoilt_tone(from: &str, to: &str) -> String {
    assert!(TONE.contains(from), "the tone guidelines have no {from:?}");
    let text = TONE.replacen(from, to, 1);
    read_tone("tone.toml", &text).expect_err(from).to_string()
}

fn names(message: &str, parts: &[&str]) {
    for part in parts {
        assert!(message.contains(part), "{part:?} is not in: {message}");
    }
}

#[test]
fn a_good_file_reads() {
    assert_eq!(read_scenario("day-01.toml", DAY).unwrap().day, 1);
    assert!(!read_tone("tone.toml", TONE).unwrap().tone_rules.is_empty());
}

#[test]
fn a_misspelt_key_is_named_with_its_line() {
    let message = spoilt("theme = ", "them = ");
    names(
        &message,
        &["day-01.toml", "line 4", "them", "unknown field"],
    );
}

#[test]
fn a_missing_key_is_named() {
    let message = spoilt("category = \"objection_handling\"\n", "");
    names(&message, &["day-01.toml", "category", "missing field"]);
}

#[test]
fn a_wrong_type_is_named_with_its_line() {
    let message = spoilt("weight = 2", "weight = \"two\"");
    names(
        &message,
        &["day-01.toml", "line ", "weight", "invalid type"],
    );
}

#[test]
fn a_word_that_is_no_metric_is_named() {
    let message = spoilt("metric = \"objectionHandling\"", "metric = \"charm\"");
    names(
        &message,
        &["day-01.toml", "metric", "charm", "objectionHandling"],
    );
}

#[test]
fn three_levels_are_refused() {
    let message = spoilt(
        "  \"Acknowledges it, without saying what he is careful about.\",\n",
        "",
    );
    names(&message, &["day-01.toml", "levels", "4"]);
}

#[test]
fn broken_rules_name_the_key_and_the_rule() {
    for (from, to, key, rule) in [
        ("day = 1", "day = 11", "day:", "a day is 1 to 10"),
        (
            "id = \"small_pack\"",
            "id = \"Small pack\"",
            "drills[0].id",
            "small_pack",
        ),
        (
            "id = \"free_demo\"",
            "id = \"small_pack\"",
            "drills:",
            "ids are unique",
        ),
        (
            "weight = 2",
            "weight = 9",
            "drills[0].criteria[0].weight",
            "is 9; a weight is 1 to 5",
        ),
        (
            "[\"i understand\"",
            "[\"I understand\"",
            "drills[0].criteria[0].signals[0][0]",
            "signals are lower case",
        ),
        (
            "title = \"Just 10,000 messages first\"",
            "title = \"\"",
            "drills[0].title",
            "is empty",
        ),
        (
            "id = \"explains_small_sample\"",
            "id = \"acknowledges\"",
            "drills[0].criteria",
            "has the id \"acknowledges\" twice",
        ),
    ] {
        let message = spoilt(from, to);
        names(&message, &["day-01.toml", key, rule]);
    }
}

#[test]
fn all_faults_are_told_at_once() {
    let text = DAY
        .replacen("day = 1", "day = 0", 1)
        .replacen("weight = 3", "weight = 0", 1)
        .replacen(
            "theme = \"I want",
            "theme = \"                    \" # \"I want",
            1,
        );
    let Err(FileError::Rules { file, faults }) = read_scenario("day-01.toml", &text) else {
        panic!("three faults were let through");
    };
    assert_eq!(file, "day-01.toml");
    let keys: Vec<&str> = faults.iter().map(|fault| fault.key.as_str()).collect();
    assert_eq!(keys, ["day", "theme", "drills[0].criteria[1].weight"]);
}

#[test]
fn bad_tone_guidelines_name_the_key_and_the_rule() {
    for (from, to, parts) in [
        ("kind = \"filler\"", "kind = \"boring\"", ["kind", "boring"]),
        (
            "min = 20, max = 110",
            "min = 110, max = 20",
            ["check", "below max"],
        ),
        (
            "min_hindi_percent = 10, max_hindi_percent = 50",
            "min_hindi_percent = 60, max_hindi_percent = 50",
            ["check", "the first is below the second"],
        ),
        (
            "id = \"no_pressure\"",
            "id = \"reason_first\"",
            ["tone_rules", "unique"],
        ),
        (
            "kinds = [\"filler\", \"hedge\"]",
            "kinds = []",
            ["check.kinds", "is empty"],
        ),
        (
            "\"basically\", \"basicaly\"",
            "\"Basically\", \"basicaly\"",
            ["phrases_to_avoid[0].signals[0]", "lower case"],
        ),
    ] {
        let message = spoilt_tone(from, to);
        names(&message, &["tone.toml", parts[0], parts[1]]);
    }
}
