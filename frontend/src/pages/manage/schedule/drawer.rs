//! One session of the week, looked at: how it went, or when it is to be; moved and taken back while nobody has begun it.

use super::Week;
use super::plan::{Moment, moment_fields};
use crate::api::Api;
use crate::browser::clock;
use crate::components::{
    Button, Confirm, Glyph, IN_TEXT, Look, Modal, Place, form_failure, icon, link, score_delta,
    skeleton, toast, use_conflict,
};
use crate::data::{LeaveGuard, use_action, use_form, use_resource};
use crate::pages::manage::standing::{standing, standing_badge};
use crate::routes::{ManagePage, Route};
use contract::session::{ListedSession, RescheduleForm, Session};
use domain::ids::SessionId;
use domain::session::Status;
use std::rc::Rc;
use yew::prelude::*;

/// Properties of [`SessionDrawer`].
#[derive(Properties, PartialEq, Clone)]
pub(super) struct SessionDrawerProps {
    /// Which.
    pub listed: Rc<ListedSession>,
    /// The week that it is of.
    pub week: Rc<Week>,
    /// It is looked at no longer.
    pub on_close: Callback<()>,
}

/// The drawer.
#[component]
pub(super) fn SessionDrawer(props: &SessionDrawerProps) -> Html {
    let is_asking = use_state(|| false);
    let take_back = use_action();
    let ListedSession {
        session, rep_name, ..
    } = &*props.listed;
    let id = session.id;
    let group = props.listed.group_id;
    let group = props.week.groups.iter().find(|one| Some(one.id) == group);
    let zone = group.map(|group| group.schedule.zone.clone());
    let ask = {
        let is_asking = is_asking.setter();
        Callback::from(move |()| is_asking.set(true))
    };
    let keep = {
        let is_asking = is_asking.setter();
        Callback::from(move |()| is_asking.set(false))
    };
    let on_confirm = {
        let on_close = props.on_close.clone();
        take_back.on(
            move |api: Api| async move { api.unschedule(id).await },
            move |api, ()| {
                toast(tr!("The session is taken back"));
                api.cache().changed(STALE);
                on_close.emit(());
            },
        )
    };
    let when = clock::date_and_time(session.slot_at);
    html! {
        <Modal title={rep_name.clone()} on_close={props.on_close.clone()} place={Place::Side}>
            <div class="grid gap-5">
                <div class="grid gap-2">
                    <p class="flex flex-wrap items-center gap-2">
                        { standing_badge(standing(session, clock::now_ms())) }
                        if let (Some(first), Some(last)) = (session.first_score, session.score) { { score_delta(first, last) } }
                    </p>
                    <p class="font-display text-lg font-semibold">{ tr!("Day {day} · {theme}", day = session.day, theme = session.theme) }</p>
                    <p class="numerals">
                        { &when }
                        if let Some(zone) = zone.as_deref().filter(|zone| clock::differs(zone, session.slot_at)) {
                            <span class="block text-sm text-ink-soft">{ tr!("By the group's clock: {}", clock::date_and_time_in(session.slot_at, zone)) }</span>
                        }
                    </p>
                    <p class="text-ink-soft">{ words(session) }</p>
                </div>
                <p class="flex flex-wrap gap-x-6">
                    if matches!(session.status, Status::Completed | Status::InProgress) {
                        { link(Route::Manage(ManagePage::Session { id }), IN_TEXT, tr!("Look at the session")) }
                    }
                    { link(Route::Manage(ManagePage::Person { id: session.user_id }), IN_TEXT, html! { { tr!("All about {rep_name}", rep_name = rep_name) } }) }
                </p>
                if session.status == Status::Scheduled {
                    <section class="border-t border-line pt-5" aria-labelledby="move">
                        <h3 id="move" class="mb-3 text-lg">{ tr!("Move it") }</h3>
                        <MoveSession {id} {zone} on_done={props.on_close.clone()} />
                    </section>
                    <div class="border-t border-line pt-5">
                        <Button look={Look::Quiet} onclick={ask}>{ icon(Glyph::Bin, "size-5") }{ tr!("Take it back") }</Button>
                    </div>
                }
            </div>
            if *is_asking {
                <Confirm title={tr!("Take back {rep_name}'s session?", rep_name = rep_name)} action={tr!("Take it back")} busy={take_back.is_busy()} failure={take_back.failure().cloned()}
                    {on_confirm} on_close={keep}>
                    <p>{ tr!("Day {} on {when} goes. It does not count as missed; the same day is served again at the next slot.", when = when, session.day) }</p>
                </Confirm>
            }
        </Modal>
    }
}

