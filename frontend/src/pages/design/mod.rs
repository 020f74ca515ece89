//! Every part that pages are made of, on one page, on a developer's own machine.

use crate::components::{Glyph, PageHeading, icon};
use yew::prelude::*;

/// The one door of this room.
pub fn page() -> Html {
    html! {
        <main class="mx-auto max-w-5xl p-6">
            <PageHeading title="Design">{ "Design" }</PageHeading>
            <ul class="mt-6 flex flex-wrap gap-4">
                for glyph in Glyph::ALL {
                    <li class="grid w-20 justify-items-center gap-1 text-xs text-ink-soft">{ icon(*glyph, "size-6 text-ink") }{ format!("{glyph:?}") }</li>
                }
            </ul>
        </main>
    }
}
