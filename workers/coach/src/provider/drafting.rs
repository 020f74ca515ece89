//! A brief's way to a draft of a scenario: ask the model, ask once more with what was wrong, then leave it to a template.
//!
//! A draft passes the very rules that files pass ([`domain::scenario::validate`]); whether it is any good, a human decides.

use super::judging::{Heard, LONGEST_SENT_BACK};
use super::schema::{Schema, unfenced};
use super::{Ask, Finish, Message, Output};
use crate::builtin::Brief;
use crate::prompts::{PromptError, author};
use domain::scenario::{Drill, Scenario, validate};
use serde::Serialize;
use serde_json::Value;

/// A day of three drills is some 8,000 tokens; a model may think before it writes.
const MOST_TOKENS: u32 = 16_000;

/// So many faults are told to the model; more of them say that it did something else altogether.
const MOST_FAULTS: usize = 40;

/// A draft being asked for: for the first time, or with a first one that could not be used.
#[derive(Debug, Clone)]
pub struct Drafting {
    brief: Brief,
    /// 1 to 10: the draft's day, which the model has no say in.
    day: u8,
    ask: Ask,
    again: bool,
}

/// What follows.
#[derive(Debug, Clone)]
pub enum Drafted {
    /// Ask again, with [`Drafting::ask`].
    AskAgain(Box<Drafting>),
    /// A scenario that passes every check.
    Written(Box<Scenario>),
    /// There is none: fill in a template.
    Nothing,
}

impl Drafting {
    /// Begins with the author's prompt. The draft is of this day.
    pub fn begin(brief: Brief, day: u8, example: &Drill) -> Result<Self, PromptError> {
        let prompt = author(&brief, example)?;
        Ok(Self {
            brief,
            day,
            ask: Ask::of(prompt, output(), MOST_TOKENS),
            again: false,
        })
    }

    /// What to ask now.
    pub fn ask(&self) -> &Ask {
        &self.ask
    }

    /// Decides on what came back.
    pub fn heard(self, heard: Heard) -> Drafted {
        let (raw, faults) = match heard {
            // It would refuse again.
            Heard::Nothing
            | Heard::Reply {
                finish: Finish::Refused,
                ..
            } => return Drafted::Nothing,
            Heard::Reply {
                finish: Finish::Length,
                ..
            } => (
                None,
                vec![
                    "The reply was too long and was cut: write two drills of three criteria."
                        .to_owned(),
                ],
            ),
            Heard::Reply {
                text,
                finish: Finish::Complete,
            } => match self.read(&text) {
                Ok(scenario) => return Drafted::Written(Box::new(scenario)),
                Err(faults) => (Some(text), faults),
            },
        };
        if self.again {
            return Drafted::Nothing;
        }
        Drafted::AskAgain(Box::new(self.with(raw, faults)))
    }

    /// The second ask: the first with the draft and its faults.
    fn with(mut self, raw: Option<String>, mut faults: Vec<String>) -> Self {
        #[derive(Serialize)]
        struct Told {
            wanted: &'static str,
            problems: Vec<String>,
        }
        let raw = raw.filter(|raw| raw.len() <= 4 * LONGEST_SENT_BACK);
        self.ask.messages.extend(raw.map(Message::said));
        faults.truncate(MOST_FAULTS);
        let told = Message::data(&Told {
            wanted: "The whole JSON again, without these problems.",
            problems: faults,
        });
        // Texts are always JSON.
        self.ask.messages.extend(told);
        self.again = true;
        self
    }

    /// Reads a draft, or says all that is wrong with it.
    fn read(&self, reply: &str) -> Result<Scenario, Vec<String>> {
        let mut said: Value = serde_json::from_str(unfenced(reply))
            .map_err(|error| vec![format!("the reply is no JSON: {error}")])?;
        for_rust(&mut said, self.day);
        let mut scenario: Scenario =
            captain_json::from_str(&said.to_string()).map_err(|fault| vec![fault.to_string()])?;
        let mut faults = Vec::new();
        if let Some(first) = scenario.drills.first_mut() {
            self.cast(first, &mut faults);
        }
        if let Err(broken) = validate(&scenario) {
            faults.extend(broken.iter().map(ToString::to_string));
        }
        if faults.is_empty() {
            Ok(scenario)
        } else {
            Err(faults)
        }
    }

    /// The first customer is the brief's, as far as it tells. The message stands by itself; name and trade stand in other texts
    /// too, so only the model can change them.
    fn cast(&self, first: &mut Drill, faults: &mut Vec<String>) {
        if let Some(message) = &self.brief.customer_message {
            message.trim().clone_into(&mut first.customer_message);
        }
        let customer = &first.customer;
        for (key, given, written) in [
            ("name", &self.brief.customer_name, &customer.name),
            (
                "business",
                &self.brief.customer_business,
                &customer.business,
            ),
        ] {
            if let Some(given) = given.as_deref().map(str::trim)
                && given != written
            {
                faults.push(format!(
                    "drills[0].customer.{key}: is not {given:?}, which the brief gives"
                ));
            }
        }
    }
}

