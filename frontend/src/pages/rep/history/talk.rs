//! What was said, drill by drill, as one reads a play: who, and what; with the score of each answer and where it came from.

use crate::browser::clock;
use crate::components::{Glyph, evidence, grade_colours, icon, rich_text};
use contract::chat::{ChatState, Message};
use contract::session::DrillCard;
use domain::session::{MessageKind, MessageStatus, Speaker};
use yew::prelude::*;

/// The talk of a session.
pub fn talk(said: &ChatState, drills: &[DrillCard], is_own: bool) -> Html {
    let drills_said = said
        .items
        .chunk_by(|one, next| one.drill_index == next.drill_index);
    html! {
        <>
            for messages in drills_said {
                { drill(messages, drills, is_own) }
            }
        </>
    }
}

fn drill(messages: &[Message], drills: &[DrillCard], is_own: bool) -> Html {
    let index = messages.first().map_or(0, |message| message.drill_index);
    let card = drills.get(index);
    let id = format!("talk-{index}");
    let customer = card.map_or(tr!("Customer"), |card| card.customer_name.as_str());
    html! {
        <section aria-labelledby={id.clone()} class="mt-8">
            <h2 {id} class="text-xl">{ format!("{}. {}", index + 1, card.map_or("", |card| card.title.as_str())) }</h2>
            if let Some(card) = card {
                <p class="text-sm text-ink-soft">{ &card.customer_name }{ ", " }{ &card.customer_business }</p>
            }
            <ol class="mt-3 grid gap-3">
                for message in messages {
                    { line(message, customer, is_own) }
                }
            </ol>
        </section>
    }
}

fn line(message: &Message, customer: &str, is_own: bool) -> Html {
    let (who, look) = match message.role {
        Speaker::Customer => (customer, "bg-surface border-line"),
        Speaker::Salesperson if is_own => (tr!("You"), "bg-mine border-transparent"),
        Speaker::Salesperson => (tr!("The rep"), "bg-mine border-transparent"),
        Speaker::Coach => (tr!("Coach"), "bg-accent-wash border-transparent"),
    };
    html! {
        <li class={classes!("break-inside-avoid", "rounded-lg", "border", "p-4", look)}>
            <p class="flex flex-wrap items-baseline gap-x-3 text-sm">
                <span class="font-semibold">{ who }</span>
                <span class="text-ink-soft">{ kind(message.kind) }</span>
                <time class="ml-auto text-xs text-ink-soft numerals">{ clock::time_of_day(message.created_at) }</time>
            </p>
            <div class="mt-1.5">{ rich_text(&message.content) }</div>
            { cut(message.status) }
            if let Some(verdict) = &message.verdict {
                <details class="group mt-2">
                    <summary class={classes!("inline-flex", "min-h-11", "items-center", "gap-2", "rounded-full", "px-4", "text-sm", "font-semibold", "numerals", grade_colours(verdict.score))}>
                        { tr!("Score {}", verdict.score) }
                        <span class="font-medium print:hidden">{ tr!("· why?") }</span>
                        { icon(Glyph::Chevron, "size-4 transition group-open:rotate-180 print:hidden") }
                    </summary>
                    <div class="mt-2 rounded-md bg-raised p-4">{ evidence(verdict) }</div>
                </details>
            }
        </li>
    }
}

fn kind(kind: MessageKind) -> &'static str {
    match kind {
        MessageKind::Objection => "writes",
        MessageKind::Answer => tr!("first answer"),
        MessageKind::Correction => "correction",
        MessageKind::Repeat => tr!("said again"),
        MessageKind::Reaction => "answers",
        MessageKind::Note => tr!("what it changed"),
    }
}

/// Says that a message is not whole.
fn cut(status: MessageStatus) -> Html {
    let word = match status {
        MessageStatus::Stopped => tr!("Stopped here."),
        MessageStatus::Interrupted => tr!("The line broke here."),
        _ => return Html::default(),
    };
    html! { <p class="mt-1 text-sm font-medium text-ink-soft">{ word }</p> }
}
