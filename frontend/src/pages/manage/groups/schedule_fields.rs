//! When a group practises: weekdays, time, zone.

use crate::browser::clock;
use crate::browser::page::value_of;
use crate::components::{Input, Typed, text_field};
use crate::state::rhythm::{day_names, field_of, minute_of, toggled};
use contract::groups::Schedule;
use domain::schedule::{Rhythm, Slot, Weekday, zones};
use yew::prelude::*;

/// How many slots are shown.
const SHOWN: usize = 5;

/// The fields; `error` tells what is wrong with one, by its name in the JSON.
pub fn schedule_fields(
    schedule: &Schedule,
    onchange: &Callback<Schedule>,
    error: &dyn Fn(&str) -> Option<String>,
) -> Html {
    let with = |change: fn(Schedule, String) -> Schedule| {
        let (schedule, onchange) = (schedule.clone(), onchange.clone());
        Callback::from(move |event: InputEvent| {
            onchange.emit(change(schedule.clone(), value_of(&event)));
        })
    };
    html! {
        <fieldset class="grid gap-4">
            <legend class="mb-2 font-medium">{ tr!("Practises on") }</legend>
            <div class="flex flex-wrap gap-2">
                for day in Weekday::ALL {
                    { day_box(day, schedule, onchange) }
                }
            </div>
            <div class="grid gap-4 sm:grid-cols-[9rem_1fr]">
                { text_field(Input {
                    name: "schedule.slotMinute".into(),
                    label: tr!("At").into(),
                    kind: Typed::Time,
                    value: field_of(schedule.slot_minute).into(),
                    error: error("schedule.slotMinute"),
                    oninput: with(|schedule, text| Schedule { slot_minute: minute_of(&text).unwrap_or(schedule.slot_minute), ..schedule }),
                    ..Input::default()
                }) }
                <div>
                    { text_field(Input {
                        name: "schedule.zone".into(),
                        label: tr!("By the clocks of").into(),
                        value: schedule.zone.clone().into(),
                        error: error("schedule.zone"),
                        oninput: with(|schedule, zone| Schedule { zone: zone.trim().to_owned(), ..schedule }),
                        list: Some("zones".into()),
                        ..Input::default()
                    }) }
                    <datalist id="zones">
                        for zone in zones() {
                            <option value={zone} />
                        }
                    </datalist>
                </div>
            </div>
            { next_slots(schedule) }
        </fieldset>
    }
}

/// What the fields come to: the next slots by the group's clocks, and by one's own where those differ.
fn next_slots(schedule: &Schedule) -> Html {
    let rhythm = Rhythm {
        weekdays: schedule.weekdays,
        slot_minute: schedule.slot_minute,
    };
    let zone = schedule.zone.as_str();
    let slots = rhythm.coming(clock::now_ms(), SHOWN, |at| {
        captain_zones::utc_offset_minutes(zone, at)
    });
    let Some(slots) = slots else {
        return html! { <p class="text-sm text-ink-soft">{ tr!("Choose a zone from the list, such as Asia/Kolkata.") }</p> };
    };
    html! {
        <div role="status">
            <p class="text-sm font-medium">{ tr!("The next slots") }</p>
            <ul class="numerals mt-1 grid gap-0.5 text-sm text-ink-soft">
                for slot in slots {
                    <li>
                        { clock::date_and_time_in(slot.at, zone) }
                        if clock::differs(zone, slot.at) { { " · " }{ tr!("for you {}", clock::date_and_time(slot.at)) } }
                        if turned(slot, schedule.slot_minute) { <span class="font-medium text-accent-strong">{ tr!(" · moved, because the clocks are turned that night") }</span> }
                    </li>
                }
            </ul>
        </div>
    }
}

/// Whether a slot is not at the minute that was asked for: clocks leave that minute out on its day.
fn turned(slot: Slot, minute: u16) -> bool {
    let local = slot
        .at
        .saturating_add_signed(i64::from(slot.utc_offset_minutes) * 60_000);
    local / 60_000 % (24 * 60) != u64::from(minute)
}

fn day_box(day: Weekday, schedule: &Schedule, onchange: &Callback<Schedule>) -> Html {
    let (short, long) = day_names(day);
    let toggle = {
        let schedule = schedule.clone();
        onchange.reform(move |_: Event| Schedule {
            weekdays: toggled(schedule.weekdays, day),
            ..schedule.clone()
        })
    };
    html! {
        <label class="flex min-h-11 min-w-13 cursor-pointer items-center justify-center rounded-full border border-line-strong px-3 font-medium text-ink-soft has-checked:border-brand has-checked:bg-brand has-checked:text-on-brand has-focus-visible:outline-3 has-focus-visible:outline-accent">
            <input type="checkbox" class="sr-only" aria-label={long} checked={schedule.weekdays.contains(day)} onchange={toggle} />
            <span aria-hidden="true">{ short }</span>
        </label>
    }
}
