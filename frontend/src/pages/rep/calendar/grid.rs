//! The month as a grid of days. Arrows, Home, End and Page keys move in it; below or beside it stands what the chosen day holds.

use super::{Known, day_rows, destination};
use crate::browser::{address, clock, page};
use crate::components::{Glyph, icon};
use crate::state::calendar::{Mark, Month, OnDay, moved, of_month};
use contract::auth::GroupRef;
use std::rc::Rc;
use yew::prelude::*;
use yew_router::Routable;

/// Properties of [`MonthGrid`].
#[derive(Properties, PartialEq, Clone)]
pub struct MonthGridProps {
    /// What there is.
    pub(super) known: Rc<Known>,
    /// "2026-11".
    pub month_name: String,
    /// In days since 1970-01-01.
    pub today: i64,
    /// Unix ms.
    pub now: u64,
    /// Another month is asked for.
    pub to_month: Callback<Month>,
    /// The rep's group.
    pub group: Option<GroupRef>,
}

thread_local! {
    /// The day that the keyboard went to in another month: its grid takes the focus over.
    static GOING_TO: std::cell::Cell<Option<i64>> = const { std::cell::Cell::new(None) };
}

/// The grid, and the chosen day.
#[component]
pub fn MonthGrid(props: &MonthGridProps) -> Html {
    let month = Month::named(&props.month_name).unwrap_or_else(|| Month::of(props.today));
    let is_here = |day: i64| Month::of(day) == month;
    let today = props.today;
    let chosen = use_state(|| {
        let going_to = GOING_TO.take().filter(|day| is_here(*day));
        let at_first = if is_here(today) { today } else { month.first() };
        (going_to.unwrap_or(at_first), going_to.is_some())
    });
    let (day, by_keyboard) = *chosen;
    // The focus follows the keys.
    use_effect_with((day, by_keyboard), |(day, by_keyboard)| {
        if *by_keyboard {
            page::focus_id(&cell_id(*day));
        }
    });
    let onkeydown = {
        let (chosen, to_month, known) =
            (chosen.clone(), props.to_month.clone(), props.known.clone());
        let now = props.now;
        Callback::from(move |event: KeyboardEvent| {
            if matches!(event.key().as_str(), "Enter" | " ") {
                event.prevent_default();
                let on = known.on(day);
                let open = on
                    .sessions
                    .iter()
                    .rev()
                    .find_map(|one| destination(one, now));
                if let Some(to) = open {
                    address::push(&to.to_path());
                }
                return;
            }
            let Some(to) = moved(day, &event.key(), event.shift_key()) else {
                return;
            };
            event.prevent_default();
            if Month::of(to) == month {
                chosen.set((to, true));
            } else {
                GOING_TO.set(Some(to));
                to_month.emit(Month::of(to));
            }
        })
    };
    let choose = |day: i64| {
        let (chosen, to_month) = (chosen.clone(), props.to_month.clone());
        Callback::from(move |_: MouseEvent| {
            if Month::of(day) == month {
                chosen.set((day, false));
            } else {
                GOING_TO.set(Some(day));
                to_month.emit(Month::of(day));
            }
        })
    };
    let weeks = month.weeks();
    html! {
        <div class="grid items-start gap-5 lg:grid-cols-[1.7fr_1fr]">
            <div class="min-w-0">
                <table role="grid" aria-labelledby="month" aria-describedby="calendar-keys" {onkeydown} class="w-full table-fixed border-separate border-spacing-0.5 sm:border-spacing-1">
                    <thead>
                        <tr>
                            for day in weeks.first().into_iter().flatten() {
                                <th scope="col" abbr={clock::weekday(*day, true)} class="pb-1 text-center text-xs font-medium text-ink-soft sm:text-sm">{ clock::weekday(*day, false) }</th>
                            }
                        </tr>
                    </thead>
                    <tbody>
                        for week in weeks.iter() {
                            <tr>
                                for one in week.iter().copied() {
                                    { cell(one, &props.known.on(one), props, Cell { is_chosen: one == day, is_here: is_here(one), onclick: choose(one) }) }
                                }
                            </tr>
                        }
                    </tbody>
                </table>
                <p id="calendar-keys" class="sr-only">{ tr!("Arrow keys move by day and week, Page Up and Page Down by month, Enter opens the day's session.") }</p>
                { legend() }
            </div>
            { of_day(day, props) }
        </div>
    }
}

fn cell_id(day: i64) -> String {
    format!("day-{day}")
}

struct Cell {
    is_chosen: bool,
    is_here: bool,
    onclick: Callback<MouseEvent>,
}

