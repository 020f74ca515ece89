//! The Python tools that test the API against its own description: schemathesis and openapi-spec-validator, in a virtual
//! environment of their own.

use std::path::PathBuf;
use std::process::Command;

use super::{debian, on_path};
use crate::error::{Error, Result};
use crate::process::{Job, answer};
use crate::project::Project;
use crate::say::Step;
use crate::stamp::{Inputs, Stamp};

/// What is installed: exact versions of everything.
const REQUIREMENTS: &str = "tests/schema/requirements.txt";
/// Python, and what makes a virtual environment with pip in it.
const DEBIAN_PACKAGES: [&str; 2] = ["python3", "python3-venv"];
/// Digits of the requirements' hash that tell environments apart.
const HASH_DIGITS: usize = 12;

/// Finds the environment in the cache, or installs it there (half a minute, once per set of versions), and gives its Python.
pub fn ensure(project: &Project) -> Result<PathBuf> {
    let requirements = project.path(REQUIREMENTS);
    let inputs = || Inputs::default().files(&requirements, &[]);
    let hash: String = inputs()?.hash().chars().take(HASH_DIGITS).collect();
    let home = project.tools().join(format!("schema-tests-{hash}"));
    let python = home.join("bin/python");
    let stamp = Stamp::new(home.join(".sales-captain"), inputs()?);
    if stamp.is_fresh() && answer(Command::new(&python).arg("--version")).is_some() {
        return Ok(python);
    }
    let step = Step::begin(
        "Installing schemathesis",
        "it tests the API by its own description",
    );
    let job = |what| Job {
        what,
        mend: "see that this machine reaches PyPI (`pip download schemathesis`), then run the command again.",
        logs: project.scratch().join("logs"),
        limit: None,
    };
    if !makes_environments() && debian::can_install() {
        debian::install(project, &step, &DEBIAN_PACKAGES)?;
    }
    if !makes_environments() {
        return Err(Error::Missing {
            program: "Python 3.10 or newer with venv",
            needed_for: "schemathesis tests the API with it",
            mend: format!("install it: `{}`.", debian::by_hand(&DEBIAN_PACKAGES)),
        });
    }
    job("Making a Python environment").run(
        &step,
        Command::new("python3")
            .args(["-m", "venv", "--clear"])
            .arg(&home),
    )?;
    job("Installing schemathesis").run(
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
