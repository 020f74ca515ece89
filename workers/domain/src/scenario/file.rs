//! Reading `scenarios/*.toml`: a bad file names itself, the key and the rule.

use super::{Fault, Scenario, validate};
use crate::tone::{self, ToneGuidelines};
use serde::de::DeserializeOwned;

/// Why a file was refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FileError {
    /// It is no TOML, or a key is missing, misspelt or of the wrong type. The message has line, column and key.
    #[error("{file}: {message}")]
    Syntax {
        /// The file's name.
        file: String,
        /// What the parser says.
        message: String,
    },
    /// It reads, but breaks rules.
    #[error("{file}: {}", .faults.iter().map(Fault::to_string).collect::<Vec<_>>().join("; "))]
    Rules {
        /// The file's name.
        file: String,
        /// Every broken rule.
        faults: Vec<Fault>,
    },
}

/// Reads one day's scenario.
pub fn read_scenario(file: &str, text: &str) -> Result<Scenario, FileError> {
    let scenario: Scenario = parse(file, text)?;
    rules(file, validate(&scenario))?;
    Ok(scenario)
}

/// Reads the tone guidelines.
pub fn read_tone(file: &str, text: &str) -> Result<ToneGuidelines, FileError> {
    let guidelines: ToneGuidelines = parse(file, text)?;
    rules(file, tone::validate(&guidelines))?;
    Ok(guidelines)
}

fn parse<T: DeserializeOwned>(file: &str, text: &str) -> Result<T, FileError> {
    toml::from_str(text).map_err(|error| FileError::Syntax {
        file: file.to_owned(),
        message: error.to_string(),
    })
}

fn rules(file: &str, outcome: Result<(), Vec<Fault>>) -> Result<(), FileError> {
    outcome.map_err(|faults| FileError::Rules {
        file: file.to_owned(),
        faults,
    })
}

#[cfg(test)]
mod tests;
