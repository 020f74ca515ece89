//! What makes a scenario fit to practise with.

use super::{Drill, Scenario};
use std::collections::HashSet;

/// One broken rule: where, and what to do about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// The key's path, as a trainer finds it in the file: `drills[0].criteria[2].weight`.
    pub key: String,
    /// The rule, as a sentence: "is 9; a weight is 1 to 5".
    pub rule: String,
}

impl std::fmt::Display for Fault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}: {}", self.key, self.rule)
    }
}

/// Checks a scenario against every rule and returns all that is wrong with it, so that one reading mends the file.
pub fn validate(scenario: &Scenario) -> Result<(), Vec<Fault>> {
    let mut faults = Faults::default();
    faults.require("day", (1..=10).contains(&scenario.day), || {
        format!("is {}; a day is 1 to 10", scenario.day)
    });
    faults.text("theme", &scenario.theme, 120);
    faults.text("description", &scenario.description, 400);
    faults.text("voice_drill.text", &scenario.voice_drill.text, 1_000);
    faults.text(
        "voice_drill.instructions",
        &scenario.voice_drill.instructions,
        600,
    );
    let count = scenario.drills.len();
    faults.require("drills", (1..=5).contains(&count), || {
        format!("has {count} drills; a day has 1 to 5")
    });
    faults.unique(
        "drills",
        scenario.drills.iter().map(|drill| drill.id.as_str()),
    );
    for (index, drill) in scenario.drills.iter().enumerate() {
        check_drill(&format!("drills[{index}]"), drill, &mut faults);
    }
    faults.into_result()
}

fn check_drill(at: &str, drill: &Drill, faults: &mut Faults) {
    faults.slug(&format!("{at}.id"), &drill.id);
    faults.text(&format!("{at}.title"), &drill.title, 80);
    faults.text(&format!("{at}.customer.name"), &drill.customer.name, 60);
    faults.text(
        &format!("{at}.customer.business"),
        &drill.customer.business,
        100,
    );
    faults.text(
        &format!("{at}.customer.stance"),
        &drill.customer.stance,
        300,
    );
    faults.texts(
        &format!("{at}.customer.facts"),
        &drill.customer.facts,
        2,
        300,
    );
    faults.text(
        &format!("{at}.customer_message"),
        &drill.customer_message,
        600,
    );
    faults.text(
        &format!("{at}.ideal_response"),
        &drill.ideal_response,
        1_200,
    );
    for (key, lines) in [
        ("open", &drill.reactions.open),
        ("softened", &drill.reactions.softened),
        ("resolved", &drill.reactions.resolved),
    ] {
        faults.texts(&format!("{at}.reactions.{key}"), lines, 1, 400);
    }
    for (key, lines) in [
        ("coaching_notes", &drill.coaching_notes),
        ("tone_guidelines", &drill.tone_guidelines),
        ("common_mistakes", &drill.common_mistakes),
    ] {
        faults.texts(&format!("{at}.{key}"), lines, 1, 400);
    }
    let count = drill.criteria.len();
    faults.require(&format!("{at}.criteria"), (3..=8).contains(&count), || {
        format!(
            "has {count} criteria; a drill has 3 to 8, so that each can be seen and none drowns"
        )
    });
    faults.unique(
        &format!("{at}.criteria"),
        drill.criteria.iter().map(|c| c.id.as_str()),
    );
    for (index, criterion) in drill.criteria.iter().enumerate() {
        let at = format!("{at}.criteria[{index}]");
        faults.slug(&format!("{at}.id"), &criterion.id);
        faults.require(
            &format!("{at}.weight"),
            (1..=5).contains(&criterion.weight),
            || format!("is {}; a weight is 1 to 5", criterion.weight),
        );
        faults.text(&format!("{at}.text"), &criterion.text, 200);
        faults.texts(&format!("{at}.levels"), &criterion.levels, 4, 300);
        faults.text(&format!("{at}.advice"), &criterion.advice, 400);
        faults.text(&format!("{at}.example"), &criterion.example, 400);
        let groups = criterion.signals.len();
        faults.require(&format!("{at}.signals"), (1..=3).contains(&groups), || {
            format!("has {groups} groups; there are 1 to 3, since the level counts them")
        });
        for (group, phrases) in criterion.signals.iter().enumerate() {
            faults.signals(&format!("{at}.signals[{group}]"), phrases);
        }
    }
    faults.unique(
        &format!("{at}.blockers"),
        drill.blockers.iter().map(|b| b.id.as_str()),
    );
    for (index, blocker) in drill.blockers.iter().enumerate() {
        let at = format!("{at}.blockers[{index}]");
        faults.slug(&format!("{at}.id"), &blocker.id);
        faults.text(&format!("{at}.text"), &blocker.text, 300);
        faults.signals(&format!("{at}.signals"), &blocker.signals);
    }
}

#[derive(Default)]
pub(crate) struct Faults(Vec<Fault>);

impl Faults {
    pub(crate) fn require(&mut self, key: &str, holds: bool, rule: impl FnOnce() -> String) {
        if !holds {
            self.0.push(Fault {
                key: key.to_owned(),
                rule: rule(),
            });
        }
    }

    pub(crate) fn text(&mut self, key: &str, text: &str, max_chars: usize) {
        let chars = text.chars().count();
        self.require(key, !text.trim().is_empty(), || "is empty".to_owned());
        self.require(key, chars <= max_chars, || {
            format!("has {chars} characters; at most {max_chars} are shown well")
        });
    }

    pub(crate) fn texts(&mut self, key: &str, texts: &[String], min: usize, max_chars: usize) {
        self.require(key, texts.len() >= min, || {
            format!("has {} entries; at least {min} are needed", texts.len())
        });
        for (index, text) in texts.iter().enumerate() {
            self.text(&format!("{key}[{index}]"), text, max_chars);
        }
    }

    pub(crate) fn signals(&mut self, key: &str, phrases: &[String]) {
        self.require(key, !phrases.is_empty(), || {
            "is empty; it needs at least one word or phrase".to_owned()
        });
        for (index, phrase) in phrases.iter().enumerate() {
            let key = format!("{key}[{index}]");
            self.text(&key, phrase, 60);
            self.require(&key, *phrase == phrase.to_lowercase() && phrase.trim() == phrase, || {
                format!("is {phrase:?}; signals are lower case without outer blanks, since answers are compared so")
            });
        }
    }

    pub(crate) fn slug(&mut self, key: &str, id: &str) {
        let ok = !id.is_empty()
            && id.len() <= 40
            && id
                .bytes()
                .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_');
        self.require(key, ok, || {
            format!("is {id:?}; an id is 1 to 40 of a-z, 0-9 and _, such as small_pack")
        });
    }

    pub(crate) fn unique<'a>(&mut self, key: &str, ids: impl Iterator<Item = &'a str>) {
        let mut seen = HashSet::new();
        for id in ids {
            self.require(key, seen.insert(id), || {
                format!("has the id {id:?} twice; ids are unique here")
            });
        }
    }

    pub(crate) fn into_result(self) -> Result<(), Vec<Fault>> {
        if self.0.is_empty() {
            Ok(())
        } else {
            Err(self.0)
        }
    }
}
