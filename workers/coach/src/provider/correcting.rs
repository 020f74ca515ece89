//! A model's correction as it streams: what may be shown now, and the improved version, which is shown once it is whole and was
//! checked.
//!
//! The rep repeats the improved version, so nothing gets in there that the company's own rules call wrong. Where the model's is
//! missing or breaks a rule, the built-in coach's takes its place, under a label that says so.

use super::Finish;
use crate::builtin;
use domain::scenario::Drill;
use domain::tone::ToneGuidelines;

/// The line before the improved version, without what makes it bold.
const LABEL: &str = "improved version";

/// As a model's improved version is shown.
const OWN: &str = "*Improved version:*";

/// As the built-in coach's is shown in the middle of a model's words.
const IN_ITS_PLACE: &str = "*Improved version (by the built-in coach):*";

/// A rule that holds less than this is broken, percent.
const BROKEN_BELOW: u8 = 50;

/// More is no message to a customer, bytes: a model that never stops doesn't keep the rep waiting for it.
const LONGEST_VERSION: usize = 4_000;

/// A correction that streams.
#[derive(Debug, Clone)]
pub struct Correcting<'a> {
    drill: &'a Drill,
    guidelines: &'a ToneGuidelines,
    /// The built-in coach's improved version.
    built_in: &'a str,
    place: Place,
    /// What came and was not shown: the beginning of a line that may be the label, or the improved version so far.
    held: String,
    improved: Option<Improved>,
    shown: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    /// Before the label, at the beginning of a line.
    LineStart,
    /// Before the label, in a line that is not it.
    InLine,
    /// In the improved version.
    Version,
    /// After it.
    After,
}

/// The improved version that the rep was shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Improved {
    /// Its words.
    pub text: String,
    /// Whether they are the model's own.
    pub by_model: bool,
}

impl<'a> Correcting<'a> {
    /// Begins. `built_in` is the improved version that takes the place of one that can't be used.
    pub fn new(drill: &'a Drill, guidelines: &'a ToneGuidelines, built_in: &'a str) -> Self {
        Self {
            drill,
            guidelines,
            built_in,
            place: Place::LineStart,
            held: String::new(),
            improved: None,
            shown: false,
        }
    }

    /// Takes more of the reply, and gives what may be shown of all that came.
    pub fn push(&mut self, text: &str) -> String {
        let mut show = String::new();
        for piece in text.split_inclusive('\n') {
            self.take(piece, &mut show);
        }
        self.shown |= !show.is_empty();
        show
    }

    /// The reply has ended: gives what is still to be shown, and the improved version.
    pub fn end(mut self, finish: Finish) -> (String, Improved) {
        let mut show = String::new();
        match self.place {
            // A label and nothing after it.
            Place::LineStart
                if matches!(label(&format!("{}\n", self.held)), Label::Found { .. }) => {}
            Place::LineStart => show.push_str(&std::mem::take(&mut self.held)),
            // A version that was cut is none.
            Place::Version if finish == Finish::Length => self.held.clear(),
            Place::Version => self.close_version(&mut show),
            Place::InLine | Place::After => {}
        }
        let improved = self.improved.take().unwrap_or_else(|| {
            if self.shown || !show.is_empty() {
                show.push_str("\n\n");
            }
            show.push_str(&said(IN_ITS_PLACE, self.built_in));
            self.in_its_place()
        });
        (show, improved)
    }

    fn take(&mut self, piece: &str, show: &mut String) {
        match self.place {
            Place::LineStart => {
                self.held.push_str(piece);
                match label(&self.held) {
                    Label::Maybe => {}
                    Label::Not => {
                        show.push_str(&std::mem::take(&mut self.held));
                        self.place = after_line(piece);
                    }
                    Label::Found { rest } => {
                        self.held = rest;
                        self.place = Place::Version;
                    }
                }
            }
            Place::InLine => {
                show.push_str(piece);
                self.place = after_line(piece);
            }
            Place::Version => {
                let empty_line = piece.trim().is_empty()
                    && piece.ends_with('\n')
                    && self.held.ends_with('\n')
                    && !self.held.trim().is_empty();
                self.held.push_str(piece);
                if empty_line || self.held.len() > LONGEST_VERSION {
                    self.close_version(show);
                    show.push_str("\n\n");
                }
            }
            Place::After => show.push_str(piece),
        }
    }

    fn close_version(&mut self, show: &mut String) {
        let held = std::mem::take(&mut self.held);
        let version = unquoted(held.trim());
        self.place = Place::After;
        let improved = if self.is_fit(version) {
            show.push_str(&said(OWN, version));
            Improved {
                text: version.to_owned(),
                by_model: true,
            }
        } else {
            show.push_str(&said(IN_ITS_PLACE, self.built_in));
            self.in_its_place()
        };
        self.improved = Some(improved);
    }

    fn in_its_place(&self) -> Improved {
        Improved {
            text: self.built_in.to_owned(),
            by_model: false,
        }
    }

    /// Whether a rep may say it: it says something, and neither fails an answer nor breaks a rule of tone.
    fn is_fit(&self, version: &str) -> bool {
        if version.is_empty() || version.len() > LONGEST_VERSION {
            return false;
        }
        let heard = builtin::verdict(self.drill, self.guidelines, version, false);
        heard.blockers.is_empty() && heard.tone.iter().all(|rule| rule.held >= BROKEN_BELOW)
    }
}

fn said(label: &str, version: &str) -> String {
    format!("{label}\n{version}")
}

fn after_line(piece: &str) -> Place {
    if piece.ends_with('\n') {
        Place::LineStart
    } else {
        Place::InLine
    }
}

enum Label {
    /// More is needed to tell.
    Maybe,
    Not,
    Found {
        /// What stood behind it in its line: some models write on there.
        rest: String,
    },
}

/// Whether a line, as far as it came, is the label: in any case, however bold.
fn label(line: &str) -> Label {
    let is_markup = |c: char| matches!(c, '*' | '_' | '#') || c.is_whitespace();
    let text = line.trim_start_matches(is_markup);
    let is_whole = line.ends_with('\n');
    let begins = text
        .chars()
        .zip(LABEL.chars())
        .all(|(c, of_label)| c.to_ascii_lowercase() == of_label);
    if !begins || (text.is_empty() && is_whole) {
        return Label::Not;
    }
    let Some(rest) = text.get(LABEL.len()..) else {
        return if is_whole { Label::Not } else { Label::Maybe };
    };
    let rest = rest.trim_start_matches(is_markup);
    let behind = match rest.strip_prefix(':') {
        Some(behind) => behind.trim_start_matches(is_markup),
        None if rest.is_empty() => rest,
        None => return Label::Not,
    };
    // `*Improved version:` may go on with its second star.
    if behind.is_empty() && !is_whole {
        return Label::Maybe;
    }
    Label::Found {
        rest: behind.to_owned(),
    }
}

/// Without the quotation marks that some models put around a whole message.
fn unquoted(text: &str) -> &str {
    [('“', '”'), ('"', '"')]
        .iter()
        .find_map(|(open, close)| {
            let inside = text.strip_prefix(*open)?.strip_suffix(*close)?;
            (!inside.contains([*open, *close])).then_some(inside.trim())
        })
        .unwrap_or(text)
}
