//! The company's own settings: what its managers set, and what they can read of its plan.

mod form;
mod logo;
mod spend;

pub use form::{CompanyForm, last_day, plan_of, plan_options, refused};
pub use logo::Logo;
pub use spend::{calls, meter, month};

use crate::api::Api;
use crate::browser::clock;
use crate::components::{IN_TEXT, Tone, badge, card, link, notice, page_head, skeleton};
use crate::data::use_resource;
use crate::routes::{AdminPage, Route};
use crate::state::company::{PlanState, plan_name, shown_money};
use contract::auth::Me;
use contract::companies::{Company, Subscription};
use contract::page::PageQuery;
use domain::role::Role;
use std::rc::Rc;
use yew::prelude::*;

/// Properties of [`CompanySettingsPage`].
#[derive(Properties, PartialEq, Clone)]
pub struct CompanySettingsPageProps {
    /// Who looks.
    pub me: Rc<Me>,
}

/// The page.
#[component]
pub fn CompanySettingsPage(props: &CompanySettingsPageProps) -> Html {
    let id = props.me.company.id;
    let company = use_resource(format!("companies/{id}"), move |api: Api| async move {
        api.company(id).await
    });
    let spend = use_resource("ai/own", |api: Api| async move {
        api.providers(&PageQuery::default()).await
    });
    let role = props.me.role;
    let of_month = spend.get().and_then(|all| {
        all.spend
            .items
            .iter()
            .find(|one| one.company_id == id)
            .cloned()
    });
    html! {
        <>
            { page_head(tr!("Company"), html! { { &props.me.company.name } }, Html::default()) }
            { company.show(loading(), |company| html! {
                <div class="grid grid-cols-1 items-start gap-5 xl:grid-cols-[1.7fr_1fr]">
                    <CompanyForm key={company.id.to_string()} company={Rc::new(company.clone())} />
                    <div class="grid grid-cols-1 gap-5">
                        { plan(company, role) }
                        if let Some(spend) = of_month { { card(tr!("Models this month"), month(&spend)) } }
                        <Logo company={id} name={company.name.clone()} />
                    </div>
                </div>
            }) }
        </>
    }
}

fn loading() -> Html {
    html! {
        <div class="grid grid-cols-1 items-start gap-5 xl:grid-cols-[1.7fr_1fr]">
            <div class="grid grid-cols-1 gap-5">
                { skeleton("h-36 rounded-lg") }
                { skeleton("h-44 rounded-lg") }
                { skeleton("h-44 rounded-lg") }
            </div>
            <div class="grid grid-cols-1 gap-5">
                { skeleton("h-56 rounded-lg") }
                { skeleton("h-56 rounded-lg") }
            </div>
        </div>
    }
}

/// What is paid for: super admins change it, everybody else reads it.
fn plan(company: &Company, role: Role) -> Html {
    let Subscription {
        plan,
        starts_at,
        ends_at,
        is_active,
        max_users,
        spend_cap_micros,
    } = company.subscription;
    let people = company.active_users.unwrap_or_default();
    card(
        tr!("Plan"),
        html! {
            <>
                <p class="flex flex-wrap items-center gap-2">
                    <span class="font-display text-xl font-semibold">{ plan_name(plan) }</span>
                    { state_badge(PlanState::of(is_active, ends_at, clock::now_ms())) }
                </p>
                <dl class="mt-3 grid gap-3 text-sm">
                    <div>
                        <dt class="text-ink-soft">{ tr!("People who can log in") }</dt>
                        <dd class="mt-1 grid gap-1.5">
                            <span class="numerals text-base font-medium">{ tr!("{people} of {max_users}", people = people, max_users = max_users) }</span>
                            { meter(tr!("People"), u64::from(people), u64::from(max_users)) }
                        </dd>
                    </div>
                    { fact(tr!("Since"), clock::full_date(starts_at)) }
                    { fact(tr!("Last day"), ends_at.map_or_else(|| tr!("Until further notice").to_owned(), |ends_at| clock::full_date(ends_at.saturating_sub(1)))) }
                    { fact(tr!("Models a month"), spend_cap_micros.map_or_else(|| tr!("No limit").to_owned(), |cap| tr!("Up to {}", shown_money(cap)))) }
                </dl>
                if role == Role::SuperAdmin {
                    { link(Route::Admin(AdminPage::Company { id: company.id }), IN_TEXT, tr!("Change the plan")) }
                } else {
                    <p class="mt-4 border-t border-line pt-3 text-sm text-ink-soft">{ tr!("What is paid for is changed by those who run Sales Captain. Ask them for more people or a longer plan.") }</p>
                }
                if people >= max_users {
                    <div class="mt-4">{ notice(tr!("Nobody more can be added"), html! { <p class="text-sm">{ tr!("All places of the plan are taken. Put somebody out, or ask for more places.") }</p> }) }</div>
                }
            </>
        },
    )
}

fn fact(name: &'static str, value: String) -> Html {
    html! {
        <div class="flex flex-wrap items-baseline justify-between gap-x-4">
            <dt class="text-ink-soft">{ name }</dt>
            <dd class="numerals font-medium">{ value }</dd>
        </div>
    }
}

/// How a plan stands, where there is something to say.
pub fn state_badge(state: PlanState) -> Html {
    match state {
        PlanState::Closed => badge(Tone::Bad, tr!("Closed")),
        PlanState::Ended => badge(Tone::Bad, tr!("Ended")),
        PlanState::Ending(0) => badge(Tone::Accent, tr!("Ends today")),
        PlanState::Ending(1) => badge(Tone::Accent, tr!("Ends tomorrow")),
        PlanState::Ending(days) => badge(Tone::Accent, tr!("Ends in {days} days", days = days)),
        PlanState::Runs => badge(Tone::Good, tr!("Runs")),
    }
}
