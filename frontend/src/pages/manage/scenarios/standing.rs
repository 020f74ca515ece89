//! How a scenario stands in the programme, and what changes that: publish, switch off and on, copy, delete.

use super::change_list::change_list;
use crate::api::{Api, Failure, Versioned};
use crate::browser::{address, clock, random};
use crate::components::{
    Button, Confirm, Glyph, Look, Menu, MenuItem, Modal, Tone, badge, icon, notice, skeleton, toast,
};
use crate::data::{use_action, use_resource};
use crate::routes::ManagePage;
use crate::state::changes::{Change, changes};
use crate::state::programme;
use contract::page::MAX_LIMIT;
use contract::problem::Code;
use contract::scenario::{Scenario, ScenarioQuery, ScenarioSummary, ScenarioTarget};
use std::rc::Rc;
use yew::prelude::*;

/// A scenario's state and version, in a line.
pub fn standing_line(scenario: Option<&Scenario>) -> Html {
    let Some(scenario) = scenario else {
        return html! { <p class="mt-1 text-ink-soft">{ tr!("Nobody practises it before you publish it.") }</p> };
    };
    let is_published = scenario.published_number.is_some();
    html! {
        <div class="mt-1.5 flex flex-wrap items-center gap-x-3 gap-y-1.5 text-sm text-ink-soft">
            if !is_published {
                { badge(Tone::Accent, tr!("Draft")) }
            } else if scenario.is_active {
                { badge(Tone::Good, tr!("Published")) }
            } else {
                { badge(Tone::Plain, tr!("Switched off")) }
            }
            if scenario.published_number.is_some_and(|published| published < scenario.number) {
                { badge(Tone::Accent, tr!("Unpublished changes")) }
            }
            <span>{ if scenario.company_id.is_some() { tr!("Your own") } else { tr!("Stock library") } }</span>
            <span class="numerals">{ tr!("Day {day} · version {number}", day = scenario.text.day, number = scenario.number) }</span>
            <span>{ tr!("changed {}", clock::date_and_time(scenario.updated_at)) }</span>
        </div>
    }
}

/// Properties of [`Standing`].
#[derive(Properties, PartialEq, Clone)]
pub struct StandingProps {
    /// The scenario as it is stored.
    pub stored: Rc<Versioned<Scenario>>,
    /// What is typed is not saved.
    pub is_changed: bool,
    /// Shows the versions.
    pub on_versions: Callback<()>,
    /// The scenario has this version from now on.
    pub on_version: Callback<u64>,
}

/// What is asked before it is done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Asking {
    Publish,
    SwitchOff,
    Delete,
}

