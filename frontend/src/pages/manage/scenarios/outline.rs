//! The parts of a scenario, what is still to do in each, and the way to each.

use crate::browser::page::show_id;
use crate::components::{Glyph, icon};
use crate::state::draft::{Part, Section, ToDo};
use crate::state::person::short_name;
use contract::scenario::ScenarioText;
use yew::prelude::*;

/// What an outline shows.
pub struct Outline<'a> {
    /// The text as it is typed.
    pub text: &'a ScenarioText,
    /// The part on the screen.
    pub part: Part,
    /// What is to do.
    pub to_do: &'a ToDo,
    /// Shows another part.
    pub go: &'a Callback<Part>,
    /// Adds a customer; `None` when there are enough.
    pub add: Option<Callback<()>>,
}

/// Beside the form, and on a phone above it.
pub fn outline(outline: Outline<'_>) -> Html {
    let parts = std::iter::once(Part::Day)
        .chain((0..outline.text.drills.len()).map(Part::Drill))
        .chain([Part::Voice]);
    let add = outline.add.as_ref().map(|add| {
        html! {
            <li class="shrink-0">
                <button type="button" onclick={add.reform(|_: MouseEvent| ())}
                    class="inline-flex min-h-11 w-full items-center gap-2 rounded-md px-3 text-sm font-semibold whitespace-nowrap text-brand hover:bg-brand-wash">
                    { icon(Glyph::Plus, "size-4") }{ tr!("Add a customer") }
                </button>
            </li>
        }
    });
    html! {
        <nav aria-label={tr!("Parts of the scenario")} class="sticky top-15 z-10 -mx-4 min-w-0 border-b border-line bg-page px-4 py-2 sm:-mx-6 sm:px-6 lg:top-20 lg:mx-0 lg:max-h-[calc(100dvh-6rem)] lg:overflow-y-auto lg:border-0 lg:bg-transparent lg:p-0">
            <ul class="flex gap-1 overflow-x-auto lg:grid lg:overflow-visible">
                for part in parts { { one(&outline, part) } }
                { add }
            </ul>
        </nav>
    }
}

fn one(outline: &Outline<'_>, part: Part) -> Html {
    let is_here = outline.part == part;
    let name = match part {
        Part::Day => tr!("The day").to_owned(),
        Part::Voice => tr!("Said aloud").to_owned(),
        Part::Drill(at) => match outline.text.drills.get(at) {
            Some(drill) if !drill.customer.name.trim().is_empty() => {
                short_name(&drill.customer.name)
            }
            _ => tr!("Customer {}", at + 1),
        },
    };
    let left = outline.to_do.in_part(part);
    let look = if is_here {
        "bg-brand-wash text-brand-strong"
    } else {
        "text-ink-soft hover:bg-sunken hover:text-ink"
    };
    let sections = match part {
        Part::Drill(_) if is_here => html! {
            <ul class="mt-1 mb-2 ml-4 hidden border-l border-line pl-2 lg:grid">
                for section in Section::ALL {
                    <li>
                        <button type="button" onclick={Callback::from(move |_: MouseEvent| show_id(section.id()))}
                            class="flex min-h-9 w-full items-center justify-between gap-2 rounded-md px-2 py-1 text-left text-sm text-ink-soft hover:bg-sunken hover:text-ink">
                            { section.name() }{ mark(outline.to_do.in_section(part, section)) }
                        </button>
                    </li>
                }
            </ul>
        },
        _ => Html::default(),
    };
    let go = outline.go.clone();
    html! {
        <li key={part.value()} class="relative shrink-0">
            <button type="button" aria-current={is_here.then_some("true")} onclick={Callback::from(move |_: MouseEvent| go.emit(part))}
                class={classes!("flex", "min-h-11", "w-full", "items-center", "justify-between", "gap-2", "rounded-md", "px-3", "text-left", "font-medium", "max-lg:whitespace-nowrap", look)}>
                <span class="min-w-0 truncate">{ name }</span>{ mark(left) }
            </button>
            { sections }
        </li>
    }
}

/// So much is to do; a tick when nothing is.
fn mark(left: usize) -> Html {
    if left == 0 {
        return html! { <>{ icon(Glyph::Tick, "size-4 shrink-0 text-good") }<span class="sr-only">{ tr!("complete") }</span></> };
    }
    html! {
        <span class="numerals shrink-0 rounded-full bg-accent-wash px-2 text-xs font-semibold text-accent-strong">
            { left }<span class="sr-only">{ " " }{ tr!("still to do") }</span>
        </span>
    }
}
