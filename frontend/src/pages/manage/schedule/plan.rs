//! One session more for a rep: who, when, what.

use super::Week;
use crate::api::{Api, Failure};
use crate::browser::{clock, random};
use crate::components::{
    Button, Choice, Input, Typed, form_failure, select, skeleton, text_field, toast,
};
use crate::data::{Form, LeaveGuard, use_form, use_resource};
use crate::state::rhythm::{field_of, minute_of};
use contract::page::MAX_LIMIT;
use contract::problem::FieldError;
use contract::scenario::{ScenarioQuery, ScenarioSummary};
use contract::session::{ListedSession, Practised, ScheduleForm, SessionTarget};
use contract::users::{User, UserQuery};
use domain::role::Role;
use garde::Validate;
use std::rc::Rc;
use yew::prelude::*;

/// A day and a time as fields hold them, by one's own clock.
#[derive(Debug, Clone, Default, PartialEq, Eq, Validate)]
pub(super) struct Moment {
    #[garde(custom(is_chosen))]
    date: String,
    #[garde(custom(is_a_time))]
    time: String,
}

fn is_chosen(date: &str, _: &()) -> garde::Result {
    if date.is_empty() {
        Err(garde::Error::new(tr!("Choose a day.")))
    } else {
        Ok(())
    }
}

fn is_a_time(time: &str, _: &()) -> garde::Result {
    match minute_of(time) {
        Some(_) => Ok(()),
        None => Err(garde::Error::new(tr!("Choose a time."))),
    }
}

impl Moment {
    /// A moment (Unix ms).
    pub(super) fn of(at: u64) -> Self {
        Self {
            date: clock::field_of_day(clock::day_number(at)),
            time: field_of(clock::minute_of_day(at)),
        }
    }

    /// The moment, Unix ms.
    pub(super) fn slot_at(&self) -> Result<u64, Failure> {
        clock::moment_of(&self.date, &self.time).ok_or_else(|| {
            let error = FieldError::new("slotAt", tr!("There is no such day and time."));
            match Failure::of_form(vec![error]) {
                Err(failure) => failure,
                Ok(()) => Failure::Outdated,
            }
        })
    }
}

/// The two fields, by their names in the form; what the server says of the slot stands below the time.
pub(super) fn moment_fields<T: Clone + PartialEq + Validate<Context = ()> + 'static>(
    form: &Form<T>,
    moment: &Moment,
    (date, time): (&'static str, &'static str),
    part: fn(&mut T) -> &mut Moment,
    zone: Option<&str>,
) -> Html {
    let there = zone
        .zip(clock::moment_of(&moment.date, &moment.time))
        .filter(|(zone, at)| clock::differs(zone, *at));
    html! {
        <div class="grid gap-1">
            <div class="grid gap-4 sm:grid-cols-2">
                { text_field(Input {
                    name: date.into(),
                    label: tr!("Day").into(),
                    kind: Typed::Date,
                    value: moment.date.clone().into(),
                    min: Some(clock::field_of_day(clock::day_number(clock::now_ms())).into()),
                    error: form.error(date),
                    oninput: form.typed(date, move |draft, text| part(draft).date = text),
                    ..Input::default()
                }) }
                { text_field(Input {
                    name: time.into(),
                    label: tr!("Time").into(),
                    kind: Typed::Time,
                    value: moment.time.clone().into(),
                    error: form.error(time).or_else(|| form.error("slotAt")),
                    oninput: form.typed(time, move |draft, text| part(draft).time = text),
                    ..Input::default()
                }) }
            </div>
            <p class="numerals text-sm text-ink-soft">
                { tr!("By your clock ({}).", clock::zone()) }{ " " }
                if let Some((zone, at)) = there {
                    { tr!("For the rep it is {}.", clock::date_and_time_in(at, zone)) }
                }
            </p>
        </div>
    }
}

/// What is typed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Validate)]
struct Plan {
    #[garde(custom(is_somebody))]
    user_id: String,
    #[garde(custom(is_something))]
    practised: String,
    #[garde(dive)]
    moment: Moment,
}

fn is_somebody(user: &str, _: &()) -> garde::Result {
    match user {
        "" => Err(garde::Error::new(tr!("Choose a rep."))),
        _ => Ok(()),
    }
}

fn is_something(scenario: &str, _: &()) -> garde::Result {
    match scenario {
        "" => Err(garde::Error::new(tr!("Choose what is practised."))),
        _ => Ok(()),
    }
}

/// Who and what there is to choose from.
struct Choices {
    reps: Vec<User>,
    scenarios: Vec<ScenarioSummary>,
}

async fn choices(api: Api) -> Result<Choices, Failure> {
    let scenarios = ScenarioQuery {
        limit: Some(MAX_LIMIT),
        ..ScenarioQuery::default()
    };
    let (reps, scenarios) =
        futures::future::try_join(all_reps(&api), api.scenarios(&scenarios)).await?;
    Ok(Choices {
        reps,
        scenarios: scenarios
            .items
            .into_iter()
            .filter(|one| one.is_active && one.published_number.is_some())
            .collect(),
    })
}

