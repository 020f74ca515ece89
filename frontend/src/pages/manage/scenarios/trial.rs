//! One turn of a drill, tried out by whoever writes it: the judgement, the coach's words, the customer's.

use crate::api::{Api, Spoken};
use crate::browser::page::value_of;
use crate::components::{
    Area, Button, Glyph, Look, evidence, grade_colours, icon, notice, rich_text, text_area,
};
use crate::data::use_action;
use contract::ai::{AnswerForm, CustomerForm, CustomerReply, Evaluation};
use contract::scenario::DrillText;
use domain::ids::ScenarioId;
use domain::scoring::Stance;
use domain::session::{Absence, VoicedBy};
use domain::suspicion::{Attempt, Suspicion};
use std::rc::Rc;
use yew::prelude::*;

/// Properties of [`Trial`].
#[derive(Properties, PartialEq, Clone)]
pub struct TrialProps {
    /// The scenario; `None` while it is stored nowhere.
    pub scenario: Option<ScenarioId>,
    /// The drill as it is stored.
    pub drill: Option<Rc<DrillText>>,
    /// What is typed differs from what is stored.
    pub is_changed: bool,
}

/// An answer, and what came of it.
#[component]
pub fn Trial(props: &TrialProps) -> Html {
    let answer = use_state(String::new);
    let judging = use_action();
    let correcting = use_action();
    let reacting = use_action();
    let judged = use_state(|| None::<Rc<Evaluation>>);
    let said = use_state(String::new);
    let spoken = use_state(|| None::<Rc<Spoken>>);
    let reply = use_state(|| None::<Rc<CustomerReply>>);
    let (Some(scenario), Some(drill)) = (props.scenario, props.drill.clone()) else {
        return html! {
            <p class="rounded-lg bg-sunken p-4 text-sm text-ink-soft">
                { tr!("Save it first: what is stored is tried. A draft is practised by nobody until you publish it.") }
            </p>
        };
    };
    let form = {
        let (answer, drill) = ((*answer).clone(), drill.id.clone());
        move || AnswerForm {
            scenario_id: scenario,
            drill: drill.clone(),
            answer: answer.clone(),
        }
    };
    let forget = {
        let (judged, said, spoken, reply) = (
            judged.setter(),
            said.setter(),
            spoken.setter(),
            reply.setter(),
        );
        move || {
            judged.set(None);
            said.set(String::new());
            spoken.set(None);
            reply.set(None);
        }
    };
    let judge = {
        let (form, forget, judged) = (form.clone(), forget.clone(), judged.setter());
        judging.on(
            move |api: Api| {
                let form = form();
                async move { api.evaluate(&form).await }
            },
            move |_, evaluation| {
                forget();
                judged.set(Some(Rc::new(evaluation)));
            },
        )
    };
    let hear_coach = {
        let (form, said, spoken) = (form.clone(), said.setter(), spoken.setter());
        correcting.on(
            move |api: Api| {
                let (form, said) = (form(), said.clone());
                async move { api.correct_aloud(&form, |so_far| said.set(so_far)).await }
            },
            move |_, words| spoken.set(Some(Rc::new(words))),
        )
    };
    let hear_customer = {
        let (form, reply) = (form, reply.setter());
        reacting.on(
            move |api: Api| {
                let AnswerForm {
                    scenario_id,
                    drill,
                    answer,
                } = form();
                let form = CustomerForm {
                    scenario_id,
                    drill,
                    answer: Some(answer),
                };
                async move { api.customer_reply(&form).await }
            },
            move |_, words| reply.set(Some(Rc::new(words))),
        )
    };
    let oninput = {
        let answer = answer.setter();
        Callback::from(move |event: InputEvent| answer.set(value_of(&event)))
    };
    let use_ideal = {
        let (answer, ideal) = (answer.setter(), drill.ideal_response.clone());
        Callback::from(move |_: MouseEvent| answer.set(ideal.clone()))
    };
    let is_empty = answer.trim().is_empty();
    html! {
        <div class="grid gap-4">
            if props.is_changed {
                <p class="rounded-md bg-accent-wash p-3 text-sm">{ tr!("What you changed is not saved yet: the version that was saved last is tried.") }</p>
            }
            <blockquote class="rounded-lg rounded-tl-sm bg-theirs px-3.5 py-2 text-sm shadow-low">{ rich_text(&drill.customer_message) }</blockquote>
            { text_area(Area {
                name: "trial-answer".into(),
                label: tr!("Your answer").into(),
                value: (*answer).clone().into(),
                most: Some(4_000),
                error: judging.failure().and_then(|why| why.field("answer")).map(str::to_owned),
                oninput,
                ..Area::default()
            }) }
            <div class="flex flex-wrap items-center gap-2">
                <Button onclick={judge} busy={judging.is_busy()} disabled={is_empty}>{ tr!("Judge it") }</Button>
                <button type="button" onclick={use_ideal} class="inline-flex min-h-11 items-center rounded-full px-3 text-sm font-semibold text-brand hover:bg-brand-wash">
                    { tr!("Take the ideal answer") }
                </button>
            </div>
            if let Some(why) = judging.failure().filter(|why| why.field("answer").is_none()) {
                { notice(tr!("It was not judged"), html! { <p class="text-sm">{ why.to_string() }</p> }) }
            }
            <div aria-live="polite" class="grid gap-4">
                if let Some(evaluation) = &*judged {
                    { judgement(evaluation) }
                    <div class="flex flex-wrap gap-2 border-t border-line pt-4">
                        <Button look={Look::Quiet} onclick={hear_coach} busy={correcting.is_busy()}>{ icon(Glyph::Compass, "size-5") }{ tr!("Hear the coach") }</Button>
                        <Button look={Look::Quiet} onclick={hear_customer} busy={reacting.is_busy()}>{ icon(Glyph::Speech, "size-5") }{ tr!("Hear the customer") }</Button>
                    </div>
                }
            </div>
            if let Some(why) = correcting.failure().or(reacting.failure()) {
                { notice(tr!("Nothing was said"), html! { <p class="text-sm">{ why.to_string() }</p> }) }
            }
            if !said.is_empty() || spoken.is_some() {
                <div class="rounded-lg border-l-4 border-accent bg-surface p-4 text-sm">
                    <p class="mb-1 flex items-center gap-2 font-semibold">{ icon(Glyph::Compass, "size-4 text-accent-strong") }{ tr!("Coach") }</p>
                    { rich_text(spoken.as_ref().map_or(said.as_str(), |spoken| spoken.content.as_str())) }
                    if let Some(spoken) = &*spoken {
                        <p class="mt-2 text-xs text-ink-soft">{ voice(&spoken.voiced_by) }</p>
                    }
                </div>
            }
            if let Some(reply) = &*reply {
                <div class="justify-self-start rounded-lg rounded-tl-sm bg-theirs px-3.5 py-2 text-sm shadow-low">
                    <p class="mb-0.5 font-semibold">{ &drill.customer.name }</p>
                    { rich_text(&reply.content) }
                    <p class="mt-1 text-xs text-ink-soft">
                        if let Some(stance) = reply.stance { { stance_name(stance) }{ " · " } }
                        { voice(reply.voiced_by.as_ref().unwrap_or(&VoicedBy::BuiltIn)) }
                    </p>
                </div>
            }
        </div>
    }
}

