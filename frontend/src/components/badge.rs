//! A word on a colour, such as a state. The word says it all: the colour only helps to find it.

use yew::prelude::*;

/// What a colour means.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Tone {
    /// Nothing in particular.
    #[default]
    Plain,
    /// Under way.
    Brand,
    /// To be looked at.
    Accent,
    /// As it should be.
    Good,
    /// Not as it should be.
    Bad,
}

impl Tone {
    /// Its colours.
    pub fn colours(self) -> &'static str {
        match self {
            Tone::Plain => "bg-sunken text-ink-soft",
            Tone::Brand => "bg-brand-wash text-brand-strong",
            Tone::Accent => "bg-accent-wash text-accent-strong",
            Tone::Good => "bg-good-wash text-good",
            Tone::Bad => "bg-bad-wash text-bad",
        }
    }
}

/// A word on a colour.
pub fn badge(tone: Tone, word: impl Into<AttrValue>) -> Html {
    let word: AttrValue = word.into();
    html! {
        <span class={classes!("inline-flex", "items-center", "rounded-full", "px-2.5", "py-0.5", "text-xs", "font-semibold", "whitespace-nowrap", tone.colours())}>{ word }</span>
    }
}
