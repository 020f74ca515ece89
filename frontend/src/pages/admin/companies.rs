//! All companies: what they are subscribed to, and how they practise.

use crate::api::Api;
use crate::browser::clock;
use crate::components::{
    Glyph, Row, Tone, badge, empty_state, numbers, page_head, skeleton, table, words,
};
use crate::data::{Entry, use_pages};
use contract::analytics::{CompanyFigures, Dashboard, DashboardQuery};
use contract::page::Page;
use domain::plan::Plan;
use yew::prelude::*;

/// A plan that ends within so many days is about to, ms.
const SOON_MS: u64 = 14 * 24 * 60 * 60 * 1_000;

/// A super admin's first page.
#[component]
pub fn OverviewPage() -> Html {
    let companies = use_pages("dashboard/companies", |api: Api, cursor| async move {
        let query = DashboardQuery {
            cursor,
            ..DashboardQuery::default()
        };
        Ok(match api.dashboard(&query).await? {
            Dashboard::SuperAdmin(all) => all.companies,
            // The role was changed a moment ago.
            Dashboard::Manager(_) | Dashboard::SalesRep(_) => Page {
                items: Vec::new(),
                next_cursor: None,
            },
        })
    });
    html! {
        <>
            { page_head("Companies", "Figures are of the latest 30 days.", Html::default()) }
            { companies.show(
                skeleton("h-96 rounded-lg"),
                empty_state(Glyph::Building, "No company yet", "A company comes by registering for a trial.", Html::default()),
                list,
            ) }
        </>
    }
}

fn list(companies: &[Entry<CompanyFigures>]) -> Html {
    let now = clock::now_ms();
    table(
        "Companies",
        &[
            words("Company"),
            words("Plan"),
            numbers("Reps"),
            numbers("Sessions"),
            numbers("Practised"),
            numbers("First → final"),
        ],
        companies.iter().map(|company| row(company, now)).collect(),
    )
}

fn row(company: &Entry<CompanyFigures>, now: u64) -> Row {
    let figures = &company.figures;
    let mean =
        |value: Option<f64>| value.map_or_else(|| "–".to_owned(), |value| format!("{value:.0}"));
    Row {
        key: company.company_id.to_string(),
        cells: vec![
            html! { <span class="font-semibold">{ &company.name }</span> },
            plan(company, now),
            html! { { format!("{} of {}", company.active_reps, company.max_users) } },
            html! { { figures.total_sessions } },
            html! { { figures.completion_rate.map_or_else(|| "–".to_owned(), |rate| format!("{rate:.0}%")) } },
            html! { { format!("{} → {}", mean(figures.avg_first_score), mean(figures.avg_score)) } },
        ],
    }
}

fn plan(company: &CompanyFigures, now: u64) -> Html {
    let name = match company.plan {
        Plan::Trial => "Trial",
        Plan::Basic => "Basic",
        Plan::Premium => "Premium",
        Plan::Enterprise => "Enterprise",
    };
    let end = company.plan_ends_at.map(|ends| {
        let word = format!(
            "{} {}",
            if ends <= now { "ended" } else { "ends" },
            clock::short_date(ends)
        );
        let tone = if ends <= now {
            Tone::Bad
        } else if ends <= now + SOON_MS {
            Tone::Accent
        } else {
            Tone::Plain
        };
        badge(tone, word)
    });
    html! {
        <span class="inline-flex flex-wrap items-center gap-2">
            { name }
            { end.unwrap_or_default() }
            if !company.is_active { { badge(Tone::Bad, "Closed") } }
        </span>
    }
}
