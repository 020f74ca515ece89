//! The stock library: `scenarios/*.toml` as rows of D1. A file that changed becomes a new version; sessions keep pointing at
//! the one they were judged by.

use std::path::{Path, PathBuf};

use domain::ids::{ScenarioId, ScenarioVersionId};
use domain::scenario::Scenario;
use domain::scenario::file::{FileError, read_scenario, read_tone};
use domain::tone::ToneGuidelines;
use rusqlite::types::Value;
use rusqlite::{Connection, params_from_iter};
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
    for (sql, values) in statements(&files, now)? {
        database
            .execute(sql, params_from_iter(values))
            .map_err(refused)?;
    }
    let days = files
        .days
        .into_iter()
        .map(|text| {
            let rubric = serde_json::to_vec(&(&text, &files.tone)).map_err(refused)?;
            let row = DayRow::of(&text)?;
            Ok(Day {
                scenario: row.id,
                version: row.version,
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

/// SQL text that publishes what changed, for a deployed database, which takes no other form. `schema` is that of the database.
pub fn script(schema: &str, files: &Files, now: u64) -> Result<String> {
    let database = Connection::open_in_memory().map_err(refused)?;
    database.execute_batch(schema).map_err(refused)?;
    let mut script = String::new();
    for (sql, values) in statements(files, now)? {
        let mut statement = database.prepare(sql).map_err(refused)?;
        for (index, value) in (1..).zip(values) {
            statement
                .raw_bind_parameter(index, value)
                .map_err(refused)?;
        }
        let written_out = statement
            .expanded_sql()
            .ok_or_else(|| refused("a statement is too long"))?;
        script.push_str(written_out.trim());
        script.push_str(";\n");
    }
    Ok(script)
}

const MAKE_DAY: &str = "
    INSERT INTO scenarios (id, day, category, created_at, updated_at) VALUES (?1, ?2, ?3, ?4, ?4)
    ON CONFLICT (id) DO NOTHING";
const ADD_VERSION: &str = "
    INSERT INTO scenario_versions (id, scenario_id, number, theme, description, text, created_at, published_at)
    SELECT ?1, ?2, coalesce(max(number), 0) + 1, ?3, ?4, ?5, ?6, ?6 FROM scenario_versions WHERE scenario_id = ?2
    ON CONFLICT (id) DO NOTHING";
const PUBLISH_VERSION: &str = "
    UPDATE scenarios SET published_version_id = ?2, category = ?3, version = version + 1, updated_at = ?4
    WHERE id = ?1 AND published_version_id IS NOT ?2";
const PUBLISH_TONE: &str = "
    INSERT INTO tone_guidelines (id, number, text, created_at, published_at)
    SELECT ?1, coalesce(max(number), 0) + 1, ?2, ?3, ?3 FROM tone_guidelines WHERE company_id IS NULL
    ON CONFLICT (id) DO NOTHING";

/// What publishes the files. A text is a version of its own, known by its hash: run again, only what changed becomes a new one.
fn statements(files: &Files, now: u64) -> Result<Vec<(&'static str, Vec<Value>)>> {
    let now = Value::Integer(i64::try_from(now).map_err(refused)?);
    let mut all = Vec::new();
    for scenario in &files.days {
        let row = DayRow::of(scenario)?;
        let id = Value::Text(row.id.to_string());
        let version = Value::Text(row.version.to_string());
        let category = Value::Text(scenario.category.as_str().to_owned());
        let day = Value::Integer(scenario.day.into());
        all.push((
            MAKE_DAY,
            vec![id.clone(), day, category.clone(), now.clone()],
        ));
        let words = [&scenario.theme, &scenario.description, &row.text];
        let mut values = vec![version.clone(), id.clone()];
        values.extend(words.map(|text| Value::Text(text.clone())));
        values.push(now.clone());
        all.push((ADD_VERSION, values));
        all.push((PUBLISH_VERSION, vec![id, version, category, now.clone()]));
    }
    let tone = serde_json::to_string(&files.tone).map_err(refused)?;
    let id: ScenarioVersionId = ids::of(&format!("stock tone guidelines: {}", hash(&tone)));
    all.push((
        PUBLISH_TONE,
        vec![Value::Text(id.to_string()), Value::Text(tone), now],
    ));
    Ok(all)
}

/// A day as its rows have it.
struct DayRow {
    id: ScenarioId,
    version: ScenarioVersionId,
    text: String,
}

impl DayRow {
    fn of(scenario: &Scenario) -> Result<Self> {
        let name = format!("stock scenario of day {}", scenario.day);
        let text = serde_json::to_string(scenario).map_err(refused)?;
        Ok(Self {
            id: ids::of(&name),
            version: ids::of(&format!("{name}: {}", hash(&text))),
            text,
        })
    }
}

fn hash(text: &str) -> String {
    hex(&Sha256::digest(text))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::panic)]
    use super::*;

    #[test]
    fn the_script_publishes_what_the_files_say_and_nothing_twice() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
        let schema = std::fs::read_to_string(root.join("schema.sql")).unwrap();
        let mut files = read(&root.join("scenarios")).unwrap();
        let database = Connection::open_in_memory().unwrap();
        database.execute_batch(&schema).unwrap();
        let state = || -> (u32, u32, u32) {
            let sql = "SELECT (SELECT count(*) FROM scenarios WHERE published_version_id IS NOT NULL),
                              (SELECT count(*) FROM scenario_versions), (SELECT count(*) FROM tone_guidelines)";
            database
                .query_row(sql, [], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
                .unwrap()
        };
        for now in [1, 2] {
            let script = script(&schema, &files, now).unwrap();
            // A deployed database takes no longer statement.
            assert!(
                script
                    .split(";\n")
                    .all(|statement| statement.len() < 100_000)
            );
            database.execute_batch(&script).unwrap();
            assert_eq!(state(), (10, 10, 1));
        }
        files.days.first_mut().unwrap().theme = "Another".to_owned();
        database
            .execute_batch(&script(&schema, &files, 3).unwrap())
            .unwrap();
        assert_eq!(state(), (10, 11, 1));
        let theme: String = database
            .query_row(
                "SELECT v.theme FROM scenarios s JOIN scenario_versions v ON v.id = s.published_version_id WHERE s.day = 1",
                [],
                |row| row.get(0),
            )
            .unwrap();
        assert_eq!(theme, "Another");
        // The same as straight into a local database.
        publish(&database, files, 4).unwrap();
        assert_eq!(state(), (10, 11, 1));
    }

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
