//! The page for addresses that lead nowhere.

use crate::components::{PageHeading, link, splash};
use crate::routes::Route;
use yew::prelude::*;

/// Says so, and leads back.
pub fn not_found_page() -> Html {
    splash(html! {
        <main class="max-w-sm text-center">
            <PageHeading title={tr!("Not found")} class="text-2xl">{ tr!("Nothing at this address") }</PageHeading>
            <p class="mt-2 text-on-deck-soft">{ tr!("The link may be old, or a letter of it got lost.") }</p>
            { link(Route::Today, "mt-6 inline-flex min-h-12 items-center rounded-full bg-accent px-6 font-semibold text-on-accent", tr!("Go to today's practice")) }
        </main>
    })
}
