//! A model's verdict on an answer: the JSON it is asked for, and whether what it wrote can be believed.
//!
//! A model gives quotes and levels and never a total. Every quote must stand in the rep's message; from there on the
//! arithmetic is that of every judge, in [`domain::scoring::grade`].

use super::Output;
use super::schema::{Schema, unfenced};
use crate::belief::Disbelief;
use crate::builtin::Spoken;
use domain::scenario::{Blocker, Drill};
use domain::scoring::{BlockerFound, Judge, Judgement, Level, Observed, Verdict, grade};
use domain::tone::{ToneGuidelines, words};
use serde::Deserialize;
use serde_json::Value;

/// What is judged, and by which rules.
#[derive(Debug, Clone, Copy)]
pub struct Case<'a> {
    /// The drill with its criteria.
    pub drill: &'a Drill,
    /// The company's tone.
    pub guidelines: &'a ToneGuidelines,
    /// The rep's message.
    pub answer: &'a str,
}

/// Something that keeps a model's verdict from being used; told to the model, which may try once more.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Problem {
    /// The tokens ran out.
    #[error("the reply was cut")]
    Cut,
    /// No JSON, or another.
    #[error("the reply is not the JSON that was asked for: {0}")]
    NotTheJson(String),
    /// A criterion was left out.
    #[error("there is no judgement for {0}")]
    Missing(String),
    /// A criterion was judged more than once.
    #[error("there is more than one judgement for {0}")]
    Repeated(String),
    /// It is none of the drill's.
    #[error("{0} is no criterion that was given")]
    UnknownCriterion(String),
    /// A level that does not exist.
    #[error("the level of {0} is none of not_observed, 0, 1, 2 and 3")]
    NoLevel(String),
    /// A level without words that show it.
    #[error("the level of {0} has no quote")]
    NoQuote(String),
    /// The words are not the rep's.
    #[error("the quote of {0} does not stand in the answer as one stretch")]
    InventedQuote(String),
    /// It is none of the drill's or the company's.
    #[error("{0} is no blocker that was given")]
    UnknownBlocker(String),
    /// It reads well and can't be believed.
    #[error(transparent)]
    Unbelievable(#[from] Disbelief),
}

const NOT_OBSERVED: &str = "not_observed";
const LEVELS: [Level; 4] = [Level::Zero, Level::One, Level::Two, Level::Three];

impl<'a> Case<'a> {
    /// The JSON to ask for. A quote stands before its level, since a model writes in this order: first the evidence, then what
    /// follows from it.
    pub fn output(&self) -> Output {
        let levels = LEVELS.map(|level| u8::from(level).to_string());
        let levels = std::iter::once(NOT_OBSERVED.to_owned()).chain(levels);
        let criteria = self.drill.criteria.iter();
        let judgement = vec![
            (
                "criterion",
                Schema::OneOf(criteria.map(|criterion| criterion.id.clone()).collect()),
            ),
            ("quote", Schema::Text),
            ("level", Schema::OneOf(levels.collect())),
        ];
        let mut fields = vec![("judgements", Schema::list_of(judgement))];
        let blockers: Vec<String> = self.blockers().map(|blocker| blocker.id.clone()).collect();
        // One of nothing is no schema.
        if !blockers.is_empty() {
            let blocker = vec![
                ("quote", Schema::Text),
                ("blocker", Schema::OneOf(blockers)),
            ];
            fields.push(("blockers", Schema::list_of(blocker)));
        }
        Output::Json {
            name: "verdict",
            schema: Schema::Object(fields),
        }
    }

    /// Reads a model's verdict, or says all that is wrong with it. `model` is the provider's id of the model.
    pub fn verdict(&self, reply: &str, model: &str) -> Result<Verdict, Vec<Problem>> {
        let said = parse(reply).map_err(|problem| vec![problem])?;
        let mut problems = Vec::new();
        let judgements = self.judgements(&said.judgements, &mut problems);
        let blockers = self.blockers_found(&said.blockers, &mut problems);
        if !problems.is_empty() {
            return Err(problems);
        }
        let judge = Judge::Model {
            model: model.to_owned(),
        };
        grade(self.drill, self.guidelines, self.answer, judgements, judge)
            .map(|verdict| verdict.with_blockers(blockers))
            .map_err(|fault| vec![Problem::NotTheJson(fault.to_string())])
    }

