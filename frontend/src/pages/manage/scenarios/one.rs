//! One scenario: to be edited by those whose it is, to be read and copied by others.

use super::editor::Editor;
use super::reading::reading;
use super::standing::standing_line;
use super::trial::Trial;
use super::versions::Versions;
use crate::api::{Api, Versioned};
use crate::browser::{address, random};
use crate::components::{
    Button, Choice, Glyph, Look, PageHeading, card, icon, link, notice, select, skeleton, toast,
};
use crate::data::{use_action, use_resource};
use crate::routes::{ManagePage, Route};
use contract::auth::Me;
use contract::scenario::{Scenario, ScenarioTarget};
use domain::ids::ScenarioId;
use domain::role::Role;
use std::rc::Rc;
use yew::prelude::*;

/// Properties of [`ScenarioPage`].
#[derive(Properties, PartialEq, Clone)]
pub struct ScenarioPageProps {
    /// Which.
    pub id: ScenarioId,
    /// Who looks.
    pub me: Rc<Me>,
}

/// The page.
#[component]
pub fn ScenarioPage(props: &ScenarioPageProps) -> Html {
    let id = props.id;
    let scenario = use_resource(format!("scenarios/{id}"), move |api: Api| async move {
        api.scenario(id).await
    });
    let loading = html! {
        <div class="grid gap-5">{ skeleton("h-9 w-2/3 rounded-md") }{ skeleton("h-96 rounded-lg") }</div>
    };
    // Its name is known once it is there; until then, and without it, the page has one too.
    let unnamed = scenario.get().is_none().then(|| {
        html! {
            <>
                { back() }
                <PageHeading title={tr!("Scenario")} class="mb-5 text-2xl">{ tr!("Scenario") }</PageHeading>
            </>
        }
    });
    let page = scenario.show(loading, |stored| {
        let stored = Rc::new(stored.clone());
        let is_stock = stored.value.company_id.is_none();
        if is_stock && props.me.role != Role::SuperAdmin {
            html! { <Reader me={props.me.clone()} {stored} /> }
        } else {
            html! { <Editor me={props.me.clone()} {stored} /> }
        }
    });
    html! { <>{ unnamed }{ page }</> }
}

/// The way back to all of them.
pub fn back() -> Html {
    let look = "-ml-1 inline-flex min-h-11 items-center gap-1.5 font-semibold text-brand hover:underline underline-offset-4";
    let to = Route::Manage(ManagePage::Scenarios);
    link(
        to,
        look,
        html! { <>{ icon(Glyph::Back, "size-5") }{ tr!("Scenarios") }</> },
    )
}

#[derive(Properties, PartialEq, Clone)]
struct ReaderProps {
    me: Rc<Me>,
    stored: Rc<Versioned<Scenario>>,
}

/// A scenario of the stock library, for managers: to read, to try, and to copy.
#[component]
fn Reader(props: &ReaderProps) -> Html {
    let scenario = &props.stored.value;
    let id = scenario.id;
    let tried = use_state(|| 0_usize);
    let is_looking_back = use_state(|| false);
    let copying = use_action();
    let key = use_memo((), |()| random::key());
    let copy = copying.on(
        move |api: Api| {
            let key = key.clone();
            async move {
                api.copy_scenario(id, &ScenarioTarget::default(), &key)
                    .await
            }
        },
        |api, copied: Versioned<Scenario>| {
            toast(tr!(
                "Copied. This is yours to edit; it is practised once you publish it."
            ));
            let to = ManagePage::Scenario {
                id: copied.value.id,
            };
            address::push(&to.path());
            api.cache().changed(&["scenarios"]);
        },
    );
    let look_back = {
        let is_looking_back = is_looking_back.setter();
        Callback::from(move |()| is_looking_back.set(true))
    };
    let close = {
        let is_looking_back = is_looking_back.setter();
        Callback::from(move |()| is_looking_back.set(false))
    };
    let on_drill = {
        let tried = tried.setter();
        Callback::from(move |at: String| tried.set(at.parse().unwrap_or(0)))
    };
    let drills = &scenario.text.drills;
    let drill = drills.get(*tried).cloned().map(Rc::new);
    let title = scenario.text.theme.clone();
    html! {
        <>
            <header class="mb-6">
                { back() }
                <PageHeading title={title.clone()} class="text-2xl wrap-anywhere">{ title }</PageHeading>
                { standing_line(Some(scenario)) }
            </header>
            <div class="mb-6 flex flex-wrap items-center justify-between gap-4 rounded-lg bg-brand-wash p-4 sm:px-5">
                <p class="max-w-prose min-w-0 text-brand-strong">{ tr!("It is the stock library's, the same for every company. Copy it to change it: your copy comes before it once you publish it.") }</p>
                <div class="flex flex-wrap gap-2">
                    <Button look={Look::Quiet} onclick={look_back}>{ icon(Glyph::Clock, "size-5") }{ tr!("Versions") }</Button>
                    <Button onclick={copy} busy={copying.is_busy()}>{ icon(Glyph::Copy, "size-5") }{ tr!("Copy and edit") }</Button>
                </div>
            </div>
            if let Some(why) = copying.failure() {
                <div class="mb-6">{ notice(tr!("It was not copied"), html! { <p class="text-sm">{ why.to_string() }</p> }) }</div>
            }
            <div class="grid items-start gap-8 xl:grid-cols-[minmax(0,1fr)_22rem]">
                { reading(&scenario.text, false) }
                <div class="min-w-0 xl:sticky xl:top-20 xl:max-h-[calc(100dvh-6rem)] xl:overflow-y-auto">
                    { card(tr!("Try it"), html! {
                        <div class="grid gap-4">
                            { select(Choice {
                                name: "tried".into(),
                                label: tr!("Customer").into(),
                                value: tried.to_string().into(),
                                options: drills.iter().enumerate().map(|(at, drill)| (at.to_string().into(), drill.customer.name.clone().into())).collect(),
                                onchange: on_drill,
                                ..Choice::default()
                            }) }
                            <Trial key={*tried} scenario={Some(id)} {drill} is_changed=false />
                        </div>
                    }) }
                </div>
            </div>
            if *is_looking_back {
                <Versions me={props.me.clone()} scenario={Rc::new(scenario.clone())} on_take={None::<Callback<_>>} on_close={close} />
            }
        </>
    }
}
