//! The rules of tone: what each asks, how much it counts, and how code sees whether it holds.

use super::phrases::{COSTS, List, cost_name};
use super::{Opened, Text, View, count, opening};
use crate::components::{Choice, Input, Tick, Typed, checkbox, metric_name, select, text_field};
use crate::pages::manage::fields::{
    Piece, Several, Shown, line, paragraph, piece, several, signals,
};
use crate::state::draft::free_id;
use contract::problem::FieldError;
use contract::tone::{CheckText, ToneRuleText, ToneText};
use domain::scoring::Metric;
use domain::tone::TrustCost;
use yew::prelude::*;

/// What a rule looks at, with what it looks for at first.
fn kinds() -> [(&'static str, CheckText); 6] {
    [
        (
            tr!("The answer ends with a question"),
            CheckText::EndsWithQuestion,
        ),
        (
            tr!("It avoids phrases that cost trust"),
            CheckText::AvoidsPhrases {
                kinds: vec![TrustCost::Filler],
            },
        ),
        (
            tr!("It uses one of the captain's phrases"),
            CheckText::UsesPhrases,
        ),
        (
            tr!("A reason stands before the recommendation"),
            CheckText::ReasonBeforeRecommendation {
                reasons: vec!["because".to_owned(), "kyunki".to_owned()],
                recommendations: vec!["i suggest".to_owned()],
            },
        ),
        (
            tr!("Its length lies in a band"),
            CheckText::LengthWords { min: 20, max: 90 },
        ),
        (
            tr!("The share of Hindi lies in a band"),
            CheckText::LanguageMix {
                min_hindi_percent: 20,
                max_hindi_percent: 60,
            },
        ),
    ]
}

/// What a rule looks at, in words.
fn kind_name(check: &CheckText) -> &'static str {
    let same = |other: &CheckText| std::mem::discriminant(other) == std::mem::discriminant(check);
    let kinds = kinds();
    let mut kinds = kinds.iter();
    kinds
        .find(|(_, kind)| same(kind))
        .map_or("", |(name, _)| *name)
}

/// All rules.
pub fn rules(form: &Text, draft: &ToneText, faults: &[FieldError], opened: &Opened) -> Html {
    let list = List::<ToneRuleText> {
        view: View::Rules,
        of: |text| &mut text.tone_rules,
        new: |rules| ToneRuleText {
            id: free_id("rule", rules.iter().map(|rule| rule.id.as_str())),
            text: String::new(),
            explanation: String::new(),
            examples: Vec::new(),
            metric: Metric::Clarity,
            weight: 1,
            check: CheckText::EndsWithQuestion,
        },
        add: tr!("Add a rule"),
    };
    let lead = tr!(
        "Each rule is checked in every answer and counts beside what a drill judges. Tone earns only as far as the answer says what was asked for."
    );
    list.show(form, &draft.tone_rules, opened, lead, |at, rule| {
        let (is_open, toggle) = opening(opened, list.view.path(), at);
        let shown = Piece {
            id: format!("rule-{}", rule.id),
            number: None,
            name: &rule.text,
            note: tr!(
                "{metric} · weight {weight}",
                metric = metric_name(rule.metric),
                weight = rule.weight
            ),
            to_do: count(faults, &format!("{}[{at}]", list.view.path())),
            is_open,
            toggle,
        };
        piece(shown, || {
            html! {
                <>
                    { fields(form, &list, at, rule) }
                    { list.foot(form, opened, at, rule) }
                </>
            }
        })
    })
}

fn fields(form: &Text, list: &List<ToneRuleText>, at: usize, rule: &ToneRuleText) -> Html {
    let on_metric = form.chosen(
        list.path(at, "metric"),
        list.change(at, |rule, name: String| {
            let chosen = Metric::ALL
                .into_iter()
                .find(|metric| metric_name(*metric) == name);
            rule.metric = chosen.unwrap_or(rule.metric);
        }),
    );
    let on_weight = form.chosen(
        list.path(at, "weight"),
        list.change(at, |rule, weight: String| {
            rule.weight = weight.parse().unwrap_or(rule.weight);
        }),
    );
    let on_kind = form.chosen(
        list.path(at, "check"),
        list.change(at, |rule, name: String| {
            if let Some((_, check)) = kinds().into_iter().find(|(kind, _)| *kind == name) {
                rule.check = check;
            }
        }),
    );
    html! {
        <>
            { line(form, Shown { path: list.path(at, "text"), label: tr!("The rule, to the rep"), hint: tr!("Such as “End with a question that moves the talk forward”."), most: 160, value: &rule.text },
                list.change(at, |rule, text| rule.text = text)) }
            { paragraph(form, Shown { path: list.path(at, "explanation"), label: tr!("Why"), hint: "", most: 300, value: &rule.explanation },
                list.change(at, |rule, text| rule.explanation = text)) }
            { several(form, Several { path: list.path(at, "examples"), label: tr!("Examples"), hint: tr!("Sentences that follow it."), each: tr!("Example"),
                add: tr!("Add an example"), fewest: 0, value: &rule.examples }, list.change(at, |rule, lines| rule.examples = lines)) }
            <div class="grid grid-cols-[1fr_8rem] gap-4">
                { select(Choice {
                    name: list.path(at, "metric").into(),
                    label: tr!("Counts towards").into(),
                    value: metric_name(rule.metric).into(),
                    options: Metric::ALL.map(|metric| (metric_name(metric).into(), metric_name(metric).into())).into(),
                    onchange: on_metric,
                    ..Choice::default()
                }) }
                { select(Choice {
                    name: list.path(at, "weight").into(),
                    label: tr!("Weight").into(),
                    value: rule.weight.to_string().into(),
                    options: (1..=5_u8).map(|weight| (weight.to_string().into(), weight.to_string().into())).collect(),
                    onchange: on_weight,
                    error: form.error(&list.path(at, "weight")),
                    ..Choice::default()
                }) }
            </div>
            { select(Choice {
                name: list.path(at, "check.kind").into(),
                label: tr!("What is checked").into(),
                value: kind_name(&rule.check).into(),
                options: kinds().map(|(name, _)| (name.into(), name.into())).into(),
                onchange: on_kind,
                ..Choice::default()
            }) }
            { details(form, list, at, &rule.check) }
        </>
    }
}