fn cell(day: i64, on: &OnDay<'_>, props: &MonthGridProps, cell: Cell) -> Html {
    let mark = on.mark(props.now);
    let ground = match mark.filter(|_| cell.is_here) {
        Some(Mark::Done | Mark::Practised) => "bg-good-wash",
        Some(Mark::Missed) => "bg-bad-wash",
        Some(Mark::Now) => "bg-accent-wash",
        Some(Mark::Coming) => "bg-surface",
        Some(Mark::Usual) => "border-dashed",
        None if cell.is_here => "bg-surface/60",
        None => "",
    };
    let frame = match mark.filter(|_| cell.is_here) {
        _ if cell.is_chosen => "border-brand ring-2 ring-brand",
        Some(Mark::Coming) => "border-brand",
        Some(Mark::Usual) => "border-line-strong",
        _ => "border-transparent",
    };
    let number = if day == props.today {
        "bg-brand text-on-brand"
    } else if cell.is_here {
        "text-ink"
    } else {
        "text-ink-soft"
    };
    html! {
        <td role="gridcell" id={cell_id(day)} tabindex={if cell.is_chosen { "0" } else { "-1" }} aria-selected={if cell.is_chosen { "true" } else { "false" }}
            aria-current={(day == props.today).then_some("date")} onclick={cell.onclick}
            class={classes!("h-14", "cursor-pointer", "rounded-md", "border", "p-1", "align-top", "transition-colors", "sm:h-22", "sm:p-1.5", "hover:border-brand", frame, ground)}>
            <span class="sr-only">{ spoken(day, on, props.now) }</span>
            <div class="flex h-full flex-col items-center gap-0.5 sm:items-start" aria-hidden="true">
                <span class={classes!("numerals", "inline-flex", "size-6", "items-center", "justify-center", "rounded-full", "text-sm", "font-semibold", number)}>{ of_month(day) }</span>
                if cell.is_here {
                    { picture(mark, on) }
                }
            </div>
        </td>
    }
}

/// What stands out of a day, as small as it must be.
fn picture(mark: Option<Mark>, on: &OnDay<'_>) -> Html {
    let Some(mark) = mark else {
        return Html::default();
    };
    let score = on.sessions.iter().filter_map(|session| session.score).max();
    let at = on.sessions.first().map(|session| session.slot_at);
    let at = at.or(on.usual.first().copied()).unwrap_or_default();
    let time = || html! { <span class="hidden text-xs text-ink-soft numerals sm:inline">{ clock::time_of_day(at) }</span> };
    match (mark, score) {
        (Mark::Done | Mark::Practised, Some(score)) => html! {
            <span class="inline-flex items-center gap-0.5 text-xs font-semibold text-good numerals sm:text-sm">
                { icon(if mark == Mark::Done { Glyph::Tick } else { Glyph::Again }, "hidden size-4 sm:block") }{ score }
            </span>
        },
        (Mark::Done | Mark::Practised, None) => icon(Glyph::Tick, "size-4 text-good"),
        (Mark::Missed, _) => html! {
            <><span class="inline-flex text-bad sm:hidden">{ icon(Glyph::Cross, "size-4") }</span><span class="hidden text-xs font-semibold text-bad sm:inline">{ tr!("Missed") }</span></>
        },
        (Mark::Now, _) => html! {
            <><span class="size-2.5 rounded-full bg-accent sm:hidden" /><span class="hidden text-xs font-semibold text-accent-strong sm:inline">{ tr!("Open now") }</span></>
        },
        (Mark::Coming, _) => {
            html! { <><span class="size-2.5 rounded-full bg-brand sm:hidden" />{ time() }</> }
        }
        (Mark::Usual, _) => {
            html! { <><span class="size-2.5 rounded-full border-2 border-line-strong sm:hidden" />{ time() }</> }
        }
    }
}

/// A day in words: all that its cell shows.
fn spoken(day: i64, on: &OnDay<'_>, now: u64) -> String {
    let sessions = on.sessions.iter().map(|session| {
        let word = Mark::of(session, now).word();
        match session.score {
            Some(score) => tr!(
                "Day {day}, {word}, score {score}",
                day = session.day,
                word = word,
                score = score
            ),
            None => tr!("Day {day}, {word}", day = session.day, word = word),
        }
    });
    let usual = on
        .usual
        .iter()
        .map(|at| tr!("Usual slot at {}", clock::time_of_day(*at)));
    let parts: Vec<String> = std::iter::once(clock::day_in_full(day))
        .chain(sessions)
        .chain(usual)
        .collect();
    parts.join(". ")
}

fn of_day(day: i64, props: &MonthGridProps) -> Html {
    let on = props.known.on(day);
    html! {
        <section aria-labelledby="chosen-day" class="min-w-0 rounded-xl border border-line bg-surface p-4 sm:p-5">
            <h3 id="chosen-day" class="text-lg">{ clock::day_in_full(day) }</h3>
            if on.mark(props.now).is_none() {
                <p class="mt-2 text-ink-soft">{ tr!("No slot on this day.") }</p>
            } else {
                <div class="mt-3">{ day_rows(&on, props.now, props.group.as_ref()) }</div>
            }
        </section>
    }
}

fn legend() -> Html {
    let signs = [
        (
            "bg-good-wash border-transparent",
            tr!("Done, with its score"),
        ),
        ("bg-bad-wash border-transparent", tr!("Missed")),
        ("bg-surface border-brand", tr!("Planned")),
        ("border-dashed border-line-strong", tr!("Usual slot")),
    ];
    html! {
        <ul class="mt-3 flex flex-wrap gap-x-5 gap-y-1.5 text-sm text-ink-soft">
            for (look, word) in signs {
                <li class="flex items-center gap-2"><span class={classes!("size-4", "rounded-sm", "border", look)} aria-hidden="true" />{ word }</li>
            }
        </ul>
    }
}
