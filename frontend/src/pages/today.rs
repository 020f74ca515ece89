//! Today: what there is to practise, when, and how the ten days stand.

use crate::api::Failure;
use crate::app::use_api;
use crate::browser::{clock, events};
use crate::components::{
    Button, Glyph, IN_TEXT, Look, PageHeading, avatar, course, icon, link, notice, score_delta,
    skeleton, trend_chart,
};
use crate::pages::session::Begin;
use crate::rooms;
use crate::routes::{RepPage, Route};
use crate::state::pace::of_day;
use crate::state::slot::Slot;
use crate::state::today::{TodayChange, TodayPage as Page};
use contract::auth::Me;
use contract::session::{DrillCard, Progress, Session, Today};
use domain::ids::SessionId;
use domain::session::{SessionKind, Status};
use gloo::timers::callback::Interval;
use std::rc::Rc;
use yew::prelude::*;
use yew_router::prelude::use_navigator;

/// Properties of [`TodayPage`].
#[derive(Properties, PartialEq, Clone)]
pub struct TodayPageProps {
    /// Who practises.
    pub me: Rc<Me>,
}

/// The page.
#[component]
pub fn TodayPage(props: &TodayPageProps) -> Html {
    let api = use_api();
    let page = use_reducer(Page::default);
    let device_now = use_state(clock::now_ms);
    let ask = {
        let dispatcher = page.dispatcher();
        use_callback((), move |(), ()| {
            let (api, dispatcher) = (api.clone(), dispatcher.clone());
            dispatcher.dispatch(TodayChange::Asked);
            wasm_bindgen_futures::spawn_local(async move {
                dispatcher.dispatch(match api.today().await {
                    Ok(today) => TodayChange::Came(today, clock::now_ms()),
                    Err(failure) => TodayChange::Failed(failure),
                });
            });
        })
    };
    {
        let ask = ask.clone();
        let device_now = device_now.setter();
        use_effect_with((), move |()| {
            ask.emit(());
            let ticking = Interval::new(1_000, move || device_now.set(clock::now_ms()));
            let seen = events::on_visibility(Callback::from(move |visible: bool| {
                if visible {
                    ask.emit(());
                }
            }));
            move || drop((ticking, seen))
        });
    }
    // What is asked for at once comes first.
    use_effect_with(page.today.is_some(), |came| {
        if *came {
            rooms::fetch_practice_ahead();
        }
    });
    let start = {
        let navigator = use_navigator();
        Callback::from(move |id| {
            if let Some(navigator) = &navigator {
                navigator.push_with_state(&Route::Session { id }, Begin);
            }
        })
    };
    let now = page.server_now(*device_now);
    let greeting = format!("{}, {}", clock::greeting(*device_now), props.me.first_name);
    html! {
        <>
            <div class="mb-6">
                <PageHeading title={tr!("Today")}>{ greeting }</PageHeading>
                <p class="mt-1 text-ink-soft">
                    { clock::date(*device_now) }
                    if let Some(group) = &props.me.group {
                        { " · " }{ tr!("{group} practises at {time}", group = group.name, time = of_day(group.slot_minute)) }
                    }
                </p>
            </div>
            { body(&page, now, &ask, &start) }
        </>
    }
}

fn body(page: &Page, now: u64, ask: &Callback<()>, start: &Callback<SessionId>) -> Html {
    match (&page.today, &page.failure) {
        (None, None) => loading(),
        (None, Some(failure)) => failed(failure, ask),
        (Some(today), failure) => html! {
            <>
                if let Some(failure) = failure {
                    <div class="mb-5">{ failed(failure, ask) }</div>
                }
                { practice(today, now, start) }
            </>
        },
    }
}

