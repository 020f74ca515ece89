//! A newer version of the app than the one that runs. `assets/offline.js` finds it, and this speaks with that by events.

use super::events::Listening;
use gloo::events::EventListener;
use web_sys::{Document, Event};
use yew::Callback;

/// Said when a newer version is there; from then on the page's root carries [`MARK`].
const READY: &str = "captain:new-version";
/// Says that it is wanted: the page is loaded anew with it.
const WANTED: &str = "captain:renew";
const MARK: &str = "data-new-version";

fn document() -> Option<Document> {
    web_sys::window()?.document()
}

/// Whether a newer version is on the device.
pub fn is_newer_ready() -> bool {
    document()
        .and_then(|document| document.document_element())
        .is_some_and(|root| root.has_attribute(MARK))
}

/// Tells when one comes.
pub fn on_newer(tell: Callback<()>) -> Listening {
    let listener =
        document().map(|document| EventListener::new(&document, READY, move |_| tell.emit(())));
    Listening::of(listener.into_iter().collect())
}

/// Loads it.
pub fn take_newer() {
    if let (Some(document), Ok(wanted)) = (document(), Event::new(WANTED)) {
        // Nobody cancels it.
        let _ = document.dispatch_event(&wanted);
    }
}
