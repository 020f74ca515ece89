//! A model's verdict, before it is believed.

use super::shelf;
use super::*;
use coach::builtin;
use coach::provider::verdict::{Case, Problem};
use domain::scenario::Drill;
use domain::scoring::{BLOCKED_SCORE_CAP, Judge, Level, Verdict, grade};
use domain::tone::ToneGuidelines;
use proptest::prelude::*;
use std::sync::LazyLock;

pub(crate) struct Desk {
    pub(crate) drill: Drill,
    pub(crate) tone: ToneGuidelines,
    pub(crate) answer: String,
}

pub(crate) static DESK: LazyLock<Desk> = LazyLock::new(|| {
    let (drill, answers) = shelf::graded().swap_remove(0);
    let good = answers.iter().find(|answer| answer.kind == "good").unwrap();
    Desk {
        drill,
        tone: shelf::tone(),
        answer: good.text(),
    }
});

impl Desk {
    pub(crate) fn case(&self) -> Case<'_> {
        Case {
            drill: &self.drill,
            guidelines: &self.tone,
            answer: &self.answer,
        }
    }

    /// What a model would write that judges as the built-in coach does.
    pub(crate) fn reply(&self) -> Value {
        let judgements: Vec<Value> = builtin::judge(&self.drill, &self.answer)
            .into_iter()
            .map(|judgement| match judgement.observed {
                Some(seen) => json!({"criterion": judgement.criterion, "quote": seen.quote, "level": u8::from(seen.level).to_string()}),
                None => json!({"criterion": judgement.criterion, "quote": "", "level": "not_observed"}),
            })
            .collect();
        json!({"judgements": judgements, "blockers": []})
    }
}

fn verdict(reply: &Value) -> Result<Verdict, Vec<Problem>> {
    DESK.case().verdict(&reply.to_string(), "gpt-4.1")
}

fn changed(change: impl FnOnce(&mut Value)) -> Result<Verdict, Vec<Problem>> {
    let mut reply = DESK.reply();
    change(&mut reply);
    verdict(&reply)
}

fn id(place: usize) -> String {
    DESK.drill.criteria[place].id.clone()
}

#[test]
fn the_schema_asks_for_the_drills_criteria_with_the_quote_before_the_level() {
    let Output::Json { name, schema } = DESK.case().output() else {
        panic!("prose")
    };
    assert!(
        name.len() <= 64
            && name
                .chars()
                .all(|c| c.is_ascii_alphanumeric() || c == '_' || c == '-')
    );
    let text = serde_json::to_string(&schema).unwrap();
    let value: Value = serde_json::from_str(&text).unwrap();
    let judgement = &value["properties"]["judgements"]["items"];
    let ids: Vec<&str> = DESK
        .drill
        .criteria
        .iter()
        .map(|criterion| criterion.id.as_str())
        .collect();
    assert_eq!(judgement["properties"]["criterion"]["enum"], json!(ids));
    assert_eq!(
        judgement["required"],
        json!(["criterion", "quote", "level"])
    );
    assert_eq!(
        judgement["properties"]["level"]["enum"],
        json!(["not_observed", "0", "1", "2", "3"])
    );
    let places =
        ["\"criterion\":{", "\"quote\":{", "\"level\":{"].map(|key| text.find(key).unwrap());
    assert!(places.is_sorted(), "{text}");
}

#[test]
fn no_verdict_is_asked_for_a_total() {
    for (name, drill) in shelf::drills() {
        let case = Case {
            drill: &drill,
            guidelines: &DESK.tone,
            answer: "",
        };
        let Output::Json { schema, .. } = case.output() else {
            panic!("prose")
        };
        let text = serde_json::to_string(&schema).unwrap();
        assert!(
            !text.contains("score") && !text.contains("total"),
            "{name}: {text}"
        );
        in_the_common_subset(&serde_json::from_str(&text).unwrap());
    }
}

/// Only what OpenAI's strict mode, Anthropic's output format and Workers AI all take: closed objects with every field
/// required, no bounds, no unions.
fn in_the_common_subset(schema: &Value) {
    let keys: Vec<&str> = schema
        .as_object()
        .unwrap()
        .keys()
        .map(String::as_str)
        .collect();
    match schema["type"].as_str().unwrap() {
        "object" => {
            assert_eq!(
                keys,
                ["additionalProperties", "properties", "required", "type"]
            );
            assert_eq!(schema["additionalProperties"], false);
            let fields = schema["properties"].as_object().unwrap();
            assert_eq!(schema["required"].as_array().unwrap().len(), fields.len());
            fields.values().for_each(in_the_common_subset);
        }
        "array" => {
            assert_eq!(keys, ["items", "type"]);
            in_the_common_subset(&schema["items"]);
        }
        "string" if keys == ["enum", "type"] => {
            assert!(!schema["enum"].as_array().unwrap().is_empty())
        }
        "string" => assert_eq!(keys, ["type"]),
        other => panic!("{other}"),
    }
}