/// The buttons beside a scenario's name.
#[component]
pub fn Standing(props: &StandingProps) -> Html {
    let asking = use_state(|| None::<Asking>);
    let (switching, deleting, copying) = (use_action(), use_action(), use_action());
    let key = use_memo((), |()| random::key());
    let scenario = &props.stored.value;
    let (id, version) = (scenario.id, props.stored.version);
    let is_published = scenario.published_number.is_some();
    let has_news = scenario.published_number != Some(scenario.number);
    let ask = |what: Asking| {
        let asking = asking.setter();
        Callback::from(move |()| asking.set(Some(what)))
    };
    let close = {
        let (asking, switching, deleting) = (asking.setter(), switching.clone(), deleting.clone());
        Callback::from(move |()| {
            asking.set(None);
            switching.calm();
            deleting.calm();
        })
    };
    let took = {
        let (asking, on_version) = (asking.setter(), props.on_version.clone());
        Callback::from(move |(api, saved): (Api, Versioned<Scenario>)| {
            asking.set(None);
            on_version.emit(saved.version);
            api.cache().show(&format!("scenarios/{id}"), Rc::new(saved));
            api.cache().changed(&["scenarios", "dashboard"]);
        })
    };
    let switch = |active: bool| {
        let took = took.clone();
        switching.on(
            move |api: Api| async move { api.activate_scenario(id, version, active).await },
            move |api, saved| {
                toast(if active {
                    tr!("It is in the programme again")
                } else {
                    tr!("It is switched off")
                });
                took.emit((api.clone(), saved));
            },
        )
    };
    let delete = deleting.on(
        move |api: Api| async move { api.delete_scenario(id).await },
        |api, ()| {
            toast(tr!("The scenario is deleted"));
            address::push(&ManagePage::Scenarios.path());
            api.cache().changed(&["scenarios"]);
        },
    );
    let copy = {
        let company_id = scenario.company_id;
        copying.on(
            move |api: Api| {
                let key = key.clone();
                async move {
                    let target = ScenarioTarget {
                        company_id,
                        stock: false,
                    };
                    api.copy_scenario(id, &target, &key).await
                }
            },
            |api, copied: Versioned<Scenario>| {
                toast(tr!("Copied. This is the copy, a draft."));
                let to = ManagePage::Scenario {
                    id: copied.value.id,
                };
                address::push(&to.path());
                api.cache().changed(&["scenarios"]);
            },
        )
    };
    let item = |name: &'static str, glyph, is_danger, onclick| MenuItem {
        name: name.into(),
        glyph,
        is_danger,
        onclick,
    };
    let mut items = vec![item(
        tr!("Versions"),
        Glyph::Clock,
        false,
        props.on_versions.clone(),
    )];
    if is_published && scenario.is_active && !props.is_changed {
        items.push(item(tr!("Copy as a new draft"), Glyph::Copy, false, copy));
    }
    if is_published && scenario.is_active {
        items.push(item(
            tr!("Switch off"),
            Glyph::Stop,
            false,
            ask(Asking::SwitchOff),
        ));
    } else if is_published {
        items.push(item(
            tr!("Switch on again"),
            Glyph::Play,
            false,
            switch(true),
        ));
    }
    items.push(item(tr!("Delete"), Glyph::Bin, true, ask(Asking::Delete)));
    let failure = switching.failure().or(copying.failure());
    html! {
        <div class="flex w-full shrink-0 flex-wrap items-center justify-between gap-2 sm:w-auto sm:justify-end">
            if has_news {
                <Button onclick={ask(Asking::Publish)} disabled={props.is_changed} described_by={props.is_changed.then_some(AttrValue::from("publish-why"))}>
                    { if is_published { tr!("Publish the changes") } else { tr!("Publish") } }
                </Button>
            }
            <Menu id="scenario-menu" label={tr!("More about this scenario")} {items} />
            if has_news && props.is_changed {
                <p id="publish-why" class="w-full text-right text-sm text-ink-soft">{ tr!("Save before you publish.") }</p>
            }
            if let Some(why) = failure.filter(|_| asking.is_none()) {
                <div class="w-full">{ notice(tr!("It was not done"), html! { <p class="text-sm">{ said(why) }</p> }) }</div>
            }
            { match *asking {
                None => Html::default(),
                Some(Asking::Publish) => html! { <Publish stored={props.stored.clone()} on_done={took} on_close={close} /> },
                Some(Asking::SwitchOff) => html! {
                    <Confirm title={tr!("Switch off “{}”?", scenario.text.theme)} action={tr!("Switch off")} busy={switching.is_busy()} failure={switching.failure().cloned()}
                        on_confirm={switch(false)} on_close={close}>
                        <p>{ tr!("Day {} is then practised with the next scenario of that day, if there is one. Sessions that have started go on, and what was practised stays. You can switch it on again.", scenario.text.day) }</p>
                    </Confirm>
                },
                Some(Asking::Delete) if deleting.failure().and_then(Failure::code) == Some(Code::InUse) => html! {
                    <Modal title={tr!("It can't be deleted")} on_close={close.clone()}>
                        <p class="text-ink-soft">{ tr!("Sessions were scheduled with it, and their results show its words. Switched off, it is practised no more, and the results stay readable.") }</p>
                        <div class="mt-6 flex flex-wrap justify-end gap-3">
                            <Button look={Look::Quiet} onclick={close}>{ tr!("Leave it as it is") }</Button>
                            if is_published && scenario.is_active {
                                <Button busy={switching.is_busy()} onclick={switch(false)}>{ tr!("Switch it off") }</Button>
                            }
                        </div>
                    </Modal>
                },
                Some(Asking::Delete) => html! {
                    <Confirm title={tr!("Delete “{}”?", scenario.text.theme)} action={tr!("Delete the scenario")} busy={deleting.is_busy()} failure={deleting.failure().cloned()}
                        on_confirm={delete} on_close={close}>
                        <p>{ tr!("It goes with all its versions, for good. One that sessions were scheduled with can't be deleted, only switched off.") }</p>
                    </Confirm>
                },
            } }
        </div>
    }
}

/// A refusal, in words that help here.
fn said(why: &Failure) -> String {
    match why.code() {
        Some(Code::Changed) => {
            tr!("Somebody changed it meanwhile. Load the page again to see theirs.").to_owned()
        }
        _ => why.to_string(),
    }
}

