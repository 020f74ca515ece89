//! `cargo xtask gallery`: pictures of every page, to be looked at.

use crate::build::{self, Flavour};
use crate::error::{Error, Result};
use crate::process::show;
use crate::project::Project;
use crate::say;
use crate::setup::{self, browser, npm};
use crate::workerd::demo::Demo;

/// Takes a picture of each page for each role: on a phone and on a desk, light and dark, full, loading, failed and empty.
pub fn run(project: &Project) -> Result<()> {
    let tools = setup::for_build(project)?;
    let built = build::all(project, &tools, Flavour::Quick)?;
    let chromium = browser::ensure(project)?;
    let workerd = Demo::default().start(project, &built, "gallery-data")?;
    let pictures = project.path("target/gallery");
    let mut command = npm::node(project, "@playwright/test/cli.js");
    command
        .args(["test", "--config", "gallery"])
        .current_dir(project.path("tests/browser"))
        .env("CHROME_BIN", chromium)
        .env("BASE_URL", workerd.url())
        .env("GALLERY", &pictures);
    let (status, _) = show(command, |_| false)?;
    workerd.stop();
    say::line(&format!("The pictures are in {}", pictures.display()));
    if status.success() {
        Ok(())
    } else {
        Err(Error::LoadFailed {
            command: "gallery".to_owned(),
        })
    }
}
