//! Laws of scoring and tone, over any answer and any judgement.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing
)]

mod fixture;

use domain::scenario::{Blocker, Drill};
use domain::scoring::*;
use domain::tone::*;
use proptest::prelude::*;

/// The fixture's drill with a blocker of its own.
fn drill() -> Drill {
    let mut drill = fixture::drill(0);
    drill.blockers = vec![Blocker {
        id: "discount".into(),
        text: "Promises a discount".into(),
        signals: vec!["half price".into()],
    }];
    drill
}

/// Guidelines with a rule of every kind.
fn guidelines() -> ToneGuidelines {
    let rule = |id: &str, metric: Metric, weight: u8, check: Check| ToneRule {
        id: id.into(),
        text: id.into(),
        explanation: "Why".into(),
        examples: vec![],
        metric,
        weight,
        check,
    };
    ToneGuidelines {
        phrases_to_use: vec![Phrase {
            text: "Let me explain".into(),
            explanation: "Why".into(),
            examples: vec![],
            signals: vec!["let me explain".into()],
        }],
        phrases_to_avoid: vec![
            AvoidedPhrase {
                text: "maybe".into(),
                kind: TrustCost::Hedge,
                explanation: "Why".into(),
                instead: String::new(),
                signals: vec!["maybe".into(), "shayad".into()],
            },
            AvoidedPhrase {
                text: "only today".into(),
                kind: TrustCost::Pressure,
                explanation: "Why".into(),
                instead: "whenever it suits you".into(),
                signals: vec!["only today".into()],
            },
        ],
        tone_rules: vec![
            rule("question", Metric::Closing, 2, Check::EndsWithQuestion),
            rule(
                "steady",
                Metric::Confidence,
                3,
                Check::AvoidsPhrases {
                    kinds: vec![TrustCost::Hedge, TrustCost::Pressure],
                },
            ),
            rule("voice", Metric::Confidence, 1, Check::UsesPhrases),
            rule(
                "reason",
                Metric::Structure,
                2,
                Check::ReasonBeforeRecommendation {
                    reasons: vec!["because".into(), "isliye".into()],
                    recommendations: vec!["i suggest".into()],
                },
            ),
            rule(
                "length",
                Metric::Clarity,
                1,
                Check::LengthWords { min: 5, max: 40 },
            ),
            rule(
                "mix",
                Metric::Clarity,
                1,
                Check::LanguageMix {
                    min_hindi_percent: 10,
                    max_hindi_percent: 50,
                },
            ),
        ],
        blockers: vec![Blocker {
            id: "insult".into(),
            text: "Insults".into(),
            signals: vec!["stupid".into()],
        }],
    }
}

/// An answer of words that the rules know and words that they don't.
fn answers() -> impl Strategy<Value = String> {
    let word = prop_oneof![
        Just("because"),
        Just("isliye"),
        Just("I suggest"),
        Just("maybe"),
        Just("only today"),
        Just("sir"),
        Just("aap"),
        Just("1 lakh"),
        Just("messages"),
        Just("hai."),
        Just("right?"),
        Just("let me explain"),
        Just("kya"),
        Just("plan!"),
    ];
    proptest::collection::vec(word, 1..60).prop_map(|words| words.join(" "))
}

/// Levels for every criterion, `None` for not observed.
fn levels() -> impl Strategy<Value = Vec<Option<u8>>> {
    proptest::collection::vec(proptest::option::of(0_u8..=3), Metric::ALL.len())
}

fn judgements(answer: &str, levels: &[Option<u8>]) -> Vec<Judgement> {
    let quote = answer.split_whitespace().next().unwrap_or("").to_owned();
    levels
        .iter()
        .enumerate()
        .map(|(index, level)| Judgement {
            criterion: format!("c{index}"),
            observed: level.map(|level| Observed {
                quote: quote.clone(),
                level: Level::try_from(level).unwrap(),
            }),
        })
        .collect()
}

