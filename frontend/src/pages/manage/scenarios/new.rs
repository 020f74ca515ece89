//! A new scenario: from nothing, or drafted from a brief.

use super::editor::Editor;
use crate::api::Api;
use crate::components::{
    Area, Button, Choice, Glyph, Input, card, form_failure, icon, link_to, page_head, select,
    text_area, text_field,
};
use crate::data::{LeaveGuard, use_form, use_query};
use crate::state::draft::empty_scenario;
use crate::state::programme::DAYS;
use contract::ai::{BriefForm, MAX_DOCUMENT_CHARS, ScenarioDraft};
use contract::auth::Me;
use contract::scenario::ScenarioTarget;
use domain::role::Role;
use serde::{Deserialize, Serialize};
use std::rc::Rc;
use yew::prelude::*;

/// What a new scenario begins with; stands in the address.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
enum From {
    #[default]
    Nothing,
    Brief,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct Asked {
    from: From,
    /// The stock library, for super admins.
    #[serde(skip_serializing_if = "Option::is_none")]
    stock: Option<bool>,
}

/// Properties of [`NewScenarioPage`].
#[derive(Properties, PartialEq, Clone)]
pub struct NewScenarioPageProps {
    /// Who writes.
    pub me: Rc<Me>,
}

/// The page: the editor at once, or first the brief.
#[component]
pub fn NewScenarioPage(props: &NewScenarioPageProps) -> Html {
    let (asked, _) = use_query::<Asked>();
    // The address changes with the part on the screen: what was asked at first holds.
    let asked = use_memo((), |()| (*asked).clone());
    let drafted = use_state(|| None::<Rc<ScenarioDraft>>);
    let target = ScenarioTarget {
        company_id: None,
        stock: asked.stock == Some(true) && props.me.role == Role::SuperAdmin,
    };
    let me = props.me.clone();
    if asked.from == From::Nothing {
        let begin = Rc::new(empty_scenario(1));
        return html! { <Editor {me} {begin} {target} /> };
    }
    match &*drafted {
        Some(draft) => {
            let begin = Rc::new(draft.text.clone());
            html! { <Editor {me} {begin} drafted={Some(draft.clone())} {target} /> }
        }
        None => {
            let on_draft = {
                let drafted = drafted.setter();
                Callback::from(move |draft| drafted.set(Some(Rc::new(draft))))
            };
            html! { <Brief {on_draft} /> }
        }
    }
}

#[derive(Properties, PartialEq, Clone)]
struct BriefProps {
    on_draft: Callback<ScenarioDraft>,
}

fn given(text: String) -> Option<String> {
    (!text.trim().is_empty()).then_some(text)
}

/// What the scenario is to be about.
#[component]
fn Brief(props: &BriefProps) -> Html {
    let form = use_form(|| BriefForm {
        brief: String::new(),
        document: None,
        day: None,
        customer_message: None,
        customer_name: None,
        customer_business: None,
    });
    let draft = form.draft().clone();
    let onsubmit = {
        let on_draft = props.on_draft.clone();
        form.on_submit(
            |api: Api, form| async move { api.draft_scenario(&form).await },
            move |_, draft| on_draft.emit(draft),
        )
    };
    let on_day = form.chosen("day", |draft: &mut BriefForm, day: String| {
        draft.day = day.parse().ok();
    });
    let optional = |text: &Option<String>| AttrValue::from(text.clone().unwrap_or_default());
    html! {
        <>
            { page_head(tr!("Draft from a brief"), tr!("Say what the day is about, and you get a whole scenario to begin with. Nothing is stored before you have read it and saved it."), Html::default()) }
            <form novalidate=true class="grid max-w-2xl gap-5" {onsubmit}>
                <LeaveGuard when={form.is_changed() && !form.is_busy()} />
                { form_failure(&form) }
                { text_area(Area {
                    name: "brief".into(),
                    label: tr!("What it is about").into(),
                    hint: tr!("One or two sentences: who objects to what, and what a good answer achieves.").into(),
                    value: draft.brief.into(),
                    error: form.error("brief"),
                    most: Some(400),
                    oninput: form.typed("brief", |draft, text| draft.brief = text),
                    ..Area::default()
                }) }
                { text_area(Area {
                    name: "document".into(),
                    label: tr!("A document to draw from").into(),
                    hint: tr!("Paste notes, a transcript or a playbook. It is sent to the model that your company uses, if there is one.").into(),
                    optional: true,
                    value: optional(&draft.document),
                    error: form.error("document"),
                    most: Some(MAX_DOCUMENT_CHARS),
                    oninput: form.typed("document", |draft, text| draft.document = given(text)),
                }) }
                <div class="max-w-60">
                    { select(Choice {
                        name: "day".into(),
                        label: tr!("Day of the programme").into(),
                        value: draft.day.map_or_else(String::new, |day| day.to_string()).into(),
                        options: std::iter::once(("".into(), tr!("As the nearest scenario").into()))
                            .chain(DAYS.map(|day| (day.to_string().into(), tr!("Day {}", day).into())))
                            .collect(),
                        onchange: on_day,
                        error: form.error("day"),
                        ..Choice::default()
                    }) }
                </div>
                { card(tr!("The first customer"), html! {
                    <div class="grid gap-5">
                        <div class="grid gap-5 sm:grid-cols-2">
                            { text_field(Input {
                                name: "customerName".into(),
                                label: tr!("Name").into(),
                                optional: true,
                                value: optional(&draft.customer_name),
                                error: form.error("customerName"),
                                oninput: form.typed("customerName", |draft, text| draft.customer_name = given(text)),
                                ..Input::default()
                            }) }
                            { text_field(Input {
                                name: "customerBusiness".into(),
                                label: tr!("Trade and city").into(),
                                optional: true,
                                value: optional(&draft.customer_business),
                                error: form.error("customerBusiness"),
                                oninput: form.typed("customerBusiness", |draft, text| draft.customer_business = given(text)),
                                ..Input::default()
                            }) }
                        </div>
                        { text_area(Area {
                            name: "customerMessage".into(),
                            label: tr!("The message, word for word").into(),
                            optional: true,
                            value: optional(&draft.customer_message),
                            error: form.error("customerMessage"),
                            most: Some(600),
                            oninput: form.typed("customerMessage", |draft, text| draft.customer_message = given(text)),
                            ..Area::default()
                        }) }
                    </div>
                }) }
                <div class="flex flex-wrap items-center justify-between gap-3">
                    { link_to("/scenarios", crate::components::IN_TEXT, tr!("Back to the scenarios")) }
                    <Button submits=true busy={form.is_busy()}>
                        if form.is_busy() { { tr!("Writing the draft…") } } else { { icon(Glyph::Spark, "size-5") }{ tr!("Write the draft") } }
                    </Button>
                </div>
            </form>
        </>
    }
}
