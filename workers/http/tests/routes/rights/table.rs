//! `access.md`, read line by line.

use crate::world::Person;
use axum::http::Method;
use std::sync::LazyLock;

/// The columns of the askers, in their order.
pub const ASKERS: [Option<Person>; 7] = [
    None,
    Some(Person::Rep),
    Some(Person::OtherRep),
    Some(Person::Manager),
    Some(Person::OtherManager),
    Some(Person::SagarManager),
    Some(Person::SuperAdmin),
];

const HEADINGS: [&str; 10] = [
    "call",
    "of",
    "anonymous",
    "rep",
    "teammate",
    "manager",
    "other manager",
    "other company's",
    "super admin",
    "log",
];

/// Whose the thing is that a call names, in the order of a cell's answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Target {
    /// The rep's.
    Own,
    /// The other team's; of scenarios, the stock's.
    OtherTeam,
    OtherCompany,
    Missing,
}

impl Target {
    pub const ALL: [Target; 4] = [
        Target::Own,
        Target::OtherTeam,
        Target::OtherCompany,
        Target::Missing,
    ];
}

/// One line.
#[derive(Debug)]
pub struct Row {
    /// `GET /api/users/{id}`
    pub call: String,
    pub method: Method,
    pub path: String,
    /// What is named and sent, in the file's words.
    pub of: String,
    /// The thing that has targets.
    pub named: Option<Named>,
    /// The entry in the audit log.
    pub log: Option<String>,
    cells: Vec<Cell>,
}

/// A thing that a call names.
#[derive(Debug)]
pub struct Named {
    /// `waiting session`
    pub thing: String,
    pub place: Place,
}

/// Where a call names it.
#[derive(Debug)]
pub enum Place {
    /// The first placeholder of the path.
    Path,
    /// The second placeholder of the path.
    SecondInPath,
    /// This key of the query.
    Query(String),
    /// This key of the body.
    Body(String),
}

#[derive(Debug)]
enum Cell {
    /// Whatever is named.
    One(u16),
    Each([Option<u16>; 4]),
}

/// The whole file.
pub static TABLE: LazyLock<Vec<Row>> = LazyLock::new(|| {
    let mut rows = Vec::new();
    for line in include_str!("../../access.md").lines() {
        let Some(line) = line.trim().strip_prefix('|') else {
            continue;
        };
        let cells: Vec<&str> = line
            .trim_end_matches('|')
            .split('|')
            .map(str::trim)
            .collect();
        match cells[0] {
            "call" => assert_eq!(cells, HEADINGS),
            call if call.starts_with('`') => rows.push(Row::read(&cells)),
            _ => {}
        }
    }
    rows
});

impl Row {
    fn read(line: &[&str]) -> Self {
        assert_eq!(line.len(), HEADINGS.len(), "{line:?}");
        let call = line[0].trim_matches('`');
        let (method, path) = call.split_once(' ').unwrap();
        let cells: Vec<Cell> = line[2..9].iter().map(|cell| Cell::read(cell)).collect();
        let has_targets = cells.iter().any(|cell| matches!(cell, Cell::Each(_)));
        let row = Self {
            call: call.to_owned(),
            method: method.parse().unwrap(),
            path: path.to_owned(),
            of: line[1].to_owned(),
            named: has_targets.then(|| Named::read(line[1])),
            log: Some(line[9].to_owned()).filter(|log| !log.is_empty()),
            cells,
        };
        row.assert_same_targets_in_all_cells();
        row
    }

    fn assert_same_targets_in_all_cells(&self) {
        let targets = self.targets();
        for cell in &self.cells {
            if let Cell::Each(answers) = cell {
                for target in Target::ALL {
                    let answers = answers[target as usize].is_some();
                    assert_eq!(answers, targets.contains(&target), "{self:?}");
                }
            }
        }
    }

    /// The targets that there are; of a call that names none, one that means nothing.
    pub fn targets(&self) -> Vec<Target> {
        let each = self.cells.iter().find_map(|cell| match cell {
            Cell::Each(answers) => Some(answers),
            Cell::One(_) => None,
        });
        match each {
            None => vec![Target::Own],
            Some(answers) => Target::ALL
                .into_iter()
                .filter(|target| answers[*target as usize].is_some())
                .collect(),
        }
    }

    /// The written answer to somebody of [`ASKERS`].
    pub fn expected(&self, asker: Option<Person>, target: Target) -> u16 {
        let column = ASKERS.iter().position(|one| *one == asker).unwrap();
        match &self.cells[column] {
            Cell::One(status) => *status,
            Cell::Each(answers) => answers[target as usize].unwrap(),
        }
    }

    /// The kind of thing that has targets, or nothing.
    pub fn thing(&self) -> &str {
        self.named.as_ref().map_or("", |named| &named.thing)
    }

    /// The line with this call and this `of`.
    pub fn of(call: &str, of: &str) -> &'static Self {
        let mut rows = TABLE.iter();
        rows.find(|row| row.call == call && row.of == of).unwrap()
    }
}

impl Named {
    /// ``team in `?teamId` ``, `company, with a larger plan`, `rep`
    fn read(of: &str) -> Self {
        let (thing, place) = match of.split_once(" in `") {
            None => (of, Place::Path),
            Some((thing, place)) => (thing, Place::read(place.trim_end_matches('`'))),
        };
        let thing = thing.split(',').next().unwrap();
        Self {
            thing: thing.to_owned(),
            place,
        }
    }
}

impl Place {
    fn read(place: &str) -> Self {
        if place.starts_with('{') {
            Place::SecondInPath
        } else if let Some(key) = place.strip_prefix('?') {
            Place::Query(key.to_owned())
        } else {
            Place::Body(place.to_owned())
        }
    }
}

impl Cell {
    fn read(cell: &str) -> Self {
        let answers: Vec<Option<u16>> = cell
            .split_whitespace()
            .map(|answer| (answer != "-").then(|| answer.parse().unwrap()))
            .collect();
        match answers.as_slice() {
            [Some(status)] => Cell::One(*status),
            _ => Cell::Each(answers.try_into().unwrap()),
        }
    }
}
