//! `cargo xtask deploy-config`: wrangler.toml with what is one installation's own, so that no id is committed.
//!
//! It writes `wrangler.deploy.toml` beside wrangler.toml, because paths in such a file begin at its folder.

use std::collections::BTreeMap;
use std::path::PathBuf;

use toml::{Table, Value};

use crate::error::{Error, Result};
use crate::project::Project;
use crate::say;

/// What is written; git ignores it.
const FILE: &str = "wrangler.deploy.toml";

/// What is not a variable of the Worker but a thing of the account that it is bound to.
const DATABASE_ID: &str = "D1_DATABASE_ID";
const DATABASE_NAME: &str = "D1_DATABASE_NAME";
const BUCKET: &str = "R2_BUCKET";

/// Writes the file from settings as JSON, `{"D1_DATABASE_ID": "…", "APP_URL": "https://…"}`, and says what it left out.
pub fn write(project: &Project, json: &str, preview: bool) -> Result<PathBuf> {
    let path = project.path("wrangler.toml");
    let text = std::fs::read_to_string(&path).map_err(Error::file(&path))?;
    let bad = |why: String| Error::BadFile {
        path: path.clone(),
        why,
        mend: "give the settings as one JSON object of texts; see docs/deploying.md.".to_owned(),
    };
    let made = make(&text, json, preview).map_err(bad)?;
    if !made.left_out.is_empty() {
        say::line(&format!(
            "Note: not settings of the Worker, and left out: {}",
            made.left_out.join(", ")
        ));
    }
    let file = project.path(FILE);
    std::fs::write(&file, made.text).map_err(Error::file(&file))?;
    Ok(file)
}

/// What comes of settings.
struct Made {
    text: String,
    left_out: Vec<String>,
}

fn make(wrangler_toml: &str, json: &str, preview: bool) -> std::result::Result<Made, String> {
    let settings: BTreeMap<String, String> = serde_json::from_str(json)
        .map_err(|why| format!("the settings are no such JSON: {why}"))?;
    let mut config: Table = wrangler_toml
        .parse()
        .map_err(|why: toml::de::Error| why.to_string())?;
    let mut left_out = Vec::new();
    for (name, value) in settings
        .into_iter()
        .filter(|(_, value)| !value.trim().is_empty())
    {
        let place = match name.as_str() {
            DATABASE_ID => first(&mut config, "d1_databases", "database_id"),
            DATABASE_NAME => first(&mut config, "d1_databases", "database_name"),
            BUCKET => first(&mut config, "r2_buckets", "bucket_name"),
            variable => config
                .get_mut("vars")
                .and_then(|vars| vars.get_mut(variable)),
        };
        match place {
            Some(place) => *place = Value::String(value),
            None => left_out.push(name),
        }
    }
    if preview {
        let previews = previews(&config);
        config.insert("previews".to_owned(), Value::Table(previews));
    }
    Ok(Made {
        text: config.to_string(),
        left_out,
    })
}

/// A field of the first binding of a kind.
fn first<'a>(config: &'a mut Table, kind: &str, field: &str) -> Option<&'a mut Value> {
    config.get_mut(kind)?.get_mut(0)?.get_mut(field)
}

/// What a preview is bound to. It inherits nothing, so all of it is named; its objects are its own without more. As on a
/// developer's machine its mails are shown and not sent, and the built-in coach speaks; there are no demo log-ins.
fn previews(config: &Table) -> Table {
    let mut previews = Table::new();
    for kind in ["d1_databases", "r2_buckets", "durable_objects"] {
        if let Some(bindings) = config.get(kind) {
            previews.insert(kind.to_owned(), bindings.clone());
        }
    }
    let mut vars = config
        .get("vars")
        .and_then(Value::as_table)
        .cloned()
        .unwrap_or_default();
    for (name, value) in [
        ("ENVIRONMENT", "dev"),
        ("AI_PROVIDER", "builtin"),
        ("APP_URL", ""),
        ("MAIL_HTTP_URL", ""),
        ("ALLOWED_ORIGINS", ""),
    ] {
        vars.insert(name.to_owned(), Value::String(value.to_owned()));
    }
    previews.insert("vars".to_owned(), Value::Table(vars));
    previews
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
    const SETTINGS: &str = r#"{"D1_DATABASE_ID": "6f1d0c1e", "R2_BUCKET": "voices", "APP_URL": "https://captain.example",
        "MAIL_FROM": "", "AI_PROVIDER": "openai", "COLOUR": "red"}"#;

    fn made(preview: bool) -> (Table, Vec<String>) {
        let made = make(OURS, SETTINGS, preview).unwrap();
        (made.text.parse().unwrap(), made.left_out)
    }

    #[test]
    fn settings_take_their_places_and_the_rest_stays() {
        let (config, left_out) = made(false);
        assert_eq!(left_out, ["COLOUR"]);
        assert_eq!(
            config["d1_databases"][0]["database_id"].as_str(),
            Some("6f1d0c1e")
        );
        assert_eq!(
            config["r2_buckets"][0]["bucket_name"].as_str(),
            Some("voices")
        );
        assert_eq!(
            config["vars"]["APP_URL"].as_str(),
            Some("https://captain.example")
        );
        assert!(!config.contains_key("previews"));
        // Everything else is as it was, in its own kind.
        let ours: Table = OURS.parse().unwrap();
        for (name, value) in &ours {
            if !["d1_databases", "r2_buckets", "vars"].contains(&name.as_str()) {
                assert_eq!(config.get(name), Some(value), "{name}");
            }
        }
    }

    #[test]
    fn a_preview_has_all_bindings_of_its_own_and_writes_to_nobody() {
        let (config, _) = made(true);
        let previews = config["previews"].as_table().unwrap();
        assert_eq!(
            previews["d1_databases"][0]["database_id"].as_str(),
            Some("6f1d0c1e")
        );
        assert_eq!(previews["r2_buckets"], config["r2_buckets"]);
        assert_eq!(previews["durable_objects"], config["durable_objects"]);
        let vars = &previews["vars"];
        assert_eq!(vars["ENVIRONMENT"].as_str(), Some("dev"));
        assert_eq!(vars["AI_PROVIDER"].as_str(), Some("builtin"));
        assert_eq!(vars["MAIL_HTTP_URL"].as_str(), Some(""));
        assert!(vars.get("DEMO").is_none());
    }

    #[test]
    fn what_is_no_json_is_refused() {
        assert!(make(OURS, "D1_DATABASE_ID=x", false).is_err());
        assert!(make(OURS, r#"{"APP_URL": 7}"#, false).is_err());
    }
}
