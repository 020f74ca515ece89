//! The stock library: `scenarios/*.toml` as rows of D1. A file that changed becomes a new version; sessions keep pointing at
//! the one they were judged by.

use std::path::{Path, PathBuf};

use domain::ids::{ScenarioId, ScenarioVersionId};
use domain::scenario::Scenario;
use domain::scenario::file::{FileError, read_scenario, read_tone};
use domain::tone::ToneGuidelines;
use rusqlite::{Connection, OptionalExtension, params};
use sha2::{Digest, Sha256};

use super::{ids, refused};
use crate::error::{Error, Result};
use crate::stamp::hex;

/// What the folder says.
pub struct Files {
    days: Vec<Scenario>,
    tone: ToneGuidelines,
}

/// What is published now.
pub struct Library {
    /// The ten days in order.
    pub days: Vec<Day>,
    /// The tone rules.
    pub tone: ToneGuidelines,
}

/// One day of the library.
pub struct Day {
    /// The scenario.
    pub scenario: ScenarioId,
    /// The version of its text.
    pub version: ScenarioVersionId,
    /// Its text.
    pub text: Scenario,
    /// SHA-256 of text and tone, as a session's start freezes it.
    pub rubric_hash: String,
}

impl Library {
    /// A day, 1 to 10.
    pub fn day(&self, day: u8) -> Result<&Day> {
        self.days
            .iter()
            .find(|one| one.text.day == day)
            .ok_or_else(|| refused(format!("there is no scenario for day {day}")))
    }
}

/// Reads and checks all ten days and the tone guidelines. A bad file stops with its name, the key and the rule.
pub fn read(folder: &Path) -> Result<Files> {
    let days = (1..=10)
        .map(|day| {
            let path = folder.join(format!("day-{day:02}.toml"));
            let scenario = read_scenario("", &text(&path)?).map_err(bad(&path))?;
            if scenario.day == day {
                Ok(scenario)
            } else {
                let why = format!(
                    "day: is {}; the file is named after day {day}",
                    scenario.day
                );
                Err(bad_file(&path, why))
            }
        })
        .collect::<Result<_>>()?;
    let path = folder.join("tone.toml");
    let tone = read_tone("", &text(&path)?).map_err(bad(&path))?;
    Ok(Files { days, tone })
}

fn text(path: &Path) -> Result<String> {
    std::fs::read_to_string(path).map_err(Error::file(path))
}

fn bad(path: &Path) -> impl FnOnce(FileError) -> Error {
    let path = path.to_path_buf();
    move |error| {
        let why = match error {
            FileError::Syntax { message, .. } => message.trim_end().to_owned(),
            FileError::Rules { faults, .. } => {
                let faults: Vec<String> = faults.iter().map(ToString::to_string).collect();
                faults.join("; ")
            }
        };
        bad_file(&path, why)
    }
}

fn bad_file(path: &Path, why: String) -> Error {
    Error::BadFile {
        path: PathBuf::from(path),
        why,
        mend:
            "mend the line that is named; workers/domain/src/scenario.rs says what each key means."
                .to_owned(),
    }
}

/// Publishes what changed.
pub fn publish(database: &Connection, files: Files, now: u64) -> Result<Library> {
    publish_tone(database, &files.tone, now)?;
    let days = files
        .days
        .into_iter()
        .map(|text| {
            let rubric = serde_json::to_vec(&(&text, &files.tone)).map_err(refused)?;
            let (scenario, version) = publish_day(database, &text, now).map_err(refused)?;
            Ok(Day {
                scenario,
                version,
                text,
                rubric_hash: hex(&Sha256::digest(rubric)),
            })
        })
        .collect::<Result<_>>()?;
    Ok(Library {
        days,
        tone: files.tone,
    })
}

