//! What a session came to: the score, where it came from, and before and after side by side.

use crate::api::Failure;
use crate::app::use_api;
use crate::browser::clock;
use crate::components::{
    Button, Glyph, IN_TEXT, Look, PageHeading, evidence, grade_colours, icon, link, link_to,
    metric_bars, notice, pieces, rich_text, score_delta, score_dial, skeleton,
};
use crate::routes::{RepPage, Route};
use crate::state::marked_text::quoted;
use crate::state::pace::lasted;
use contract::problem::Code;
use contract::session::{DrillResult, SessionResult};
use domain::ids::SessionId;
use domain::scoring::{COPIED_SCORE_CAP, PASS_SCORE, Verdict};
use yew::prelude::*;

/// Properties of [`ResultPage`].
#[derive(Properties, PartialEq, Clone)]
pub struct ResultPageProps {
    /// Which session.
    pub id: SessionId,
    /// Who looks at it practised it.
    pub is_rep: bool,
}

/// The page.
#[component]
pub fn ResultPage(props: &ResultPageProps) -> Html {
    let api = use_api();
    let result = use_state(|| None::<Result<SessionResult, Failure>>);
    let ask = {
        let result = result.setter();
        use_callback(props.id, move |(), id| {
            let (api, result, id) = (api.clone(), result.clone(), *id);
            result.set(None);
            wasm_bindgen_futures::spawn_local(async move {
                result.set(Some(api.result(id).await));
            });
        })
    };
    {
        let ask = ask.clone();
        use_effect_with(props.id, move |_| ask.emit(()));
    }
    match &*result {
        None => loading(),
        Some(Ok(result)) => shown(result, props.is_rep),
        Some(Err(failure)) => failed(props.id, failure, &ask),
    }
}

fn loading() -> Html {
    html! {
        <>
            <PageHeading title={tr!("Result")} class="text-2xl">{ tr!("Your result") }</PageHeading>
            <p class="sr-only" role="status">{ tr!("Loading your result") }</p>
            <div class="mt-5 grid gap-5">
                { skeleton("h-52 rounded-xl") }
                { skeleton("h-64 rounded-lg") }
            </div>
        </>
    }
}

fn failed(id: SessionId, failure: &Failure, ask: &Callback<()>) -> Html {
    let (title, is_running) = match failure.code() {
        Some(Code::NotFound) => (tr!("There is no such session"), false),
        Some(Code::NotStarted) => (tr!("This session has not been practised"), false),
        Some(Code::DrillsRemaining | Code::RepeatFirst | Code::RetryFirst | Code::TurnRunning) => {
            (tr!("This session is not finished yet"), true)
        }
        _ => (tr!("Your result could not be loaded"), false),
    };
    html! {
        <>
            <PageHeading title={tr!("Result")} class="mb-5 text-2xl">{ tr!("Your result") }</PageHeading>
            { notice(title, html! {
                <>
                <p class="text-sm">{ failure.to_string() }</p>
                <div class="mt-3 flex flex-wrap gap-3">
                    if is_running {
                        { link(Route::Session { id }, "inline-flex min-h-11 items-center rounded-full bg-brand px-5 font-semibold text-on-brand", tr!("Go on practising")) }
                    } else {
                        <Button look={Look::Quiet} onclick={ask.clone()}>{ icon(Glyph::Again, "size-5") }{ tr!("Retry") }</Button>
                    }
                    { to_today() }
                </div>
                </>
            }) }
        </>
    }
}

fn to_today() -> Html {
    link(Route::Today, IN_TEXT, tr!("Back to Today"))
}

fn shown(result: &SessionResult, is_rep: bool) -> Html {
    html! {
        <article class="grid gap-6">
            { deck(result) }
            { how_it_is_scored() }
            <div class="grid items-start gap-6 lg:grid-cols-[1fr_1.2fr]">
                <section aria-labelledby="metrics" class="rounded-lg border border-line bg-surface p-5 sm:p-6">
                    <h2 id="metrics" class="mb-4 text-xl">{ tr!("Five things you train") }</h2>
                    { metric_bars(&result.first_metrics, &result.metrics) }
                </section>
                <div class="grid gap-6">
                    { notes(result) }
                    { voice_drill(result, is_rep) }
                </div>
            </div>
            <section aria-labelledby="drills" class="grid gap-5">
                <h2 id="drills" class="text-xl">{ tr!("Before and after") }</h2>
                for (index, drill) in result.verdicts.iter().enumerate() {
                    { drill_result(index, result.verdicts.len(), drill) }
                }
            </section>
            <p class="flex flex-wrap gap-x-6 gap-y-2">
                { to_today() }
                if is_rep { { link_to(format!("/library?day={}", result.day), IN_TEXT, tr!("Practise this day again")) } }
            </p>
        </article>
    }
}

