//! The frame of these pages: the deck beside them, or above on a phone, and one narrow column.

use crate::browser::language;
use crate::components::{self, Glyph, IN_TEXT, PageHeading, brand, icon, segments};
use crate::routes::Route;
use crate::words::{self, LANGUAGES};
use yew::prelude::*;

/// What a page that asks for nothing more is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Emblem {
    /// A mail is on its way.
    Mail,
    /// It is done.
    Done,
    /// A link that opens nothing.
    Shut,
}

/// A page. Its heading takes the focus when it changes, so that the next step is read out.
pub fn frame(emblem: Option<Emblem>, heading: &str, lead: Html, page: Html) -> Html {
    let heading = AttrValue::from(heading.to_owned());
    html! {
        <div class="grid min-h-dvh grid-rows-[auto_1fr] bg-page lg:grid-cols-[1.1fr_1fr] lg:grid-rows-1">
            <header class="charted flex flex-col justify-between gap-6 bg-deck px-6 pt-[max(1.75rem,env(safe-area-inset-top))] pb-7 text-on-deck lg:p-12">
                { brand() }
                <div class="hidden max-w-md lg:block">
                    <p class="font-display text-3xl font-semibold">{ tr!("Ten days. Five minutes a day. A steadier answer every time.") }</p>
                    <p class="mt-4 text-lg text-on-deck-soft">
                        { tr!("A customer writes, you answer, the captain corrects you in the same breath, and you say it again, better.") }
                    </p>
                </div>
                <p class="text-on-deck-soft lg:hidden">{ tr!("Ten days. Five minutes a day.") }</p>
            </header>
            <main class="flex justify-center px-6 pt-8 pb-12 lg:items-center">
                <div class="w-full max-w-sm min-w-0">
                    { emblem.map(drawn) }
                    <PageHeading key={heading.to_string()} title={heading.clone()} class="text-2xl wrap-anywhere">{ &heading }</PageHeading>
                    <div class="mt-1.5 mb-6 text-pretty text-ink-soft wrap-anywhere">{ lead }</div>
                    { page }
                    { language_choice() }
                </div>
            </main>
        </div>
    }
}

fn drawn(emblem: Emblem) -> Html {
    let (glyph, colours) = match emblem {
        Emblem::Mail => (Glyph::Mail, "bg-brand-wash text-brand"),
        Emblem::Done => (Glyph::Tick, "bg-good-wash text-good"),
        Emblem::Shut => (Glyph::Alert, "bg-accent-wash text-accent-strong"),
    };
    html! {
        <div class="mb-4">
            <span class={classes!("inline-flex", "rounded-full", "p-3.5", colours)}>{ icon(glyph, "size-7") }</span>
        </div>
    }
}

/// Each language by its own name; it holds at once.
fn language_choice() -> Html {
    let choose = Callback::from(|language| {
        // A language whose words can't be had is not shown: the choice stands as it stood.
        wasm_bindgen_futures::spawn_local(async move {
            let _is_shown = language::choose_as_stranger(language).await;
        });
    });
    html! {
        <div class="mt-8 flex justify-center">
            { segments("language", tr!("Language"), &LANGUAGES, words::language(), &choose) }
        </div>
    }
}

/// Another way to go.
pub fn link(to: Route, label: &'static str) -> Html {
    components::link(to, IN_TEXT, label)
}

/// The one way to go on from a page without a form.
pub fn way_on(to: Route, label: &'static str) -> Html {
    let class = "flex min-h-12 items-center justify-center rounded-full bg-brand px-4 text-lg font-semibold text-on-brand transition hover:bg-brand-strong";
    components::link(to, class, label)
}
