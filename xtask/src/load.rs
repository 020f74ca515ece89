//! Load on a running Worker, made by a program of its own (`tests/load`): whoever only builds and runs the project need not
//! compile an HTTP client.

use std::process::Command;

use crate::build::{self, Flavour};
use crate::error::{Error, Result};
use crate::process::show;
use crate::project::Project;
use crate::setup;

/// The crate that makes it.
const LOAD: &str = "captain-load";

/// Builds our Worker and the peer, and measures one beside the other.
pub fn beside_peer(project: &Project, options: &[String]) -> Result<()> {
    let tools = setup::for_build(project)?;
    build::worker::build(project, &tools, Flavour::Release)?;
    build::peer::build(project)?;
    run(project, "peer", options)
}

/// Builds our Worker, and measures what a turn adds to a model's own first words.
pub fn first_token(project: &Project, options: &[String]) -> Result<()> {
    let tools = setup::for_build(project)?;
    build::worker::build(project, &tools, Flavour::Release)?;
    run(project, "first-token", options)
}

/// Builds what runs, and puts load on it until it hurts.
pub fn torture(project: &Project, options: &[String]) -> Result<()> {
    let tools = setup::for_build(project)?;
    build::all(project, &tools, Flavour::Release)?;
    run(project, "torture", options)
}

fn run(project: &Project, command: &str, options: &[String]) -> Result<()> {
    let mut load = Command::new("cargo");
    load.args(["run", "--quiet", "--package", LOAD, "--", command])
        .args(options)
        .current_dir(project.root());
    let (status, _) = show(load, |_| false)?;
    if status.success() {
        Ok(())
    } else {
        Err(Error::LoadFailed {
            command: command.to_owned(),
        })
    }
}
