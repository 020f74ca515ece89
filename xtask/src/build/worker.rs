//! The Worker: the edge crate, compiled to wasm and packed by worker-build.

use std::path::PathBuf;
use std::process::Command;

use super::{Flavour, common_inputs, lock, prepare, shrink};
use crate::error::Result;
use crate::process::Job;
use crate::project::Project;
use crate::say::Step;
use crate::setup::Tools;
use crate::stamp::Stamp;

/// The entry module a build of this flavour writes.
pub fn entry(project: &Project, flavour: Flavour) -> PathBuf {
    match flavour {
        Flavour::Release => project.path("workers/edge/build/index.js"),
        Flavour::Quick => project.scratch().join("worker/index.js"),
    }
}

/// Builds the Worker unless it is up to date, and gives its entry module.
pub fn build(project: &Project, tools: &Tools, flavour: Flavour) -> Result<PathBuf> {
    let _turn = lock(project)?;
    // The scenarios are compiled into the Worker.
    let inputs = common_inputs(project, tools, flavour)?
        .files(&project.path("workers"), &["build", "tests", "migrations"])?
        .files(&project.path("scenarios"), &[])?;
    let stamp = Stamp::new(
        project
            .scratch()
            .join(format!("stamps/worker-{}", flavour.name())),
        inputs,
    );
    let entry = entry(project, flavour);
    if stamp.is_fresh() && entry.is_file() {
        return Ok(entry);
    }
    stamp.clear();
    let label = format!("Building the Worker ({})", flavour.name());
    let step = Step::begin(&label, "Rust to wasm, packed for the runtime");
    let mut command = Command::new(&tools.rust.worker_build);
    prepare(project, tools, &mut command)?;
    command.arg("--out-dir").arg(entry.with_file_name(""));
    match flavour {
        Flavour::Release => command.arg("--release"),
        Flavour::Quick => command.args(["--profile", "quick"]),
    };
    // Its own wasm-opt run always keeps the names of functions, a tenth of the download; ours does not.
    command.arg("--no-opt");
    // Without these, worker-build would download the same tools again from elsewhere.
    command
        .env("WASM_BINDGEN_BIN", &tools.rust.wasm_bindgen)
        .env("ESBUILD_BIN", project.npm_bin("esbuild"))
        .current_dir(project.path("workers/edge"));
    Job {
        what: &label,
        mend: "mend the error above, then run the command again.",
        logs: project.scratch().join("logs"),
        limit: None,
    }
    .run(&step, &mut command)?;
    if flavour == Flavour::Release {
        shrink(project, &step, &entry.with_file_name("index_bg.wasm"))?;
    }
    stamp.set()?;
    step.done();
    Ok(entry)
}
