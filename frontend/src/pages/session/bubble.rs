//! One message on the screen.

use crate::api::Failure;
use crate::browser::clock;
use crate::components::{Glyph, evidence, grade_colours, icon, rich_text};
use crate::state::marked_text::around;
use crate::state::person::short_name;
use contract::chat::Message;
use domain::session::{Absence, MessageKind, MessageStatus, Speaker, VoicedBy};
use std::rc::Rc;
use yew::prelude::*;

/// Properties of [`Bubble`].
#[derive(Properties, PartialEq, Clone)]
pub struct BubbleProps {
    /// The message.
    pub message: Rc<Message>,
    /// Who says it.
    pub name: AttrValue,
}

/// The customer's and the rep's words are bubbles; the coach's are a card of their own.
#[component]
pub fn Bubble(props: &BubbleProps) -> Html {
    let shows_evidence = use_state(|| false);
    let message = &props.message;
    match message.role {
        Speaker::Customer => theirs(message, &props.name),
        Speaker::Salesperson => mine(message, &shows_evidence),
        Speaker::Coach => coach(message),
    }
}

const BUBBLE: &str = "max-w-[86%] sm:max-w-[75%] rounded-lg px-3.5 py-2 shadow-low animate-arrive";

fn theirs(message: &Message, name: &str) -> Html {
    html! {
        <li class={classes!(BUBBLE, "self-start", "rounded-tl-sm", "bg-theirs")}>
            <span class="sr-only">{ name }{ ": " }</span>
            { words_or_dots(message, name) }
            { foot(message, Html::default()) }
        </li>
    }
}

fn words_or_dots(message: &Message, name: &str) -> Html {
    if message.content.is_empty() && message.status == MessageStatus::Streaming {
        return typing(&short_name(name));
    }
    html! {
        <>
            { rich_text(&message.content) }
            { cut(message) }
            { instead_of_a_model(message) }
        </>
    }
}

/// A turn runs, and nobody writes yet: a model reads and judges first.
pub fn thinking() -> Html {
    html! {
        <li key="thinking" class={classes!(BUBBLE, "self-start", "rounded-tl-sm", "bg-surface")}>
            { waiting(tr!("The coach is thinking…")) }
        </li>
    }
}

/// Says who speaks, where it is not who was meant to.
fn instead_of_a_model(message: &Message) -> Html {
    let words = match &message.voiced_by {
        Some(VoicedBy::StandIn { why }) => match why {
            Absence::Away => tr!("The coach's model is away; the built-in coach answers."),
            Absence::Spent => {
                tr!("This month's share of the model is used up; the built-in coach answers.")
            }
            Absence::Declined => {
                tr!("The coach's model passed on this; the built-in coach answers.")
            }
        },
        // A model's message begins with words: without any, they were taken back.
        Some(VoicedBy::Model { .. })
            if message.content.is_empty() && message.status == MessageStatus::Interrupted =>
        {
            tr!("The model took back what it had said. Ask again: the built-in coach answers.")
        }
        _ => return Html::default(),
    };
    html! { <p class="mt-1 text-xs text-ink-soft">{ words }</p> }
}

fn typing(name: &str) -> Html {
    waiting(&tr!("{name} is typing…", name = name))
}

fn waiting(words: &str) -> Html {
    html! {
        <span class="inline-flex items-center gap-2 py-1 text-sm text-ink-soft">
            { words }
            <span class="flex gap-1" aria-hidden="true">
                <span class="size-1.5 animate-dot rounded-full bg-current" />
                <span class="size-1.5 animate-dot rounded-full bg-current [animation-delay:0.15s]" />
                <span class="size-1.5 animate-dot rounded-full bg-current [animation-delay:0.3s]" />
            </span>
        </span>
    }
}

/// Says that a message is not whole.
fn cut(message: &Message) -> Html {
    let word = match message.status {
        MessageStatus::Stopped => "stopped",
        MessageStatus::Interrupted => "interrupted",
        _ => return Html::default(),
    };
    html! { <span class="ml-1 rounded-sm bg-sunken px-1.5 text-xs text-ink-soft">{ word }</span> }
}

fn foot(message: &Message, ticks: Html) -> Html {
    html! {
        <span class="mt-0.5 flex items-center justify-end gap-1 text-xs text-ink-soft numerals">
            <time>{ clock::time_of_day(message.created_at) }</time>
            { ticks }
        </span>
    }
}

