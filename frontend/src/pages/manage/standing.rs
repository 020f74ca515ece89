//! How a session stands: a sign and a word, the same on all pages of managers.

use crate::components::{Glyph, Tone, badge, icon};
use crate::state::board::Standing;
use contract::session::Session;
use yew::prelude::*;

/// How a session stands at this moment (Unix ms).
pub fn standing(session: &Session, now: u64) -> Standing {
    let window = (session.opens_at, session.slot_at);
    Standing::at(session.status, session.late, window, now)
}

/// In a word on a colour.
pub fn standing_badge(standing: Standing) -> Html {
    let tone = match standing {
        Standing::Practised => Tone::Good,
        Standing::PractisedLate | Standing::Waiting => Tone::Accent,
        Standing::Running | Standing::Open => Tone::Brand,
        Standing::Coming => Tone::Plain,
        Standing::Missed => Tone::Bad,
    };
    badge(tone, standing.words())
}

/// In a sign, with the word for screen readers.
pub fn standing_sign(standing: Standing) -> Html {
    let sign = match standing {
        Standing::Practised => icon(Glyph::Tick, "size-4 text-good"),
        Standing::PractisedLate => icon(Glyph::Clock, "size-4 text-accent-strong"),
        Standing::Waiting => icon(Glyph::Alert, "size-4 text-accent-strong"),
        Standing::Running => icon(Glyph::Play, "size-4 text-brand"),
        Standing::Missed => icon(Glyph::Cross, "size-4 text-bad"),
        Standing::Open => ring("stroke-brand"),
        Standing::Coming => ring("stroke-line-strong"),
    };
    html! {
        <span class="inline-flex size-4 shrink-0 items-center justify-center" title={standing.words()}>
            { sign }<span class="sr-only">{ standing.words() }</span>
        </span>
    }
}

fn ring(stroke: &'static str) -> Html {
    html! {
        <svg class="size-3" viewBox="0 0 12 12" fill="none" aria-hidden="true">
            <circle class={stroke} cx="6" cy="6" r="4.75" stroke-width="1.5" />
        </svg>
    }
}
