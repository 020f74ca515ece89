//! From judgements with evidence to a score that can be explained.
//!
//! A judge, whichever it is, gives for each criterion a quote and a level. Everything after that is arithmetic here: the
//! quote must stand in the answer, the total and the metrics follow from weights, and a blocker fails the answer.

mod grade;
mod grounds;
mod own_words;

pub use grade::{VerdictFault, grade};
pub use grounds::{Grounds, RejectedReply};
pub use own_words::{COPIED_SCORE_CAP, OWN_WORDS_AT_LEAST, own_words_percent};

use crate::tone::ToneFinding;
use serde::{Deserialize, Serialize};

/// The score an answer needs to pass its drill.
pub const PASS_SCORE: u8 = 60;

/// Scores of the same answer that lie so many points apart are no mere difference of taste.
pub const CLEARLY_APART: u8 = 10;

/// Whether two scores of the same answer disagree: they lie [`CLEARLY_APART`], or only one of them passes.
pub fn disagree(one: u8, other: u8) -> bool {
    one.abs_diff(other) >= CLEARLY_APART || (one >= PASS_SCORE) != (other >= PASS_SCORE)
}

/// The highest score an answer with a blocker can show, and the percentage of its score that it keeps: a false promise is no
/// good answer however polished, and an insult is none at all.
pub const BLOCKED_SCORE_CAP: u8 = 25;

/// The five things a rep gets better at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub enum Metric {
    /// No hedges, no pressure.
    Confidence,
    /// Concrete, short enough, in the customer's language.
    Clarity,
    /// The reason before the recommendation.
    Structure,
    /// Acknowledges, explores and answers what was said.
    ObjectionHandling,
    /// Moves to a next step.
    Closing,
}

impl Metric {
    /// All five, in the order they are shown.
    pub const ALL: [Metric; 5] = [
        Metric::Confidence,
        Metric::Clarity,
        Metric::Structure,
        Metric::ObjectionHandling,
        Metric::Closing,
    ];
}

/// How well one criterion is met, by the scenario's anchors.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(extend("maximum" = 3)))]
#[serde(into = "u8", try_from = "u8")]
pub enum Level {
    /// Done wrong.
    Zero,
    /// A trace.
    One,
    /// Done.
    Two,
    /// Done as a master would.
    Three,
}

impl From<Level> for u8 {
    fn from(level: Level) -> u8 {
        match level {
            Level::Zero => 0,
            Level::One => 1,
            Level::Two => 2,
            Level::Three => 3,
        }
    }
}

impl TryFrom<u8> for Level {
    type Error = &'static str;
    fn try_from(level: u8) -> Result<Self, &'static str> {
        match level {
            0 => Ok(Level::Zero),
            1 => Ok(Level::One),
            2 => Ok(Level::Two),
            3 => Ok(Level::Three),
            _ => Err("a level is 0 to 3"),
        }
    }
}

/// What a judge says of one criterion.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Judgement {
    /// The criterion's id.
    pub criterion: String,
    /// What was seen; `None` is "not observed", which is no level 0: nothing was done, rather than done wrong.
    pub observed: Option<Observed>,
}

/// A level with the words that show it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Observed {
    /// The rep's own words.
    pub quote: String,
    /// How well they do it.
    pub level: Level,
}

/// The judgement of one answer, explained.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Verdict {
    /// 0 to 100.
    pub score: u8,
    /// At least [`PASS_SCORE`], and no blocker.
    pub passed: bool,
    /// The five metrics.
    pub metrics: Metrics,
    /// One entry per criterion, in the scenario's order.
    pub criteria: Vec<CriterionVerdict>,
    /// One entry per tone rule.
    pub tone: Vec<ToneFinding>,
    /// What failed the answer, if anything.
    pub blockers: Vec<BlockerFound>,
    /// How much of the answer is the rep's own rather than the coach's version read back, percent; 100 of a first answer.
    pub own_words_percent: u8,
    /// Who judged.
    pub judge: Judge,
}

