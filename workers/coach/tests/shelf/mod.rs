//! The scenario files and the graded answers, read from where they are kept.

#![allow(
    dead_code,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing
)]

use domain::scenario::file::{read_scenario, read_tone};
use domain::scenario::{Drill, Scenario};
use domain::tone::ToneGuidelines;
use serde::Deserialize;
use std::fs;
use std::path::{Path, PathBuf};

fn scenarios() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../scenarios")
}

/// The tone guidelines.
pub fn tone() -> ToneGuidelines {
    let text = fs::read_to_string(scenarios().join("tone.toml")).expect("scenarios/tone.toml");
    read_tone("tone.toml", &text).unwrap_or_else(|fault| panic!("{fault}"))
}

/// Every day's file, by name.
pub fn days() -> Vec<(String, Scenario)> {
    let mut names: Vec<String> = fs::read_dir(scenarios())
        .expect("scenarios/")
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| name.starts_with("day-") && name.ends_with(".toml"))
        .collect();
    names.sort();
    names
        .into_iter()
        .map(|name| {
            let text = fs::read_to_string(scenarios().join(&name)).unwrap();
            let scenario = read_scenario(&name, &text).unwrap_or_else(|fault| panic!("{fault}"));
            (name, scenario)
        })
        .collect()
}

/// Every drill of every day, with a name to find it by.
pub fn drills() -> Vec<(String, Drill)> {
    days()
        .into_iter()
        .flat_map(|(file, scenario)| {
            scenario
                .drills
                .into_iter()
                .map(move |drill| (format!("{file} {}", drill.id), drill))
        })
        .collect()
}

/// One answer with what it must get.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GradedAnswer {
    /// What kind of answer it is: good, hesitant, pushy.
    pub kind: String,
    /// 1 is best.
    pub rank: u8,
    /// Lowest and highest score allowed.
    pub band: [u8; 2],
    /// Whether a blocker must be found.
    #[serde(default)]
    pub blocked: bool,
    /// The answer.
    text: String,
    /// Said again until this many characters are reached.
    repeat_to: Option<usize>,
}

impl GradedAnswer {
    /// The answer as it is sent.
    pub fn text(&self) -> String {
        match self.repeat_to {
            Some(chars) => self.text.chars().cycle().take(chars).collect(),
            None => self.text.clone(),
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct GradedAnswers {
    answers: Vec<GradedAnswer>,
}

/// The graded answers of each day-1 drill.
pub fn graded() -> Vec<(Drill, Vec<GradedAnswer>)> {
    let (_, day) = days()
        .into_iter()
        .find(|(_, day)| day.day == 1)
        .expect("day 1");
    day.drills
        .into_iter()
        .map(|drill| {
            let path = Path::new(env!("CARGO_MANIFEST_DIR"))
                .join("tests/graded/day-01")
                .join(format!("{}.toml", drill.id));
            let text = fs::read_to_string(&path).unwrap_or_else(|e| panic!("{path:?}: {e}"));
            let answers: GradedAnswers =
                toml::from_str(&text).unwrap_or_else(|e| panic!("{path:?}: {e}"));
            (drill, answers.answers)
        })
        .collect()
}

/// A good answer in words of its own, with the drill it answers.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OtherWords {
    /// The drill's id.
    pub drill: String,
    /// The answer.
    pub text: String,
}

/// Good answers to drills of several days, in words that no scenario file uses.
pub fn other_words() -> Vec<(Drill, OtherWords)> {
    #[derive(Deserialize)]
    struct File {
        answers: Vec<OtherWords>,
    }
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/graded/other_words.toml");
    let file: File = toml::from_str(&fs::read_to_string(path).unwrap()).unwrap();
    let drills = drills();
    file.answers
        .into_iter()
        .map(|answer| {
            let (_, drill) = drills
                .iter()
                .find(|(_, drill)| drill.id == answer.drill)
                .unwrap_or_else(|| panic!("no drill {}", answer.drill));
            (drill.clone(), answer)
        })
        .collect()
}

/// An attack: an honest part that can be graded alone, and what was put beside it.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Attack {
    /// The drill's id.
    pub drill: String,
    /// Where the attack stands.
    pub place: Place,
    /// The honest part.
    pub honest: String,
    /// The attack.
    pub attack: String,
}

/// Where an attack stands beside the honest part.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Place {
    Before,
    After,
    /// After the first sentence of the honest part.
    Between,
}

impl Place {
    /// Both parts together.
    pub fn join(self, honest: &str, attack: &str) -> String {
        match self {
            Place::Before => format!("{attack}\n{honest}"),
            Place::After => format!("{honest}\n{attack}"),
            Place::Between => {
                let first = domain::tone::Answer::read(honest)
                    .sentences()
                    .first()
                    .map_or(0, |sentence| {
                        honest.find(sentence.text).unwrap() + sentence.text.len()
                    });
                let (first, rest) = honest.split_at(first);
                format!("{first} {attack} {}", rest.trim_start())
            }
        }
    }
}

/// One file of `tests/attacks`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Attacks {
    /// Whether a judge that obeys finds something to obey.
    pub asks: bool,
    /// The attacks.
    pub attacks: Vec<Attack>,
}

fn tests(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests")
        .join(path)
}

fn read<T: serde::de::DeserializeOwned>(path: &Path) -> T {
    let text = fs::read_to_string(path).unwrap_or_else(|e| panic!("{path:?}: {e}"));
    toml::from_str(&text).unwrap_or_else(|e| panic!("{path:?}: {e}"))
}

fn files(folder: &str) -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> = fs::read_dir(tests(folder))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    files.sort();
    files
}

/// All attacks, by the name of their kind.
pub fn attacks() -> Vec<(String, Attacks)> {
    files("attacks")
        .into_iter()
        .map(|path| {
            let kind = path.file_stem().unwrap().to_str().unwrap().to_owned();
            (kind, read(&path))
        })
        .collect()
}

/// Honest answers with words that attacks use too.
pub fn honest() -> Vec<OtherWords> {
    #[derive(Deserialize)]
    struct File {
        answers: Vec<OtherWords>,
    }
    read::<File>(&tests("honest.toml")).answers
}

/// An answer with a trainer's levels.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GoldenAnswer {
    /// The answer.
    pub text: String,
    /// By criterion id: a level, or "-" for not observed.
    pub levels: std::collections::BTreeMap<String, toml::Value>,
}

/// The golden set, both parts, by drill id.
pub fn golden() -> Vec<(String, Vec<GoldenAnswer>)> {
    #[derive(Deserialize)]
    struct File {
        drill: String,
        answers: Vec<GoldenAnswer>,
    }
    ["golden/open", "golden/held_out"]
        .into_iter()
        .flat_map(files)
        .map(|path| {
            let file: File = read(&path);
            (file.drill, file.answers)
        })
        .collect()
}
