//! Builds what runs: the Worker and the app, each in two flavours, and beside the app what the API says of itself.

pub mod api_docs;
pub mod app;
mod offline;
mod parts;
pub mod peer;
pub mod worker;

use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::error::{Error, Result};
use crate::process::Job;
use crate::project::Project;
use crate::say::{self, Step};
use crate::setup::{Tools, npm};
use crate::stamp::Inputs;

/// How much a build is optimised, and where it goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Flavour {
    /// Quick to build, for `dev`; lives under cargo's output folder.
    Quick,
    /// What is deployed, measured and tested; lives where wrangler.toml names it.
    Release,
}

impl Flavour {
    fn name(self) -> &'static str {
        match self {
            Self::Quick => "quick",
            Self::Release => "release",
        }
    }
}

/// What a build leaves behind.
#[derive(Debug, Clone)]
pub struct Built {
    /// The Worker's entry module.
    pub worker: PathBuf,
    /// The folder of static files.
    pub app: PathBuf,
}

impl Built {
    /// Where a release build is, without building it: for those who run under `cargo xtask test`, which has built it.
    pub fn release(project: &Project) -> Self {
        Self {
            worker: worker::entry(project, Flavour::Release),
            app: app::folder(project, Flavour::Release),
        }
    }

    /// Fails when there is nothing to run.
    pub(crate) fn is_there(&self) -> Result<()> {
        if self.worker.is_file() && self.app.join("index.html").is_file() {
            return Ok(());
        }
        Err(Error::Missing {
            program: "The built Worker or app",
            needed_for: "it is what runs",
            mend: "build both with `cargo xtask build --release`.".to_owned(),
        })
    }
}

/// Builds both, skipping what is up to date.
pub fn all(project: &Project, tools: &Tools, flavour: Flavour) -> Result<Built> {
    let worker = worker::build(project, tools, flavour)?;
    let app = app::build(project, tools, flavour)?;
    Ok(Built { worker, app })
}

/// A cargo command that compiles to wasm, into its own target folder.
pub fn wasm_cargo(project: &Project, tools: &Tools) -> Result<Command> {
    let mut command = Command::new("cargo");
    prepare(project, tools, &mut command)?;
    Ok(command)
}

/// Gives a build program the wasm toolchain, the npm tools and the wasm target folder.
fn prepare(project: &Project, tools: &Tools, command: &mut Command) -> Result<()> {
    let path = npm::path_with_tools(project)?;
    tools.wasm.apply(command, &path)?;
    command
        .current_dir(project.root())
        .env("CARGO_TARGET_DIR", project.wasm_target());
    Ok(())
}

/// Makes a wasm module small to download: light on optimising, functions of a kind side by side, then without their names.
///
/// Measured on the Worker, gzip: `-O1 -s 2` 985 kB, `-Oz` 1,151 kB: the higher levels save bytes but shuffle locals so that what
/// is left compresses worse. Sorted by name, 940 kB: what a generic function became for each type stands together, within reach
/// of gzip's window.
fn shrink(project: &Project, step: &Step, wasm: &Path) -> Result<()> {
    let sorted = [
        "-g",
        "-O1",
        "--shrink-level",
        "2",
        "--reorder-functions-by-name",
    ];
    wasm_opt(project, step, wasm, &sorted)?;
    wasm_opt(project, step, wasm, &["--strip-debug"])
}

/// Runs wasm-opt over a module, in place. Of wasm's features it may use what rustc emits for this target by default and what
/// wasm-bindgen adds, nothing newer.
fn wasm_opt(project: &Project, step: &Step, wasm: &Path, passes: &[&str]) -> Result<()> {
    let features = [
        "bulk-memory",
        "exception-handling",
        "multivalue",
        "mutable-globals",
        "nontrapping-float-to-int",
        "reference-types",
        "sign-ext",
    ];
    let small = wasm.with_extension("small");
    let mut command = npm::node(project, "binaryen/bin/wasm-opt");
    command
        .args(features.map(|feature| format!("--enable-{feature}")))
        .args(passes)
        .arg(wasm)
        .arg("-o")
        .arg(&small);
    Job {
        what: "Shrinking the wasm",
        mend: "mend the error above, then run the command again.",
        logs: project.scratch().join("logs"),
        limit: None,
    }
    .run(step, &mut command)?;
    std::fs::rename(&small, wasm).map_err(Error::file(&small))
}

/// What both builds depend on: manifests, the toolchain, the npm tools, and the steps themselves.
fn common_inputs(project: &Project, tools: &Tools, flavour: Flavour) -> Result<Inputs> {
    Inputs::default()
        .fact(flavour.name())
        .fact(&tools.wasm.describe())
        .fact(&std::env::var("RUSTFLAGS").unwrap_or_default())
        .files(&project.path("Cargo.toml"), &[])?
        .files(&project.path("Cargo.lock"), &[])?
        .files(&project.path("package-lock.json"), &[])?
        .files(&project.path("xtask/src/build"), &[])
}

/// Holds the build lock: two runs that build at once take turns instead of mixing their output.
fn lock(project: &Project) -> Result<File> {
    let folder = project.scratch();
    std::fs::create_dir_all(&folder).map_err(Error::file(&folder))?;
    let path = folder.join("build.lock");
    let file = File::create(&path).map_err(Error::file(&path))?;
    if file.try_lock().is_err() {
        say::line("Another build is running; waiting for it.");
        file.lock().map_err(Error::file(&path))?;
    }
    Ok(file)
}
