//! How far the built-in coach agrees with a trainer: the golden set of a hundred answers whose levels were written down before
//! any coach judged them.

use std::collections::HashMap;
use std::fmt;
use std::path::{Path, PathBuf};

use coach::builtin::judge;
use domain::scenario::Drill;
use domain::scenario::file::read_scenario;
use serde::Deserialize;

use crate::error::{Error, Result};
use crate::project::Project;

/// Where the golden set is.
const GOLDEN: &str = "workers/coach/tests/golden";

/// The part that may be looked at while the coach is made better.
pub const OPEN: &str = "open";

/// The part that may not: what the coach is worth on answers that taught it nothing.
pub const HELD_OUT: &str = "held_out";

/// Levels are 0 to 3; “not observed” earns what level 0 earns and stands with it.
const LEVELS: usize = 4;

/// One file: a drill with its answers.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Golden {
    drill: String,
    answers: Vec<GoldenAnswer>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct GoldenAnswer {
    text: String,
    /// By criterion id.
    levels: HashMap<String, Given>,
}

/// What the trainer gave.
#[derive(Deserialize)]
#[serde(untagged)]
enum Given {
    Level(u8),
    /// `"-"`: not observed.
    NotObserved(String),
}

impl Given {
    /// The level, 0 to 3; `None` when the file says something else.
    fn level(&self) -> Option<u8> {
        match self {
            Given::Level(level) => Some(*level).filter(|level| *level <= 3),
            Given::NotObserved(dash) => (dash == "-").then_some(0),
        }
    }
}

/// Two judges of the same criteria.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Agreement {
    /// Answers judged.
    pub answers: u32,
    /// How often the trainer gave the first level and the coach the second.
    pub seen: [[u32; LEVELS]; LEVELS],
}

impl Agreement {
    fn add(&mut self, trainer: u8, coach: u8) {
        let cell = self
            .seen
            .get_mut(usize::from(trainer))
            .and_then(|row| row.get_mut(usize::from(coach)));
        if let Some(cell) = cell {
            *cell += 1;
        }
    }

    /// Levels compared.
    pub fn levels(&self) -> u32 {
        self.seen.iter().flatten().sum()
    }

    /// The share of levels at most `apart` from each other, 0 to 1.
    pub fn within(&self, apart: usize) -> f64 {
        let near = self.cells().filter(|(t, c, _)| t.abs_diff(*c) <= apart);
        let near: u32 = near.map(|(_, _, count)| count).sum();
        f64::from(near) / f64::from(self.levels().max(1))
    }

    /// Cohen's kappa with quadratic weights: 1 is full agreement, 0 what two judges with these habits reach by chance.
    /// `None` when one of them gave the same level throughout.
    pub fn kappa(&self) -> Option<f64> {
        let all = f64::from(self.levels());
        let given = |by: fn(&(usize, usize, u32)) -> usize, level: usize| -> f64 {
            let cells = self.cells().filter(|cell| by(cell) == level);
            cells.map(|(_, _, count)| f64::from(count)).sum()
        };
        let (mut seen, mut by_chance) = (0.0, 0.0);
        for (trainer, coach, count) in self.cells() {
            let apart = u32::try_from(trainer.abs_diff(coach)).unwrap_or(0);
            let weight = f64::from(apart * apart);
            seen += weight * f64::from(count);
            by_chance += weight * given(|cell| cell.0, trainer) * given(|cell| cell.1, coach) / all;
        }
        (by_chance > 0.0).then(|| 1.0 - seen / by_chance)
    }

    /// Trainer's level, coach's level, how often.
    fn cells(&self) -> impl Iterator<Item = (usize, usize, u32)> {
        let rows = self.seen.iter().enumerate();
        rows.flat_map(|(trainer, row)| {
            let row = row.iter().enumerate();
            row.map(move |(coach, count)| (trainer, coach, *count))
        })
    }
}

impl fmt::Display for Agreement {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kappa = self
            .kappa()
            .map_or_else(|| "none".to_owned(), |kappa| format!("{kappa:.2}"));
        write!(
            f,
            "weighted kappa {kappa}: {} levels of {} answers, {:.0}% the same, {:.0}% at most one apart",
            self.levels(),
            self.answers,
            self.within(0) * 100.0,
            self.within(1) * 100.0
        )
    }
}