    fn judgements(&self, said: &[SaidJudgement], problems: &mut Vec<Problem>) -> Vec<Judgement> {
        for judgement in said {
            if !self
                .drill
                .criteria
                .iter()
                .any(|criterion| criterion.id == judgement.criterion)
            {
                problems.push(Problem::UnknownCriterion(short(&judgement.criterion)));
            }
        }
        let mut judgements = Vec::new();
        for criterion in &self.drill.criteria {
            let mut of_it = said.iter().filter(|said| said.criterion == criterion.id);
            match (of_it.next(), of_it.next()) {
                (None, _) => problems.push(Problem::Missing(criterion.id.clone())),
                (Some(_), Some(_)) => problems.push(Problem::Repeated(criterion.id.clone())),
                (Some(only), None) => match self.observed(only) {
                    Ok(observed) => judgements.push(Judgement {
                        criterion: criterion.id.clone(),
                        observed,
                    }),
                    Err(problem) => problems.push(problem),
                },
            }
        }
        judgements
    }

    fn observed(&self, said: &SaidJudgement) -> Result<Option<Observed>, Problem> {
        let id = || said.criterion.clone();
        let Some(level) = said.level().ok_or_else(|| Problem::NoLevel(id()))? else {
            return Ok(None);
        };
        let quote = said.quote.as_deref().unwrap_or_default();
        if words(quote).is_empty() {
            // Done wrong in no words is not done: both earn nothing.
            return match level {
                Level::Zero => Ok(None),
                Level::One | Level::Two | Level::Three => Err(Problem::NoQuote(id())),
            };
        }
        let quote = self
            .quoted(quote)
            .ok_or_else(|| Problem::InventedQuote(id()))?;
        Ok(Some(Observed { quote, level }))
    }

    fn blockers_found(
        &self,
        said: &[SaidBlocker],
        problems: &mut Vec<Problem>,
    ) -> Vec<BlockerFound> {
        let mut found = Vec::new();
        for said in said {
            let known = self.blockers().find(|blocker| blocker.id == said.blocker);
            match (known, self.quoted(&said.quote)) {
                (None, _) => problems.push(Problem::UnknownBlocker(short(&said.blocker))),
                (Some(known), None) => problems.push(Problem::InventedQuote(known.id.clone())),
                (Some(known), Some(quote)) => found.push(BlockerFound {
                    blocker: known.id.clone(),
                    text: known.text.clone(),
                    quote,
                }),
            }
        }
        found
    }

    fn blockers(&self) -> impl Iterator<Item = &'a Blocker> {
        self.guidelines.blockers.iter().chain(&self.drill.blockers)
    }

    /// The stretch of the rep's message that a quote means. Case, punctuation and blanks may differ, as they do where the
    /// built-in judge compares words; the words and their order may not.
    fn quoted(&self, quote: &str) -> Option<String> {
        let quote = words(quote);
        if quote.is_empty() {
            return None;
        }
        let start = words(self.answer)
            .windows(quote.len())
            .position(|stretch| stretch == quote)?;
        let stretch = Spoken::read(self.answer).excerpt(start..start + quote.len());
        (!stretch.is_empty()).then(|| stretch.to_owned())
    }
}

/// Totals, praise and whatever else a model adds are not read.
#[derive(Deserialize)]
struct Said {
    judgements: Vec<SaidJudgement>,
    #[serde(default)]
    blockers: Vec<SaidBlocker>,
}

#[derive(Deserialize)]
struct SaidJudgement {
    criterion: String,
    #[serde(default)]
    quote: Option<String>,
    /// A text of [`Case::output`]; a number from servers that don't hold to a schema.
    level: Value,
}

#[derive(Deserialize)]
struct SaidBlocker {
    quote: String,
    blocker: String,
}

impl SaidJudgement {
    /// `Some(None)` is "not observed", `None` no level at all.
    fn level(&self) -> Option<Option<Level>> {
        let text = match &self.level {
            Value::String(text) => text.trim().to_owned(),
            other => other.to_string(),
        };
        if text == NOT_OBSERVED {
            return Some(None);
        }
        let level: u8 = text.parse().ok()?;
        Level::try_from(level).ok().map(Some)
    }
}

fn parse(reply: &str) -> Result<Said, Problem> {
    captain_json::from_str(unfenced(reply))
        .map_err(|fault| Problem::NotTheJson(short(&fault.to_string())))
}

/// What a model wrote may be of any length.
fn short(text: &str) -> String {
    text.chars().take(80).collect()
}
