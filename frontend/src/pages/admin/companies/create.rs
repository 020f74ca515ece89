//! A new company: its name, and what it pays for.

use crate::api::{Api, Failure};
use crate::browser::{clock, page::value_of, random};
use crate::components::{
    Button, Choice, Input, Toggle, Typed, form_failure, select, switch, text_field,
};
use crate::data::{Form, LeaveGuard, use_form};
use crate::pages::manage::company::{last_day, plan_of, plan_options, refused};
use crate::state::company::{NewCompany, PlanDraft};
use contract::companies::Company;
use domain::joining::{TRIAL_MS, TRIAL_USERS};
use domain::plan::Plan;
use yew::prelude::*;

const A_DAY_MS: u64 = 24 * 60 * 60 * 1_000;

/// Properties of [`CreateForm`].
#[derive(Properties, PartialEq, Clone)]
pub struct CreateFormProps {
    /// It is there.
    pub on_made: Callback<Company>,
}

async fn make(api: Api, draft: NewCompany, key: String) -> Result<Company, Failure> {
    let form = draft.read().map_err(refused)?;
    api.make_company(&form, &key).await
}

/// What a company that pays begins with, until somebody says otherwise.
fn bought() -> PlanDraft {
    PlanDraft {
        plan: Plan::Basic,
        starts_at: clock::now_ms(),
        ends_at: None,
        is_active: true,
        max_users: TRIAL_USERS.to_string(),
        spend_cap: String::new(),
    }
}

/// The form.
#[component]
pub fn CreateForm(props: &CreateFormProps) -> Html {
    let key = use_memo((), |()| random::key());
    let form = use_form(|| NewCompany {
        name: String::new(),
        domain: String::new(),
        plan: None,
    });
    let onsubmit = {
        let on_made = props.on_made.clone();
        form.on_submit(
            move |api, draft| make(api, draft, (*key).clone()),
            move |api, company| {
                api.cache().changed(&["companies", "dashboard", "ai"]);
                on_made.emit(company);
            },
        )
    };
    let draft = form.draft().clone();
    html! {
        <form novalidate=true class="grid gap-4" {onsubmit}>
            <LeaveGuard when={form.is_changed()} />
            { form_failure(&form) }
            { text_field(Input {
                name: "name".into(),
                label: tr!("Name").into(),
                placeholder: tr!("Troika Tech").into(),
                value: draft.name.into(),
                error: form.error("name"),
                oninput: form.typed("name", |draft: &mut NewCompany, text| draft.name = text),
                ..Input::default()
            }) }
            { text_field(Input {
                name: "domain".into(),
                label: tr!("Domain").into(),
                optional: true,
                placeholder: "example.com".into(),
                value: draft.domain.into(),
                error: form.error("domain"),
                oninput: form.typed("domain", |draft: &mut NewCompany, text| draft.domain = text),
                ..Input::default()
            }) }
            { switch(Toggle {
                name: "subscription".into(),
                label: tr!("Begins with a plan").into(),
                hint: tr!("Otherwise it is on trial: {people} people, {days} days from now.", days = TRIAL_MS / A_DAY_MS, people = TRIAL_USERS).into(),
                checked: draft.plan.is_some(),
                onchange: form.chosen("subscription", |draft: &mut NewCompany, on: bool| draft.plan = on.then(bought)),
                ..Toggle::default()
            }) }
            if let Some(plan) = &draft.plan { { plan_fields(&form, plan) } }
            <div class="flex justify-end">
                <Button submits=true busy={form.is_busy()}>{ tr!("Make the company") }</Button>
            </div>
        </form>
    }
}

fn plan_fields(form: &Form<NewCompany>, plan: &PlanDraft) -> Html {
    fn change(draft: &mut NewCompany, change: impl FnOnce(&mut PlanDraft)) {
        if let Some(plan) = &mut draft.plan {
            change(plan);
        }
    }
    let typed = |field: &'static str, take: fn(&mut PlanDraft, String)| {
        let form = form.clone();
        Callback::from(move |event: InputEvent| {
            let text = value_of(&event);
            form.edit(field, |draft| change(draft, |plan| take(plan, text)));
        })
    };
    html! {
        <div class="grid gap-4 rounded-lg border border-line p-4">
            { select(Choice {
                name: "subscription.plan".into(),
                label: tr!("Plan").into(),
                value: plan.plan.as_str().into(),
                options: plan_options(),
                onchange: form.chosen("subscription.plan", |draft: &mut NewCompany, word: String| {
                    change(draft, |plan| plan.plan = plan_of(&word).unwrap_or(plan.plan));
                }),
                ..Choice::default()
            }) }
            { last_day(plan.ends_at, form.error("subscription.endsAt"), form.chosen("subscription.endsAt", |draft: &mut NewCompany, ends_at| change(draft, |plan| plan.ends_at = ends_at))) }
            { text_field(Input {
                name: "subscription.maxUsers".into(),
                label: tr!("People at most").into(),
                kind: Typed::Number,
                value: plan.max_users.clone().into(),
                error: form.error("subscription.maxUsers"),
                oninput: typed("subscription.maxUsers", |plan, text| plan.max_users = text),
                ..Input::default()
            }) }
            { text_field(Input {
                name: "subscription.spendCapMicros".into(),
                label: tr!("Most for models a month, US dollars").into(),
                hint: tr!("Empty: no limit.").into(),
                optional: true,
                kind: Typed::Number,
                value: plan.spend_cap.clone().into(),
                error: form.error("subscription.spendCapMicros"),
                oninput: typed("subscription.spendCapMicros", |plan, text| plan.spend_cap = text),
                ..Input::default()
            }) }
        </div>
    }
}
