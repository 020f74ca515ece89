//! Fields that are chosen from.

use super::{BOX, described_by, framed};
use crate::browser::page::value_of;
use crate::components::icon::{Glyph, icon};
use web_sys::HtmlInputElement;
use yew::prelude::*;

/// One of several.
#[derive(Debug, Clone, Default)]
pub struct Choice {
    /// Its id, and its name in the JSON.
    pub name: AttrValue,
    /// What stands above it.
    pub label: AttrValue,
    /// The value that is chosen.
    pub value: AttrValue,
    /// Values with what is shown for them.
    pub options: Vec<(AttrValue, AttrValue)>,
    /// A value was chosen.
    pub onchange: Callback<String>,
    /// What is wrong with it.
    pub error: Option<String>,
    /// What helps to choose.
    pub hint: AttrValue,
    /// It may stay as it is.
    pub optional: bool,
    /// It can't be changed.
    pub disabled: bool,
}

/// The browser's own list to choose from.
pub fn select(choice: Choice) -> Html {
    let error = choice.error.as_deref();
    let onchange = choice.onchange.reform(|event: Event| value_of(&event));
    framed(
        &choice.name,
        &choice.label,
        &choice.hint,
        error,
        choice.optional,
        html! {
            <div class="relative">
                <select class={classes!(BOX, "appearance-none", "pr-10")} id={choice.name.clone()} name={choice.name.clone()} {onchange} disabled={choice.disabled}
                    aria-invalid={error.is_some().then_some("true")} aria-describedby={described_by(&choice.name, &choice.hint, error)}>
                    for (value, shown) in choice.options.iter() {
                        <option key={value.to_string()} value={value.clone()} selected={*value == choice.value}>{ shown }</option>
                    }
                </select>
                <span class="pointer-events-none absolute inset-y-0 right-3 flex items-center text-ink-soft">{ icon(Glyph::Chevron, "size-5") }</span>
            </div>
        },
    )
}

/// Yes or no.
#[derive(Debug, Clone, Default)]
pub struct Tick {
    /// Its id, and its name in the JSON.
    pub name: AttrValue,
    /// What it says yes to.
    pub label: AttrValue,
    /// What follows from it.
    pub hint: AttrValue,
    /// Yes.
    pub checked: bool,
    /// It was changed.
    pub onchange: Callback<bool>,
    /// It can't be changed.
    pub disabled: bool,
}

/// A yes or no that is sent with its form.
pub fn checkbox(tick: Tick) -> Html {
    ticked(
        &tick,
        "checkbox",
        "mt-0.5 size-5 shrink-0 accent-brand",
        None,
    )
}

/// A yes or no of a setting.
pub type Toggle = Tick;

/// A yes or no that holds at once, or with its form.
pub fn switch(toggle: Toggle) -> Html {
    let track = "relative h-7 w-12 shrink-0 cursor-pointer appearance-none rounded-full border border-line-strong bg-sunken transition-colors checked:border-brand checked:bg-brand before:absolute before:top-0.5 before:left-0.5 before:size-5.5 before:rounded-full before:bg-line-strong before:transition-transform checked:before:translate-x-5 checked:before:bg-on-brand disabled:opacity-60";
    ticked(&toggle, "checkbox", track, Some("switch"))
}

fn ticked(
    tick: &Tick,
    kind: &'static str,
    class: &'static str,
    role: Option<&'static str>,
) -> Html {
    let onchange = tick.onchange.reform(|event: Event| {
        event
            .target_dyn_into::<HtmlInputElement>()
            .is_some_and(|input| input.checked())
    });
    let hint = (!tick.hint.is_empty()).then(|| format!("{}-hint", tick.name));
    html! {
        <div class="flex min-h-11 items-start gap-3 py-1.5">
            <input id={tick.name.clone()} name={tick.name.clone()} type={kind} {role} {class} checked={tick.checked} {onchange}
                disabled={tick.disabled} aria-describedby={hint.clone()} />
            <div class="min-w-0 pt-0.5">
                <label for={tick.name.clone()} class="block cursor-pointer font-medium">{ &tick.label }</label>
                if let Some(id) = hint {
                    <p {id} class="text-sm text-ink-soft">{ &tick.hint }</p>
                }
            </div>
        </div>
    }
}

/// One of a few, side by side. `name` is unique on the page.
pub fn segments<V: Copy + PartialEq + 'static>(
    name: &'static str,
    legend: &str,
    options: &[(V, &str)],
    chosen: V,
    onchange: &Callback<V>,
) -> Html {
    html! {
        <fieldset class="min-w-0">
            <legend class="sr-only">{ legend }</legend>
            <div class="inline-flex max-w-full flex-wrap rounded-[1.4rem] bg-sunken p-1 text-sm font-medium">
                for (value, shown) in options.iter() {
                    <label class="flex min-h-9 cursor-pointer items-center justify-center rounded-full px-4 text-ink-soft has-checked:bg-raised has-checked:text-ink has-checked:shadow-low has-focus-visible:outline-3 has-focus-visible:outline-accent">
                        <input type="radio" {name} class="sr-only" checked={*value == chosen}
                            onchange={ let value = *value; onchange.reform(move |_: Event| value) } />
                        { *shown }
                    </label>
                }
            </div>
        </fieldset>
    }
}
