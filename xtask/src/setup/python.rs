//! The Python tools of tests: schemathesis and openapi-spec-validator, which test the API against its own description, and
//! llmock, which speaks as providers of models do; each set in a virtual environment of its own.

use std::path::PathBuf;
use std::process::Command;

use super::{debian, on_path};
use crate::error::{Error, Result};
use crate::process::{Job, answer};
use crate::project::Project;
use crate::say::Step;
use crate::stamp::{Inputs, Stamp};

/// A set of tools.
#[derive(Debug, Clone, Copy)]
pub struct Set {
    /// Its main tool.
    name: &'static str,
    /// What that is for.
    why: &'static str,
    /// What is installed: exact versions of everything.
    requirements: &'static str,
}

/// What tests the API by its own description.
pub const SCHEMA: Set = Set {
    name: "schemathesis",
    why: "it tests the API by its own description",
    requirements: "tests/schema/requirements.txt",
};
/// What stands in for providers of models.
pub const PEERS: Set = Set {
    name: "llmock",
    why: "it speaks as providers of models do",
    requirements: "tests/peers/requirements.txt",
};
/// Python, and what makes a virtual environment with pip in it.
const DEBIAN_PACKAGES: [&str; 2] = ["python3", "python3-venv"];
/// Digits of the requirements' hash that tell environments apart.
const HASH_DIGITS: usize = 12;

/// Finds the environment in the cache, or installs it there (half a minute, once per set of versions), and gives its Python.
pub fn ensure(project: &Project, set: Set) -> Result<PathBuf> {
    let requirements = project.path(set.requirements);
    let inputs = || Inputs::default().files(&requirements, &[]);
    let hash: String = inputs()?.hash().chars().take(HASH_DIGITS).collect();
    let home = project.tools().join(format!("{}-{hash}", set.name));
    let python = home.join("bin/python");
    let stamp = Stamp::new(home.join(".sales-captain"), inputs()?);
    if stamp.is_fresh() && answer(Command::new(&python).arg("--version")).is_some() {
        return Ok(python);
    }
    let step = Step::begin(&format!("Installing {}", set.name), set.why);
    let job = |what| Job {
        what,
        mend: "see that this machine reaches PyPI (`pip download six`), then run the command again.",
        logs: project.scratch().join("logs"),
        limit: None,
    };
    if !makes_environments() && debian::can_install() {
        debian::install(project, &step, &DEBIAN_PACKAGES)?;
    }
    if !makes_environments() {
        return Err(Error::Missing {
            program: "Python 3.10 or newer with venv",
            needed_for: set.why,
            mend: format!("install it: `{}`.", debian::by_hand(&DEBIAN_PACKAGES)),
        });
    }
    job("Making a Python environment").run(
        &step,
        Command::new("python3")
            .args(["-m", "venv", "--clear"])
            .arg(&home),
    )?;
    job("Installing Python tools").run(
        &step,
        Command::new(&python)
            .args([
                "-m",
                "pip",
                "install",
                "--quiet",
                "--disable-pip-version-check",
            ])
            .arg("--requirement")
            .arg(&requirements),
    )?;
    stamp.set()?;
    step.done();
    Ok(python)
}

/// Debian brings Python without what puts pip into an environment.
fn makes_environments() -> bool {
    on_path("python3").is_some()
        && answer(Command::new("python3").args(["-c", "import ensurepip, venv"])).is_some()
}