fn graded(answer: &str, levels: &[Option<u8>]) -> Verdict {
    let judge = Judge::BuiltIn { stand_in: false };
    grade(
        &drill(),
        &guidelines(),
        answer,
        judgements(answer, levels),
        judge,
    )
    .unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_number_lies_between_0_and_100(answer in answers(), levels in levels()) {
        let verdict = graded(&answer, &levels);
        prop_assert!(verdict.score <= 100);
        for metric in Metric::ALL {
            prop_assert!(verdict.metrics.get(metric).is_none_or(|value| value <= 100));
        }
        prop_assert!(verdict.tone.iter().all(|finding| finding.held <= 100));
        prop_assert_eq!(verdict.passed, verdict.score >= PASS_SCORE && verdict.blockers.is_empty());
    }

    #[test]
    fn raising_a_level_never_lowers_anything(answer in answers(), levels in levels(), at in 0..Metric::ALL.len()) {
        let before = graded(&answer, &levels);
        let mut raised = levels.clone();
        raised[at] = Some(levels[at].map_or(1, |level| (level + 1).min(3)));
        let after = graded(&answer, &raised);
        prop_assert!(after.score >= before.score, "{} < {}", after.score, before.score);
        for metric in Metric::ALL {
            prop_assert!(after.metrics.get(metric) >= before.metrics.get(metric));
        }
    }

    #[test]
    fn a_blocker_never_raises_the_score_and_always_fails(answer in answers(), levels in levels(), insult: bool) {
        let blocked = if insult { "Stupid" } else { "It is half price" };
        // The blocker's sentence stands first and asks and recommends nothing, so only it and the length differ.
        let with = graded(&format!("{blocked}. {answer}"), &levels);
        let without = graded(&format!("Sir, listen please. {answer}"), &levels);
        prop_assert_eq!(with.blockers.len(), 1);
        prop_assert!(!with.passed && with.score <= BLOCKED_SCORE_CAP);
        prop_assert!(with.score <= without.score, "{} > {}", with.score, without.score);
    }

    #[test]
    fn the_same_is_always_graded_the_same(answer in answers(), levels in levels()) {
        prop_assert_eq!(graded(&answer, &levels), graded(&answer, &levels));
    }

    #[test]
    fn the_order_of_judgements_is_no_matter(answer in answers(), levels in levels()) {
        let mut turned = judgements(&answer, &levels);
        turned.reverse();
        let judge = Judge::BuiltIn { stand_in: false };
        let verdict = grade(&drill(), &guidelines(), &answer, turned, judge).unwrap();
        prop_assert_eq!(verdict, graded(&answer, &levels));
    }

    #[test]
    fn an_invented_quote_is_refused(answer in answers(), level in 0_u8..=3, invented in "[xyz]{3,9}") {
        let mut made_up = judgements(&answer, &[Some(level); 5]);
        made_up[2].observed = Some(Observed { quote: invented, level: Level::try_from(level).unwrap() });
        let judge = Judge::BuiltIn { stand_in: false };
        let refused = grade(&drill(), &guidelines(), &answer, made_up, judge).unwrap_err();
        prop_assert_eq!(refused, VerdictFault::InventedQuote { criterion: "c2".into() });
    }

    #[test]
    fn not_observed_scores_what_done_wrong_scores(answer in answers(), levels in levels(), at in 0..Metric::ALL.len()) {
        let with = |level: Option<u8>| {
            let mut levels = levels.clone();
            levels[at] = level;
            graded(&answer, &levels)
        };
        prop_assert_eq!(with(None).score, with(Some(0)).score);
        prop_assert_eq!(with(None).metrics, with(Some(0)).metrics);
    }

    #[test]
    fn nothing_said_earns_nothing_however_polite(answer in answers()) {
        prop_assert_eq!(graded(&answer, &[None; 5]).score, 0);
    }

    #[test]
    fn in_a_steady_voice_the_score_is_the_share_of_what_was_said(levels in levels()) {
        let steady = "Let me explain, sir: because yeh sensible hai, I suggest 1 lakh for aapka plan. Shall we talk?";
        let verdict = graded(steady, &levels);
        prop_assert!(verdict.tone.iter().all(|finding| finding.held == 100), "{:?}", verdict.tone);
        // The fixture's criteria weigh 1 to 5.
        let got: u32 = levels.iter().zip(1..).map(|(level, weight)| u32::from(level.unwrap_or(0)) * weight).sum();
        let share = (f64::from(got) / 45.0 * 100.0).round();
        prop_assert!((f64::from(verdict.score) - share).abs() <= 1.0, "{} is not {share}", verdict.score);
    }

    #[test]
    fn a_verdict_survives_storage(answer in answers(), levels in levels()) {
        let verdict = graded(&answer, &levels);
        let stored = serde_json::to_string(&verdict).unwrap();
        prop_assert_eq!(serde_json::from_str::<Verdict>(&stored).unwrap(), verdict);
    }

    #[test]
    fn any_text_at_all_can_be_graded(answer in "\\PC{0,400}") {
        let none = judgements("", &[None; 5]);
        let verdict = grade(&drill(), &guidelines(), &answer, none, Judge::BuiltIn { stand_in: true }).unwrap();
        prop_assert_eq!(verdict.score, 0);
    }
}

