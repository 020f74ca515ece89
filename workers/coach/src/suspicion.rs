//! Telling an answer to the customer from a word to whoever scores it.
//!
//! What is suspected is shown to the manager with its quote, and judged by the built-in coach: it reads no instructions, so there
//! is nothing to obey. It is no fault by itself, and a false suspicion costs the rep nothing.
//!
//! - `blatant`: words that no customer could be meant by; the built-in coach hears nothing of an answer that holds them.
//! - `rules`: words that together ask for marks, give orders to a model or describe an answer instead of giving one.
//! - `disguise`: the same words behind other letters, blanks, codes and ciphers.

mod blatant;
mod disguise;
mod rules;

pub(crate) use blatant::speaks_to_scorer;

pub use domain::suspicion::{Attempt, Suspicion};

use domain::tone::Answer;

/// Whether any part of an answer seems to speak to the scorer; the first such part, plain words before hidden ones.
pub fn suspected(answer: &str) -> Option<Suspicion> {
    let answer = Answer::read(answer);
    let parts = || answer.sentences().iter().map(|sentence| sentence.text);
    let plain = || parts().find_map(|part| Some((rules::attempt(part)?, part)));
    let foreign = || {
        let part = parts().find(|part| rules::foreign(part))?;
        Some((Attempt::AsksForMarks, part))
    };
    let forged = || rules::forged_line(answer.text()).map(|line| (Attempt::ForgesText, line));
    let directed = || {
        let part = parts().find(|part| rules::directs(part))?;
        is_plan(&answer).then_some((Attempt::DescribesItself, part))
    };
    let hidden = || {
        let mut parts = parts().chain([answer.text()]);
        let part = parts.find(|part| disguise::hides(part))?;
        Some((Attempt::HidesWords, part))
    };
    let found = plain()
        .or_else(foreign)
        .or_else(forged)
        .or_else(directed)
        .or_else(hidden);
    let (attempt, quote) = found?;
    Some(Suspicion {
        attempt,
        quote: shortened(quote.trim()).to_owned(),
    })
}

/// For each sentence of an answer, whether its words speak to the scorer. What is hidden or in another language is left to the
/// built-in coach's own ears: it is no speech to them.
pub(crate) fn suspected_sentences(answer: &Answer<'_>) -> Vec<bool> {
    let plan = is_plan(answer);
    let texts = answer.sentences().iter().map(|sentence| sentence.text);
    texts
        .map(|text| rules::attempt(text).is_some() || (plan && rules::directs(text)))
        .collect()
}

/// Whether an answer is a plan of one: at least two sentences say what to say.
fn is_plan(answer: &Answer<'_>) -> bool {
    let directing = answer
        .sentences()
        .iter()
        .filter(|sentence| rules::directs(sentence.text));
    directing.count() > 1
}

/// Most characters of a quote: enough to recognise it.
const LONGEST_QUOTE: usize = 200;

fn shortened(quote: &str) -> &str {
    let end = quote.char_indices().nth(LONGEST_QUOTE);
    end.and_then(|(end, _)| quote.get(..end)).unwrap_or(quote)
}
