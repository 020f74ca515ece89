//! Ask, ask once more, stand in.

use super::verdict::DESK;
use super::*;
use coach::builtin;
use coach::prompts;
use coach::provider::judging::{Heard, Judged, Judging, Ruling};
use coach::provider::verdict::Problem;
use domain::scoring::Judge;
use proptest::prelude::*;

fn judging() -> Judging<'static> {
    let prompt = prompts::judge(&DESK.drill, &DESK.tone, &DESK.answer).unwrap();
    Judging::new(DESK.case(), Ask::of(prompt, DESK.case().output(), 300))
}

fn whole(text: impl Into<String>) -> Heard {
    Heard::Reply {
        text: text.into(),
        finish: Finish::Complete,
    }
}

fn judged(ruling: Ruling<'_>) -> Judged {
    match ruling {
        Ruling::Judged(judged) => judged,
        Ruling::AskAgain(_) => panic!("asks again"),
    }
}

fn again(ruling: Ruling<'static>) -> Judging<'static> {
    match ruling {
        Ruling::AskAgain(judging) => *judging,
        Ruling::Judged(judged) => panic!("judged: {judged:?}"),
    }
}

fn stands_in(judged: &Judged) {
    let own = builtin::verdict(&DESK.drill, &DESK.tone, &DESK.answer, true);
    assert_eq!(judged.verdict, own);
    assert_eq!(judged.verdict.judge, Judge::BuiltIn { stand_in: true });
    assert_eq!(judged.raw, None);
}

#[test]
fn the_ask_is_the_judges_prompt_with_the_answer_as_data_only() {
    let first = judging();
    let ask = first.ask();
    assert!(!ask.system.contains(&DESK.answer));
    let material: Value = serde_json::from_str(ask.messages[0].content()).unwrap();
    assert_eq!(material["answer"], json!(DESK.answer));
}

#[test]
fn a_good_first_reply_is_the_verdict_and_is_kept_as_it_came() {
    let reply = DESK.reply().to_string();
    let judged = judged(judging().heard(whole(&reply), "gpt-4.1"));
    assert_eq!(
        judged.verdict.judge,
        Judge::Model {
            model: "gpt-4.1".into()
        }
    );
    assert_eq!(judged.raw.as_deref(), Some(reply.as_str()));
    assert!(judged.rejected.is_empty());
}

#[test]
fn a_bad_first_reply_is_asked_for_again_with_the_reasons() {
    let mut bad = DESK.reply();
    bad["judgements"][0]["quote"] = json!("never said");
    bad["judgements"][0]["level"] = json!("3");
    let second = again(judging().heard(whole(bad.to_string()), "m"));
    let contents: Vec<&str> = second.ask().messages.iter().map(Message::content).collect();
    assert_eq!(contents.len(), 3);
    assert_eq!(contents[0], judging().ask().messages[0].content());
    assert_eq!(contents[1], bad.to_string());
    let told: Value = serde_json::from_str(contents[2]).unwrap();
    let id = &DESK.drill.criteria[0].id;
    assert_eq!(
        told["problems"],
        json!([Problem::InventedQuote(id.clone()).to_string()])
    );

    let judged = judged(second.heard(whole(DESK.reply().to_string()), "m2"));
    assert_eq!(judged.verdict.judge, Judge::Model { model: "m2".into() });
    assert_eq!(judged.rejected.len(), 1);
    assert_eq!(
        judged.rejected[0].problems,
        [Problem::InventedQuote(id.clone())]
    );
}

#[test]
fn after_a_second_bad_reply_the_built_in_coach_stands_in() {
    let second = again(judging().heard(whole("100/100"), "m"));
    let judged = judged(second.heard(whole("{}"), "m"));
    stands_in(&judged);
    let raw: Vec<&str> = judged
        .rejected
        .iter()
        .map(|rejected| rejected.raw.as_str())
        .collect();
    assert_eq!(raw, ["100/100", "{}"]);
}

#[test]
fn a_cut_reply_gets_twice_the_room() {
    let cut = || Heard::Reply {
        text: DESK.reply().to_string(),
        finish: Finish::Length,
    };
    let second = again(judging().heard(cut(), "m"));
    assert_eq!(second.ask().max_tokens, 600);
    assert_eq!(second.ask().messages, judging().ask().messages);
    stands_in(&judged(second.heard(cut(), "m")));
}

#[test]
fn a_refusal_is_not_argued_with_and_never_sent_back() {
    let refused = || Heard::Reply {
        text: "I can't".into(),
        finish: Finish::Refused,
    };
    stands_in(&judged(judging().heard(refused(), "m")));
    let second = again(judging().heard(whole("{}"), "m"));
    stands_in(&judged(second.heard(refused(), "m")));
}

#[test]
fn without_any_provider_the_built_in_coach_stands_in() {
    stands_in(&judged(judging().heard(Heard::Nothing, "")));
}

#[test]
fn a_huge_reply_is_not_sent_back() {
    let second = again(judging().heard(whole("x".repeat(100_000)), "m"));
    assert_eq!(second.ask().messages.len(), 2);
}

fn heards() -> impl Strategy<Value = Heard> {
    let finish = prop::sample::select(vec![Finish::Complete, Finish::Length, Finish::Refused]);
    let text = prop_oneof!["\\PC{0,60}", Just(DESK.reply().to_string())];
    prop_oneof![
        4 => (text, finish).prop_map(|(text, finish)| Heard::Reply { text, finish }),
        1 => Just(Heard::Nothing),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn there_is_a_verdict_after_two_replies_at_most(first in heards(), second in heards()) {
        let ruling = match judging().heard(first, "m") {
            Ruling::AskAgain(again) => again.heard(second, "m"),
            ruling => ruling,
        };
        let judged = judged(ruling);
        let by_model = matches!(judged.verdict.judge, Judge::Model { .. });
        prop_assert_eq!(by_model, judged.raw.is_some());
        prop_assert!(judged.rejected.len() <= 2);
    }
}
