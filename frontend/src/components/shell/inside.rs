//! Which company a super admin is in, and the way into another one.

use crate::components::icon::{Glyph, icon};
use yew::prelude::*;

/// The company's name on a button that leads into another one.
pub fn inside(name: &str, is_own: bool, on_change: &Callback<()>) -> Html {
    let look = if is_own {
        "border-line-strong"
    } else {
        "border-accent bg-accent-wash"
    };
    html! {
        <button type="button" aria-haspopup="dialog" onclick={on_change.reform(|_: MouseEvent| ())}
            class={classes!("flex", "min-h-11", "w-full", "min-w-0", "items-center", "gap-2.5", "rounded-md", "border", "px-3", "py-1.5", "text-left", "hover:bg-sunken", look)}>
            { icon(Glyph::Building, "size-5 shrink-0") }
            <span class="min-w-0 flex-1">
                <span class="block text-xs text-ink-soft">{ tr!("You are in") }</span>
                <span class="line-clamp-2 text-sm font-semibold wrap-anywhere" title={name.to_owned()}>{ name }</span>
            </span>
            <span class="sr-only">{ tr!("Choose another company") }</span>
            { icon(Glyph::Chevron, "size-4 shrink-0 text-ink-soft") }
        </button>
    }
}
