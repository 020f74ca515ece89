//! The language of the screen, as it was chosen on this device. `boot.js` reads the choice too, and asks for the words at once.

use super::page::root;
use super::storage;
use crate::words::{self, Catalogue};
use domain::language::Language;
use gloo::net::http::Request;
use std::cell::{Cell, RefCell};
use yew::Callback;

/// Where the choice is kept; `boot.js` reads it too.
const KEY: &str = "captain.language";

thread_local! {
    /// Who draws the screen anew.
    static DRAW: RefCell<Option<Callback<()>>> = const { RefCell::new(None) };
    /// What was downloaded once.
    static HINDI: Cell<Option<&'static Catalogue>> = const { Cell::new(None) };
    /// It was chosen by somebody who had not logged in yet.
    static CHOSEN_BY_STRANGER: Cell<bool> = const { Cell::new(false) };
}

/// Does this in the language that was chosen on this device: at once, or when its words are there; in English if they can't be had.
pub fn begin(then: impl FnOnce() + 'static) {
    match storage::read(KEY).unwrap_or_default() {
        Language::English => then(),
        other => wasm_bindgen_futures::spawn_local(async move {
            change(other).await;
            then();
        }),
    }
}

/// Tells who draws the screen when its language changes.
pub fn on_change(draw: Callback<()>) {
    DRAW.replace(Some(draw));
}

/// Chooses a language for this device and shows it; `false` if its words can't be had now. The next start tries again.
pub async fn choose(language: Language) -> bool {
    storage::write(KEY, &language);
    if language == words::language() {
        return true;
    }
    let is_there = change(language).await;
    let draw = DRAW.with(|draw| draw.borrow().clone());
    if let Some(draw) = draw.filter(|_| is_there) {
        draw.emit(());
    }
    is_there
}

/// Chooses a language before somebody logs in: it becomes theirs with the log-in.
pub async fn choose_as_stranger(language: Language) -> bool {
    CHOSEN_BY_STRANGER.set(true);
    choose(language).await
}

/// What was chosen on the way to this log-in, once.
pub fn take_strangers_choice() -> Option<Language> {
    CHOSEN_BY_STRANGER.take().then(words::language)
}

async fn change(language: Language) -> bool {
    let words = match language {
        Language::English => None,
        Language::Hindi => match downloaded().await {
            None => return false,
            words => words,
        },
    };
    words::speak(language, words);
    if let Some(root) = root() {
        // The name of an attribute is never refused.
        let _ = root.set_attribute("lang", language.as_str());
    }
    true
}

/// The words of Hindi; the page names their address.
async fn downloaded() -> Option<&'static Catalogue> {
    if let Some(words) = HINDI.get() {
        return Some(words);
    }
    let page = web_sys::window()?.document()?;
    let address = page
        .query_selector("meta[name='words-hi']")
        .ok()??
        .get_attribute("content")?;
    let answer = Request::get(&address).send().await.ok()?;
    // An address that is gone is answered with the page itself.
    let is_page = answer
        .headers()
        .get("content-type")
        .is_some_and(|kind| kind.starts_with("text/html"));
    if !answer.ok() || is_page {
        return None;
    }
    let words: &'static Catalogue = Box::leak(Box::new(Catalogue::read(answer.text().await.ok()?)));
    HINDI.set(Some(words));
    Some(words)
}
