//! Tone: the voice that every answer is judged by, and what its rules say of an answer.

mod phrases;
mod rules;
mod trial;

use crate::api::{Api, Versioned};
use crate::browser::clock;
use crate::components::{
    Button, Glyph, Look, Modal, Place, Tone as Colour, badge, conflict, form_failure, icon,
    page_head, segments, skeleton, tabs, toast,
};
use crate::data::{Form, LeaveGuard, use_action, use_form, use_query, use_resource};
use crate::pages::manage::fields::IN_SIGHT;
use contract::auth::Me;
use contract::checks::check;
use contract::problem::FieldError;
use contract::tone::{Tone, ToneTarget, ToneText};
use domain::role::Role;
use phrases::{avoid, never, say};
use rules::rules;
use serde::{Deserialize, Serialize};
use std::rc::Rc;
use trial::Trial;
use yew::prelude::*;

/// The form that the guidelines are written in.
type Text = Form<ToneText>;

/// Which pieces lie open, by the path of their list and their place.
type Opened = UseStateHandle<Vec<(&'static str, usize)>>;

/// What of the guidelines is on the screen.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
enum View {
    #[default]
    Rules,
    Say,
    Avoid,
    Never,
}

impl View {
    const ALL: [View; 4] = [View::Rules, View::Say, View::Avoid, View::Never];

    /// The list it shows, as it is called in the JSON.
    fn path(self) -> &'static str {
        match self {
            View::Rules => "toneRules",
            View::Say => "phrasesToUse",
            View::Avoid => "phrasesToAvoid",
            View::Never => "blockers",
        }
    }

    fn name(self) -> &'static str {
        match self {
            View::Rules => tr!("Rules"),
            View::Say => tr!("Say"),
            View::Avoid => tr!("Avoid"),
            View::Never => tr!("Never"),
        }
    }
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
struct Shown {
    view: View,
    /// The stock's, for super admins.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    stock: bool,
}

/// Properties of [`TonePage`].
#[derive(Properties, PartialEq, Clone)]
pub struct TonePageProps {
    /// Who looks.
    pub me: Rc<Me>,
}

/// The page.
#[component]
pub fn TonePage(props: &TonePageProps) -> Html {
    let (shown, set_shown) = use_query::<Shown>();
    let stock = shown.stock && props.me.role == Role::SuperAdmin;
    let target = ToneTarget {
        company_id: None,
        stock,
    };
    let tone = {
        let target = target.clone();
        use_resource(
            if stock { "tone/stock" } else { "tone/own" },
            move |api: Api| {
                let target = target.clone();
                async move { api.tone(&target).await }
            },
        )
    };
    let choose = {
        let (shown, set_shown) = (shown.clone(), set_shown.clone());
        Callback::from(move |stock: bool| set_shown.emit(Shown { stock, ..*shown }))
    };
    let on_view = {
        let shown = shown.clone();
        Callback::from(move |view: View| set_shown.emit(Shown { view, ..*shown }))
    };
    let whose = (props.me.role == Role::SuperAdmin).then(|| {
        segments(
            "whose-tone",
            tr!("Whose guidelines"),
            &[
                (false, props.me.company.name.as_str()),
                (true, tr!("Stock library")),
            ],
            stock,
            &choose,
        )
    });
    html! {
        <>
            { page_head(tr!("Tone"), tr!("How your captain sounds: the voice that every answer of every day is judged by."), whose.unwrap_or_default()) }
            { tone.show(skeleton("h-96 rounded-lg"), |tone| html! {
                <Guidelines key={if stock { "stock" } else { "own" }} tone={Rc::new(tone.clone())} {target} view={shown.view} {on_view} />
            }) }
        </>
    }
}

#[derive(Properties, PartialEq, Clone)]
struct GuidelinesProps {
    tone: Rc<Versioned<Tone>>,
    target: ToneTarget,
    view: View,
    on_view: Callback<View>,
}