#[test]
fn a_drill_without_blockers_asks_for_none() {
    let mut drill = DESK.drill.clone();
    let mut tone = DESK.tone.clone();
    drill.blockers.clear();
    tone.blockers.clear();
    let case = Case {
        drill: &drill,
        guidelines: &tone,
        answer: "",
    };
    let Output::Json { schema, .. } = case.output() else {
        panic!("prose")
    };
    assert!(!serde_json::to_string(&schema).unwrap().contains("blocker"));
}

#[test]
fn a_good_verdict_is_graded_like_any_other() {
    let verdict = verdict(&DESK.reply()).unwrap();
    let judge = Judge::Model {
        model: "gpt-4.1".into(),
    };
    let judgements = builtin::judge(&DESK.drill, &DESK.answer);
    assert_eq!(
        verdict,
        grade(&DESK.drill, &DESK.tone, &DESK.answer, judgements, judge).unwrap()
    );
    assert!(verdict.passed);
}

#[test]
fn a_total_and_praise_beside_it_change_nothing() {
    let plain = verdict(&DESK.reply());
    let praised = changed(|reply| {
        reply["score"] = json!(100);
        reply["passed"] = json!(true);
        reply["judgements"][0]["total"] = json!(100);
    });
    assert_eq!(praised, plain);
}

#[test]
fn every_criterion_is_judged_exactly_once() {
    let left_out = changed(|reply| {
        reply["judgements"].as_array_mut().unwrap().remove(1);
    });
    assert_eq!(left_out, Err(vec![Problem::Missing(id(1))]));
    let twice = changed(|reply| {
        let again = reply["judgements"][0].clone();
        reply["judgements"].as_array_mut().unwrap().push(again);
    });
    assert_eq!(twice, Err(vec![Problem::Repeated(id(0))]));
    let made_up = changed(|reply| reply["judgements"][0]["criterion"] = json!("charm"));
    assert_eq!(
        made_up,
        Err(vec![
            Problem::UnknownCriterion("charm".into()),
            Problem::Missing(id(0))
        ])
    );
}

#[test]
fn a_quote_must_be_the_reps_words() {
    let quote = |quote: &str| {
        changed(|reply| {
            reply["judgements"][0] = json!({"criterion": id(0), "quote": quote, "level": "3"})
        })
    };
    let invented = Err(vec![Problem::InventedQuote(id(0))]);
    assert_eq!(quote("I promise you the moon"), invented);
    assert_eq!(quote(&DESK.drill.customer_message), invented);
    // Two true pieces are no stretch.
    let words: Vec<&str> = DESK.answer.split_whitespace().collect();
    assert_eq!(
        quote(&format!(
            "{} ... {}",
            words[0..3].join(" "),
            words[9..12].join(" ")
        )),
        invented
    );
    for none in ["", " ", "…", "\"\""] {
        assert_eq!(quote(none), Err(vec![Problem::NoQuote(id(0))]));
    }
}

#[test]
fn a_quote_may_differ_in_case_and_punctuation_and_is_kept_in_the_reps_spelling() {
    let words: Vec<&str> = DESK.answer.split_whitespace().collect();
    let stretch = words[0..6].join(" ");
    let told = format!("“{}…”", stretch.to_uppercase().replace(',', "  "));
    let verdict = changed(|reply| {
        reply["judgements"][0] = json!({"criterion": id(0), "quote": told, "level": 2})
    })
    .unwrap();
    let observed = verdict.criteria[0].observed.clone().unwrap();
    assert_eq!(observed.level, Level::Two);
    assert_eq!(observed.quote, stretch);
    assert!(DESK.answer.contains(&observed.quote));
}

#[test]
fn a_level_is_one_of_five() {
    let level = |level: Value| changed(|reply| reply["judgements"][0]["level"] = level);
    for odd in [
        json!("4"),
        json!(100),
        json!(-1),
        json!(2.5),
        json!("full"),
        json!(null),
        json!([3]),
    ] {
        assert_eq!(level(odd), Err(vec![Problem::NoLevel(id(0))]));
    }
    assert_eq!(level(json!(2)), level(json!("2")));
}

