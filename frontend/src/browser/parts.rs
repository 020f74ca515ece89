//! Parts of the app that only some pages need.

use gloo::events::EventListener;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};
use yew::Callback;

/// Downloads what draws charts, once; `missing` hears if it can't be had.
pub fn load_charts(missing: Callback<()>) {
    if load("charts").is_none() {
        missing.emit(());
        return;
    }
    let script = web_sys::window()
        .and_then(|window| window.document())
        .and_then(|document| document.get_element_by_id("part-charts"));
    if let Some(script) = script {
        let listener = EventListener::once(&script, "error", move |event| {
            // The next page that needs it tries again.
            if let Some(script) = event
                .target()
                .and_then(|target| target.dyn_into::<Element>().ok())
            {
                script.remove();
            }
            missing.emit(());
        });
        // As long as the script's element is there.
        listener.forget();
    }
}

/// Puts the part's script into the page, if it is not there; the page names its address.
fn load(part: &str) -> Option<()> {
    let document = web_sys::window()?.document()?;
    let id = format!("part-{part}");
    if document.get_element_by_id(&id).is_some() {
        return Some(());
    }
    let address = document
        .query_selector(&format!("meta[name='{part}']"))
        .ok()??
        .get_attribute("content")?;
    let script: HtmlElement = document.create_element("script").ok()?.dyn_into().ok()?;
    script.set_id(&id);
    script.set_attribute("type", "module").ok()?;
    script.set_attribute("src", &address).ok()?;
    document.head()?.append_child(&script).ok()?;
    Some(())
}
