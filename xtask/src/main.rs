//! `cargo xtask`: the project's front door.

use std::path::{Path, PathBuf};
use std::process::{ExitCode, ExitStatus};

use clap::{Parser, Subcommand, ValueEnum};

use xtask::build::{self, Flavour, wasm_cargo};
use xtask::data::{Data, now_ms};
use xtask::error::{Error, Result};
use xtask::project::Project;
use xtask::{
    backup, bench, deploy, dev, gallery, load, process, say, seed, setup, size_budget, test, words,
};

#[derive(Parser)]
#[command(
    name = "cargo xtask",
    bin_name = "cargo xtask",
    about = "Sets up, runs, tests and measures Sales Captain."
)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Set up what is missing, build, fill the local data, run, and print the URL and the demo log-ins
    Dev {
        /// The port to listen on
        #[arg(long, default_value_t = 8787)]
        port: u16,
        /// Where D1, R2 and Durable Objects live [default: .data/dev]
        #[arg(long, value_name = "DIR")]
        data: Option<PathBuf>,
        /// Start from empty data
        #[arg(long)]
        fresh: bool,
    },
    /// Set up what is missing and run every test
    Test {
        /// Run one suite
        #[arg(long, value_enum)]
        only: Option<test::Suite>,
    },
    /// Build the Worker and the app for `dev`, or as they are deployed
    Build {
        /// Build one of them
        #[arg(value_enum)]
        part: Option<Part>,
        /// As deployed: optimised, into the folders wrangler.toml names
        #[arg(long)]
        release: bool,
    },
    /// Run cargo with the Rust that compiles to wasm, e.g. `cargo xtask wasm check -p captain-edge`
    #[command(disable_help_flag = true)]
    Wasm {
        /// Arguments for cargo; the target is added
        #[arg(trailing_var_arg = true, allow_hyphen_values = true, required = true)]
        arguments: Vec<String>,
    },
    /// Add past sessions to the local data, for load tests and benchmarks; `dev` must not be running on it
    Seed {
        /// How many
        #[arg(long, value_name = "N")]
        sessions: u32,
        /// The data folder [default: .data/dev]
        #[arg(long, value_name = "DIR")]
        data: Option<PathBuf>,
    },
    /// Bring the translations (`frontend/languages/`) up to what the app says, and tell what is left to translate
    Words,
    /// Print the stock library (`scenarios/`) as SQL, to publish it in a deployed database: see docs/deploying.md
    Library,
    /// Measure what is built, how quickly it starts and what its calls read; see `bench --help` for what else there is
    Bench {
        #[command(subcommand)]
        against: Option<Against>,
    },
    /// Put load on a Worker until it hurts, and hold everything against what was acknowledged; `torture --help` lists the options
    #[command(disable_help_flag = true)]
    Torture {
        /// Options of the torture
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        options: Vec<String>,
    },
    /// Take a picture of every page of each role into `target/gallery`: phone and desk, light and dark, full, loading, failed, empty
    Gallery,
    /// Fail when what is downloaded is larger than its bound
    SizeBudget,
    /// Check that a deployment would take what is built, with its settings, secrets and migrations; sends nothing
    DeployCheck {
        /// What is deployed with [default: wrangler.toml]
        #[arg(long, value_name = "FILE")]
        config: Option<PathBuf>,
    },
    /// Write wrangler.deploy.toml: wrangler.toml with an installation's own ids and variables
    DeployConfig {
        /// A JSON object of names and texts, such as D1_DATABASE_ID and APP_URL; `-` reads it from the standard input
        #[arg(long, value_name = "FILE")]
        settings: PathBuf,
        /// For `wrangler preview`: bound to these, and shows mails where others send them
        #[arg(long)]
        preview: bool,
    },
    /// Check a backup that `wrangler d1 export` wrote, and print it as SQL that an empty D1 takes: see docs/operations.md
    RestoreScript {
        /// The backup
        backup: PathBuf,
    },
}