fn deck(result: &SessionResult) -> Html {
    let (first, last) = (result.first_score, result.score);
    html! {
        <section class="charted flex flex-col items-center gap-6 rounded-xl bg-deck p-6 text-on-deck shadow-high sm:flex-row sm:gap-9 sm:p-8">
            { score_dial(first, last) }
            <div class="text-center sm:text-left">
                <p class="text-sm font-semibold tracking-wide text-accent">{ tr!("Day {day} · {date}", day = result.day, date = clock::date(result.ended_at)) }</p>
                <PageHeading title={tr!("Result of day {}", result.day)} class="mt-1.5 text-2xl sm:text-3xl">{ &result.theme }</PageHeading>
                <p class="mt-3 text-lg">{ headline(first, last) }</p>
                <p class="mt-1 text-on-deck-soft">
                    { score_delta(first, last) }
                    { format!(" · {}", lasted(result.duration_seconds)) }
                    if result.late {
                        { tr!(" · started late") }
                    }
                </p>
            </div>
        </section>
    }
}

/// What the numbers are made of, for who wants to know.
fn how_it_is_scored() -> Html {
    let rules = [
        tr!("For each customer there are criteria. The judge has to quote your own words for each, and gives a level from 0 to 3; what you did not say earns nothing.").to_owned(),
        tr!("The levels, weighted, make 0 to 100. Calm words, a question at the end and a length that fits a phone count too.").to_owned(),
        tr!("{pass} is a pass. Your result is the mean of your final answers; the notch on the dial is that of your first ones.", pass = PASS_SCORE),
        tr!("A false promise or an insult fails an answer. The coach's version read back earns at most {cap}: say it your own way.", cap = COPIED_SCORE_CAP),
    ];
    html! {
        <details class="group rounded-lg border border-line bg-surface px-5 sm:px-6">
            <summary class="flex min-h-13 items-center justify-between gap-3 font-semibold">
                { tr!("How the score is made") }
                { icon(Glyph::Chevron, "size-5 text-ink-soft transition group-open:rotate-180") }
            </summary>
            <ul class="grid gap-2.5 pb-5 text-ink-soft">
                for rule in rules {
                    <li class="flex gap-3">{ icon(Glyph::Tick, "mt-0.5 size-5 shrink-0 text-brand") }<span class="max-w-prose">{ rule }</span></li>
                }
            </ul>
        </details>
    }
}

/// What the numbers say, honestly.
fn headline(first: u8, last: u8) -> &'static str {
    match (last, last.saturating_sub(first)) {
        (85.., 0) => tr!("Steady from the first word."),
        (85.., _) => tr!("That is how a captain answers."),
        (60.., 10..) => tr!("Saying it again made a real difference."),
        (60.., _) => tr!("A solid answer. There is more in it."),
        (_, 10..) => tr!("A clear step up. Stay with it."),
        _ => tr!("A hard one. The notes show where to begin."),
    }
}

fn notes(result: &SessionResult) -> Html {
    html! {
        <>
            <section aria-labelledby="coach-notes" class="rounded-r-lg rounded-l-[3px] border border-l-4 border-line border-l-accent bg-surface p-5 sm:p-6">
                <h2 id="coach-notes" class="mb-2 text-xl">{ tr!("The coach's notes") }</h2>
                { rich_text(&result.coach_notes) }
            </section>
            if let Some(notes) = result.manager_notes.as_ref().filter(|notes| !notes.trim().is_empty()) {
                <section aria-labelledby="manager-notes" class="rounded-lg border border-line bg-surface p-5 sm:p-6">
                    <h2 id="manager-notes" class="mb-2 text-xl">{ tr!("From your manager") }</h2>
                    { rich_text(notes) }
                </section>
            }
        </>
    }
}

