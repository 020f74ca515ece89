//! The people of the company: who is there, and ways in for those who are not.

mod add;
mod change;
mod invites;
mod one;

pub use invites::InvitesPage;
pub use one::PersonPage;

use crate::api::{Api, with_query};
use crate::browser::clock;
use crate::components::{
    Button, Choice, Glyph, IN_TEXT, Look, Modal, ROW_LINK, Row, SearchField, Tone, avatar, badge,
    empty_state, icon, link, page_head, select, skeleton, table, toast, words,
};
use crate::data::{Entry, use_pages, use_query};
use crate::routes::{ManagePage, Route};
use crate::state::people::role_name;
use add::AddPerson;
use contract::auth::Me;
use contract::users::{User, UserQuery};
use domain::role::Role;
use std::rc::Rc;
use yew::prelude::*;

/// Properties of [`PeoplePage`].
#[derive(Properties, PartialEq, Clone)]
pub struct PeoplePageProps {
    /// Who looks.
    pub me: Rc<Me>,
}

/// All people, with search and filters in the address.
#[component]
pub fn PeoplePage(props: &PeoplePageProps) -> Html {
    let (query, set_query) = use_query::<UserQuery>();
    let is_adding = use_state(|| false);
    let people = {
        let query = query.clone();
        use_pages(with_query("people", &*query), move |api: Api, cursor| {
            let query = UserQuery {
                cursor,
                ..(*query).clone()
            };
            async move { api.users(&query).await }
        })
    };
    let on_search = {
        let (query, set_query) = (query.clone(), set_query.clone());
        Callback::from(move |words: String| {
            set_query.emit(UserQuery {
                search: (!words.is_empty()).then_some(words),
                ..(*query).clone()
            });
        })
    };
    let on_role = {
        let (query, set_query) = (query.clone(), set_query.clone());
        Callback::from(move |role: String| {
            set_query.emit(UserQuery {
                role: role.parse().ok(),
                ..(*query).clone()
            });
        })
    };
    let on_state = {
        let (query, set_query) = (query.clone(), set_query.clone());
        Callback::from(move |state: String| {
            set_query.emit(UserQuery {
                active: match state.as_str() {
                    "in" => Some(true),
                    "out" => Some(false),
                    _ => None,
                },
                ..(*query).clone()
            });
        })
    };
    let open = {
        let is_adding = is_adding.setter();
        Callback::from(move |()| is_adding.set(true))
    };
    let close = {
        let is_adding = is_adding.setter();
        Callback::from(move |()| is_adding.set(false))
    };
    let added = {
        let close = close.clone();
        Callback::from(move |user: User| {
            toast(tr!(
                "{first_name} {last_name} is in",
                first_name = user.first_name,
                last_name = user.last_name
            ));
            close.emit(());
        })
    };
    let is_filtered = query.search.is_some() || query.role.is_some() || query.active.is_some();
    let actions = html! {
        <>
            { link(Route::Manage(ManagePage::Invites), "inline-flex min-h-11 items-center gap-2 rounded-full bg-brand px-4 font-semibold text-on-brand hover:bg-brand-strong",
                html! { <>{ icon(Glyph::Mail, "size-5") }{ tr!("Invite") }</> }) }
            <Button look={Look::Quiet} onclick={open}>{ icon(Glyph::Plus, "size-5") }{ tr!("Add a person") }</Button>
        </>
    };
    let empty = if is_filtered {
        empty_state(
            Glyph::Search,
            tr!("Nobody fits"),
            tr!("Change the words or the filters."),
            Html::default(),
        )
    } else {
        empty_state(
            Glyph::People,
            tr!("Nobody here yet"),
            tr!("Invite your reps: they come in by a link or a mail."),
            Html::default(),
        )
    };
    html! {
        <>
            { page_head(tr!("People"), tr!("Everybody of your company."), actions) }
            <div class="mb-5 grid gap-3 sm:grid-cols-[1fr_11rem_11rem] sm:items-end">
                <SearchField label={tr!("Search by name or address")} value={query.search.clone().unwrap_or_default()} {on_search} />
                { select(Choice {
                    name: "role".into(),
                    label: tr!("Role").into(),
                    value: query.role.map_or("", Role::as_str).into(),
                    options: [("", tr!("All roles")), ("sales_rep", tr!("Sales reps")), ("manager", tr!("Managers"))].map(|(value, name)| (value.into(), name.into())).to_vec(),
                    onchange: on_role,
                    ..Choice::default()
                }) }
                { select(Choice {
                    name: "state".into(),
                    label: tr!("State").into(),
                    value: match query.active { Some(true) => "in", Some(false) => "out", None => "" }.into(),
                    options: [("", tr!("In and out")), ("in", tr!("May log in")), ("out", tr!("Put out"))].map(|(value, name)| (value.into(), name.into())).to_vec(),
                    onchange: on_state,
                    ..Choice::default()
                }) }
            </div>
            { people.show(skeleton("h-96 rounded-lg"), empty, list) }
            if *is_adding {
                <Modal title={tr!("Add a person")} on_close={close}>
                    <AddPerson me={props.me.clone()} on_done={added} />
                </Modal>
            }
            <p class="mt-6 text-sm text-ink-soft">
                { tr!("Many at once? ") }{ link(Route::Manage(ManagePage::Invites), IN_TEXT, html! { tr!("Invite a list") }) }
            </p>
        </>
    }
}

fn list(people: &[Entry<User>]) -> Html {
    table(
        tr!("People"),
        &[
            words(tr!("Name")),
            words(tr!("Role")),
            words(tr!("Team and group")),
            words(tr!("Last log-in")),
        ],
        people.iter().map(row).collect(),
    )
}

fn row(user: &Entry<User>) -> Row {
    let name = format!("{} {}", user.first_name, user.last_name);
    let place = [
        user.team.as_ref().map(|team| team.name.as_str()),
        user.group.as_ref().map(|group| group.name.as_str()),
    ];
    let place: Vec<&str> = place.into_iter().flatten().collect();
    Row {
        key: user.id.to_string(),
        cells: vec![
            html! {
                <span class="flex items-center gap-3">
                    { avatar(&name, "size-10 text-sm") }
                    <span class="min-w-0">
                        { link(Route::Manage(ManagePage::Person { id: user.id }), ROW_LINK, html! { &name }) }
                        <span class="block truncate text-sm text-ink-soft">{ &user.email }</span>
                    </span>
                </span>
            },
            html! {
                <span class="inline-flex flex-wrap gap-2">
                    { badge(Tone::Plain, role_name(user.role)) }
                    if !user.is_active { { badge(Tone::Bad, tr!("Put out")) } }
                </span>
            },
            html! { { if place.is_empty() { "–".to_owned() } else { place.join(" · ") } } },
            html! { { user.last_login_at.map_or_else(|| tr!("Never").to_owned(), clock::short_date) } },
        ],
    }
}
