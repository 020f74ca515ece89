//! One day of the week: its slots, and in each who practises.

use crate::browser::clock;
use crate::components::{link, link_to};
use crate::pages::manage::standing::{standing, standing_sign};
use crate::routes::{ManagePage, Route};
use crate::state::week::WeekSlot;
use contract::session::ListedSession;
use domain::ids::SessionId;
use yew::prelude::*;

/// A day; `to_session` gives the address at which a session is looked at.
pub(super) fn day(
    day: i64,
    slots: &[WeekSlot<'_>],
    today: i64,
    now: u64,
    to_session: &dyn Fn(SessionId) -> String,
) -> Html {
    let is_today = day == today;
    let (weekday, number) = clock::day_in_short(day);
    let look = if is_today {
        "border-brand bg-brand-wash/60"
    } else {
        "border-line bg-sunken/50"
    };
    // Days without practice take no room on a phone, where the week is a list.
    let narrow = if slots.is_empty() {
        "max-xl:flex max-xl:items-baseline max-xl:gap-3 max-xl:py-2"
    } else {
        ""
    };
    html! {
        <li class={classes!("min-w-0", "rounded-lg", "border", "p-2.5", look, narrow)} aria-current={is_today.then_some("date")}>
            <h2 class="flex items-baseline gap-1.5 px-0.5 font-sans text-sm font-semibold">
                <span class="sr-only">{ clock::day_in_full(day) }</span>
                <span aria-hidden="true" class={if is_today { "text-brand-strong" } else { "text-ink-soft" }}>{ weekday }</span>
                <span aria-hidden="true" class="numerals font-display text-lg">{ number }</span>
                if is_today { <span class="ml-auto text-xs text-brand-strong">{ tr!("Today") }</span> }
            </h2>
            if slots.is_empty() {
                <p class="px-0.5 text-sm text-ink-soft xl:mt-2">{ tr!("No practice") }</p>
            } else {
                <ul class="mt-2 grid grid-cols-1 gap-2 sm:max-xl:grid-cols-2">
                    for one in slots {
                        { slot(one, now, to_session) }
                    }
                </ul>
            }
        </li>
    }
}

fn slot(slot: &WeekSlot<'_>, now: u64, to_session: &dyn Fn(SessionId) -> String) -> Html {
    let is_planned = slot.sessions.is_empty();
    let look = if is_planned {
        "border-dashed border-line-strong/60"
    } else {
        "border-line bg-surface"
    };
    html! {
        <li class={classes!("min-w-0", "rounded-md", "border", "p-2", look)}>
            <p class="flex flex-wrap items-baseline gap-x-2 px-0.5">
                <span class="numerals font-semibold">{ clock::time_of_day(slot.at) }</span>
                if let Some(group) = slot.group {
                    { link(Route::Manage(ManagePage::Group { id: group.id }), "min-w-0 truncate text-sm text-ink-soft hover:text-brand hover:underline", html! { &group.name }) }
                } else {
                    <span class="text-sm text-ink-soft">{ tr!("In no group") }</span>
                }
            </p>
            if let (true, Some(group)) = (is_planned, slot.group) {
                <p class="px-0.5 text-sm text-ink-soft">
                    { tr!("1 rep" | "{n} reps" % group.members) }
                </p>
            } else {
                <ul class="mt-1 grid grid-cols-1 gap-px">
                    for listed in slot.sessions.iter() {
                        { session(listed, now, to_session) }
                    }
                </ul>
            }
        </li>
    }
}

fn session(listed: &ListedSession, now: u64, to_session: &dyn Fn(SessionId) -> String) -> Html {
    let session = &listed.session;
    html! {
        <li key={session.id.to_string()}>
            { link_to(to_session(session.id), "flex min-h-11 items-center gap-1.5 rounded-sm px-0.5 text-sm hover:bg-sunken xl:min-h-8", html! {
                <>
                    { standing_sign(standing(session, now)) }
                    <span class="min-w-0 flex-1 truncate" title={listed.rep_name.clone()}>{ &listed.rep_name }</span>
                    if let Some(score) = session.score {
                        <span class="numerals text-xs text-ink-soft"><span class="sr-only">{ tr!("Score") }{ " " }</span>{ score }</span>
                    }
                </>
            }) }
        </li>
    }
}
