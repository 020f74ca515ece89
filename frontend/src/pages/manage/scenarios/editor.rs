//! The editor: a scenario part by part, with what reps will see beside it.

use super::day_part::{day_part, voice_part};
use super::drill_part::drill_part;
use super::one::back;
use super::outline::{Outline, outline};
use super::preview::Preview;
use super::standing::{Standing, standing_line};
use super::trial::Trial;
use super::versions::Versions;
use crate::api::{Api, Versioned};
use crate::browser::page::focus_first_invalid;
use crate::browser::{address, random};
use crate::components::{
    Button, Glyph, Look, Menu, MenuItem, Modal, PageHeading, Place, conflict, form_failure, icon,
    tabs, toast, toast_with_undo,
};
use crate::data::{Form, LeaveGuard, use_action, use_form, use_query};
use crate::pages::manage::fields::IN_SIGHT;
use crate::routes::ManagePage;
use crate::state::draft::{MOST_DRILLS, Part, ToDo, empty_drill, empty_scenario, shift, take_out};
use contract::ai::ScenarioDraft;
use contract::auth::Me;
use contract::scenario::{Scenario, ScenarioTarget, ScenarioText};
use serde::{Deserialize, Serialize};
use std::rc::Rc;
use yew::prelude::*;

/// Which part is on the screen; stands in the address.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
struct At {
    #[serde(skip_serializing_if = "String::is_empty")]
    part: String,
}

/// Properties of [`Editor`].
#[derive(Properties, PartialEq, Clone)]
pub struct EditorProps {
    /// Who writes.
    pub me: Rc<Me>,
    /// The scenario as it is stored; `None` of a new one.
    #[prop_or_default]
    pub stored: Option<Rc<Versioned<Scenario>>>,
    /// What a new one begins with.
    #[prop_or_default]
    pub begin: Option<Rc<ScenarioText>>,
    /// Where that came from, if it was drafted.
    #[prop_or_default]
    pub drafted: Option<Rc<ScenarioDraft>>,
    /// Which library a new one goes to.
    #[prop_or_default]
    pub target: ScenarioTarget,
}

/// What lies over the editor.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Over {
    Preview,
    Versions,
}

/// What stands beside the form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Beside {
    Preview,
    Trial,
}

