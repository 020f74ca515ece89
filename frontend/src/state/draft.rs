//! A scenario while somebody writes it: its parts, what is still to do in each, and how pieces come, go and move.

use contract::checks::check;
use contract::problem::FieldError;
use contract::scenario::{DrillText, ScenarioText};
use domain::scenario::{Blocker, Category, Criterion, Customer, Reactions, VoiceDrill};
use domain::scoring::Metric;

/// The most customers of a day, and things judged in a drill; the fewest are one and three.
pub const MOST_DRILLS: usize = 5;
/// See [`MOST_DRILLS`].
pub const MOST_CRITERIA: usize = 8;
/// The most groups of signals of a criterion: the level counts them.
pub const MOST_GROUPS: usize = 3;

/// A part of the editor: one of them is on the screen.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Part {
    /// Theme, day, skill and description.
    #[default]
    Day,
    /// One customer, by place.
    Drill(usize),
    /// What is said aloud.
    Voice,
}

impl Part {
    /// Its name in the address.
    pub fn value(self) -> String {
        match self {
            Part::Day => "day".to_owned(),
            Part::Drill(at) => format!("customer-{}", at + 1),
            Part::Voice => "voice".to_owned(),
        }
    }

    /// The part of a name in the address, of a text with so many drills; the day when there is no such part.
    pub fn of(value: &str, drills: usize) -> Self {
        let at = value.strip_prefix("customer-");
        let at = at.and_then(|number| number.parse::<usize>().ok()?.checked_sub(1));
        match (value, at) {
            (_, Some(at)) if at < drills => Part::Drill(at),
            ("voice", _) => Part::Voice,
            _ => Part::Day,
        }
    }

    /// The part that shows the field of this path in the JSON.
    pub fn of_field(path: &str) -> Self {
        let inside = path.strip_prefix("drills[");
        let at = inside.and_then(|rest| rest.split(']').next()?.parse().ok());
        match at {
            Some(at) => Part::Drill(at),
            None if path.starts_with("voiceDrill") => Part::Voice,
            None => Part::Day,
        }
    }
}

/// A section of a customer's part.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Section {
    /// Who writes.
    Customer,
    /// The message that opens the drill.
    Message,
    /// What is judged.
    Criteria,
    /// What fails an answer.
    Blockers,
    /// What the customer says last.
    Reactions,
    /// The answer of a master.
    Ideal,
    /// Notes, tone and mistakes.
    Coach,
}

impl Section {
    /// All, as they stand on the page.
    pub const ALL: [Section; 7] = [
        Section::Customer,
        Section::Message,
        Section::Criteria,
        Section::Blockers,
        Section::Reactions,
        Section::Ideal,
        Section::Coach,
    ];

    /// Its heading.
    pub fn name(self) -> &'static str {
        match self {
            Section::Customer => tr!("Who writes"),
            Section::Message => tr!("The message"),
            Section::Criteria => tr!("What is judged"),
            Section::Blockers => tr!("What fails it"),
            Section::Reactions => tr!("Reactions"),
            Section::Ideal => tr!("Ideal answer"),
            Section::Coach => tr!("For the coach"),
        }
    }

    /// The id of its heading.
    pub fn id(self) -> &'static str {
        match self {
            Section::Customer => "who-writes",
            Section::Message => "the-message",
            Section::Criteria => "what-is-judged",
            Section::Blockers => "what-fails",
            Section::Reactions => "reactions",
            Section::Ideal => "ideal-answer",
            Section::Coach => "for-the-coach",
        }
    }

    /// The section that shows the field of this path.
    pub fn of_field(path: &str) -> Option<Self> {
        let (_, key) = path.strip_prefix("drills[")?.split_once("].")?;
        let is = |name: &str| {
            key.strip_prefix(name)
                .is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[']))
        };
        let sections: [(Section, &[&str]); 7] = [
            (Section::Customer, &["customer", "title", "id"]),
            (Section::Message, &["customerMessage"]),
            (Section::Criteria, &["criteria"]),
            (Section::Blockers, &["blockers"]),
            (Section::Reactions, &["reactions"]),
            (Section::Ideal, &["idealResponse"]),
            (
                Section::Coach,
                &["coachingNotes", "toneGuidelines", "commonMistakes"],
            ),
        ];
        sections
            .into_iter()
            .find(|(_, keys)| keys.iter().any(|key| is(key)))
            .map(|(section, _)| section)
    }
}

/// What is still to do in a text before it can be saved, by the contract's checks.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ToDo(Vec<FieldError>);

impl ToDo {
    /// Of a text.
    pub fn of(text: &ScenarioText) -> Self {
        Self(check(text))
    }

