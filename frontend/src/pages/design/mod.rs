//! Every part that pages are made of, on one page, on a developer's own machine.

mod charts;
mod fields;
mod over;
mod shown;

use crate::app::use_api;
use crate::components::{PageHeading, Toasts, brand, page_head, splash, tabs, theme_choice};
use crate::pages::not_found_page;
use yew::prelude::*;

/// The one door of this room.
pub fn page() -> Html {
    html! { <DesignPage /> }
}

/// What the page shows parts of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum View {
    Shown,
    Fields,
    Over,
    Charts,
}

#[component]
fn DesignPage() -> Html {
    let api = use_api();
    let is_dev = use_state(|| None::<bool>);
    let view = use_state(|| View::Shown);
    {
        let is_dev = is_dev.setter();
        use_effect_with((), move |()| {
            wasm_bindgen_futures::spawn_local(async move {
                is_dev.set(Some(api.is_dev().await));
            });
        });
    }
    match *is_dev {
        None => splash(html! { <PageHeading title="Design">{ "Design" }</PageHeading> }),
        Some(false) => not_found_page(),
        Some(true) => {
            let choose = {
                let view = view.setter();
                Callback::from(move |chosen| view.set(chosen))
            };
            let all = [
                (View::Shown, "Shown"),
                (View::Fields, "Fields"),
                (View::Over, "Over the page"),
                (View::Charts, "Charts"),
            ];
            let body = match *view {
                View::Shown => shown::shown(),
                View::Fields => html! { <fields::Fields /> },
                View::Over => html! { <over::Over /> },
                View::Charts => charts::charts(),
            };
            html! {
                <main class="mx-auto max-w-5xl p-4 sm:p-8">
                    <div class="mb-6 flex flex-wrap items-center justify-between gap-4 text-brand">{ brand() }<div class="w-64 text-ink">{ theme_choice() }</div></div>
                    { page_head("Design", "What pages are made of. Seen on a developer's machine only.", Html::default()) }
                    { tabs("design", "Parts", &all, *view, &choose, body) }
                    <Toasts />
                </main>
            }
        }
    }
}