/// The editor. A new scenario is stored as a draft; from then on it has a page of its own.
#[component]
pub fn Editor(props: &EditorProps) -> Html {
    let stored = props.stored.clone();
    let form: Form<ScenarioText> = {
        let stored = stored.clone();
        use_form(move || stored.map_or_else(|| empty_scenario(1), |one| one.value.text.clone()))
    };
    {
        // What was drafted differs from what is stored, which is nothing: leaving it asks first.
        let (form, begin) = (form.clone(), props.begin.clone());
        use_effect_with((), move |()| {
            if let Some(begin) = begin {
                form.edit("", |text| *text = (*begin).clone());
            }
        });
    }
    // The version that the form began from. One that comes later, while something is typed, is somebody else's.
    let version = use_state(|| stored.as_ref().map(|one| one.version));
    {
        let (form, version) = (form.clone(), version.clone());
        use_effect_with(stored.clone(), move |stored| {
            if let Some(stored) = stored
                && *version != Some(stored.version)
                && !form.is_changed()
            {
                version.set(Some(stored.version));
                form.reset(stored.value.text.clone());
            }
        });
    }
    let key = use_memo((), |()| random::key());
    let (at, set_at) = use_query::<At>();
    let opened = use_state(Vec::new);
    let over = use_state(|| None::<Over>);
    let beside = use_state(|| Beside::Preview);
    let reading = use_action();

    let draft = form.draft().clone();
    let to_do = ToDo::of(&draft);
    let part = Part::of(&at.part, draft.drills.len());
    let go = Callback::from(move |part: Part| {
        let part = part.value();
        set_at.emit(At { part });
    });

    let onsubmit = {
        let (key, target) = (key.clone(), props.target.clone());
        let (id, read_in, set_version) = (
            stored.as_ref().map(|one| one.value.id),
            *version,
            version.setter(),
        );
        let submit = form.on_submit(
            move |api: Api, text| {
                let (key, target) = (key.clone(), target.clone());
                async move {
                    match (id, read_in) {
                        (Some(id), Some(version)) => api.rewrite_scenario(id, version, &text).await,
                        _ => api.write_scenario(&target, &text, &key).await,
                    }
                }
            },
            move |api, saved: Versioned<Scenario>| {
                let made = saved.value.id;
                set_version.set(Some(saved.version));
                // The bar below the form says that it is saved.
                if id.is_none() {
                    toast(tr!(
                        "Saved as a draft. Nobody practises it before you publish it."
                    ));
                }
                api.cache()
                    .show(&format!("scenarios/{made}"), Rc::new(saved));
                if id.is_none() {
                    address::replace(&ManagePage::Scenario { id: made }.path());
                }
                api.cache().changed(&["scenarios"]);
            },
        );
        let (form, go, opened) = (form.clone(), go.clone(), opened.clone());
        Callback::from(move |event: SubmitEvent| {
            let text = form.draft().clone();
            let to_do = ToDo::of(&text);
            if let Some(first) = to_do.first_part() {
                let shown = if to_do.in_part(part) > 0 { part } else { first };
                if shown != part {
                    go.emit(shown);
                }
                opened.set(with_faults(&opened, &text, &to_do));
            }
            submit.emit(event);
        })
    };
    let show_first = {
        let (form, go, to_do) = (form.clone(), go.clone(), to_do.clone());
        let (opened, draft) = (opened.clone(), draft.clone());
        Callback::from(move |()| {
            if let Some(first) = to_do.first_part() {
                go.emit(first);
                opened.set(with_faults(&opened, &draft, &to_do));
            }
            form.show_errors();
            focus_first_invalid();
        })
    };
    let settle = |with: fn(&Form<ScenarioText>, ScenarioText)| {
        let (form, set_version) = (form.clone(), version.setter());
        let id = stored.as_ref().map(|one| one.value.id);
        reading.on(
            move |api: Api| async move {
                match id {
                    Some(id) => api.scenario(id).await.map(Some),
                    None => Ok(None),
                }
            },
            move |api, theirs: Option<Versioned<Scenario>>| {
                if let Some(theirs) = theirs {
                    set_version.set(Some(theirs.version));
                    with(&form, theirs.value.text);
                }
                api.cache().changed(&["scenarios"]);
            },
        )
    };
    let on_take = {
        let (form, over) = (form.clone(), over.setter());
        Callback::from(move |text: ScenarioText| {
            let before = form.draft().clone();
            form.edit("", |draft| *draft = text);
            over.set(None);
            let form = form.clone();
            toast_with_undo(
                tr!("The earlier text is in the editor, not saved yet"),
                Callback::from(move |()| {
                    let before = before.clone();
                    form.edit("", |draft| *draft = before);
                }),
            );
        })
    };
    let open = |what: Over| {
        let over = over.setter();
        Callback::from(move |()| over.set(Some(what)))
    };
    let close = {
        let over = over.setter();
        Callback::from(move |()| over.set(None))
    };
    let choose_beside = {
        let beside = beside.setter();
        Callback::from(move |to| beside.set(to))
    };
    let is_changed = form.is_changed();
    let panel = |draft: &ScenarioText| {
        let preview = html! { <Preview text={draft.clone()} {part} /> };
        let Part::Drill(at) = part else {
            return preview;
        };
        let id = draft.drills.get(at).map(|drill| drill.id.clone());
        let kept = stored.as_ref().and_then(|one| {
            let drills = one.value.text.drills.iter();
            let mut drills = drills.filter(|drill| Some(&drill.id) == id.as_ref());
            drills.next().cloned().map(Rc::new)
        });
        tabs(
            "beside",
            tr!("Beside the form"),
            &[
                (Beside::Preview, tr!("Preview")),
                (Beside::Trial, tr!("Try it")),
            ],
            *beside,
            &choose_beside,
            match *beside {
                Beside::Preview => preview,
                Beside::Trial => html! {
                    <Trial key={id.unwrap_or_default()} scenario={stored.as_ref().map(|one| one.value.id)} drill={kept} {is_changed} />
                },
            },
        )
    };
    let title = stored.as_ref().map_or_else(
        || tr!("New scenario").to_owned(),
        |one| one.value.text.theme.clone(),
    );
    html! {
        <>
            <LeaveGuard when={is_changed} />
            <header class="relative z-20 mb-5">
                { back() }
                <div class="flex flex-wrap items-start justify-between gap-x-6 gap-y-3 sm:flex-nowrap">
                    <div class="min-w-0">
                        <PageHeading title={title.clone()} class="text-2xl wrap-anywhere">{ title }</PageHeading>
                        { standing_line(stored.as_ref().map(|one| &one.value)) }
                    </div>
                    if let Some(stored) = &stored {
                        <Standing stored={stored.clone()} {is_changed} on_versions={open(Over::Versions)} on_version={ let version = version.setter(); Callback::from(move |to| version.set(Some(to))) } />
                    }
                </div>
            </header>
            if let Some(drafted) = &props.drafted { { note(drafted) } }
            <div class="grid items-start gap-6 lg:grid-cols-[11.5rem_minmax(0,1fr)] xl:grid-cols-[11.5rem_minmax(0,1fr)_20rem]">
                { outline(Outline { text: &draft, part, to_do: &to_do, go: &go, add: (draft.drills.len() < MOST_DRILLS).then(|| add_drill(&form, &go)) }) }
                <form novalidate=true class={classes!("min-w-0", IN_SIGHT)} {onsubmit}>
                    <div class="grid gap-5 empty:hidden not-empty:mb-5">
                        { form_failure(&form) }
                        if form.is_in_conflict() {
                            { conflict(&settle(Form::reset), &settle(Form::keep_mine), reading.is_busy(), reading.failure()) }
                        }
                    </div>
                    { match part {
                        Part::Day => titled(tr!("The day"), Html::default(), day_part(&form, &draft)),
                        Part::Voice => titled(tr!("Said aloud at the end"), Html::default(), voice_part(&form, &draft)),
                        Part::Drill(at) => match draft.drills.get(at) {
                            Some(drill) => titled(
                                tr!("Customer {at} of {count}", at = at + 1, count = draft.drills.len()),
                                drill_menu(&form, at, draft.drills.len(), &go),
                                drill_part(&form, at, drill, &to_do, &opened),
                            ),
                            None => Html::default(),
                        },
                    } }
                    { save_bar(&form, stored.is_none(), &to_do, &show_first, &open(Over::Preview)) }
                </form>
                <aside class="sticky top-20 hidden max-h-[calc(100dvh-6rem)] overflow-y-auto xl:block" aria-label={tr!("Beside the form")}>
                    if *over != Some(Over::Preview) { { panel(&draft) } }
                </aside>
            </div>
            if *over == Some(Over::Preview) {
                <Modal title={tr!("As reps see it")} place={Place::Side} on_close={close.clone()}>{ panel(&draft) }</Modal>
            }
            if let (Some(Over::Versions), Some(stored)) = (*over, &stored) {
                <Versions me={props.me.clone()} scenario={Rc::new(stored.value.clone())} {on_take} on_close={close} />
            }
        </>
    }
}

