//! The service worker, which keeps the app on the device: it is told what the app starts with, and what it downloads later.

use std::path::Path;

use sha2::{Digest, Sha256};

use crate::error::{Error, Result};
use crate::project::Project;
use crate::stamp::hex;

/// Where the script is served, and so how far it reaches: the whole site.
pub const SCRIPT: &str = "/sw.js";
/// What an installed app shows outside of itself, and what is no file of the app.
const NOT_KEPT: [&str; 3] = ["_headers", "OFL.txt", ".png"];

/// Writes the script into the folder of static files, which holds everything else of the app; `later` are the paths of what the
/// app's start does not need.
pub fn write(project: &Project, out: &Path, later: &[String]) -> Result<()> {
    let mut shell = Vec::new();
    let mut version = Sha256::new();
    for (path, content) in files(out, "")? {
        version.update(&path);
        version.update(content);
        if !later.contains(&path) && !NOT_KEPT.iter().any(|ending| path.ends_with(ending)) {
            shell.push(if path == "/index.html" {
                "/".to_owned()
            } else {
                path
            });
        }
    }
    let source = project.path("frontend/offline/sw.js");
    let script = std::fs::read_to_string(&source)
        .map_err(Error::file(&source))?
        .replace("{{version}}", &hex(&version.finalize()))
        .replace("{{shell}}", &shell.join("\", \""))
        .replace("{{later}}", &later.join("\", \""));
    let path = out.join(SCRIPT.trim_start_matches('/'));
    std::fs::write(&path, script).map_err(Error::file(path))
}

/// Every file below a folder by the path it is served at, sorted.
fn files(folder: &Path, at: &str) -> Result<Vec<(String, Vec<u8>)>> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder)
        .map_err(Error::file(folder))?
        .flatten()
    {
        let path = format!("{at}/{}", entry.file_name().to_string_lossy());
        if entry.path().is_dir() {
            found.extend(files(&entry.path(), &path)?);
        } else {
            let content = std::fs::read(entry.path()).map_err(Error::file(entry.path()))?;
            found.push((path, content));
        }
    }
    found.sort();
    Ok(found)
}
