//! The versions of a scenario: when each was written, what it says, and what has changed since.

use super::change_list::change_list;
use super::reading::reading;
use crate::api::Api;
use crate::browser::clock;
use crate::components::{Button, Glyph, Look, Modal, Place, Tone, badge, icon, segments, skeleton};
use crate::data::{use_pages, use_resource};
use crate::state::changes::changes;
use contract::auth::Me;
use contract::page::MAX_LIMIT;
use contract::scenario::{Scenario, ScenarioText, VersionQuery, VersionSummary};
use contract::users::UserQuery;
use domain::ids::{ScenarioId, UserId};
use std::collections::BTreeMap;
use std::rc::Rc;
use yew::prelude::*;

/// Properties of [`Versions`].
#[derive(Properties, PartialEq, Clone)]
pub struct VersionsProps {
    /// Who looks.
    pub me: Rc<Me>,
    /// The scenario as it is stored.
    pub scenario: Rc<Scenario>,
    /// Takes an earlier text into the editor; `None` where nobody may edit.
    pub on_take: Option<Callback<ScenarioText>>,
    /// Closes the drawer.
    pub on_close: Callback<()>,
}

/// A drawer with the versions, and one of them.
#[component]
pub fn Versions(props: &VersionsProps) -> Html {
    let id = props.scenario.id;
    let chosen = use_state(|| None::<u32>);
    let versions = use_pages(
        format!("scenarios/{id}/versions"),
        move |api: Api, cursor| async move {
            let query = VersionQuery {
                cursor,
                ..VersionQuery::default()
            };
            api.scenario_versions(id, &query).await
        },
    );
    let names = use_resource("people/names", |api: Api| async move {
        let query = UserQuery {
            limit: Some(MAX_LIMIT),
            ..UserQuery::default()
        };
        let people = api.users(&query).await?.items.into_iter();
        let named = people.map(|one| (one.id, format!("{} {}", one.first_name, one.last_name)));
        Ok(named.collect::<BTreeMap<UserId, String>>())
    });
    let names = names.get();
    let author = |by: Option<UserId>| -> Option<String> {
        let by = by?;
        if by == props.me.id {
            return Some(tr!("you").to_owned());
        }
        names.as_ref()?.get(&by).cloned()
    };
    let row = |version: &VersionSummary| {
        let number = version.number;
        let onclick = {
            let chosen = chosen.setter();
            Callback::from(move |_: MouseEvent| chosen.set(Some(number)))
        };
        let when = clock::date_and_time(version.created_at);
        html! {
            <li key={number} class="relative flex items-center gap-3 py-3">
                <div class="min-w-0 flex-1">
                    <p class="flex flex-wrap items-center gap-2">
                        <button type="button" {onclick} class="font-semibold after:absolute after:inset-0 hover:text-brand">{ tr!("Version {}", number) }</button>
                        if version.is_served {
                            { badge(Tone::Good, tr!("Practised")) }
                        } else if version.published_at.is_none() {
                            { badge(Tone::Accent, tr!("Draft")) }
                        }
                    </p>
                    <p class="text-sm wrap-anywhere">{ &version.theme }</p>
                    <p class="text-sm text-ink-soft">
                        { match author(version.created_by) {
                            Some(name) => tr!("Begun {when} by {name}", when = when, name = name),
                            None => tr!("Begun {}", when),
                        } }
                        if let Some(at) = version.published_at { { " · " }{ tr!("published {}", clock::date_and_time(at)) } }
                    </p>
                </div>
                { icon(Glyph::Chevron, "size-5 shrink-0 -rotate-90 text-ink-soft") }
            </li>
        }
    };
    let back = {
        let chosen = chosen.setter();
        Callback::from(move |()| chosen.set(None))
    };
    let (title, view) = match *chosen {
        None => (
            tr!("Versions").to_owned(),
            versions.show(
                skeleton("h-40 rounded-lg"),
                Html::default(),
                |versions| html! { <ul class="divide-y divide-line">{ versions.iter().map(|version| row(version)).collect::<Html>() }</ul> },
            ),
        ),
        Some(number) => (
            tr!("Version {}", number),
            html! { <OneVersion key={number} {id} {number} now={Rc::new(props.scenario.text.clone())} is_latest={number == props.scenario.number} on_take={props.on_take.clone()} on_back={back} /> },
        ),
    };
    html! { <Modal {title} place={Place::Side} on_close={props.on_close.clone()}>{ view }</Modal> }
}

/// What is shown of a version.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum View {
    Changes,
    Text,
}

#[derive(Properties, PartialEq, Clone)]
struct OneVersionProps {
    id: ScenarioId,
    number: u32,
    now: Rc<ScenarioText>,
    is_latest: bool,
    on_take: Option<Callback<ScenarioText>>,
    on_back: Callback<()>,
}

#[component]
fn OneVersion(props: &OneVersionProps) -> Html {
    let (id, number) = (props.id, props.number);
    let view = use_state(|| {
        if props.is_latest {
            View::Text
        } else {
            View::Changes
        }
    });
    let version = use_resource(
        format!("scenarios/{id}/versions/{number}"),
        move |api: Api| async move { api.scenario_version(id, number).await },
    );
    let choose = {
        let view = view.setter();
        Callback::from(move |to| view.set(to))
    };
    html! {
        <>
            <button type="button" onclick={props.on_back.reform(|_: MouseEvent| ())} class="-ml-2 mb-3 inline-flex min-h-11 items-center gap-1.5 rounded-full px-2 font-semibold text-brand hover:bg-brand-wash">
                { icon(Glyph::Back, "size-5") }{ tr!("All versions") }
            </button>
            { version.show(skeleton("h-64 rounded-lg"), |version| {
                let since = changes(&version.text, &props.now);
                let take = props.on_take.clone().filter(|_| !props.is_latest && !since.is_empty()).map(|on_take| {
                    let text = version.text.clone();
                    html! { <Button look={Look::Quiet} onclick={Callback::from(move |()| on_take.emit(text.clone()))}>{ tr!("Take this text into the editor") }</Button> }
                });
                html! {
                    <div class="grid gap-5">
                        <div class="flex flex-wrap items-center justify-between gap-3">
                            if !props.is_latest {
                                { segments("version-view", tr!("What is shown"), &[(View::Changes, tr!("Changed since")), (View::Text, tr!("Its text"))], *view, &choose) }
                            }
                            { take }
                        </div>
                        if *view == View::Text {
                            { reading(&version.text, true) }
                        } else if since.is_empty() {
                            <p class="text-ink-soft">{ tr!("Nothing has changed since: the latest version says the same.") }</p>
                        } else {
                            { change_list(&since) }
                        }
                    </div>
                }
            }) }
        </>
    }
}
