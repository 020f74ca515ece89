//! The frame around pages: the brand, the ways to the other pages, who is logged in, and the way out.

mod account;
mod inside;
mod nav;

use super::link::link;
use super::toasts::Toasts;
use crate::routes::Route;
pub use account::theme_choice;

use account::account;
use contract::auth::{CompanyRef, Me};
use domain::role::Role;
use inside::inside;
use nav::{bottom_bar, side_rail};
use yew::prelude::*;
use yew_router::Routable;

/// The brand's mark and name.
pub fn brand() -> Html {
    html! {
        <span class="inline-flex items-center gap-2.5">
            <svg class="size-8" viewBox="0 0 48 48" fill="none" aria-hidden="true">
                <circle cx="24" cy="24" r="21" stroke="currentColor" stroke-width="3" opacity=".35" />
                <path d="M24 8l5 14.200L24 40l-5-17.800z" fill="currentColor" />
                <path d="M24 8l5 14.200H19z" fill="var(--accent)" />
            </svg>
            <span class="font-display text-lg font-semibold tracking-tight">{ tr!("Sales Captain") }</span>
        </span>
    }
}

/// A page with the brand above it, the ways to the others beside it (on a phone, below it), and the account of whoever is
/// logged in. A super admin sees which `company` they are in, and chooses another by `on_company`.
pub fn shell(
    me: &Me,
    company: &CompanyRef,
    route: Route,
    on_company: &Callback<()>,
    on_log_out: &Callback<()>,
    page: Html,
) -> Html {
    // A menu that is open closes with the page it was opened on.
    let path = route.to_path();
    let chosen = if me.role == Role::SuperAdmin {
        inside(&company.name, company.id == me.company.id, on_company)
    } else {
        Html::default()
    };
    let is_of_company = me.role == Role::SuperAdmin && route.is_of_company();
    html! {
        <div class="flex min-h-dvh flex-col print:block">
            { skip_link() }
            <header class="safe-top sticky top-0 z-20 border-b border-line bg-surface print:hidden">
                <div class="flex h-15 items-center justify-between gap-3 px-4 sm:px-6">
                    { link(Route::Today, "inline-flex min-h-11 items-center rounded-md text-brand", brand()) }
                    <div key={path.clone()}>{ account(me, on_log_out) }</div>
                </div>
                if is_of_company {
                    <div class="px-4 pb-2 sm:px-6 lg:hidden">{ chosen.clone() }</div>
                }
            </header>
            <div class="flex flex-1">
                { side_rail(me.role, &path, chosen) }
                <main id="main" class="mx-auto w-full max-w-6xl min-w-0 flex-1 px-4 pt-6 pb-28 sm:px-6 sm:pt-8 lg:px-8 lg:pb-12 print:max-w-none print:p-0">
                    { page }
                </main>
            </div>
            <Toasts />
            <div key={format!("bar {path}")}>{ bottom_bar(me.role, &path) }</div>
        </div>
    }
}

/// Lets the keyboard jump over what is above the page.
fn skip_link() -> Html {
    html! {
        <a href="#main" class="sr-only focus:not-sr-only focus:absolute focus:z-30 focus:m-2 focus:rounded-md focus:bg-brand focus:px-4 focus:py-3 focus:text-on-brand">
            { tr!("Skip to the page") }
        </a>
    }
}

/// The deck with the mark: what is seen before anything is known. The same picture as the page's first paint.
pub fn splash(children: Html) -> Html {
    html! {
        <div class="charted flex min-h-dvh flex-col items-center justify-center gap-5 bg-deck p-6 text-on-deck">
            <svg class="size-16" viewBox="0 0 48 48" fill="none" aria-hidden="true">
                <circle cx="24" cy="24" r="21" stroke="currentColor" stroke-width="2.500" opacity=".35" />
                <path d="M24 8l5 14.200L24 40l-5-17.800z" fill="currentColor" />
                <path d="M24 8l5 14.200H19z" fill="#f0a94a" />
            </svg>
            { children }
        </div>
    }
}
