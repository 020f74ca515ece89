//! Who is asked for words, and what it cost this month.

use super::overview::state_dot;
use crate::api::Api;
use crate::browser::clock;
use crate::components::{
    Glyph, ROW_LINK, Row, card, empty_state, link, numbers, page_head, skeleton, table, words,
};
use crate::data::{Entry, use_pages, use_resource};
use crate::pages::manage::company::{calls, meter};
use crate::routes::{AdminPage, Route};
use crate::state::company::shown_money;
use crate::state::overview::{provider_name, provider_state};
use contract::ai::providers::{CompanySpend, PriceView, ProviderView, Providers};
use contract::page::{MAX_LIMIT, PageQuery};
use yew::prelude::*;

/// The page.
#[component]
pub fn AiPage() -> Html {
    let ai = use_resource("ai/all", |api: Api| async move {
        let query = PageQuery {
            limit: Some(MAX_LIMIT),
            ..PageQuery::default()
        };
        api.providers(&query).await
    });
    let spend = use_pages("ai/spend", |api: Api, cursor| async move {
        let query = PageQuery {
            cursor,
            ..PageQuery::default()
        };
        Ok(api.providers(&query).await?.spend)
    });
    let nothing = empty_state(
        Glyph::Building,
        tr!("No company yet"),
        tr!("What models cost stands here, company by company."),
        Html::default(),
    );
    html! {
        <>
            { page_head(tr!("AI"), tr!("Who coaches, and what it costs."), Html::default()) }
            <div class="grid grid-cols-1 gap-5">
                { card(tr!("Who is asked"), ai.show(skeleton("h-32 rounded-md"), providers)) }
                <section aria-labelledby="spend">
                    <h2 id="spend" class="text-lg">{ tr!("Spend this month") }</h2>
                    <p class="mt-1 mb-3 max-w-prose text-sm text-ink-soft">
                        { tr!("Months are counted in UTC. A call whose cost is not known counts against the limit with the most that it can have cost.") }
                    </p>
                    { spend.show(skeleton("h-72 rounded-lg"), nothing, months) }
                </section>
            </div>
        </>
    }
}

fn providers(ai: &Providers) -> Html {
    match ai.providers.as_deref().unwrap_or_default() {
        [] => html! {
            <div class="flex items-start gap-3">
                { state_dot(true) }
                <div>
                    <p class="font-medium">{ tr!("The built-in coach") }</p>
                    <p class="max-w-prose text-sm text-ink-soft">{ tr!("No model is configured: the built-in coach judges, corrects and plays the customer, and costs nothing. Models are configured with the Worker, by its variables and secrets.") }</p>
                </div>
            </div>
        },
        all => html! {
            <>
                <ol class="grid gap-3">
                    for (at, one) in all.iter().enumerate() { { provider(at, one) } }
                </ol>
                <p class="mt-4 max-w-prose border-t border-line pt-3 text-sm text-ink-soft">
                    { tr!("They are asked in this order. One that fails again and again is left alone for a while; when none answers, the built-in coach speaks, and says so.") }
                </p>
            </>
        },
    }
}

fn provider(at: usize, provider: &ProviderView) -> Html {
    let (is_good, state) = provider_state(provider, clock::time_of_day);
    html! {
        <li class="flex flex-wrap items-start gap-x-6 gap-y-2 rounded-md border border-line p-4">
            <div class="flex min-w-0 flex-1 basis-64 items-start gap-3">
                { state_dot(is_good) }
                <div class="min-w-0">
                    <p class="font-semibold">{ format!("{}. {}", at + 1, provider_name(&provider.provider)) }</p>
                    <p class="text-sm wrap-anywhere text-ink-soft">{ &provider.model }</p>
                </div>
            </div>
            <div class="basis-40">
                <p class="text-sm text-ink-soft">{ tr!("State") }</p>
                <p class="font-medium">{ state }</p>
            </div>
            <div class="basis-56">
                <p class="text-sm text-ink-soft">{ tr!("A million tokens") }</p>
                <p class="numerals font-medium">{ price(provider.price) }</p>
            </div>
        </li>
    }
}

fn price(price: Option<PriceView>) -> String {
    match price {
        Some(price) => tr!(
            "{input} read, {output} written",
            input = shown_money(price.input_micros),
            output = shown_money(price.output_micros)
        ),
        None => tr!("No price is set: costs are not known").to_owned(),
    }
}

fn months(months: &[Entry<CompanySpend>]) -> Html {
    table(
        tr!("Spend this month"),
        &[
            words(tr!("Company")),
            numbers(tr!("Calls")),
            numbers(tr!("Known cost")),
            numbers(tr!("Unknown, at most")),
            numbers(tr!("Limit")),
            words(tr!("Used")),
        ],
        months.iter().map(|month| row(month)).collect(),
    )
}

fn row(month: &CompanySpend) -> Row {
    let counted = month.cost_micros.saturating_add(month.unknown_micros);
    let unknown = if month.unknown_calls == 0 {
        "–".to_owned()
    } else {
        tr!(
            "{money} in {calls}",
            money = shown_money(month.unknown_micros),
            calls = calls(month.unknown_calls)
        )
    };
    let to = Route::Admin(AdminPage::Company {
        id: month.company_id,
    });
    Row {
        key: month.company_id.to_string(),
        cells: vec![
            link(to, ROW_LINK, html! { &month.name }),
            html! { { month.calls } },
            html! { { shown_money(month.cost_micros) } },
            html! { { unknown } },
            html! { { month.cap_micros.map_or_else(|| tr!("No limit").to_owned(), shown_money) } },
            match month.cap_micros {
                Some(cap) => {
                    html! { <span class="block w-28">{ meter(tr!("Models"), counted, cap) }</span> }
                }
                None => html! { <span class="text-ink-soft">{ "–" }</span> },
            },
        ],
    }
}
