//! What the API says of itself, as files beside the app's: the OpenAPI document and a page that shows it. They are served like
//! the app, so the Worker carries none of it.

use std::path::Path;

use crate::error::{Error, Result};
use crate::project::Project;

/// The page's own files; its HTML is at `/api/docs`, the others below.
const PAGE: &str = "workers/openapi/page";
/// The viewer's files that the page loads.
const VIEWER: [&str; 3] = [
    "swagger-ui-bundle.js",
    "swagger-ui-bundle.js.LICENSE.txt",
    "swagger-ui.css",
];

/// The document, as it is served.
pub fn document() -> String {
    captain_openapi::document().to_string()
}

/// Writes the document and the page into the folder of static files.
pub fn write(project: &Project, out: &Path) -> Result<()> {
    let docs = out.join("api/docs");
    std::fs::create_dir_all(&docs).map_err(Error::file(&docs))?;
    let openapi = out.join("api/openapi.json");
    std::fs::write(&openapi, document()).map_err(Error::file(&openapi))?;
    let page = project.path(PAGE);
    copy(&page.join("index.html"), &out.join("api/docs.html"))?;
    for file in ["page.js", "page.css"] {
        copy(&page.join(file), &docs.join(file))?;
    }
    let viewer = project.path("node_modules/swagger-ui-dist");
    for file in VIEWER {
        copy(&viewer.join(file), &docs.join(file))?;
    }
    Ok(())
}

fn copy(from: &Path, to: &Path) -> Result<()> {
    std::fs::copy(from, to).map_err(Error::file(from))?;
    Ok(())
}
