//! Light or dark, as this device's user chose it. `boot.js` applies the choice before the app is there.

use super::page::root;
use super::storage;
use serde::{Deserialize, Serialize};

/// Where the choice is kept; `boot.js` reads it too.
const KEY: &str = "captain.theme";

/// How the app looks.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Theme {
    /// As the device.
    #[default]
    System,
    /// Light.
    Light,
    /// Dark.
    Dark,
}

/// What was chosen on this device.
pub fn chosen() -> Theme {
    storage::read(KEY).unwrap_or_default()
}

/// Chooses, and shows it at once.
pub fn choose(theme: Theme) {
    let scheme = match theme {
        Theme::System => None,
        Theme::Light => Some("light"),
        Theme::Dark => Some("dark"),
    };
    if let Some(root) = root() {
        // The colours follow `color-scheme`: they are all written as light-dark().
        let style = root.style();
        let _ = match scheme {
            Some(scheme) => style.set_property("color-scheme", scheme),
            None => style.remove_property("color-scheme").map(drop),
        };
    }
    storage::write(KEY, &theme);
}