fn loading() -> Html {
    html! {
        <>
            <p class="sr-only" role="status">{ tr!("Loading today's practice") }</p>
            <div class="grid gap-5 lg:grid-cols-[1.45fr_1fr]">
                { skeleton("h-80 rounded-xl") }
                <div class="grid gap-5">
                    { skeleton("h-36 rounded-lg") }
                    { skeleton("h-48 rounded-lg") }
                </div>
            </div>
        </>
    }
}

fn failed(failure: &Failure, ask: &Callback<()>) -> Html {
    notice(
        tr!("Today's practice could not be loaded"),
        html! {
            <>
                <p class="text-sm">{ failure.to_string() }</p>
                <Button look={Look::Quiet} class="mt-3" onclick={ask.clone()}>
                    { icon(Glyph::Again, "size-5") }{ tr!("Retry") }
                </Button>
            </>
        },
    )
}

fn practice(today: &Today, now: u64, start: &Callback<SessionId>) -> Html {
    let mut sessions = today.items.iter();
    let first = sessions.next();
    let others: Vec<&Session> = sessions.collect();
    let current_day = first.map_or(today.progress.days_completed + 1, |session| session.day);
    html! {
        <div class="grid items-start gap-5 lg:grid-cols-[1.45fr_1fr]">
            <div class="grid gap-5">
                { first.map_or_else(|| nothing_today(&today.progress), |session| deck(session, &today.progress, now, start)) }
                if today.progress.days_completed == 0 {
                    { how_it_goes() }
                }
                if let Some(session) = first {
                    { customers(&session.drills, session.status == Status::Completed) }
                }
                if !others.is_empty() {
                    <section aria-labelledby="others">
                        <h2 id="others" class="mb-3 text-lg">{ tr!("Also today") }</h2>
                        <ul class="grid gap-3">
                            for session in others {
                                { other(session, now) }
                            }
                        </ul>
                    </section>
                }
            </div>
            <div class="grid gap-5">
                { progress(&today.progress, current_day) }
                { scores(&today.progress) }
            </div>
        </div>
    }
}

/// The one thing to do, on the deck.
fn deck(session: &Session, progress: &Progress, now: u64, start: &Callback<SessionId>) -> Html {
    let slot = Slot::of(session, now);
    html! {
        <section aria-labelledby="theme" class="charted rounded-xl bg-deck p-6 text-on-deck shadow-high sm:p-8">
            <p class="text-sm font-semibold tracking-wide text-accent">
                { match session.kind {
                    SessionKind::Programme => tr!("Day {day} of {days_total}", day = session.day, days_total = progress.days_total),
                    SessionKind::Practice => tr!("Free practice · day {}", session.day),
                } }
            </p>
            <h2 id="theme" class="mt-1.5 text-2xl sm:text-3xl">{ &session.theme }</h2>
            if session.status != Status::Completed {
                <p class="mt-3 max-w-prose text-on-deck-soft">{ &session.description }</p>
            }
            <dl class="mt-5 flex flex-wrap gap-x-8 gap-y-2 border-t border-deck-line pt-4">
                <div>
                    <dt class="text-xs text-on-deck-soft">{ tr!("Slot") }</dt>
                    <dd class="font-semibold numerals">{ slot_time(session, now) }</dd>
                </div>
                <div>
                    <dt class="text-xs text-on-deck-soft">{ tr!("Takes about") }</dt>
                    <dd class="font-semibold numerals">{ tr!("{} min", session.target_minutes) }</dd>
                </div>
                <div>
                    <dt class="text-xs text-on-deck-soft">{ tr!("Window") }</dt>
                    <dd class="font-semibold numerals" id="window">{ slot.line() }</dd>
                </div>
            </dl>
            <div class="mt-6">{ action(session, slot, start) }</div>
        </section>
    }
}

