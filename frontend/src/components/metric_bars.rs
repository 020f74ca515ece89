//! The five metrics, first answer and final answer.

use domain::scoring::{Metric, Metrics};
use yew::prelude::*;

/// A metric's name on screen.
pub fn metric_name(metric: Metric) -> &'static str {
    match metric {
        Metric::Confidence => tr!("Confidence"),
        Metric::Clarity => tr!("Clarity"),
        Metric::Structure => tr!("Structure"),
        Metric::ObjectionHandling => tr!("Objection handling"),
        Metric::Closing => tr!("Closing"),
    }
}

/// One row for each metric: two bars, and the numbers they stand for.
pub fn metric_bars(first: &Metrics, last: &Metrics) -> Html {
    html! {
        <div>
            <ul class="grid gap-4">
                for metric in Metric::ALL {
                    { row(metric, first.get(metric), last.get(metric)) }
                }
            </ul>
            <p class="mt-4 flex flex-wrap gap-x-5 gap-y-1 text-xs text-ink-soft" aria-hidden="true">
                <span class="inline-flex items-center gap-2">
                    <svg class="h-2 w-6" viewBox="0 0 24 8"><rect width="24" height="8" rx="4" fill="var(--line-strong)" /></svg>
                    { tr!("First answer") }
                </span>
                <span class="inline-flex items-center gap-2">
                    <svg class="h-2 w-6" viewBox="0 0 24 8"><rect width="24" height="8" rx="4" fill="var(--brand)" /></svg>
                    { tr!("Final answer") }
                </span>
            </p>
        </div>
    }
}

fn row(metric: Metric, first: Option<u8>, last: Option<u8>) -> Html {
    let number = |value: Option<u8>| value.map_or("–".to_owned(), |value| value.to_string());
    html! {
        <li class="grid gap-1.5">
            <div class="flex items-baseline justify-between gap-3">
                <span class="font-medium">{ metric_name(metric) }</span>
                <span class="numerals text-sm text-ink-soft">
                    if first.is_none() && last.is_none() {
                        { tr!("not part of this day") }
                    } else {
                        <span class="sr-only">{ tr!(": first ") }</span>
                        { number(first) }
                        <span aria-hidden="true">{ " → " }</span>
                        <span class="sr-only">{ tr!(", final ") }</span>
                        <strong class="text-base font-semibold text-ink">{ number(last) }</strong>
                    }
                </span>
            </div>
            <svg class="h-4 w-full" viewBox="0 0 100 16" preserveAspectRatio="none" aria-hidden="true">
                <rect y="0" width="100" height="5" rx="1" fill="var(--sunken)" />
                <rect y="8" width="100" height="8" rx="1" fill="var(--sunken)" />
                <rect y="0" width={number_or_zero(first)} height="5" rx="1" fill="var(--line-strong)" />
                <rect y="8" width={number_or_zero(last)} height="8" rx="1" fill="var(--brand)" />
            </svg>
        </li>
    }
}

fn number_or_zero(value: Option<u8>) -> String {
    value.unwrap_or(0).to_string()
}
