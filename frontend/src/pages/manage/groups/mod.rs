//! Groups: who practises together, and when.

mod board;
mod one;
mod schedule_fields;

pub use one::GroupPage;

use crate::api::Api;
use crate::browser::random;
use crate::components::{
    Button, Choice, Glyph, IN_TEXT, Input, Modal, empty_state, form_failure, icon, link, page_head,
    select, skeleton, text_field, toast,
};
use crate::data::{LeaveGuard, use_form, use_query, use_resource};
use crate::routes::{ManagePage, Route};
use board::Board;
use contract::auth::Me;
use contract::groups::{CreateGroup, Group, Schedule};
use contract::page::MAX_LIMIT;
use contract::teams::{Team, TeamQuery};
use domain::ids::TeamId;
use domain::role::Role;
use domain::schedule::{Weekday, Weekdays};
use schedule_fields::schedule_fields;
use serde::{Deserialize, Serialize};
use std::rc::Rc;
use yew::prelude::*;

/// Which team the board shows; stands in the address.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Shown {
    team: Option<TeamId>,
}

/// Properties of [`GroupsPage`].
#[derive(Properties, PartialEq, Clone)]
pub struct GroupsPageProps {
    /// Who looks.
    pub me: Rc<Me>,
}

/// A board of one team's reps by group.
#[component]
pub fn GroupsPage(props: &GroupsPageProps) -> Html {
    let (shown, set_shown) = use_query::<Shown>();
    let is_making = use_state(|| false);
    let teams = use_resource("teams/all", |api: Api| async move {
        let query = TeamQuery {
            limit: Some(MAX_LIMIT),
            ..TeamQuery::default()
        };
        Ok(api.teams(&query).await?.items)
    });
    let team = teams
        .get()
        .and_then(|teams| chosen(&teams, shown.team, &props.me));
    let may_change = team
        .as_ref()
        .is_some_and(|team| props.me.role == Role::SuperAdmin || team.manager.id == props.me.id);
    let close = {
        let is_making = is_making.setter();
        Callback::from(move |()| is_making.set(false))
    };
    let make = if may_change {
        let is_making = is_making.setter();
        let onclick = Callback::from(move |()| is_making.set(true));
        html! { <Button {onclick}>{ icon(Glyph::Plus, "size-5") }{ tr!("New group") }</Button> }
    } else {
        Html::default()
    };
    let choose = Callback::from(move |team: String| {
        set_shown.emit(Shown {
            team: team.parse().ok(),
        });
    });
    let board = |teams: &Vec<Team>| match &team {
        None => empty_state(
            Glyph::Flag,
            tr!("First a team"),
            tr!(
                "Groups are part of a team: four or five of its reps who practise at the same time."
            ),
            link(
                Route::Manage(ManagePage::Teams),
                IN_TEXT,
                html! { tr!("Make a team") },
            ),
        ),
        Some(team) => html! {
            <>
                if teams.len() > 1 {
                    <div class="mb-5 max-w-sm">
                        { select(Choice {
                            name: "team".into(),
                            label: tr!("Team").into(),
                            value: team.id.to_string().into(),
                            options: teams.iter().map(|team| (team.id.to_string().into(), team.name.clone().into())).collect(),
                            onchange: choose.clone(),
                            ..Choice::default()
                        }) }
                    </div>
                }
                <Board key={team.id.to_string()} team={team.id} {may_change} />
            </>
        },
    };
    html! {
        <>
            { page_head(tr!("Groups"), tr!("Reps who practise together, at a fixed time. Move a rep by dragging, or with the menu beside the name."), make) }
            { teams.show(skeleton("h-96 rounded-lg"), board) }
            if let (true, Some(team)) = (*is_making, &team) {
                <Modal title={tr!("New group in {}", team.name)} on_close={close.clone()}>
                    <NewGroup team={team.id} on_done={close.reform(|group: Group| toast(tr!("{} is there", group.name)))} />
                </Modal>
            }
        </>
    }
}

/// The team asked for; else one's own; else any.
fn chosen(teams: &[Team], asked: Option<TeamId>, me: &Me) -> Option<Team> {
    let by_id = asked.and_then(|id| teams.iter().find(|team| team.id == id));
    by_id
        .or_else(|| teams.iter().find(|team| team.manager.id == me.id))
        .or_else(|| teams.first())
        .cloned()
}

/// Properties of [`NewGroup`].
#[derive(Properties, PartialEq, Clone)]
struct NewGroupProps {
    team: TeamId,
    on_done: Callback<Group>,
}

/// Monday to Friday.
fn working_days() -> Option<Weekdays> {
    let days: Vec<Weekday> = Weekday::ALL.into_iter().take(5).collect();
    days.try_into().ok()
}

/// The form of a new group: Monday to Friday at eleven, by the clocks of who makes it.
#[component]
fn NewGroup(props: &NewGroupProps) -> Html {
    let key = use_memo((), |()| random::key());
    let team = props.team;
    let form = use_form(move || CreateGroup {
        team_id: team,
        name: String::new(),
        schedule: Schedule {
            weekdays: working_days().unwrap_or_else(|| Weekday::Monday.into()),
            slot_minute: 11 * 60,
            zone: crate::browser::clock::zone(),
        },
    });
    let draft = form.draft().clone();
    let onsubmit = {
        let on_done = props.on_done.clone();
        form.on_submit(
            move |api, form| {
                let key = key.clone();
                async move { api.make_group(&form, &key).await }
            },
            move |api, group| {
                api.cache().changed(&["groups", "teams", "first-steps"]);
                on_done.emit(group);
            },
        )
    };
    let on_schedule = form.chosen("schedule", |draft: &mut CreateGroup, schedule| {
        draft.schedule = schedule;
    });
    html! {
        <form novalidate=true class="grid gap-5" {onsubmit}>
            <LeaveGuard when={form.is_changed()} />
            { form_failure(&form) }
            { text_field(Input {
                name: "name".into(),
                label: tr!("Name").into(),
                placeholder: tr!("Group A").into(),
                value: draft.name.into(),
                error: form.error("name"),
                oninput: form.typed("name", |draft, text| draft.name = text),
                ..Input::default()
            }) }
            { schedule_fields(&draft.schedule, &on_schedule, &|field| form.error(field)) }
            <div class="flex justify-end">
                <Button submits=true busy={form.is_busy()}>{ tr!("Make the group") }</Button>
            </div>
        </form>
    }
}
