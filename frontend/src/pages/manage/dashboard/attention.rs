//! Who needs their manager, and why.

use crate::components::{avatar, link, metric_name};
use crate::routes::{ManagePage, Route};
use crate::state::board::reason_words;
use contract::analytics::NeedsAttention;
use yew::prelude::*;

/// Everybody with a reason, the most reasons first.
pub fn attention(people: &[NeedsAttention]) -> Html {
    html! {
        <section aria-labelledby="attention" class="rounded-lg border border-line bg-surface p-5">
            <h2 id="attention" class="text-lg">{ tr!("Needs your attention") }</h2>
            if people.is_empty() {
                <p class="mt-2 text-ink-soft">{ tr!("Nobody just now: all who have begun practise, and nobody's answers fall.") }</p>
            } else {
                <ul class="mt-2 divide-y divide-line">
                    for one in people.iter() {
                        { person(one) }
                    }
                </ul>
            }
        </section>
    }
}

fn person(one: &NeedsAttention) -> Html {
    let to = Route::Manage(ManagePage::Person {
        id: one.person.user_id,
    });
    html! {
        <li class="flex gap-3 py-3">
            { avatar(&one.person.name, "size-10 text-sm") }
            <div class="min-w-0">
                { link(to, "font-semibold hover:text-brand hover:underline", html! { &one.person.name }) }
                <ul class="mt-0.5 grid gap-0.5 text-sm text-ink-soft">
                    for reason in one.reasons.iter() {
                        <li>{ reason_words(reason, metric_name) }</li>
                    }
                </ul>
            </div>
        </li>
    }
}
