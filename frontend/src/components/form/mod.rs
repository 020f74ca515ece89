//! Fields of forms inside the app. A field's `name` is the one in the JSON, so that an error of the contract's checks or of the
//! server finds it; [`crate::data::Form`] brings value, error and callback.

mod choice;
mod conflict;
mod person;
mod phrases;
mod search;
mod sentences;
mod text;

pub use choice::{Choice, Tick, Toggle, checkbox, segments, select, switch};
pub use conflict::{conflict, form_failure, use_conflict};
pub use person::{Whose, name_fields, phone_field};
pub use phrases::PhraseField;
pub use search::SearchField;
pub use sentences::{Sentences, sentences};
pub use text::{Area, Input, Typed, text_area, text_field};

use yew::prelude::*;

/// How what is typed into looks.
pub(super) const BOX: &str = "w-full min-h-11 rounded-md border border-line-strong bg-raised px-3.5 text-base text-ink placeholder:text-ink-soft aria-invalid:border-bad aria-invalid:ring-1 aria-invalid:ring-bad disabled:border-line disabled:bg-sunken disabled:text-ink-soft";

/// A label, what helps to fill in, the field, and what is wrong with it.
pub(super) fn framed(
    name: &str,
    label: &str,
    hint: &str,
    error: Option<&str>,
    optional: bool,
    field: Html,
) -> Html {
    laid_out(Layout::Above, name, label, hint, error, optional, field)
}

/// Where a field's label stands.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Layout {
    /// Above it.
    #[default]
    Above,
    /// Beside it, where there is room: for settings with a rule to explain and little to type.
    Beside,
}

/// The same, with the label where it is wanted.
pub(super) fn laid_out(
    layout: Layout,
    name: &str,
    label: &str,
    hint: &str,
    error: Option<&str>,
    optional: bool,
    field: Html,
) -> Html {
    if layout == Layout::Beside {
        return html! {
            <div class="grid min-w-0 gap-x-8 gap-y-2 sm:grid-cols-[1fr_11rem] sm:items-center">
                <div class="min-w-0">
                    { label_of(name, label, optional, "block font-medium") }
                    if !hint.is_empty() {
                        <p id={format!("{name}-hint")} class="text-sm text-pretty text-ink-soft">{ hint }</p>
                    }
                </div>
                <div class="min-w-0">
                    { field }
                    { error_of(name, error) }
                </div>
            </div>
        };
    }
    html! {
        <div class="min-w-0">
            { label_of(name, label, optional, "mb-1.5 block font-medium") }
            if !hint.is_empty() {
                <p id={format!("{name}-hint")} class="-mt-1 mb-1.5 text-sm text-ink-soft">{ hint }</p>
            }
            { field }
            { error_of(name, error) }
        </div>
    }
}

fn label_of(name: &str, label: &str, optional: bool, class: &'static str) -> Html {
    html! {
        <label {class} for={name.to_owned()}>
            { label }
            if optional { <span class="ml-1.5 text-sm font-normal text-ink-soft">{ tr!("optional") }</span> }
        </label>
    }
}

fn error_of(name: &str, error: Option<&str>) -> Html {
    html! {
        if let Some(error) = error {
            <p id={format!("{name}-error")} class="mt-1.5 text-sm font-medium text-bad">{ error }</p>
        }
    }
}

/// The ids of the texts that describe a field.
pub(super) fn described_by(name: &str, hint: &str, error: Option<&str>) -> Option<String> {
    let hint = (!hint.is_empty()).then(|| format!("{name}-hint"));
    let error = error.map(|_| format!("{name}-error"));
    let ids: Vec<String> = [hint, error].into_iter().flatten().collect();
    (!ids.is_empty()).then(|| ids.join(" "))
}
