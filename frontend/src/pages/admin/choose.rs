//! Where a super admin chooses the company to be in.

use crate::api::Api;
use crate::components::{Glyph, Modal, SearchField, Tone, badge, empty_state, icon, skeleton};
use crate::data::{Entry, use_pages};
use contract::auth::CompanyRef;
use contract::companies::{Company, CompanyQuery};
use domain::ids::CompanyId;
use yew::prelude::*;

/// Properties of what [`choose`] shows.
#[derive(Properties, Debug, PartialEq, Clone)]
pub struct Choosing {
    /// The company of whoever chooses.
    pub own: CompanyRef,
    /// The one they are in, if that is another.
    pub inside: Option<CompanyRef>,
    /// They go into this one.
    pub on_chosen: Callback<CompanyRef>,
    /// They stay.
    pub on_close: Callback<()>,
}

/// Companies to search in and to choose from, over the page.
pub fn choose(choosing: &Choosing) -> Html {
    html! { <Choose ..choosing.clone() /> }
}

#[component]
fn Choose(props: &Choosing) -> Html {
    let search = use_state(String::new);
    let key = if search.is_empty() {
        "companies".to_owned()
    } else {
        format!("companies?search={}", *search)
    };
    let companies = use_pages(key, {
        let search = (*search).clone();
        move |api: Api, cursor| {
            let query = CompanyQuery {
                cursor,
                search: (!search.is_empty()).then(|| search.clone()),
                ..CompanyQuery::default()
            };
            async move { api.companies(&query).await }
        }
    });
    let on_search = {
        let search = search.setter();
        Callback::from(move |text| search.set(text))
    };
    let here = props.inside.as_ref().unwrap_or(&props.own).id;
    let nothing = empty_state(
        Glyph::Search,
        tr!("No company of that name"),
        tr!("Names are found by their beginning."),
        Html::default(),
    );
    html! {
        <Modal title={tr!("Go into a company")} on_close={props.on_close.clone()}>
            <p class="-mt-2 mb-4 text-ink-soft">{ tr!("Its people, teams, scenarios and figures are shown, and what you make is made there.") }</p>
            <div class="grid gap-4">
                <SearchField label={tr!("Search companies")} on_search={on_search} />
                <div class="min-h-64">
                    { companies.show(skeleton("h-64 rounded-md"), nothing, |companies| list(companies, here, props)) }
                </div>
            </div>
        </Modal>
    }
}

fn list(companies: &[Entry<Company>], here: CompanyId, props: &Choosing) -> Html {
    html! {
        <ul class="grid gap-1">
            for company in companies.iter() {
                <li>{ row(company, here, props) }</li>
            }
        </ul>
    }
}

fn row(company: &Company, here: CompanyId, props: &Choosing) -> Html {
    let is_here = company.id == here;
    let onclick = {
        let company = CompanyRef {
            id: company.id,
            name: company.name.clone(),
        };
        props.on_chosen.reform(move |_: MouseEvent| company.clone())
    };
    html! {
        <button type="button" {onclick} aria-current={is_here.then_some("true")}
            class={classes!("flex", "min-h-12", "w-full", "items-center", "gap-3", "rounded-md", "px-3", "text-left", "hover:bg-sunken", is_here.then_some("bg-brand-wash"))}>
            { icon(Glyph::Building, "size-5 shrink-0 text-ink-soft") }
            <span class="min-w-0 flex-1 truncate font-medium">{ &company.name }</span>
            if !company.subscription.is_active { { badge(Tone::Bad, tr!("Closed")) } }
            if company.id == props.own.id { { badge(Tone::Plain, tr!("Your own")) } }
            if is_here {
                <span class="sr-only">{ tr!("You are here") }</span>
                { icon(Glyph::Tick, "size-5 shrink-0 text-brand") }
            }
        </button>
    }
}
