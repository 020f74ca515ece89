//! `cargo xtask bench`: the numbers the project answers for.

use std::process::Command;
use std::time::Instant;

use crate::agreement;
use crate::build::{self, Flavour};
use crate::data::Data;
use crate::error::{Error, Result};
use crate::load;
use crate::process::show;
use crate::project::Project;
use crate::say;
use crate::setup::{self, browser, npm};
use crate::size_budget;
use crate::test;
use crate::workerd::demo::Demo;
use crate::workerd::vars::Vars;
use crate::workerd::{Log, Workerd, free_port};

/// Prints how far the built-in coach agrees with a trainer, what asking a model costs, how quickly what was built starts, how soon
/// a model's words are shown, what calls read of the database, and how large it is.
pub fn run(project: &Project) -> Result<()> {
    agreement::print(project)?;
    // What the loop adds to a provider's own time.
    measured(
        project,
        "What asking costs",
        test::PEER_TESTS,
        "asking-speed",
    )?;
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
    // What the Worker and the object add to a model's own time.
    load::first_token(project, &[])?;
    // With a short and with a long past of the same people, from outside.
    measured(project, "What calls read", test::API_TESTS, "rows-read")?;
    size_budget::check(&size_budget::measure(&built)?)
}

/// Measures the app's pages with Lighthouse, as a phone with a slow processor loads them over a slow line.
pub fn pages(project: &Project) -> Result<()> {
    let tools = setup::for_build(project)?;
    let built = build::all(project, &tools, Flavour::Release)?;
    npm::ensure_bench(project)?;
    let chromium = browser::ensure(project)?;
    let workerd = Demo::default().start(project, &built, "pages-data")?;
    let mut command = npm::node_script(project, None, &project.path("bench/pages.mjs"));
    command
        .env("CHROME_BIN", chromium)
        .env("BASE_URL", workerd.url());
    let (status, _) = show(command, |_| false)?;
    workerd.stop();
    if status.success() {
        Ok(())
    } else {
        Err(Error::LoadFailed {
            command: "bench pages".to_owned(),
        })
    }
}

/// Runs a program that measures by the tests' own means, and prints what it found: without optimisation, on this machine.
fn measured(project: &Project, what: &str, package: &str, program: &str) -> Result<()> {
    let mut command = Command::new("cargo");
    command
        .args(["run", "--quiet", "--package", package, "--bin", program])
        .current_dir(project.root());
    let (status, _) = show(command, |_| false)?;
    if status.success() {
        Ok(())
    } else {
        Err(Error::TestsFailed {
            suites: what.to_owned(),
        })
    }
}