#[derive(Properties, PartialEq, Clone)]
struct PublishProps {
    stored: Rc<Versioned<Scenario>>,
    on_done: Callback<(Api, Versioned<Scenario>)>,
    on_close: Callback<()>,
}

/// What is known before it is published: what the published version says, and what else there is for the day.
struct Before {
    changes: Vec<Change>,
    day: Vec<ScenarioSummary>,
}

/// Says what publishing comes to, and publishes.
#[component]
fn Publish(props: &PublishProps) -> Html {
    let scenario = props.stored.value.clone();
    let (id, version, day) = (scenario.id, props.stored.version, scenario.text.day);
    let published = scenario.published_number;
    let publishing = use_action();
    let before = {
        let text = scenario.text.clone();
        use_resource(
            format!("scenarios/{id}/before/{version}"),
            move |api: Api| {
                let text = text.clone();
                async move {
                    let changes = match published {
                        Some(number) => {
                            let before = api.scenario_version(id, number).await?;
                            changes(&before.text, &text)
                        }
                        None => Vec::new(),
                    };
                    let query = ScenarioQuery {
                        day: Some(day),
                        limit: Some(MAX_LIMIT),
                        ..ScenarioQuery::default()
                    };
                    let day = api.scenarios(&query).await?.items;
                    Ok(Before { changes, day })
                }
            },
        )
    };
    let publish = {
        let on_done = props.on_done.clone();
        publishing.on(
            move |api: Api| async move { api.publish_scenario(id, version).await },
            move |api, saved| {
                toast(tr!(
                    "Published. Sessions that start from now on practise it."
                ));
                on_done.emit((api.clone(), saved));
            },
        )
    };
    html! {
        <Modal title={tr!("Publish version {}?", scenario.number)} on_close={props.on_close.clone()}>
            <div class="grid gap-4">
                <p class="text-ink-soft">{ tr!("Sessions that start from now on practise this text. Sessions that have started keep the text they started with.") }</p>
                { before.show(skeleton("h-24 rounded-md"), |before| html! {
                    <>
                        { what_follows(&scenario, &before.day) }
                        if let Some(number) = published {
                            <div class="max-h-[45dvh] overflow-y-auto" tabindex="0" role="region" aria-label={tr!("What changes")}>
                                <p class="mb-3 font-semibold">{ tr!("One change since version {number}" | "{n} changes since version {number}" % before.changes.len(), number = number) }</p>
                                { change_list(&before.changes) }
                            </div>
                        }
                    </>
                }) }
                if let Some(why) = publishing.failure() {
                    { notice(tr!("It was not published"), html! { <p class="text-sm">{ said(why) }</p> }) }
                }
                <div class="flex flex-wrap justify-end gap-3">
                    <Button look={Look::Quiet} onclick={props.on_close.clone()}>{ tr!("Not yet") }</Button>
                    <Button busy={publishing.is_busy()} onclick={publish}>{ icon(Glyph::Send, "size-5") }{ tr!("Publish") }</Button>
                </div>
            </div>
        </Modal>
    }
}

/// What the day practises once this is published, and what it practised until now.
fn what_follows(scenario: &Scenario, of_day: &[ScenarioSummary]) -> Html {
    let day = scenario.text.day;
    let now = programme::practised(of_day).get(&day).copied();
    let after = programme::practised_with(of_day, scenario);
    let theme = |id| {
        let mut of_day = of_day.iter();
        of_day
            .find(|one| Some(one.id) == id)
            .map(|one| one.theme.clone())
    };
    let words = if scenario.company_id.is_none() {
        tr!(
            "It is the stock library's: companies without a scenario of their own for day {} practise it.",
            day
        )
    } else if !scenario.is_active {
        tr!("It is switched off: nobody practises it until you switch it on again.").to_owned()
    } else if after == Some(scenario.id) {
        match theme(now.filter(|now| *now != scenario.id)) {
            Some(until_now) => tr!(
                "Day {day} is practised with it, instead of “{until_now}”.",
                day = day,
                until_now = until_now
            ),
            None => tr!("Day {} is practised with it.", day),
        }
    } else {
        match theme(after) {
            Some(other) => tr!(
                "Day {day} stays practised with “{other}”, which was written before. Switch that one off if this one is to be practised.",
                day = day,
                other = other
            ),
            None => String::new(),
        }
    };
    html! { <p class="rounded-md bg-brand-wash p-3 text-sm text-brand-strong empty:hidden">{ words }</p> }
}
