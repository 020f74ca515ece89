//! What the app says of itself: that the device is offline, that a new version is ready.

use super::button::{Button, Look};
use super::icon::{Glyph, icon};
use crate::browser::{events, page, version};
use yew::prelude::*;

const STRIP: &str = "mb-5 flex flex-wrap items-center gap-3 rounded-md border border-line bg-raised px-4 py-2 print:hidden";

/// Stands above a page, and is nothing as long as there is nothing to say.
#[component]
pub fn News() -> Html {
    let online = use_state_eq(page::is_online);
    let newer = use_state_eq(version::is_newer_ready);
    {
        let (online, newer) = (online.setter(), newer.setter());
        use_effect_with((), move |()| {
            let network = events::on_network(Callback::from(move |is| online.set(is)));
            let version = version::on_newer(Callback::from(move |()| newer.set(true)));
            move || drop((network, version))
        });
    }
    html! {
        <div role="status">
            if !*online {
                <p class={STRIP}>
                    { icon(Glyph::Offline, "size-5 text-ink-soft") }
                    { tr!("You are offline. What you see may be out of date.") }
                </p>
            } else if *newer {
                <div class={STRIP}>
                    <p class="min-w-0 flex-1">{ tr!("A new version is ready.") }</p>
                    <Button look={Look::Quiet} onclick={Callback::from(|()| version::take_newer())}>{ tr!("Load it") }</Button>
                </div>
            }
        </div>
    }
}
