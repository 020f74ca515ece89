//! What saying it again is worth, rep by rep: first answers against final ones.

use crate::components::link;
use crate::routes::{ManagePage, Route};
use crate::state::board::by_gain;
use contract::analytics::RepLine;
use yew::prelude::*;

/// How many reps the first page shows: those who gain most.
const SHOWN: usize = 8;

/// A line from the first to the final mean for each rep, with the numbers beside it.
pub fn gain(reps: &[RepLine]) -> Html {
    let known = by_gain(reps);
    html! {
        <section aria-labelledby="gain" class="rounded-lg border border-line bg-surface p-5">
            <h2 id="gain" class="text-lg">{ tr!("First against final answers") }</h2>
            if known.is_empty() {
                <p class="mt-2 text-ink-soft">{ tr!("After the first sessions you see here what saying it again is worth.") }</p>
            } else {
                <p class="mt-1 text-sm text-ink-soft">{ tr!("Mean scores of all sessions, the greatest gain first") }</p>
                <ul class="mt-3 grid gap-3">
                    for (rep, first, last) in known.into_iter().take(SHOWN) {
                        { row(rep, first, last) }
                    }
                </ul>
            }
        </section>
    }
}

fn row(rep: &RepLine, first: f64, last: f64) -> Html {
    let to = Route::Manage(ManagePage::Person {
        id: rep.person.user_id,
    });
    let (from, until) = (first.min(last), first.max(last));
    html! {
        <li>
            <div class="flex items-baseline justify-between gap-3">
                { link(to, "truncate font-medium hover:text-brand hover:underline", html! { &rep.person.name }) }
                <span class="numerals shrink-0 text-sm text-ink-soft">
                    <span class="sr-only">{ tr!("first ") }</span>{ format!("{first:.0}") }
                    <span aria-hidden="true">{ " → " }</span><span class="sr-only">{ tr!(", final ") }</span>
                    <strong class="text-base font-semibold text-ink">{ format!("{last:.0}") }</strong>
                </span>
            </div>
            <svg class="mt-1 h-3 w-full overflow-visible" aria-hidden="true">
                <line x1="0" x2="100%" y1="6" y2="6" stroke="var(--sunken)" stroke-width="4" stroke-linecap="round" />
                <line x1={percent(from)} x2={percent(until)} y1="6" y2="6" stroke="var(--accent)" stroke-width="4" opacity=".55" />
                <circle cx={percent(first)} cy="6" r="4" fill="var(--surface)" stroke="var(--line-strong)" stroke-width="2" />
                <circle cx={percent(last)} cy="6" r="5" fill="var(--brand)" />
            </svg>
        </li>
    }
}

fn percent(score: f64) -> String {
    format!("{:.1}%", score.clamp(0.0, 100.0))
}