fn voice_drill(result: &SessionResult, is_rep: bool) -> Html {
    html! {
        <section aria-labelledby="voice" class="rounded-lg bg-brand-wash p-5 sm:p-6">
            <h2 id="voice" class="mb-2 flex items-center gap-2 text-xl">
                { icon(Glyph::Voice, "size-6 text-brand") }{ tr!("Now say it aloud") }
            </h2>
            <blockquote class="text-lg">{ rich_text(&result.voice_drill.text) }</blockquote>
            <p class="mt-3 text-sm text-ink-soft">{ &result.voice_drill.instructions }</p>
            if is_rep {
                <p class="mt-4">
                    { link(Route::Rep(RepPage::Voice { id: result.session_id }), "inline-flex min-h-11 items-center gap-2 rounded-full bg-brand px-5 font-semibold text-on-brand hover:bg-brand-strong",
                        html! { <>{ icon(Glyph::Voice, "size-5") }{ tr!("Record it") }</> }) }
                </p>
            }
        </section>
    }
}

fn drill_result(index: usize, count: usize, drill: &DrillResult) -> Html {
    let heading = format!("drill-{index}");
    html! {
        <section aria-labelledby={heading.clone()} class="overflow-hidden rounded-xl border border-line bg-surface">
            <header class="border-b border-line p-5 sm:px-6">
                <div class="flex flex-wrap items-baseline justify-between gap-x-4 gap-y-1">
                    <h3 id={heading} class="text-lg">{ tr!("{index} of {count}: {title}", index = index + 1, title = drill.title, count = count) }</h3>
                    <p class="text-sm">{ score_delta(drill.first.score, drill.last.score) }</p>
                </div>
                <p class="mt-2 text-ink-soft">
                    <span class="font-medium text-ink">{ tr!("The customer: ") }</span>{ "“" }{ &drill.customer_message }{ "”" }
                </p>
            </header>
            <div class="grid lg:grid-cols-2">
                <div class="border-line p-5 sm:px-6 max-lg:border-b lg:border-r">
                    { answer(tr!("Before"), &drill.initial_response, &drill.first) }
                </div>
                <div class="p-5 sm:px-6">
                    { answer(tr!("After"), &drill.final_response, &drill.last) }
                </div>
            </div>
            <div class="grid gap-4 border-t border-line bg-page p-5 sm:px-6 lg:grid-cols-2">
                { version(tr!("The coach's improved version"), &drill.corrected_response) }
                { version(tr!("How a master would answer"), &drill.ideal_response) }
            </div>
        </section>
    }
}

fn answer(name: &str, text: &str, verdict: &Verdict) -> Html {
    let quotes = verdict
        .criteria
        .iter()
        .filter_map(|criterion| Some(criterion.observed.as_ref()?.quote.as_str()))
        .chain(
            verdict
                .blockers
                .iter()
                .map(|blocker| blocker.quote.as_str()),
        );
    html! {
        <>
            <h4 class="mb-2 flex items-center justify-between gap-3 font-semibold">
                { name }
                <span class={classes!("rounded-full", "px-3", "py-1", "text-sm", "numerals", grade_colours(verdict.score))}>
                    { tr!("Score {}", verdict.score) }
                </span>
            </h4>
            <p>{ pieces(&quoted(text, quotes)) }</p>
            <details class="group mt-3">
                <summary class="inline-flex min-h-11 items-center gap-2 font-semibold text-brand">
                    { tr!("Why this score") }
                    <span class="sr-only">{ format!(", {name}") }</span>
                    { icon(Glyph::Chevron, "size-4 transition group-open:rotate-180") }
                </summary>
                <div class="mt-2">{ evidence(verdict) }</div>
            </details>
        </>
    }
}

fn version(title: &str, text: &str) -> Html {
    if text.trim().is_empty() {
        return Html::default();
    }
    html! {
        <div>
            <h4 class="mb-1 text-sm font-semibold text-ink-soft">{ title }</h4>
            <blockquote>{ rich_text(text) }</blockquote>
        </div>
    }
}
