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

/// How much the coach may say around the improved version.
#[derive(Debug, Clone, Copy)]
struct Room {
    /// Words of a quote.
    quote: usize,
    /// How many changes to ask for.
    changes: usize,
    /// Whether remarks come with their reasons.
    reasons: bool,
}

/// From the fullest message to the shortest; the first that fits is sent.
const ROOMS: [Room; 4] = [
    Room {
        quote: 14,
        changes: 2,
        reasons: true,
    },
    Room {
        quote: 14,
        changes: 1,
        reasons: true,
    },
    Room {
        quote: 8,
        changes: 1,
        reasons: true,
    },
    Room {
        quote: 8,
        changes: 1,
        reasons: false,
    },
];

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
    let mut text = String::new();
    for room in ROOMS {
        text = [
            case.opening(room),
            case.changes(room),
            format!("*Improved version:*\n{improved}"),
            case.invitation(room),
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
    fn opening(&self, room: Room) -> String {
        let name = called(&self.drill.customer);
        let strength = self.strength();
        if let Some(blocker) = self.verdict.blockers.first() {
            return match strength {
                Some((_, observed)) => format!(
                    "*Stop here:* {} {} What you can keep: {}",
                    shortened(&blocker.quote, room.quote),
                    blocker.text,
                    shortened(&observed.quote, room.quote)
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
            let quote = shortened(&observed.quote, room.quote);
            return if room.reasons {
                let done = uncapitalised(criterion.text.trim_end_matches('.'));
                format!("*{label}:* {quote} That {done}.")
            } else {
                format!("*{label}:* {quote}")
            };
        }
        if let Some(Gap::Tone(finding)) = self.gaps.first().filter(|gap| gap.costs_trust())
            && let Some(quote) = &finding.quote
        {
            return format!(
                "*Seedhi baat:* {} makes {name} step back, not forward.",
                shortened(quote, room.quote)
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
                shortened(&trace.quote, room.quote)
            );
        }
        format!("*Seedhi baat:* {}", self.unanswered(&name, room))
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

    /// Why an answer in which nothing was observed says nothing to this customer, and where there is room, what would.
    fn unanswered(&self, name: &str, room: Room) -> String {
        let (why, instead) = match self.heard.unheard {
            Some(Unheard::ToScorer) => (
                format!("this speaks to the scorer, not to {name}."),
                "A customer who reads it closes the chat, so nothing in it counts.".to_owned(),
            ),
            Some(Unheard::CustomersWords) => (
                "these are the customer's own words.".to_owned(),
                format!("{name} knows them; what is missing is your answer to them."),
            ),
            Some(Unheard::Keywords) => (
                "these are keywords, not sentences.".to_owned(),
                format!("{name} can't follow a list; say it as you would across the table."),
            ),
            Some(Unheard::AnotherLanguage) => (
                "I can't follow this language.".to_owned(),
                format!(
                    "{name} reads Hinglish and English, so answer in one of them, in English letters."
                ),
            ),
            None => self.beside_the_point(name, room),
        };
        if room.reasons {
            format!("{why} {instead}")
        } else {
            why
        }
    }

    fn beside_the_point(&self, name: &str, room: Room) -> (String, String) {
        let Some(said) = self.answer.sentences().first() else {
            return (
                "there is nothing to read yet.".to_owned(),
                format!("{name} is waiting for an answer."),
            );
        };
        let quote = shortened(said.text, room.quote);
        if self.answer.word_count() < FEW_WORDS {
            return (
                format!("{quote} leaves {name} where the talk began."),
                "One line of understanding and one reason change that.".to_owned(),
            );
        }
        let asked = shortened(&first_sentence(&self.drill.customer_message), room.quote);
        (
            format!("{quote} doesn't touch what {name} wrote: {asked}"),
            "Answer that first; friendly talk can follow.".to_owned(),
        )
    }

    /// The dearest gaps, each with the reason before the change.
    fn changes(&self, room: Room) -> String {
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
        let left = room.changes.saturating_sub(lines.len());
        lines.extend(self.gaps.iter().take(left).map(|gap| match gap {
            Gap::Criterion(criterion) => missing(criterion, praised, room),
            Gap::Tone(finding) => self.off_tone(finding, room),
        }));
        match lines.as_slice() {
            [] if !room.reasons => "*Change first:* nothing but the pace.".to_owned(),
            [] => "*Change first:* nothing. What is left is the voice: say it once aloud, slowly, with a pause before you suggest.".to_owned(),
            [one] => format!("*Change first:* {one}"),
            [first, then @ ..] => format!("*Change first:* {first}\n*Then:* {}", then.join(" ")),
        }
    }

    fn off_tone(&self, finding: &ToneFinding, room: Room) -> String {
        let why = self
            .guidelines
            .tone_rules
            .iter()
            .find(|rule| rule.id == finding.rule)
            .map_or("", |rule| rule.explanation.as_str());
        let what = match &finding.quote {
            // Words to avoid are named by the note itself.
            Some(quote) if finding.metric != Metric::Confidence => {
                format!("{} {}", shortened(quote, room.quote.min(8)), finding.note)
            }
            _ => finding.note.clone(),
        };
        if room.reasons {
            format!("{} {what}", first_sentence(why)).trim().to_owned()
        } else {
            format!("{}. {what}", finding.text.trim_end_matches('.'))
        }
    }

    fn invitation(&self, room: Room) -> String {
        if !room.reasons {
            return "Ab yahi apne words mein.".to_owned();
        }
        let name = called(&self.drill.customer);
        match self.answer.word_count() % 3 {
            0 => "Ab apne words mein dobara bhejiye: same order, your own phrases.".to_owned(),
            1 => format!("Now once more in your own words, jaise {name} saamne hon."),
            _ => "Take it as a guide, no script: apne words mein phir se likhiye.".to_owned(),
        }
    }
}

/// What a criterion lacks: the rep's words for it when there are some, then why and what.
fn missing(criterion: &CriterionVerdict, praised: Option<&str>, room: Room) -> String {
    let advice = criterion.advice.as_deref().unwrap_or(&criterion.text);
    let advice = if room.reasons {
        advice.to_owned()
    } else {
        Answer::read(advice)
            .sentences()
            .last()
            .map_or_else(|| advice.to_owned(), |sentence| sentence.text.to_owned())
    };
    match &criterion.observed {
        Some(observed) if room.reasons && praised != Some(observed.quote.as_str()) => format!(
            "{} is only half of it. {advice}",
            shortened(&observed.quote, room.quote.min(8))
        ),
        _ => advice,
    }
}
