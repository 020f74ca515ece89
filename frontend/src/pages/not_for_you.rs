//! The page for those whom a page is not meant for.

use crate::components::{Glyph, IN_TEXT, PageHeading, icon, link};
use crate::routes::Route;
use yew::prelude::*;

/// Says whom it is for, and leads back.
pub fn not_for_you(route: Route) -> Html {
    let heading = match route {
        Route::Rep(_) => tr!("This page is for those who practise"),
        Route::Admin(_) => tr!("This page is for those who run Sales Captain"),
        _ => tr!("This page is for managers"),
    };
    html! {
        <section class="mx-auto max-w-md py-10 text-center">
            <span class="inline-flex rounded-full bg-accent-wash p-4 text-accent-strong">{ icon(Glyph::Compass, "size-8") }</span>
            <PageHeading title={tr!("Not for you")} class="mt-4 text-2xl">{ heading }</PageHeading>
            <p class="mt-2 mb-4 text-ink-soft">
                { tr!("There is nothing for you to do here. If you expected something, ask whoever sent you the link.") }
            </p>
            { link(Route::Today, IN_TEXT, tr!("Back to Today")) }
        </section>
    }
}
