//! wrangler.toml as production runs with it: what can't stand, what is only worth knowing, and which secrets it needs.

use std::collections::BTreeSet;
use std::path::Path;

use crate::error::{Error, Result};

/// The database of the repository's own wrangler.toml, which is nobody's.
const PLACEHOLDER_DATABASE: &str = "00000000-0000-0000-0000-000000000001";

/// Every secret the Worker reads: docs/deploying.md.
const SECRETS: [&str; 5] = [
    "JWT_SECRET",
    "OPENAI_API_KEY",
    "ANTHROPIC_API_KEY",
    "COMPATIBLE_API_KEY",
    "MAIL_HTTP_KEY",
];

/// What a provider that `AI_PROVIDER` names can't do without, as docs/providers.md has it.
struct Provider {
    name: &'static str,
    variables: &'static [&'static str],
    secret: Option<(&'static str, Need)>,
}

const PROVIDERS: [Provider; 4] = [
    Provider {
        name: "openai",
        variables: &["OPENAI_MODEL"],
        secret: Some(("OPENAI_API_KEY", Need::Must)),
    },
    Provider {
        name: "anthropic",
        variables: &["ANTHROPIC_MODEL"],
        secret: Some(("ANTHROPIC_API_KEY", Need::Must)),
    },
    Provider {
        name: "compatible",
        variables: &["COMPATIBLE_MODEL", "COMPATIBLE_BASE_URL"],
        secret: Some(("COMPATIBLE_API_KEY", Need::May)),
    },
    Provider {
        name: "workers-ai",
        variables: &["WORKERS_AI_MODEL"],
        secret: None,
    },
];

/// Whether something works without it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Need {
    /// The Worker does not start, or a provider does not answer, without it.
    Must,
    /// Depends on the server behind it.
    May,
}

/// A secret that the settings ask for.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Secret {
    pub(super) name: &'static str,
    pub(super) need: Need,
    /// What for, as the end of a sentence.
    pub(super) why: &'static str,
}

/// The settings of one file.
pub(super) struct Settings(toml::Table);

impl Settings {
    pub(super) fn read(path: &Path) -> Result<Self> {
        let text = std::fs::read_to_string(path).map_err(Error::file(path))?;
        Self::parse(&text).map_err(|why| Error::BadFile {
            path: path.to_path_buf(),
            why,
            mend: "mend the line that is named.".to_owned(),
        })
    }

    fn parse(text: &str) -> std::result::Result<Self, String> {
        text.parse()
            .map(Self)
            .map_err(|why: toml::de::Error| why.to_string())
    }

    /// A variable that says something.
    fn variable(&self, name: &str) -> Option<&str> {
        let value = self.0.get("vars")?.get(name)?.as_str()?.trim();
        (!value.is_empty()).then_some(value)
    }

    fn providers(&self) -> impl Iterator<Item = &str> {
        self.variable("AI_PROVIDER")
            .unwrap_or("builtin")
            .split_whitespace()
            .take_while(|name| *name != "builtin")
    }

    fn mails_by_http(&self) -> bool {
        self.variable("MAIL_HTTP_URL").is_some()
    }

    fn mails_by_binding(&self) -> bool {
        self.0.contains_key("send_email")
    }

    /// Whether the database is still the one of the repository's own file.
    pub(super) fn has_placeholder_database(&self) -> bool {
        let databases = self.0.get("d1_databases").and_then(toml::Value::as_array);
        databases.into_iter().flatten().any(|database| {
            database.get("database_id").and_then(toml::Value::as_str) == Some(PLACEHOLDER_DATABASE)
        })
    }

