//! A field of several sentences, one below the other.

use super::{BOX, described_by};
use crate::browser::page::value_of;
use crate::components::icon::{Glyph, icon};
use crate::state::draft::take_out;
use yew::prelude::*;

/// Several sentences.
pub struct Sentences<'a> {
    /// Its name in the JSON; the sentences have the ids `name[0]`, `name[1]`, ...
    pub name: &'a str,
    /// What stands above them.
    pub label: &'a str,
    /// What helps to write them.
    pub hint: &'a str,
    /// What each is, to screen readers: "Fact".
    pub each: &'a str,
    /// What adds one: "Add a fact".
    pub add: &'a str,
    /// So many have to be there.
    pub fewest: usize,
    /// The sentences.
    pub value: &'a [String],
    /// What is wrong with the field of a name.
    pub error: &'a dyn Fn(&str) -> Option<String>,
    /// Other sentences.
    pub on_change: Callback<Vec<String>>,
}

/// Several sentences that are added and taken out one by one.
pub fn sentences(field: Sentences<'_>) -> Html {
    let Sentences { name, value, .. } = field;
    let hint_id = format!("{name}-hint");
    let whole = (field.error)(name);
    let without = |at: usize| {
        let (value, on_change) = (value.to_vec(), field.on_change.clone());
        Callback::from(move |_: MouseEvent| {
            let mut next = value.clone();
            take_out(&mut next, at);
            on_change.emit(next);
        })
    };
    let typed = |at: usize| {
        let (value, on_change) = (value.to_vec(), field.on_change.clone());
        Callback::from(move |event: InputEvent| {
            let mut next = value.clone();
            if let Some(sentence) = next.get_mut(at) {
                *sentence = value_of(&event);
            }
            on_change.emit(next);
        })
    };
    let one = |at: usize, sentence: &String| {
        let id = format!("{name}[{at}]");
        let error = (field.error)(&id);
        html! {
            <li key={at} class="min-w-0">
                <div class="flex items-start gap-1">
                    <textarea class={classes!(BOX, "min-h-11", "py-2.5", "field-sizing-content")} rows="1" id={id.clone()} name={id.clone()} value={sentence.clone()} oninput={typed(at)}
                        aria-label={format!("{} {}", field.each, at + 1)} aria-invalid={error.is_some().then_some("true")}
                        aria-describedby={described_by(&id, "", error.as_deref()).or_else(|| (!field.hint.is_empty()).then(|| hint_id.clone()))} />
                    if value.len() > field.fewest {
                        <button type="button" onclick={without(at)} aria-label={tr!("Take out {each} {number}", each = field.each, number = at + 1)}
                            class="inline-flex size-11 shrink-0 items-center justify-center rounded-full text-ink-soft hover:bg-sunken hover:text-ink">
                            { icon(Glyph::Cross, "size-4") }
                        </button>
                    }
                </div>
                if let Some(error) = error {
                    <p id={format!("{id}-error")} class="mt-1 text-sm font-medium text-bad">{ error }</p>
                }
            </li>
        }
    };
    let more = {
        let (value, on_change) = (value.to_vec(), field.on_change.clone());
        Callback::from(move |_: MouseEvent| {
            let one_more = value.iter().cloned().chain([String::new()]);
            on_change.emit(one_more.collect());
        })
    };
    html! {
        <fieldset class="min-w-0">
            <legend class="mb-1.5 font-medium">{ field.label }</legend>
            if !field.hint.is_empty() {
                <p id={hint_id.clone()} class="-mt-1 mb-1.5 text-sm text-ink-soft">{ field.hint }</p>
            }
            <ul class="grid gap-2">
                for (at, sentence) in value.iter().enumerate() { { one(at, sentence) } }
            </ul>
            if let Some(error) = whole {
                <p class="mt-1.5 text-sm font-medium text-bad">{ error }</p>
            }
            <button type="button" onclick={more}
                class="mt-1 inline-flex min-h-11 items-center gap-1.5 rounded-full px-2 text-sm font-semibold text-brand hover:bg-brand-wash">
                { icon(Glyph::Plus, "size-4") }{ field.add }
            </button>
        </fieldset>
    }
}
