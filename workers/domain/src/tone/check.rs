//! Running the tone rules over an answer.

use super::{
    Answer, AvoidedPhrase, Check, Phrases, Sentence, ToneGuidelines, ToneRule, TrustCost,
    hindi_share_percent,
};
use crate::scoring::Metric;
use serde::{Deserialize, Serialize};

/// What one tone rule found in one answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct ToneFinding {
    /// The rule's id.
    pub rule: String,
    /// The rule, to the rep.
    pub text: String,
    /// The metric it counts towards.
    pub metric: Metric,
    /// The rule's weight.
    pub weight: u8,
    /// 0 to 100: how far the rule holds.
    pub held: u8,
    /// The rep's words that broke or kept it, where there are any.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub quote: Option<String>,
    /// What was found, to the rep: "12 words; 20 to 90 say enough without tiring".
    pub note: String,
}

/// Runs every rule.
pub fn check(guidelines: &ToneGuidelines, answer: &Answer<'_>) -> Vec<ToneFinding> {
    guidelines
        .tone_rules
        .iter()
        .map(|rule| check_rule(guidelines, rule, answer))
        .collect()
}

fn check_rule(guidelines: &ToneGuidelines, rule: &ToneRule, answer: &Answer<'_>) -> ToneFinding {
    let (held, quote, note) = match &rule.check {
        Check::EndsWithQuestion => ends_with_question(answer),
        Check::AvoidsPhrases { kinds } => avoids_phrases(guidelines, kinds, answer),
        Check::UsesPhrases => uses_phrases(guidelines, answer),
        Check::ReasonBeforeRecommendation {
            reasons,
            recommendations,
        } => reason_first(answer, reasons, recommendations),
        Check::LengthWords { min, max } => length(answer, *min, *max),
        Check::LanguageMix {
            min_hindi_percent,
            max_hindi_percent,
        } => mix(answer, *min_hindi_percent, *max_hindi_percent),
    };
    ToneFinding {
        rule: rule.id.clone(),
        text: rule.text.clone(),
        metric: rule.metric,
        weight: rule.weight,
        held,
        quote,
        note,
    }
}

type Found = (u8, Option<String>, String);

fn ends_with_question(answer: &Answer<'_>) -> Found {
    let Some(last) = answer.sentences().last() else {
        return (0, None, "Nothing was asked.".to_owned());
    };
    let quote = Some(last.text.to_owned());
    if last.text.contains('?') {
        (
            100,
            quote,
            "Ends with a question, so the customer has something to answer.".to_owned(),
        )
    } else {
        (
            0,
            quote,
            "Ends without a question, so the talk stops here.".to_owned(),
        )
    }
}

fn avoids_phrases(guidelines: &ToneGuidelines, kinds: &[TrustCost], answer: &Answer<'_>) -> Found {
    let found: Vec<(&AvoidedPhrase, &Sentence<'_>, String)> = guidelines
        .phrases_to_avoid
        .iter()
        .filter(|phrase| kinds.contains(&phrase.kind))
        .filter_map(|phrase| {
            let signals = Phrases::read(&phrase.signals);
            let (sentence, said) = answer.sentences().iter().find_map(|sentence| {
                let place = sentence.places(&signals).into_iter().next()?;
                Some((sentence, sentence.words.get(place)?.join(" ")))
            })?;
            Some((phrase, sentence, said))
        })
        .collect();
    let Some((_, sentence, _)) = found.first() else {
        return (100, None, "No word that costs trust.".to_owned());
    };
    let held = if found.len() == 1 { 40 } else { 0 };
    let (leave_out, replace): (Vec<_>, Vec<_>) = found
        .iter()
        .partition(|(phrase, _, _)| phrase.instead.is_empty());
    let leave_out = leave_out.iter().map(|(_, _, said)| format!("“{said}”"));
    let leave_out = leave_out.collect::<Vec<_>>().join(", ");
    let mut advice: Vec<String> = Vec::new();
    if !leave_out.is_empty() {
        advice.push(format!("leave out {leave_out}"));
    }
    advice.extend(
        replace
            .iter()
            .map(|(phrase, _, said)| format!("instead of “{said}” say “{}”", phrase.instead)),
    );
    (
        held,
        Some(sentence.text.to_owned()),
        capitalised(&advice.join("; ")),
    )
}

fn uses_phrases(guidelines: &ToneGuidelines, answer: &Answer<'_>) -> Found {
    let found = guidelines.phrases_to_use.iter().find_map(|phrase| {
        answer
            .find(&phrase.signals)
            .map(|(_, sentence)| (phrase, sentence))
    });
    match found {
        Some((phrase, sentence)) => (
            100,
            Some(sentence.text.to_owned()),
            format!("“{}” sounds like a captain.", phrase.text),
        ),
        None => (0, None, "None of the captain's phrases yet.".to_owned()),
    }
}

fn reason_first(answer: &Answer<'_>, reasons: &[String], recommendations: &[String]) -> Found {
    match (answer.find(reasons), answer.find(recommendations)) {
        (Some((reason, sentence)), Some((what, _))) if reason < what => (
            100,
            Some(sentence.text.to_owned()),
            "The why comes before the what.".to_owned(),
        ),
        (Some(_), Some((_, sentence))) => (
            40,
            Some(sentence.text.to_owned()),
            "The what comes before the why; turn them round.".to_owned(),
        ),
        (Some((_, sentence)), None) => (
            60,
            Some(sentence.text.to_owned()),
            "There is a reason, but nothing is recommended yet.".to_owned(),
        ),
        (None, Some((_, sentence))) => (
            0,
            Some(sentence.text.to_owned()),
            "Recommends without saying why.".to_owned(),
        ),
        (None, None) => (0, None, "Neither a reason nor a recommendation.".to_owned()),
    }
}

fn length(answer: &Answer<'_>, min: u32, max: u32) -> Found {
    let words = u32::try_from(answer.word_count()).unwrap_or(u32::MAX);
    let held = if words < min {
        percent(words, min)
    } else if words > max {
        percent(max, words)
    } else {
        100
    };
    (
        held,
        None,
        format!("{words} words; {min} to {max} say enough and still get read on a phone."),
    )
}

fn mix(answer: &Answer<'_>, min: u8, max: u8) -> Found {
    let share = hindi_share_percent(answer);
    let outside = min.saturating_sub(share).max(share.saturating_sub(max));
    let held = 100_u8.saturating_sub(outside.saturating_mul(2));
    (
        held,
        None,
        format!("{share}% Hindi; {min} to {max}% is the natural Hinglish of an adviser."),
    )
}

/// `part` of `whole` in percent, rounded down, at most 100.
fn percent(part: u32, whole: u32) -> u8 {
    let percent = u64::from(part) * 100 / u64::from(whole.max(1));
    u8::try_from(percent.min(100)).unwrap_or(100)
}

fn capitalised(text: &str) -> String {
    let mut chars = text.chars();
    match chars.next() {
        Some(first) => format!("{}{}.", first.to_uppercase(), chars.as_str()),
        None => String::new(),
    }
}
