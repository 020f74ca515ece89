//! A Chromium for the browser tests: the user's own, or Debian's.

use std::path::PathBuf;

use super::{debian, on_path};
use crate::error::{Error, Result};
use crate::project::Project;
use crate::say::Step;

/// Names a Chromium goes by on the PATH.
const NAMES: [&str; 5] = [
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
];
/// Where macOS keeps it.
const MACOS: &str = "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome";
/// The browser and a font with the emoji that screens show.
const DEBIAN_PACKAGES: [&str; 2] = ["chromium", "fonts-noto-color-emoji"];

/// Finds a browser (`CHROME_BIN` first), or installs Debian's.
pub fn ensure(project: &Project) -> Result<PathBuf> {
    if let Some(found) = find() {
        return Ok(found);
    }
    if debian::can_install() {
        let step = Step::begin("Installing Chromium", "the browser tests drive it");
        debian::install(project, &step, &DEBIAN_PACKAGES)?;
        step.done();
    }
    find().ok_or_else(|| Error::Missing {
        program: "Chromium",
        needed_for: "the browser tests drive it",
        mend: format!(
            "install it (`{}`, or Google Chrome), or set CHROME_BIN to the browser's program.",
            debian::by_hand(&DEBIAN_PACKAGES)
        ),
    })
}

fn find() -> Option<PathBuf> {
    let named = std::env::var_os("CHROME_BIN")
        .map(PathBuf::from)
        .filter(|file| file.is_file());
    let macos = || Some(PathBuf::from(MACOS)).filter(|file| file.is_file());
    named
        .or_else(|| NAMES.iter().find_map(|name| on_path(name)))
        .or_else(macos)
}
