//! Teams: who leads whom.

mod one;
mod team_form;

pub use one::TeamPage;

use crate::api::Api;
use crate::components::{
    Button, Glyph, Modal, ROW_LINK, Row, empty_state, icon, link, numbers, page_head, skeleton,
    table, toast, words,
};
use crate::data::{Entry, use_pages};
use crate::routes::{ManagePage, Route};
use contract::auth::Me;
use contract::teams::{Team, TeamQuery};
use std::rc::Rc;
use team_form::TeamFields;
use yew::prelude::*;

/// Properties of [`TeamsPage`].
#[derive(Properties, PartialEq, Clone)]
pub struct TeamsPageProps {
    /// Who looks.
    pub me: Rc<Me>,
}

/// All teams of the company.
#[component]
pub fn TeamsPage(props: &TeamsPageProps) -> Html {
    let is_making = use_state(|| false);
    let teams = use_pages("teams", |api: Api, cursor| async move {
        let query = TeamQuery {
            cursor,
            ..TeamQuery::default()
        };
        api.teams(&query).await
    });
    let make = {
        let is_making = is_making.setter();
        Callback::from(move |()| is_making.set(true))
    };
    let close = {
        let is_making = is_making.setter();
        Callback::from(move |()| is_making.set(false))
    };
    let made = {
        let close = close.clone();
        Callback::from(move |team: Team| {
            toast(tr!("The team {} is there", team.name));
            close.emit(());
        })
    };
    let button = |label: &'static str| {
        html! { <Button onclick={make.clone()}>{ icon(Glyph::Plus, "size-5") }{ label }</Button> }
    };
    html! {
        <>
            { page_head(tr!("Teams"), tr!("A team is a manager and their reps. Its manager sees how they practise."), button(tr!("New team"))) }
            { teams.show(
                skeleton("h-64 rounded-lg"),
                empty_state(Glyph::Flag, tr!("No team yet"), tr!("Begin with one: who leads it sees its reps' sessions, and plans when they practise."), button(tr!("Make a team"))),
                list,
            ) }
            if *is_making {
                <Modal title={tr!("New team")} on_close={close}>
                    <TeamFields me={props.me.clone()} on_done={made} />
                </Modal>
            }
        </>
    }
}

fn list(teams: &[Entry<Team>]) -> Html {
    let rows = teams.iter().map(|team| Row {
        key: team.id.to_string(),
        cells: vec![
            link(
                Route::Manage(ManagePage::Team { id: team.id }),
                ROW_LINK,
                html! { &team.name },
            ),
            html! { { format!("{} {}", team.manager.first_name, team.manager.last_name) } },
            html! { { team.members } },
            html! { { team.groups } },
        ],
    });
    table(
        tr!("Teams"),
        &[
            words(tr!("Team")),
            words(tr!("Led by")),
            numbers(tr!("Reps")),
            numbers(tr!("Groups")),
        ],
        rows.collect(),
    )
}
