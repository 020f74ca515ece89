//! The Worker's variables for a local run, in a file that its owner alone may read: `ps` shows command lines to everyone.

use std::collections::BTreeMap;
use std::path::Path;

use crate::data::write_private;
use crate::error::{Error, Result};

/// Names and values; a later one replaces an earlier one.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Vars(BTreeMap<String, String>);

impl Vars {
    /// Sets one.
    pub fn set(&mut self, name: &str, value: impl Into<String>) -> &mut Self {
        self.0.insert(name.to_owned(), value.into());
        self
    }

    /// Sets one, unless it is set already.
    pub fn set_if_absent(&mut self, name: &str, value: impl Into<String>) -> &mut Self {
        self.0
            .entry(name.to_owned())
            .or_insert_with(|| value.into());
        self
    }

    /// Reads `.dev.vars`, if it is there.
    pub fn from_file(path: &Path) -> Result<Self> {
        if !path.is_file() {
            return Ok(Self::default());
        }
        let bad = |why: dotenvy::Error| Error::BadFile {
            path: path.to_path_buf(),
            why: match why {
                // The line itself may hold a secret, so it is not repeated.
                dotenvy::Error::LineParse(_, column) => {
                    format!("a line cannot be read, near its character {column}")
                }
                other => other.to_string(),
            },
            mend: "write one NAME=value per line, values with spaces in double quotes.".to_owned(),
        };
        let pairs = dotenvy::from_path_iter(path).map_err(bad)?;
        Ok(Self(
            pairs.collect::<std::result::Result<_, _>>().map_err(bad)?,
        ))
    }

    /// Sets those of `names` that the environment has.
    pub fn set_from_environment(&mut self, names: &[&str]) -> &mut Self {
        for name in names {
            if let Ok(value) = std::env::var(name) {
                self.set(name, value);
            }
        }
        self
    }

    /// The value of one.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(String::as_str)
    }

    /// All of them as one JSON object.
    pub(super) fn json(&self) -> String {
        serde_json::json!(self.0).to_string()
    }

    /// Writes the file wrangler reads.
    pub(super) fn write(&self, path: &Path) -> Result<()> {
        let mut text = String::new();
        for (name, value) in &self.0 {
            let quoted = quote(value).ok_or_else(|| Error::BadFile {
                path: path.to_path_buf(),
                why: format!("the value of {name} holds all three kinds of quotes"),
                mend: "choose a value without one of ' \" `.".to_owned(),
            })?;
            text.push_str(&format!("{name}={quoted}\n"));
        }
        write_private(path, &text)
    }
}

/// A value in quotes that it does not contain itself, its `$` kept from being expanded.
fn quote(value: &str) -> Option<String> {
    let quote = ['\'', '`', '"']
        .into_iter()
        .find(|quote| !value.contains(*quote))?;
    Some(format!("{quote}{}{quote}", value.replace('$', "\\$")))
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
    fn values_are_quoted_so_that_they_come_out_as_they_went_in() {
        assert_eq!(quote("a b#c").unwrap(), "'a b#c'");
        assert_eq!(quote("it's").unwrap(), "`it's`");
        assert_eq!(quote("pa$$word").unwrap(), "'pa\\$\\$word'");
        assert_eq!(quote("'`\""), None);
    }

    #[test]
    fn dev_vars_are_read_and_a_bad_line_is_not_repeated() {
        let path = std::env::temp_dir().join(format!("xtask-vars-{}", std::process::id()));
        std::fs::write(
            &path,
            "# mine\nOPENAI_API_KEY=\"sk-1 2\"\nAI_PROVIDER=openai\n",
        )
        .unwrap();
        let vars = Vars::from_file(&path).unwrap();
        assert_eq!(vars.get("OPENAI_API_KEY"), Some("sk-1 2"));
        assert_eq!(vars.get("AI_PROVIDER"), Some("openai"));
        std::fs::write(&path, "OPENAI_API_KEY = sk-secret oops'\n").unwrap();
        let error = Vars::from_file(&path).unwrap_err().to_string();
        assert!(!error.contains("sk-secret"), "{error}");
        std::fs::remove_file(&path).unwrap();
    }
}
