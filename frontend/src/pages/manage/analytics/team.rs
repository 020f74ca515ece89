//! One team: its reps week by week, first answers against the best, its days.

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
        <div class="grid gap-5">
            { skeleton("h-28 rounded-lg") }
            { skeleton("h-80 rounded-lg") }
            { skeleton("h-72 rounded-lg") }
        </div>
    }
}

fn body(team: &TeamAnalytics, shown: &Rc<Shown>, set: &Callback<Shown>) -> Html {
    html! {
        <div class="grid gap-5">
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
            { table("First against best", &[
                words("Rep"),
                numbers("Days done"),
                numbers("Practised"),
                numbers("First answer"),
                numbers("Final answer"),
                numbers("Best"),
                numbers("Better unaided"),
            ], reps.iter().map(rep).collect()) }
        </section>
    }
}

fn rep(rep: &RepLine) -> Row {
    let all = &rep.figures;
    let mean =
        |value: Option<f64>| value.map_or_else(|| "–".to_owned(), |value| format!("{value:.0}"));
    let better = match rep.first_score_improvement {
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
    };
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
            better,
        ],
    }
}
