//! The app's wasm, cut into the parts that are downloaded on their own: what everybody needs at once, and what only some need,
//! later. `frontend/src/parts.rs` says where it is cut.

use std::path::{Path, PathBuf};
use std::process::Command;

use super::{Flavour, prepare, shrink};
use crate::error::{Error, Result};
use crate::process::Job;
use crate::project::Project;
use crate::say::Step;
use crate::setup::Tools;

/// What the files are called before they get their hashed names.
const NAME: &str = "captain";

/// The app's code, ready to be named.
pub struct Parts {
    /// The bindings of the main part, and what fetches the others. It names them by their file names.
    pub js: PathBuf,
    /// What everybody needs at once.
    pub main: PathBuf,
    /// The others.
    pub later: Vec<PathBuf>,
}

/// Cuts the linked module, writes its JavaScript, and makes both small in a release. `work` is an empty folder.
pub fn make(
    project: &Project,
    tools: &Tools,
    flavour: Flavour,
    job: &Job,
    step: &Step,
    linked: &Path,
    work: &Path,
) -> Result<Parts> {
    cut(tools, job, step, linked, work)?;
    let cut_main = work.join(NAME).with_extension("wasm");
    bind(project, tools, job, step, &cut_main, work)?;
    std::fs::remove_file(&cut_main).map_err(Error::file(&cut_main))?;

    let main = work.join(format!("{NAME}_bg.wasm"));
    let later = later_parts(work, &main)?;
    if flavour == Flavour::Release {
        for part in std::iter::once(&main).chain(&later) {
            shrink(project, step, part)?;
        }
    }
    let js = work.join("joined").join(NAME).with_extension("js");
    join(
        project,
        flavour,
        job,
        step,
        &work.join(NAME).with_extension("js"),
        &js,
    )?;
    Ok(Parts { js, main, later })
}

/// Goes by what links to what: a function that only one part leads to stands in that part, one that several lead to in a part
/// they share, and whatever the start of the app leads to in the main part. Linked with `--emit-relocs`, a module says so.
fn cut(tools: &Tools, job: &Job, step: &Step, linked: &Path, work: &Path) -> Result<()> {
    let mut command = Command::new(&tools.rust.wasm_split);
    command.arg(linked).arg(work).args(["--out-name", NAME]);
    job.run(step, &mut command)
}

fn bind(
    project: &Project,
    tools: &Tools,
    job: &Job,
    step: &Step,
    main: &Path,
    work: &Path,
) -> Result<()> {
    let mut command = Command::new(&tools.rust.wasm_bindgen);
    prepare(project, tools, &mut command)?;
    command
        .args(["--target", "web", "--no-typescript"])
        // The page names the module.
        .arg("--omit-default-module-path")
        // The parts call each other through the table that the linker exports.
        .arg("--keep-lld-exports")
        .args(["--out-name", NAME, "--out-dir"])
        .arg(work)
        .arg(main);
    job.run(step, &mut command)
}

fn later_parts(work: &Path, main: &Path) -> Result<Vec<PathBuf>> {
    let mut parts: Vec<PathBuf> = std::fs::read_dir(work)
        .map_err(Error::file(work))?
        .flatten()
        .map(|entry| entry.path())
        .filter(|path| path.extension().is_some_and(|it| it == "wasm") && path != main)
        .collect();
    parts.sort();
    Ok(parts)
}

/// Joins the bindings, what fetches the parts, and JavaScript that crates bring along: the first two import each other, and
/// could not both be named by their content.
fn join(
    project: &Project,
    flavour: Flavour,
    job: &Job,
    step: &Step,
    bindings: &Path,
    joined: &Path,
) -> Result<()> {
    let mut command = Command::new(project.npm_bin("esbuild"));
    command
        .arg(bindings)
        .args(["--bundle", "--format=esm", "--log-level=warning"])
        // wasm-bindgen writes one import per function, of one and the same module.
        .arg("--log-override:duplicate-object-key=silent")
        .arg(format!("--outfile={}", joined.display()));
    if flavour == Flavour::Release {
        command.arg("--minify");
    }
    job.run(step, &mut command)
}