/// A part of the form under its name.
fn titled(name: impl Into<AttrValue>, actions: Html, fields: Html) -> Html {
    let name: AttrValue = name.into();
    html! {
        <section aria-label={name.clone()}>
            <div class="mb-5 flex items-center justify-between gap-3">
                <p class="text-sm font-semibold tracking-wide text-ink-soft uppercase">{ name }</p>
                { actions }
            </div>
            { fields }
        </section>
    }
}

/// Where a draft came from, and that nobody has read it.
fn note(drafted: &ScenarioDraft) -> Html {
    html! {
        <div class="mb-6 flex gap-3 rounded-lg border border-accent bg-accent-wash p-4" role="note">
            { icon(Glyph::Spark, "mt-0.5 size-5 shrink-0 text-accent-strong") }
            <div class="min-w-0 text-sm">
                <p class="font-semibold">{ tr!("This is a draft, stored nowhere yet") }</p>
                <p class="mt-1 wrap-anywhere">{ &drafted.note }</p>
                if drafted.stand_in.is_some() {
                    <p class="mt-1">{ tr!("No model gave a draft that passes the checks, so the nearest scenario was filled in.") }</p>
                }
            </div>
        </div>
    }
}

/// The criteria that lie open, and those with something to do.
fn with_faults(
    opened: &[(String, String)],
    text: &ScenarioText,
    to_do: &ToDo,
) -> Vec<(String, String)> {
    let mut all = opened.to_vec();
    for (at, drill) in text.drills.iter().enumerate() {
        for (index, criterion) in drill.criteria.iter().enumerate() {
            let key = (drill.id.clone(), criterion.id.clone());
            if to_do.below(&format!("drills[{at}].criteria[{index}]")) > 0 && !all.contains(&key) {
                all.push(key);
            }
        }
    }
    all
}

