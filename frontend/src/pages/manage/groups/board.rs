//! A team's reps, a column for each group: moved by dragging, or by a menu for keyboards and fingers.

use crate::api::{Api, Failure};
use crate::components::{Glyph, Menu, MenuItem, avatar, icon, link, notice, skeleton, toast};
use crate::data::{Action, use_action, use_resource};
use crate::routes::{ManagePage, Route};
use crate::state::pace::of_day;
use crate::state::rhythm::days_words;
use contract::groups::Group;
use contract::page::{MAX_LIMIT, PageQuery};
use contract::teams::AddMembers;
use contract::users::{MemberQuery, User};
use domain::ids::{GroupId, TeamId, UserId};
use std::rc::Rc;
use yew::prelude::*;

/// A group works best with four or five.
const BEST: std::ops::RangeInclusive<usize> = 4..=5;

/// Properties of [`Board`].
#[derive(Properties, PartialEq, Clone)]
pub struct BoardProps {
    /// Whose reps.
    pub team: TeamId,
    /// The viewer may move them.
    pub may_change: bool,
}

/// All of a team.
struct Standing {
    groups: Vec<Group>,
    reps: Vec<User>,
}

async fn ask(api: Api, team: TeamId) -> Result<Standing, Failure> {
    let first = PageQuery {
        limit: Some(MAX_LIMIT),
        ..PageQuery::default()
    };
    let (groups, reps) =
        futures::future::try_join(api.groups_of(team, &first), reps(&api, team)).await?;
    Ok(Standing {
        groups: groups.items,
        reps,
    })
}

/// A team's reps are as many as one person can lead: all of them are read.
async fn reps(api: &Api, team: TeamId) -> Result<Vec<User>, Failure> {
    let mut reps = Vec::new();
    let mut cursor = None;
    loop {
        let query = MemberQuery {
            limit: Some(MAX_LIMIT),
            cursor,
        };
        let page = api.team_members(team, &query).await?;
        reps.extend(page.items);
        cursor = page.next_cursor;
        if cursor.is_none() {
            return Ok(reps);
        }
    }
}

/// One move: who, from where, to where; `None` is no group.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Move {
    rep: UserId,
    from: Option<GroupId>,
    to: Option<GroupId>,
}

async fn make(api: Api, step: Move) -> Result<(), Failure> {
    match (step.from, step.to) {
        (_, Some(to)) => {
            let form = AddMembers {
                user_ids: vec![step.rep],
            };
            api.add_to_group(to, &form).await.map(drop)
        }
        (Some(from), None) => api.take_out_of_group(from, step.rep).await,
        (None, None) => Ok(()),
    }
}

/// The board.
#[component]
pub fn Board(props: &BoardProps) -> Html {
    let team = props.team;
    let standing = use_resource(format!("groups/board/{team}"), move |api| ask(api, team));
    let action = use_action();
    let dragged = use_mut_ref(|| None::<(UserId, Option<GroupId>)>);
    let move_to = mover(&action);
    let on_drop = {
        let (dragged, move_to) = (dragged.clone(), move_to.clone());
        Callback::from(move |to: Option<GroupId>| {
            if let Some((rep, from)) = dragged.take()
                && from != to
            {
                move_to.emit(Move { rep, from, to });
            }
        })
    };
    let on_drag = Callback::from(move |card| {
        dragged.replace(Some(card));
    });
    let may_change = props.may_change;
    html! {
        <>
            if let Some(why) = action.failure() {
                <div class="mb-4">{ notice(tr!("The rep was not moved"), html! { <p class="text-sm">{ why.to_string() }</p> }) }</div>
            }
            { standing.show(skeleton("h-96 rounded-lg"), |standing| {
                let standing_groups: Rc<[(GroupId, String)]> =
                    standing.groups.iter().map(|group| (group.id, group.name.clone())).collect();
                html! {
                    <div class="grid items-start gap-4 sm:grid-cols-2 xl:grid-cols-3" aria-busy={action.is_busy().then_some("true")}>
                        for group in standing.groups.iter().map(Some).chain([None]) {
                            <Column group={group.cloned()} all={standing_groups.clone()} {may_change}
                                reps={standing.reps.iter().filter(|rep| rep.group.as_ref().map(|of| of.id) == group.map(|group| group.id)).cloned().collect::<Vec<_>>()}
                                on_drag={on_drag.clone()} on_drop={on_drop.clone()} move_to={move_to.clone()} />
                        }
                    </div>
                }
            }) }
        </>
    }
}

fn mover(action: &Action) -> Callback<Move> {
    let action = action.clone();
    Callback::from(move |step: Move| {
        action.run(
            move |api| make(api, step),
            |api, ()| {
                toast(tr!("Moved"));
                api.cache().changed(&["groups", "people", "teams"]);
            },
        );
    })
}

