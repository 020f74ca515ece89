//! The button.

use yew::prelude::*;

/// How much a button asks for attention.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Look {
    /// The one thing to do next, on the deck or where it stands alone.
    Accent,
    /// The main action of its place.
    #[default]
    Primary,
    /// Another way to go.
    Quiet,
    /// Something goes for good.
    Danger,
}

/// Properties of [`Button`].
#[derive(Properties, PartialEq, Clone)]
pub struct ButtonProps {
    /// What it says.
    pub children: Html,
    /// How it looks.
    #[prop_or_default]
    pub look: Look,
    /// What it does; a submit button may do nothing itself.
    #[prop_or_default]
    pub onclick: Callback<()>,
    /// It submits its form.
    #[prop_or_default]
    pub submits: bool,
    /// It is at work: it stays in place, and can't be pressed again.
    #[prop_or_default]
    pub busy: bool,
    /// It can't be pressed.
    #[prop_or_default]
    pub disabled: bool,
    /// The id of the text that says why it can't.
    #[prop_or_default]
    pub described_by: Option<AttrValue>,
    /// Width and place.
    #[prop_or_default]
    pub class: Classes,
}

/// A button of at least 44 px.
#[component]
pub fn Button(props: &ButtonProps) -> Html {
    let look = match props.look {
        Look::Accent => {
            "bg-accent text-on-accent px-6 min-h-13 text-lg shadow-low enabled:hover:brightness-105 disabled:bg-deck-line disabled:text-on-deck-soft disabled:shadow-none"
        }
        Look::Primary => {
            "bg-brand text-on-brand px-4 min-h-11 enabled:hover:bg-brand-strong disabled:bg-sunken disabled:text-ink-soft"
        }
        Look::Danger => {
            "bg-bad text-on-brand px-4 min-h-11 enabled:hover:brightness-110 disabled:bg-sunken disabled:text-ink-soft"
        }
        Look::Quiet => {
            "bg-raised text-ink px-4 min-h-11 border border-line-strong enabled:hover:border-brand enabled:hover:text-brand disabled:text-ink-soft"
        }
    };
    let class = classes!(
        "inline-flex",
        "items-center",
        "justify-center",
        "gap-2",
        "rounded-full",
        "font-semibold",
        "transition",
        "duration-150",
        "enabled:active:scale-[0.98]",
        look,
        props.class.clone()
    );
    let onclick = {
        let pressed = props.onclick.clone();
        Callback::from(move |_: MouseEvent| pressed.emit(()))
    };
    html! {
        <button type={if props.submits { "submit" } else { "button" }} {class} {onclick}
            disabled={props.disabled || props.busy} aria-busy={props.busy.then_some("true")}
            aria-describedby={props.described_by.clone()}>
            if props.busy {
                <svg class="size-5 animate-spin" viewBox="0 0 24 24" fill="none" aria-hidden="true">
                    <circle cx="12" cy="12" r="9" stroke="currentColor" stroke-width="3" opacity=".25" />
                    <path d="M21 12a9 9 0 00-9-9" stroke="currentColor" stroke-width="3" stroke-linecap="round" />
                </svg>
            }
            { props.children.clone() }
        </button>
    }
}
