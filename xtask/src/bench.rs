//! `cargo xtask bench`: the numbers the project answers for.

use std::time::Instant;

use crate::agreement;
use crate::build::{self, Flavour};
use crate::data::Data;
use crate::error::Result;
use crate::project::Project;
use crate::say;
use crate::setup;
use crate::size_budget;
use crate::workerd::vars::Vars;
use crate::workerd::{Log, Workerd, free_port};

/// Prints how far the built-in coach agrees with a trainer, what was built and how quickly it starts.
pub fn run(project: &Project) -> Result<()> {
    agreement::print(project)?;
    let tools = setup::for_build(project)?;
    let built = build::all(project, &tools, Flavour::Release)?;
    let data = Data::open(&project.scratch().join("bench-data"))?;
    data.prepare(project)?;
    let started = Instant::now();
    let workerd = Workerd::start(
        project,
        &built,
        data,
        free_port()?,
        &Vars::default(),
        Log::File,
    )?;
    let start = started.elapsed();
    workerd.stop();
    println!("  Local start to health      {}", say::duration(start));
    size_budget::check(&size_budget::measure(&built)?)
}
