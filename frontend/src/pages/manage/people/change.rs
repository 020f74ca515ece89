//! Changing a person's name, address, role and phone.

use crate::api::Api;
use crate::components::{
    Button, Choice, Input, Typed, Whose, form_failure, name_fields, phone_field, select,
    text_field, use_conflict,
};
use crate::data::{LeaveGuard, use_form};
use crate::state::people::role_name;
use contract::users::{UpdateUser, User};
use domain::role::Role;
use std::rc::Rc;
use yew::prelude::*;

/// Properties of [`ChangePerson`].
#[derive(Properties, PartialEq, Clone)]
pub struct ChangePersonProps {
    /// Whom.
    pub person: Rc<User>,
    /// It is stored.
    pub on_done: Callback<User>,
}

fn form_of(person: &User) -> UpdateUser {
    UpdateUser {
        email: person.email.clone(),
        role: person.role,
        first_name: person.first_name.clone(),
        last_name: person.last_name.clone(),
        phone: person.phone.clone(),
        language: person.language,
    }
}

/// The form.
#[component]
pub fn ChangePerson(props: &ChangePersonProps) -> Html {
    let person = props.person.clone();
    let (id, version) = (person.id, person.version);
    let form = use_form(move || form_of(&person));
    let draft = form.draft().clone();
    let onsubmit = {
        let on_done = props.on_done.clone();
        form.on_submit(
            move |api: Api, form| async move { api.update_user(id, version, &form).await },
            move |api, person| {
                api.cache()
                    .changed(&["people", "teams", "groups", "dashboard"]);
                on_done.emit(person);
            },
        )
    };
    let conflict = use_conflict(
        &form,
        Some(id),
        |api, id| async move { api.user(id).await },
        form_of,
        "people",
    );
    html! {
        <form novalidate=true class="grid gap-4" {onsubmit}>
            <LeaveGuard when={form.is_changed()} />
            { form_failure(&form) }
                { conflict }
            { name_fields(&form, Whose::Others, (&draft.first_name, |draft, text| draft.first_name = text), (&draft.last_name, |draft, text| draft.last_name = text)) }
            { text_field(Input {
                name: "email".into(),
                label: tr!("E-mail").into(),
                kind: Typed::Email,
                value: draft.email.into(),
                error: form.error("email"),
                oninput: form.typed("email", |draft, text| draft.email = text),
                ..Input::default()
            }) }
            { phone_field(&form, Whose::Others, draft.phone.as_deref(), |draft, phone| draft.phone = phone) }
            if props.person.role != Role::SuperAdmin {
                { select(Choice {
                    name: "role".into(),
                    label: tr!("Role").into(),
                    value: draft.role.as_str().into(),
                    options: [Role::SalesRep, Role::Manager].map(|role| (role.as_str().into(), role_name(role).into())).to_vec(),
                    error: form.error("role"),
                    onchange: form.chosen("role", |draft: &mut UpdateUser, role: String| {
                        if let Ok(role) = role.parse() {
                            draft.role = role;
                        }
                    }),
                    ..Choice::default()
                }) }
            }
            <div class="flex justify-end">
                <Button submits=true busy={form.is_busy()}>{ tr!("Save") }</Button>
            </div>
        </form>
    }
}
