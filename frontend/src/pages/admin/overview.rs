//! A super admin's first page: how all companies stand, which of them somebody should look at, and whether models answer.

use crate::api::{Api, Failure};
use crate::browser::clock;
use crate::components::{
    Glyph, IN_TEXT, ROW_LINK, Row, card_with, empty_state, figure, figures, icon, link, numbers,
    page_head, skeleton, table, words,
};
use crate::data::{use_pages, use_resource};
use crate::pages::manage::company::state_badge;
use crate::routes::{AdminPage, Route};
use crate::state::company::{PlanState, plan_name, shown_money};
use crate::state::overview::{Totals, Worry, provider_name, provider_state, worries};
use contract::ai::providers::Providers;
use contract::analytics::{CompanyFigures, Dashboard, DashboardQuery};
use contract::page::{MAX_LIMIT, Page, PageQuery};
use domain::ids::CompanyId;
use yew::prelude::*;

async fn companies(api: Api, cursor: Option<String>) -> Result<Page<CompanyFigures>, Failure> {
    let query = DashboardQuery {
        cursor,
        limit: Some(MAX_LIMIT),
    };
    Ok(match api.dashboard(&query).await? {
        Dashboard::SuperAdmin(all) => all.companies,
        // The role was changed a moment ago.
        Dashboard::Manager(_) | Dashboard::SalesRep(_) => Page {
            items: Vec::new(),
            next_cursor: None,
        },
    })
}

/// The page.
#[component]
pub fn OverviewPage() -> Html {
    let companies = use_pages("dashboard/companies", companies);
    let ai = use_resource("ai/all", |api: Api| async move {
        let query = PageQuery {
            limit: Some(MAX_LIMIT),
            ..PageQuery::default()
        };
        api.providers(&query).await
    });
    let now = clock::now_ms();
    let nothing = empty_state(
        Glyph::Building,
        tr!("No company yet"),
        tr!("Make one, or let somebody register for a trial."),
        link(
            Route::Admin(AdminPage::Companies),
            IN_TEXT,
            tr!("To the companies"),
        ),
    );
    let months = ai.get();
    html! {
        <>
            { page_head(tr!("Overview"), tr!("All companies, in the latest 30 days."), Html::default()) }
            { companies.show(loading(), nothing, |all| {
                let list = || all.iter().map(|company| &**company);
                let spend = months.as_ref().map_or(&[][..], |months| &months.spend.items);
                html! {
                    <div class="grid grid-cols-1 gap-5">
                        { totals(&Totals::of(list(), now)) }
                        <div class="grid grid-cols-1 items-start gap-5 xl:grid-cols-[1.35fr_1fr]">
                            { to_look_at(&worries(list(), spend, now)) }
                            { card_with(tr!("Coach"), link(Route::Admin(AdminPage::Ai), IN_TEXT, tr!("Models and spend")), ai.show(skeleton("h-32 rounded-md"), coach)) }
                        </div>
                        <section aria-labelledby="practice">
                            <h2 id="practice" class="mb-3 text-lg">{ tr!("How they practise") }</h2>
                            { table(tr!("Companies"), &columns(), list().map(|company| row(company, now)).collect()) }
                        </section>
                    </div>
                }
            }) }
        </>
    }
}

fn loading() -> Html {
    html! {
        <div class="grid grid-cols-1 gap-5">
            { skeleton("h-28 rounded-lg") }
            <div class="grid gap-5 xl:grid-cols-[1.35fr_1fr]">{ skeleton("h-56 rounded-lg") }{ skeleton("h-56 rounded-lg") }</div>
            { skeleton("h-72 rounded-lg") }
        </div>
    }
}

fn totals(all: &Totals) -> Html {
    let closed = all.companies - all.open;
    let doors = match closed {
        0 => tr!("all are open").to_owned(),
        closed => tr!("{closed} closed or ended", closed = closed),
    };
    let rate = all
        .rate
        .map_or_else(|| "–".to_owned(), |rate| format!("{rate:.0}%"));
    figures(html! {
        <>
            { figure(tr!("Companies"), all.companies, doors) }
            { figure(tr!("Reps"), all.reps, tr!("who may log in")) }
            { figure(tr!("Sessions"), all.sessions, tr!("completed and missed")) }
            { figure(tr!("Practised"), rate, tr!("of these sessions")) }
        </>
    })
}

