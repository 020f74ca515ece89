//! The icons: a few strokes each, drawn in the text's colour.

use yew::prelude::*;

/// What an icon shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Glyph {
    /// Go back.
    Back,
    /// Sending.
    Clock,
    /// One tick.
    Tick,
    /// Two ticks.
    Ticks,
    /// Something is wrong.
    Alert,
    /// Send.
    Send,
    /// Stop.
    Stop,
    /// To the end of the chat.
    Down,
    /// Opens and closes something below.
    Chevron,
    /// Days in a row.
    Flame,
    /// No line to the server.
    Offline,
    /// Done again.
    Again,
    /// A letter.
    Mail,
    /// Leave.
    Leave,
    /// Say it aloud.
    Voice,
    /// The needle of the captain's compass.
    Compass,
}

/// A decoration beside words that say the same: screen readers pass over it. `class` gives its size, and its colour where
/// that is not the text's.
pub fn icon(glyph: Glyph, class: &'static str) -> Html {
    html! {
        <svg class={classes!("shrink-0", class)} viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2"
            stroke-linecap="round" stroke-linejoin="round" aria-hidden="true" focusable="false">
            { strokes(glyph) }
        </svg>
    }
}

fn strokes(glyph: Glyph) -> Html {
    match glyph {
        Glyph::Back => html! { <path d="M15 5l-7 7 7 7" /> },
        Glyph::Clock => {
            html! { <><circle cx="12" cy="12" r="8.5" /><path d="M12 7.5V12l3 2" /></> }
        }
        Glyph::Tick => html! { <path d="M5 12.5l4.5 4.5L19 7.5" /> },
        Glyph::Ticks => {
            html! { <><path d="M2 12.5l4.5 4.5L16 7.5" /><path d="M11.5 16l1 1L22 7.5" /></> }
        }
        Glyph::Alert => {
            html! { <><circle cx="12" cy="12" r="8.5" /><path d="M12 8v4.5M12 16h.01" /></> }
        }
        Glyph::Send => html! { <path d="M4.5 12L20 4.5 15 20l-3.5-6.5zM11.5 13.5L20 4.5" /> },
        Glyph::Stop => {
            html! { <rect x="7" y="7" width="10" height="10" rx="2" fill="currentColor" /> }
        }
        Glyph::Down => html! { <path d="M12 5v14M6 13l6 6 6-6" /> },
        Glyph::Chevron => html! { <path d="M6 9.5l6 6 6-6" /> },
        Glyph::Flame => html! {
            <path d="M12 3c.5 3.5 5.5 5.5 5.5 11a5.5 5.5 0 01-11 0c0-2 1-3.500 2-4.500.3 1.500 1 2.300 2 2.500C10 9 10.500 5.500 12 3z" />
        },
        Glyph::Offline => {
            html! { <><path d="M4 4l16 16" /><path d="M8.500 12.500a5 5 0 016 .2M5 9a10 10 0 013-1.900M12 6c2.700 0 5.100 1.100 7 3M12 18h.01" /></> }
        }
        Glyph::Again => {
            html! { <><path d="M19 12a7 7 0 11-2.200-5.100" /><path d="M19.500 4v4h-4" /></> }
        }
        Glyph::Mail => {
            html! { <><rect x="3.500" y="5.500" width="17" height="13" rx="2.500" /><path d="M4 8l8 5.500L20 8" /></> }
        }
        Glyph::Leave => {
            html! { <><path d="M10 5H6.500A1.500 1.500 0 005 6.500v11A1.500 1.500 0 006.500 19H10" /><path d="M15 8l4 4-4 4M19 12h-9" /></> }
        }
        Glyph::Voice => {
            html! { <><rect x="9" y="3.500" width="6" height="11" rx="3" /><path d="M5.500 11.500a6.500 6.500 0 0013 0M12 18v2.500" /></> }
        }
        Glyph::Compass => html! {
            <>
                <circle cx="12" cy="12" r="9" />
                <path d="M12 5.500l2 5.200L12 18.500l-2-7.800z" fill="currentColor" stroke="none" />
            </>
        },
    }
}