    /// What the Worker would refuse to start with, or must never reach production.
    pub(super) fn faults(&self) -> Vec<String> {
        let mut faults = Vec::new();
        if self.variable("ENVIRONMENT") != Some("production") {
            faults.push(
                "ENVIRONMENT is not \"production\": wrangler.toml holds production's settings, `dev` sets its own".to_owned(),
            );
        }
        for name in SECRETS.into_iter().chain(["DEMO"]) {
            if self.0.get("vars").and_then(|vars| vars.get(name)).is_some() {
                let mend = if name == "DEMO" {
                    "demo log-ins have a public password: take it out".to_owned()
                } else {
                    format!(
                        "everybody who reads the file reads it: set it with `npx wrangler secret put {name}`"
                    )
                };
                faults.push(format!("{name} is set in [vars]; {mend}"));
            }
        }
        for name in self.providers() {
            match PROVIDERS.iter().find(|provider| provider.name == name) {
                None => faults.push(format!(
                    "AI_PROVIDER names \"{name}\", whom nobody knows: see docs/providers.md"
                )),
                Some(provider) => faults.extend(
                    provider
                        .variables
                        .iter()
                        .filter(|variable| self.variable(variable).is_none())
                        .map(|variable| format!("AI_PROVIDER names {name}: set {variable}")),
                ),
            }
        }
        if self.providers().any(|name| name == "workers-ai") && !self.0.contains_key("ai") {
            faults.push("AI_PROVIDER names workers-ai: add [ai] with binding = \"AI\"".to_owned());
        }
        if (self.mails_by_http() || self.mails_by_binding()) && self.variable("MAIL_FROM").is_none()
        {
            faults.push("mails are sent, but nobody sends them: set MAIL_FROM".to_owned());
        }
        if let Some(url) = self.variable("APP_URL")
            && !url.starts_with("https://")
        {
            faults.push(
                "APP_URL does not begin with https://: links in mails would not open a log-in"
                    .to_owned(),
            );
        }
        faults
    }

    /// What runs, but perhaps not as meant.
    pub(super) fn notes(&self) -> Vec<String> {
        let mut notes = Vec::new();
        if self.variable("APP_URL").is_none() {
            notes.push(
                "APP_URL is empty, so cron writes neither reminders nor weekly mails".to_owned(),
            );
        }
        if !self.mails_by_http() && !self.mails_by_binding() {
            notes.push("nobody delivers mail, so invites and new passwords wait in the table outbox: see docs/getting-in.md".to_owned());
        }
        notes
    }

    /// The secrets that these settings need.
    pub(super) fn secrets(&self) -> Vec<Secret> {
        let mut secrets = vec![Secret {
            name: "JWT_SECRET",
            need: Need::Must,
            why: "it signs access tokens",
        }];
        for name in self.providers() {
            let provider = PROVIDERS.iter().find(|provider| provider.name == name);
            if let Some((name, need)) = provider.and_then(|provider| provider.secret) {
                secrets.push(Secret {
                    name,
                    need,
                    why: "AI_PROVIDER names its provider",
                });
            }
        }
        if self.mails_by_http() {
            secrets.push(Secret {
                name: "MAIL_HTTP_KEY",
                need: Need::Must,
                why: "MAIL_HTTP_URL is set",
            });
        }
        secrets
    }
}

