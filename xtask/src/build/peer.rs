//! The peer in `bench/`: bundled for the runtime, to be measured beside our Worker.

use std::path::PathBuf;
use std::process::Command;

use crate::error::{Error, Result};
use crate::process::Job;
use crate::project::Project;
use crate::say::Step;
use crate::setup::npm;

/// The modules a build writes, the entry first.
pub fn modules(project: &Project) -> Vec<PathBuf> {
    ["index.js", "argon2.wasm"]
        .map(|name| project.path("bench/build").join(name))
        .to_vec()
}

/// The configuration it runs by.
pub fn config(project: &Project) -> PathBuf {
    project.path("bench/wrangler.toml")
}

/// Installs what the peer is made of, checks its types and bundles it; it takes a second or two.
pub fn build(project: &Project) -> Result<()> {
    npm::ensure_bench(project)?;
    let step = Step::begin("Building the peer", "");
    let job = Job {
        what: "Building the peer",
        mend: "mend the error above, then run the command again.",
        logs: project.scratch().join("logs"),
        limit: None,
    };
    let mut types = Command::new(project.npm_bin("node"));
    types
        .arg(project.path("bench/node_modules/typescript/bin/tsc"))
        .args(["--noEmit", "--project"])
        .arg(project.path("bench"));
    job.run(&step, &mut types)?;
    let old = project.path("bench/build");
    if old.exists() {
        std::fs::remove_dir_all(&old).map_err(Error::file(&old))?;
    }
    let mut bundle = Command::new(project.npm_bin("esbuild"));
    bundle.current_dir(project.path("bench")).args([
        "src/index.ts",
        "--bundle",
        "--minify",
        "--format=esm",
        "--target=es2024",
        "--conditions=workerd,worker,browser",
        "--external:cloudflare:*",
        "--loader:.wasm=copy",
        "--asset-names=[name]",
        "--outdir=build",
        "--log-level=warning",
    ]);
    job.run(&step, &mut bundle)?;
    step.done();
    Ok(())
}
