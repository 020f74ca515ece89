//! A scenario in the list.

use crate::browser::clock;
use crate::components::{ROW_LINK, Tone, avatar, badge, link};
use crate::routes::{ManagePage, Route};
use crate::state::person::short_name;
use crate::state::programme::{Standing, has_unpublished_changes, skill_name, standing};
use contract::scenario::ScenarioSummary;
use domain::ids::ScenarioId;
use yew::prelude::*;

/// How a scenario stands, as a word.
pub fn standing_badge(standing: Standing) -> Html {
    match standing {
        Standing::Practised => badge(Tone::Good, tr!("Practised")),
        Standing::Behind => badge(Tone::Plain, tr!("In reserve")),
        Standing::Draft => badge(Tone::Accent, tr!("Draft")),
        Standing::Off => badge(Tone::Plain, tr!("Switched off")),
    }
}

/// One scenario: what it is about, who writes in it, and how it stands. `practised` is what its day practises.
pub fn scenario_card(
    scenario: &ScenarioSummary,
    practised: Option<ScenarioId>,
    names_day: bool,
) -> Html {
    let standing = standing(scenario, practised);
    let is_practised = standing == Standing::Practised;
    let look = if is_practised {
        "border-line bg-surface shadow-low"
    } else {
        "border-line"
    };
    let to = Route::Manage(ManagePage::Scenario { id: scenario.id });
    html! {
        <li key={scenario.id.to_string()}
            class={classes!("relative", "min-w-0", "rounded-lg", "border", "p-4", "transition-colors", "has-[a:hover]:border-brand", "sm:px-5", look)}>
            <div class="flex flex-wrap items-center gap-1.5">
                if names_day { { badge(Tone::Brand, tr!("Day {}", scenario.day)) } }
                { standing_badge(standing) }
                if has_unpublished_changes(scenario) { { badge(Tone::Accent, tr!("Unpublished changes")) } }
                <span class="ml-auto text-sm text-ink-soft">
                    { if scenario.company_id.is_some() { tr!("Your own") } else { tr!("Stock library") } }
                </span>
            </div>
            <h3 class="mt-2 text-lg wrap-anywhere">{ link(to, ROW_LINK, html! { { &scenario.theme } }) }</h3>
            <p class="mt-0.5 line-clamp-2 max-w-prose text-sm text-ink-soft wrap-anywhere">{ &scenario.description }</p>
            <div class="mt-3 flex flex-wrap items-center gap-x-4 gap-y-2 text-sm text-ink-soft">
                <span class="flex min-w-0 items-center gap-2">
                    <span class="flex gap-0.5">
                        for drill in scenario.drills.iter() {
                            { avatar(&drill.customer_name, "size-7 text-xs") }
                        }
                    </span>
                    <span class="sr-only">{ tr!("Customers: ") }</span>
                    <span class="min-w-0 wrap-anywhere">{ names(scenario) }</span>
                </span>
                <span>{ skill_name(scenario.category) }</span>
                <span class="sm:ml-auto">{ tr!("Changed {}", clock::short_date(scenario.updated_at)) }</span>
            </div>
        </li>
    }
}

/// "Rakesh, Anita, Dr. Nair": as they are called in the chat.
fn names(scenario: &ScenarioSummary) -> String {
    let names = scenario.drills.iter();
    let names: Vec<String> = names
        .map(|drill| short_name(&drill.customer_name))
        .collect();
    names.join(", ")
}
