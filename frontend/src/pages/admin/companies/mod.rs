//! Companies: what they are subscribed to.

mod create;
mod end;
mod one;

pub use one::CompanyPage;

use crate::api::{Api, with_query};
use crate::browser::{address, clock};
use crate::components::{
    Button, Glyph, Modal, ROW_LINK, Row, SearchField, empty_state, icon, link, numbers, page_head,
    skeleton, table, toast, words,
};
use crate::data::{Entry, use_pages, use_query};
use crate::pages::manage::company::state_badge;
use crate::routes::{AdminPage, Route};
use crate::state::company::{PlanState, plan_name, shown_money};
use contract::companies::{Company, CompanyQuery};
use create::CreateForm;
use serde::{Deserialize, Serialize};
use yew::prelude::*;
use yew_router::Routable;

/// What the address says of the list.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Shown {
    #[serde(default, skip_serializing_if = "String::is_empty")]
    search: String,
}

/// All companies.
#[component]
pub fn CompaniesPage() -> Html {
    let (shown, set_shown) = use_query::<Shown>();
    let is_making = use_state(|| false);
    let companies = use_pages(with_query("companies", &*shown), {
        let search = shown.search.clone();
        move |api: Api, cursor| {
            let query = CompanyQuery {
                cursor,
                search: (!search.is_empty()).then(|| search.clone()),
                ..CompanyQuery::default()
            };
            async move { api.companies(&query).await }
        }
    });
    let show = |open: bool| {
        let is_making = is_making.setter();
        Callback::from(move |()| is_making.set(open))
    };
    let made = Callback::from(|company: Company| {
        toast(tr!("{} is there. Invite its first manager.", company.name));
        address::push(&Route::Admin(AdminPage::Company { id: company.id }).to_path());
    });
    let button = html! { <Button onclick={show(true)}>{ icon(Glyph::Plus, "size-5") }{ tr!("New company") }</Button> };
    let nothing = if shown.search.is_empty() {
        empty_state(
            Glyph::Building,
            tr!("No company yet"),
            tr!(
                "Make one here and invite its first manager, or let somebody register for a trial."
            ),
            button.clone(),
        )
    } else {
        empty_state(
            Glyph::Search,
            tr!("No company of that name"),
            tr!("Names are found by their beginning."),
            Html::default(),
        )
    };
    let on_search = set_shown.reform(|search| Shown { search });
    html! {
        <>
            { page_head(tr!("Companies"), tr!("What they pay for, and how far they may go."), button) }
            <div class="mb-4 max-w-sm"><SearchField label={tr!("Search companies")} value={shown.search.clone()} {on_search} /></div>
            { companies.show(skeleton("h-96 rounded-lg"), nothing, list) }
            if *is_making {
                <Modal title={tr!("New company")} on_close={show(false)}>
                    <CreateForm on_made={made} />
                </Modal>
            }
        </>
    }
}

fn list(companies: &[Entry<Company>]) -> Html {
    let now = clock::now_ms();
    table(
        tr!("Companies"),
        &[
            words(tr!("Company")),
            words(tr!("Plan")),
            words(tr!("Last day")),
            numbers(tr!("People at most")),
            numbers(tr!("Models a month")),
            numbers(tr!("Since")),
        ],
        companies.iter().map(|company| row(company, now)).collect(),
    )
}

fn row(company: &Company, now: u64) -> Row {
    let plan = &company.subscription;
    let state = PlanState::of(plan.is_active, plan.ends_at, now);
    Row {
        key: company.id.to_string(),
        cells: vec![
            html! {
                <>
                    { link(Route::Admin(AdminPage::Company { id: company.id }), ROW_LINK, html! { &company.name }) }
                    if let Some(domain) = &company.domain { <span class="block text-sm text-ink-soft">{ domain }</span> }
                </>
            },
            html! {
                <span class="inline-flex flex-wrap items-center gap-2">
                    { plan_name(plan.plan) }
                    if state != PlanState::Runs { { state_badge(state) } }
                </span>
            },
            html! { <span class="numerals">{ plan.ends_at.map_or_else(|| "–".to_owned(), |ends_at| clock::full_date(ends_at.saturating_sub(1))) }</span> },
            html! { { plan.max_users } },
            html! { { plan.spend_cap_micros.map_or_else(|| tr!("No limit").to_owned(), shown_money) } },
            html! { { clock::full_date(company.created_at) } },
        ],
    }
}
