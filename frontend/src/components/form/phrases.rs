//! A field of many short phrases, each a chip.

use super::{BOX, described_by, framed};
use crate::browser::page::value_of;
use crate::components::icon::{Glyph, icon};
use crate::state::draft::{phrases, take_out};
use yew::prelude::*;

/// Properties of [`PhraseField`].
#[derive(Properties, PartialEq, Clone)]
pub struct PhraseFieldProps {
    /// Its id, and its name in the JSON.
    pub name: AttrValue,
    /// What stands above it.
    pub label: AttrValue,
    /// What helps to fill it in.
    #[prop_or_default]
    pub hint: AttrValue,
    /// The phrases so far.
    pub value: Vec<String>,
    /// What is wrong with them.
    #[prop_or_default]
    pub error: Option<AttrValue>,
    /// Other phrases.
    pub on_change: Callback<Vec<String>>,
}

/// Phrases as they are compared: lower case, each once. Enter or a comma adds one, a pasted list adds all, Backspace in the empty
/// field takes the last one back into it. What was typed is added when the field is left, so that it is not lost.
#[component]
pub fn PhraseField(props: &PhraseFieldProps) -> Html {
    let typed = use_state(String::new);
    let add = {
        let (value, on_change, typed) =
            (props.value.clone(), props.on_change.clone(), typed.clone());
        move |text: &str| {
            let new: Vec<String> = phrases(text)
                .into_iter()
                .filter(|phrase| !value.contains(phrase))
                .collect();
            typed.set(String::new());
            if !new.is_empty() {
                on_change.emit(value.iter().cloned().chain(new).collect());
            }
        }
    };
    let oninput = {
        let (add, typed) = (add.clone(), typed.clone());
        Callback::from(move |event: InputEvent| {
            let text = value_of(&event);
            if text.contains([',', ';', '\n']) {
                add(&text);
            } else {
                typed.set(text);
            }
        })
    };
    let onkeydown = {
        let (add, typed) = (add.clone(), typed.clone());
        let (value, on_change) = (props.value.clone(), props.on_change.clone());
        Callback::from(move |event: KeyboardEvent| match event.key().as_str() {
            "Enter" if !event.is_composing() => {
                event.prevent_default();
                add(&typed);
            }
            "Backspace" if typed.is_empty() => {
                if let Some((last, others)) = value.split_last() {
                    event.prevent_default();
                    typed.set(last.clone());
                    on_change.emit(others.to_vec());
                }
            }
            _ => {}
        })
    };
    let onblur = {
        let (add, typed) = (add, typed.clone());
        Callback::from(move |_: FocusEvent| add(&typed))
    };
    let without = |at: usize| {
        let (value, on_change) = (props.value.clone(), props.on_change.clone());
        Callback::from(move |_: MouseEvent| {
            let mut left = value.clone();
            take_out(&mut left, at);
            on_change.emit(left);
        })
    };
    let error = props.error.as_deref();
    let field = html! {
        <div class={classes!(BOX, "flex", "flex-wrap", "items-center", "gap-1.5", "px-2", "py-1.5", "focus-within:outline-2", "focus-within:outline-brand", "focus-within:-outline-offset-1",
            error.is_some().then_some("border-bad ring-1 ring-bad"))}>
            <ul class="contents">
                for (at, phrase) in props.value.iter().enumerate() {
                    <li key={phrase.clone()} class="inline-flex max-w-full items-center rounded-full bg-brand-wash pl-3 text-sm text-brand-strong">
                        <span class="min-w-0 py-1 wrap-anywhere">{ phrase }</span>
                        <button type="button" onclick={without(at)} aria-label={tr!("Take out “{}”", phrase)}
                            class="ml-0.5 inline-flex size-8 shrink-0 items-center justify-center rounded-full hover:bg-sunken">
                            { icon(Glyph::Cross, "size-3.5") }
                        </button>
                    </li>
                }
            </ul>
            <textarea id={props.name.clone()} name={props.name.clone()} rows="1" value={(*typed).clone()} {oninput} {onkeydown} {onblur}
                spellcheck="false" autocomplete="off" autocapitalize="none" enterkeyhint="enter"
                placeholder={if props.value.is_empty() { "samajh sakta, i understand, …" } else { "" }}
                aria-invalid={error.is_some().then_some("true")} aria-describedby={described_by(&props.name, &props.hint, error)}
                class="min-h-8 min-w-32 flex-1 resize-none bg-transparent px-1.5 py-1 text-sm placeholder:text-ink-soft focus-visible:outline-none" />
        </div>
    };
    framed(&props.name, &props.label, &props.hint, error, false, field)
}
