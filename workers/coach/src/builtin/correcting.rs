//! The coach's message after the first answer: what worked, what to change and why, an improved version, say it again.

use super::hearing::{Heard, Unheard, repeats_itself};
use super::improving::improve;
use super::wording::{
    Gap, called, count_words, first_sentence, gaps, shortened, strengths, uncapitalised,
};
use domain::scenario::Drill;
use domain::scoring::{CriterionVerdict, Level, Metric, Observed, Verdict};
use domain::tone::{Answer, ToneFinding, ToneGuidelines};

/// What the coach says about an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Correction {
    /// The whole message to the rep, with the improved version in it: plain text with line breaks, labels in `*bold*` as on
    /// WhatsApp.
    pub text: String,
    /// The improved version alone: the rep's good sentences with the drill's examples where something was missing.
    pub improved: String,
}

/// Most words of a message, as far as the improved version leaves room.
const MOST_WORDS: usize = 140;

/// Corrects an answer that was judged. The same answer always gets the same message.
pub fn correct(
    drill: &Drill,
    guidelines: &ToneGuidelines,
    answer: &str,
    verdict: &Verdict,
) -> Correction {
    let improved = improve(drill, guidelines, answer, verdict);
    let read = Answer::read(answer);
    let case = Case {
        drill,
        guidelines,
        verdict,
        gaps: gaps(verdict),
        heard: Heard::listen(drill, &read),
        answer: &read,
    };
    // From the fullest message to the shortest: how many words of a quote, how many gaps, and whether in full.
    let sizes = [(14, 2, true), (14, 1, true), (8, 1, true), (8, 1, false)];
    let mut text = String::new();
    for (quote, count, in_full) in sizes {
        text = [
            case.opening(quote),
            case.changes(count, quote, in_full),
            format!("*Improved version:*\n{improved}"),
            case.invitation(),
        ]
        .join("\n\n");
        if count_words(&text) <= MOST_WORDS {
            break;
        }
    }
    Correction { text, improved }
}

/// Everything a message is written from.
struct Case<'a> {
    drill: &'a Drill,
    guidelines: &'a ToneGuidelines,
    verdict: &'a Verdict,
    gaps: Vec<Gap<'a>>,
    heard: Heard<'a>,
    answer: &'a Answer<'a>,
}

/// An answer of fewer words than this is too short to be about anything.
const FEW_WORDS: usize = 5;

