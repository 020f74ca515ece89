//! What is filled in.

use crate::components::{
    Area, Button, Choice, IN_TEXT, Input, SearchField, Tick, Typed, card, checkbox, conflict,
    form_failure, link, segments, select, switch, text_area, text_field, toast,
};
use crate::data::{LeaveGuard, use_form};
use crate::routes::Route;
use contract::checks;
use garde::Validate;
use yew::prelude::*;

/// A form with one field of each kind.
#[derive(Debug, Clone, PartialEq, Validate)]
struct Example {
    #[garde(custom(checks::name))]
    name: String,
    #[garde(custom(checks::email))]
    email: String,
    #[garde(length(chars, max = 200))]
    note: String,
    #[garde(custom(checks::date))]
    date: String,
    #[garde(skip)]
    time: String,
    #[garde(skip)]
    team: String,
    #[garde(skip)]
    reminders: bool,
    #[garde(skip)]
    board: bool,
}

/// A form that is sent nowhere.
#[component]
pub fn Fields() -> Html {
    let week = use_state(|| true);
    let searched = use_state(String::new);
    let form = use_form(|| Example {
        name: "Asha Verma".into(),
        email: "asha".into(),
        note: String::new(),
        date: "2026-11-23".into(),
        time: "11:00".into(),
        team: "west".into(),
        reminders: true,
        board: false,
    });
    let onsubmit = form.on_submit(
        |_, _| async { Ok(()) },
        |_, ()| toast("Checked; it is sent nowhere"),
    );
    let draft = form.draft().clone();
    let choose = {
        let week = week.setter();
        Callback::from(move |chosen| week.set(chosen))
    };
    html! {
        <div class="grid gap-6">
            { card("A form", html! {
                <form {onsubmit} novalidate=true class="grid gap-4 sm:grid-cols-2">
                    <LeaveGuard when={form.is_changed()} />
                    { form_failure(&form) }
                    { text_field(Input { name: "name".into(), label: "Name".into(), value: draft.name.into(), error: form.error("name"),
                        oninput: form.typed("name", |draft, text| draft.name = text), ..Input::default() }) }
                    { text_field(Input { name: "email".into(), label: "E-mail".into(), value: draft.email.into(), error: form.error("email"), kind: Typed::Email,
                        hint: "Where reminders go.".into(), oninput: form.typed("email", |draft, text| draft.email = text), ..Input::default() }) }
                    { text_field(Input { name: "date".into(), label: "Day".into(), value: draft.date.into(), error: form.error("date"), kind: Typed::Date,
                        oninput: form.typed("date", |draft, text| draft.date = text), ..Input::default() }) }
                    { text_field(Input { name: "time".into(), label: "Time".into(), value: draft.time.into(), kind: Typed::Time,
                        oninput: form.typed("time", |draft, text| draft.time = text), ..Input::default() }) }
                    { select(Choice { name: "team".into(), label: "Team".into(), value: draft.team.into(),
                        options: vec![("west".into(), "West".into()), ("east".into(), "East".into())], onchange: form.chosen("team", |draft, team| draft.team = team), ..Choice::default() }) }
                    { text_field(Input { name: "fixed".into(), label: "Address".into(), value: "asha@example.com".into(), readonly: true, hint: "Your manager changes it.".into(), ..Input::default() }) }
                    <div class="sm:col-span-2">
                        { text_area(Area { name: "note".into(), label: "Note".into(), value: draft.note.into(), error: form.error("note"), optional: true, most: Some(200),
                            oninput: form.typed("note", |draft, text| draft.note = text), ..Area::default() }) }
                    </div>
                    { switch(Tick { name: "reminders".into(), label: "Reminders".into(), hint: "A mail before each slot.".into(), checked: draft.reminders,
                        onchange: form.chosen("reminders", |draft, on| draft.reminders = on), ..Tick::default() }) }
                    { checkbox(Tick { name: "board".into(), label: "On the leaderboard".into(), checked: draft.board, onchange: form.chosen("board", |draft, on| draft.board = on), ..Tick::default() }) }
                    <div class="flex items-center justify-between gap-3 sm:col-span-2">{ link(Route::Today, IN_TEXT, "Elsewhere") }<Button submits=true busy={form.is_busy()}>{ "Save" }</Button></div>
                </form>
            }) }
            { card("Found while one types", html! {
                <div class="grid gap-3">
                    <SearchField label="Search people" on_search={ let searched = searched.setter(); Callback::from(move |text| searched.set(text)) } />
                    <p class="text-sm text-ink-soft">{ format!("Searched for: {}", *searched) }</p>
                    <div>{ segments("period", "Period", &[(true, "This week"), (false, "All time")], *week, &choose) }</div>
                </div>
            }) }
            { conflict(&Callback::noop(), &Callback::noop(), false, None) }
        </div>
    }
}
