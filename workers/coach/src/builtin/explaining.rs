//! Answers to a rep's questions about a completed session, from its verdicts alone.

use super::wording::{Gap, gaps, metric_name, shortened, strengths};
use crate::order::sort_few_by_key;
use domain::scoring::{Metric, PASS_SCORE};
use domain::session::{DrillOutcome, Outcome};
use domain::tone::words;

/// Most points of one answer: more is not read.
const MOST_POINTS: usize = 3;

/// Most words of a quote.
const QUOTE: usize = 14;

/// What a question is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Topic {
    Metric(Metric),
    Blockers,
    Strengths,
    Improved,
    Points,
}

/// The words that a topic is asked with, English and romanised Hindi; the first topic that is named counts.
const TOPICS: &[(Topic, &str)] = &[
    (
        Topic::Metric(Metric::Closing),
        "closing close closed step commit cta",
    ),
    (
        Topic::Metric(Metric::ObjectionHandling),
        "objection objections handling acknowledge acknowledging empathy samajh",
    ),
    (
        Topic::Metric(Metric::Structure),
        "structure structured order reason reasons recommendation",
    ),
    (
        Topic::Metric(Metric::Clarity),
        "clarity clear unclear length long short language hindi english mix concrete",
    ),
    (
        Topic::Metric(Metric::Confidence),
        "confidence confident hedge hedges filler fillers pressure unsure tone",
    ),
    (
        Topic::Blockers,
        "fail failed failing blocked blocker blockers promise promised insult",
    ),
    (
        Topic::Strengths,
        "good well strong strength strengths best achha accha sahi praise",
    ),
    (
        Topic::Improved,
        "improved instead rewrite version example model",
    ),
    (
        Topic::Points,
        "score scores scored points marks lose lost losing low why kyun kyon improve better practise practice work galat wrong \
         mistake mistakes next passed pass kaise how",
    ),
];

/// Answers a question about a session. What is not about it is declined: the coach knows the verdicts and nothing else.
pub fn explain(question: &str, outcome: &Outcome) -> String {
    let asked = words(question);
    let named = |list: &str| list.split(' ').any(|word| asked.iter().any(|w| w == word));
    let topic = TOPICS
        .iter()
        .find(|(_, list)| named(list))
        .map(|(topic, _)| *topic);
    let drills = meant(&asked, &outcome.drills);
    match topic {
        None if drills.len() == outcome.drills.len() => decline(),
        None | Some(Topic::Points) => points(outcome, &drills),
        Some(Topic::Metric(metric)) => metric_of(metric, outcome, &drills),
        Some(Topic::Blockers) => blockers(&drills),
        Some(Topic::Strengths) => strong(&drills),
        Some(Topic::Improved) => improved(&drills),
    }
}

/// The drills a question names, by its place (“the second customer”) or the customer's name; all, if it names none.
fn meant<'a>(asked: &[String], drills: &'a [DrillOutcome]) -> Vec<&'a DrillOutcome> {
    const PLACES: [&[&str]; 3] = [
        &["first", "pehla", "pehle"],
        &["second", "doosra", "doosre"],
        &["third", "last", "teesra"],
    ];
    // “My first answer” is no first drill.
    let names_drill = asked
        .iter()
        .any(|word| ["drill", "customer", "chat", "grahak"].contains(&word.as_str()));
    let named: Vec<&DrillOutcome> = drills
        .iter()
        .zip(PLACES)
        .filter(|(_, places)| {
            names_drill && asked.iter().any(|word| places.contains(&word.as_str()))
        })
        .map(|(drill, _)| drill)
        .collect();
    if named.is_empty() {
        drills.iter().collect()
    } else {
        named
    }
}

fn decline() -> String {
    "I can only speak about this session, from its verdicts. Ask me, for example: “Why did I lose points on closing?”, “What was \
     good?”, “What should I practise next?” or “What could I say instead to the second customer?”"
        .to_owned()
}

/// All that was lost, the dearest first.
fn points(outcome: &Outcome, drills: &[&DrillOutcome]) -> String {
    let opening = format!(
        "Your final answers came to {} of 100, the first ones to {}.",
        outcome.score, outcome.first_score
    );
    let lost = lost(drills, |_| true);
    if lost.is_empty() {
        return format!(
            "{opening} Nothing was lost in them: every criterion stands at its highest level."
        );
    }
    format!("{opening} This cost most:\n\n{}", lost.join("\n\n"))
}