/// The form, and beside it an answer to try the rules on.
#[component]
fn Guidelines(props: &GuidelinesProps) -> Html {
    let tone = props.tone.clone();
    let form: Text = {
        let tone = tone.clone();
        use_form(move || tone.value.text.clone())
    };
    // The version that the form began from. One that comes later, while something is typed, is somebody else's.
    let version = use_state(|| tone.version);
    {
        let (form, version) = (form.clone(), version.clone());
        use_effect_with(tone.clone(), move |tone| {
            if *version != tone.version && !form.is_changed() {
                version.set(tone.version);
                form.reset(tone.value.text.clone());
            }
        });
    }
    let opened = use_state(Vec::new);
    let is_trying = use_state(|| false);
    let answer = use_state(String::new);
    let reading = use_action();
    let draft = form.draft().clone();
    let faults = check(&draft);
    let stock = props.target.stock;
    let key = if stock { "tone/stock" } else { "tone/own" };

    let onsubmit = {
        let (target, read_in, set_version) = (props.target.clone(), *version, version.setter());
        let submit = form.on_submit(
            move |api: Api, text| {
                let target = target.clone();
                async move { api.write_tone(&target, read_in, &text).await }
            },
            move |api, saved: Versioned<Tone>| {
                set_version.set(saved.version);
                toast(tr!(
                    "Saved. Sessions that start from now on are judged by it."
                ));
                api.cache().show(key, Rc::new(saved));
                api.cache().changed(&["tone"]);
            },
        );
        let (opened, on_view, view) = (opened.clone(), props.on_view.clone(), props.view);
        let faults = faults.clone();
        Callback::from(move |event: SubmitEvent| {
            open_faults(&opened, &faults);
            if count(&faults, view.path()) == 0
                && let Some(wrong) = View::ALL
                    .into_iter()
                    .find(|view| count(&faults, view.path()) > 0)
            {
                on_view.emit(wrong);
            }
            submit.emit(event);
        })
    };
    let settle = |with: fn(&Text, ToneText)| {
        let (form, set_version, target) = (form.clone(), version.setter(), props.target.clone());
        reading.on(
            move |api: Api| {
                let target = target.clone();
                async move { api.tone(&target).await }
            },
            move |api, theirs: Versioned<Tone>| {
                set_version.set(theirs.version);
                with(&form, theirs.value.text);
                api.cache().changed(&["tone"]);
            },
        )
    };
    let try_it = {
        let is_trying = is_trying.setter();
        Callback::from(move |()| is_trying.set(true))
    };
    let close = {
        let is_trying = is_trying.setter();
        Callback::from(move |()| is_trying.set(false))
    };
    let trial = || {
        let on_answer = {
            let answer = answer.setter();
            Callback::from(move |text| answer.set(text))
        };
        html! { <Trial saved={Rc::new(tone.value.text.clone())} draft={Rc::new(draft.clone())} answer={(*answer).clone()} {on_answer} /> }
    };
    let view = match props.view {
        View::Rules => rules(&form, &draft, &faults, &opened),
        View::Say => say(&form, &draft, &faults, &opened),
        View::Avoid => avoid(&form, &draft, &faults, &opened),
        View::Never => never(&form, &draft, &faults, &opened),
    };
    html! {
        <>
            <LeaveGuard when={form.is_changed()} />
            { standing(&tone, stock) }
            <div class="grid items-start gap-8 xl:grid-cols-[minmax(0,1fr)_22rem]">
                <form novalidate=true class={classes!("min-w-0", IN_SIGHT)} {onsubmit}>
                    <div class="grid gap-5 empty:hidden not-empty:mb-5">
                        { form_failure(&form) }
                        if form.is_in_conflict() {
                            { conflict(&settle(Form::reset), &settle(Form::keep_mine), reading.is_busy(), reading.failure()) }
                        }
                    </div>
                    { tabs("tone", tr!("Parts of the guidelines"), &View::ALL.map(|view| (view, view.name())), props.view, &props.on_view, view) }
                    { save_bar(&form, faults.len(), &try_it) }
                </form>
                <aside class="sticky top-20 hidden max-h-[calc(100dvh-6rem)] overflow-y-auto xl:block" aria-label={tr!("Beside the form")}>
                    if !*is_trying { { trial() } }
                </aside>
            </div>
            if *is_trying {
                <Modal title={tr!("Try an answer")} place={Place::Side} on_close={close}>{ trial() }</Modal>
            }
        </>
    }
}