impl Case<'_> {
    /// Praise with a quote when something was good, otherwise what stands in the way. Never praise for nothing.
    fn opening(&self, quote_words: usize) -> String {
        let name = called(&self.drill.customer);
        let strength = self.strength();
        if let Some(blocker) = self.verdict.blockers.first() {
            return match strength {
                Some((_, observed)) => format!(
                    "*Stop here:* {} {} What you can keep: {}",
                    shortened(&blocker.quote, quote_words),
                    blocker.text,
                    shortened(&observed.quote, quote_words)
                ),
                None => format!(
                    "*Stop here.* {} Take a breath, then answer what {name} asked.",
                    blocker.text
                ),
            };
        }
        if let Some((criterion, observed)) = strength {
            let label = if self.is_steady(&observed.quote) {
                "What worked"
            } else {
                "The point is right"
            };
            return format!(
                "*{label}:* {} That {}.",
                shortened(&observed.quote, quote_words),
                uncapitalised(criterion.text.trim_end_matches('.'))
            );
        }
        if let Some(Gap::Tone(finding)) = self.gaps.first().filter(|gap| gap.costs_trust())
            && let Some(quote) = &finding.quote
        {
            return format!(
                "*Seedhi baat:* {} makes {name} step back, not forward.",
                shortened(quote, quote_words)
            );
        }
        let trace = self
            .verdict
            .criteria
            .iter()
            .find_map(|criterion| criterion.observed.as_ref());
        if let Some(trace) = trace {
            return format!(
                "*A beginning:* {} It touches the point; the answer that {name} needs is still open.",
                shortened(&trace.quote, quote_words)
            );
        }
        format!("*Seedhi baat:* {}", self.unanswered(&name, quote_words))
    }

    /// What to praise: the best that was said in steady words, or else the best.
    fn strength(&self) -> Option<(&CriterionVerdict, &Observed)> {
        let strengths = strengths(self.verdict);
        strengths
            .iter()
            .find(|(_, observed)| self.is_steady(&observed.quote))
            .or(strengths.first())
            .copied()
    }

    /// Whether words hold no phrase that costs trust.
    fn is_steady(&self, quote: &str) -> bool {
        let quote = Answer::read(quote);
        self.guidelines
            .phrases_to_avoid
            .iter()
            .all(|phrase| quote.find(&phrase.signals).is_none())
    }

    /// Why an answer in which nothing was observed says nothing to this customer.
    fn unanswered(&self, name: &str, quote_words: usize) -> String {
        match self.heard.unheard {
            Some(Unheard::ToScorer) => {
                return format!(
                    "this speaks to the scorer, not to {name}. A customer who reads it closes the chat, so nothing in it counts."
                );
            }
            Some(Unheard::CustomersWords) => {
                return format!(
                    "these are the customer's own words. {name} knows them; what is missing is your answer to them."
                );
            }
            Some(Unheard::Keywords) => {
                return format!(
                    "these are keywords, not sentences. {name} can't follow a list; say it as you would across the table."
                );
            }
            Some(Unheard::AnotherLanguage) => {
                return format!(
                    "I can't follow this language. {name} writes Hinglish in English letters, so answer in simple Hinglish or English."
                );
            }
            None => {}
        }
        let Some(said) = self.answer.sentences().first() else {
            return format!("there is nothing to read yet. {name} is waiting for an answer.");
        };
        let quote = shortened(said.text, quote_words);
        if self.answer.word_count() < FEW_WORDS {
            format!(
                "{quote} leaves {name} where the talk began. One line of understanding and one reason change that."
            )
        } else {
            let asked = shortened(&first_sentence(&self.drill.customer_message), quote_words);
            format!(
                "{quote} doesn't touch what {name} wrote: {asked} Answer that first; friendly talk can follow."
            )
        }
    }

    /// The dearest gaps, each with the reason before the change.
    fn changes(&self, count: usize, quote_words: usize, in_full: bool) -> String {
        let mut lines: Vec<String> = Vec::new();
        if repeats_itself(self.answer) {
            lines.push(
                "You say the same thing again and again; said once it is heard, repeated it is skipped. Send it once.".to_owned(),
            );
        } else if self.heard.ceiling < Level::Three {
            lines.push(format!(
                "{} words are not read on a phone, so the best of them are lost. Cut to the lines below.",
                self.answer.word_count()
            ));
        }
        let praised = self.strength().map(|(_, observed)| observed.quote.as_str());
        let room = count.saturating_sub(lines.len());
        lines.extend(self.gaps.iter().take(room).map(|gap| match gap {
            Gap::Criterion(criterion) => missing(criterion, praised, quote_words, in_full),
            Gap::Tone(finding) => self.off_tone(finding, quote_words, in_full),
        }));
        match lines.as_slice() {
            [] if !in_full => "*Change first:* nothing but the pace.".to_owned(),
            [] => "*Change first:* nothing. What is left is the voice: say it once aloud, slowly, with a pause before you suggest.".to_owned(),
            [one] => format!("*Change first:* {one}"),
            [first, then @ ..] => format!("*Change first:* {first}\n*Then:* {}", then.join(" ")),
        }
    }

    fn off_tone(&self, finding: &ToneFinding, quote_words: usize, in_full: bool) -> String {
        let why = self
            .guidelines
            .tone_rules
            .iter()
            .find(|rule| rule.id == finding.rule)
            .map_or("", |rule| rule.explanation.as_str());
        let what = match &finding.quote {
            // Words to avoid are named by the note itself.
            Some(quote) if finding.metric != Metric::Confidence => {
                format!("{} {}", shortened(quote, quote_words.min(8)), finding.note)
            }
            _ => finding.note.clone(),
        };
        if in_full {
            format!("{} {what}", first_sentence(why)).trim().to_owned()
        } else {
            what
        }
    }

    fn invitation(&self) -> String {
        let name = called(&self.drill.customer);
        match self.answer.word_count() % 3 {
            0 => "Ab apne words mein dobara bhejiye: same order, your own phrases.".to_owned(),
            1 => format!("Now once more in your own words, jaise {name} saamne hon."),
            _ => "Take it as a guide, no script: apne words mein phir se likhiye.".to_owned(),
        }
    }
}

/// What a criterion lacks: the rep's words for it when there are some, then why and what.
fn missing(
    criterion: &CriterionVerdict,
    praised: Option<&str>,
    quote_words: usize,
    in_full: bool,
) -> String {
    let advice = criterion.advice.as_deref().unwrap_or(&criterion.text);
    let advice = if in_full {
        advice.to_owned()
    } else {
        Answer::read(advice)
            .sentences()
            .last()
            .map_or_else(|| advice.to_owned(), |sentence| sentence.text.to_owned())
    };
    match &criterion.observed {
        Some(observed) if in_full && praised != Some(observed.quote.as_str()) => format!(
            "{} is only half of it. {advice}",
            shortened(&observed.quote, quote_words.min(8))
        ),
        _ => advice,
    }
}
