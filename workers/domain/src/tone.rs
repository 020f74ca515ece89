//! The captain's voice as rules that code can check: phrases to use and avoid, a question at the end, the reason before
//! the recommendation, length, and the mix of English and Hindi. They count whichever coach judges.

mod answer;
mod check;
mod denial;
mod language;

pub use answer::{Answer, Phrases, Sentence, words};
pub use check::{ToneFinding, check};
pub use language::hindi_share_percent;

use crate::scenario::{Blocker, Fault};
use crate::scoring::Metric;
use serde::{Deserialize, Serialize};

/// `scenarios/tone.toml`: one company's tone guidelines.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ToneGuidelines {
    /// Words that sound like the captain.
    pub phrases_to_use: Vec<Phrase>,
    /// Words that cost trust.
    pub phrases_to_avoid: Vec<AvoidedPhrase>,
    /// The rules that are scored.
    pub tone_rules: Vec<ToneRule>,
    /// What fails any answer in any drill: insults, threats, lies.
    pub blockers: Vec<Blocker>,
}

/// A phrase worth using.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Phrase {
    /// As shown: "Let me explain why".
    pub text: String,
    /// Why it works.
    pub explanation: String,
    /// Whole sentences that use it.
    pub examples: Vec<String>,
    /// How it appears in answers, lower case.
    pub signals: Vec<String>,
}

/// A phrase to avoid, and what to say instead.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct AvoidedPhrase {
    /// As shown: "basically".
    pub text: String,
    /// What is wrong with it.
    pub kind: TrustCost,
    /// Why it costs trust.
    pub explanation: String,
    /// What to say instead; empty when it is best left out.
    pub instead: String,
    /// How it appears in answers, lower case.
    pub signals: Vec<String>,
}

/// The ways a phrase can cost trust.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum TrustCost {
    /// Says nothing: "basically", "actually".
    Filler,
    /// Sounds unsure: "maybe", "I think", "try karte hain".
    Hedge,
    /// Pushes: "only today", "abhi karo".
    Pressure,
    /// Too casual for an adviser: "bro", "yaar".
    Slang,
    /// Sounds like an advertisement: "amazing!!", "best in the world".
    Excitement,
}

/// One scored rule of tone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ToneRule {
    /// A slug, unique in the file: `ends_with_question`.
    pub id: String,
    /// The rule, to the rep: "End with a question that moves the talk forward".
    pub text: String,
    /// Why, to the rep.
    pub explanation: String,
    /// Sentences that follow it.
    pub examples: Vec<String>,
    /// The metric it counts towards.
    pub metric: Metric,
    /// 1 to 5: how much it counts beside the criteria.
    pub weight: u8,
    /// How code sees it.
    pub check: Check,
}

/// How code sees whether a tone rule holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum Check {
    /// The last sentence asks something.
    EndsWithQuestion,
    /// No phrase to avoid of these kinds.
    AvoidsPhrases {
        /// Which kinds this rule is about.
        kinds: Vec<TrustCost>,
    },
    /// At least one of the phrases to use.
    UsesPhrases,
    /// A reason stands before the first recommendation.
    ReasonBeforeRecommendation {
        /// Words that give a reason, lower case: "because", "kyunki".
        reasons: Vec<String>,
        /// Words that recommend, lower case: "i suggest", "start with".
        recommendations: Vec<String>,
    },
    /// The number of words lies in a band.
    LengthWords {
        /// Fewest words that say enough.
        min: u32,
        /// Most words a customer reads on a phone.
        max: u32,
    },
    /// The share of Hindi words lies in a band.
    LanguageMix {
        /// Least share of Hindi, percent.
        min_hindi_percent: u8,
        /// Largest share of Hindi, percent.
        max_hindi_percent: u8,
    },
}

/// Checks tone guidelines against every rule.
pub fn validate(guidelines: &ToneGuidelines) -> Result<(), Vec<Fault>> {
    let mut faults = crate::scenario::Faults::default();
    for (index, phrase) in guidelines.phrases_to_use.iter().enumerate() {
        let at = format!("phrases_to_use[{index}]");
        faults.text(&format!("{at}.text"), &phrase.text, 120);
        faults.text(&format!("{at}.explanation"), &phrase.explanation, 300);
        faults.signals(&format!("{at}.signals"), &phrase.signals);
    }
    for (index, phrase) in guidelines.phrases_to_avoid.iter().enumerate() {
        let at = format!("phrases_to_avoid[{index}]");
        faults.text(&format!("{at}.text"), &phrase.text, 120);
        faults.text(&format!("{at}.explanation"), &phrase.explanation, 300);
        faults.signals(&format!("{at}.signals"), &phrase.signals);
    }
    faults.unique(
        "tone_rules",
        guidelines.tone_rules.iter().map(|rule| rule.id.as_str()),
    );
    for (index, rule) in guidelines.tone_rules.iter().enumerate() {
        let at = format!("tone_rules[{index}]");
        faults.slug(&format!("{at}.id"), &rule.id);
        faults.text(&format!("{at}.text"), &rule.text, 160);
        faults.require(
            &format!("{at}.weight"),
            (1..=5).contains(&rule.weight),
            || format!("is {}; a weight is 1 to 5", rule.weight),
        );
        match &rule.check {
            Check::LengthWords { min, max } => {
                faults.require(&format!("{at}.check"), *min >= 1 && min < max, || {
                    format!("has min {min} and max {max}; min is at least 1 and below max")
                });
            }
            Check::LanguageMix {
                min_hindi_percent: min,
                max_hindi_percent: max,
            } => {
                faults.require(&format!("{at}.check"), min < max && *max <= 100, || {
                    format!("has {min} to {max} percent; the first is below the second, and none above 100")
                });
            }
            Check::ReasonBeforeRecommendation {
                reasons,
                recommendations,
            } => {
                faults.signals(&format!("{at}.check.reasons"), reasons);
                faults.signals(&format!("{at}.check.recommendations"), recommendations);
            }
            Check::AvoidsPhrases { kinds } => {
                faults.require(&format!("{at}.check.kinds"), !kinds.is_empty(), || {
                    "is empty".to_owned()
                });
            }
            Check::EndsWithQuestion | Check::UsesPhrases => {}
        }
    }
    for (index, blocker) in guidelines.blockers.iter().enumerate() {
        let at = format!("blockers[{index}]");
        faults.slug(&format!("{at}.id"), &blocker.id);
        faults.text(&format!("{at}.text"), &blocker.text, 300);
        faults.signals(&format!("{at}.signals"), &blocker.signals);
    }
    faults.into_result()
}