fn add_drill(form: &Form<ScenarioText>, go: &Callback<Part>) -> Callback<()> {
    let (form, go) = (form.clone(), go.clone());
    Callback::from(move |()| {
        let mut at = 0;
        form.edit("drills", |text| {
            at = text.drills.len();
            let drill = empty_drill(&text.drills);
            text.drills.push(drill);
        });
        go.emit(Part::Drill(at));
    })
}

/// What can be done with a customer as a whole.
fn drill_menu(form: &Form<ScenarioText>, at: usize, count: usize, go: &Callback<Part>) -> Html {
    let moved = |is_up: bool| {
        let (form, go) = (form.clone(), go.clone());
        Callback::from(move |()| {
            form.edit("drills", |text| shift(&mut text.drills, at, is_up));
            go.emit(Part::Drill(if is_up {
                at.saturating_sub(1)
            } else {
                at + 1
            }));
        })
    };
    let take = {
        let (form, go) = (form.clone(), go.clone());
        Callback::from(move |()| {
            let gone = form.draft().drills.get(at).cloned();
            form.edit("drills", |text| take_out(&mut text.drills, at));
            go.emit(Part::Day);
            let (form, go) = (form.clone(), go.clone());
            toast_with_undo(
                tr!("The customer is taken out"),
                Callback::from(move |()| {
                    let gone = gone.clone();
                    form.edit("drills", |text| {
                        let to = at.min(text.drills.len());
                        text.drills.splice(to..to, gone);
                    });
                    go.emit(Part::Drill(at));
                }),
            );
        })
    };
    let item = |name: &'static str, glyph, is_danger, onclick| MenuItem {
        name: name.into(),
        glyph,
        is_danger,
        onclick,
    };
    let mut items = Vec::new();
    if at > 0 {
        items.push(item(tr!("Move earlier"), Glyph::Back, false, moved(true)));
    }
    if at + 1 < count {
        items.push(item(tr!("Move later"), Glyph::Down, false, moved(false)));
    }
    if count > 1 {
        items.push(item(tr!("Take out"), Glyph::Bin, true, take));
    }
    if items.is_empty() {
        return Html::default();
    }
    html! { <Menu id="customer-menu" label={tr!("More about this customer")} {items} /> }
}

/// Below the form, always in reach: whether it is saved, what is to do before it can be, and the way to look at it.
fn save_bar(
    form: &Form<ScenarioText>,
    is_new: bool,
    to_do: &ToDo,
    show_first: &Callback<()>,
    preview: &Callback<()>,
) -> Html {
    let is_changed = form.is_changed();
    let left = to_do.count();
    html! {
        <div data-save-bar="" class="sticky bottom-20 z-10 mt-8 flex flex-wrap items-center justify-between gap-x-4 gap-y-2 rounded-xl border border-line bg-raised p-2 pl-5 shadow-high sm:p-3 sm:pl-5 lg:bottom-5">
            <p class="min-w-20 flex-1 text-sm" role="status">
                if left > 0 {
                    <button type="button" onclick={show_first.reform(|_: MouseEvent| ())} class="inline-flex min-h-11 items-center gap-2 text-left font-semibold text-accent-strong underline underline-offset-4">
                        { tr!("One thing is still to do" | "{n} things are still to do" % left) }
                    </button>
                } else if is_changed || is_new {
                    { tr!("Not saved yet") }
                } else {
                    <span class="inline-flex items-center gap-2 text-ink-soft">{ icon(Glyph::Tick, "size-4 text-good") }{ tr!("Saved") }</span>
                }
            </p>
            <div class="flex flex-wrap gap-2">
                <Button look={Look::Quiet} class="xl:hidden" onclick={preview.clone()}>{ icon(Glyph::Eye, "size-5") }{ tr!("Preview") }</Button>
                <Button submits=true busy={form.is_busy()} disabled={!is_changed}>{ if is_new { tr!("Save the draft") } else { tr!("Save") } }</Button>
            </div>
        </div>
    }
}
