//! `cargo xtask deploy-check`: would a deployment take what we build, and find there what it needs?
//!
//! Without an account it checks all that stands in the repository; with one (`wrangler login`, or `CLOUDFLARE_API_TOKEN`) also
//! the secrets and the database that are there. It sends nothing and changes nothing.

mod account;
pub mod config;
mod migrations;
mod settings;

use std::path::{Path, PathBuf};

use account::Account;
use settings::Settings;

use crate::build::{self, Flavour};
use crate::error::{Error, Result};
use crate::process::Job;
use crate::project::Project;
use crate::say::{self, Step};
use crate::setup::{self, npm};
use crate::size_budget;

/// What would stop a deployment, and what is only worth knowing; each a sentence that ends with what to do.
#[derive(Debug, Default)]
struct Findings {
    faults: Vec<String>,
    notes: Vec<String>,
}

/// Checks settings, migrations and, where there is an account, what it has; then builds, lets wrangler pack it without sending,
/// and checks sizes. `config` is what is deployed with, wrangler.toml where not given.
pub fn check(project: &Project, config: Option<PathBuf>) -> Result<()> {
    let config = config.unwrap_or_else(|| project.path("wrangler.toml"));
    npm::ensure(project)?;
    let settings = Settings::read(&config)?;
    // What would fail at the end fails first: nobody waits for a build to hear of a missing key.
    let mut findings = Findings {
        faults: settings.faults(),
        notes: settings.notes(),
    };
    findings.faults.extend(migrations::difference(project)?);
    ask_account(project, &config, &settings, &mut findings)?;
    for note in &findings.notes {
        say::line(&format!("Note: {note}"));
    }
    if !findings.faults.is_empty() {
        return Err(Error::NotFitToDeploy {
            path: config,
            faults: findings.faults.join("\n  - "),
        });
    }
    let tools = setup::for_build(project)?;
    let built = build::all(project, &tools, Flavour::Release)?;
    pack(project, &config)?;
    size_budget::check(&size_budget::measure(&built)?)
}

/// Compares what the settings need with what the account has, and says so where there is no account.
fn ask_account(
    project: &Project,
    config: &Path,
    settings: &Settings,
    findings: &mut Findings,
) -> Result<()> {
    let account = match Account::logged_in(project, config) {
        Ok(Some(account)) => account,
        Ok(None) => {
            findings.notes.extend(unasked(settings));
            return Ok(());
        }
        Err(why) => {
            findings.faults.push(format!(
                "CLOUDFLARE_API_TOKEN is set, but the account can't be asked with it ({why}). See that it is whole and still good"
            ));
            return Ok(());
        }
    };
    let step = Step::begin("Asking the account for its secrets and migrations", "");
    match account.secrets() {
        Ok(there) => {
            let (faults, notes) = settings::compare_secrets(&settings.secrets(), &there);
            findings.faults.extend(faults);
            findings.notes.extend(notes);
        }
        Err(why) => findings.faults.push(format!(
            "the account does not tell its secrets ({why}). For the first deployment, `npx wrangler secret put JWT_SECRET` makes \
             the Worker; otherwise see that the token may read this Worker"
        )),
    }
    if settings.has_placeholder_database() {
        findings.faults.push(
            "database_id is a placeholder: put in the id that `npx wrangler d1 create` printed, or give D1_DATABASE_ID to \
             `cargo xtask deploy-config`"
                .to_owned(),
        );
    } else {
        match account.applied_migrations() {
            Ok(applied) => {
                let (faults, notes) =
                    migrations::compare(&migrations::files(project)?, &applied);
                findings.faults.extend(faults);
                findings.notes.extend(notes);
            }
            Err(why) => findings.faults.push(format!(
                "the database does not tell its migrations ({why}). See that database_id is this account's"
            )),
        }
    }
    step.done();
    Ok(())
}

/// What was not looked at without an account.
fn unasked(settings: &Settings) -> Vec<String> {
    let needed = settings.secrets();
    let names: Vec<&str> = needed.iter().map(|secret| secret.name).collect();
    let mut notes = vec![format!(
        "no account is logged in, so it was not checked that the secrets are set ({}) and that the database has no migration \
         more than this checkout. Log in with `npx wrangler login`, or set CLOUDFLARE_API_TOKEN",
        names.join(", ")
    )];
    if settings.has_placeholder_database() {
        notes.push(
            "database_id is a placeholder: a deployment needs the id that `npx wrangler d1 create` printed"
                .to_owned(),
        );
    }
    notes
}

fn pack(project: &Project, config: &Path) -> Result<()> {
    let step = Step::begin("Packing for deployment, without sending", "");
    Job {
        what: "Packing for deployment",
        mend: "mend what wrangler names above.",
        logs: project.scratch().join("logs"),
        limit: None,
    }
    .run(
        &step,
        npm::node(project, "wrangler/wrangler-dist/cli.js")
            .args(["deploy", "--dry-run", "--outdir"])
            .arg(project.scratch().join("deploy"))
            .arg("--config")
            .arg(config),
    )?;
    step.done();
    Ok(())
}
