//! What one text of a scenario says that another does not, for whoever publishes it or looks back.

use crate::components::metric_name;
use crate::state::programme::skill_name;
use contract::scenario::{DrillText, ScenarioText};
use domain::scenario::{Blocker, Criterion};
use similar::{Algorithm, DiffOp, capture_diff_slices};

/// One difference: where, and what.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// "The day", "Rakesh Sharma".
    pub part: String,
    /// "Theme", "Judged: Names a time · Advice".
    pub place: String,
    /// What it says now, and what it said.
    pub runs: Vec<Run>,
}

/// Words in a row, with one fate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Run {
    /// They stay.
    Same(String),
    /// They went.
    Gone(String),
    /// They came.
    New(String),
}

/// Everything that differs, in the order it stands on the page.
pub fn changes(before: &ScenarioText, after: &ScenarioText) -> Vec<Change> {
    let mut found = Found {
        part: tr!("The day").to_owned(),
        changes: Vec::new(),
    };
    found.words(tr!("Day"), &before.day.to_string(), &after.day.to_string());
    found.words(tr!("Theme"), &before.theme, &after.theme);
    found.words(tr!("Description"), &before.description, &after.description);
    let skill = |text: &ScenarioText| skill_name(text.category).to_owned();
    found.words(tr!("Skill"), &skill(before), &skill(after));
    found.order(
        tr!("Order of the customers"),
        &before.drills,
        &after.drills,
        |drill| (&drill.id, &drill.customer.name),
    );
    for drill in &after.drills {
        found.part.clone_from(&drill.customer.name);
        match before.drills.iter().find(|old| old.id == drill.id) {
            Some(old) => found.drill(old, drill),
            None => found.came(tr!("New customer"), &drill.customer_message),
        }
    }
    for old in &before.drills {
        if !after.drills.iter().any(|drill| drill.id == old.id) {
            found.part.clone_from(&old.customer.name);
            found.went(tr!("Customer taken out"), &old.customer_message);
        }
    }
    found.part = tr!("Said aloud").to_owned();
    let (old, new) = (&before.voice_drill, &after.voice_drill);
    found.words(tr!("Words to say"), &old.text, &new.text);
    found.words(tr!("How to say them"), &old.instructions, &new.instructions);
    found.changes
}

struct Found {
    part: String,
    changes: Vec<Change>,
}

impl Found {
    fn add(&mut self, place: &str, runs: Vec<Run>) {
        self.changes.push(Change {
            part: self.part.clone(),
            place: place.to_owned(),
            runs,
        });
    }

    fn came(&mut self, place: &str, words: &str) {
        self.add(place, vec![Run::New(words.to_owned())]);
    }

    fn went(&mut self, place: &str, words: &str) {
        self.add(place, vec![Run::Gone(words.to_owned())]);
    }

    fn words(&mut self, place: &str, before: &str, after: &str) {
        if before != after {
            self.add(place, runs(before, after));
        }
    }

    fn lines(&mut self, place: &str, before: &[String], after: &[String]) {
        self.words(place, &before.join("\n"), &after.join("\n"));
    }

    /// Only of what both have: what came or went says so itself.
    fn order<T>(
        &mut self,
        place: &str,
        before: &[T],
        after: &[T],
        id_and_name: fn(&T) -> (&String, &String),
    ) {
        let common = |all: &[T], others: &[T]| -> Vec<String> {
            all.iter()
                .filter(|one| {
                    let id = id_and_name(one).0;
                    others.iter().any(|other| id_and_name(other).0 == id)
                })
                .map(|one| id_and_name(one).0.clone())
                .collect()
        };
        if common(before, after) != common(after, before) {
            let names = |all: &[T]| -> Vec<String> {
                all.iter().map(|one| id_and_name(one).1.clone()).collect()
            };
            self.lines(place, &names(before), &names(after));
        }
    }

