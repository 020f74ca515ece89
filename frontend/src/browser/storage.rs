//! What outlives a reload. A browser that keeps nothing (a private window, a full disk) is no error: then nothing is kept.

use gloo::storage::{LocalStorage, Storage};
use serde::Serialize;
use serde::de::DeserializeOwned;

/// The value kept under a key; anything unreadable counts as nothing.
pub fn read<T: DeserializeOwned>(key: &str) -> Option<T> {
    LocalStorage::get(key).ok()
}

/// Keeps a value, if the browser lets us.
pub fn write<T: Serialize>(key: &str, value: &T) {
    let _ = LocalStorage::set(key, value);
}

/// Forgets a value.
pub fn remove(key: &str) {
    LocalStorage::delete(key);
}

/// Forgets all values whose key begins so.
pub fn remove_all(prefix: &str) {
    let storage = LocalStorage::raw();
    let count = storage.length().unwrap_or(0);
    let keys: Vec<String> = (0..count)
        .filter_map(|index| storage.key(index).ok().flatten())
        .filter(|key| key.starts_with(prefix))
        .collect();
    for key in keys {
        LocalStorage::delete(key);
    }
}

/// The text kept under a key as long as this tab is open.
pub fn read_in_tab(key: &str) -> Option<String> {
    in_tab()?.get_item(key).ok().flatten()
}

/// Keeps a text for this tab alone, if the browser lets us.
pub fn write_in_tab(key: &str, text: &str) {
    if let Some(storage) = in_tab() {
        let _ = storage.set_item(key, text);
    }
}

/// Forgets a text of this tab.
pub fn remove_in_tab(key: &str) {
    if let Some(storage) = in_tab() {
        let _ = storage.remove_item(key);
    }
}

fn in_tab() -> Option<web_sys::Storage> {
    web_sys::window()?.session_storage().ok().flatten()
}