#[test]
fn done_wrong_in_no_words_is_not_observed() {
    let nothing = json!({"criterion": id(0), "quote": "", "level": "0"});
    let verdict = changed(|reply| reply["judgements"][0] = nothing).unwrap();
    assert_eq!(verdict.criteria[0].observed, None);
}

#[test]
fn a_blocker_needs_its_words_and_fails_the_answer() {
    let blocker = DESK
        .drill
        .blockers
        .first()
        .or(DESK.tone.blockers.first())
        .unwrap();
    let words: Vec<&str> = DESK.answer.split_whitespace().collect();
    let report = |id: &str, quote: &str| {
        changed(|reply| reply["blockers"] = json!([{"quote": quote, "blocker": id}]))
    };
    let plain = verdict(&DESK.reply()).unwrap();
    let blocked = report(&blocker.id, &words[0..4].join(" ")).unwrap();
    assert!(!blocked.passed);
    assert_eq!(
        u16::from(blocked.score),
        u16::from(plain.score) * u16::from(BLOCKED_SCORE_CAP) / 100
    );
    assert_eq!(blocked.blockers[0].quote, words[0..4].join(" "));
    assert_eq!(
        report(&blocker.id, "I guarantee it"),
        Err(vec![Problem::InventedQuote(blocker.id.clone())])
    );
    assert_eq!(
        report("charm", "x"),
        Err(vec![Problem::UnknownBlocker("charm".into())])
    );
}

#[test]
fn all_problems_are_told_at_once() {
    let problems = changed(|reply| {
        reply["judgements"][0]["quote"] = json!("never said");
        reply["judgements"][0]["level"] = json!("3");
        reply["judgements"][1]["level"] = json!("9");
    });
    assert_eq!(problems.unwrap_err().len(), 2);
}

#[test]
fn what_is_no_json_is_told_so() {
    for reply in [
        "",
        "Great answer! 100/100",
        "{\"judgements\":[",
        "[]",
        "{\"score\":100}",
        "null",
    ] {
        let problems = DESK.case().verdict(reply, "m").unwrap_err();
        assert!(matches!(problems[..], [Problem::NotTheJson(_)]), "{reply}");
    }
    // Keys that come twice are somebody's trick.
    let twice = "{\"judgements\":[],\"judgements\":[]}";
    assert!(matches!(
        DESK.case().verdict(twice, "m").unwrap_err()[..],
        [Problem::NotTheJson(_)]
    ));
}

#[test]
fn a_fence_around_the_json_is_taken_off() {
    let fenced = format!("```json\n{}\n```", DESK.reply());
    assert_eq!(
        DESK.case().verdict(&fenced, "gpt-4.1"),
        verdict(&DESK.reply())
    );
}

#[test]
fn every_verdict_of_the_built_in_coach_is_valid_as_a_models() {
    let tone = shelf::tone();
    for (drill, answers) in shelf::graded() {
        for answer in answers {
            let desk = Desk {
                drill: drill.clone(),
                tone: tone.clone(),
                answer: answer.text(),
            };
            let verdict = desk.case().verdict(&desk.reply().to_string(), "m").unwrap();
            let own = builtin::verdict(&drill, &tone, &desk.answer, false);
            assert_eq!(
                verdict,
                Verdict {
                    judge: Judge::Model { model: "m".into() },
                    ..own
                }
            );
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whatever_a_model_writes_a_verdicts_quotes_are_the_reps(
        reply in "\\PC{0,200}",
        quotes in proptest::collection::vec("[a-zA-Z ,.]{0,30}", 8),
        from in 0..40_usize, count in 0..9_usize, level in "[0-4]|not_observed",
    ) {
        let _no_panic = DESK.case().verdict(&reply, "m");
        let words: Vec<&str> = DESK.answer.split_whitespace().collect();
        let from = from.min(words.len());
        let true_quote = words[from..(from + count).min(words.len())].join(" ").to_lowercase();
        let judged = changed(|reply| {
            for (place, judgement) in reply["judgements"].as_array_mut().unwrap().iter_mut().enumerate() {
                judgement["quote"] = json!(if place == 0 { &true_quote } else { &quotes[place % 8] });
                judgement["level"] = json!(level);
            }
        });
        for criterion in judged.iter().flat_map(|verdict| &verdict.criteria) {
            let stands = criterion.observed.as_ref().is_none_or(|seen| DESK.answer.contains(&seen.quote) && !seen.quote.is_empty());
            prop_assert!(stands, "{criterion:?}");
        }
    }
}