    fn drill(&mut self, old: &DrillText, new: &DrillText) {
        self.words(tr!("Title"), &old.title, &new.title);
        self.words(tr!("Name"), &old.customer.name, &new.customer.name);
        self.words(
            tr!("Business"),
            &old.customer.business,
            &new.customer.business,
        );
        self.words(tr!("Attitude"), &old.customer.stance, &new.customer.stance);
        self.lines(tr!("Facts"), &old.customer.facts, &new.customer.facts);
        self.words(tr!("Message"), &old.customer_message, &new.customer_message);
        self.order(
            tr!("Order of what is judged"),
            &old.criteria,
            &new.criteria,
            |one| (&one.id, &one.text),
        );
        for criterion in &new.criteria {
            match old.criteria.iter().find(|one| one.id == criterion.id) {
                Some(before) => self.criterion(before, criterion),
                None => self.came(tr!("Newly judged"), &criterion.text),
            }
        }
        for gone in &old.criteria {
            if !new.criteria.iter().any(|one| one.id == gone.id) {
                self.went(tr!("Judged no longer"), &gone.text);
            }
        }
        self.blockers(&old.blockers, &new.blockers);
        let (before, after) = (&old.reactions, &new.reactions);
        self.lines(tr!("Reaction, not moved"), &before.open, &after.open);
        self.lines(
            tr!("Reaction, listening"),
            &before.softened,
            &after.softened,
        );
        self.lines(tr!("Reaction, ready"), &before.resolved, &after.resolved);
        self.words(
            tr!("Ideal answer"),
            &old.ideal_response,
            &new.ideal_response,
        );
        self.lines(
            tr!("Coach's notes"),
            &old.coaching_notes,
            &new.coaching_notes,
        );
        self.lines(tr!("Tone"), &old.tone_guidelines, &new.tone_guidelines);
        self.lines(
            tr!("Common mistakes"),
            &old.common_mistakes,
            &new.common_mistakes,
        );
    }

    fn criterion(&mut self, old: &Criterion, new: &Criterion) {
        let place = |name: &str| {
            tr!(
                "Judged: {criterion} · {name}",
                criterion = new.text,
                name = name
            )
        };
        self.words(&place(tr!("What the rep does")), &old.text, &new.text);
        self.words(
            &place(tr!("Counts towards")),
            metric_name(old.metric),
            metric_name(new.metric),
        );
        self.words(
            &place(tr!("Weight")),
            &old.weight.to_string(),
            &new.weight.to_string(),
        );
        for (level, (before, after)) in old.levels.iter().zip(&new.levels).enumerate() {
            self.words(&place(&tr!("Level {}", level)), before, after);
        }
        let groups = old.signals.len().max(new.signals.len());
        for group in 0..groups {
            let of = |criterion: &Criterion| -> String {
                criterion
                    .signals
                    .get(group)
                    .map_or_else(String::new, |phrases| phrases.join(", "))
            };
            let name = place(&tr!("Signals, group {}", group + 1));
            self.words(&name, &of(old), &of(new));
        }
        self.words(&place(tr!("Advice")), &old.advice, &new.advice);
        self.words(&place(tr!("Example")), &old.example, &new.example);
    }

    fn blockers(&mut self, old: &[Blocker], new: &[Blocker]) {
        for blocker in new {
            match old.iter().find(|one| one.id == blocker.id) {
                Some(before) => {
                    self.words(tr!("What fails an answer"), &before.text, &blocker.text);
                    self.words(
                        &tr!("Signals of: {}", blocker.text),
                        &before.signals.join(", "),
                        &blocker.signals.join(", "),
                    );
                }
                None => self.came(tr!("Fails an answer from now on"), &blocker.text),
            }
        }
        for gone in old {
            if !new.iter().any(|one| one.id == gone.id) {
                self.went(tr!("Fails an answer no longer"), &gone.text);
            }
        }
    }
}

/// Two texts word by word: what stays, what went, what came, in the order of reading.
pub fn runs(before: &str, after: &str) -> Vec<Run> {
    let (old, new) = (tokens(before), tokens(after));
    let joined = |tokens: &[&str], range: std::ops::Range<usize>| -> String {
        tokens.get(range).map(<[&str]>::concat).unwrap_or_default()
    };
    let mut runs = Vec::new();
    for op in capture_diff_slices(Algorithm::Myers, &old, &new) {
        let (out, into) = (op.old_range(), op.new_range());
        match op {
            DiffOp::Equal { .. } => runs.push(Run::Same(joined(&old, out))),
            DiffOp::Delete { .. } => runs.push(Run::Gone(joined(&old, out))),
            DiffOp::Insert { .. } => runs.push(Run::New(joined(&new, into))),
            DiffOp::Replace { .. } => {
                runs.push(Run::Gone(joined(&old, out)));
                runs.push(Run::New(joined(&new, into)));
            }
        }
    }
    runs
}