/// One criterion of a verdict, readable alone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct CriterionVerdict {
    /// The criterion's id.
    pub criterion: String,
    /// What it asks, to the rep.
    pub text: String,
    /// The metric it counts towards.
    pub metric: Metric,
    /// Its weight.
    pub weight: u8,
    /// Quote and level, or not observed.
    pub observed: Option<Observed>,
    /// The anchor of the level reached, to the rep.
    pub anchor: String,
    /// How to do better; absent at level 3.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub advice: Option<String>,
}

/// A blocker that stood in the answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct BlockerFound {
    /// The blocker's id.
    pub blocker: String,
    /// Why it fails, to the rep.
    pub text: String,
    /// The rep's words.
    pub quote: String,
}

/// Who judged an answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(tag = "kind", rename_all = "camelCase")]
pub enum Judge {
    /// The built-in coach.
    #[serde(rename_all = "camelCase")]
    BuiltIn {
        /// True when it stood in for a model whose verdict could not be used.
        stand_in: bool,
    },
    /// A model.
    Model {
        /// The provider's model id.
        model: String,
    },
}

/// The five metrics, 0 to 100 each; `None` where nothing of the drill counts towards it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Metrics {
    /// No hedges, no pressure.
    pub confidence: Option<u8>,
    /// Concrete, short enough, in the customer's language.
    pub clarity: Option<u8>,
    /// The reason before the recommendation.
    pub structure: Option<u8>,
    /// Acknowledges, explores and answers what was said.
    pub objection_handling: Option<u8>,
    /// Moves to a next step.
    pub closing: Option<u8>,
}

impl Metrics {
    /// One metric.
    pub fn get(&self, metric: Metric) -> Option<u8> {
        match metric {
            Metric::Confidence => self.confidence,
            Metric::Clarity => self.clarity,
            Metric::Structure => self.structure,
            Metric::ObjectionHandling => self.objection_handling,
            Metric::Closing => self.closing,
        }
    }

    fn set(&mut self, metric: Metric, value: Option<u8>) {
        match metric {
            Metric::Confidence => self.confidence = value,
            Metric::Clarity => self.clarity = value,
            Metric::Structure => self.structure = value,
            Metric::ObjectionHandling => self.objection_handling = value,
            Metric::Closing => self.closing = value,
        }
    }

    /// Makes the five from a rule for each.
    pub fn from_fn(mut value: impl FnMut(Metric) -> Option<u8>) -> Self {
        let mut metrics = Metrics::default();
        for metric in Metric::ALL {
            metrics.set(metric, value(metric));
        }
        metrics
    }

    /// The mean of several, metric by metric, rounded to the nearest; drills without a metric don't count towards it.
    pub fn mean(all: &[Metrics]) -> Self {
        Self::from_fn(|metric| mean(all.iter().filter_map(|metrics| metrics.get(metric))))
    }
}

/// The mean rounded to the nearest, or `None` of nothing.
pub fn mean(values: impl Iterator<Item = u8>) -> Option<u8> {
    let (sum, count) = values.fold((0_u32, 0_u32), |(sum, count), value| {
        (sum + u32::from(value), count + 1)
    });
    let mean = (sum * 2 + count).checked_div(count * 2)?;
    u8::try_from(mean).ok()
}

/// How far the customer has come, decided by the verdict and never by sweet talk.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub enum Stance {
    /// Still objects.
    Open,
    /// Listens.
    Softened,
    /// Ready for the next step.
    Resolved,
}

impl Stance {
    /// The stance that an answer with this verdict earns.
    pub fn after(verdict: &Verdict) -> Self {
        match verdict.score {
            _ if !verdict.blockers.is_empty() => Stance::Open,
            75.. => Stance::Resolved,
            45..75 => Stance::Softened,
            _ => Stance::Open,
        }
    }
}
