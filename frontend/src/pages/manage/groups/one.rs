//! One group: its name, its rhythm, its reps.

use super::schedule_fields::schedule_fields;
use crate::api::Api;
use crate::browser::address;
use crate::components::{
    Button, Confirm, Glyph, IN_TEXT, Input, Look, Toggle, avatar, card, empty_state, form_failure,
    icon, link, link_to, page_head, skeleton, switch, text_field, toast, use_conflict,
};
use crate::data::{LeaveGuard, use_action, use_form, use_pages, use_resource};
use crate::routes::{ManagePage, Route};
use contract::auth::Me;
use contract::groups::{Group, UpdateGroup};
use contract::teams::Team;
use contract::users::UserQuery;
use domain::ids::GroupId;
use domain::role::Role;
use std::rc::Rc;
use yew::prelude::*;

/// Properties of [`GroupPage`].
#[derive(Properties, PartialEq, Clone)]
pub struct GroupPageProps {
    /// Which.
    pub id: GroupId,
    /// Who looks.
    pub me: Rc<Me>,
}

/// The page.
#[component]
pub fn GroupPage(props: &GroupPageProps) -> Html {
    let id = props.id;
    let group = use_resource(format!("groups/{id}"), move |api: Api| async move {
        let group = api.group(id).await?;
        let team = api.team(group.team.id).await?;
        Ok((group, team))
    });
    let reps = use_pages(
        format!("people/group/{id}"),
        move |api: Api, cursor| async move {
            let query = UserQuery {
                cursor,
                group_id: Some(id),
                ..UserQuery::default()
            };
            api.users(&query).await
        },
    );
    let me = props.me.clone();
    html! {
        <>
            { group.show(skeleton("h-72 rounded-lg"), |(group, team)| about(group, team, &me)) }
            <div class="mt-5 max-w-2xl">
                { card(tr!("Reps"), reps.show(
                    skeleton("h-32 rounded-md"),
                    empty_state(Glyph::Groups, tr!("Nobody in it yet"), tr!("Put reps into it on the board of the team's groups."), Html::default()),
                    |reps| html! {
                        <ul class="divide-y divide-line">
                            for rep in reps.iter() {
                                <li class="flex items-center gap-3 py-2.5">
                                    { avatar(&format!("{} {}", rep.first_name, rep.last_name), "size-9 text-sm") }
                                    { link(Route::Manage(ManagePage::Person { id: rep.id }), "font-semibold hover:text-brand hover:underline",
                                        html! { { format!("{} {}", rep.first_name, rep.last_name) } }) }
                                </li>
                            }
                        </ul>
                    },
                )) }
            </div>
        </>
    }
}

fn about(group: &Group, team: &Team, me: &Rc<Me>) -> Html {
    let may_change = me.role == Role::SuperAdmin || team.manager.id == me.id;
    let board = format!("/groups?team={}", team.id);
    let lead = html! {
        <>{ tr!("A group of ") }{ link(Route::Manage(ManagePage::Team { id: team.id }), IN_TEXT, html! { &team.name }) }</>
    };
    html! {
        <>
            { page_head(group.name.clone(), lead, link_to(board, "inline-flex min-h-11 items-center gap-2 rounded-full border border-line-strong bg-raised px-4 font-semibold",
                html! { <>{ icon(Glyph::Groups, "size-5") }{ tr!("The team's board") }</> })) }
            <div class="max-w-2xl">
                { card(tr!("When it practises"), html! { <Rhythm group={Rc::new(group.clone())} {may_change} /> }) }
            </div>
        </>
    }
}

/// Properties of [`Rhythm`].
#[derive(Properties, PartialEq, Clone)]
struct RhythmProps {
    group: Rc<Group>,
    may_change: bool,
}

fn form_of(group: &Group) -> UpdateGroup {
    UpdateGroup {
        name: group.name.clone(),
        schedule: group.schedule.clone(),
        is_active: group.is_active,
    }
}

/// The group's form.
#[component]
fn Rhythm(props: &RhythmProps) -> Html {
    let group = props.group.clone();
    let is_asking = use_state(|| false);
    let form = {
        let group = group.clone();
        use_form(move || form_of(&group))
    };
    let delete = use_action();
    let draft = form.draft().clone();
    let (id, version) = (group.id, group.version);
    let onsubmit = form.on_submit(
        move |api: Api, form| async move { api.update_group(id, version, &form).await },
        |api, _: Group| {
            toast(tr!("Saved. Sessions that were not started move along."));
            api.cache().changed(&["groups", "teams", "dashboard"]);
        },
    );
    let conflict = use_conflict(
        &form,
        Some(id),
        |api, id| async move { api.group(id).await },
        form_of,
        "groups",
    );
    let ask = {
        let is_asking = is_asking.setter();
        Callback::from(move |()| is_asking.set(true))
    };
    let keep = {
        let is_asking = is_asking.setter();
        Callback::from(move |()| is_asking.set(false))
    };
    let on_confirm = delete.on(
        move |api: Api| async move { api.delete_group(id).await },
        |api, ()| {
            toast(tr!("The group is deleted"));
            address::push("/groups");
            api.cache().changed(&["groups", "teams", "people"]);
        },
    );
    let on_schedule = form.chosen("schedule", |draft: &mut UpdateGroup, schedule| {
        draft.schedule = schedule;
    });
    html! {
        <form novalidate=true {onsubmit}>
            <fieldset class="grid gap-5" disabled={!props.may_change}>
                <LeaveGuard when={form.is_changed()} />
                { form_failure(&form) }
                { conflict }
                { text_field(Input {
                    name: "name".into(),
                    label: tr!("Name").into(),
                    value: draft.name.clone().into(),
                    error: form.error("name"),
                    oninput: form.typed("name", |draft, text| draft.name = text),
                    ..Input::default()
                }) }
                { schedule_fields(&draft.schedule, &on_schedule, &|field| form.error(field)) }
                { switch(Toggle {
                    name: "isActive".into(),
                    label: tr!("It practises").into(),
                    hint: tr!("Switched off, nothing more is scheduled for it.").into(),
                    checked: draft.is_active,
                    onchange: form.chosen("isActive", |draft: &mut UpdateGroup, on| draft.is_active = on),
                    ..Toggle::default()
                }) }
                if props.may_change {
                    <div class="flex flex-wrap justify-between gap-3">
                        <Button look={Look::Quiet} onclick={ask}>{ icon(Glyph::Bin, "size-5") }{ tr!("Delete") }</Button>
                        <Button submits=true busy={form.is_busy()} disabled={!form.is_changed()}>{ tr!("Save") }</Button>
                    </div>
                }
            </fieldset>
            if *is_asking {
                <Confirm title={tr!("Delete {}?", group.name)} action={tr!("Delete the group")} busy={delete.is_busy()} failure={delete.failure().cloned()}
                    {on_confirm} on_close={keep}>
                    <p>{ tr!("Its reps stay in the team and get no sessions until they are in another group. What they practised stays.") }</p>
                </Confirm>
            }
        </form>
    }
}
