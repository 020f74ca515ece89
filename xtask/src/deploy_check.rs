//! `cargo xtask deploy-check`: would a deployment take what we build? Needs no account.

use crate::build::{self, Flavour};
use crate::error::{Error, Result};
use crate::process::Job;
use crate::project::Project;
use crate::say::Step;
use crate::setup::{self, npm};
use crate::size_budget;

/// Builds what is deployed, lets wrangler pack it without sending it, and checks sizes and settings.
pub fn run(project: &Project) -> Result<()> {
    let tools = setup::for_build(project)?;
    let built = build::all(project, &tools, Flavour::Release)?;
    let path = project.path("wrangler.toml");
    let text = std::fs::read_to_string(&path).map_err(Error::file(&path))?;
    if let Some(why) = unfit_for_production(&text) {
        return Err(Error::BadFile {
            path,
            why,
            mend: "wrangler.toml holds production's settings; `dev` sets its own.".to_owned(),
        });
    }
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
            .arg(project.scratch().join("deploy")),
    )?;
    step.done();
    size_budget::check(&size_budget::measure(&built)?)
}

/// A setting that must never reach production.
fn unfit_for_production(wrangler_toml: &str) -> Option<String> {
    let config: toml::Table = match wrangler_toml.parse() {
        Ok(config) => config,
        Err(why) => return Some(why.to_string()),
    };
    let var = |name: &str| config.get("vars")?.get(name)?.as_str();
    if var("ENVIRONMENT") != Some("production") {
        return Some("ENVIRONMENT is not \"production\"".to_owned());
    }
    let never = [
        "DEMO",
        "JWT_SECRET",
        "OPENAI_API_KEY",
        "ANTHROPIC_API_KEY",
        "COMPATIBLE_API_KEY",
        "MAIL_HTTP_KEY",
    ];
    never
        .iter()
        .find(|name| var(name).is_some())
        .map(|name| format!("{name} is set in [vars]"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn demo_log_ins_and_secrets_never_reach_production() {
        assert_eq!(
            unfit_for_production(include_str!("../../wrangler.toml")),
            None
        );
        assert!(unfit_for_production("[vars]\nENVIRONMENT = \"dev\"").is_some());
        assert!(
            unfit_for_production("[vars]\nENVIRONMENT = \"production\"\nDEMO = \"true\"").is_some()
        );
        assert!(
            unfit_for_production("[vars]\nENVIRONMENT = \"production\"\nJWT_SECRET = \"x\"")
                .is_some()
        );
    }
}