/// Properties of [`Column`].
#[derive(Properties, PartialEq, Clone)]
struct ColumnProps {
    /// `None`: reps without a group.
    group: Option<Group>,
    all: Rc<[(GroupId, String)]>,
    reps: Vec<User>,
    may_change: bool,
    on_drag: Callback<(UserId, Option<GroupId>)>,
    on_drop: Callback<Option<GroupId>>,
    move_to: Callback<Move>,
}

/// One group's reps.
#[component]
fn Column(props: &ColumnProps) -> Html {
    let is_over = use_state(|| false);
    let to = props.group.as_ref().map(|group| group.id);
    let name = props
        .group
        .as_ref()
        .map_or(tr!("No group"), |group| group.name.as_str());
    let over = |value: bool| {
        let is_over = is_over.clone();
        Callback::from(move |event: DragEvent| {
            // Without this the browser allows no drop here.
            event.prevent_default();
            if *is_over != value {
                is_over.set(value);
            }
        })
    };
    let ondrop = {
        let (is_over, on_drop) = (is_over.setter(), props.on_drop.clone());
        Callback::from(move |event: DragEvent| {
            event.prevent_default();
            is_over.set(false);
            on_drop.emit(to);
        })
    };
    let look = if *is_over {
        "border-brand bg-brand-wash"
    } else if props.group.is_none() {
        "border-dashed border-line-strong/60"
    } else {
        "border-line bg-surface"
    };
    html! {
        <section aria-label={name.to_owned()} class={classes!("rounded-lg", "border", "p-4", "transition-colors", look)}
            ondragover={over(true)} ondragleave={over(false)} {ondrop}>
            <header class="mb-2">
                if let Some(group) = &props.group {
                    { link(Route::Manage(ManagePage::Group { id: group.id }), "font-display text-lg font-semibold hover:text-brand hover:underline", html! { &group.name }) }
                    <p class="numerals text-sm text-ink-soft">
                        { format!("{} · {}", days_words(group.schedule.weekdays), of_day(group.schedule.slot_minute)) }
                        if !group.is_active { { tr!(" · switched off") } }
                    </p>
                    { size_word(props.reps.len()) }
                } else {
                    <h2 class="text-lg">{ tr!("No group") }</h2>
                    <p class="text-sm text-ink-soft">{ tr!("They get no sessions until they are in one.") }</p>
                }
            </header>
            <ul class="grid min-h-12 gap-2">
                for rep in props.reps.iter() {
                    { card(rep, to, props) }
                }
            </ul>
        </section>
    }
}

fn size_word(size: usize) -> Html {
    if size == 0 || BEST.contains(&size) {
        return Html::default();
    }
    html! { <p class="text-sm text-accent-strong">{ tr!("{size} in it; four or five work best", size = size) }</p> }
}

fn card(rep: &User, from: Option<GroupId>, props: &ColumnProps) -> Html {
    let name = format!("{} {}", rep.first_name, rep.last_name);
    let id = rep.id;
    let ondragstart = props.on_drag.reform(move |event: DragEvent| {
        if let Some(transfer) = event.data_transfer() {
            // Firefox drags nothing without data.
            let _ = transfer.set_data("text/plain", &id.to_string());
        }
        (id, from)
    });
    let others = props
        .all
        .iter()
        .map(|(group, name)| (Some(*group), tr!("Move to {name}", name = name)))
        .chain([(None, tr!("Take out of the group").to_owned())])
        .filter(|(group, _)| *group != from);
    let items: Vec<MenuItem> = others
        .map(|(to, words)| MenuItem {
            name: words.into(),
            glyph: if to.is_some() {
                Glyph::Groups
            } else {
                Glyph::Leave
            },
            is_danger: false,
            onclick: props.move_to.reform(move |()| Move { rep: id, from, to }),
        })
        .collect();
    html! {
        <li key={id.to_string()} draggable={if props.may_change { "true" } else { "false" }} {ondragstart}
            class={classes!("flex", "items-center", "gap-3", "rounded-md", "border", "border-line", "bg-raised", "py-1", "pr-1", "pl-3", props.may_change.then_some("cursor-grab active:cursor-grabbing"))}>
            { avatar(&name, "size-8 text-xs") }
            <span class="min-w-0 flex-1 truncate font-medium">{ &name }</span>
            if !rep.is_active { { icon(Glyph::Lock, "size-4 text-ink-soft") }<span class="sr-only">{ tr!("put out") }</span> }
            if props.may_change {
                <Menu id={format!("move-{id}")} label={tr!("Move {name}", name = name)} {items} />
            }
        </li>
    }
}
