//! One scenario of the library: who writes, what a good answer does, what came of it so far; and practising it again.

use super::use_shelf;
use crate::api::Api;
use crate::browser::clock;
use crate::components::{
    Button, Glyph, IN_TEXT, Look, PageHeading, avatar, badge, card, icon, link, metric_name,
    notice, score_delta, skeleton,
};
use crate::data::{use_action, use_resource};
use crate::pages::session::Begin;
use crate::routes::{RepPage, Route};
use crate::state::library::Standing;
use contract::auth::Me;
use contract::scenario::{DrillForRep, ScenarioForRep};
use contract::session::{Session, SessionQuery};
use domain::ids::ScenarioId;
use domain::session::{SessionKind, Status};
use std::rc::Rc;
use yew::prelude::*;
use yew_router::prelude::use_navigator;

/// How many of the latest attempts are shown.
const ATTEMPTS: u32 = 25;

/// Properties of [`ScenarioPage`].
#[derive(Properties, PartialEq, Clone)]
pub struct ScenarioPageProps {
    /// Which.
    pub id: ScenarioId,
    /// Who practises.
    pub me: Rc<Me>,
}

/// The page.
#[component]
pub fn ScenarioPage(props: &ScenarioPageProps) -> Html {
    let id = props.id;
    let scenario = use_resource(format!("scenarios/{id}"), move |api: Api| async move {
        api.scenario_for_rep(id).await
    });
    html! {
        <div class="mx-auto max-w-4xl">
            <p class="mb-2">{ link(Route::Rep(RepPage::Library), "inline-flex min-h-11 items-center gap-1.5 font-medium text-ink-soft hover:text-brand", html! { <>{ icon(Glyph::Back, "size-5") }{ tr!("Library") }</> }) }</p>
            if scenario.get().is_none() {
                <PageHeading title={tr!("Scenario")} class="sr-only">{ tr!("Scenario") }</PageHeading>
            }
            { scenario.show(loading(), |_| {
                scenario.get().map_or_else(Html::default, |scenario| html! { <Shown {scenario} me={props.me.clone()} /> })
            }) }
        </div>
    }
}

/// Properties of [`Shown`].
#[derive(Properties, PartialEq, Clone)]
struct ShownProps {
    scenario: Rc<ScenarioForRep>,
    me: Rc<Me>,
}

#[component]
fn Shown(props: &ShownProps) -> Html {
    let scenario = &props.scenario;
    let shelf = use_shelf(props.me.id);
    let standing = shelf
        .get()
        .map(|shelf| shelf.standing(scenario.id, scenario.day));
    let is_unlocked = matches!(standing, Some(Standing::Open | Standing::Practised(_)));
    html! {
        <>
            <header class="mb-6">
                <p class="flex flex-wrap items-center gap-3 text-sm font-semibold tracking-wide text-accent-strong">
                    { tr!("Day {}", scenario.day) }
                    if scenario.company_id.is_some() { { badge(crate::components::Tone::Accent, tr!("Your company's own")) } }
                </p>
                <PageHeading title={scenario.theme.clone()} class="mt-1 text-2xl wrap-anywhere sm:text-3xl">{ &scenario.theme }</PageHeading>
                <p class="mt-2 max-w-prose text-ink-soft">{ &scenario.description }</p>
            </header>
            <div class="grid items-start gap-5 lg:grid-cols-[1.5fr_1fr]">
                <div class="order-2 grid min-w-0 gap-5 lg:order-1">
                    <section aria-labelledby="customers">
                        <h2 id="customers" class="mb-3 text-lg">{ tr!("Who writes to you") }</h2>
                        <ol class="grid gap-4">
                            for drill in scenario.drills.iter() { <li>{ customer(drill, is_unlocked) }</li> }
                        </ol>
                    </section>
                </div>
                <div class="order-1 grid min-w-0 gap-5 lg:order-2">
                    if let Some(failure) = shelf.failure().filter(|_| standing.is_none()) {
                        { crate::components::failed(tr!("What you have practised could not be loaded"), failure, &shelf.retry()) }
                    } else if let Some(standing) = standing {
                        <Practise id={scenario.id} day={scenario.day} {standing} />
                    } else {
                        { skeleton("h-44 rounded-xl") }
                    }
                    if is_unlocked {
                        <Attempts id={scenario.id} day={scenario.day} />
                    }
                </div>
            </div>
        </>
    }
}

fn customer(drill: &DrillForRep, is_unlocked: bool) -> Html {
    html! {
        <article class="rounded-xl border border-line bg-surface p-4 sm:p-5">
            <div class="flex items-center gap-3">
                { avatar(&drill.card.customer_name, "size-11 text-base") }
                <div class="min-w-0">
                    <h3 class="text-base font-semibold leading-tight">{ &drill.card.customer_name }</h3>
                    <p class="text-sm text-ink-soft">{ &drill.card.customer_business }</p>
                </div>
            </div>
            // The first answer at the slot is to be an unaided one: what is asked stays unsaid before.
            if is_unlocked {
                <blockquote class="mt-3 w-fit max-w-prose rounded-lg rounded-tl-sm bg-chat px-4 py-3">{ &drill.customer_message }</blockquote>
                <details class="group mt-2">
                <summary class="inline-flex min-h-11 items-center gap-2 font-semibold text-brand">
                    { tr!("What a good answer does") }{ icon(Glyph::Chevron, "size-4 transition group-open:rotate-180") }
                </summary>
                <ul class="mt-1 grid gap-2 text-ink-soft">
                    for criterion in drill.criteria.iter() {
                        <li class="flex gap-2.5">
                            { icon(Glyph::Compass, "mt-0.5 size-5 shrink-0 text-accent-strong") }
                            <span>{ &criterion.text }<span class="text-sm">{ format!(" ({})", metric_name(criterion.metric)) }</span></span>
                        </li>
                    }
                </ul>
                </details>
            } else {
                <p class="mt-3 text-ink-soft">{ &drill.card.title }</p>
            }
        </article>
    }
}

