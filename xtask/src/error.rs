//! What can go wrong, each with its mend.

use std::path::{Path, PathBuf};

/// What every command answers with.
pub type Result<T> = std::result::Result<T, Error>;

/// A failure a person can act on: each message ends with what to do.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The tool's binary was moved away from the project it was built in.
    #[error(
        "The project this tool was built from is gone.\nMend: run `cargo xtask` inside a clone of the project."
    )]
    ProjectMoved,

    /// No folder to keep tools in.
    #[error(
        "There is no home folder to keep build tools in.\nMend: set SALES_CAPTAIN_TOOLS to a folder of your choice."
    )]
    NoHome,

    /// A program that must be there already.
    #[error("{program} is missing; {needed_for}.\nMend: {mend}")]
    Missing {
        /// The program's name.
        program: &'static str,
        /// Why it is needed, as the end of a sentence.
        needed_for: &'static str,
        /// How to get it.
        mend: String,
    },

    /// Another program listens on the port.
    #[error(
        "Port {port} is taken by another program.\nMend: choose another with `--port N`, or stop what listens there (`ss -ltnp 'sport = :{port}'` names it)."
    )]
    PortTaken {
        /// The port asked for.
        port: u16,
    },

    /// Another run of this tool works on the same data.
    #[error("The data in {} is in use by another `cargo xtask` run.\nMend: stop that run (Ctrl-C in its terminal), or choose another folder with `--data DIR`.", .dir.display())]
    DataInUse {
        /// The data folder.
        dir: PathBuf,
    },

    /// Not enough room to build.
    #[error("Only {free_mb} MB are free on the disk of {}; {needed_for} needs about {needed_mb} MB.\nMend: free some space (`cargo clean` empties this project's build folder), or use another disk.", .path.display())]
    DiskFull {
        /// A path on the disk.
        path: PathBuf,
        /// What is free, in MB.
        free_mb: u64,
        /// What is needed, in MB.
        needed_mb: u64,
        /// What needs it.
        needed_for: &'static str,
    },

    /// A program ran and failed.
    #[error("{what} failed ({status}).\n{tail}\nThe whole output is in {}.\nMend: {mend}", .log.display())]
    CommandFailed {
        /// What was being done.
        what: String,
        /// How it ended.
        status: String,
        /// Its last lines.
        tail: String,
        /// Where its whole output is.
        log: PathBuf,
        /// What to do.
        mend: String,
    },

    /// A program could not be started at all.
    #[error(
        "{program} could not be started: {source}.\nMend: check that it is installed and on the PATH."
    )]
    CannotStart {
        /// The program.
        program: String,
        /// Why.
        source: std::io::Error,
    },

    /// The Worker did not answer after it was started.
    #[error("The Worker did not become ready: {why}.\n{tail}\nThe whole output is in {}.\nMend: read the lines above; a mistake in wrangler.toml or a Worker that fails as it starts shows there.", .log.display())]
    NotReady {
        /// What was seen.
        why: String,
        /// The last lines it wrote.
        tail: String,
        /// Where its whole output is.
        log: PathBuf,
    },

    /// The Worker ended while it should have run.
    #[error("The Worker stopped by itself ({status}).\n{tail}\nMend: start it again; its data is kept. The whole output is in {}.", .log.display())]
    WorkerDied {
        /// How it ended.
        status: String,
        /// The last lines it wrote.
        tail: String,
        /// Where its whole output is.
        log: PathBuf,
    },

    /// A file or folder could not be read or written.
    #[error("{}: {source}.\nMend: check that the path exists and that you may use it.", .path.display())]
    File {
        /// The path.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },

    /// A file of ours does not say what it should.
    #[error("{}: {why}.\nMend: {mend}", .path.display())]
    BadFile {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        why: String,
        /// What to do.
        mend: String,
    },

    /// The local database refused.
    #[error("The local database {} refused: {source}.\nMend: {}", .path.display(), mend_data(&source.to_string()))]
    Database {
        /// The SQLite file behind the local D1.
        path: PathBuf,
        /// Why.
        source: rusqlite::Error,
    },

    /// Demo data could not be written.
    #[error(
        "Demo data could not be written: {why}.\nMend: {}",
        mend_data(.why)
    )]
    Seed {
        /// Why.
        why: String,
    },

    /// A deployment would fail, or run otherwise than it should.
    #[error("Not fit to deploy with {}:\n  - {faults}\nMend: see each line; docs/deploying.md tells what each setting is for.", .path.display())]
    NotFitToDeploy {
        /// What would be deployed with.
        path: PathBuf,
        /// Each fault, on a line of its own.
        faults: String,
    },

    /// A backup can't be restored.
    #[error("{} is no whole backup: {why}.\nMend: {mend}", .path.display())]
    BadBackup {
        /// The backup.
        path: PathBuf,
        /// What is wrong with it.
        why: String,
        /// What to do.
        mend: &'static str,
    },

    /// What was built is larger than its bound.
    #[error(
        "Over the size budget: {what}.\nMend: find what grew (`cargo xtask bench` prints the sizes) and make it smaller."
    )]
    OverBudget {
        /// Each size over its bound.
        what: String,
    },

    /// One or more suites failed.
    #[error(
        "Failed: {suites}.\nMend: the failing test's own output is above; `cargo xtask test --only SUITE` runs one suite."
    )]
    TestsFailed {
        /// Their names.
        suites: String,
    },

    /// A program that measures or looks at a running Worker found something wrong.
    #[error("`{command}` failed: what was expected stands above.\nMend: read its last lines.")]
    LoadFailed {
        /// What was asked of it.
        command: String,
    },

    /// A rule of the workspace's layout is broken.
    #[error("{rule} is broken: {found}.\nMend: {mend}")]
    LayoutBroken {
        /// The rule.
        rule: &'static str,
        /// What was found.
        found: String,
        /// What to do.
        mend: &'static str,
    },

    /// The user asked us to stop.
    #[error("Stopped.")]
    Interrupted,
}

impl Error {
    /// For `map_err` on file operations: names the path.
    pub fn file(path: impl AsRef<Path>) -> impl FnOnce(std::io::Error) -> Self {
        let path = path.as_ref().to_path_buf();
        move |source| Self::File { path, source }
    }

    /// For `map_err` on the local database: names its file.
    pub fn database(path: impl AsRef<Path>) -> impl FnOnce(rusqlite::Error) -> Self {
        let path = path.as_ref().to_path_buf();
        move |source| Self::Database { path, source }
    }

    /// The exit code a shell sees: 130 when interrupted, as shells do.
    pub fn exit_code(&self) -> u8 {
        match self {
            Self::Interrupted => 130,
            _ => 1,
        }
    }
}

/// What helps where local data can't be written.
fn mend_data(why: &str) -> &'static str {
    if why.contains("disk is full") {
        "free some space, or put the data on another disk with `--data DIR`."
    } else {
        "start from empty data with `cargo xtask dev --fresh`."
    }
}
