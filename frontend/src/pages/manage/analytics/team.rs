//! One team: its reps week by week, first answers against the best, its days.

use super::agreement::agreement;
use super::{by_date, days::days, heat_map::heat_map, key, nothing, totals};
use crate::api::Api;
use crate::components::{ROW_LINK, Row, link, numbers, skeleton, table, words};
use crate::data::use_resource;
use crate::routes::{ManagePage, Route};
use crate::state::chart::number;
use crate::state::figures::Shown;
use contract::analytics::{RepLine, SpanQuery, TeamAnalytics};
use domain::ids::TeamId;
use std::rc::Rc;
use yew::prelude::*;

/// Properties of [`TeamFigures`].
#[derive(Properties, PartialEq, Clone)]
pub struct TeamFiguresProps {
    /// Which.
    pub id: TeamId,
    /// The dates.
    pub span: SpanQuery,
    /// What the page shows.
    pub shown: Rc<Shown>,
    /// Shows something else.
    pub set: Callback<Shown>,
}

/// The team's figures.
#[component]
pub fn TeamFigures(props: &TeamFiguresProps) -> Html {
    let (id, span) = (props.id, props.span.clone());
    let team = use_resource(key("team", id, &span), move |api: Api| {
        let span = span.clone();
        async move { api.team_analytics(id, &span).await }
    });
    team.show(loading(), |team| body(team, &props.shown, &props.set))
}

fn loading() -> Html {
    html! {
        <div class="grid grid-cols-1 gap-5">
            { skeleton("h-28 rounded-lg") }
            { skeleton("h-80 rounded-lg") }
            { skeleton("h-72 rounded-lg") }
        </div>
    }
}

fn body(team: &TeamAnalytics, shown: &Rc<Shown>, set: &Callback<Shown>) -> Html {
    html! {
        <div class="grid grid-cols-1 gap-5">
            if team.by_date.is_empty() {
                { nothing() }
            } else {
                { totals(&team.metrics) }
            }
            { heat_map(&team.heat_map, shown, set) }
            if !team.by_date.is_empty() {
                { by_date(&team.by_date) }
                { days(&team.progress_by_day) }
            }
            { first_against_best(&team.reps) }
            if !team.by_date.is_empty() { { agreement(&team.agreement) } }
        </div>
    }
}

fn first_against_best(reps: &[RepLine]) -> Html {
    if reps.is_empty() {
        return Html::default();
    }
    html! {
        <section aria-labelledby="first-best">
            <h2 id="first-best" class="text-lg">{ "First against best" }</h2>
            <p class="mt-1 mb-3 max-w-prose text-sm text-ink-soft">
                { "All time. Better unaided: first answers of the latest five sessions, less those of the earliest five." }
            </p>
            <ul class="divide-y divide-line rounded-lg border border-line bg-surface px-4 sm:hidden">
                for one in reps { { in_short(one) } }
            </ul>
            <div class="max-sm:hidden">
            { table("First against best", &[
                words("Rep"),
                numbers("Days done"),
                numbers("Practised"),
                numbers("First answer"),
                numbers("Final answer"),
                numbers("Best"),
                numbers("Better unaided"),
            ], reps.iter().map(rep).collect()) }
            </div>
        </section>
    }
}

fn mean(value: Option<f64>) -> String {
    value.map_or_else(|| "–".to_owned(), |value| format!("{value:.0}"))
}

/// A phone has room for what matters most.
fn in_short(rep: &RepLine) -> Html {
    let all = &rep.figures;
    let to = Route::Manage(ManagePage::Person {
        id: rep.person.user_id,
    });
    html! {
        <li class="py-2.5">
            <div class="flex items-baseline justify-between gap-3">
                { link(to, "min-w-0 font-semibold wrap-anywhere", html! { &rep.person.name }) }
                <span class="numerals shrink-0">
                    <span class="sr-only">{ "First answer " }</span><span class="text-ink-soft">{ mean(all.figures.avg_first_score) }</span>
                    <span aria-hidden="true">{ " → " }</span><span class="sr-only">{ ", final answer " }</span>
                    <strong class="font-semibold">{ mean(all.figures.avg_score) }</strong>
                </span>
            </div>
            <div class="flex items-baseline justify-between gap-3 text-sm text-ink-soft">
                <span class="numerals">{ in_words(rep) }</span>
                if rep.first_score_improvement.is_some() {
                    <span class="numerals shrink-0">{ "Unaided " }{ better(rep) }</span>
                }
            </div>
        </li>
    }
}

fn in_words(rep: &RepLine) -> String {
    let all = &rep.figures.figures;
    let (done, total) = (all.completed_sessions, all.total_sessions);
    match rep.figures.best_score {
        Some(best) => format!("{done} of {total} practised, best {best}"),
        None => format!("{done} of {total} practised"),
    }
}

/// How much better first answers became.
fn better(rep: &RepLine) -> Html {
    match rep.first_score_improvement {
        Some(points) if points > 0.0 => {
            html! { <span class="font-semibold text-good">{ format!("+{}", number(points)) }</span> }
        }
        Some(points) if points < 0.0 => {
            html! { <span class="font-semibold text-bad">{ format!("−{}", number(-points)) }</span> }
        }
        Some(_) => html! { { "0" } },
        None => {
            html! { <><span aria-hidden="true">{ "–" }</span><span class="sr-only">{ "not known before the sixth session" }</span></> }
        }
    }
}

fn rep(rep: &RepLine) -> Row {
    let all = &rep.figures;
    let to = Route::Manage(ManagePage::Person {
        id: rep.person.user_id,
    });
    Row {
        key: rep.person.user_id.to_string(),
        cells: vec![
            link(to, ROW_LINK, html! { &rep.person.name }),
            html! { { all.days_completed } },
            html! { { all.figures.completion_rate.map_or_else(|| "–".to_owned(), |rate| format!("{rate:.0}%")) } },
            html! { { mean(all.figures.avg_first_score) } },
            html! { { mean(all.figures.avg_score) } },
            html! { { all.best_score.map_or_else(|| "–".to_owned(), |best| best.to_string()) } },
            better(rep),
        ],
    }
}
