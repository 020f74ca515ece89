//! A framed word about something that went wrong.

use super::icon::{Glyph, icon};
use yew::prelude::*;

/// What went wrong, in short, and below it what to do about it; read out at once.
pub fn notice(title: &'static str, children: Html) -> Html {
    html! {
        <div class="flex gap-3 rounded-md border border-bad/40 bg-bad-wash p-4" role="alert">
            { icon(Glyph::Alert, "mt-0.5 size-5 text-bad") }
            <div class="min-w-0 flex-1">
                <p class="font-semibold">{ title }</p>
                { children }
            </div>
        </div>
    }
}
