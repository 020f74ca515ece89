//! `wasm-bindgen` and `worker-build`, at the versions of the libraries they serve.

use std::path::PathBuf;
use std::process::Command;

use super::{answers, locked_version};
use crate::error::{Error, Result};
use crate::process::Job;
use crate::project::Project;
use crate::say::Step;

/// The Rust build tools.
#[derive(Debug)]
pub struct RustTools {
    /// Makes the JavaScript side of a wasm module.
    pub wasm_bindgen: PathBuf,
    /// Turns the edge crate into what the runtime loads.
    pub worker_build: PathBuf,
}

/// Finds the tools in the cache, or compiles them into it (a few minutes, once per version).
pub fn ensure(project: &Project) -> Result<RustTools> {
    // The CLI must equal the library's version exactly; worker-build follows the worker crate's.
    Ok(RustTools {
        wasm_bindgen: tool(
            project,
            "wasm-bindgen-cli",
            "wasm-bindgen",
            "wasm-bindgen",
            "writes the JavaScript side of a wasm module",
        )?,
        worker_build: tool(
            project,
            "worker-build",
            "worker-build",
            "worker",
            "packs the Worker for the runtime",
        )?,
    })
}

/// `package` brings `program`; its version is that of `library` in the lock file.
fn tool(
    project: &Project,
    package: &str,
    program: &str,
    library: &str,
    why: &str,
) -> Result<PathBuf> {
    let version = locked_version(project, library)?;
    let home = project.tools().join(format!("{package}-{version}"));
    let file = home.join("bin").join(program);
    if file.is_file() && answers(&file) {
        return Ok(file);
    }
    let label = format!("Compiling {package} {version}");
    let step = Step::begin(&label, why);
    // A debug build is ready in a quarter of the time and quick enough for what it does; its debug information would
    // only fill the disk. Both tools share one build folder, because they share most of what they are made of.
    let build = project.tools().join("build");
    Job {
        what: &label,
        mend: "see that this machine reaches crates.io and has a C compiler (`apt install build-essential`), then run the command again.",
        logs: project.scratch().join("logs"),
        limit: None,
    }
    .run(
        &step,
        Command::new("cargo")
            .args(["install", "--debug", package, "--version", &version, "--force", "--root"])
            .arg(&home)
            .env("CARGO_TARGET_DIR", &build)
            .env("CARGO_PROFILE_DEV_DEBUG", "0")
            // The workspace's folder would bring its .cargo/config.toml along.
            .current_dir(std::env::temp_dir()),
    )?;
    if library == "worker" {
        // The last of the two: what they were built from is of no more use.
        std::fs::remove_dir_all(&build).map_err(Error::file(&build))?;
    }
    step.done();
    Ok(file)
}