/// Prints both parts' agreement.
pub fn print(project: &Project) -> Result<()> {
    println!("  Trainer and coach          {}", measure(project, OPEN)?);
    println!(
        "    on answers held out      {}",
        measure(project, HELD_OUT)?
    );
    Ok(())
}

/// Lets the built-in coach judge a part of the golden set.
pub fn measure(project: &Project, part: &str) -> Result<Agreement> {
    let drills = drills(&project.path("scenarios"))?;
    let mut agreement = Agreement::default();
    for path in files(&project.path(GOLDEN).join(part))? {
        let bad = |why: String| {
            Error::BadFile {
            path: path.clone(),
            why,
            mend: "give each criterion of the drill a level of 0 to 3, or \"-\" when it is not observed.".to_owned(),
        }
        };
        let golden: Golden = toml::from_str(&text(&path)?).map_err(|e| bad(e.to_string()))?;
        let drill = drills
            .iter()
            .find(|drill| drill.id == golden.drill)
            .ok_or_else(|| bad(format!("there is no drill {}", golden.drill)))?;
        for answer in &golden.answers {
            if answer.levels.len() != drill.criteria.len() {
                return Err(bad(format!("not one level per criterion: {}", answer.text)));
            }
            for judgement in judge(drill, &answer.text) {
                let given = answer.levels.get(&judgement.criterion);
                let trainer = given
                    .and_then(Given::level)
                    .ok_or_else(|| bad(format!("no level for {}", judgement.criterion)))?;
                let coach = judgement.observed.map_or(0, |seen| u8::from(seen.level));
                agreement.add(trainer, coach);
            }
            agreement.answers += 1;
        }
    }
    Ok(agreement)
}

fn drills(scenarios: &Path) -> Result<Vec<Drill>> {
    let mut drills = Vec::new();
    for path in files(scenarios)? {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        if name.starts_with("day-") {
            let scenario = read_scenario("", &text(&path)?).map_err(|e| Error::BadFile {
                path: path.clone(),
                why: e.to_string(),
                mend: "mend the line that is named.".to_owned(),
            })?;
            drills.extend(scenario.drills);
        }
    }
    Ok(drills)
}

/// A folder's files in the order of their names.
fn files(folder: &Path) -> Result<Vec<PathBuf>> {
    let entries = std::fs::read_dir(folder).map_err(Error::file(folder))?;
    let mut files = entries
        .map(|entry| entry.map(|entry| entry.path()))
        .collect::<std::io::Result<Vec<_>>>()
        .map_err(Error::file(folder))?;
    files.sort();
    Ok(files)
}

fn text(path: &Path) -> Result<String> {
    std::fs::read_to_string(path).map_err(Error::file(path))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used)]
    use super::*;

    #[test]
    fn the_agreement_is_printed() {
        let project = Project::locate().expect("project");
        print(&project).expect("golden set");
        assert_eq!(measure(&project, OPEN).expect("open").answers, 70);
        assert_eq!(measure(&project, HELD_OUT).expect("held out").answers, 30);
    }

    fn agreement(pairs: &[(u8, u8)]) -> Agreement {
        let mut agreement = Agreement::default();
        for (trainer, coach) in pairs {
            agreement.add(*trainer, *coach);
        }
        agreement
    }

    #[test]
    fn kappa_is_one_for_the_same_and_minus_one_for_the_opposite() {
        let same = agreement(&[(0, 0), (1, 1), (2, 2), (3, 3)]);
        assert_eq!(same.kappa(), Some(1.0));
        let opposite = agreement(&[(0, 3), (1, 2), (2, 1), (3, 0)]);
        assert_eq!(opposite.kappa(), Some(-1.0));
        assert_eq!(agreement(&[(2, 2), (2, 2)]).kappa(), None);
    }

    /// Four by hand: seen weights 0 + 1 + 0 + 9 = 10; by chance (levels 0, 0, 3, 3 against 0, 1, 3, 0), 2·(0+1+9+0)/4 +
    /// 2·(9+4+0+9)/4 = 16; 1 - 10/16.
    #[test]
    fn kappa_agrees_with_a_sum_by_hand() {
        let some = agreement(&[(0, 0), (0, 1), (3, 3), (3, 0)]);
        assert!((some.kappa().unwrap() - 0.375).abs() < 1e-12);
    }
}