/// Holds what is needed against the names that the account has; gives faults and notes.
pub(super) fn compare_secrets(
    needed: &[Secret],
    there: &BTreeSet<String>,
) -> (Vec<String>, Vec<String>) {
    let (mut faults, mut notes) = (Vec::new(), Vec::new());
    for Secret { name, need, why } in needed {
        if there.contains(*name) {
            continue;
        }
        let set = format!("the secret {name} is not set ({why})");
        match need {
            Need::Must => faults.push(format!("{set}: `npx wrangler secret put {name}`")),
            Need::May => notes.push(format!("{set}; fine if that server wants none")),
        }
    }
    let idle: Vec<&str> = SECRETS
        .into_iter()
        .filter(|name| there.contains(*name) && !needed.iter().any(|secret| secret.name == *name))
        .collect();
    if !idle.is_empty() {
        notes.push(format!(
            "secrets that these settings do not use: {}; what nobody needs can't leak: `npx wrangler secret delete NAME`",
            idle.join(", ")
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

    const OURS: &str = include_str!("../../../wrangler.toml");

    fn with(vars: &str) -> Settings {
        Settings::parse(&format!("[vars]\nENVIRONMENT = \"production\"\n{vars}")).unwrap()
    }

    fn names(secrets: &[Secret]) -> Vec<&str> {
        secrets.iter().map(|secret| secret.name).collect()
    }

    #[test]
    fn the_repository_s_own_file_is_fit_but_for_its_database() {
        let ours = Settings::parse(OURS).unwrap();
        assert_eq!(ours.faults(), Vec::<String>::new());
        assert!(ours.has_placeholder_database());
        assert_eq!(names(&ours.secrets()), ["JWT_SECRET"]);
        let own = OURS.replace(PLACEHOLDER_DATABASE, "6f1d0c1e-0000-4000-8000-000000000000");
        assert!(!Settings::parse(&own).unwrap().has_placeholder_database());
    }

    #[test]
    fn demo_log_ins_and_secrets_never_reach_production() {
        let dev = Settings::parse("[vars]\nENVIRONMENT = \"dev\"").unwrap();
        assert!(dev.faults()[0].contains("ENVIRONMENT"));
        assert!(with("DEMO = \"true\"").faults()[0].contains("DEMO"));
        for name in SECRETS {
            let faults = with(&format!("{name} = \"x\"")).faults();
            assert!(
                faults[0].contains(&format!("secret put {name}")),
                "{faults:?}"
            );
        }
    }

    #[test]
    fn a_provider_brings_its_variables_and_its_key() {
        let bare = with("AI_PROVIDER = \"openai compatible builtin\"");
        assert_eq!(
            bare.faults(),
            [
                "AI_PROVIDER names openai: set OPENAI_MODEL",
                "AI_PROVIDER names compatible: set COMPATIBLE_MODEL",
                "AI_PROVIDER names compatible: set COMPATIBLE_BASE_URL",
            ]
        );
        let secrets = bare.secrets();
        assert_eq!(
            names(&secrets),
            ["JWT_SECRET", "OPENAI_API_KEY", "COMPATIBLE_API_KEY"]
        );
        assert_eq!(secrets[2].need, Need::May);
        assert!(with("AI_PROVIDER = \"gemini\"").faults()[0].contains("gemini"));
        let ai = with("AI_PROVIDER = \"workers-ai\"\nWORKERS_AI_MODEL = \"@cf/x\"");
        assert!(ai.faults()[0].contains("[ai]"));
    }

    #[test]
    fn mail_needs_a_sender_and_its_service_s_key() {
        let mails = with("MAIL_HTTP_URL = \"https://mail.example/send\"");
        assert!(mails.faults()[0].contains("MAIL_FROM"));
        assert_eq!(names(&mails.secrets()), ["JWT_SECRET", "MAIL_HTTP_KEY"]);
        let binding = "[[send_email]]\nname = \"MAIL\"\n[vars]\nENVIRONMENT = \"production\"\nMAIL_FROM = \"a@b.example\"";
        let binding = Settings::parse(binding).unwrap();
        assert!(binding.faults().is_empty());
        assert_eq!(names(&binding.secrets()), ["JWT_SECRET"]);
        assert!(with("APP_URL = \"http://captain.example\"").faults()[0].contains("APP_URL"));
    }

    #[test]
    fn a_missing_secret_is_a_fault_and_an_idle_one_a_note() {
        let settings = with("AI_PROVIDER = \"openai\"\nOPENAI_MODEL = \"gpt-5-mini\"");
        let there = ["JWT_SECRET", "MAIL_HTTP_KEY", "SOMEBODY_ELSES"].map(str::to_owned);
        let (faults, notes) = compare_secrets(&settings.secrets(), &there.into());
        assert_eq!(
            faults,
            [
                "the secret OPENAI_API_KEY is not set (AI_PROVIDER names its provider): `npx wrangler secret put OPENAI_API_KEY`"
            ]
        );
        assert_eq!(notes.len(), 1);
        assert!(notes[0].contains("MAIL_HTTP_KEY") && !notes[0].contains("SOMEBODY"));
    }
}
