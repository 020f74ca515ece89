//! Fields that are typed into.

use super::{BOX, Layout, described_by, framed, laid_out};
use yew::prelude::*;

/// What is typed into a field: decides the phone's keyboard.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Typed {
    /// Words.
    #[default]
    Text,
    /// An e-mail address.
    Email,
    /// A telephone number.
    Phone,
    /// A number.
    Number,
    /// A day of the calendar: `2026-11-22`.
    Date,
    /// A time of day: `11:00`.
    Time,
    /// A password that was set once.
    Password,
    /// A password to be set.
    NewPassword,
}

/// A field of one line.
#[derive(Debug, Clone, Default)]
pub struct Input {
    /// Its id, and its name in the JSON.
    pub name: AttrValue,
    /// What stands above it.
    pub label: AttrValue,
    /// What is in it.
    pub value: AttrValue,
    /// Something was typed.
    pub oninput: Callback<InputEvent>,
    /// What is wrong with it.
    pub error: Option<String>,
    /// What helps to fill it in.
    pub hint: AttrValue,
    /// What is typed into it.
    pub kind: Typed,
    /// It may stay empty.
    pub optional: bool,
    /// It can't be changed.
    pub readonly: bool,
    /// An example, never an instruction.
    pub placeholder: AttrValue,
    /// The smallest number, the first date or time.
    pub min: Option<AttrValue>,
    /// The largest number, the last date or time.
    pub max: Option<AttrValue>,
    /// What the browser knows it by: a token of HTML's `autocomplete`.
    pub autocomplete: AttrValue,
    /// The id of a `datalist` with what may be chosen.
    pub list: Option<AttrValue>,
    /// What is counted, after the number: "days".
    pub unit: AttrValue,
    /// Where its label stands.
    pub layout: Layout,
}

/// A field of one line. The browser checks nothing: messages are ours, and the same on every device.
pub fn text_field(input: Input) -> Html {
    let error = input.error.as_deref();
    let (kind, mode) = match input.kind {
        Typed::Text => ("text", None),
        Typed::Email => ("email", Some("email")),
        Typed::Phone => ("tel", Some("tel")),
        // Of type text: a number field changes with the mouse wheel, and hides what is no number.
        Typed::Number => ("text", Some("decimal")),
        Typed::Date => ("date", None),
        Typed::Time => ("time", None),
        Typed::Password | Typed::NewPassword => ("password", None),
    };
    let autocomplete = match input.kind {
        _ if !input.autocomplete.is_empty() => input.autocomplete.clone(),
        Typed::Password => "current-password".into(),
        Typed::NewPassword => "new-password".into(),
        _ => "off".into(),
    };
    let has_unit = !input.unit.is_empty();
    laid_out(
        input.layout,
        &input.name,
        &input.label,
        &input.hint,
        error,
        input.optional,
        html! {
            <div class="relative">
            <input class={classes!(BOX, "read-only:border-line", "read-only:bg-sunken", has_unit.then_some("pr-24"))} id={input.name.clone()} name={input.name.clone()} type={kind} inputmode={mode}
                value={input.value.clone()} oninput={input.oninput.clone()} readonly={input.readonly} {autocomplete}
                placeholder={(!input.placeholder.is_empty()).then(|| input.placeholder.clone())} list={input.list.clone()} min={input.min.clone()} max={input.max.clone()}
                aria-invalid={error.is_some().then_some("true")} aria-describedby={described_by(&input.name, &input.hint, error)} />
                if has_unit {
                    <span class="pointer-events-none absolute inset-y-0 right-3.5 flex items-center text-sm text-ink-soft">{ &input.unit }</span>
                }
            </div>
        },
    )
}

/// A field of several lines, which grows with what is typed.
#[derive(Debug, Clone, Default)]
pub struct Area {
    /// Its id, and its name in the JSON.
    pub name: AttrValue,
    /// What stands above it.
    pub label: AttrValue,
    /// What is in it.
    pub value: AttrValue,
    /// Something was typed.
    pub oninput: Callback<InputEvent>,
    /// What is wrong with it.
    pub error: Option<String>,
    /// What helps to fill it in.
    pub hint: AttrValue,
    /// It may stay empty.
    pub optional: bool,
    /// The most characters; how many are left is said near the end.
    pub most: Option<usize>,
}

/// A field of several lines.
pub fn text_area(area: Area) -> Html {
    let error = area.error.as_deref();
    let left = area
        .most
        .map(|most| (most, most.saturating_sub(area.value.chars().count())))
        .filter(|(most, left)| *left <= most / 5);
    framed(
        &area.name,
        &area.label,
        &area.hint,
        error,
        area.optional,
        html! {
            <>
                <textarea class={classes!(BOX, "min-h-24", "max-h-[60dvh]", "py-2.5", "field-sizing-content")} id={area.name.clone()} name={area.name.clone()}
                    value={area.value.clone()} oninput={area.oninput.clone()} rows="3"
                    aria-invalid={error.is_some().then_some("true")} aria-describedby={described_by(&area.name, &area.hint, error)} />
                if let Some((_, left)) = left {
                    <p class="numerals text-right text-xs text-ink-soft">{ tr!("{left} characters left", left = left) }</p>
                }
            </>
        },
    )
}
