//! The document: its title, its focus, and what kind of screen shows it.

use wasm_bindgen::JsCast;
use web_sys::{
    Document, HtmlElement, HtmlInputElement, HtmlSelectElement, HtmlTextAreaElement, Window,
};

fn window() -> Option<Window> {
    web_sys::window()
}

fn document() -> Option<Document> {
    window()?.document()
}

/// The document's root, which carries the theme.
pub fn root() -> Option<HtmlElement> {
    document()?.document_element()?.dyn_into().ok()
}

/// Names the page in the browser's tab.
pub fn set_title(title: &str) {
    if let Some(document) = document() {
        document.set_title(title);
    }
}

/// Loads the app anew.
pub fn reload() {
    if let Some(window) = window() {
        let _ = window.location().reload();
    }
}

/// Shows the top of the page.
pub fn scroll_to_top() {
    if let Some(window) = window() {
        window.scroll_to_with_x_and_y(0.0, 0.0);
    }
}

/// Moves the focus to an element without moving the page.
pub fn focus_quietly(element: &HtmlElement) {
    let options = web_sys::FocusOptions::new();
    options.set_prevent_scroll(true);
    let _ = element.focus_with_options(&options);
}

/// Moves the focus to the element with this id.
pub fn focus_id(id: &str) {
    if let Some(element) = by_id::<HtmlElement>(id) {
        let _ = element.focus();
    }
}

/// Shows the element with this id at the top of the page, and moves the focus to it.
pub fn show_id(id: &str) {
    if let Some(element) = by_id::<HtmlElement>(id) {
        element.scroll_into_view_with_bool(true);
        focus_quietly(&element);
    }
}

/// What the input with this id holds now.
pub fn filled_in(id: &str) -> String {
    by_id::<HtmlInputElement>(id).map_or_else(String::new, |input| input.value())
}

/// Fills in the input with this id.
pub fn fill_in(id: &str, text: &str) {
    if let Some(input) = by_id::<HtmlInputElement>(id) {
        input.set_value(text);
    }
}

fn by_id<T: JsCast>(id: &str) -> Option<T> {
    document()?.get_element_by_id(id)?.dyn_into().ok()
}

/// Whether the main pointer is a mouse or the like: there, Enter sends; on a phone it breaks the line.
pub fn has_fine_pointer() -> bool {
    matches("(hover: hover) and (pointer: fine)")
}

/// Whether the person asked for less motion.
pub fn wants_less_motion() -> bool {
    matches("(prefers-reduced-motion: reduce)")
}

fn matches(query: &str) -> bool {
    window()
        .and_then(|window| window.match_media(query).ok().flatten())
        .is_some_and(|list| list.matches())
}

/// Whether the page is seen now.
pub fn is_visible() -> bool {
    document()
        .is_none_or(|document| document.visibility_state() == web_sys::VisibilityState::Visible)
}

/// Whether the browser believes that it has a network.
pub fn is_online() -> bool {
    window().is_none_or(|window| window.navigator().on_line())
}

/// What an input, a text area or a choice holds after an event of its own.
pub fn value_of(event: &impl AsRef<web_sys::Event>) -> String {
    let Some(target) = event.as_ref().target() else {
        return String::new();
    };
    if let Some(input) = target.dyn_ref::<HtmlInputElement>() {
        return input.value();
    }
    if let Some(area) = target.dyn_ref::<HtmlTextAreaElement>() {
        return area.value();
    }
    target
        .dyn_ref::<HtmlSelectElement>()
        .map_or_else(String::new, HtmlSelectElement::value)
}

/// Moves the focus to the first field with an error, once it is drawn.
pub fn focus_first_invalid() {
    gloo::timers::callback::Timeout::new(0, || {
        let first = document().and_then(|document| {
            document
                .query_selector("[aria-invalid='true']")
                .ok()
                .flatten()
        });
        if let Some(first) = first.and_then(|first| first.dyn_into::<HtmlElement>().ok()) {
            let _ = first.focus();
        }
    })
    .forget();
}

/// Whether the focus that leaves an element stays inside of `whole`.
pub fn is_focus_within(whole: &yew::NodeRef, leaving: &web_sys::FocusEvent) -> bool {
    let to = leaving
        .related_target()
        .and_then(|to| to.dyn_into::<web_sys::Node>().ok());
    match (whole.get(), to) {
        (Some(whole), Some(to)) => whole.contains(Some(&to)),
        _ => false,
    }
}