/// The five minutes, for who has not had them yet.
fn how_it_goes() -> Html {
    let steps = [
        (
            tr!("A customer writes"),
            tr!("As on WhatsApp, with a real objection."),
        ),
        (
            tr!("You answer"),
            tr!("In your own words; Hindi and English are both fine."),
        ),
        (
            tr!("The coach corrects"),
            tr!("And scores you, with your own words as proof."),
        ),
        (
            tr!("You say it again"),
            tr!("Better. Both answers are scored: the step up is what counts."),
        ),
    ];
    html! {
        <section aria-labelledby="how" class="rounded-lg border border-line bg-surface p-5">
            <h2 id="how" class="text-lg">{ tr!("Your next five minutes") }</h2>
            <ol class="mt-3 grid gap-x-5 gap-y-3 sm:grid-cols-2">
                for (index, (what, more)) in steps.iter().enumerate() {
                    <li class="flex gap-3">
                        <span class="numerals inline-flex size-8 shrink-0 items-center justify-center rounded-full bg-accent-wash font-display font-semibold text-accent-strong" aria-hidden="true">{ index + 1 }</span>
                        <span class="min-w-0"><span class="block font-semibold">{ *what }</span><span class="block text-ink-soft">{ *more }</span></span>
                    </li>
                }
            </ol>
        </section>
    }
}

fn action(session: &Session, slot: Slot, start: &Callback<SessionId>) -> Html {
    match slot {
        Slot::Completed => finished(session),
        Slot::Running => start_button(session.id, tr!("Continue"), start),
        Slot::Open { .. } => start_button(session.id, tr!("Start practice"), start),
        Slot::Early { .. } => waiting(tr!("Opens at {}", clock::time_of_day(session.opens_at))),
        Slot::Closed | Slot::Missed => waiting(tr!("Start practice").to_owned()),
    }
}

fn waiting(label: String) -> Html {
    html! {
        <Button look={Look::Accent} disabled=true described_by="window" class="w-full sm:w-auto sm:min-w-56">{ label }</Button>
    }
}

fn finished(session: &Session) -> Html {
    html! {
        <div class="flex flex-wrap items-center gap-x-6 gap-y-4">
            { link(Route::Result { id: session.id },
                "inline-flex min-h-13 w-full items-center justify-center rounded-full bg-accent px-6 text-lg font-semibold text-on-accent sm:w-auto sm:min-w-56",
                tr!("See result")) }
            if let (Some(first), Some(last)) = (session.first_score, session.score) {
                <p class="text-lg">{ score_delta(first, last) }</p>
            }
        </div>
    }
}

fn slot_time(session: &Session, now: u64) -> String {
    let time = clock::time_of_day(session.slot_at);
    match clock::day_number(session.slot_at) - clock::day_number(now) {
        0 => time,
        1 => tr!("Tomorrow, {time}", time = time),
        _ => format!("{}, {time}", clock::short_date(session.slot_at)),
    }
}

/// Goes to the session's page, which starts it.
fn start_button(id: SessionId, label: &'static str, start: &Callback<SessionId>) -> Html {
    let onclick = start.reform(move |()| id);
    html! {
        <Button look={Look::Accent} {onclick} class="w-full sm:w-auto sm:min-w-56">{ label }</Button>
    }
}

fn customers(drills: &[DrillCard], are_met: bool) -> Html {
    html! {
        <section aria-labelledby="customers">
            <h2 id="customers" class="mb-3 text-lg">{ if are_met { tr!("The customers you met") } else { tr!("Who will write to you") } }</h2>
            <ul class="grid gap-3 sm:grid-cols-2">
                for drill in drills.iter() {
                    <li class="flex items-center gap-3 rounded-lg border border-line bg-surface p-4">
                        { avatar(&drill.customer_name, "size-11 text-base") }
                        <div class="min-w-0">
                            <p class="font-semibold leading-tight">{ &drill.customer_name }</p>
                            <p class="text-sm text-ink-soft">{ &drill.customer_business }</p>
                        </div>
                    </li>
                }
            </ul>
        </section>
    }
}

