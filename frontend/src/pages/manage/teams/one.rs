//! One team: its reps, its groups, who leads it.

use super::team_form::TeamFields;
use crate::api::Api;
use crate::browser::address;
use crate::components::{
    Button, Confirm, Glyph, Look, Modal, ROW_LINK, Row, SearchField, avatar, card_with,
    empty_state, icon, link, notice, page_head, skeleton, table, toast, words,
};
use crate::data::{Entry, use_action, use_pages, use_resource};
use crate::routes::{ManagePage, Route};
use crate::state::pace::of_day;
use contract::auth::Me;
use contract::groups::Group;
use contract::page::PageQuery;
use contract::teams::{AddMembers, Team};
use contract::users::{MemberQuery, User, UserQuery};
use domain::ids::{TeamId, UserId};
use domain::role::Role;
use std::rc::Rc;
use yew::prelude::*;

/// Properties of [`TeamPage`].
#[derive(Properties, PartialEq, Clone)]
pub struct TeamPageProps {
    /// Which.
    pub id: TeamId,
    /// Who looks.
    pub me: Rc<Me>,
}

/// What lies over the page.
#[derive(Clone, PartialEq)]
enum Over {
    Edit,
    Delete,
    Add,
    TakeOut(UserId, String),
}

/// The page.
#[component]
pub fn TeamPage(props: &TeamPageProps) -> Html {
    let id = props.id;
    let over = use_state(|| None::<Over>);
    let team = use_resource(format!("teams/{id}"), move |api: Api| async move {
        api.team(id).await
    });
    let members = use_pages(
        format!("people/team/{id}"),
        move |api: Api, cursor| async move {
            let query = MemberQuery {
                cursor,
                limit: None,
            };
            api.team_members(id, &query).await
        },
    );
    let groups = use_resource(format!("groups/team/{id}"), move |api: Api| async move {
        let query = PageQuery {
            limit: Some(contract::page::MAX_LIMIT),
            ..PageQuery::default()
        };
        Ok(api.groups_of(id, &query).await?.items)
    });
    let close = {
        let over = over.setter();
        Callback::from(move |()| over.set(None))
    };
    let open = |what: Over| {
        let over = over.setter();
        Callback::from(move |()| over.set(Some(what.clone())))
    };
    let may_change = team
        .get()
        .is_some_and(|team| props.me.role == Role::SuperAdmin || team.manager.id == props.me.id);
    let head = |team: &Team| {
        let lead = tr!(
            "Led by {first_name} {last_name}",
            first_name = team.manager.first_name,
            last_name = team.manager.last_name
        );
        let actions = if may_change {
            html! {
                <>
                    <Button look={Look::Quiet} onclick={open(Over::Edit)}>{ icon(Glyph::Pencil, "size-5") }{ tr!("Change") }</Button>
                    <Button look={Look::Quiet} onclick={open(Over::Delete)}>{ icon(Glyph::Bin, "size-5") }{ tr!("Delete") }</Button>
                </>
            }
        } else {
            Html::default()
        };
        page_head(team.name.clone(), lead, actions)
    };
    let add = if may_change {
        html! { <Button look={Look::Quiet} onclick={open(Over::Add)}>{ icon(Glyph::Plus, "size-5") }{ tr!("Add reps") }</Button> }
    } else {
        Html::default()
    };
    let take_out = may_change.then(|| {
        let over = over.setter();
        Callback::from(move |(rep, name)| over.set(Some(Over::TakeOut(rep, name))))
    });
    html! {
        <>
            { team.show(skeleton("mb-6 h-16 rounded-lg"), head) }
            <div class="grid items-start gap-5 lg:grid-cols-[1.6fr_1fr]">
                { card_with(tr!("Reps"), add, members.show(
                    skeleton("h-48 rounded-md"),
                    empty_state(Glyph::People, tr!("No reps yet"), tr!("Add reps of your company, or invite new ones into this team."), Html::default()),
                    |reps| reps_table(reps, take_out.as_ref()),
                )) }
                { card_with(tr!("Groups"), link(Route::Manage(ManagePage::Groups), crate::components::IN_TEXT, html! { tr!("All groups") }),
                    groups.show(skeleton("h-32 rounded-md"), |groups| group_list(groups))) }
            </div>
            if let (Some(over), Some(team)) = (&*over, team.get()) {
                <OverTeam over={over.clone()} {team} me={props.me.clone()} on_close={close} />
            }
        </>
    }
}