/// What shows sessions as they are planned.
const STALE: &[&str] = &["schedule", "dashboard", "people", "sessions"];

fn words(session: &Session) -> String {
    match session.status {
        Status::Scheduled => tr!(
            "May be started from {} to {}.",
            clock::time_of_day(session.opens_at),
            if clock::day_number(session.opens_at) == clock::day_number(session.closes_at) {
                clock::time_of_day(session.closes_at)
            } else {
                clock::date_and_time(session.closes_at)
            }
        ),
        Status::Missed => {
            tr!("Nobody started it. The same day is served again at the next slot.").to_owned()
        }
        Status::InProgress => tr!("It is being practised now.").to_owned(),
        Status::Completed => match session.started_at {
            Some(at) => tr!("Started at {}.", clock::time_of_day(at)),
            None => String::new(),
        },
    }
}

/// Properties of [`MoveSession`].
#[derive(Properties, PartialEq, Clone)]
struct MoveSessionProps {
    id: SessionId,
    /// The rep's group's.
    zone: Option<String>,
    on_done: Callback<()>,
}

/// Reads the session in its present version, for the form to change.
#[component]
fn MoveSession(props: &MoveSessionProps) -> Html {
    let id = props.id;
    let session = use_resource(format!("sessions/{id}/edit"), move |api: Api| async move {
        api.session_to_edit(id).await
    });
    session.show(skeleton("h-24 rounded-md"), |read| {
        html! {
            <MoveForm key={id.to_string()} {id} version={read.version} slot_at={read.value.slot_at}
                zone={props.zone.clone()} on_done={props.on_done.clone()} />
        }
    })
}

/// Properties of [`MoveForm`].
#[derive(Properties, PartialEq, Clone)]
struct MoveFormProps {
    id: SessionId,
    version: u64,
    slot_at: u64,
    zone: Option<String>,
    on_done: Callback<()>,
}

/// Another day and time.
#[component]
fn MoveForm(props: &MoveFormProps) -> Html {
    let slot_at = props.slot_at;
    let form = use_form(move || Moment::of(slot_at));
    let (id, version) = (props.id, props.version);
    let onsubmit = {
        let on_done = props.on_done.clone();
        form.on_submit(
            move |api: Api, moment: Moment| async move {
                let form = RescheduleForm {
                    slot_at: moment.slot_at()?,
                    practised: None,
                };
                api.reschedule(id, version, &form).await
            },
            move |api, moved: ListedSession| {
                toast(tr!(
                    "Moved to {}",
                    clock::date_and_time(moved.session.slot_at)
                ));
                api.cache().changed(STALE);
                on_done.emit(());
            },
        )
    };
    let conflict = use_conflict(
        &form,
        Some(id),
        |api, id| async move { api.session(id).await },
        |session: &Session| Moment::of(session.slot_at),
        "sessions",
    );
    let draft = form.draft().clone();
    html! {
        <form novalidate=true class="grid gap-4" {onsubmit}>
            <LeaveGuard when={form.is_changed()} />
            { form_failure(&form) }
            { conflict }
            { moment_fields(&form, &draft, ("date", "time"), |moment| moment, props.zone.as_deref()) }
            <div><Button submits=true busy={form.is_busy()} disabled={!form.is_changed()}>{ tr!("Move it") }</Button></div>
        </form>
    }
}
