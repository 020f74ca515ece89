//! One company: what it pays for, how much of it is used, what is set, and its end.

use super::end::End;
use crate::api::Api;
use crate::app::use_api;
use crate::browser::{address, clock};
use crate::components::{Button, Glyph, card, figure, figures, icon, page_head, skeleton};
use crate::data::use_resource;
use crate::pages::manage::company::{CompanyForm, Logo, meter, month, state_badge};
use crate::routes::{ManagePage, Route};
use crate::state::company::{PlanState, plan_name};
use contract::analytics::{CompanyAnalytics, SpanQuery};
use contract::auth::{CompanyRef, Me};
use contract::companies::Company;
use contract::page::{MAX_LIMIT, PageQuery};
use domain::ids::CompanyId;
use std::rc::Rc;
use yew::prelude::*;
use yew_router::Routable;

/// Properties of [`CompanyPage`].
#[derive(Properties, PartialEq, Clone)]
pub struct CompanyPageProps {
    /// Which.
    pub id: CompanyId,
    /// Who looks.
    pub me: Rc<Me>,
}

/// The page.
#[component]
pub fn CompanyPage(props: &CompanyPageProps) -> Html {
    let id = props.id;
    let api = use_api();
    let company = use_resource(format!("companies/{id}"), move |api: Api| async move {
        api.company(id).await
    });
    let practice = use_resource(
        format!("dashboard/company/{id}"),
        move |api: Api| async move { api.company_analytics(id, &SpanQuery::default()).await },
    );
    let spend = use_resource("ai/all", |api: Api| async move {
        let query = PageQuery {
            limit: Some(MAX_LIMIT),
            ..PageQuery::default()
        };
        api.providers(&query).await
    });
    let of_month = spend.get().and_then(|all| {
        all.spend
            .items
            .iter()
            .find(|one| one.company_id == id)
            .cloned()
    });
    let own = props.me.company.id;
    let go_in = |company: &Company| {
        let chosen = CompanyRef {
            id: company.id,
            name: company.name.clone(),
        };
        Callback::from(move |()| {
            let (api, chosen) = (api.clone(), chosen.clone());
            address::leave(address::Onward::Otherwise(Callback::from(move |()| {
                api.go_inside((chosen.id != own).then(|| chosen.clone()));
                address::push(&Route::Manage(ManagePage::People).to_path());
            })));
        })
    };
    html! {
        { company.show(loading(), |company| html! {
            <>
                { head(company, go_in(company)) }
                <div class="mb-5">{ practice.show(skeleton("h-28 rounded-lg"), practised) }</div>
                <div class="grid grid-cols-1 items-start gap-5 xl:grid-cols-[1.7fr_1fr]">
                    <CompanyForm company={Rc::new(company.clone())} with_plan=true />
                    <div class="grid grid-cols-1 gap-5">
                        { card(tr!("People"), people(company)) }
                        if let Some(spend) = of_month { { card(tr!("Models this month"), month(&spend)) } }
                        <Logo company={id} name={company.name.clone()} />
                        <End company={Rc::new(company.clone())} is_own={id == own} />
                    </div>
                </div>
            </>
        }) }
    }
}

fn head(company: &Company, go_in: Callback<()>) -> Html {
    let plan = &company.subscription;
    let state = PlanState::of(plan.is_active, plan.ends_at, clock::now_ms());
    let lead = html! {
        <span class="inline-flex flex-wrap items-center gap-2">
            { plan_name(plan.plan) }
            { state_badge(state) }
            if let Some(domain) = &company.domain { <span>{ domain }</span> }
            <span>{ tr!("Here since {}", clock::full_date(company.created_at)) }</span>
        </span>
    };
    page_head(
        company.name.clone(),
        lead,
        html! { <Button onclick={go_in}>{ icon(Glyph::Building, "size-5") }{ tr!("Go into the company") }</Button> },
    )
}

fn loading() -> Html {
    html! {
        <>
            { skeleton("mb-6 h-16 w-64 rounded-md") }
            <div class="grid grid-cols-1 items-start gap-5 xl:grid-cols-[1.7fr_1fr]">
                <div class="grid grid-cols-1 gap-5">{ skeleton("h-28 rounded-lg") }{ skeleton("h-72 rounded-lg") }</div>
                <div class="grid grid-cols-1 gap-5">{ skeleton("h-40 rounded-lg") }{ skeleton("h-56 rounded-lg") }</div>
            </div>
        </>
    }
}

fn people(company: &Company) -> Html {
    let (people, most) = (
        company.active_users.unwrap_or_default(),
        company.subscription.max_users,
    );
    html! {
        <div class="grid gap-2">
            <p>
                <span class="numerals font-display text-2xl font-semibold">{ people }</span>
                { " " }<span class="ml-1 text-sm text-ink-soft">{ tr!("of {most} who may log in", most = most) }</span>
            </p>
            { meter(tr!("People"), u64::from(people), u64::from(most)) }
            if people > most {
                <p class="text-sm font-medium text-bad">{ tr!("More than the plan allows. Nobody is put out, and nobody more gets in.") }</p>
            }
        </div>
    }
}

fn practised(company: &CompanyAnalytics) -> Html {
    let all = &company.metrics;
    let mean =
        |value: Option<f64>| value.map_or_else(|| "–".to_owned(), |value| format!("{value:.0}"));
    let rate = all
        .completion_rate
        .map_or_else(|| "–".to_owned(), |rate| format!("{rate:.0}%"));
    figures(html! {
        <>
            { figure(tr!("Sessions"), all.total_sessions, "in the latest 30 days") }
            { figure(tr!("Practised"), rate, tr!("{} missed", all.missed_sessions)) }
            { figure(tr!("First answer"), mean(all.avg_first_score), tr!("mean score")) }
            { figure(tr!("Final answer"), mean(all.avg_score), tr!("mean score")) }
        </>
    })
}