/// Words with the blanks after them.
fn tokens(text: &str) -> Vec<&str> {
    text.split_inclusive(char::is_whitespace).collect()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::indexing_slicing)]
    use super::*;
    use crate::state::draft::{empty_criterion, empty_drill, empty_scenario, shift};
    use domain::scoring::Metric;
    use proptest::prelude::*;

    fn text() -> ScenarioText {
        let mut text = empty_scenario(3);
        let drill = &mut text.drills[0];
        drill.customer.name = "Ramesh Yadav".to_owned();
        drill.customer_message = "Details bhej do.".to_owned();
        for (criterion, name) in drill.criteria.iter_mut().zip(["Hears", "Answers", "Asks"]) {
            criterion.text = name.to_owned();
        }
        text
    }

    fn places(before: &ScenarioText, after: &ScenarioText) -> Vec<(String, String)> {
        changes(before, after)
            .into_iter()
            .map(|change| (change.part, change.place))
            .collect()
    }

    #[test]
    fn the_same_text_has_no_changes_and_each_word_that_differs_is_found() {
        let before = text();
        assert_eq!(changes(&before, &before), []);
        let mut after = before.clone();
        after.theme = "Later".to_owned();
        after.drills[0].criteria[1].advice = "Say why.".to_owned();
        after.drills[0].criteria[1].signals[0].push("because".to_owned());
        after.drills[0].reactions.open = vec!["Haan.".to_owned(), "Dekhte hain.".to_owned()];
        let of = |part: &str, place: &str| (part.to_owned(), place.to_owned());
        assert_eq!(
            places(&before, &after),
            [
                of("The day", "Theme"),
                of("Ramesh Yadav", "Judged: Answers · Signals, group 1"),
                of("Ramesh Yadav", "Judged: Answers · Advice"),
                of("Ramesh Yadav", "Reaction, not moved"),
            ]
        );
    }

    #[test]
    fn a_piece_that_came_went_or_moved_is_one_change() {
        let before = text();
        let mut after = before.clone();
        let mut second = empty_drill(&after.drills);
        second.customer.name = "Anita Desai".to_owned();
        second.customer_message = "Mehnga hai.".to_owned();
        after.drills.push(second);
        let come = changes(&before, &after);
        assert_eq!(come.len(), 1);
        assert_eq!(come[0].runs, [Run::New("Mehnga hai.".to_owned())]);
        let went = changes(&after, &before);
        assert_eq!(went[0].runs, [Run::Gone("Mehnga hai.".to_owned())]);

        let mut moved = before.clone();
        shift(&mut moved.drills[0].criteria, 0, false);
        let moved = changes(&before, &moved);
        assert_eq!(moved.len(), 1);
        assert_eq!(moved[0].place, "Order of what is judged");

        let mut more = before.clone();
        let criterion = empty_criterion(&more.drills[0].criteria, Metric::Clarity);
        more.drills[0].criteria.push(criterion);
        assert_eq!(places(&before, &more)[0].1, "Newly judged");
    }

    #[test]
    fn words_are_marked_one_by_one() {
        assert_eq!(
            runs("Ask for a talk today", "Ask for a call today"),
            [
                Run::Same("Ask for a ".to_owned()),
                Run::Gone("talk ".to_owned()),
                Run::New("call ".to_owned()),
                Run::Same("today".to_owned()),
            ]
        );
    }

    proptest! {
        #[test]
        fn both_texts_can_be_read_from_the_runs(before in "[ab \n]{0,30}", after in "[ab \n]{0,30}") {
            let runs = runs(&before, &after);
            let read = |leave_out: fn(&Run) -> bool| -> String {
                runs.iter().filter(|run| !leave_out(run)).map(|run| match run {
                    Run::Same(text) | Run::Gone(text) | Run::New(text) => text.as_str(),
                }).collect()
            };
            prop_assert_eq!(read(|run| matches!(run, Run::New(_))), before);
            prop_assert_eq!(read(|run| matches!(run, Run::Gone(_))), after);
        }
    }
}