/// What a check looks for.
fn details(form: &Text, list: &List<ToneRuleText>, at: usize, check: &CheckText) -> Html {
    let path = |key: &str| list.path(at, &format!("check.{key}"));
    match check {
        CheckText::EndsWithQuestion => Html::default(),
        CheckText::UsesPhrases => {
            html! { <p class="text-sm text-ink-soft">{ tr!("The phrases stand under “Say”.") }</p> }
        }
        CheckText::AvoidsPhrases { kinds } => html! {
            <fieldset class="min-w-0">
                <legend class="mb-1 font-medium">{ tr!("Which phrases") }</legend>
                <div class="grid gap-x-6 sm:grid-cols-2">
                    for cost in COSTS {
                        { checkbox(Tick {
                            name: path(&format!("{cost:?}")).into(),
                            label: cost_name(cost).into(),
                            checked: kinds.contains(&cost),
                            onchange: form.chosen(path("kinds"), list.change(at, move |rule, on: bool| {
                                if let CheckText::AvoidsPhrases { kinds } = &mut rule.check {
                                    kinds.retain(|kind| *kind != cost);
                                    if on {
                                        kinds.push(cost);
                                    }
                                }
                            })),
                            ..Tick::default()
                        }) }
                    }
                </div>
                if let Some(error) = form.error(&path("kinds")) {
                    <p class="text-sm font-medium text-bad">{ error }</p>
                }
            </fieldset>
        },
        CheckText::ReasonBeforeRecommendation {
            reasons,
            recommendations,
        } => html! {
            <>
                { signals(form, path("reasons"), tr!("Words that give a reason").to_owned(), "", reasons, list.change(at, |rule, words: Vec<String>| {
                    if let CheckText::ReasonBeforeRecommendation { reasons, .. } = &mut rule.check {
                        *reasons = words;
                    }
                })) }
                { signals(form, path("recommendations"), tr!("Words that recommend").to_owned(), "", recommendations, list.change(at, |rule, words: Vec<String>| {
                    if let CheckText::ReasonBeforeRecommendation { recommendations, .. } = &mut rule.check {
                        *recommendations = words;
                    }
                })) }
            </>
        },
        CheckText::LengthWords { min, max } => band(
            form,
            list,
            at,
            (tr!("Fewest words"), *min),
            (tr!("Most words"), *max),
            |check, is_max, words| {
                if let CheckText::LengthWords { min, max } = check {
                    *(if is_max { max } else { min }) = words;
                }
            },
        ),
        CheckText::LanguageMix {
            min_hindi_percent,
            max_hindi_percent,
        } => band(
            form,
            list,
            at,
            (tr!("Least Hindi, percent"), u32::from(*min_hindi_percent)),
            (tr!("Most Hindi, percent"), u32::from(*max_hindi_percent)),
            |check, is_max, percent| {
                if let CheckText::LanguageMix {
                    min_hindi_percent: min,
                    max_hindi_percent: max,
                } = check
                {
                    *(if is_max { max } else { min }) = u8::try_from(percent).unwrap_or(u8::MAX);
                }
            },
        ),
    }
}

/// Two numbers, the first below the second.
fn band(
    form: &Text,
    list: &List<ToneRuleText>,
    at: usize,
    min: (&'static str, u32),
    max: (&'static str, u32),
    set: fn(&mut CheckText, bool, u32),
) -> Html {
    let path = list.path(at, "check");
    let number = |(label, value): (&'static str, u32), is_max: bool| {
        text_field(Input {
            name: format!("{path}.{}", if is_max { "max" } else { "min" }).into(),
            label: label.into(),
            kind: Typed::Number,
            value: value.to_string().into(),
            error: form.error(&path).filter(|_| !is_max),
            oninput: form.typed(
                path.clone(),
                list.change(at, move |rule, typed: String| {
                    let digits: String =
                        typed.chars().filter(char::is_ascii_digit).take(4).collect();
                    set(&mut rule.check, is_max, digits.parse().unwrap_or(0));
                }),
            ),
            ..Input::default()
        })
    };
    html! { <div class="grid grid-cols-2 items-start gap-4">{ number(min, false) }{ number(max, true) }</div> }
}
