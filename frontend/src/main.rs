//! Sales Captain's single-page app.

mod api;
mod browser;
mod state;

use yew::{Html, component, html};

/// The whole app.
#[component]
fn App() -> Html {
    html! { <h1 class="p-6 text-2xl font-semibold">{ "Sales Captain" }</h1> }
}

fn main() {
    console_error_panic_hook::set_once();
    yew::Renderer::<App>::new().render();
}
