//! Who is logged in, what is theirs, how the app looks, and the way out.

use crate::browser::theme::{self, Theme};
use crate::components::avatar::avatar;
use crate::components::icon::{Glyph, icon};
use crate::components::link::link;
use crate::routes::{RepPage, Route};
use contract::auth::Me;
use yew::prelude::*;

const ENTRY: &str =
    "flex min-h-11 w-full items-center gap-3 rounded-md px-3 text-left font-medium hover:bg-sunken";

/// A menu behind one's own initials.
pub fn account(me: &Me, on_log_out: &Callback<()>) -> Html {
    let name = format!("{} {}", me.first_name, me.last_name);
    let onclick = on_log_out.reform(|_: MouseEvent| ());
    html! {
        <details class="group relative">
            <summary class="flex min-h-11 items-center gap-2 rounded-full pr-2 pl-1 hover:bg-sunken">
                { avatar(&name, "size-9 text-sm") }
                <span class="sr-only">{ tr!("Account: ") }</span>
                <span class="sr-only sm:not-sr-only sm:text-sm sm:font-medium">{ &name }</span>
                { icon(Glyph::Chevron, "size-4 text-ink-soft transition group-open:rotate-180") }
            </summary>
            <div class="absolute right-0 z-10 mt-2 w-72 rounded-lg border border-line bg-raised p-2 shadow-high">
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
                { link(Route::Rep(RepPage::Settings), ENTRY, html! { <>{ icon(Glyph::Gear, "size-5 text-ink-soft") }{ tr!("Profile and settings") }</> }) }
                <div class="my-2 border-y border-line px-3 py-3">{ theme_choice() }</div>
                <button type="button" {onclick} class={ENTRY}>
                    { icon(Glyph::Leave, "size-5 text-ink-soft") }
                    { tr!("Log out") }
                </button>
            </div>
        </details>
    }
}

/// Light, dark, or as the device. The browser keeps which one is pressed.
pub fn theme_choice() -> Html {
    let chosen = theme::chosen();
    html! {
        <fieldset>
            <legend class="mb-1.5 text-sm text-ink-soft">{ tr!("Theme") }</legend>
            <div class="grid grid-cols-3 rounded-full bg-sunken p-1 text-sm font-medium">
                for (theme, name) in [(Theme::System, tr!("Device")), (Theme::Light, tr!("Light")), (Theme::Dark, tr!("Dark"))] {
                    <label class="flex min-h-9 cursor-pointer items-center justify-center rounded-full has-checked:bg-raised has-checked:shadow-low has-focus-visible:outline-3 has-focus-visible:outline-accent">
                        <input type="radio" name="theme" class="sr-only" checked={theme == chosen}
                            onchange={Callback::from(move |_: Event| theme::choose(theme))} />
                        { name }
                    </label>
                }
            </div>
        </fieldset>
    }
}
