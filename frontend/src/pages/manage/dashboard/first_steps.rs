//! What somebody who has just founded a company does first. It goes when the first rep is in one of their teams.

use crate::api::{Api, Failure};
use crate::components::{Glyph, icon, link, skeleton};
use crate::data::use_resource;
use crate::routes::{ManagePage, Route};
use contract::groups::GroupQuery;
use contract::teams::TeamQuery;
use contract::users::UserQuery;
use domain::role::Role;
use yew::prelude::*;

/// What is there already.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Begun {
    team: bool,
    reps: bool,
    group: bool,
}

async fn ask(api: Api) -> Result<Begun, Failure> {
    let limit = Some(1);
    let team = TeamQuery {
        limit,
        ..TeamQuery::default()
    };
    let reps = UserQuery {
        limit,
        role: Some(Role::SalesRep),
        ..UserQuery::default()
    };
    let group = GroupQuery {
        limit,
        ..GroupQuery::default()
    };
    let (team, reps, group) =
        futures::future::try_join3(api.teams(&team), api.users(&reps), api.groups(&group)).await?;
    Ok(Begun {
        team: !team.items.is_empty(),
        reps: !reps.items.is_empty(),
        group: !group.items.is_empty(),
    })
}

/// The steps, with those done ticked.
#[component]
pub fn FirstSteps() -> Html {
    let begun = use_resource("first-steps", ask);
    html! {
        <section aria-labelledby="first-steps" class="mx-auto max-w-2xl overflow-hidden rounded-xl border border-line bg-surface">
            <div class="charted bg-deck p-6 text-on-deck sm:p-8">
                <h2 id="first-steps" class="text-2xl">{ tr!("Your team can practise tomorrow") }</h2>
                <p class="mt-2 text-on-deck-soft">{ tr!("Three steps, about ten minutes. The ten days of scenarios are there already.") }</p>
            </div>
            { begun.show(skeleton("m-6 h-64 rounded-md"), steps) }
        </section>
    }
}

fn steps(begun: &Begun) -> Html {
    let steps = [
        (
            begun.team,
            ManagePage::Teams,
            tr!("Make a team"),
            tr!("You lead it; what its reps practise is yours to see."),
        ),
        (
            begun.reps,
            ManagePage::Invites,
            tr!("Invite your reps"),
            tr!("By a link to hand on, by mail, or all at once from a list."),
        ),
        (
            begun.group,
            ManagePage::Groups,
            tr!("Make a group with a fixed time"),
            tr!(
                "Four or five reps who practise at the same slot, such as 11:00 from Monday to Friday. Put your reps into it."
            ),
        ),
    ];
    let next = steps.iter().position(|(done, ..)| !done);
    html! {
        <ol class="divide-y divide-line">
            for (at, (done, page, title, text)) in steps.into_iter().enumerate() {
                <li>
                    { link(Route::Manage(page), classes!("flex", "items-start", "gap-4", "px-6", "py-4", "transition-colors", "hover:bg-sunken"), html! {
                        <>
                            { mark(done, next == Some(at), at + 1) }
                            <span class="min-w-0 flex-1">
                                <span class={classes!("block", "font-semibold", done.then_some("text-ink-soft"))}>
                                    { title }if done { <span class="sr-only">{ tr!(" (done)") }</span> }
                                </span>
                                <span class="block text-sm text-ink-soft">{ text }</span>
                            </span>
                            { icon(Glyph::Chevron, "mt-1 size-5 -rotate-90 text-ink-soft") }
                        </>
                    }) }
                </li>
            }
        </ol>
    }
}

fn mark(done: bool, is_next: bool, number: usize) -> Html {
    let look = if done {
        "bg-good-wash text-good"
    } else if is_next {
        "bg-accent text-on-accent"
    } else {
        "bg-sunken text-ink-soft"
    };
    html! {
        <span class={classes!("numerals", "inline-flex", "size-9", "shrink-0", "items-center", "justify-center", "rounded-full", "font-display", "font-semibold", look)} aria-hidden="true">
            if done { { icon(Glyph::Tick, "size-5") } } else { { number } }
        </span>
    }
}
