//! The pieces that the coach's messages share: names, short quotes, and which gap matters most.

use super::spoken::Spoken;
use crate::order::sort_few_by_key;
use domain::scenario::Customer;
use domain::scoring::{CriterionVerdict, Level, Metric, Observed, Verdict};
use domain::tone::{Answer, ToneFinding};

/// Titles that stay before the first name.
const TITLES: &[&str] = &[
    "Dr", "Mr", "Mrs", "Ms", "Prof", "Col", "Capt", "Major", "Adv", "CA", "Shri", "Smt",
];

/// How the coach speaks of the customer: “Rakesh ji”, “Dr Kavita ji”.
pub(super) fn called(customer: &Customer) -> String {
    let has_title = customer
        .name
        .split_whitespace()
        .next()
        .is_some_and(|first| TITLES.contains(&first.trim_end_matches('.')));
    let words = if has_title { 2 } else { 1 };
    let name: Vec<&str> = customer.name.split_whitespace().take(words).collect();
    format!("{} ji", name.join(" "))
}

/// A quote of at most `most` words, with a mark where it was cut.
pub(super) fn shortened(quote: &str, most: usize) -> String {
    let first_line = quote.lines().next().unwrap_or(quote).trim();
    let spoken = Spoken::read(first_line);
    let short = spoken.excerpt(0..most);
    if short.is_empty() || short.len() == first_line.len() {
        format!("“{first_line}”")
    } else {
        format!("“{} …”", short.trim_end_matches([',', '.', ';', ':']))
    }
}

/// The same text with a small first letter, to stand inside a sentence; an abbreviation keeps its capitals.
pub(super) fn uncapitalised(text: &str) -> String {
    let mut chars = text.chars();
    let (first, second) = (chars.next(), text.chars().nth(1));
    match first {
        Some(first) if !second.is_some_and(char::is_uppercase) => {
            first.to_lowercase().chain(chars).collect()
        }
        _ => text.to_owned(),
    }
}

/// Words as they are counted on screen.
pub(super) fn count_words(text: &str) -> usize {
    text.split_whitespace().count()
}

/// What an answer did well, the best first: criteria at level 2 or 3, by level, then weight, then the drill's order.
pub(super) fn strengths(verdict: &Verdict) -> Vec<(&CriterionVerdict, &Observed)> {
    let mut strengths: Vec<_> = verdict
        .criteria
        .iter()
        .filter_map(|criterion| Some((criterion, criterion.observed.as_ref()?)))
        .filter(|(_, observed)| observed.level >= Level::Two)
        .collect();
    sort_few_by_key(&mut strengths, |(criterion, observed)| {
        std::cmp::Reverse((observed.level, criterion.weight))
    });
    strengths
}

/// Something that would raise the score.
#[derive(Debug, Clone, Copy)]
pub(super) enum Gap<'a> {
    /// A criterion below level 3.
    Criterion(&'a CriterionVerdict),
    /// A tone rule that doesn't hold.
    Tone(&'a ToneFinding),
}

impl Gap<'_> {
    /// Whether it is a hedge, a filler, pressure or the like: the tone rules that count towards confidence.
    pub(super) fn costs_trust(&self) -> bool {
        matches!(self, Gap::Tone(finding) if finding.metric == Metric::Confidence)
    }

    /// The metric it counts towards.
    pub(super) fn metric(&self) -> Metric {
        match self {
            Gap::Criterion(criterion) => criterion.metric,
            Gap::Tone(finding) => finding.metric,
        }
    }

    /// How much it costs, in 300ths of a weight. Words that cost trust count double: they are the rep's own, the customer
    /// hears them before anything that is missing, and they can be dropped at once.
    pub(super) fn cost(&self) -> u32 {
        match self {
            Gap::Criterion(criterion) => {
                let level = criterion
                    .observed
                    .as_ref()
                    .map_or(0, |observed| u32::from(u8::from(observed.level)));
                u32::from(criterion.weight) * (3 - level) * 100
            }
            Gap::Tone(finding) => {
                let lost = u32::from(100_u8.saturating_sub(finding.held)) * 3;
                let trust = if self.costs_trust() { 2 } else { 1 };
                u32::from(finding.weight) * lost * trust
            }
        }
    }
}

/// Below this a tone rule counts as broken; a language mix a little off is not worth a word.
const TONE_HOLDS: u8 = 70;

/// All gaps, the dearest first; of equals, the one a good answer says first.
pub(super) fn gaps(verdict: &Verdict) -> Vec<Gap<'_>> {
    let criteria = verdict
        .criteria
        .iter()
        .filter(|criterion| {
            criterion
                .observed
                .as_ref()
                .is_none_or(|observed| observed.level < Level::Three)
        })
        .map(Gap::Criterion);
    let tone = verdict
        .tone
        .iter()
        .filter(|finding| finding.held < TONE_HOLDS)
        .map(Gap::Tone);
    let mut gaps: Vec<Gap<'_>> = criteria.chain(tone).collect();
    sort_few_by_key(&mut gaps, |gap| std::cmp::Reverse(gap.cost()));
    gaps
}

/// The first sentence of a text.
pub(super) fn first_sentence(text: &str) -> String {
    Answer::read(text)
        .sentences()
        .first()
        .map_or_else(|| text.to_owned(), |sentence| sentence.text.to_owned())
}

/// A metric as the coach names it.
pub(super) fn metric_name(metric: Metric) -> &'static str {
    match metric {
        Metric::Confidence => "confidence",
        Metric::Clarity => "clarity",
        Metric::Structure => "structure",
        Metric::ObjectionHandling => "objection handling",
        Metric::Closing => "closing",
    }
}
