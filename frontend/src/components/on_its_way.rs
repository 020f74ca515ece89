//! A page that is not there yet.

use super::page_heading::PageHeading;
use yew::prelude::*;

/// Its name, and that it comes.
pub fn on_its_way(title: &'static str) -> Html {
    html! {
        <>
            <PageHeading key={title} title={title}>{ title }</PageHeading>
            <p class="mt-2 text-ink-soft">{ tr!("This page is on its way.") }</p>
        </>
    }
}
