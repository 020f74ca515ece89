//! What differs between two texts, for reading.

use crate::state::changes::{Change, Run};
use yew::prelude::*;

/// Every difference under the part it is in: what went is struck through, what came is marked.
pub fn change_list(changes: &[Change]) -> Html {
    let mut parts: Vec<(&str, Vec<&Change>)> = Vec::new();
    for change in changes {
        match parts.last_mut() {
            Some((part, of_part)) if *part == change.part => of_part.push(change),
            _ => parts.push((&change.part, vec![change])),
        }
    }
    html! {
        <div class="grid gap-5">
            for (part, changes) in parts {
                <section>
                    <h3 class="mb-2 font-display font-semibold wrap-anywhere">
                        if part.is_empty() { { tr!("A customer without a name") } } else { { part } }
                    </h3>
                    <ul class="grid gap-3">
                        for change in changes {
                            <li class="rounded-md border border-line bg-surface p-3 text-sm">
                                <p class="mb-1 text-ink-soft wrap-anywhere">{ &change.place }</p>
                                <p class="whitespace-pre-wrap wrap-anywhere">{ change.runs.iter().map(run).collect::<Html>() }</p>
                            </li>
                        }
                    </ul>
                </section>
            }
        </div>
    }
}

fn run(run: &Run) -> Html {
    match run {
        Run::Same(text) => html! { { text } },
        Run::Gone(text) => {
            html! { <del class="rounded-sm bg-bad-wash text-bad decoration-1">{ text }</del> }
        }
        Run::New(text) => {
            html! { <ins class="rounded-sm bg-good-wash text-good no-underline">{ text }</ins> }
        }
    }
}