fn to_look_at(found: &[(CompanyId, String, Vec<Worry>)]) -> Html {
    html! {
        <section aria-labelledby="look" class="min-w-0 rounded-lg border border-line bg-surface p-4 sm:p-5">
            <h2 id="look" class="text-lg">{ tr!("To look at") }</h2>
            if found.is_empty() {
                <p class="mt-2 text-ink-soft">{ tr!("Nothing just now: no plan is about to end, no limit is near, and everybody practises.") }</p>
            } else {
                <ul class="mt-1 divide-y divide-line">
                    for (id, name, worries) in found {
                        <li class="py-3">
                            { link(Route::Admin(AdminPage::Company { id: *id }), "font-semibold hover:text-brand hover:underline", html! { name }) }
                            <ul class="mt-0.5 grid gap-0.5 text-sm text-ink-soft">
                                for worry in worries { <li>{ worry.words() }</li> }
                            </ul>
                        </li>
                    }
                </ul>
            }
        </section>
    }
}

fn coach(ai: &Providers) -> Html {
    let providers = ai.providers.as_deref().unwrap_or_default();
    let spent: u64 = ai.spend.items.iter().map(|month| month.cost_micros).sum();
    html! {
        <div class="grid gap-4">
            if providers.is_empty() {
                <p>{ tr!("The built-in coach speaks: no model is configured, and nothing is paid.") }</p>
            } else {
                <ul class="grid gap-2">
                    for provider in providers {
                        <li class="flex items-start gap-3">
                            { state_dot(provider_state(provider, clock::time_of_day).0) }
                            <span class="min-w-0">
                                <span class="block font-medium">{ provider_name(&provider.provider) }</span>
                                <span class="block text-sm wrap-anywhere text-ink-soft">{ format!("{} · {}", provider.model, provider_state(provider, clock::time_of_day).1) }</span>
                            </span>
                        </li>
                    }
                </ul>
            }
            <p class="border-t border-line pt-3 text-sm text-ink-soft">
                <span class="numerals mr-1 font-display text-xl font-semibold text-ink">{ shown_money(spent) }</span>{ " " }{ tr!("this month, all companies") }
            </p>
        </div>
    }
}

/// Whether something is as it should be; the words beside it say the same.
pub fn state_dot(is_good: bool) -> Html {
    if is_good {
        icon(Glyph::Tick, "mt-0.5 size-5 shrink-0 text-good")
    } else {
        icon(Glyph::Alert, "mt-0.5 size-5 shrink-0 text-bad")
    }
}

fn columns() -> [crate::components::Column; 6] {
    [
        words(tr!("Company")),
        words(tr!("Plan")),
        numbers(tr!("Reps")),
        numbers(tr!("Sessions")),
        numbers(tr!("Practised")),
        numbers(tr!("First → final")),
    ]
}

fn row(company: &CompanyFigures, now: u64) -> Row {
    let figures = &company.figures;
    let mean =
        |value: Option<f64>| value.map_or_else(|| "–".to_owned(), |value| format!("{value:.0}"));
    let state = PlanState::of(company.is_active, company.plan_ends_at, now);
    let to = Route::Admin(AdminPage::Company {
        id: company.company_id,
    });
    Row {
        key: company.company_id.to_string(),
        cells: vec![
            link(to, ROW_LINK, html! { &company.name }),
            html! {
                <span class="inline-flex flex-wrap items-center gap-2">
                    { plan_name(company.plan) }
                    if state != PlanState::Runs { { state_badge(state) } }
                </span>
            },
            html! { { tr!("{active_reps} of {max_users}", active_reps = company.active_reps, max_users = company.max_users) } },
            html! { { figures.total_sessions } },
            html! { { figures.completion_rate.map_or_else(|| "–".to_owned(), |rate| format!("{rate:.0}%")) } },
            html! { { format!("{} → {}", mean(figures.avg_first_score), mean(figures.avg_score)) } },
        ],
    }
}
