//! What is set of a company: its name, its programme, how long things are kept, and, for super admins, its plan.

use crate::api::{Api, Failure};
use crate::browser::clock;
use crate::browser::page::value_of;
use crate::components::{
    Button, Choice, Confirm, Input, Layout, Look, Typed, card, form_failure, select, text_field,
    toast, use_conflict,
};
use crate::data::{Form, LeaveGuard, use_form};
use crate::state::company::{CompanyDraft, PLANS, PlanDraft, plan_name};
use contract::companies::{Company, UpdateCompany};
use contract::problem::{FieldError, Problem};
use domain::ids::CompanyId;
use std::rc::Rc;
use yew::prelude::*;

/// Properties of [`CompanyForm`].
#[derive(Properties, PartialEq, Clone)]
pub struct CompanyFormProps {
    /// The company.
    pub company: Rc<Company>,
    /// What it pays for may be changed, too.
    #[prop_or_default]
    pub with_plan: bool,
}

fn plain(company: &Company) -> CompanyDraft {
    CompanyDraft::of(company, false)
}

fn with_plan(company: &Company) -> CompanyDraft {
    CompanyDraft::of(company, true)
}

/// What can't be read is refused here, as it was by the checks before.
pub fn refused(wrong: Vec<(&'static str, String)>) -> Failure {
    let errors = wrong
        .into_iter()
        .map(|(field, message)| FieldError::new(field, message));
    Failure::Refused(Box::new(Problem::fields(errors.collect())))
}

async fn store(
    api: Api,
    id: CompanyId,
    version: u64,
    draft: CompanyDraft,
) -> Result<Company, Failure> {
    let form: UpdateCompany = draft.read().map_err(refused)?;
    api.update_company(id, version, &form).await
}

/// The form. What makes things go for good is asked before it is stored.
#[component]
pub fn CompanyForm(props: &CompanyFormProps) -> Html {
    let company = props.company.clone();
    let form_of = if props.with_plan { with_plan } else { plain };
    let form = {
        let company = company.clone();
        use_form(move || form_of(&company))
    };
    let what_goes = use_state(Vec::<String>::new);
    let (id, version) = (company.id, company.version);
    let send = {
        let what_goes = what_goes.setter();
        form.on_send(
            move |api, draft| store(api, id, version, draft),
            move |api, _: Company| {
                what_goes.set(Vec::new());
                toast(tr!("Saved"));
                api.cache().changed(&["companies", "dashboard", "ai"]);
            },
        )
    };
    let onsubmit = {
        let (form, company, send) = (form.clone(), company.clone(), send.clone());
        let what_goes = what_goes.setter();
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            let goes = form.draft().what_goes(&form_of(&company));
            if goes.is_empty() {
                send.emit(());
            } else if form.is_good() {
                what_goes.set(goes);
            }
        })
    };
    let keep = {
        let what_goes = what_goes.setter();
        Callback::from(move |()| what_goes.set(Vec::new()))
    };
    let on_confirm = {
        let keep = keep.clone();
        send.reform(move |()| keep.emit(()))
    };
    let undo = {
        let (form, company) = (form.clone(), company.clone());
        Callback::from(move |()| form.reset(form_of(&company)))
    };
    let conflict = use_conflict(
        &form,
        Some(id),
        |api, id| async move { api.company(id).await },
        form_of,
        "companies",
    );
    let draft = form.draft().clone();
    html! {
        <form novalidate=true class="grid gap-5" {onsubmit}>
            <LeaveGuard when={form.is_changed()} />
            { form_failure(&form) }
            { conflict }
            if let Some(plan) = &draft.plan { { card(tr!("Plan and limits"), plan_fields(&form, plan)) } }
            { card(tr!("Name and domain"), names(&form, &draft)) }
            { card(tr!("Programme"), programme(&form, &draft)) }
            { card(tr!("How long things are kept"), retention(&form, &draft)) }
            { card(tr!("Models"), models(&form, &draft)) }
            if form.is_changed() {
                <div class="sticky bottom-18 z-10 flex flex-wrap items-center justify-between gap-3 rounded-lg border border-line bg-raised p-3 pl-5 shadow-high lg:bottom-4">
                    <p class="font-medium" role="status">{ tr!("Not saved yet") }</p>
                    <div class="flex flex-wrap gap-3">
                        <Button look={Look::Quiet} onclick={undo}>{ tr!("Undo") }</Button>
                        <Button submits=true busy={form.is_busy()}>{ tr!("Save") }</Button>
                    </div>
                </div>
            }
            if !what_goes.is_empty() {
                <Confirm title={tr!("Keep things for a shorter time?")} action={tr!("Save and delete")} {on_confirm} on_close={keep}>
                    <ul class="grid list-disc gap-2 pl-5">
                        for sentence in what_goes.iter() { <li>{ sentence }</li> }
                    </ul>
                    <p class="mt-3">{ tr!("That begins within a minute, and can't be taken back.") }</p>
                </Confirm>
            }
        </form>
    }
}

type CompanyFormState = Form<CompanyDraft>;

/// A field of one line of the form.
fn field(
    form: &CompanyFormState,
    name: &'static str,
    label: &'static str,
    hint: &'static str,
    value: &str,
    take: fn(&mut CompanyDraft, String),
) -> Input {
    Input {
        name: name.into(),
        label: label.into(),
        hint: hint.into(),
        value: value.to_owned().into(),
        error: form.error(name),
        oninput: form.typed(name, take),
        ..Input::default()
    }
}

