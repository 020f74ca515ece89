//! Numbered migrations, the whole schema and a deployed database: do they tell the same?

use std::collections::BTreeSet;

use rusqlite::Connection;
use store::sqlite::schema_of;

use crate::data;
use crate::error::{Error, Result};
use crate::project::Project;

/// The names of the migrations in this checkout.
pub(super) fn files(project: &Project) -> Result<BTreeSet<String>> {
    data::migrations(&project.path("workers/migrations"))
}

/// What the replayed migrations have that schema.sql does not, or the other way round.
pub(super) fn difference(project: &Project) -> Result<Option<String>> {
    let folder = project.path("workers/migrations");
    let mut scripts = Vec::new();
    for name in files(project)? {
        let path = folder.join(name);
        scripts.push(std::fs::read_to_string(&path).map_err(Error::file(&path))?);
    }
    let path = project.path("schema.sql");
    let whole = std::fs::read_to_string(&path).map_err(Error::file(&path))?;
    let schema = |scripts: &[String]| {
        let database = Connection::open_in_memory()?;
        for script in scripts {
            database.execute_batch(script)?;
        }
        schema_of(&database)
    };
    let replayed = schema(&scripts).map_err(Error::database(&folder))?;
    let whole = schema(&[whole]).map_err(Error::database(&path))?;
    let only = replayed.symmetric_difference(&whole).next();
    Ok(only.map(|(kind, name, _)| {
        format!("the {kind} {name} is not the same in schema.sql and in workers/migrations: write a migration for what schema.sql says")
    }))
}

/// Holds the checkout's migrations against those that a database has; gives faults and notes.
pub(super) fn compare(
    files: &BTreeSet<String>,
    applied: &BTreeSet<String>,
) -> (Vec<String>, Vec<String>) {
    let list = |names: Vec<&String>| {
        names
            .into_iter()
            .map(String::as_str)
            .collect::<Vec<_>>()
            .join(", ")
    };
    let unknown: Vec<&String> = applied.difference(files).collect();
    let waiting: Vec<&String> = files.difference(applied).collect();
    let mut faults = Vec::new();
    if !unknown.is_empty() {
        faults.push(format!(
            "the database has migrations that this checkout does not know ({}): deploy from a checkout that has them",
            list(unknown)
        ));
    }
    let mut notes = Vec::new();
    if !waiting.is_empty() {
        notes.push(format!(
            "the database waits for {}: `npx wrangler d1 migrations apply DB --remote` before the Worker goes out",
            list(waiting)
        ));
    }
    (faults, notes)
}

#[cfg(test)]
mod tests {
    #![allow(
        clippy::unwrap_used,
        clippy::expect_used,
        clippy::panic,
        clippy::indexing_slicing
    )]
    use super::*;

    #[test]
    fn migrations_are_in_step_with_the_schema() {
        assert_eq!(difference(&Project::locate().unwrap()).unwrap(), None);
    }

    #[test]
    fn a_database_may_be_behind_the_checkout_but_not_ahead() {
        let named = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
        let files = named(&["0001_initial.sql", "0002_more.sql"]);
        assert_eq!(compare(&files, &files), (vec![], vec![]));
        let (faults, notes) = compare(&files, &named(&["0001_initial.sql"]));
        assert!(faults.is_empty() && notes[0].contains("0002_more.sql"));
        let (faults, _) = compare(&files, &named(&["0001_initial.sql", "0003_newer.sql"]));
        assert!(faults[0].contains("0003_newer.sql"));
    }
}