/// Properties of [`Practise`].
#[derive(Properties, PartialEq, Clone)]
struct PractiseProps {
    id: ScenarioId,
    day: u8,
    standing: Standing,
}

/// The one thing to do here, or why it can't be done yet.
#[component]
fn Practise(props: &PractiseProps) -> Html {
    let action = use_action();
    let navigator = use_navigator();
    let id = props.id;
    let practise = action.on(
        move |api: Api| async move { api.practise(id).await },
        move |api, session: Session| {
            api.cache().changed(&["sessions"]);
            if let Some(navigator) = &navigator {
                navigator.push_with_state(&Route::Session { id: session.id }, Begin);
            }
        },
    );
    if props.standing == Standing::Locked {
        return html! {
            <section aria-labelledby="locked" class="rounded-xl border border-line bg-surface p-5">
                <h2 id="locked" class="flex items-center gap-2 text-lg">{ icon(Glyph::Lock, "size-5 text-ink-soft") }{ tr!("Not open yet") }</h2>
                <p class="mt-2 text-ink-soft">{ tr!("You meet these customers on day {} of your programme, at your group's slot. After that you may practise them as often as you like.", props.day) }</p>
                <p class="mt-2">{ link(Route::Today, IN_TEXT, tr!("What comes today")) }</p>
            </section>
        };
    }
    html! {
        <section aria-labelledby="practise" class="charted rounded-xl bg-deck p-5 text-on-deck shadow-high sm:p-6">
            <h2 id="practise" class="text-xl">{ tr!("Practise it again") }</h2>
            if let Standing::Practised(attempts) = props.standing {
                <p class="numerals mt-1 text-on-deck-soft">
                    { attempts.words() }
                    if let Some(at) = attempts.last_at {
                        <span class="block text-sm">{ tr!("Last on {}", clock::full_date(at)) }</span>
                    }
                </p>
            }
            <p class="mt-2 text-sm text-on-deck-soft">{ tr!("Five minutes, at any time. It does not change your ten days, your streak or the ranking: try something bold.") }</p>
            if let Some(why) = action.failure() {
                <div class="mt-3 text-ink">{ notice(tr!("The practice did not start"), html! { <p class="text-sm">{ why.to_string() }</p> }) }</div>
            }
            <Button look={Look::Accent} class="mt-4 w-full" busy={action.is_busy()} onclick={practise}>{ tr!("Practise now") }</Button>
        </section>
    }
}

/// Properties of [`Attempts`].
#[derive(Properties, PartialEq, Clone)]
struct AttemptsProps {
    id: ScenarioId,
    day: u8,
}

/// The latest sessions with this scenario, each with its result.
#[component]
fn Attempts(props: &AttemptsProps) -> Html {
    let AttemptsProps { id, day } = *props;
    let sessions = use_resource(
        format!("sessions/of-scenario/{id}"),
        move |api: Api| async move {
            let query = SessionQuery {
                day: Some(day),
                status: Some(Status::Completed),
                limit: Some(ATTEMPTS),
                ..SessionQuery::default()
            };
            let page = api.sessions(&query).await?;
            let sessions = page.items.into_iter().map(|listed| listed.session);
            let sessions: Vec<Session> = sessions
                .filter(|session| session.scenario_id == id)
                .collect();
            Ok(sessions)
        },
    );
    sessions.show(skeleton("h-32 rounded-lg"), |sessions| {
        if sessions.is_empty() {
            return Html::default();
        }
        card(
            tr!("Your attempts"),
            html! {
                <ul class="-mx-2 divide-y divide-line">
                    for session in sessions.iter() {
                        <li>
                            { link(Route::Result { id: session.id }, "flex items-center justify-between gap-3 rounded-md px-2 py-3 hover:bg-sunken", html! {
                                <>
                                    <span class="min-w-0">
                                        <span class="block font-medium">{ clock::full_date(session.ended_at.unwrap_or(session.slot_at)) }</span>
                                        <span class="block text-sm text-ink-soft">{ if session.kind == SessionKind::Practice { tr!("Free practice") } else { tr!("At your slot") } }</span>
                                    </span>
                                    if let Some((first, last)) = session.first_score.zip(session.score) {
                                        <span class="text-sm">{ score_delta(first, last) }</span>
                                    }
                                </>
                            }) }
                        </li>
                    }
                </ul>
            },
        )
    })
}

fn loading() -> Html {
    html! {
        <>
            { skeleton("h-24 rounded-lg") }
            <div class="mt-6 grid gap-5 lg:grid-cols-[1.5fr_1fr]">
                { skeleton("h-64 rounded-xl") }
                { skeleton("h-44 rounded-xl") }
            </div>
        </>
    }
}
