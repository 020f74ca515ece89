//! What reps will see of a scenario while it is written.

use crate::components::{Glyph, avatar, icon, rich_text, segments};
use crate::state::draft::Part;
use contract::scenario::{DrillText, ScenarioText};
use domain::scoring::Stance;
use yew::prelude::*;

const BUBBLE: &str = "max-w-[88%] rounded-lg px-3.5 py-2 shadow-low";

/// Properties of [`Preview`].
#[derive(Properties, PartialEq, Clone)]
pub struct PreviewProps {
    /// The text as it is typed.
    pub text: ScenarioText,
    /// What is being written.
    pub part: Part,
}

/// The rep's screen for the part that is being written.
#[component]
pub fn Preview(props: &PreviewProps) -> Html {
    let stance = use_state(|| Stance::Resolved);
    let text = &props.text;
    let choose = {
        let stance = stance.setter();
        Callback::from(move |to| stance.set(to))
    };
    match props.part {
        Part::Day => today(text),
        Part::Voice => aloud(text),
        Part::Drill(at) => match text.drills.get(at) {
            Some(drill) => html! {
                <div class="grid gap-3">
                    { chat(drill, at, text.drills.len(), *stance) }
                    <div class="justify-self-center">
                        { segments("preview-stance", tr!("How the customer reacts"), &[
                            (Stance::Open, tr!("Not moved")),
                            (Stance::Softened, tr!("Listening")),
                            (Stance::Resolved, tr!("Ready")),
                        ], *stance, &choose) }
                    </div>
                </div>
            },
            None => Html::default(),
        },
    }
}

/// What is written, or what will stand there once it is.
fn or_later(text: &str, later: &'static str) -> Html {
    if text.trim().is_empty() {
        html! { <em class="font-normal">{ later }</em> }
    } else {
        html! { { text } }
    }
}

fn today(text: &ScenarioText) -> Html {
    html! {
        <div class="overflow-hidden rounded-xl border border-line bg-surface">
            <div class="charted bg-deck p-5 text-on-deck">
                <p class="text-sm text-on-deck-soft">{ tr!("Day {day} of {days}", day = text.day, days = 10) }</p>
                <p class="mt-1 font-display text-xl font-semibold wrap-anywhere">{ or_later(&text.theme, tr!("The theme of the day")) }</p>
                <p class="mt-2 text-sm text-on-deck-soft wrap-anywhere">{ or_later(&text.description, tr!("What awaits the rep, in one or two sentences.")) }</p>
                <p class="mt-4 rounded-full bg-accent px-4 py-2 text-center font-semibold text-on-accent" aria-hidden="true">{ tr!("Start practice") }</p>
            </div>
            <div class="p-5">
                <p class="mb-3 font-display font-semibold">{ tr!("Who will write to you") }</p>
                <ul class="grid gap-3">
                    for drill in text.drills.iter() {
                        <li key={drill.id.clone()} class="flex items-center gap-3">
                            { avatar(&drill.customer.name, "size-10 text-sm") }
                            <span class="min-w-0">
                                <span class="block font-semibold wrap-anywhere">{ or_later(&drill.customer.name, tr!("A customer")) }</span>
                                <span class="block text-sm text-ink-soft wrap-anywhere">{ or_later(&drill.title, tr!("The title of the drill")) }</span>
                            </span>
                        </li>
                    }
                </ul>
            </div>
        </div>
    }
}

fn chat(drill: &DrillText, at: usize, count: usize, stance: Stance) -> Html {
    let lines = match stance {
        Stance::Open => &drill.reactions.open,
        Stance::Softened => &drill.reactions.softened,
        Stance::Resolved => &drill.reactions.resolved,
    };
    let written: Vec<&String> = lines
        .iter()
        .filter(|line| !line.trim().is_empty())
        .collect();
    html! {
        <div class="overflow-hidden rounded-xl border border-line" role="group" aria-label={tr!("The chat as reps see it")}>
            <div class="flex items-center gap-2.5 bg-deck px-3 py-2.5 text-on-deck">
                { avatar(&drill.customer.name, "size-9 text-sm") }
                <div class="min-w-0 flex-1 leading-tight">
                    <p class="truncate font-semibold">{ or_later(&drill.customer.name, tr!("A customer")) }</p>
                    <p class="truncate text-xs text-on-deck-soft">{ or_later(&drill.customer.business, tr!("Trade and city")) }</p>
                </div>
                <p class="numerals shrink-0 text-xs text-on-deck-soft">{ tr!("{at} of {count}", at = at + 1, count = count) }</p>
            </div>
            <div class="woven grid max-h-[min(32rem,60dvh)] gap-2.5 overflow-y-auto bg-chat p-3 text-sm" tabindex="0" role="region" aria-label={tr!("Messages")}>
                <p class="justify-self-center rounded-full bg-surface px-3 py-1 text-xs text-ink-soft wrap-anywhere">{ or_later(&drill.title, tr!("The title of the drill")) }</p>
                <p class={classes!(BUBBLE, "justify-self-start", "rounded-tl-sm", "bg-theirs")}>
                    if drill.customer_message.trim().is_empty() {
                        <em>{ tr!("The message that opens the drill") }</em>
                    } else {
                        { rich_text(&drill.customer_message) }
                    }
                </p>
                <p class={classes!(BUBBLE, "justify-self-end", "rounded-tr-sm", "bg-mine", "italic", "text-ink-soft")}>{ tr!("The rep answers") }</p>
                <p class="flex items-center gap-2 justify-self-stretch rounded-lg border-l-4 border-accent bg-surface px-3.5 py-2 text-ink-soft">
                    { icon(Glyph::Compass, "size-4 text-accent-strong") }{ tr!("The coach corrects") }
                </p>
                <p class={classes!(BUBBLE, "justify-self-end", "rounded-tr-sm", "bg-mine", "italic", "text-ink-soft")}>{ tr!("The rep says it again") }</p>
                if written.is_empty() {
                    <p class={classes!(BUBBLE, "justify-self-start", "rounded-tl-sm", "bg-theirs")}><em>{ tr!("How the customer reacts") }</em></p>
                }
                for (index, line) in written.iter().enumerate() {
                    if index > 0 { <p class="text-xs text-ink-soft">{ tr!("or, in another session") }</p> }
                    <p class={classes!(BUBBLE, "justify-self-start", "rounded-tl-sm", "bg-theirs")}>{ rich_text(line) }</p>
                }
            </div>
        </div>
    }
}

fn aloud(text: &ScenarioText) -> Html {
    html! {
        <div class="rounded-xl border border-line bg-surface p-5">
            <p class="flex items-center gap-2 font-display text-lg font-semibold">{ icon(Glyph::Voice, "size-5 text-accent-strong") }{ tr!("Now say it aloud") }</p>
            <blockquote class="mt-3 border-l-2 border-accent pl-4 wrap-anywhere">{ or_later(&text.voice_drill.text, tr!("The words to say")) }</blockquote>
            <p class="mt-3 text-sm text-ink-soft wrap-anywhere">{ or_later(&text.voice_drill.instructions, tr!("How to say them")) }</p>
        </div>
    }
}
