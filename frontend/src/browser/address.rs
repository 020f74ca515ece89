//! The address bar: going somewhere, and links that are followed without loading the page anew.

use gloo::events::{EventListener, EventListenerOptions};
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlAnchorElement, MouseEvent};
use yew::Callback;
use yew_router::history::{BrowserHistory, History};

/// Asked before a page is left: gives whether it may be. Who says no is told where to, and goes there later by itself.
pub type MayLeave = Rc<dyn Fn(Onward) -> bool>;

/// Where somebody is about to go.
#[derive(Debug, Clone, PartialEq)]
pub enum Onward {
    /// To an address of the app.
    To(String),
    /// Back, by the browser's own button.
    Back,
    /// Another way that takes the page away.
    Otherwise(Callback<()>),
}

impl Onward {
    /// Goes there.
    pub fn go(&self) {
        match self {
            Self::To(path) => push(path),
            Self::Back => BrowserHistory::new().go(-1),
            Self::Otherwise(go) => go.emit(()),
        }
    }
}

thread_local! {
    /// The page that wants to be asked before it is left.
    static GUARD: RefCell<Option<MayLeave>> = const { RefCell::new(None) };
}

/// Path and query as they stand in the address bar.
pub fn current() -> String {
    let location = BrowserHistory::new().location();
    format!("{}{}", location.path(), location.query_str())
}

/// Goes to a path of the app, with its query.
pub fn push(path: &str) {
    BrowserHistory::new().push(path.to_owned());
}

/// Goes there in place of where we are.
pub fn replace(path: &str) {
    BrowserHistory::new().replace(path.to_owned());
}

/// Follows links inside the app as long as it lives.
#[derive(Debug)]
pub struct Following {
    _listener: Option<EventListener>,
}

/// From now on a plain link to a page of the app changes the address alone, if the page that is shown may be left.
pub fn follow_links() -> Following {
    let options = EventListenerOptions::enable_prevent_default();
    let listener = web_sys::window().map(|window| {
        EventListener::new_with_options(&window, "click", options, |event| {
            let Some(path) = event.dyn_ref::<MouseEvent>().and_then(inside) else {
                return;
            };
            event.prevent_default();
            leave(Onward::To(path));
        })
    });
    Following {
        _listener: listener,
    }
}

/// Where a click leads to, if that is a page of the app, to be shown here.
fn inside(click: &MouseEvent) -> Option<String> {
    let is_plain = click.button() == 0
        && !(click.meta_key() || click.ctrl_key() || click.shift_key() || click.alt_key());
    if !is_plain || click.default_prevented() {
        return None;
    }
    let link = click
        .target()?
        .dyn_into::<Element>()
        .ok()?
        .closest("a[href]")
        .ok()??;
    let link = link.dyn_into::<HtmlAnchorElement>().ok()?;
    let here = web_sys::window()?.location();
    let is_page = here.origin().ok()? == link.origin()
        && link.target().is_empty()
        && !link.has_attribute("download")
        && link.hash().is_empty()
        && !link.pathname().starts_with("/api/");
    is_page.then(|| format!("{}{}", link.pathname(), link.search()))
}

/// Leaves the page, if it may be left; if not, it goes on once it may.
pub fn leave(onward: Onward) {
    let guard = GUARD.with(|guard| guard.borrow().clone());
    if guard.is_none_or(|may_leave| may_leave(onward.clone())) {
        onward.go();
    }
}

/// Asks before the page is left, as long as it lives.
#[derive(Debug)]
pub struct Guarding {
    _listeners: Vec<EventListener>,
}

impl Drop for Guarding {
    fn drop(&mut self) {
        GUARD.with(|guard| guard.take());
    }
}

/// Lets nobody leave the page unasked: not by a link, not by Back, and not by closing the tab.
pub fn guard(tell: Callback<Onward>) -> Guarding {
    let asked = tell.clone();
    let may_leave: MayLeave = Rc::new(move |onward| {
        asked.emit(onward);
        false
    });
    GUARD.with(|guard| guard.replace(Some(may_leave)));
    let Some(window) = web_sys::window() else {
        return Guarding {
            _listeners: Vec::new(),
        };
    };
    let close = EventListener::new_with_options(
        &window,
        "beforeunload",
        EventListenerOptions::enable_prevent_default(),
        |event| event.prevent_default(),
    );
    let here = current();
    // Before the router hears of it. The address has changed already, so it is put back.
    let back = EventListener::new_with_options(
        &window,
        "popstate",
        EventListenerOptions::run_in_capture_phase(),
        move |event| {
            event.stop_immediate_propagation();
            if let Some(history) = web_sys::window().and_then(|window| window.history().ok()) {
                let _ = history.push_state_with_url(&wasm_bindgen::JsValue::NULL, "", Some(&here));
            }
            tell.emit(Onward::Back);
        },
    );
    Guarding {
        _listeners: vec![close, back],
    }
}
