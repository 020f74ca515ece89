//! Boxes that pages are laid out with.

use super::icon::{Glyph, icon};
use super::page_heading::PageHeading;
use yew::prelude::*;

/// The head of a page: its name, a word about it, and what can be done there.
pub fn page_head(title: impl Into<AttrValue>, lead: impl Into<Html>, actions: Html) -> Html {
    let (title, lead): (AttrValue, Html) = (title.into(), lead.into());
    html! {
        <header class="mb-6 flex flex-wrap items-end justify-between gap-x-6 gap-y-4">
            <div class="min-w-0">
                <PageHeading key={title.to_string()} title={title.clone()} class="text-2xl wrap-anywhere">{ &title }</PageHeading>
                <div class="mt-1 max-w-prose text-ink-soft">{ lead }</div>
            </div>
            <div class="flex flex-wrap gap-3 print:hidden">{ actions }</div>
        </header>
    }
}

/// A part of a page under a heading of its own.
pub fn card(title: impl Into<AttrValue>, children: Html) -> Html {
    card_with(title, Html::default(), children)
}

/// A part of a page, with what can be done in it beside its heading.
pub fn card_with(title: impl Into<AttrValue>, actions: Html, children: Html) -> Html {
    let title: AttrValue = title.into();
    html! {
        <section class="min-w-0 rounded-lg border border-line bg-surface p-4 sm:p-5 print:break-inside-avoid" aria-label={title.clone()}>
            <div class="mb-3 flex flex-wrap items-center justify-between gap-3">
                <h2 class="text-lg">{ &title }</h2>
                { actions }
            </div>
            { children }
        </section>
    }
}

/// One number with its name, and a word about it.
pub fn figure(name: &str, value: impl Into<Html>, word: impl Into<Html>) -> Html {
    let (value, word): (Html, Html) = (value.into(), word.into());
    html! {
        <div class="min-w-0 rounded-lg border border-line bg-surface p-4">
            <dt class="text-sm text-ink-soft">{ name }</dt>
            <dd>
                <span class="numerals font-display text-2xl font-semibold">{ value }</span>
                <span class="block text-sm text-ink-soft">{ word }</span>
            </dd>
        </div>
    }
}

/// Numbers side by side: entries made by [`figure`].
pub fn figures(entries: Html) -> Html {
    html! { <dl class="grid grid-cols-2 gap-3 sm:grid-cols-[repeat(auto-fit,minmax(10rem,1fr))]">{ entries }</dl> }
}

/// There is nothing: why, and what to do next.
pub fn empty_state(
    glyph: Glyph,
    title: &str,
    words: impl Into<Html>,
    action: impl Into<Html>,
) -> Html {
    let (words, action): (Html, Html) = (words.into(), action.into());
    html! {
        <div class="rounded-lg border border-dashed border-line-strong/60 px-5 py-10 text-center">
            <span class="inline-flex rounded-full bg-brand-wash p-3.5 text-brand">{ icon(glyph, "size-7") }</span>
            <p class="mt-3 font-display text-lg font-semibold">{ title }</p>
            <div class="mx-auto mt-1 max-w-md text-pretty text-ink-soft">{ words }</div>
            <div class="mt-5 flex flex-wrap justify-center gap-3 empty:hidden">{ action }</div>
        </div>
    }
}