/// The rep's answer; once judged, its score opens the evidence.
fn mine(message: &Message, shows_evidence: &UseStateHandle<bool>) -> Html {
    let is_open = **shows_evidence;
    let panel = format!("evidence-{}", message.id);
    let toggle = {
        let shows_evidence = shows_evidence.clone();
        Callback::from(move |_: MouseEvent| shows_evidence.set(!is_open))
    };
    let chevron = if is_open {
        "size-4 transition rotate-180"
    } else {
        "size-4 transition"
    };
    html! {
        <li class="flex animate-arrive flex-col items-end gap-1.5">
            <div class="max-w-[86%] rounded-lg rounded-tr-sm bg-mine px-3.5 py-2 shadow-low sm:max-w-[75%]">
                <span class="sr-only">{ tr!("You: ") }</span>
                { rich_text(&message.content) }
                { foot(message, ticks(message.status)) }
            </div>
            if let Some(verdict) = &message.verdict {
                <button type="button" onclick={toggle} aria-expanded={if is_open { "true" } else { "false" }} aria-controls={panel.clone()}
                    class={classes!("inline-flex", "min-h-11", "items-center", "gap-2", "rounded-full", "px-4", "text-sm", "font-semibold",
                        "shadow-low", "numerals", grade_colours(verdict.score))}>
                    { tr!("Score {}", verdict.score) }
                    <span class="font-medium">{ tr!("· why?") }</span>
                    { icon(Glyph::Chevron, chevron) }
                </button>
                if is_open {
                    <div id={panel} class="w-full animate-arrive rounded-lg border border-line bg-surface p-4 shadow-low">
                        { evidence(verdict) }
                    </div>
                }
            }
        </li>
    }
}

/// The ticks tell what the server knows, nothing else.
fn ticks(status: MessageStatus) -> Html {
    let (glyph, class, word) = match status {
        MessageStatus::Delivered => (Glyph::Ticks, "size-4 text-ink-soft", "delivered"),
        MessageStatus::Read => (Glyph::Ticks, "size-4 text-read", "read"),
        _ => (Glyph::Tick, "size-4 text-ink-soft", "sent"),
    };
    html! {
        <>{ icon(glyph, class) }<span class="sr-only">{ word }</span></>
    }
}

fn coach(message: &Message) -> Html {
    let is_writing = message.status == MessageStatus::Streaming;
    html! {
        <li class="my-2 w-full animate-arrive self-center overflow-hidden rounded-lg border border-line bg-surface shadow-low">
            <div class="flex items-center gap-2 border-b border-line bg-accent-wash px-4 py-2">
                { icon(Glyph::Compass, "size-5 text-accent-strong") }
                <p class="text-sm font-semibold text-accent-strong">{ tr!("Coach") }</p>
                <p class="ml-auto text-xs text-ink-soft numerals">
                    if is_writing {
                        { tr!("Coach is writing…") }
                    } else {
                        { clock::time_of_day(message.created_at) }
                    }
                </p>
            </div>
            <div class="px-4 py-3">{ coach_words(message) }</div>
        </li>
    }
}

/// The label of an improved version that stands in a model's words and is not its own.
const BUILT_IN_VERSION: &str = "*Improved version (by the built-in coach):*";

fn coach_words(message: &Message) -> Html {
    if message.content.is_empty() && message.status == MessageStatus::Streaming {
        return html! {
            <span class="grid gap-2" aria-hidden="true">
                <span class="h-3 w-4/5 animate-breathe rounded-full bg-sunken" />
                <span class="h-3 w-3/5 animate-breathe rounded-full bg-sunken" />
            </span>
        };
    }
    let improved = message
        .improved
        .as_deref()
        .filter(|_| message.kind == MessageKind::Correction);
    let Some(improved) = improved else {
        return html! { <>{ rich_text(&message.content) }{ cut(message) }{ instead_of_a_model(message) }</> };
    };
    let (before, after) = around(&message.content, improved).unwrap_or((&message.content, ""));
    html! {
        <div class="grid gap-3">
            <p>{ rich_text(before) }</p>
            <figure class="rounded-r-md rounded-l-[3px] border-l-4 border-brand bg-brand-wash px-4 py-3">
                <figcaption class="mb-1 text-xs font-semibold text-brand-strong">
                    { if message.content.contains(BUILT_IN_VERSION) { tr!("Improved version, by the built-in coach") } else { tr!("Improved version") } }
                </figcaption>
                <blockquote>{ rich_text(improved) }</blockquote>
            </figure>
            if !after.is_empty() {
                <p>{ rich_text(after) }</p>
            }
            { instead_of_a_model(message) }
        </div>
    }
}

/// An answer that the server has not confirmed, and why it is not sent if that is known. `actions` can send it again or
/// take it back.
pub fn pending(words: &str, failure: Option<&Failure>, actions: Html) -> Html {
    html! {
        <li key="pending" class="flex flex-col items-end gap-1.5">
            <div class={classes!("max-w-[86%]", "sm:max-w-[75%]", "rounded-lg", "rounded-tr-sm", "bg-mine", "px-3.5", "py-2", "shadow-low",
                failure.is_some().then_some("outline outline-2 outline-bad"))}>
                <span class="sr-only">{ tr!("You: ") }</span>
                <span class="whitespace-pre-wrap [overflow-wrap:anywhere]">{ words }</span>
                <span class="mt-0.5 flex items-center justify-end gap-1 text-xs text-ink-soft">
                    if failure.is_some() {
                        { icon(Glyph::Alert, "size-4 text-bad") }{ tr!("not sent") }
                    } else {
                        { icon(Glyph::Clock, "size-4") }<span class="sr-only">{ tr!("sending") }</span>
                    }
                </span>
            </div>
            if let Some(failure) = failure {
                <div class="flex max-w-[86%] flex-col items-end gap-1 text-right sm:max-w-[75%]">
                    <p class="text-sm font-medium text-bad">{ failure.to_string() }</p>
                    <div class="flex gap-2">{ actions }</div>
                </div>
            }
        </li>
    }
}
