//! A scenario's text for reading: where nobody may edit it, and of earlier versions.

use crate::components::{avatar, metric_name, rich_text};
use crate::state::programme::skill_name;
use contract::scenario::{DrillText, ScenarioText};
use domain::scenario::Criterion;
use yew::prelude::*;

/// The whole text; its theme stands above it unless the page has it as its name.
pub fn reading(text: &ScenarioText, names_it: bool) -> Html {
    html! {
        <div class="grid min-w-0 gap-8">
            <section>
                <p class="text-sm text-ink-soft">{ tr!("Day {day} · {skill}", day = text.day, skill = skill_name(text.category)) }</p>
                if names_it { <p class="mt-1 font-display text-xl font-semibold wrap-anywhere">{ &text.theme }</p> }
                <p class="mt-1 max-w-prose wrap-anywhere">{ &text.description }</p>
            </section>
            for (at, drill) in text.drills.iter().enumerate() {
                { one(at, drill) }
            }
            <section class="border-t border-line pt-6">
                <h2 class="text-lg">{ tr!("Said aloud") }</h2>
                <p class="mt-1 max-w-prose wrap-anywhere">{ &text.voice_drill.text }</p>
                <p class="mt-1 max-w-prose text-sm text-ink-soft wrap-anywhere">{ &text.voice_drill.instructions }</p>
            </section>
        </div>
    }
}

fn one(at: usize, drill: &DrillText) -> Html {
    html! {
        <section key={drill.id.clone()} class="grid gap-5 border-t border-line pt-6">
            <header class="flex items-start gap-3">
                { avatar(&drill.customer.name, "size-11") }
                <div class="min-w-0">
                    <h2 class="text-lg wrap-anywhere">{ format!("{}. {}", at + 1, drill.customer.name) }</h2>
                    <p class="text-sm text-ink-soft wrap-anywhere">{ format!("{} · {}", drill.title, drill.customer.business) }</p>
                </div>
            </header>
            <p class="max-w-prose justify-self-start rounded-lg rounded-tl-sm bg-theirs px-3.5 py-2 shadow-low">{ rich_text(&drill.customer_message) }</p>
            { part(tr!("The customer"), html! { <><p>{ &drill.customer.stance }</p>{ list(&drill.customer.facts) }</> }) }
            { part(tr!("What is judged"), html! { <ol class="grid gap-2">{ drill.criteria.iter().map(criterion).collect::<Html>() }</ol> }) }
            if !drill.blockers.is_empty() {
                { part(tr!("What fails an answer"), html! {
                    <ul class="grid gap-2">
                        for blocker in drill.blockers.iter() {
                            <li key={blocker.id.clone()}><p>{ &blocker.text }</p><p class="text-sm text-ink-soft">{ blocker.signals.join(", ") }</p></li>
                        }
                    </ul>
                }) }
            }
            { part(tr!("How the customer reacts"), html! {
                <dl class="grid gap-2">
                    for (name, lines) in [(tr!("Not moved"), &drill.reactions.open), (tr!("Listening"), &drill.reactions.softened), (tr!("Ready for the next step"), &drill.reactions.resolved)] {
                        <div><dt class="text-sm text-ink-soft">{ name }</dt><dd>{ list(lines) }</dd></div>
                    }
                </dl>
            }) }
            { part(tr!("The ideal answer"), html! { <p class="max-w-prose rounded-lg rounded-tr-sm bg-mine px-3.5 py-2">{ rich_text(&drill.ideal_response) }</p> }) }
            { part(tr!("Notes on this objection"), list(&drill.coaching_notes)) }
            { part(tr!("How to sound in this drill"), list(&drill.tone_guidelines)) }
            { part(tr!("What reps usually get wrong"), list(&drill.common_mistakes)) }
        </section>
    }
}

fn part(title: &'static str, children: Html) -> Html {
    html! { <div class="min-w-0 wrap-anywhere"><h3 class="mb-1 font-display font-semibold">{ title }</h3>{ children }</div> }
}

fn list(lines: &[String]) -> Html {
    html! {
        <ul class="grid max-w-prose list-disc gap-1 pl-5 marker:text-ink-soft">
            for line in lines.iter() { <li>{ line }</li> }
        </ul>
    }
}

fn criterion(criterion: &Criterion) -> Html {
    html! {
        <li key={criterion.id.clone()}>
            <details class="group rounded-md border border-line bg-surface">
                <summary class="flex min-h-11 items-center justify-between gap-3 px-3 py-2">
                    <span class="min-w-0 font-medium">{ &criterion.text }</span>
                    <span class="shrink-0 text-sm text-ink-soft">{ tr!("{metric} · weight {weight}", metric = metric_name(criterion.metric), weight = criterion.weight) }</span>
                </summary>
                <div class="grid gap-3 border-t border-line p-3 text-sm">
                    <ol class="grid gap-1">
                        for (level, text) in criterion.levels.iter().enumerate() {
                            <li class="flex gap-2"><span class="numerals font-semibold text-ink-soft">{ level }</span><span>{ text }</span></li>
                        }
                    </ol>
                    for group in criterion.signals.iter() {
                        <p class="text-ink-soft">{ group.join(", ") }</p>
                    }
                    <p>{ &criterion.advice }</p>
                    <p class="italic">{ format!("“{}”", criterion.example) }</p>
                </div>
            </details>
        </li>
    }
}