/// Whose guidelines count, and since when.
fn standing(tone: &Versioned<Tone>, is_stock: bool) -> Html {
    let changed = clock::date_and_time(tone.value.updated_at);
    let (colour, word, sentence) = if is_stock {
        (
            Colour::Accent,
            tr!("Stock library"),
            tr!(
                "For every company without guidelines of its own. Changed {}.",
                changed
            ),
        )
    } else if tone.value.company_id.is_some() {
        (
            Colour::Good,
            tr!("Your own"),
            tr!(
                "Version {number}, changed {changed}.",
                number = tone.value.number,
                changed = changed
            ),
        )
    } else {
        (
            Colour::Plain,
            tr!("Stock library"),
            tr!("You are judged by the stock library's guidelines. What you save here becomes your own, and counts instead of them.").to_owned(),
        )
    };
    html! {
        <p class="-mt-3 mb-6 flex flex-wrap items-center gap-x-3 gap-y-1.5 text-sm text-ink-soft">
            { badge(colour, word) }<span class="min-w-0">{ sentence }</span>
        </p>
    }
}

fn save_bar(form: &Text, left: usize, try_it: &Callback<()>) -> Html {
    let is_changed = form.is_changed();
    html! {
        <div data-save-bar="" class="sticky bottom-20 z-10 mt-8 flex flex-wrap items-center justify-between gap-x-4 gap-y-2 rounded-xl border border-line bg-raised p-2 pl-5 shadow-high sm:p-3 sm:pl-5 lg:bottom-5">
            <p class="min-w-28 flex-1 text-sm" role="status">
                if left > 0 {
                    <span class="font-semibold text-accent-strong">{ tr!("One thing is still to do" | "{n} things are still to do" % left) }</span>
                } else if is_changed {
                    { tr!("Not saved yet. Saved, it counts for all ten days.") }
                } else {
                    <span class="inline-flex items-center gap-2 text-ink-soft">{ icon(Glyph::Tick, "size-4 text-good") }{ tr!("Saved") }</span>
                }
            </p>
            <div class="flex flex-wrap gap-2">
                <Button look={Look::Quiet} class="xl:hidden" onclick={try_it.clone()}>{ icon(Glyph::Eye, "size-5") }{ tr!("Try it") }</Button>
                <Button submits=true busy={form.is_busy()} disabled={!is_changed}>{ tr!("Save") }</Button>
            </div>
        </div>
    }
}

/// How much is wrong at or below a path.
fn count(faults: &[FieldError], path: &str) -> usize {
    let is_below = |fault: &&FieldError| {
        fault
            .field
            .strip_prefix(path)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[']))
    };
    faults.iter().filter(is_below).count()
}

/// Opens every piece that something is wrong in.
fn open_faults(opened: &Opened, faults: &[FieldError]) {
    let mut all = (**opened).clone();
    for view in View::ALL {
        for fault in faults {
            let at = fault.field.strip_prefix(view.path());
            let at = at.and_then(|rest| rest.strip_prefix('[')?.split(']').next()?.parse().ok());
            if let Some(at) = at
                && !all.contains(&(view.path(), at))
            {
                all.push((view.path(), at));
            }
        }
    }
    opened.set(all);
}

/// Whether a piece lies open, and what opens and closes it.
fn opening(opened: &Opened, list: &'static str, at: usize) -> (bool, Callback<()>) {
    let is_open = opened.contains(&(list, at));
    let opened = opened.clone();
    let toggle = Callback::from(move |()| {
        let mut next: Vec<_> = opened
            .iter()
            .copied()
            .filter(|one| *one != (list, at))
            .collect();
        if !is_open {
            next.push((list, at));
        }
        opened.set(next);
    });
    (is_open, toggle)
}
