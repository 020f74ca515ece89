//! The week: all groups' slots, and how their sessions stand; one of them moved, taken back or added.

mod day;
mod drawer;
mod plan;

use super::standing::standing_sign;
use crate::api::{Api, Failure, with_query};
use crate::browser::{clock, page};
use crate::components::{
    Button, Choice, Glyph, IN_TEXT, Modal, empty_state, icon, link, page_head, select, skeleton,
};
use crate::data::{use_query, use_resource};
use crate::routes::{ManagePage, Route};
use crate::state::week::{DAYS, by_day, coming, monday_of, tally};
use contract::groups::{Group, GroupQuery};
use contract::page::MAX_LIMIT;
use contract::session::{ListedSession, SessionQuery};
use contract::teams::{Team, TeamQuery};
use domain::ids::{GroupId, SessionId, TeamId};
use drawer::SessionDrawer;
use gloo::timers::callback::Interval;
use plan::PlanSession;
pub(in crate::pages::manage) use plan::all_reps;
use serde::{Deserialize, Serialize};
use std::rc::Rc;
use yew::prelude::*;

/// While somebody looks at it, the week is asked for again this often, ms.
const EVERY_MS: u32 = 60_000;

/// A week of a company holds at most so many sessions here: a thousand reps would be led by others.
const MOST_PAGES: usize = 10;

/// What is shown; stands in the address.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Shown {
    /// A day of the week, `2026-11-22`; the present one when absent.
    week: Option<String>,
    team_id: Option<TeamId>,
    group_id: Option<GroupId>,
    /// The session that is looked at.
    session: Option<SessionId>,
}

/// All that a week is made of.
#[derive(PartialEq)]
pub(super) struct Week {
    sessions: Vec<ListedSession>,
    groups: Vec<Group>,
    teams: Vec<Team>,
}

async fn ask(api: Api, shown: Shown, from: u64, to: u64) -> Result<Week, Failure> {
    let limit = Some(MAX_LIMIT);
    let groups = GroupQuery {
        limit,
        ..GroupQuery::default()
    };
    let teams = TeamQuery {
        limit,
        ..TeamQuery::default()
    };
    let (sessions, groups, teams) = futures::future::try_join3(
        sessions(&api, &shown, from, to),
        api.groups(&groups),
        api.teams(&teams),
    )
    .await?;
    Ok(Week {
        sessions,
        groups: groups.items,
        teams: teams.items,
    })
}

async fn sessions(
    api: &Api,
    shown: &Shown,
    from: u64,
    to: u64,
) -> Result<Vec<ListedSession>, Failure> {
    let mut query = SessionQuery {
        team_id: shown.team_id,
        group_id: shown.group_id,
        from: Some(from),
        to: Some(to),
        limit: Some(MAX_LIMIT),
        ..SessionQuery::default()
    };
    let mut all = Vec::new();
    for _ in 0..MOST_PAGES {
        let page = api.sessions(&query).await?;
        all.extend(page.items);
        query.cursor = page.next_cursor;
        if query.cursor.is_none() {
            break;
        }
    }
    Ok(all)
}

