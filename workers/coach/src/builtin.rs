//! The built-in coach: pure and deterministic, the default and the stand-in when a model's verdict can't be used.
//!
//! It listens for the signals of a drill's criteria, in sentences that read as an answer to the customer, and says what it
//! heard with the rep's own words:
//!
//! - [`judge`] and [`verdict`]: a level with a quote per criterion, and the score that follows; [`wary_verdict`]: the same,
//!   where what is suspected counts for nothing;
//! - [`correct`]: the coach's message after the first answer, with an improved version;
//! - [`react`]: what the customer says next;
//! - [`close`]: the short note after the repeat;
//! - [`script`]: all of the above for one turn of a session, and [`session_notes`] for its end;
//! - [`explain`]: answers to a rep's questions about a completed session;
//! - [`draft`]: a scenario to begin with, from a brief;
//! - [`chunks`]: a text word by word, as it is streamed.
//!
//! Inside, `hearing` decides what counts (every defence against a gamed answer is one rule there; `speech` holds the small words,
//! and [`crate::suspicion`] tells what speaks to the scorer), `signals` finds a criterion's words in any spelling, with the `acts`
//! that every drill asks for, `judging` turns it into levels, `improving` builds the improved version from `spoken` sentences, and
//! `wording` holds the pieces that messages share.

mod acts;
mod closing;
mod correcting;
mod drafting;
mod explaining;
mod hearing;
mod improving;
mod judging;
mod scripting;
mod signals;
mod speech;
mod spoken;
mod streaming;
mod summing_up;
mod wording;

pub use closing::close;
pub use correcting::{Correction, correct};
pub use drafting::{Brief, draft};
pub use explaining::explain;
pub use judging::{judge, verdict, wary_verdict};
pub use scripting::{Script, script};
pub(crate) use spoken::Spoken;
pub use streaming::chunks;
pub use summing_up::session_notes;

use domain::scenario::Drill;
use domain::scoring::Stance;
use domain::tone::Answer;

/// Whether a quote is the customer's own message rather than the rep's words.
pub(crate) fn copied_words(drill: &Drill, quote: &str) -> bool {
    let customers = hearing::customers_words(drill);
    let customer = Answer::read(&customers);
    let quote = Answer::read(quote);
    let mut sentences = quote.sentences().iter();
    sentences.all(|sentence| !hearing::copied_from(&customer, sentence).contains(&false))
}

/// What the customer says after the rep's answer. `variant` picks among the lines of the stance, the same number always
/// the same line; any number will do.
pub fn react(drill: &Drill, stance: Stance, variant: u64) -> &str {
    let lines = match stance {
        Stance::Open => &drill.reactions.open,
        Stance::Softened => &drill.reactions.softened,
        Stance::Resolved => &drill.reactions.resolved,
    };
    let count = u64::try_from(lines.len()).unwrap_or(1).max(1);
    usize::try_from(variant % count)
        .ok()
        .and_then(|index| lines.get(index))
        .map_or("", String::as_str)
}