fn other(session: &Session, now: u64) -> Html {
    let slot = Slot::of(session, now);
    let to = match slot {
        Slot::Completed => Some(Route::Result { id: session.id }),
        slot if slot.may_practise() => Some(Route::Session { id: session.id }),
        _ => None,
    };
    html! {
        <li class="flex flex-wrap items-center justify-between gap-3 rounded-lg border border-line bg-surface p-4">
            <div>
                <p class="font-semibold">{ tr!("Day {day} · {theme}", day = session.day, theme = session.theme) }</p>
                <p class="text-sm text-ink-soft numerals">
                    { match session.kind {
                        SessionKind::Programme => slot_time(session, now),
                        SessionKind::Practice => tr!("Free practice").to_owned(),
                    } }
                    { " · " }{ slot.line() }
                </p>
            </div>
            if let Some(to) = to {
                { link(to, IN_TEXT, if slot == Slot::Completed { tr!("See result") } else { tr!("to open" => "Open") }) }
            }
        </li>
    }
}

fn nothing_today(progress: &Progress) -> Html {
    let is_through = progress.days_completed >= progress.days_total;
    html! {
        <section class="charted rounded-xl bg-deck p-6 text-on-deck shadow-high sm:p-8">
            if is_through {
                <h2 class="text-2xl">{ tr!("All ten days are behind you") }</h2>
                <p class="mt-2 max-w-prose text-on-deck-soft">{ tr!("Well sailed. Your scores stay here; your manager decides what comes next.") }</p>
                { to_library(tr!("Practise any day again")) }
            } else {
                <h2 class="text-2xl">{ tr!("No practice today") }</h2>
                <p class="mt-2 max-w-prose text-on-deck-soft">
                    { tr!("Your next session shows here on your group's next day. If you expected one today, ask your manager which group you are in.") }
                </p>
                if progress.days_completed > 0 {
                    { to_library(tr!("Practise a past day again")) }
                }
            }
        </section>
    }
}

fn to_library(words: &'static str) -> Html {
    html! {
        <p class="mt-5">
            { link(Route::Rep(RepPage::Library), "inline-flex min-h-13 items-center justify-center rounded-full bg-accent px-6 text-lg font-semibold text-on-accent", words) }
        </p>
    }
}

fn progress(progress: &Progress, current: u8) -> Html {
    html! {
        <section aria-labelledby="progress" class="rounded-lg border border-line bg-surface p-5">
            <div class="mb-2 flex items-baseline justify-between gap-3">
                <h2 id="progress" class="text-lg">{ tr!("Your course") }</h2>
                <p class="text-sm text-ink-soft numerals">{ tr!("{days_completed} of {days_total} days", days_completed = progress.days_completed, days_total = progress.days_total) }</p>
            </div>
            { course(progress.days_completed, progress.days_total, current) }
            <p class="mt-2 flex items-center gap-2 text-sm">
                { icon(Glyph::Flame, "size-5 text-accent-strong") }
                { streak(progress.streak) }
            </p>
        </section>
    }
}

fn streak(sessions: u32) -> String {
    match sessions {
        0 => tr!("Your streak begins with the next session").to_owned(),
        1 => "1 session without a miss".to_owned(),
        sessions => tr!(
            "{sessions} sessions in a row without a miss",
            sessions = sessions
        ),
    }
}

fn scores(progress: &Progress) -> Html {
    html! {
        <section aria-labelledby="scores" class="rounded-lg border border-line bg-surface p-5">
            <h2 id="scores" class="mb-3 text-lg">{ tr!("Your scores") }</h2>
            if let Some(latest) = progress.recent.last() {
                <p class="mb-3 text-sm text-ink-soft">
                    { tr!("Latest: ") }<span class="text-ink">{ score_delta(latest.first_score, latest.score) }</span>
                </p>
                { trend_chart(&progress.recent) }
            } else {
                <p class="text-sm text-ink-soft">
                    { tr!("After your first session you see here how your first answers grow into final ones.") }
                </p>
            }
        </section>
    }
}
