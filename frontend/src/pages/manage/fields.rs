//! Fields of long forms, by their path in what is written.

use crate::components::{
    Area, Glyph, Input, PhraseField, Sentences, Tone, badge, icon, sentences, text_area, text_field,
};
use crate::data::Form;
use garde::Validate;
use yew::prelude::*;

/// Of a long form: a field that takes the focus comes to stand between the bars above and below it.
pub const IN_SIGHT: &str = "[&_:is(input,textarea,select,button)]:scroll-my-44";

/// What a long form writes.
pub trait Written: Clone + PartialEq + Validate<Context = ()> + 'static {}
impl<T: Clone + PartialEq + Validate<Context = ()> + 'static> Written for T {}

/// What stands in a field, and what helps to fill it in.
pub struct Shown<'a> {
    /// Its path in the JSON: `drills[0].title`.
    pub path: String,
    /// What stands above it.
    pub label: &'static str,
    /// What helps to fill it in; may be empty.
    pub hint: &'static str,
    /// The most characters.
    pub most: usize,
    /// What is in it.
    pub value: &'a str,
}

/// A field of one line.
pub fn line<T: Written>(
    form: &Form<T>,
    shown: Shown<'_>,
    take: impl Fn(&mut T, String) + 'static,
) -> Html {
    text_field(Input {
        name: shown.path.clone().into(),
        label: shown.label.into(),
        hint: shown.hint.into(),
        value: shown.value.to_owned().into(),
        error: form.error(&shown.path),
        oninput: form.typed(shown.path, take),
        ..Input::default()
    })
}

/// A field of several lines.
pub fn paragraph<T: Written>(
    form: &Form<T>,
    shown: Shown<'_>,
    take: impl Fn(&mut T, String) + 'static,
) -> Html {
    text_area(Area {
        name: shown.path.clone().into(),
        label: shown.label.into(),
        hint: shown.hint.into(),
        value: shown.value.to_owned().into(),
        error: form.error(&shown.path),
        most: Some(shown.most),
        oninput: form.typed(shown.path, take),
        ..Area::default()
    })
}

/// Several sentences; `each` is what one of them is, `add` what adds one.
pub struct Several<'a> {
    /// See [`Shown::path`].
    pub path: String,
    /// What stands above them.
    pub label: &'static str,
    /// What helps to write them; may be empty.
    pub hint: &'static str,
    /// "Fact".
    pub each: &'static str,
    /// "Add a fact".
    pub add: &'static str,
    /// So many have to be there.
    pub fewest: usize,
    /// The sentences.
    pub value: &'a [String],
}

/// Several sentences.
pub fn several<T: Written>(
    form: &Form<T>,
    several: Several<'_>,
    take: impl Fn(&mut T, Vec<String>) + 'static,
) -> Html {
    sentences(Sentences {
        name: &several.path,
        label: several.label,
        hint: several.hint,
        each: several.each,
        add: several.add,
        fewest: several.fewest,
        value: several.value,
        error: &|field| form.error(field),
        on_change: form.chosen(several.path.clone(), take),
    })
}

/// Words and short phrases that the built-in coach listens for.
pub fn signals<T: Written>(
    form: &Form<T>,
    path: String,
    label: String,
    hint: &'static str,
    value: &[String],
    take: impl Fn(&mut T, Vec<String>) + 'static,
) -> Html {
    let error = error_in(form, &path);
    let (on_change, name) = (form.chosen(path.clone(), take), AttrValue::from(path));
    html! {
        <PhraseField key={name.to_string()} name={name.clone()} {label} {hint} value={value.to_vec()} error={error.map(AttrValue::from)} {on_change} />
    }
}

/// The first thing that is wrong with a field or inside of it.
pub fn error_in<T: Written>(form: &Form<T>, path: &str) -> Option<String> {
    let is_inside = |field: &str| {
        field
            .strip_prefix(path)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with(['[', '.']))
    };
    let mut errors = form.errors().into_iter();
    errors
        .find(|error| is_inside(&error.field))
        .map(|error| error.message)
}

/// One of several pieces: a line that opens, and what is in it.
pub struct Piece<'a> {
    /// Unique on the page.
    pub id: String,
    /// Before its name; empty where the order means nothing.
    pub number: Option<usize>,
    /// Its name; may be empty yet.
    pub name: &'a str,
    /// A word about it.
    pub note: String,
    /// So much is to do in it.
    pub to_do: usize,
    /// It lies open.
    pub is_open: bool,
    /// Opens and closes it.
    pub toggle: Callback<()>,
}

/// A piece with its fields, which are drawn only while it lies open.
pub fn piece(piece: Piece<'_>, fields: impl FnOnce() -> Html) -> Html {
    let Piece { is_open, .. } = piece;
    let panel = format!("{}-fields", piece.id);
    let chevron = if is_open {
        "size-5 shrink-0 rotate-180 text-ink-soft transition"
    } else {
        "size-5 shrink-0 text-ink-soft transition"
    };
    html! {
        <li key={piece.id} class="min-w-0 rounded-lg border border-line bg-surface">
            <h3 class="font-sans text-base font-normal tracking-normal">
                <button type="button" aria-expanded={if is_open { "true" } else { "false" }} aria-controls={panel.clone()} onclick={piece.toggle.reform(|_: MouseEvent| ())}
                    class="flex w-full items-center gap-3 rounded-lg p-4 text-left hover:bg-sunken/60">
                    if let Some(number) = piece.number {
                        <span class="numerals flex size-7 shrink-0 items-center justify-center rounded-full bg-sunken text-sm font-semibold text-ink-soft">{ number }</span>
                    }
                    <span class="min-w-0 flex-1">
                        <span class="block font-semibold wrap-anywhere">
                            if piece.name.trim().is_empty() { { tr!("Not written yet") } } else { { piece.name } }
                        </span>
                        <span class="mt-0.5 block text-sm text-ink-soft wrap-anywhere">{ piece.note }</span>
                    </span>
                    if piece.to_do > 0 { { badge(Tone::Accent, tr!("{n} to do" | "{n} to do" % piece.to_do)) } }
                    { icon(Glyph::Chevron, chevron) }
                </button>
            </h3>
            <div id={panel} hidden={!is_open}>
                if is_open { <div class="grid gap-5 border-t border-line p-4">{ fields() }</div> }
            </div>
        </li>
    }
}
