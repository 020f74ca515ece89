//! One drill: before and after, why each got its score, and a manager's own score in place of the judge's.

use crate::api::Api;
use crate::browser::{clock, random};
use crate::components::{
    Area, Button, Confirm, Glyph, Input, Look, Modal, Typed, evidence, form_failure, grade_colours,
    icon, pieces, rich_text, score_delta, text_area, text_field, toast,
};
use crate::data::{LeaveGuard, use_action, use_form};
use crate::state::marked_text::quoted;
use contract::session::{
    DrillResult, MAX_REASON_CHARS, Override, OverrideForm, Said, SessionResult, SuspectedAnswer,
};
use domain::ids::SessionId;
use domain::scoring::Verdict;
use domain::suspicion::Attempt;
use garde::Validate;
use std::rc::Rc;
use yew::prelude::*;

/// Properties of [`ReviewedDrill`].
#[derive(Properties, PartialEq, Clone)]
pub(super) struct ReviewedDrillProps {
    /// Of which session.
    pub session: SessionId,
    /// What it came to.
    pub result: Rc<SessionResult>,
    /// Which drill, 0-based.
    pub index: usize,
}

/// The drill.
#[component]
pub(super) fn ReviewedDrill(props: &ReviewedDrillProps) -> Html {
    let is_scoring = use_state(|| false);
    let is_asking = use_state(|| false);
    let take_back = use_action();
    let Some(drill) = props.result.verdicts.get(props.index) else {
        return Html::default();
    };
    let overridden = props
        .result
        .overrides
        .iter()
        .find(|one| one.drill == drill.drill);
    let counts = overridden.map_or(drill.last.score, |one| one.score);
    let heading = format!("drill-{}", props.index);
    let open = {
        let is_scoring = is_scoring.setter();
        Callback::from(move |()| is_scoring.set(true))
    };
    let close = {
        let is_scoring = is_scoring.setter();
        Callback::from(move |()| is_scoring.set(false))
    };
    let ask = {
        let is_asking = is_asking.setter();
        Callback::from(move |()| is_asking.set(true))
    };
    let keep = {
        let is_asking = is_asking.setter();
        Callback::from(move |()| is_asking.set(false))
    };
    let on_confirm = {
        let (session, id, keep) = (props.session, drill.drill.clone(), keep.clone());
        take_back.on(
            move |api: Api| {
                let id = id.clone();
                async move { api.withdraw_score(session, &id).await }
            },
            move |api, ()| {
                toast(tr!("The judge's score counts again"));
                api.cache().changed(STALE);
                keep.emit(());
            },
        )
    };
    let suspicions = props
        .result
        .suspicions
        .iter()
        .filter(|one| one.drill == drill.drill);
    html! {
        <section aria-labelledby={heading.clone()} class="min-w-0 overflow-hidden rounded-xl border border-line bg-surface print:mb-5">
            <header class="border-b border-line p-4 sm:px-6">
                <div class="flex flex-wrap items-baseline justify-between gap-x-4 gap-y-1">
                    <h2 id={heading} class="text-lg">{ format!("{}. {}", props.index + 1, drill.title) }</h2>
                    <p class="text-sm">{ score_delta(drill.first.score, counts) }</p>
                </div>
                <p class="mt-2 text-ink-soft">{ format!("“{}”", drill.customer_message) }</p>
            </header>
            for one in suspicions { { flag(one) } }
            <div class="grid lg:grid-cols-2">
                <div class="border-line p-4 max-lg:border-b sm:px-6 lg:border-r">
                    { answer(tr!("Before"), &drill.initial_response, &drill.first, None) }
                </div>
                <div class="p-4 sm:px-6">
                    { answer(tr!("After"), &drill.final_response, &drill.last, overridden) }
                    <div class="mt-3 flex flex-wrap gap-3 print:hidden">
                    <Button look={Look::Quiet} onclick={open}>
                        { icon(Glyph::Pencil, "size-5") }
                        { if overridden.is_some() { tr!("Change your score") } else { tr!("Give another score") } }
                        <span class="sr-only">{ " " }{ tr!("for {}", drill.title) }</span>
                    </Button>
                    if overridden.is_some() {
                        <Button look={Look::Quiet} onclick={ask}>{ tr!("Take it back") }<span class="sr-only">{ " " }{ tr!("for {}", drill.title) }</span></Button>
                    }
                    </div>
                </div>
            </div>
            <details class="group border-t border-line print:hidden">
                <summary class="flex min-h-11 items-center gap-2 px-4 font-semibold text-brand sm:px-6">
                    { tr!("The coach's version, and a master's") }
                    <span class="sr-only">{ " " }{ tr!("for {}", drill.title) }</span>
                    { icon(Glyph::Chevron, "size-4 transition group-open:rotate-180") }
                </summary>
                <div class="grid gap-4 px-4 pb-4 sm:px-6 lg:grid-cols-2">
                    { version(tr!("The coach's improved version"), &drill.corrected_response) }
                    { version(tr!("How a master would answer"), &drill.ideal_response) }
                </div>
            </details>
            if let (true, Some(own)) = (*is_asking, overridden) {
                <Confirm title={tr!("Take back the score for “{}”?", drill.title)} action={tr!("Take it back")} busy={take_back.is_busy()} failure={take_back.failure().cloned()}
                    {on_confirm} on_close={keep}>
                    <p>{ tr!("The {} that {} gave goes with its reason, and the judge's {} counts again.", own.score, own.by_name.as_deref().unwrap_or(tr!("a manager")), drill.last.score) }</p>
                </Confirm>
            }
            if *is_scoring {
                <Modal title={tr!("Your score for “{}”", drill.title)} on_close={close.clone()}>
                    <OwnScore session={props.session} result={props.result.clone()} index={props.index} on_done={close} />
                </Modal>
            }
        </section>
    }
}