    /// All in all.
    pub fn count(&self) -> usize {
        self.0.len()
    }

    /// In one part.
    pub fn in_part(&self, part: Part) -> usize {
        let of = |error: &&FieldError| Part::of_field(&error.field) == part;
        self.0.iter().filter(of).count()
    }

    /// In one section of a part.
    pub fn in_section(&self, part: Part, section: Section) -> usize {
        let of = |error: &&FieldError| {
            Part::of_field(&error.field) == part && Section::of_field(&error.field) == Some(section)
        };
        self.0.iter().filter(of).count()
    }

    /// At or below a path.
    pub fn below(&self, path: &str) -> usize {
        let of = |error: &&FieldError| {
            error
                .field
                .strip_prefix(path)
                .is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[']))
        };
        self.0.iter().filter(of).count()
    }

    /// The part of the first of it, as it stands on the screen: the day first, what is said aloud last.
    pub fn first_part(&self) -> Option<Part> {
        let place = |part: &Part| match part {
            Part::Day => (0, 0),
            Part::Drill(at) => (1, *at),
            Part::Voice => (2, 0),
        };
        self.0
            .iter()
            .map(|error| Part::of_field(&error.field))
            .min_by_key(place)
    }
}

/// A day with one customer, and nothing written yet.
pub fn empty_scenario(day: u8) -> ScenarioText {
    ScenarioText {
        day,
        theme: String::new(),
        description: String::new(),
        category: Category::ObjectionHandling,
        drills: vec![empty_drill(&[])],
        voice_drill: VoiceDrill {
            text: String::new(),
            instructions: String::new(),
        },
    }
}

/// One customer more, beside these.
pub fn empty_drill(beside: &[DrillText]) -> DrillText {
    let mut drill = DrillText {
        id: free_id("customer", beside.iter().map(|drill| drill.id.as_str())),
        title: String::new(),
        customer: Customer {
            name: String::new(),
            business: String::new(),
            facts: vec![String::new(); 2],
            stance: String::new(),
        },
        customer_message: String::new(),
        reactions: Reactions {
            open: vec![String::new()],
            softened: vec![String::new()],
            resolved: vec![String::new()],
        },
        ideal_response: String::new(),
        coaching_notes: vec![String::new()],
        tone_guidelines: vec![String::new()],
        common_mistakes: vec![String::new()],
        criteria: Vec::new(),
        blockers: Vec::new(),
    };
    // A good answer hears the worry, answers it and asks for a step: what most drills judge.
    for metric in [
        Metric::ObjectionHandling,
        Metric::Structure,
        Metric::Closing,
    ] {
        let criterion = empty_criterion(&drill.criteria, metric);
        drill.criteria.push(criterion);
    }
    drill
}

/// One thing more that is judged, beside these.
pub fn empty_criterion(beside: &[Criterion], metric: Metric) -> Criterion {
    Criterion {
        id: free_id("criterion", beside.iter().map(|one| one.id.as_str())),
        metric,
        weight: 2,
        text: String::new(),
        levels: Default::default(),
        signals: vec![Vec::new()],
        advice: String::new(),
        example: String::new(),
    }
}

/// One thing more that fails an answer, beside these.
pub fn empty_blocker(beside: &[Blocker]) -> Blocker {
    Blocker {
        id: free_id("blocker", beside.iter().map(|one| one.id.as_str())),
        text: String::new(),
        signals: Vec::new(),
    }
}

/// An id that none of these has: verdicts keep naming a piece by its id when it moves.
pub fn free_id<'a>(name: &str, taken: impl Iterator<Item = &'a str>) -> String {
    let taken: Vec<&str> = taken.collect();
    (1_u32..)
        .map(|number| format!("{name}_{number}"))
        .find(|id| !taken.contains(&id.as_str()))
        .unwrap_or_default()
}

/// Moves a piece one place up or down; what has no place there stays.
pub fn shift<T>(pieces: &mut [T], at: usize, is_up: bool) {
    let to = if is_up {
        at.checked_sub(1)
    } else {
        at.checked_add(1)
    };
    if let Some(to) = to.filter(|to| at.max(*to) < pieces.len()) {
        pieces.swap(at, to);
    }
}

/// Takes a piece out; what is not there stays away.
pub fn take_out<T>(pieces: &mut Vec<T>, at: usize) {
    if at < pieces.len() {
        pieces.remove(at);
    }
}

/// Words and short phrases as they were typed or pasted, as signals: lower case, one by one, each once.
pub fn phrases(typed: &str) -> Vec<String> {
    let mut phrases: Vec<String> = Vec::new();
    for phrase in typed.split([',', ';', '\n']) {
        let words: Vec<String> = phrase.split_whitespace().map(str::to_lowercase).collect();
        let phrase = words.join(" ");
        if !phrase.is_empty() && !phrases.contains(&phrase) {
            phrases.push(phrase);
        }
    }
    phrases
}

