//! How somebody is called and reached, the same in every form that asks for it.

use super::{Input, Typed, text_field};
use crate::data::Form;
use garde::Validate;
use yew::prelude::*;

/// Whose name is asked for: browsers fill in one's own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Whose {
    /// That of who fills in the form.
    Own,
    /// Somebody else's.
    Others,
}

impl Whose {
    /// A token of HTML's `autocomplete`; empty is off.
    fn token(self, own: &'static str) -> AttrValue {
        match self {
            Whose::Own => own.into(),
            Whose::Others => AttrValue::default(),
        }
    }
}

/// First and last name, side by side where there is room: what stands in them, and where what is typed goes.
pub fn name_fields<T: Clone + PartialEq + Validate<Context = ()> + 'static>(
    form: &Form<T>,
    whose: Whose,
    first: (&str, fn(&mut T, String)),
    last: (&str, fn(&mut T, String)),
) -> Html {
    let field = |name: &'static str,
                 label: &'static str,
                 own,
                 (value, take): (&str, fn(&mut T, String))| {
        text_field(Input {
            name: name.into(),
            label: label.into(),
            value: value.to_owned().into(),
            error: form.error(name),
            autocomplete: whose.token(own),
            oninput: form.typed(name, take),
            ..Input::default()
        })
    };
    html! {
        <div class="grid gap-4 sm:grid-cols-2">
            { field("firstName", tr!("First name"), "given-name", first) }
            { field("lastName", tr!("Last name"), "family-name", last) }
        </div>
    }
}

/// A phone number that may be left out.
pub fn phone_field<T: Clone + PartialEq + Validate<Context = ()> + 'static>(
    form: &Form<T>,
    whose: Whose,
    phone: Option<&str>,
    take: fn(&mut T, Option<String>),
) -> Html {
    text_field(Input {
        name: "phone".into(),
        label: tr!("Phone").into(),
        optional: true,
        kind: Typed::Phone,
        value: phone.unwrap_or_default().to_owned().into(),
        error: form.error("phone"),
        autocomplete: whose.token("tel"),
        oninput: form.typed("phone", move |draft, text| {
            take(draft, (!text.trim().is_empty()).then_some(text));
        }),
        ..Input::default()
    })
}
