//! What the account at Cloudflare says, asked of wrangler. Nothing is changed there.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde::Deserialize;

use crate::process::without_colours;
use crate::project::Project;
use crate::setup::npm;

/// Where wrangler finds a log-in on a machine without a browser.
const TOKEN: &str = "CLOUDFLARE_API_TOKEN";
/// How many of wrangler's last lines are told when it refuses.
const TOLD_LINES: usize = 3;

/// An account that somebody is logged in to.
pub(super) struct Account<'a> {
    project: &'a Project,
    config: PathBuf,
}

impl<'a> Account<'a> {
    /// The account, or `None` when nobody is logged in. A token that is set and doesn't work is no such case: it is told.
    pub(super) fn logged_in(project: &'a Project, config: &Path) -> Result<Option<Self>, String> {
        let account = Self {
            project,
            config: config.to_path_buf(),
        };
        let has_token = std::env::var_os(TOKEN).is_some_and(|token| !token.is_empty());
        match account.ask(&["whoami", "--json"]) {
            Ok(_) => Ok(Some(account)),
            Err(_) if !has_token => Ok(None),
            Err(why) => Err(why),
        }
    }

    /// The names of the Worker's secrets.
    pub(super) fn secrets(&self) -> Result<BTreeSet<String>, String> {
        names_of_secrets(&self.ask(&["secret", "list", "--format", "json"])?)
    }

    /// The migrations that the database has, by wrangler's own note.
    pub(super) fn applied_migrations(&self) -> Result<BTreeSet<String>, String> {
        let query = |sql| {
            self.ask(&[
                "d1",
                "execute",
                "DB",
                "--remote",
                "--json",
                "--command",
                sql,
            ])
        };
        // A database that nobody migrated has no such note.
        let notes = "SELECT name FROM sqlite_schema WHERE name = 'd1_migrations'";
        if names_of_rows(&query(notes)?)?.is_empty() {
            return Ok(BTreeSet::new());
        }
        names_of_rows(&query("SELECT name FROM d1_migrations")?)
    }

    fn ask(&self, arguments: &[&str]) -> Result<String, String> {
        let mut command: Command = npm::node(self.project, "wrangler/wrangler-dist/cli.js");
        let output = command
            .args(arguments)
            .arg("--config")
            .arg(&self.config)
            .stdin(Stdio::null())
            .output()
            .map_err(|why| why.to_string())?;
        if output.status.success() {
            return Ok(String::from_utf8_lossy(&output.stdout).into_owned());
        }
        let said = [output.stderr, output.stdout].concat();
        Err(last_words(&String::from_utf8_lossy(&said)))
    }
}

/// What wrangler said in the end, on one line.
fn last_words(said: &str) -> String {
    let said = without_colours(said);
    let words: Vec<&str> = said
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty() && !line.contains("Logs were written"))
        .take(TOLD_LINES)
        .collect();
    words.join(" ")
}

#[derive(Deserialize)]
struct Named {
    name: String,
}

#[derive(Deserialize)]
struct Answer {
    results: Vec<Named>,
}

fn names_of_secrets(json: &str) -> Result<BTreeSet<String>, String> {
    let secrets: Vec<Named> = serde_json::from_str(json).map_err(|why| why.to_string())?;
    Ok(secrets.into_iter().map(|secret| secret.name).collect())
}

fn names_of_rows(json: &str) -> Result<BTreeSet<String>, String> {
    let answers: Vec<Answer> = serde_json::from_str(json).map_err(|why| why.to_string())?;
    let rows = answers.into_iter().flat_map(|answer| answer.results);
    Ok(rows.map(|row| row.name).collect())
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
    fn answers_of_wrangler_are_read() {
        let secrets = r#"[{"name":"JWT_SECRET","type":"secret_text"}]"#;
        assert_eq!(
            names_of_secrets(secrets).unwrap(),
            ["JWT_SECRET".to_owned()].into()
        );
        // Of `wrangler d1 execute DB --local --json`.
        let rows = r#"[{"results":[{"name":"0001_initial.sql"},{"name":"0002_scenario_search.sql"}],"success":true,"meta":{"duration":1}}]"#;
        assert_eq!(names_of_rows(rows).unwrap().len(), 2);
        assert!(
            names_of_rows(r#"[{"results":[],"success":true}]"#)
                .unwrap()
                .is_empty()
        );
        assert!(names_of_rows("not logged in").is_err());
    }

    #[test]
    fn a_refusal_is_told_without_the_path_of_a_log() {
        let said = "\n\x1b[31mX\x1b[0m [ERROR] This Worker does not exist on your account. [code: 10007]\n\n\nLogs were written to \"/somewhere\"\n";
        assert_eq!(
            last_words(said),
            "X [ERROR] This Worker does not exist on your account. [code: 10007]"
        );
    }
}
