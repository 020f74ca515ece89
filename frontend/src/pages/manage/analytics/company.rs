//! The whole company, team by team, without a rep's name.

use super::agreement::agreement;
use super::{by_date, days::days, key, nothing, totals};
use crate::api::Api;
use crate::components::{ROW_LINK, Row, link_to, numbers, skeleton, table, words};
use crate::data::use_resource;
use crate::state::figures::team_name;
use contract::analytics::{CompanyAnalytics, SpanQuery, TeamLine};
use domain::ids::CompanyId;
use yew::prelude::*;

/// Properties of [`CompanyFigures`].
#[derive(Properties, PartialEq, Clone)]
pub struct CompanyFiguresProps {
    /// Which.
    pub company: CompanyId,
    /// The dates.
    pub span: SpanQuery,
}

/// The company's figures.
#[component]
pub fn CompanyFigures(props: &CompanyFiguresProps) -> Html {
    let (id, span) = (props.company, props.span.clone());
    let company = use_resource(key("company", id, &span), move |api: Api| {
        let span = span.clone();
        async move { api.company_analytics(id, &span).await }
    });
    company.show(loading(), body)
}

fn loading() -> Html {
    html! {
        <div class="grid grid-cols-1 gap-5">
            { skeleton("h-28 rounded-lg") }
            <div class="grid gap-5 xl:grid-cols-2">{ skeleton("h-72 rounded-lg") }{ skeleton("h-72 rounded-lg") }</div>
            { skeleton("h-56 rounded-lg") }
        </div>
    }
}

fn body(company: &CompanyAnalytics) -> Html {
    if company.by_date.is_empty() {
        return nothing();
    }
    html! {
        <div class="grid grid-cols-1 gap-5">
            { totals(&company.metrics) }
            { by_date(&company.by_date) }
            { days(&company.progress_by_day) }
            <section aria-labelledby="teams">
                <h2 id="teams" class="mb-3 text-lg">{ "Team by team" }</h2>
                { table("Team by team", &[
                    words("Team"),
                    numbers("Sessions"),
                    numbers("Practised"),
                    numbers("Late"),
                    numbers("First answer"),
                    numbers("Final answer"),
                ], company.teams.iter().map(team).collect()) }
            </section>
            { agreement(&company.agreement) }
        </div>
    }
}

fn team(team: &TeamLine) -> Row {
    let all = &team.figures;
    let mean =
        |value: Option<f64>| value.map_or_else(|| "–".to_owned(), |value| format!("{value:.0}"));
    let name = team_name(team);
    Row {
        key: team
            .team_id
            .map_or_else(String::new, |team| team.to_string()),
        cells: vec![
            match (team.team_id, &team.name) {
                (Some(id), Some(_)) => {
                    link_to(format!("/teams/{id}"), ROW_LINK, html! { { name } })
                }
                _ => html! { <span class="text-ink-soft">{ name }</span> },
            },
            html! { { all.total_sessions } },
            html! { { all.completion_rate.map_or_else(|| "–".to_owned(), |rate| format!("{rate:.0}%")) } },
            html! { { all.late_sessions } },
            html! { { mean(all.avg_first_score) } },
            html! { { mean(all.avg_score) } },
        ],
    }
}
