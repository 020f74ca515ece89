//! What the browser tells of itself.

use super::page::{is_online, is_visible};
use gloo::events::EventListener;
use web_sys::StorageEvent;
use yew::Callback;

use wasm_bindgen::JsCast;

/// Listens as long as it lives.
#[derive(Debug)]
pub struct Listening {
    _listeners: Vec<EventListener>,
}

impl Listening {
    /// Keeps listeners of another place.
    pub(super) fn of(listeners: Vec<EventListener>) -> Self {
        Self {
            _listeners: listeners,
        }
    }
}

/// Tells when the network goes or comes.
pub fn on_network(tell: Callback<bool>) -> Listening {
    let Some(window) = web_sys::window() else {
        return Listening {
            _listeners: Vec::new(),
        };
    };
    let listen = |name: &'static str| {
        let tell = tell.clone();
        EventListener::new(&window, name, move |_| tell.emit(is_online()))
    };
    Listening {
        _listeners: vec![listen("online"), listen("offline")],
    }
}

/// Tells when the page is hidden or seen.
pub fn on_visibility(tell: Callback<bool>) -> Listening {
    let Some(document) = web_sys::window().and_then(|window| window.document()) else {
        return Listening {
            _listeners: Vec::new(),
        };
    };
    let shown = tell.clone();
    let mut listeners = vec![EventListener::new(
        &document,
        "visibilitychange",
        move |_| {
            tell.emit(is_visible());
        },
    )];
    if let Some(window) = web_sys::window() {
        // A page that comes back from the browser's back/forward cache was hidden all the while.
        listeners.push(EventListener::new(&window, "pageshow", move |_| {
            shown.emit(is_visible())
        }));
    }
    Listening {
        _listeners: listeners,
    }
}

/// Tells when another tab removes the value kept under a key.
pub fn on_removed_elsewhere(key: &'static str, tell: Callback<()>) -> Listening {
    let Some(window) = web_sys::window() else {
        return Listening {
            _listeners: Vec::new(),
        };
    };
    let listener = EventListener::new(&window, "storage", move |event| {
        let Some(event) = event.dyn_ref::<StorageEvent>() else {
            return;
        };
        if event.key().as_deref() == Some(key) && event.new_value().is_none() {
            tell.emit(());
        }
    });
    Listening {
        _listeners: vec![listener],
    }
}
