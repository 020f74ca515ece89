//! `GET` and `PUT /api/tone-guidelines`: a company's tone guidelines, the same as `scenarios/tone.toml` with camelCase keys.

use crate::checks::append_faults;
use domain::ids::CompanyId;
use domain::scenario::Blocker;
use domain::scoring::Metric;
use domain::tone::{AvoidedPhrase, Check, Phrase, ToneGuidelines, ToneRule, TrustCost, validate};
use garde::{Path, Report, Validate};
use serde::{Deserialize, Serialize};

/// The guidelines that a company is judged by.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Tone {
    /// The company they belong to; absent while the company has none of its own and the stock's count.
    pub company_id: Option<CompanyId>,
    /// 1, 2, ...: counts up with every edit.
    pub number: u32,
    /// Unix ms of that edit.
    pub updated_at: u64,
    /// The rules.
    pub text: ToneText,
}

/// Which guidelines are meant.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ToneTarget {
    /// For super admins; everyone else's own is meant.
    #[garde(skip)]
    pub company_id: Option<CompanyId>,
    /// The stock's, which only super admins write.
    #[serde(default)]
    #[garde(skip)]
    pub stock: bool,
}

/// The rules of tone. `workers/domain/src/tone.rs` says what every key means.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ToneText {
    /// Words that sound like the captain.
    pub phrases_to_use: Vec<Phrase>,
    /// Words that cost trust.
    pub phrases_to_avoid: Vec<AvoidedPhrase>,
    /// The rules that are scored.
    pub tone_rules: Vec<ToneRuleText>,
    /// What fails any answer in any drill.
    pub blockers: Vec<Blocker>,
}

/// One scored rule of tone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ToneRuleText {
    /// A slug, unique among the rules.
    pub id: String,
    /// The rule, to the rep.
    pub text: String,
    /// Why, to the rep.
    pub explanation: String,
    /// Sentences that follow it.
    pub examples: Vec<String>,
    /// The metric it counts towards.
    pub metric: Metric,
    /// 1 to 5.
    pub weight: u8,
    /// How code sees it.
    pub check: CheckText,
}

/// How code sees whether a tone rule holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(
    tag = "kind",
    rename_all = "snake_case",
    rename_all_fields = "camelCase",
    deny_unknown_fields
)]
pub enum CheckText {
    /// The last sentence asks something.
    EndsWithQuestion,
    /// No phrase to avoid of these kinds.
    AvoidsPhrases {
        /// Which kinds.
        kinds: Vec<TrustCost>,
    },
    /// At least one of the phrases to use.
    UsesPhrases,
    /// A reason stands before the first recommendation.
    ReasonBeforeRecommendation {
        /// Words that give a reason, lower case.
        reasons: Vec<String>,
        /// Words that recommend, lower case.
        recommendations: Vec<String>,
    },
    /// The number of words lies in a band.
    LengthWords {
        /// Fewest.
        min: u32,
        /// Most.
        max: u32,
    },
    /// The share of Hindi words lies in a band.
    LanguageMix {
        /// Least share, percent.
        min_hindi_percent: u8,
        /// Largest share, percent.
        max_hindi_percent: u8,
    },
}

/// The rules of `domain::tone::validate`, each fault at its key: `toneRules[0].check`.
impl Validate for ToneText {
    type Context = ();

    fn validate_into(&self, (): &(), _: &mut dyn FnMut() -> Path, report: &mut Report) {
        append_faults(validate(&self.clone().into()), report);
    }
}

impl From<ToneText> for ToneGuidelines {
    fn from(text: ToneText) -> Self {
        Self {
            phrases_to_use: text.phrases_to_use,
            phrases_to_avoid: text.phrases_to_avoid,
            tone_rules: text.tone_rules.into_iter().map(ToneRule::from).collect(),
            blockers: text.blockers,
        }
    }
}

impl From<ToneGuidelines> for ToneText {
    fn from(guidelines: ToneGuidelines) -> Self {
        let rules = guidelines.tone_rules.into_iter();
        Self {
            phrases_to_use: guidelines.phrases_to_use,
            phrases_to_avoid: guidelines.phrases_to_avoid,
            tone_rules: rules.map(ToneRuleText::from).collect(),
            blockers: guidelines.blockers,
        }
    }
}

impl From<ToneRuleText> for ToneRule {
    fn from(rule: ToneRuleText) -> Self {
        Self {
            id: rule.id,
            text: rule.text,
            explanation: rule.explanation,
            examples: rule.examples,
            metric: rule.metric,
            weight: rule.weight,
            check: rule.check.into(),
        }
    }
}

impl From<ToneRule> for ToneRuleText {
    fn from(rule: ToneRule) -> Self {
        Self {
            id: rule.id,
            text: rule.text,
            explanation: rule.explanation,
            examples: rule.examples,
            metric: rule.metric,
            weight: rule.weight,
            check: rule.check.into(),
        }
    }
}

macro_rules! same_check {
    ($from:ident, $to:ident) => {
        impl From<$from> for $to {
            fn from(check: $from) -> Self {
                match check {
                    $from::EndsWithQuestion => $to::EndsWithQuestion,
                    $from::AvoidsPhrases { kinds } => $to::AvoidsPhrases { kinds },
                    $from::UsesPhrases => $to::UsesPhrases,
                    $from::ReasonBeforeRecommendation {
                        reasons,
                        recommendations,
                    } => $to::ReasonBeforeRecommendation {
                        reasons,
                        recommendations,
                    },
                    $from::LengthWords { min, max } => $to::LengthWords { min, max },
                    $from::LanguageMix {
                        min_hindi_percent,
                        max_hindi_percent,
                    } => $to::LanguageMix {
                        min_hindi_percent,
                        max_hindi_percent,
                    },
                }
            }
        }
    };
}

same_check!(Check, CheckText);
same_check!(CheckText, Check);