fn metric_of(metric: Metric, outcome: &Outcome, drills: &[&DrillOutcome]) -> String {
    let name = metric_name(metric);
    let Some(value) = outcome.metrics.get(metric) else {
        return format!("Nothing in this session counted towards {name}.");
    };
    let first = outcome.first_metrics.get(metric);
    let first = first.map_or_else(String::new, |first| format!(", {first} in the first ones"));
    let opening = format!("On {name} you have {value} of 100 in your final answers{first}.");
    let lost = lost(drills, |gap| gap.metric() == metric);
    if lost.is_empty() {
        format!("{opening} Nothing was lost there.")
    } else {
        format!(
            "{opening} This is where the points went:\n\n{}",
            lost.join("\n\n")
        )
    }
}

fn lost(drills: &[&DrillOutcome], wanted: impl Fn(&Gap<'_>) -> bool) -> Vec<String> {
    let mut found: Vec<(&DrillOutcome, Gap<'_>)> = drills
        .iter()
        .flat_map(|drill| gaps(&drill.last).into_iter().map(move |gap| (*drill, gap)))
        .filter(|(_, gap)| wanted(gap))
        .collect();
    sort_few_by_key(&mut found, |(_, gap)| std::cmp::Reverse(gap.cost()));
    found
        .iter()
        .take(MOST_POINTS)
        .map(|(drill, gap)| point(drill, gap))
        .collect()
}

/// Where, what, the rep's own words, and what to do.
fn point(drill: &DrillOutcome, gap: &Gap<'_>) -> String {
    let title = &drill.title;
    match gap {
        Gap::Criterion(criterion) => {
            let seen = match &criterion.observed {
                None => "was not there".to_owned(),
                Some(observed) => format!(
                    "reached level {} of 3 with your words {}",
                    u8::from(observed.level),
                    shortened(&observed.quote, QUOTE)
                ),
            };
            let advice = criterion.advice.as_deref().unwrap_or(&criterion.anchor);
            format!("*{title}:* “{}” {seen}. {advice}", criterion.text)
        }
        Gap::Tone(finding) => {
            let quote = finding.quote.as_deref().map_or_else(String::new, |quote| {
                format!(" You wrote {}.", shortened(quote, QUOTE))
            });
            format!(
                "*{title}:* {}: {}.{quote}",
                finding.text,
                finding.note.trim_end_matches('.')
            )
        }
    }
}

fn blockers(drills: &[&DrillOutcome]) -> String {
    let found: Vec<String> = drills
        .iter()
        .flat_map(|drill| {
            drill.last.blockers.iter().map(|blocker| {
                let quote = shortened(&blocker.quote, QUOTE);
                format!(
                    "*{}:* {quote} fails the answer. {}",
                    drill.title, blocker.text
                )
            })
        })
        .collect();
    if !found.is_empty() {
        return found.join("\n\n");
    }
    let below: Vec<String> = drills
        .iter()
        .filter(|drill| !drill.last.passed)
        .map(|drill| format!("“{}” with {}", drill.title, drill.last.score))
        .collect();
    if below.is_empty() {
        "Nothing failed: every final answer passed, and none held a false promise or an insult."
            .to_owned()
    } else {
        format!(
            "No answer held a false promise or an insult. Below {PASS_SCORE}, which it takes to pass: {}.\n\n{}",
            below.join(", "),
            lost(drills, |_| true).join("\n\n")
        )
    }
}

fn strong(drills: &[&DrillOutcome]) -> String {
    let found: Vec<String> = drills
        .iter()
        .filter_map(|drill| {
            let (criterion, observed) = strengths(&drill.last).into_iter().next()?;
            Some(format!(
                "*{}:* {}: {}",
                drill.title,
                criterion.text.trim_end_matches('.'),
                shortened(&observed.quote, QUOTE)
            ))
        })
        .collect();
    if found.is_empty() {
        format!(
            "No criterion was fully met yet. What would bring most:\n\n{}",
            lost(drills, |_| true).join("\n\n")
        )
    } else {
        format!("This was good:\n\n{}", found.join("\n\n"))
    }
}

fn improved(drills: &[&DrillOutcome]) -> String {
    let versions: Vec<String> = drills
        .iter()
        .map(|drill| format!("*{}:*\n{}", drill.title, drill.corrected_response))
        .collect();
    versions.join("\n\n")
}