/// What shows scores.
const STALE: &[&str] = &["sessions", "people", "dashboard", "schedule"];

/// An answer that seems to speak to whoever scores it: for the manager to judge, not a verdict.
fn flag(one: &SuspectedAnswer) -> Html {
    let said = match one.said {
        Said::First => tr!("The first answer may speak to the judge instead of the customer."),
        Said::Again => tr!("What was said again may speak to the judge instead of the customer."),
    };
    html! {
        <div class="flex gap-3 border-b border-line bg-accent-wash px-4 py-3 text-sm sm:px-6">
            { icon(Glyph::Flag, "mt-0.5 size-5 shrink-0 text-accent-strong") }
            <div class="min-w-0">
                <p class="font-semibold">{ said }{ " " }{ attempt(one.suspicion.attempt) }</p>
                <blockquote class="mt-1 wrap-anywhere">{ format!("“{}”", one.suspicion.quote) }</blockquote>
                <p class="mt-1 text-ink-soft">{ tr!("No points were taken off for it; those words just count for nothing. The rep does not see this.") }</p>
            </div>
        </div>
    }
}

fn attempt(attempt: Attempt) -> &'static str {
    match attempt {
        Attempt::AsksForMarks => tr!("It asks for marks."),
        Attempt::GivesOrders => tr!("It gives orders."),
        Attempt::DescribesItself => tr!("It describes itself."),
        Attempt::ForgesText => tr!("It imitates the program's own text."),
        Attempt::AsksForSecrets => tr!("It asks for the ideal answer."),
        Attempt::HidesWords => tr!("It hides words in a code or behind borrowed letters."),
    }
}

fn answer(name: &str, text: &str, verdict: &Verdict, overridden: Option<&Override>) -> Html {
    let observed = verdict
        .criteria
        .iter()
        .filter_map(|criterion| Some(criterion.observed.as_ref()?.quote.as_str()));
    let blockers = verdict
        .blockers
        .iter()
        .map(|blocker| blocker.quote.as_str());
    let score = overridden.map_or(verdict.score, |one| one.score);
    html! {
        <>
            <h3 class="mb-2 flex flex-wrap items-center justify-between gap-3 font-sans text-base font-semibold">
                { name }
                <span class={classes!("rounded-full", "px-3", "py-1", "text-sm", "numerals", grade_colours(score))}>{ tr!("Score {score}", score = score) }</span>
            </h3>
            if let Some(own) = overridden { { by_a_manager(own) } }
            <p class="wrap-anywhere">{ pieces(&quoted(text, observed.chain(blockers))) }</p>
            <details class="group mt-2">
                <summary class="inline-flex min-h-11 items-center gap-2 font-semibold text-brand">
                    { if overridden.is_some() { tr!("What the judge saw") } else { tr!("Why this score") } }
                    <span class="sr-only">{ format!(", {name}") }</span>
                    { icon(Glyph::Chevron, "size-4 transition group-open:rotate-180 print:hidden") }
                </summary>
                <div class="mt-2">{ evidence(verdict) }</div>
            </details>
        </>
    }
}