/// What a model writes as text where Rust has numbers, and in four fields where Rust has four places; and what is so easily
/// mended that no second ask is worth it.
fn for_rust(said: &mut Value, day: u8) {
    let Value::Object(scenario) = said else {
        return;
    };
    scenario.insert("day".to_owned(), day.into());
    let drills = scenario.get_mut("drills").and_then(Value::as_array_mut);
    for drill in drills.into_iter().flatten() {
        slug(drill);
        for criterion in list(drill, "criteria") {
            slug(criterion);
            lower_case(criterion.get_mut("signals"));
            if let Some(weight) = criterion.get_mut("weight")
                && let Some(number) = weight
                    .as_str()
                    .and_then(|weight| weight.trim().parse::<u8>().ok())
            {
                *weight = number.into();
            }
            if let Some(levels) = criterion.get_mut("levels")
                && let Value::Object(named) = levels
            {
                *levels = LEVELS
                    .iter()
                    .filter_map(|name| named.remove(*name))
                    .collect();
            }
        }
        for blocker in list(drill, "blockers") {
            slug(blocker);
            lower_case(blocker.get_mut("signals"));
        }
    }
}

fn list<'a>(drill: &'a mut Value, key: &str) -> impl Iterator<Item = &'a mut Value> {
    let list = drill.get_mut(key).and_then(Value::as_array_mut);
    list.into_iter().flatten()
}

/// `Just 10,000 first` as `just_10_000_first`.
fn slug(thing: &mut Value) {
    let Some(Value::String(id)) = thing.get_mut("id") else {
        return;
    };
    let words: Vec<String> = id
        .split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_ascii_lowercase)
        .collect();
    *id = words.join("_");
    id.truncate(40);
}

/// Phrases, or groups of them.
fn lower_case(signals: Option<&mut Value>) {
    match signals {
        Some(Value::String(phrase)) => *phrase = phrase.trim().to_lowercase(),
        Some(Value::Array(list)) => list.iter_mut().for_each(|one| lower_case(Some(one))),
        _ => {}
    }
}

const LEVELS: [&str; 4] = ["zero", "one", "two", "three"];

fn output() -> Output {
    let one_of =
        |texts: &[&str]| Schema::OneOf(texts.iter().map(|text| (*text).to_owned()).collect());
    let texts = || Schema::List(Box::new(Schema::Text));
    let criterion = vec![
        ("id", Schema::Text),
        (
            "metric",
            one_of(&[
                "confidence",
                "clarity",
                "structure",
                "objectionHandling",
                "closing",
            ]),
        ),
        ("weight", one_of(&["1", "2", "3", "4", "5"])),
        ("text", Schema::Text),
        (
            "levels",
            Schema::Object(LEVELS.iter().map(|name| (*name, Schema::Text)).collect()),
        ),
        ("signals", Schema::List(Box::new(texts()))),
        ("advice", Schema::Text),
        ("example", Schema::Text),
    ];
    let blocker = vec![
        ("id", Schema::Text),
        ("text", Schema::Text),
        ("signals", texts()),
    ];
    let customer = vec![
        ("name", Schema::Text),
        ("business", Schema::Text),
        ("facts", texts()),
        ("stance", Schema::Text),
    ];
    let drill = vec![
        ("id", Schema::Text),
        ("title", Schema::Text),
        ("customer", Schema::Object(customer)),
        ("customer_message", Schema::Text),
        (
            "reactions",
            Schema::Object(vec![
                ("open", texts()),
                ("softened", texts()),
                ("resolved", texts()),
            ]),
        ),
        ("coaching_notes", texts()),
        ("tone_guidelines", texts()),
        ("common_mistakes", texts()),
        ("criteria", Schema::list_of(criterion)),
        ("blockers", Schema::list_of(blocker)),
        // Last: it is made of what the criteria listen for.
        ("ideal_response", Schema::Text),
    ];
    Output::Json {
        name: "scenario",
        schema: Schema::Object(vec![
            ("theme", Schema::Text),
            ("description", Schema::Text),
            (
                "category",
                one_of(&["objection_handling", "closing", "follow_up"]),
            ),
            ("drills", Schema::list_of(drill)),
            (
                "voice_drill",
                Schema::Object(vec![("text", Schema::Text), ("instructions", Schema::Text)]),
            ),
        ]),
    }
}
