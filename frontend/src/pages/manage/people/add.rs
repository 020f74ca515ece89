//! Adding one person with a name, for those who can't be reached by mail.

use crate::browser::random;
use crate::components::{
    Button, Choice, Input, Typed, Whose, form_failure, name_fields, phone_field, select, text_field,
};
use crate::data::{LeaveGuard, use_form};
use contract::auth::Me;
use contract::users::{CompanyChoice, CreateUser, User};
use domain::language::Language;
use domain::role::Role;
use std::rc::Rc;
use yew::prelude::*;

/// Properties of [`AddPerson`].
#[derive(Properties, PartialEq, Clone)]
pub struct AddPersonProps {
    /// Who adds.
    pub me: Rc<Me>,
    /// The person is in.
    pub on_done: Callback<User>,
}

/// The form.
#[component]
pub fn AddPerson(props: &AddPersonProps) -> Html {
    let key = use_memo((), |()| random::key());
    let form = use_form(|| CreateUser {
        email: String::new(),
        role: Role::SalesRep,
        first_name: String::new(),
        last_name: String::new(),
        phone: None,
        language: Language::default(),
        password: None,
    });
    let draft = form.draft().clone();
    let company = props.me.company.id;
    let onsubmit = {
        let on_done = props.on_done.clone();
        form.on_submit(
            move |api, form| {
                let key = key.clone();
                async move {
                    let choice = CompanyChoice {
                        company_id: Some(company),
                    };
                    api.add_user(&choice, &form, &key).await
                }
            },
            move |api, user| {
                api.cache().changed(&["people", "first-steps", "dashboard"]);
                on_done.emit(user);
            },
        )
    };
    let some = |text: String| (!text.trim().is_empty()).then_some(text);
    html! {
        <form novalidate=true class="grid gap-4" {onsubmit}>
            <LeaveGuard when={form.is_changed()} />
            { form_failure(&form) }
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
            { select(Choice {
                name: "role".into(),
                label: tr!("Role").into(),
                value: draft.role.as_str().into(),
                options: [(Role::SalesRep, tr!("Sales rep: practises")), (Role::Manager, tr!("Manager: leads teams, and runs the company's programme"))]
                    .map(|(role, name)| (role.as_str().into(), name.into())).to_vec(),
                error: form.error("role"),
                onchange: form.chosen("role", |draft: &mut CreateUser, role: String| {
                    if let Ok(role) = role.parse() {
                        draft.role = role;
                    }
                }),
                ..Choice::default()
            }) }
            { phone_field(&form, Whose::Others, draft.phone.as_deref(), |draft, phone| draft.phone = phone) }
            { text_field(Input {
                name: "password".into(),
                label: tr!("First password").into(),
                optional: true,
                hint: tr!("To be handed over by word of mouth. Without one they set their own with “Forgot password”.").into(),
                kind: Typed::NewPassword,
                value: draft.password.unwrap_or_default().into(),
                error: form.error("password"),
                oninput: form.typed("password", move |draft, text| draft.password = some(text)),
                ..Input::default()
            }) }
            <div class="flex justify-end">
                <Button submits=true busy={form.is_busy()}>{ tr!("Add") }</Button>
            </div>
        </form>
    }
}