/// The page.
#[component]
pub fn SchedulePage() -> Html {
    let (shown, set_shown) = use_query::<Shown>();
    let is_planning = use_state(|| false);
    let now = clock::now_ms();
    let today = clock::day_number(now);
    let asked = shown.week.as_deref().and_then(clock::day_of_field);
    let monday = monday_of(asked.unwrap_or(today));
    let (from, to) = (clock::begin_of(monday), clock::begin_of(monday + 7));
    let of_week = Shown {
        week: Some(clock::field_of_day(monday)),
        session: None,
        ..(*shown).clone()
    };
    let key = with_query("schedule", &of_week);
    let week = use_resource(key.clone(), move |api| ask(api, of_week.clone(), from, to));
    {
        let again = week.retry();
        use_effect_with(key, move |_| {
            let ticking = Interval::new(EVERY_MS, move || {
                if page::is_visible() {
                    again.emit(());
                }
            });
            move || drop(ticking)
        });
    }
    let go = |change: fn(&mut Shown, String)| {
        let (shown, set_shown) = (shown.clone(), set_shown.clone());
        Callback::from(move |chosen: String| {
            let mut next = (*shown).clone();
            change(&mut next, chosen);
            set_shown.emit(next);
        })
    };
    let to_week = |monday: i64| {
        let shown = Shown {
            week: (monday != monday_of(today)).then(|| clock::field_of_day(monday)),
            session: None,
            ..(*shown).clone()
        };
        with_query("/schedule", &shown)
    };
    let open = {
        let is_planning = is_planning.setter();
        Callback::from(move |()| is_planning.set(true))
    };
    let close = {
        let is_planning = is_planning.setter();
        Callback::from(move |()| is_planning.set(false))
    };
    let shut_drawer = go(|shown, _| shown.session = None).reform(|()| String::new());
    let known = week.get();
    let looked_at = known.as_ref().zip(shown.session).and_then(|(week, id)| {
        let found = week.sessions.iter().find(|one| one.session.id == id);
        found.cloned().map(Rc::new)
    });
    html! {
        <>
            { page_head(tr!("Schedule"), tr!("Who practises when, and how it went."),
                html! { <Button onclick={open}>{ icon(Glyph::Plus, "size-5") }{ tr!("Schedule a session") }</Button> }) }
            <div class="mb-5 flex flex-wrap items-end gap-x-6 gap-y-4">
                { turn_pages(monday, today, &to_week) }
                if let Some(week) = &known {
                    { filters(week, &shown, &go(|shown, team| { shown.team_id = team.parse().ok(); shown.group_id = None; }), &go(|shown, group| shown.group_id = group.parse().ok())) }
                }
            </div>
            { week.show(skeleton("h-96 rounded-lg"), |week| {
                if week.groups.is_empty() && week.sessions.is_empty() {
                    return nothing();
                }
                shown_week(week, &shown, monday, today, now)
            }) }
            if let (Some(week), Some(listed)) = (&known, looked_at) {
                <SessionDrawer key={listed.session.id.to_string()} listed={listed.clone()} week={week.clone()} on_close={shut_drawer} />
            }
            if let (true, Some(week)) = (*is_planning, known) {
                <Modal title={tr!("Schedule a session")} on_close={close.clone()}>
                    <PlanSession {week} on_done={close} />
                </Modal>
            }
        </>
    }
}

fn nothing() -> Html {
    empty_state(
        Glyph::Calendar,
        tr!("Nothing is scheduled yet"),
        tr!("Sessions come by themselves once a group has a fixed time and reps in it."),
        link(
            Route::Manage(ManagePage::Groups),
            IN_TEXT,
            tr!("Make a group with a fixed time"),
        ),
    )
}

/// Which week it is, and the ways to the others.
fn turn_pages(monday: i64, today: i64, to_week: &dyn Fn(i64) -> String) -> Html {
    let arrow = |to: i64, name: &'static str, turn: &'static str| {
        let class = classes!(
            "inline-flex",
            "size-11",
            "items-center",
            "justify-center",
            "rounded-full",
            "border",
            "border-line-strong",
            "bg-raised",
            "hover:border-brand",
            "hover:text-brand"
        );
        html! {
            <a href={to_week(to)} {class} aria-label={name} title={name}>{ icon(Glyph::Chevron, turn) }</a>
        }
    };
    let is_present = monday == monday_of(today);
    let sunday = monday + 6;
    html! {
        <nav aria-label={tr!("Weeks")} class="flex flex-wrap items-center gap-2">
            { arrow(monday - 7, tr!("The week before"), "size-5 rotate-90") }
            { arrow(monday + 7, tr!("The week after"), "size-5 -rotate-90") }
            <p class="numerals ml-1 font-display text-lg font-semibold" role="status">
                { format!("{} – {}", clock::day_without_year(monday), clock::day_and_year(sunday)) }
            </p>
            if !is_present {
                <a href={to_week(monday_of(today))} class={classes!(IN_TEXT, "ml-1")}>{ tr!("This week") }</a>
            }
        </nav>
    }
}