fn judgement(evaluation: &Evaluation) -> Html {
    let verdict = &evaluation.verdict;
    html! {
        <>
            <div class={classes!("flex", "items-center", "gap-4", "rounded-lg", "p-4", grade_colours(verdict.score))}>
                <p class="numerals font-display text-3xl font-semibold">{ verdict.score }</p>
                <div class="min-w-0 text-sm">
                    <p class="font-semibold">{ if verdict.passed { tr!("It passes") } else { tr!("It does not pass") } }</p>
                    <p>{ tr!("The customer: {}", stance_name(Stance::after(verdict))) }</p>
                </div>
            </div>
            if let Some(suspicion) = &evaluation.suspicion { { suspected(suspicion) } }
            { evidence(verdict) }
        </>
    }
}

fn suspected(suspicion: &Suspicion) -> Html {
    html! {
        <div class="rounded-md border border-accent bg-accent-wash p-3 text-sm">
            <p class="font-semibold">{ attempt(suspicion.attempt) }</p>
            <blockquote class="my-1 border-l-2 border-accent pl-3 italic wrap-anywhere">{ format!("“{}”", suspicion.quote) }</blockquote>
            <p>{ tr!("No model was asked, and these words count for nothing.") }</p>
        </div>
    }
}

fn attempt(attempt: Attempt) -> &'static str {
    match attempt {
        Attempt::AsksForMarks => tr!("It seems to ask the scorer for marks."),
        Attempt::GivesOrders => tr!("It seems to give the scorer orders."),
        Attempt::DescribesItself => tr!("It seems to describe itself instead of answering."),
        Attempt::ForgesText => tr!("It seems to forge a part of the scorer's own text."),
        Attempt::AsksForSecrets => tr!("It seems to ask for the ideal answer."),
        Attempt::HidesWords => tr!("It seems to hide words."),
    }
}

fn stance_name(stance: Stance) -> &'static str {
    match stance {
        Stance::Open => tr!("not moved"),
        Stance::Softened => tr!("listening"),
        Stance::Resolved => tr!("ready for the next step"),
    }
}

/// Who says it.
fn voice(voiced_by: &VoicedBy) -> String {
    match voiced_by {
        VoicedBy::BuiltIn => tr!("By the built-in coach.").to_owned(),
        VoicedBy::Model { model } => tr!("By the model {}.", model),
        VoicedBy::StandIn { why } => match why {
            Absence::Away => tr!("By the built-in coach: no model answered."),
            Absence::Spent => {
                tr!("By the built-in coach: this month's share of the model is used up.")
            }
            Absence::Declined => tr!("By the built-in coach: the model would not say it."),
        }
        .to_owned(),
    }
}