/// Which level a criterion with so many groups of signals reaches when so many of them are heard, by the built-in coach. The same
/// rule as its own: three times their share, rounded down, and at least 1 once one is heard.
pub fn level_of(heard: usize, groups: usize) -> usize {
    match heard {
        0 => 0,
        heard => (3 * heard).checked_div(groups).unwrap_or(0).max(1),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::indexing_slicing)]
    use super::*;

    #[test]
    fn each_field_is_on_the_screen_in_one_part_and_section() {
        for (field, part, section) in [
            ("theme", Part::Day, None),
            ("drills", Part::Day, None),
            ("voiceDrill.text", Part::Voice, None),
            ("drills[1].title", Part::Drill(1), Some(Section::Customer)),
            (
                "drills[0].customer.facts[1]",
                Part::Drill(0),
                Some(Section::Customer),
            ),
            (
                "drills[0].customerMessage",
                Part::Drill(0),
                Some(Section::Message),
            ),
            (
                "drills[2].criteria",
                Part::Drill(2),
                Some(Section::Criteria),
            ),
            (
                "drills[2].criteria[0].signals[1][3]",
                Part::Drill(2),
                Some(Section::Criteria),
            ),
            (
                "drills[0].toneGuidelines",
                Part::Drill(0),
                Some(Section::Coach),
            ),
        ] {
            assert_eq!(Part::of_field(field), part, "{field}");
            assert_eq!(Section::of_field(field), section, "{field}");
        }
    }

    #[test]
    fn every_fault_of_an_empty_day_belongs_to_a_part_and_a_section() {
        let text = empty_scenario(3);
        let to_do = ToDo::of(&text);
        let parts = [Part::Day, Part::Drill(0), Part::Voice];
        let sum: usize = parts.map(|part| to_do.in_part(part)).iter().sum();
        assert_eq!(sum, to_do.count());
        let of_drill = to_do.in_part(Part::Drill(0));
        let sections: usize = Section::ALL
            .map(|section| to_do.in_section(Part::Drill(0), section))
            .iter()
            .sum();
        assert_eq!(sections, of_drill);
        assert_eq!(to_do.first_part(), Some(Part::Day));
        // Nothing is wrong with its shape: enough criteria, enough lines, ids that are ids.
        assert_eq!(to_do.in_section(Part::Drill(0), Section::Blockers), 0);
        assert!(to_do.0.iter().all(|error| !error.field.ends_with(".id")));
        assert_eq!(to_do.below("drills[0].criteria[0]"), 8);
    }

    #[test]
    fn parts_stand_in_the_address() {
        for part in [Part::Day, Part::Drill(0), Part::Drill(1), Part::Voice] {
            assert_eq!(Part::of(&part.value(), 2), part);
        }
        assert_eq!(Part::of("customer-3", 2), Part::Day);
        assert_eq!(Part::of("customer-0", 2), Part::Day);
        assert_eq!(Part::of("", 2), Part::Day);
    }

    #[test]
    fn new_pieces_have_ids_of_their_own_and_pieces_move_within_bounds() {
        let mut drill = empty_drill(&[]);
        let ids: Vec<&str> = drill.criteria.iter().map(|one| one.id.as_str()).collect();
        assert_eq!(ids, ["criterion_1", "criterion_2", "criterion_3"]);
        take_out(&mut drill.criteria, 1);
        let next = empty_criterion(&drill.criteria, Metric::Clarity);
        assert_eq!(next.id, "criterion_2");
        let mut letters = ['a', 'b', 'c'];
        shift(&mut letters, 0, true);
        shift(&mut letters, 2, false);
        assert_eq!(letters, ['a', 'b', 'c']);
        shift(&mut letters, 2, true);
        shift(&mut letters, 0, false);
        assert_eq!(letters, ['c', 'a', 'b']);
    }

    #[test]
    fn what_is_typed_as_signals_is_fit_to_be_compared() {
        assert_eq!(
            phrases("I Understand,  samajh   sakta\nbilkul; bilkul,,"),
            ["i understand", "samajh sakta", "bilkul"]
        );
        assert!(phrases(" , ").is_empty());
    }

    #[test]
    fn the_level_is_the_share_of_groups_that_were_heard() {
        assert_eq!(level_of(1, 1), 3);
        assert_eq!((level_of(1, 2), level_of(2, 2)), (1, 3));
        assert_eq!([1, 2, 3].map(|heard| level_of(heard, 3)), [1, 2, 3]);
        assert_eq!(level_of(0, 3), 0);
    }
}
