//! A manager's first page: who practised today, who needs attention and why, and what saying it again is worth.

mod attention;
mod first_steps;
mod gain;
mod practice;

use crate::api::{Api, Failure};
use crate::browser::clock;
use crate::components::{PageHeading, notice, skeleton};
use crate::data::use_resource;
use contract::analytics::{Dashboard, DashboardQuery, ManagerDashboard};
use contract::auth::Me;
use gloo::timers::callback::Interval;
use std::rc::Rc;
use yew::prelude::*;

/// While somebody looks at it, the board is asked for again this often, ms: practice goes on.
const EVERY_MS: u32 = 30_000;

/// Properties of [`DashboardPage`].
#[derive(Properties, PartialEq, Clone)]
pub struct DashboardPageProps {
    /// Whose board it is.
    pub me: Rc<Me>,
}

/// The page.
#[component]
pub fn DashboardPage(props: &DashboardPageProps) -> Html {
    let board = use_resource("dashboard", ask);
    {
        let again = board.retry();
        use_effect_with((), move |()| {
            let ticking = Interval::new(EVERY_MS, move || {
                if crate::browser::page::is_visible() {
                    again.emit(());
                }
            });
            move || drop(ticking)
        });
    }
    let now = clock::now_ms();
    html! {
        <>
            <div class="mb-6">
                <PageHeading title={tr!("Today")}>{ format!("{}, {}", clock::greeting(now), props.me.first_name) }</PageHeading>
                <p class="mt-1 text-ink-soft">{ clock::date(now) }</p>
            </div>
            { board.show(loading(), |board| page(board, now)) }
        </>
    }
}

async fn ask(api: Api) -> Result<Dashboard, Failure> {
    api.dashboard(&DashboardQuery::default()).await
}

fn page(board: &Dashboard, now: u64) -> Html {
    match board {
        Dashboard::Manager(board) => manager(board, now),
        // The server answers by the role of who asks: it was changed a moment ago.
        Dashboard::SalesRep(_) | Dashboard::SuperAdmin(_) => notice(
            tr!("Your role has changed"),
            html! { <p class="text-sm">{ tr!("Load the page again to see the pages of your new role.") }</p> },
        ),
    }
}

fn manager(board: &ManagerDashboard, now: u64) -> Html {
    let today = &board.today;
    if today.sessions.is_empty() && today.without_session.is_empty() {
        return html! { <first_steps::FirstSteps /> };
    }
    html! {
        <div class="grid items-start gap-5 xl:grid-cols-[1.35fr_1fr]">
            { practice::practice(today, now) }
            <div class="grid gap-5">
                { attention::attention(&board.needs_attention) }
                { gain::gain(&board.first_against_best) }
            </div>
        </div>
    }
}

fn loading() -> Html {
    html! {
        <div class="grid items-start gap-5 xl:grid-cols-[1.35fr_1fr]">
            { skeleton("h-96 rounded-xl") }
            <div class="grid gap-5">
                { skeleton("h-48 rounded-lg") }
                { skeleton("h-56 rounded-lg") }
            </div>
        </div>
    }
}
