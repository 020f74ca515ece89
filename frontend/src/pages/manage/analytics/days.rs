//! The days of the programme: on which one reps lose.

use crate::components::card;
use crate::state::figures::{hardest_day, what_days_say};
use contract::analytics::DayProgress;
use yew::prelude::*;

/// A line from the first to the final mean for each day, how often it was missed, and what that says.
pub fn days(days: &[DayProgress]) -> Html {
    let hardest = hardest_day(days).map(|day| day.day);
    card(
        "Day by day of the programme",
        html! {
            <>
                <p class="max-w-prose text-ink-soft">{ what_days_say(days) }</p>
                <ol class="mt-4 grid grid-cols-1 gap-x-10 gap-y-4 lg:grid-cols-2">
                    for day in days { { row(day, hardest == Some(day.day)) } }
                </ol>
                <p class="mt-4 flex flex-wrap gap-x-5 gap-y-1 text-xs text-ink-soft" aria-hidden="true">
                    <span class="inline-flex items-center gap-2">
                        <svg class="size-3" viewBox="0 0 12 12"><circle cx="6" cy="6" r="4" fill="var(--surface)" stroke="var(--line-strong)" stroke-width="2" /></svg>
                        { "First answers" }
                    </span>
                    <span class="inline-flex items-center gap-2">
                        <svg class="size-3" viewBox="0 0 12 12"><circle cx="6" cy="6" r="5" fill="var(--brand)" /></svg>
                        { "Final answers" }
                    </span>
                    <span>{ "from 0 to 100" }</span>
                </p>
            </>
        },
    )
}

fn row(day: &DayProgress, is_hardest: bool) -> Html {
    let missed = match day.missed {
        0 => "none missed".to_owned(),
        missed => format!("{missed} missed"),
    };
    html! {
        <li>
            <div class="flex items-baseline justify-between gap-3">
                <span class={classes!(is_hardest.then_some("font-semibold text-accent-strong"))}>
                    <span class="font-medium">{ format!("Day {}", day.day) }</span>
                    { " " }<span class="ml-1 text-sm font-normal text-ink-soft">{ format!("{} done, {missed}", day.completed) }</span>
                </span>
                if let (Some(first), Some(last)) = (day.avg_first_score, day.avg_score) {
                    <span class="numerals shrink-0 text-sm text-ink-soft">
                        <span class="sr-only">{ "first " }</span>{ format!("{first:.0}") }
                        <span aria-hidden="true">{ " → " }</span><span class="sr-only">{ ", final " }</span>
                        <strong class="text-base font-semibold text-ink">{ format!("{last:.0}") }</strong>
                    </span>
                }
            </div>
            <svg class="mt-1 h-3 w-full overflow-visible" aria-hidden="true">
                <line x1="0" x2="100%" y1="6" y2="6" stroke="var(--sunken)" stroke-width="4" stroke-linecap="round" />
                if let (Some(first), Some(last)) = (day.avg_first_score, day.avg_score) {
                    <line x1={percent(first.min(last))} x2={percent(first.max(last))} y1="6" y2="6" stroke="var(--accent)" stroke-width="4" opacity=".55" />
                    <circle cx={percent(first)} cy="6" r="4" fill="var(--surface)" stroke="var(--line-strong)" stroke-width="2" />
                    <circle cx={percent(last)} cy="6" r="5" fill="var(--brand)" />
                }
            </svg>
        </li>
    }
}

fn percent(score: f64) -> String {
    format!("{:.1}%", score.clamp(0.0, 100.0))
}
