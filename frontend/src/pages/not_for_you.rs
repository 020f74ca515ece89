//! The page for those whom a page is not meant for.

use crate::components::{Glyph, IN_TEXT, PageHeading, icon, link};
use crate::routes::Route;
use yew::prelude::*;

/// Says whom it is for, and leads back.
pub fn not_for_you(route: Route) -> Html {
    let whom = match route {
        Route::Rep(_) => "those who practise",
        Route::Admin(_) => "those who run Sales Captain",
        _ => "managers",
    };
    html! {
        <section class="mx-auto max-w-md py-10 text-center">
            <span class="inline-flex rounded-full bg-accent-wash p-4 text-accent-strong">{ icon(Glyph::Compass, "size-8") }</span>
            <PageHeading title="Not for you" class="mt-4 text-2xl">{ format!("This page is for {whom}") }</PageHeading>
            <p class="mt-2 mb-4 text-ink-soft">
                { "There is nothing for you to do here. If you expected something, ask whoever sent you the link." }
            </p>
            { link(Route::Today, IN_TEXT, "Back to Today") }
        </section>
    }
}