fn publish_day(
    database: &Connection,
    scenario: &Scenario,
    now: u64,
) -> std::result::Result<(ScenarioId, ScenarioVersionId), Box<dyn std::error::Error>> {
    let name = format!("stock scenario of day {}", scenario.day);
    let id: ScenarioId = ids::of(&name);
    let text = serde_json::to_string(scenario)?;
    database.execute(
        "INSERT INTO scenarios (id, day, category, created_at, updated_at) VALUES (?1, ?2, ?3, ?4, ?4)
         ON CONFLICT (id) DO NOTHING",
        params![id.to_string(), scenario.day, scenario.category.as_str(), now],
    )?;
    let latest: Option<(u32, String, String)> = database
        .query_row(
            "SELECT number, text, id FROM scenario_versions WHERE scenario_id = ?1 ORDER BY number DESC LIMIT 1",
            [id.to_string()],
            |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)),
        )
        .optional()?;
    let number = match latest {
        Some((_, same, version)) if same == text => return Ok((id, version.parse()?)),
        Some((number, ..)) => number + 1,
        None => 1,
    };
    let version: ScenarioVersionId = ids::of(&format!("{name}, version {number}"));
    database.execute(
        "INSERT INTO scenario_versions (id, scenario_id, number, theme, description, text, created_at, published_at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?7)",
        params![
            version.to_string(),
            id.to_string(),
            number,
            scenario.theme,
            scenario.description,
            text,
            now
        ],
    )?;
    database.execute(
        "UPDATE scenarios SET published_version_id = ?2, category = ?3, version = version + 1, updated_at = ?4
         WHERE id = ?1",
        params![id.to_string(), version.to_string(), scenario.category.as_str(), now],
    )?;
    Ok((id, version))
}

fn publish_tone(database: &Connection, tone: &ToneGuidelines, now: u64) -> Result<()> {
    let text = serde_json::to_string(tone).map_err(refused)?;
    let latest: Option<(u32, String)> = database
        .query_row(
            "SELECT number, text FROM tone_guidelines WHERE company_id IS NULL ORDER BY number DESC LIMIT 1",
            [],
            |row| Ok((row.get(0)?, row.get(1)?)),
        )
        .optional()
        .map_err(refused)?;
    let number = match latest {
        Some((_, same)) if same == text => return Ok(()),
        Some((number, _)) => number + 1,
        None => 1,
    };
    let id: ScenarioVersionId = ids::of(&format!("stock tone guidelines, version {number}"));
    database
        .execute(
            "INSERT INTO tone_guidelines (id, number, text, created_at, published_at) VALUES (?1, ?2, ?3, ?4, ?4)",
            params![id.to_string(), number, text, now],
        )
        .map_err(refused)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::panic)]
    use super::*;

    #[test]
    fn a_bad_file_names_itself_the_key_and_the_rule() {
        let real = Path::new(env!("CARGO_MANIFEST_DIR")).join("../scenarios");
        let folder = std::env::temp_dir().join(format!("xtask-library-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        for entry in std::fs::read_dir(real).unwrap().flatten() {
            std::fs::copy(entry.path(), folder.join(entry.file_name())).unwrap();
        }
        read(&folder).map(|files| files.days.len()).unwrap();
        let day = folder.join("day-03.toml");
        let good = std::fs::read_to_string(&day).unwrap();
        let refused = |text: String| {
            std::fs::write(&day, text).unwrap();
            match read(&folder) {
                Err(error) => error.to_string(),
                Ok(_) => panic!("it was taken"),
            }
        };
        let misspelt = refused(good.replacen("theme =", "themee =", 1));
        assert!(
            misspelt.contains("day-03.toml") && misspelt.contains("themee"),
            "{misspelt}"
        );
        let broken = refused(good.replacen("weight = 3", "weight = 9", 1));
        assert!(
            broken.contains("weight") && broken.contains("1 to 5"),
            "{broken}"
        );
        let other_day = refused(good.replacen("day = 3", "day = 4", 1));
        assert!(other_day.contains("named after day 3"), "{other_day}");
        std::fs::remove_dir_all(folder).unwrap();
    }
}
