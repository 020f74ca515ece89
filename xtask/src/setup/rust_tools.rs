//! `wasm-bindgen` and `worker-build`, at the versions of the libraries they serve, and `wasm-split-cli`.

use std::path::PathBuf;
use std::process::Command;

use super::locked_version;
use crate::error::{Error, Result};
use crate::process::{Job, answer};
use crate::project::Project;
use crate::say::Step;

/// The version of the tool that cuts the app into parts. It reads what any version of its library marks, and has numbers of
/// its own.
const WASM_SPLIT: &str = "0.2.4";

/// The Rust build tools.
#[derive(Debug)]
pub struct RustTools {
    /// Cuts the app's wasm into the parts that are downloaded on their own.
    pub wasm_split: PathBuf,
    /// Makes the JavaScript side of a wasm module.
    pub wasm_bindgen: PathBuf,
    /// Turns the edge crate into what the runtime loads.
    pub worker_build: PathBuf,
}

/// A tool that crates.io has.
struct Tool {
    package: &'static str,
    program: &'static str,
    version: String,
    features: &'static [&'static str],
    /// What every copy that works can be asked.
    question: &'static str,
    why: &'static str,
}

/// Finds the tools in the cache, or compiles them into it (a few minutes, once per version).
pub fn ensure(project: &Project) -> Result<RustTools> {
    let tools = RustTools {
        wasm_split: Tool {
            package: "wasm_split_cli_support",
            program: "wasm-split-cli",
            version: WASM_SPLIT.to_owned(),
            features: &["--features", "build-binary"],
            question: "--help",
            why: "cuts the app into parts that are downloaded when they are needed",
        }
        .ensure(project)?,
        // The CLI must equal the library's version exactly; worker-build follows the worker crate's.
        wasm_bindgen: Tool {
            package: "wasm-bindgen-cli",
            program: "wasm-bindgen",
            version: locked_version(project, "wasm-bindgen")?,
            features: &[],
            question: "--version",
            why: "writes the JavaScript side of a wasm module",
        }
        .ensure(project)?,
        worker_build: Tool {
            package: "worker-build",
            program: "worker-build",
            version: locked_version(project, "worker")?,
            features: &[],
            question: "--version",
            why: "packs the Worker for the runtime",
        }
        .ensure(project)?,
    };
    let build = build_folder(project);
    if build.exists() {
        // All are there: what they were built from is of no more use.
        std::fs::remove_dir_all(&build).map_err(Error::file(&build))?;
    }
    Ok(tools)
}

/// The tools share one build folder, because they share much of what they are made of.
fn build_folder(project: &Project) -> PathBuf {
    project.tools().join("build")
}

impl Tool {
    fn ensure(&self, project: &Project) -> Result<PathBuf> {
        let (package, version) = (self.package, &self.version);
        let home = project.tools().join(format!("{package}-{version}"));
        let file = home.join("bin").join(self.program);
        if file.is_file() && answer(Command::new(&file).arg(self.question)).is_some() {
            return Ok(file);
        }
        let label = format!("Compiling {package} {version}");
        let step = Step::begin(&label, self.why);
        Job {
            what: &label,
            mend: "see that this machine reaches crates.io and has a C compiler (`apt install build-essential`), then run the command again.",
            logs: project.scratch().join("logs"),
            limit: None,
        }
        .run(
            &step,
            // A debug build is ready in a quarter of the time and quick enough for what it does; its debug information would
            // only fill the disk.
            Command::new("cargo")
                .args(["install", "--debug", package, "--version", version, "--force", "--root"])
                .arg(&home)
                .args(self.features)
                .env("CARGO_TARGET_DIR", build_folder(project))
                .env("CARGO_PROFILE_DEV_DEBUG", "0")
                // The workspace's folder would bring its .cargo/config.toml along.
                .current_dir(std::env::temp_dir()),
        )?;
        step.done();
        Ok(file)
    }
}
