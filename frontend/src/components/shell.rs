//! The frame around pages: the brand, who is logged in, and the way out.

use super::avatar::avatar;
use super::icon::{Glyph, icon};
use crate::routes::Route;
use contract::auth::Me;
use yew::prelude::*;
use yew_router::prelude::Link;

/// The brand's mark and name.
pub fn brand() -> Html {
    html! {
        <span class="inline-flex items-center gap-2.5">
            <svg class="size-8" viewBox="0 0 48 48" fill="none" aria-hidden="true">
                <circle cx="24" cy="24" r="21" stroke="currentColor" stroke-width="3" opacity=".35" />
                <path d="M24 8l5 14.200L24 40l-5-17.800z" fill="currentColor" />
                <path d="M24 8l5 14.200H19z" fill="var(--accent)" />
            </svg>
            <span class="font-display text-lg font-semibold tracking-tight">{ "Sales Captain" }</span>
        </span>
    }
}

/// A page with the brand above it, and the account of whoever is logged in.
pub fn shell(me: &Me, on_log_out: &Callback<()>, page: Html) -> Html {
    html! {
        <div class="flex min-h-dvh flex-col">
            { skip_link() }
            <header class="safe-top border-b border-line bg-surface">
                <div class="mx-auto flex h-15 max-w-6xl items-center justify-between gap-3 px-4 sm:px-6">
                    <Link<Route> to={Route::Today} classes="inline-flex min-h-11 items-center rounded-md text-brand">
                        { brand() }
                    </Link<Route>>
                    { account(me, on_log_out) }
                </div>
            </header>
            <main id="main" class="mx-auto w-full max-w-6xl flex-1 px-4 pt-6 pb-12 sm:px-6 sm:pt-8">
                { page }
            </main>
        </div>
    }
}

/// Lets the keyboard jump over what is above the page.
fn skip_link() -> Html {
    html! {
        <a href="#main" class="sr-only focus:not-sr-only focus:absolute focus:z-20 focus:m-2 focus:rounded-md focus:bg-brand focus:px-4 focus:py-3 focus:text-on-brand">
            { "Skip to the page" }
        </a>
    }
}

fn account(me: &Me, on_log_out: &Callback<()>) -> Html {
    let name = format!("{} {}", me.first_name, me.last_name);
    let onclick = on_log_out.reform(|_: MouseEvent| ());
    html! {
        <details class="group relative">
            <summary class="flex min-h-11 items-center gap-2 rounded-full pr-2 pl-1 hover:bg-sunken">
                { avatar(&name, "size-9 text-sm") }
                <span class="sr-only">{ "Account: " }</span>
                <span class="sr-only sm:not-sr-only sm:text-sm sm:font-medium">{ &name }</span>
                { icon(Glyph::Chevron, "size-4 text-ink-soft transition group-open:rotate-180") }
            </summary>
            <div class="absolute right-0 z-10 mt-2 w-64 rounded-lg border border-line bg-raised p-2 shadow-high">
                <div class="px-3 py-2">
                    <p class="font-semibold">{ &name }</p>
                    <p class="truncate text-sm text-ink-soft">{ &me.email }</p>
                    <p class="text-sm text-ink-soft">
                        { &me.company.name }
                        if let Some(group) = &me.group {
                            { " · " }{ &group.name }
                        }
                    </p>
                </div>
                <button type="button" {onclick}
                    class="flex min-h-11 w-full items-center gap-3 rounded-md px-3 text-left font-medium hover:bg-sunken">
                    { icon(Glyph::Leave, "size-5 text-ink-soft") }
                    { "Log out" }
                </button>
            </div>
        </details>
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