#[derive(Subcommand)]
enum Against {
    /// Eight calls beside the same calls written with Hono; `peer --help` lists the options
    #[command(disable_help_flag = true)]
    Peer {
        /// Options of the measurement
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        options: Vec<String>,
    },
    /// What a turn adds to a model's own first words; `first-token --help` lists the options
    #[command(disable_help_flag = true)]
    FirstToken {
        /// Options of the measurement
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        options: Vec<String>,
    },
    /// The app's pages by Lighthouse, on a slow phone and a slow line
    Pages,
}

#[derive(Clone, Copy, ValueEnum)]
enum Part {
    /// The Worker
    Worker,
    /// The app
    App,
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    process::stop_all_on_signals();
    match Project::locate().and_then(|project| run(&project, arguments.command)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("\n{error}");
            ExitCode::from(error.exit_code())
        }
    }
}

fn run(project: &Project, command: Command) -> Result<()> {
    match command {
        Command::Dev { port, data, fresh } => {
            dev::run(project, &dev::Options { port, data, fresh })
        }
        Command::Test { only } => test::run(project, only),
        Command::Build { part, release } => build(
            project,
            part,
            if release {
                Flavour::Release
            } else {
                Flavour::Quick
            },
        ),
        Command::Wasm { arguments } => wasm(project, &arguments),
        Command::Seed { sessions, data } => add_past_sessions(project, sessions, data),
        Command::Words => words::run(project),
        Command::Library => {
            print!("{}", seed::library_script(project, now_ms())?);
            Ok(())
        }
        Command::Bench { against: None } => bench::run(project),
        Command::Bench {
            against: Some(Against::Peer { options }),
        } => load::beside_peer(project, &options),
        Command::Bench {
            against: Some(Against::FirstToken { options }),
        } => load::first_token(project, &options),
        Command::Bench {
            against: Some(Against::Pages),
        } => bench::pages(project),
        Command::Torture { options } => load::torture(project, &options),
        Command::Gallery => gallery::run(project),
        Command::SizeBudget => {
            let tools = setup::for_build(project)?;
            let built = build::all(project, &tools, Flavour::Release)?;
            size_budget::check(&size_budget::measure(&built)?)
        }
        Command::DeployCheck { config } => deploy::check(project, config),
        Command::DeployConfig { settings, preview } => {
            let written = deploy::config::write(project, &read_settings(&settings)?, preview)?;
            say::line(&format!("Written: {}", written.display()));
            Ok(())
        }
        Command::RestoreScript { backup } => backup::restore_script(project, &backup),
    }
}

fn read_settings(path: &Path) -> Result<String> {
    if path.as_os_str() == "-" {
        return std::io::read_to_string(std::io::stdin()).map_err(Error::file(path));
    }
    std::fs::read_to_string(path).map_err(Error::file(path))
}

fn build(project: &Project, part: Option<Part>, flavour: Flavour) -> Result<()> {
    let tools = setup::for_build(project)?;
    if !matches!(part, Some(Part::App)) {
        say::line(&format!(
            "Worker: {}",
            build::worker::build(project, &tools, flavour)?.display()
        ));
    }
    if !matches!(part, Some(Part::Worker)) {
        say::line(&format!(
            "App: {}",
            build::app::build(project, &tools, flavour)?.display()
        ));
    }
    Ok(())
}

fn wasm(project: &Project, arguments: &[String]) -> Result<()> {
    let tools = setup::for_build(project)?;
    let mut cargo = wasm_cargo(project, &tools)?;
    cargo
        .args(arguments)
        .env("CARGO_BUILD_TARGET", setup::wasm_target::TARGET);
    let (status, _): (ExitStatus, _) = process::show(cargo, |_| false)?;
    std::process::exit(status.code().unwrap_or(1))
}

fn add_past_sessions(project: &Project, count: u32, data: Option<PathBuf>) -> Result<()> {
    setup::npm::ensure(project)?;
    let data = Data::open(&data.unwrap_or_else(|| dev::default_data(project)))?;
    data.prepare(project)?;
    let step = say::Step::begin(&format!("Adding {count} past sessions"), "");
    seed::past_sessions(&mut data.database(project)?, now_ms(), count)?;
    step.done();
    Ok(())
}
