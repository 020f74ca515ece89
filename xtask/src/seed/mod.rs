//! Demo data for a local run, written straight into the local D1's file while workerd is down.
//!
//! - [`library`]: the ten days and the tone guidelines, from `scenarios/`;
//! - [`people`]: two companies and who is in them;
//! - [`history`]: the weeks they have practised so far, played through the session machine with the built-in coach;
//! - [`practice`]: reps of their own for tests;
//! - [`load`]: many past sessions, for load tests and benchmarks.
//!
//! Everything has a deterministic id, so a run adds only what is not there yet and never touches what people did.

mod answers;
mod clock;
mod history;
mod ids;
mod library;
mod load;
mod people;
mod playing;
mod practice;
#[cfg(test)]
mod tests;

pub use load::{longer_past, past_sessions};
pub use practice::{PracticeRep, practice_reps};

use std::fmt::Display;

use rusqlite::Connection;

use crate::error::{Error, Result};
use crate::project::Project;

/// A log-in that `dev` prints.
#[derive(Debug, Clone, Copy)]
pub struct DemoLogin {
    /// What the person may do, in a few words.
    pub role: &'static str,
    /// The e-mail address to log in with.
    pub email: &'static str,
}

/// Who can log in to the demo data.
pub const DEMO_LOGINS: &[DemoLogin] = &[
    DemoLogin {
        role: "rep: a session is open",
        email: "rep@salescaptain.test",
    },
    DemoLogin {
        role: "manager of the rep's team",
        email: "manager@salescaptain.test",
    },
    DemoLogin {
        role: "super admin",
        email: "admin@salescaptain.test",
    },
    DemoLogin {
        role: "manager of another company",
        email: "other@salescaptain.test",
    },
    DemoLogin {
        role: "rep of the other company: a session is open",
        email: "otherrep@salescaptain.test",
    },
];

/// The one password of all demo log-ins.
pub const DEMO_PASSWORD: &str = "Practise-10-days!";

/// Writes the demo data. Called at every start of `dev`, with workerd down: what is there already stays, and the open
/// sessions move with the clock. `now_ms` is the time now, in milliseconds since 1970.
pub fn demo(database: &mut Connection, now_ms: i64) -> Result<()> {
    let files = library::read(&Project::locate()?.path("scenarios"))?;
    let now = moment(now_ms)?;
    // The same few dozen statements run hundreds of times.
    database.set_prepared_statement_cache_capacity(64);
    let transaction = database.transaction().map_err(refused)?;
    let library = library::publish(&transaction, files, now)?;
    people::settle(&transaction, now)?;
    history::catch_up(&transaction, &library, now)?;
    transaction.commit().map_err(refused)
}

/// The stock library, `scenarios/`, as SQL text for a deployed database. Run again, it publishes only what changed since.
pub fn library_script(project: &Project, now_ms: i64) -> Result<String> {
    let path = project.path("schema.sql");
    let schema = std::fs::read_to_string(&path).map_err(Error::file(&path))?;
    let files = library::read(&project.path("scenarios"))?;
    library::script(&schema, &files, moment(now_ms)?)
}

/// Milliseconds since 1970 as the domain counts them.
fn moment(ms: i64) -> Result<u64> {
    u64::try_from(ms).map_err(refused)
}

/// For `map_err` on whatever refuses demo data.
fn refused(why: impl Display) -> Error {
    Error::Seed {
        why: why.to_string(),
    }
}
