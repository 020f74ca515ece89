//! Today's practice, slot by slot.

use crate::browser::clock;
use crate::components::{IN_TEXT, avatar, link, score_delta};
use crate::routes::{ManagePage, Route};
use crate::state::board::{AtSlot, Standing, by_slot, headline};
use contract::analytics::{PersonName, TodaysPractice, TodaysSession};
use domain::session::Status;
use yew::prelude::*;

/// The board: how many practised, and below it everybody by slot.
pub fn practice(today: &TodaysPractice, now: u64) -> Html {
    html! {
        <section aria-labelledby="practice" class="overflow-hidden rounded-xl border border-line bg-surface">
            <div class="charted bg-deck p-6 text-on-deck">
                <h2 id="practice" class="text-2xl">{ headline(today) }</h2>
                if !today.sessions.is_empty() {
                    { meter(today) }
                    { tally(today) }
                }
            </div>
            for slot in by_slot(&today.sessions) {
                { at_slot(&slot, now) }
            }
            { without_session(&today.without_session) }
        </section>
    }
}

/// One bar in as many parts as there are sessions of each kind; the numbers below say the same.
fn meter(today: &TodaysPractice) -> Html {
    let parts = [
        (today.practised, "fill-accent"),
        (today.running, "fill-on-deck"),
        (today.missed, "fill-bad"),
        (today.due, "fill-deck-line"),
    ];
    let all: u32 = parts.iter().map(|(count, _)| count).sum();
    let bars = parts.into_iter().scan(0, |before, (count, colour)| {
        let x = *before;
        *before += count;
        Some((x, count, colour))
    });
    html! {
        <svg class="mt-4 h-3 w-full rounded-full" viewBox={format!("0 0 {all} 1")} preserveAspectRatio="none" aria-hidden="true">
            for (x, count, colour) in bars {
                <rect class={colour} x={x.to_string()} width={count.to_string()} height="1" />
            }
        </svg>
    }
}

fn tally(today: &TodaysPractice) -> Html {
    let numbers = [
        (tr!("Done"), today.practised, "bg-accent"),
        (tr!("Now"), today.running, "bg-on-deck"),
        (tr!("Missed"), today.missed, "bg-bad"),
        (tr!("Open"), today.due, "bg-deck-line"),
    ];
    html! {
        <dl class="mt-4 flex flex-wrap gap-x-7 gap-y-2">
            for (name, count, colour) in numbers {
                <div>
                    <dt class="flex items-center gap-2 text-xs text-on-deck-soft">
                        <span class={classes!("size-2.5", "rounded-full", colour)} aria-hidden="true" />{ name }
                    </dt>
                    <dd class="numerals font-display text-xl font-semibold">{ count }</dd>
                </div>
            }
            if today.late > 0 {
                <div>
                    <dt class="text-xs text-on-deck-soft">{ tr!("Started late") }</dt>
                    <dd class="numerals font-display text-xl font-semibold">{ today.late }</dd>
                </div>
            }
        </dl>
    }
}

fn at_slot(slot: &AtSlot<'_>, now: u64) -> Html {
    let id = format!("slot-{}", slot.slot_at);
    html! {
        <section aria-labelledby={id.clone()} class="border-t border-line px-4 py-3 sm:px-6">
            <h3 {id} class="numerals text-sm font-semibold text-ink-soft">{ clock::time_of_day(slot.slot_at) }</h3>
            <ul class="mt-1 divide-y divide-line">
                for session in slot.sessions.iter() {
                    { row(session, now) }
                }
            </ul>
        </section>
    }
}

fn row(session: &TodaysSession, now: u64) -> Html {
    let standing = Standing::of(session, now);
    let name = &session.person.name;
    let review = Route::Manage(ManagePage::Session {
        id: session.session_id,
    });
    html! {
        <li class="flex flex-wrap items-center gap-x-4 gap-y-1 py-2">
            <div class="flex min-w-0 flex-1 basis-48 items-center gap-3">
                { avatar(name, "size-9 text-sm") }
                <div class="min-w-0">
                    { link(Route::Manage(ManagePage::Person { id: session.person.user_id }),
                        "block truncate font-semibold hover:text-brand hover:underline", html! { name }) }
                    <p class="numerals text-sm text-ink-soft">{ tr!("Day {}", session.day) }</p>
                </div>
            </div>
            if let (Some(first), Some(last)) = (session.first_score, session.score) {
                <p class="text-sm">{ score_delta(first, last) }</p>
            }
            { chip(standing) }
            if session.status == Status::Completed {
                { link(review, classes!(IN_TEXT, "text-sm"), html! { <>{ tr!("Read") }<span class="sr-only">{ tr!(" the session of {name}", name = name) }</span></> }) }
            }
        </li>
    }
}

/// How a session stands, in a word and a colour.
fn chip(standing: Standing) -> Html {
    let look = match standing {
        Standing::Practised => "bg-good-wash text-good",
        Standing::PractisedLate | Standing::Waiting => "bg-accent-wash text-accent-strong",
        Standing::Running | Standing::Open => "bg-brand-wash text-brand-strong",
        Standing::Coming => "bg-sunken text-ink-soft",
        Standing::Missed => "bg-bad-wash text-bad",
    };
    html! {
        <span class={classes!("inline-flex", "rounded-full", "px-3", "py-1", "text-sm", "font-medium", look)}>
            { standing.words() }
        </span>
    }
}

fn without_session(people: &[PersonName]) -> Html {
    if people.is_empty() {
        return Html::default();
    }
    html! {
        <section aria-labelledby="without" class="border-t border-line px-4 py-4 sm:px-6">
            <h3 id="without" class="text-sm font-semibold text-ink-soft">{ tr!("No session today") }</h3>
            <ul class="mt-2 flex flex-wrap gap-2">
                for person in people.iter() {
                    <li>
                        { link(Route::Manage(ManagePage::Person { id: person.user_id }),
                            "inline-flex min-h-11 items-center rounded-full bg-sunken px-4 text-sm font-medium hover:text-brand", html! { &person.name }) }
                    </li>
                }
            </ul>
        </section>
    }
}
