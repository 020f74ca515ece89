//! The words of the interface: what the app's code says in English (`tr!`), and what translators made of it.
//!
//! `cargo xtask words` brings the files of translations up to what the code says; the build makes a catalogue of each; a test fails
//! when something is missing or doesn't fit.

mod said;
mod translated;

pub use said::{Said, all_said};
pub use translated::Translations;

use std::path::PathBuf;

use crate::error::Result;
use crate::project::Project;
use crate::say;

/// The languages beside English, by their tags.
pub const LANGUAGES: [&str; 1] = ["hi"];

/// Where a language's translations are.
pub fn file(project: &Project, language: &str) -> PathBuf {
    project.path(format!("frontend/languages/{language}.po"))
}

/// Brings every language's file up to what the code says, and tells what is left to translate and to mend.
pub fn run(project: &Project) -> Result<()> {
    let said = all_said(project)?;
    for language in LANGUAGES {
        let path = file(project, language);
        let mut translations = Translations::read(&path)?;
        translations.follow(&said);
        translations.write(&path)?;
        say::line(&format!(
            "{}: {} texts, {} to translate",
            path.display(),
            said.len(),
            translations.missing(&said).len()
        ));
        for fault in translations.faults(&said) {
            say::line(&format!("  {fault}"));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn what_is_given_to_a_text_fits_it_in_every_language() {
        let project = Project::locate().unwrap();
        let said = all_said(&project).unwrap();
        let wrong: Vec<String> = said.iter().flat_map(Said::faults).collect();
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
        for language in LANGUAGES {
            let translations = Translations::read(&file(&project, language)).unwrap();
            let wrong = translations.faults(&said);
            assert!(wrong.is_empty(), "{}", wrong.join("\n"));
        }
    }

    #[test]
    fn every_language_says_all_that_the_code_says_and_nothing_else() {
        let project = Project::locate().unwrap();
        let said = all_said(&project).unwrap();
        for language in LANGUAGES {
            let translations = Translations::read(&file(&project, language)).unwrap();
            let (missing, stale) = (translations.missing(&said), translations.stale(&said));
            assert!(
                missing.is_empty() && stale.is_empty(),
                "{language}.po: run `cargo xtask words`, then translate what waits.\nMissing: {missing:#?}\nGone from the code: {stale:#?}"
            );
        }
    }
}