fn reps_table(reps: &[Entry<User>], take_out: Option<&Callback<(UserId, String)>>) -> Html {
    let row = |rep: &Entry<User>| {
        let name = format!("{} {}", rep.first_name, rep.last_name);
        let out = take_out.map(|out| {
            let (rep, name) = (rep.id, name.clone());
            let label = tr!("Take {name} out of the team", name = name);
            let onclick = out.reform(move |_: MouseEvent| (rep, name.clone()));
            html! {
                <button type="button" {onclick} aria-label={label}
                    class="relative z-1 inline-flex size-11 items-center justify-center rounded-full text-ink-soft hover:bg-sunken hover:text-bad">
                    { icon(Glyph::Leave, "size-5") }
                </button>
            }
        });
        Row {
            key: rep.id.to_string(),
            cells: vec![
                html! {
                    <span class="flex items-center gap-3">
                        { avatar(&name, "size-9 text-sm") }
                        { link(Route::Manage(ManagePage::Person { id: rep.id }), ROW_LINK, html! { &name }) }
                    </span>
                },
                html! { { rep.group.as_ref().map_or(tr!("No group"), |group| group.name.as_str()) } },
                html! { { out.unwrap_or_default() } },
            ],
        }
    };
    table(
        tr!("Reps"),
        &[words(tr!("Name")), words(tr!("Group")), words("")],
        reps.iter().map(row).collect(),
    )
}

fn group_list(groups: &[Group]) -> Html {
    if groups.is_empty() {
        return html! { <p class="text-ink-soft">{ tr!("None yet. A group is four or five reps who practise at the same time.") }</p> };
    }
    html! {
        <ul class="divide-y divide-line">
            for group in groups.iter() {
                <li class="py-2.5">
                    { link(Route::Manage(ManagePage::Group { id: group.id }), "font-semibold hover:text-brand hover:underline", html! { &group.name }) }
                    <p class="numerals text-sm text-ink-soft">
                        { tr!("{time} · 1 rep" | "{time} · {n} reps" % group.members, time = of_day(group.schedule.slot_minute)) }
                        if !group.is_active { { tr!(" · off") } }
                    </p>
                </li>
            }
        </ul>
    }
}

/// Properties of [`OverTeam`].
#[derive(Properties, PartialEq, Clone)]
struct OverTeamProps {
    over: Over,
    team: Rc<Team>,
    me: Rc<Me>,
    on_close: Callback<()>,
}

/// What lies over the page.
#[component]
fn OverTeam(props: &OverTeamProps) -> Html {
    let action = use_action();
    let team = &props.team;
    let id = team.id;
    let on_close = props.on_close.clone();
    match &props.over {
        Over::Edit => {
            let done = props.on_close.reform(|_: Team| toast(tr!("Saved")));
            html! {
                <Modal title={tr!("Change {}", team.name)} {on_close}>
                    <TeamFields me={props.me.clone()} team={team.clone()} on_done={done} />
                </Modal>
            }
        }
        Over::Delete => {
            let on_confirm = action.on(
                move |api: Api| async move { api.delete_team(id).await },
                |api, ()| {
                    toast(tr!("The team is deleted"));
                    address::push("/teams");
                    api.cache().changed(&["teams", "groups"]);
                },
            );
            html! {
                <Confirm title={tr!("Delete the team {}?", team.name)} action={tr!("Delete the team")} busy={action.is_busy()}
                    failure={action.failure().cloned()} {on_confirm} {on_close}>
                    if team.members > 0 {
                        <p>{ tr!("It still has {} reps: take them out or move them first. A team can only go without reps.", team.members) }</p>
                    } else {
                        <p>{ tr!("Its {} groups go with it. What its reps practised stays theirs.", team.groups) }</p>
                    }
                </Confirm>
            }
        }
        Over::TakeOut(rep, name) => {
            let rep = *rep;
            let closing = on_close.clone();
            let on_confirm = action.on(
                move |api: Api| async move { api.take_out_of_team(id, rep).await },
                move |api, ()| {
                    toast(tr!("Taken out of the team"));
                    api.cache()
                        .changed(&["teams", "people", "groups", "dashboard"]);
                    closing.emit(());
                },
            );
            html! {
                <Confirm title={tr!("Take {name} out of {name_2}?", name_2 = team.name, name = name)} action={tr!("Take out")} busy={action.is_busy()}
                    failure={action.failure().cloned()} {on_confirm} {on_close}>
                    <p>{ tr!("They leave their group too, and you no longer see their sessions. What they practised stays theirs.") }</p>
                </Confirm>
            }
        }
        Over::Add => html! {
            <Modal title={tr!("Add reps to {}", team.name)} {on_close}>
                <AddReps team={team.clone()} on_done={props.on_close.clone()} />
            </Modal>
        },
    }
}