#[test]
fn every_criterion_is_judged_once() {
    let judge = || Judge::BuiltIn { stand_in: false };
    let grade = |judgements| grade(&drill(), &guidelines(), "sir", judgements, judge());
    let full = judgements("sir", &[Some(1); 5]);
    let missing = full[..4].to_vec();
    assert_eq!(
        grade(missing).unwrap_err(),
        VerdictFault::Missing("c4".into())
    );
    let mut twice = full.clone();
    twice.push(full[0].clone());
    assert_eq!(
        grade(twice).unwrap_err(),
        VerdictFault::Unexpected("c0".into())
    );
    let mut other = full.clone();
    other.push(Judgement {
        criterion: "charm".into(),
        observed: None,
    });
    assert_eq!(
        grade(other).unwrap_err(),
        VerdictFault::Unexpected("charm".into())
    );
    assert!(grade(full).is_ok());
}

#[test]
fn an_empty_quote_is_no_evidence() {
    let mut judgements = judgements("sir", &[Some(3); 5]);
    judgements[0].observed.as_mut().unwrap().quote = "  ".into();
    let judge = Judge::BuiltIn { stand_in: false };
    assert!(grade(&drill(), &guidelines(), "sir", judgements, judge).is_err());
}

#[test]
fn the_stance_follows_the_score_and_a_blocker_undoes_it() {
    let steady = "Let me explain, sir: because yeh sensible hai, I suggest 1 lakh for aapka plan. Shall we talk?";
    let stance = |text: &str, level: u8| Stance::after(&graded(text, &[Some(level); 5]));
    assert_eq!(stance(steady, 3), Stance::Resolved);
    assert_eq!(stance(steady, 2), Stance::Softened);
    assert_eq!(stance(steady, 1), Stance::Open);
    assert_eq!(stance(&format!("Stupid. {steady}"), 3), Stance::Open);
}

#[test]
fn a_tone_finding_quotes_and_names_what_was_said() {
    let guidelines = guidelines();
    let answer = Answer::read("Shayad it helps. It is there only today.");
    let findings = check(&guidelines, &answer);
    let steady = findings
        .iter()
        .find(|finding| finding.rule == "steady")
        .unwrap();
    assert_eq!(steady.held, 0);
    assert_eq!(steady.quote.as_deref(), Some("Shayad it helps."));
    assert_eq!(
        steady.note,
        "Leave out “shayad”; instead of “only today” say “whenever it suits you”."
    );
    let question = findings
        .iter()
        .find(|finding| finding.rule == "question")
        .unwrap();
    assert_eq!(
        (question.held, question.quote.as_deref()),
        (0, Some("It is there only today."))
    );
}

#[test]
fn the_reason_counts_in_full_only_before_the_recommendation() {
    let held = |text: &str| {
        let findings = check(&guidelines(), &Answer::read(text));
        findings
            .iter()
            .find(|finding| finding.rule == "reason")
            .unwrap()
            .held
    };
    assert_eq!(held("Because it is small, I suggest 1 lakh."), 100);
    assert_eq!(held("I suggest 1 lakh, because it is enough."), 40);
    assert_eq!(held("Because it is small."), 60);
    assert_eq!(held("I suggest 1 lakh."), 0);
}