fn filters(
    week: &Week,
    shown: &Shown,
    on_team: &Callback<String>,
    on_group: &Callback<String>,
) -> Html {
    let groups = week
        .groups
        .iter()
        .filter(|group| shown.team_id.is_none_or(|team| group.team.id == team));
    let choice = |name: &'static str,
                  label: &'static str,
                  value: String,
                  all: &'static str,
                  options: Vec<(AttrValue, AttrValue)>,
                  onchange: &Callback<String>| {
        select(Choice {
            name: name.into(),
            label: label.into(),
            value: value.into(),
            options: [(AttrValue::from(""), AttrValue::from(all))]
                .into_iter()
                .chain(options)
                .collect(),
            onchange: onchange.clone(),
            ..Choice::default()
        })
    };
    html! {
        <div class="grid w-full grid-cols-2 gap-3 sm:ml-auto sm:w-auto sm:min-w-96">
            { choice("team", tr!("Team"), shown.team_id.map_or_else(String::new, |id| id.to_string()), tr!("All teams"),
                week.teams.iter().map(|team| (team.id.to_string().into(), team.name.clone().into())).collect(), on_team) }
            { choice("group", tr!("Group"), shown.group_id.map_or_else(String::new, |id| id.to_string()), tr!("All groups"),
                groups.map(|group| (group.id.to_string().into(), group.name.clone().into())).collect(), on_group) }
        </div>
    }
}

fn shown_week(week: &Week, shown: &Shown, monday: i64, today: i64, now: u64) -> Html {
    let groups: Vec<Group> = week
        .groups
        .iter()
        .filter(|group| shown.team_id.is_none_or(|team| group.team.id == team))
        .filter(|group| shown.group_id.is_none_or(|id| group.id == id))
        .cloned()
        .collect();
    let from = clock::begin_of(monday).saturating_sub(1).max(now);
    let to = clock::begin_of(monday + 7);
    let slots = coming(&groups, from, to, captain_zones::utc_offset_minutes);
    let days = by_day(monday, &week.sessions, &groups, &slots, clock::day_number);
    let to_session = |id: SessionId| {
        let looked_at = Shown {
            session: Some(id),
            ..shown.clone()
        };
        with_query("/schedule", &looked_at)
    };
    html! {
        <>
            { counts(&week.sessions, now) }
            <ol class="grid gap-3 xl:grid-cols-7 xl:gap-2" aria-label={tr!("Days")}>
                for (day, slots) in (monday..monday + DAYS as i64).zip(days) {
                    { day::day(day, &slots, today, now, &to_session) }
                }
            </ol>
            <p class="mt-4 text-sm text-ink-soft">
                { tr!("Times are those of your clock ({}). Sessions are made a day ahead of their slot; later slots are drawn with a dashed line.", clock::zone()) }
            </p>
        </>
    }
}

/// The week in numbers, which is also what the signs mean.
fn counts(sessions: &[ListedSession], now: u64) -> Html {
    let counts = tally(sessions, now);
    if counts.is_empty() {
        return Html::default();
    }
    html! {
        <dl class="mb-4 flex flex-wrap gap-x-5 gap-y-1 text-sm">
            for (standing, count) in counts {
                <div class="flex items-center gap-1.5">
                    <dt class="flex items-center gap-1.5 text-ink-soft">
                        <span aria-hidden="true">{ standing_sign(standing) }</span>{ standing.words() }
                    </dt>
                    <dd class="numerals font-semibold">{ count }</dd>
                </div>
            }
        </dl>
    }
}