/// Reps who may log in; a choice holds some hundreds.
pub(in crate::pages::manage) async fn all_reps(api: &Api) -> Result<Vec<User>, Failure> {
    let mut query = UserQuery {
        role: Some(Role::SalesRep),
        active: Some(true),
        limit: Some(MAX_LIMIT),
        ..UserQuery::default()
    };
    let mut reps = Vec::new();
    for _ in 0..5 {
        let page = api.users(&query).await?;
        reps.extend(page.items);
        query.cursor = page.next_cursor;
        if query.cursor.is_none() {
            break;
        }
    }
    Ok(reps)
}

/// Properties of [`PlanSession`].
#[derive(Properties, PartialEq, Clone)]
pub(super) struct PlanSessionProps {
    /// Whose groups' zones are known.
    pub week: Rc<Week>,
    /// It is scheduled.
    pub on_done: Callback<()>,
}

/// The form, once there is something to choose from.
#[component]
pub(super) fn PlanSession(props: &PlanSessionProps) -> Html {
    let known = use_resource("people/reps-and-scenarios", choices);
    let key = use_memo((), |()| random::key());
    let form = use_form(|| {
        // The next full hour.
        const HOUR_MS: u64 = 3_600_000;
        Plan {
            moment: Moment::of((clock::now_ms() / HOUR_MS + 1) * HOUR_MS),
            ..Plan::default()
        }
    });
    let draft = form.draft().clone();
    let onsubmit = {
        let on_done = props.on_done.clone();
        form.on_submit(
            move |api: Api, plan: Plan| {
                let key = key.clone();
                async move { send(&api, &plan, &key).await }
            },
            move |api, made: ListedSession| {
                let at = clock::date_and_time(made.session.slot_at);
                toast(tr!("{} practises on {at}", at = at, made.rep_name));
                api.cache()
                    .changed(&["schedule", "dashboard", "people", "sessions"]);
                on_done.emit(());
            },
        )
    };
    let week = props.week.clone();
    known.show(skeleton("h-64 rounded-md"), |choices| {
        let rep = choices.reps.iter().find(|rep| rep.id.to_string() == draft.user_id);
        let group = rep.and_then(|rep| rep.group.as_ref());
        let group = group.and_then(|of| week.groups.iter().find(|group| group.id == of.id));
        let reps = choices.reps.iter().map(|rep| {
            let name = format!("{} {}", rep.first_name, rep.last_name);
            let name = rep.team.as_ref().map_or(name.clone(), |team| format!("{name} · {}", team.name));
            (rep.id.to_string().into(), name.into())
        });
        let scenarios = choices.scenarios.iter().map(|one| {
            let name = if one.company_id.is_some() {
                tr!("Day {} · {} · your own", one.day, one.theme)
            } else {
                tr!("Day {day} · {theme}", day = one.day, theme = one.theme)
            };
            (one.id.to_string().into(), name.into())
        });
        let choose = || [(AttrValue::from(""), AttrValue::from(tr!("Choose …")))].into_iter();
        html! {
            <form novalidate=true class="grid gap-4" onsubmit={onsubmit.clone()}>
                <LeaveGuard when={form.is_changed()} />
                { form_failure(&form) }
                { select(Choice {
                    name: "userId".into(),
                    label: tr!("Rep").into(),
                    value: draft.user_id.clone().into(),
                    options: choose().chain(reps).collect(),
                    error: form.error("userId"),
                    onchange: form.chosen("userId", |draft: &mut Plan, id| draft.user_id = id),
                    ..Choice::default()
                }) }
                { select(Choice {
                    name: "practised".into(),
                    label: tr!("Practises").into(),
                    value: draft.practised.clone().into(),
                    options: choose().chain(scenarios).collect(),
                    error: form.error("practised"),
                    onchange: form.chosen("practised", |draft: &mut Plan, id| draft.practised = id),
                    ..Choice::default()
                }) }
                { moment_fields(&form, &draft.moment, ("moment.date", "moment.time"), |plan: &mut Plan| &mut plan.moment, group.map(|group| group.schedule.zone.as_str())) }
                <div class="flex justify-end">
                    <Button submits=true busy={form.is_busy()}>{ tr!("Schedule it") }</Button>
                </div>
            </form>
        }
    })
}

async fn send(api: &Api, plan: &Plan, key: &str) -> Result<ListedSession, Failure> {
    // Both were chosen from a list of ids.
    let (Ok(user_id), Ok(scenario)) = (plan.user_id.parse(), plan.practised.parse()) else {
        return Err(Failure::Outdated);
    };
    let form = ScheduleForm {
        user_id,
        slot_at: plan.moment.slot_at()?,
        practised: Practised::ScenarioId(scenario),
    };
    api.schedule(&SessionTarget::default(), &form, key).await
}
