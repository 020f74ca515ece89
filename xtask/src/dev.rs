//! `cargo xtask dev`: from a fresh clone to a log-in page.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use crate::build::{self, Flavour};
use crate::data::Data;
use crate::error::Result;
use crate::process::interrupted;
use crate::project::Project;
use crate::say::{self, Step};
use crate::seed::{DEMO_LOGINS, DEMO_PASSWORD};
use crate::setup;
use crate::workerd::vars::Vars;
use crate::workerd::{Log, Workerd, port_is_free};

/// AI settings that the environment may give; each wins over the same name in `.dev.vars`.
const AI_SETTINGS: [&str; 13] = [
    "AI_PROVIDER",
    "AI_PRICES",
    "AI_PATIENCE",
    "OPENAI_BASE_URL",
    "OPENAI_API_KEY",
    "OPENAI_MODEL",
    "ANTHROPIC_BASE_URL",
    "ANTHROPIC_API_KEY",
    "ANTHROPIC_MODEL",
    "COMPATIBLE_BASE_URL",
    "COMPATIBLE_API_KEY",
    "COMPATIBLE_MODEL",
    "COMPATIBLE_QUIRKS",
];
/// How often the running Worker is looked at.
const LOOK: Duration = Duration::from_millis(100);

/// What `dev` was asked for.
#[derive(Debug)]
pub struct Options {
    /// The port to listen on.
    pub port: u16,
    /// Where D1, R2 and Durable Objects live; inside the project where not given.
    pub data: Option<PathBuf>,
    /// Start from empty data.
    pub fresh: bool,
}

/// The data folder of `dev` where none is named.
pub fn default_data(project: &Project) -> PathBuf {
    project.path(".data/dev")
}

/// Sets up, builds, fills the data and runs the Worker until it is asked to stop.
pub fn run(project: &Project, options: &Options) -> Result<()> {
    let started = Instant::now();
    // What would fail at the end fails first: nobody waits for a build to hear that the port is taken.
    port_is_free(options.port)?;
    let vars = vars(&project.path(".dev.vars"))?;
    let data = Data::open(
        &options
            .data
            .clone()
            .unwrap_or_else(|| default_data(project)),
    )?;

    say::heading("Sales Captain");
    let tools = setup::for_build(project)?;
    let built = build::all(project, &tools, Flavour::Quick)?;
    if options.fresh {
        data.clear()?;
    }
    data.prepare(project)?;
    let step = Step::begin("Starting the Worker", "");
    let mut workerd = Workerd::start(project, &built, data, options.port, &vars, Log::Show)?;
    step.done();
    welcome(&workerd, &vars, started);

    while !interrupted() {
        if let Some(died) = workerd.died() {
            return Err(died);
        }
        std::thread::sleep(LOOK);
    }
    workerd.stop();
    say::line("Stopped; the data is kept.");
    Ok(())
}

/// The Worker's variables: `.dev.vars`, then AI settings from the environment, then what makes it a developer's run.
fn vars(dev_vars: &Path) -> Result<Vars> {
    let mut vars = Vars::from_file(dev_vars)?;
    vars.set_from_environment(&AI_SETTINGS);
    // Demo log-ins exist only where both say so.
    vars.set("ENVIRONMENT", "dev").set("DEMO", "true");
    Ok(vars)
}

fn welcome(workerd: &Workerd, vars: &Vars, started: Instant) {
    println!(
        "\n  {} at http://localhost:{} (ready in {})\n",
        say::bold("Sales Captain runs"),
        workerd.port(),
        say::duration(started.elapsed())
    );
    if !DEMO_LOGINS.is_empty() {
        println!(
            "  Demo log-ins, all with the password {}",
            say::bold(DEMO_PASSWORD)
        );
        for login in DEMO_LOGINS {
            println!("    {:<36} {}", login.email, login.role);
        }
        println!();
    }
    println!(
        "  AI: {}. Data: {}",
        vars.get("AI_PROVIDER").unwrap_or("builtin"),
        workerd.data_dir().display()
    );
    println!(
        "  After a change, `cargo xtask build` in another terminal reloads the Worker. Ctrl-C stops everything.\n"
    );
}
