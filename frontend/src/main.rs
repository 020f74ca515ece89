//! Sales Captain's single-page app.
//!
//! - [`app`]: who is logged in, which page is asked for.
//! - [`pages`]: the pages; [`components`]: the parts they are made of; [`rooms`]: which pages are downloaded apart.
//! - [`state`]: what pages show and how it changes, in plain Rust.
//! - [`data`]: what pages know of the server and how they change it.
//! - [`words`]: what the interface says, in the language somebody chose.
//! - [`api`]: calls to the server; [`browser`]: what is asked of the browser itself.

#[macro_use]
mod words;

#[allow(dead_code, unused_imports, reason = "pages take what they need of it")]
mod api;
mod app;
#[allow(dead_code, unused_imports, reason = "pages take what they need of it")]
mod browser;
#[allow(dead_code, unused_imports, reason = "pages take what they need of it")]
mod components;
#[allow(dead_code, unused_imports, reason = "pages take what they need of it")]
mod data;
mod pages;
mod rooms;
mod routes;
mod state;

fn main() {
    console_error_panic_hook::set_once();
    browser::language::begin(|| {
        let root = web_sys::window()
            .and_then(|window| window.document())
            .and_then(|document| document.get_element_by_id("app"));
        match root {
            Some(root) => yew::Renderer::<app::App>::with_root(root).render(),
            None => yew::Renderer::<app::App>::new().render(),
        };
    });
}