fn names(form: &CompanyFormState, draft: &CompanyDraft) -> Html {
    html! {
        <div class="grid gap-4 sm:grid-cols-2">
            { text_field(field(form, "name", tr!("Name"), "", &draft.name, |draft, text| draft.name = text)) }
            { text_field(Input {
                optional: true,
                placeholder: "example.com".into(),
                ..field(form, "domain", tr!("Domain"), "", &draft.domain, |draft, text| draft.domain = text)
            }) }
        </div>
    }
}

/// A number with the rule that it sets, one below the other.
fn setting(unit: &'static str, input: Input) -> Html {
    text_field(Input {
        kind: Typed::Number,
        layout: Layout::Beside,
        unit: unit.into(),
        ..input
    })
}

fn programme(form: &CompanyFormState, draft: &CompanyDraft) -> Html {
    html! {
        <div class="grid gap-5">
            { setting(tr!("days"), field(form, "settings.trainingDays", tr!("Training days"), tr!("1 to 10. A rep goes on to the next day once a day is completed; a missed one comes again."),
                &draft.training_days, |draft, text| draft.training_days = text)) }
            { setting(tr!("minutes"), field(form, "settings.sessionMinutes", tr!("A session should take"), tr!("The time that reps see running. Nobody is cut off when it is over."),
                &draft.session_minutes, |draft, text| draft.session_minutes = text)) }
            { setting(tr!("minutes"), field(form, "settings.graceMinutes", tr!("It can be started until"), tr!("So long after the slot. From 10 minutes on it counts as late, and after this time as missed."),
                &draft.grace_minutes, |draft, text| draft.grace_minutes = text)) }
        </div>
    }
}

fn retention(form: &CompanyFormState, draft: &CompanyDraft) -> Html {
    html! {
        <div class="grid gap-5">
            { setting(tr!("days"), field(form, "settings.voiceRetentionDays", tr!("Voice recordings"), tr!("After this time they are deleted for good."),
                &draft.voice_retention_days, |draft, text| draft.voice_retention_days = text)) }
            { setting(tr!("days"), Input {
                optional: true,
                ..field(form, "settings.transcriptRetentionDays", tr!("Chats and corrections"), tr!("Left empty they are kept as long as the company. Scores and figures stay in any case."),
                    &draft.transcript_retention_days, |draft, text| draft.transcript_retention_days = text)
            }) }
        </div>
    }
}

fn models(form: &CompanyFormState, draft: &CompanyDraft) -> Html {
    setting(
        "US dollars",
        Input {
            optional: true,
            ..field(
                form,
                "settings.repSpendCapMicros",
                tr!("Limit for each rep a month"),
                tr!(
                    "Past it the built-in coach takes over, and nobody has to stop. Left empty, only the company's limit counts."
                ),
                &draft.rep_spend_cap,
                |draft, text| draft.rep_spend_cap = text,
            )
        },
    )
}

fn plan_fields(form: &CompanyFormState, plan: &PlanDraft) -> Html {
    fn change(draft: &mut CompanyDraft, change: impl FnOnce(&mut PlanDraft)) {
        if let Some(plan) = &mut draft.plan {
            change(plan);
        }
    }
    html! {
        <>
        <div class="grid items-end gap-x-4 gap-y-5 sm:grid-cols-2">
            { select(Choice {
                name: "subscription.plan".into(),
                label: tr!("Plan").into(),
                hint: tr!("Since {}", clock::full_date(plan.starts_at)).into(),
                value: plan.plan.as_str().into(),
                options: plan_options(),
                onchange: form.chosen("subscription.plan", |draft: &mut CompanyDraft, word: String| {
                    change(draft, |plan| plan.plan = plan_of(&word).unwrap_or(plan.plan));
                }),
                ..Choice::default()
            }) }
            { last_day(plan.ends_at, form.error("subscription.endsAt"), form.chosen("subscription.endsAt", |draft: &mut CompanyDraft, ends_at| change(draft, |plan| plan.ends_at = ends_at))) }
        </div>
        <div class="mt-5 grid gap-5">
            { setting(tr!("people"), field(form, "subscription.maxUsers", tr!("People at most"), tr!("So many may be able to log in at the same time, managers and reps."),
                &plan.max_users, |draft, text| change(draft, |plan| plan.max_users = text))) }
            { setting("US dollars", Input {
                optional: true,
                ..field(form, "subscription.spendCapMicros", tr!("Limit for models a month"), tr!("Past it the built-in coach takes over. Left empty there is no limit."),
                    &plan.spend_cap, |draft, text| change(draft, |plan| plan.spend_cap = text))
            }) }
        </div>
        </>
    }
}

/// The plans to choose from.
pub fn plan_options() -> Vec<(AttrValue, AttrValue)> {
    PLANS
        .into_iter()
        .map(|plan| (plan.as_str().into(), plan_name(plan).into()))
        .collect()
}

/// The plan of that word.
pub fn plan_of(word: &str) -> Option<domain::plan::Plan> {
    PLANS.into_iter().find(|plan| plan.as_str() == word)
}

/// The last day of a plan, in the zone of whoever sets it: it ends when that day is over.
pub fn last_day(
    ends_at: Option<u64>,
    error: Option<String>,
    onchange: Callback<Option<u64>>,
) -> Html {
    let value = ends_at.map_or_else(String::new, |ends_at| {
        clock::calendar_day(ends_at.saturating_sub(1))
    });
    text_field(Input {
        name: "subscription.endsAt".into(),
        label: tr!("Last day").into(),
        hint: tr!("Empty: until further notice. Afterwards nobody of the company gets in.").into(),
        optional: true,
        kind: Typed::Date,
        value: value.into(),
        error,
        oninput: Callback::from(move |event: InputEvent| {
            onchange.emit(clock::end_of_day(&value_of(&event)));
        }),
        ..Input::default()
    })
}