/// A manager's score, told apart from the judge's.
fn by_a_manager(own: &Override) -> Html {
    let by = own
        .by_name
        .as_deref()
        .unwrap_or(tr!("A manager who has left"));
    html! {
        <div class="mb-3 rounded-md border-l-4 border-accent bg-accent-wash p-3 text-sm">
            <p class="numerals font-semibold">{ tr!("{by} gave {}; the judge had given {}.", by = by, own.score, own.judged) }</p>
            <p class="mt-1">{ &own.reason }</p>
            <p class="mt-1 text-ink-soft">{ clock::date_and_time(own.at) }</p>
        </div>
    }
}

fn version(title: &str, text: &str) -> Html {
    if text.trim().is_empty() {
        return Html::default();
    }
    html! {
        <div class="min-w-0">
            <h3 class="mb-1 font-sans text-sm font-semibold text-ink-soft">{ title }</h3>
            <blockquote class="wrap-anywhere">{ rich_text(text) }</blockquote>
        </div>
    }
}

/// What is typed: the score as text, until it is a number.
#[derive(Debug, Clone, Default, PartialEq, Eq, Validate)]
struct Scored {
    #[garde(custom(is_a_score))]
    score: String,
    #[garde(custom(is_told))]
    reason: String,
}

fn is_a_score(text: &str, _: &()) -> garde::Result {
    match score_of(text) {
        Some(_) => Ok(()),
        None => Err(garde::Error::new(tr!("Give a whole number from 0 to 100."))),
    }
}

fn score_of(text: &str) -> Option<u8> {
    text.trim().parse().ok().filter(|score| *score <= 100)
}

/// The contract's own rule, so that both say the same.
fn is_told(reason: &str, _: &()) -> garde::Result {
    let form = OverrideForm {
        drill: "-".to_owned(),
        score: 0,
        reason: reason.to_owned(),
    };
    let wrong = contract::checks::check(&form);
    match wrong.into_iter().find(|error| error.field == "reason") {
        Some(error) => Err(garde::Error::new(error.message)),
        None => Ok(()),
    }
}

/// Properties of [`OwnScore`].
#[derive(Properties, PartialEq, Clone)]
struct OwnScoreProps {
    session: SessionId,
    result: Rc<SessionResult>,
    index: usize,
    on_done: Callback<()>,
}

/// A score of one's own, and why.
#[component]
fn OwnScore(props: &OwnScoreProps) -> Html {
    let key = use_memo((), |()| random::key());
    let session = props.session;
    let drill: Option<&DrillResult> = props.result.verdicts.get(props.index);
    let id = drill.map_or_else(String::new, |drill| drill.drill.clone());
    let before = props.result.overrides.iter().find(|one| one.drill == id);
    let form = {
        let before = before.cloned();
        use_form(move || {
            before.map_or_else(Scored::default, |own| Scored {
                score: own.score.to_string(),
                reason: own.reason,
            })
        })
    };
    let draft = form.draft().clone();
    let onsubmit = {
        let on_done = props.on_done.clone();
        form.on_submit(
            move |api: Api, scored: Scored| {
                let (key, drill) = (key.clone(), id.clone());
                async move {
                    let form = OverrideForm {
                        drill,
                        score: score_of(&scored.score).unwrap_or_default(),
                        reason: scored.reason,
                    };
                    api.override_score(session, &form, &key).await
                }
            },
            move |api, result: SessionResult| {
                toast(tr!("The session now comes to {}", result.score));
                api.cache().changed(STALE);
                on_done.emit(());
            },
        )
    };
    let judged = drill.map_or(0, |drill| drill.last.score);
    html! {
        <form novalidate=true class="grid gap-4" {onsubmit}>
            <LeaveGuard when={form.is_changed()} />
            <p class="text-ink-soft">
                { tr!("The judge gave {judged}. Yours counts in its place, for the session and in all figures; the judge's stays beside it, and the rep reads your reason.", judged = judged) }
            </p>
            { form_failure(&form) }
            { text_field(Input {
                name: "score".into(),
                label: tr!("Score, 0 to 100").into(),
                kind: Typed::Number,
                value: draft.score.into(),
                error: form.error("score"),
                oninput: form.typed("score", |draft, text| draft.score = text),
                ..Input::default()
            }) }
            { text_area(Area {
                name: "reason".into(),
                label: tr!("Why, to the rep").into(),
                value: draft.reason.into(),
                error: form.error("reason"),
                oninput: form.typed("reason", |draft, text| draft.reason = text),
                most: Some(MAX_REASON_CHARS),
                ..Area::default()
            }) }
            <div class="flex justify-end">
                <Button submits=true busy={form.is_busy()} disabled={!form.is_changed()}>{ tr!("Let it count") }</Button>
            </div>
        </form>
    }
}
