//! How far second opinions agree with the coach: whether scores can be believed.

use crate::components::card;
use crate::state::figures::{overrides_say, regrades_say};
use contract::analytics::Agreement;
use yew::prelude::*;

/// Managers against the coach, and a later verdict against the first.
pub fn agreement(agreement: &Agreement) -> Html {
    card(
        "Can the scores be believed?",
        html! {
            <>
                <dl class="grid gap-5 sm:grid-cols-2">
                    { opinion("A manager disagreed", agreement.override_disagreement_rate.filter(|_| agreement.judged_sessions > 0), overrides_say(agreement)) }
                    { opinion("Judged anew, it came out otherwise", agreement.regrade_disagreement_rate, regrades_say(agreement)) }
                </dl>
                <p class="mt-4 max-w-prose border-t border-line pt-3 text-sm text-ink-soft">
                    { "Two scores disagree when they lie 10 points apart, or only one of them passes. Nobody looks at every session, so a manager's share is the least it can be." }
                </p>
            </>
        },
    )
}

fn opinion(name: &'static str, rate: Option<f64>, says: String) -> Html {
    html! {
        <div>
            <dt class="text-sm text-ink-soft">{ name }</dt>
            <dd>
                <span class="numerals font-display text-2xl font-semibold">{ rate.map_or_else(|| "–".to_owned(), |rate| format!("{rate:.0}%")) }</span>
                <span class="block text-sm text-ink-soft">{ says }</span>
            </dd>
        </div>
    }
}
