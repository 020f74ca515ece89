//! The npm tools of package.json: wrangler (with workerd), esbuild, binaryen, Tailwind, Playwright, and a Node new enough
//! for wrangler.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::error::{Error, Result};
use crate::process::Job;
use crate::project::Project;
use crate::say::Step;
use crate::stamp::{Inputs, Stamp};

/// Installs the locked npm packages unless they are installed already.
pub fn ensure(project: &Project) -> Result<()> {
    install(
        project,
        project.root(),
        "Installing the npm tools",
        "wrangler and workerd run the Worker; esbuild, binaryen and Tailwind build; Playwright tests",
    )
}

/// Installs the servers that speak as providers of models do, and gives the folder of their packages.
pub fn ensure_peers(project: &Project) -> Result<PathBuf> {
    ensure(project)?;
    let folder = project.path("tests/peers");
    install(
        project,
        &folder,
        "Installing aimock and steady",
        "they speak as providers of models do",
    )?;
    Ok(folder.join("node_modules"))
}

/// Installs what the peer in `bench/` is made of, and what measures pages.
pub fn ensure_bench(project: &Project) -> Result<()> {
    ensure(project)?;
    install(
        project,
        &project.path("bench"),
        "Installing the npm packages of `bench/`",
        "Hono, zod and an Argon2 in wasm, to measure our Worker beside; Lighthouse, to measure pages",
    )
}

/// Installs a folder's locked packages, without their install scripts: every tool here brings its program as an ordinary
/// per-platform package.
fn install(project: &Project, folder: &Path, what: &str, why: &str) -> Result<()> {
    let inputs = Inputs::default().files(&folder.join("package-lock.json"), &[])?;
    // npm empties node_modules before it installs, so a stamp inside can never outlive what it speaks of.
    let stamp = Stamp::new(folder.join("node_modules/.sales-captain"), inputs);
    if stamp.is_fresh() {
        return Ok(());
    }
    let step = Step::begin(what, why);
    Job {
        what,
        mend: "see that this machine reaches the npm registry (`npm ping`), then run the command again.",
        logs: project.scratch().join("logs"),
        limit: None,
    }
    .run(&step, Command::new("npm").args(["ci", "--ignore-scripts", "--no-audit", "--no-fund"]).current_dir(folder))?;
    stamp.set()?;
    step.done();
    Ok(())
}

/// A command that runs an npm tool's script under the project's own Node.
pub fn node(project: &Project, script: &str) -> Command {
    node_with(project, None, script)
}

/// The same, with a module that Node loads before the script.
pub fn node_with(project: &Project, first: Option<&Path>, script: &str) -> Command {
    node_script(project, first, &project.path("node_modules").join(script))
}

/// A command that runs a script of ours under the project's own Node, with a module that Node loads before it.
pub fn node_script(project: &Project, first: Option<&Path>, script: &Path) -> Command {
    let mut command = Command::new(project.npm_bin("node"));
    command.arg("--no-warnings").current_dir(project.root());
    if let Some(first) = first {
        command.arg("--require").arg(first);
    }
    command.arg(script);
    quiet_wrangler(&mut command);
    command
}

/// The PATH with the npm tools first, for programs that look there for `node`.
pub fn path_with_tools(project: &Project) -> Result<std::ffi::OsString> {
    let old = std::env::var_os("PATH").unwrap_or_default();
    let folders =
        std::iter::once(project.path("node_modules/.bin")).chain(std::env::split_paths(&old));
    std::env::join_paths(folders).map_err(|why| Error::BadFile {
        path: project.path("node_modules/.bin"),
        why: why.to_string(),
        mend: "move the project to a folder without `:` in its name.".to_owned(),
    })
}

/// Wrangler neither phones home nor asks.
fn quiet_wrangler(command: &mut Command) {
    command.envs([
        ("WRANGLER_SEND_METRICS", "false"),
        ("WRANGLER_SEND_ERROR_REPORTS", "false"),
        ("CLOUDFLARE_CF_FETCH_ENABLED", "false"),
        ("NO_UPDATE_NOTIFIER", "1"),
        ("CI", "1"),
    ]);
}