/// Properties of [`AddReps`].
#[derive(Properties, PartialEq, Clone)]
struct AddRepsProps {
    team: Rc<Team>,
    on_done: Callback<()>,
}

/// Finds reps of the company and takes them into the team.
#[component]
fn AddReps(props: &AddRepsProps) -> Html {
    let search = use_state(String::new);
    let chosen = use_state(Vec::<UserId>::new);
    let action = use_action();
    let team = props.team.clone();
    let company = team.company_id;
    let words = (*search).clone();
    let people = use_pages(
        format!("people?reps={company}&search={words}"),
        move |api: Api, cursor| {
            let query = UserQuery {
                cursor,
                company_id: Some(company),
                role: Some(Role::SalesRep),
                active: Some(true),
                search: (!words.is_empty()).then(|| words.clone()),
                ..UserQuery::default()
            };
            async move { api.users(&query).await }
        },
    );
    let on_search = {
        let search = search.setter();
        Callback::from(move |words| search.set(words))
    };
    let toggle = {
        let chosen = chosen.clone();
        Callback::from(move |id: UserId| {
            let mut all = (*chosen).clone();
            match all.iter().position(|one| *one == id) {
                Some(at) => drop(all.remove(at)),
                None => all.push(id),
            }
            chosen.set(all);
        })
    };
    let count = chosen.len();
    let add = {
        let (id, on_done) = (team.id, props.on_done.clone());
        let form = AddMembers {
            user_ids: (*chosen).clone(),
        };
        action.on(
            move |api: Api| {
                let form = form.clone();
                async move { api.add_to_team(id, &form).await }
            },
            move |api, team: Team| {
                toast(tr!(
                    "{name} has {members} reps now",
                    name = team.name,
                    members = team.members
                ));
                api.cache()
                    .changed(&["teams", "people", "groups", "dashboard"]);
                on_done.emit(());
            },
        )
    };
    html! {
        <div class="grid gap-4">
            if let Some(why) = action.failure() {
                { notice(tr!("They were not added"), html! { <p class="text-sm">{ why.to_string() }</p> }) }
            }
            <SearchField label={tr!("Search reps by name or address")} value={(*search).clone()} {on_search} />
            <div class="max-h-80 overflow-y-auto" tabindex="0" role="region" aria-label={tr!("Reps to choose from")}>
                { people.show(
                    skeleton("h-40 rounded-md"),
                    html! { <p class="py-4 text-ink-soft">{ tr!("Nobody by that name. Invite new reps from the page People.") }</p> },
                    |people| html! {
                        <ul class="divide-y divide-line">
                            for one in people.iter() {
                                { candidate(one, team.id, &chosen, &toggle) }
                            }
                        </ul>
                    },
                ) }
            </div>
            <div class="flex justify-end">
                <Button busy={action.is_busy()} disabled={count == 0} onclick={add}>
                    { tr!("Add 1 rep" | "Add {n} reps" % count) }
                </Button>
            </div>
        </div>
    }
}

fn candidate(one: &User, team: TeamId, chosen: &[UserId], toggle: &Callback<UserId>) -> Html {
    let id = one.id;
    let is_in = one.team.as_ref().is_some_and(|of| of.id == team);
    let name = format!("{} {}", one.first_name, one.last_name);
    let of = match &one.team {
        Some(_) if is_in => tr!("in this team already").to_owned(),
        Some(of) => tr!("now in {}; moves over", of.name),
        None => tr!("in no team").to_owned(),
    };
    html! {
        <li>
            <label class="flex min-h-14 cursor-pointer items-center gap-3 py-2">
                <input type="checkbox" class="size-5 shrink-0 accent-brand" checked={is_in || chosen.contains(&id)} disabled={is_in}
                    onchange={toggle.reform(move |_: Event| id)} />
                <span class="min-w-0">
                    <span class="block truncate font-medium">{ name }</span>
                    <span class="block text-sm text-ink-soft">{ of }</span>
                </span>
            </label>
        </li>
    }
}
