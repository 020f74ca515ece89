//! Values of the types, made from their schemas: what a doc comment quotes is what a field may be. Of scenarios and tone, those
//! of the stock library.

use contract::problem::{Code, FieldError, Problem};
use contract::scenario::ScenarioText;
use contract::tone::ToneText;
use domain::role::Role;
use domain::scenario::file::{read_scenario, read_tone};
use serde_json::{Map, Value, json};

/// 20 November 2026, 11:00 in India; Unix ms.
const A_MOMENT: u64 = 1_795_152_600_000;
const AN_ID: &str = "0198f3a2-5b7c-7d10-8a4e-3f6b2c9d1e00";

/// Fields whose doc comment quotes no value of theirs.
const TEXTS: &[(&str, &str)] = &[
    (
        "accessToken",
        "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJ0eXAiOiJhY2Nlc3MifQ.c2lnbmF0dXJl",
    ),
    ("email", "asha@example.com"),
    ("to", "asha@example.com"),
    ("password", "a short sentence"),
    ("oldPassword", "the one so far"),
    ("newPassword", "a short sentence"),
    ("token", "R2gZ0nJ0Vt3lq0nVq7xw5Q"),
    (
        "link",
        "https://captain.example/register#token=R2gZ0nJ0Vt3lq0nVq7xw5Q",
    ),
    ("nextCursor", "MTc5NTE1MjYwMDAwMA"),
    ("requestId", AN_ID),
    ("drill", "small_pack"),
    ("criterion", "acknowledges"),
    ("blocker", "guaranteed_sales"),
    ("rule", "ends_with_question"),
    ("version", "0.1.0"),
    ("environment", "production"),
    ("coach", "builtin"),
    ("customerName", "Rakesh Sharma"),
    ("customerBusiness", "Furniture showroom, Pune"),
    (
        "customerMessage",
        "I want to start with 10,000 messages only.",
    ),
    ("quote", "Which product do they ask for most?"),
    (
        "answer",
        "I understand. Which product do your customers ask for most?",
    ),
    (
        "content",
        "I understand. Which product do your customers ask for most?",
    ),
    ("date", "2026-11-20"),
    ("startDate", "2026-10-22"),
    ("endDate", "2026-11-20"),
];

/// Makes examples of types that are all known.
pub(crate) struct Examples<'a>(pub &'a Map<String, Value>);

impl Examples<'_> {
    /// A value of this schema.
    pub(crate) fn of(&self, schema: &Value) -> Value {
        self.value("", schema)
    }

    /// A value of the variant of an enum that has this `type`.
    pub(crate) fn of_kind(&self, schema: &Value, kind: &str) -> Value {
        let (_, schema) = self.resolved(schema);
        let variants = schema.get("oneOf").and_then(Value::as_array);
        let variant = variants.into_iter().flatten().find(|variant| {
            let tag = variant.pointer("/properties/type/const");
            tag.and_then(Value::as_str) == Some(kind)
        });
        variant.map_or(Value::Null, |variant| self.of(variant))
    }

    /// The type a reference stands for, and its name.
    fn resolved<'b>(&'b self, schema: &'b Value) -> (&'b str, &'b Value) {
        let path = schema.get("$ref").and_then(Value::as_str);
        let name = path.and_then(|path| path.rsplit('/').next()).unwrap_or("");
        (name, self.0.get(name).unwrap_or(schema))
    }

    fn value(&self, field: &str, schema: &Value) -> Value {
        let (name, whole) = self.resolved(schema);
        match name {
            "ScenarioText" | "ScenarioTextForm" => return scenario_text(),
            "Role" if schema.get("enum").is_none() => return json!(Role::SalesRep),
            "ToneText" | "ToneTextForm" => return tone_text(),
            _ => {}
        }
        if let Some(constant) = schema.get("const") {
            return constant.clone();
        }
        if let Some(Value::Array(values)) = schema.get("enum") {
            return values.first().cloned().unwrap_or_default();
        }
        let mut fields = Map::new();
        if !name.is_empty()
            && let Value::Object(more) = self.value(field, whole)
        {
            fields.extend(more);
        }
        if let Some(Value::Object(properties)) = schema.get("properties") {
            let own = properties
                .iter()
                .map(|(name, schema)| (name.clone(), self.value(name, schema)));
            fields.extend(own);
        }
        if !fields.is_empty() {
            return Value::Object(fields);
        }
        if !name.is_empty() {
            return self.value(field, whole);
        }
        for several in ["oneOf", "anyOf", "allOf"] {
            if let Some(variant) = schema.get(several).and_then(|variants| variants.get(0)) {
                return self.value(field, variant);
            }
        }
        let kind = schema.get("type");
        let kind = kind.and_then(|kind| kind.as_str().or_else(|| kind.get(0)?.as_str()));
        match kind {
            Some("object") => Value::Object(Map::new()),
            Some("array") => {
                let items = schema.get("items").unwrap_or(&Value::Null);
                let least = schema.get("minItems").and_then(Value::as_u64).unwrap_or(1);
                let count = usize::try_from(least).unwrap_or(1).max(1);
                Value::Array(vec![self.value(field, items); count])
            }
            Some("string") => Value::String(text(field, schema)),
            Some("integer") => integer(field, schema),
            Some("number") => json!(71.5),
            Some("boolean") => {
                json!(
                    [
                        "ok", "isActive", "active", "passed", "send", "isDraft", "advance"
                    ]
                    .contains(&field)
                )
            }
            _ => Value::Null,
        }
    }
}

fn text(field: &str, schema: &Value) -> String {
    if schema.get("format").and_then(Value::as_str) == Some("uuid") {
        return AN_ID.to_owned();
    }
    if let Some((_, text)) = TEXTS.iter().find(|(name, _)| *name == field) {
        return (*text).to_owned();
    }
    let description = schema.get("description").and_then(Value::as_str);
    if let Some(quoted) = description.and_then(quoted) {
        return quoted.to_owned();
    }
    let sentence = "It asks first, then gives a reason, then recommends.";
    let most = schema.get("maxLength").and_then(Value::as_u64);
    let most = most.and_then(|most| usize::try_from(most).ok());
    sentence.chars().take(most.unwrap_or(usize::MAX)).collect()
}

/// What a doc comment quotes first.
fn quoted(description: &str) -> Option<&str> {
    let quote = description.find(['"', '`'])?;
    let rest = description.get(quote..)?;
    let mark = rest.get(..1)?;
    rest.get(1..)?
        .split(mark)
        .next()
        .filter(|text| !text.is_empty())
}

fn integer(field: &str, schema: &Value) -> Value {
    if field.ends_with("At") || field == "now" {
        return json!(A_MOMENT);
    }
    let usual = match field {
        "slotMinute" => 660,
        "score" | "firstScore" | "bestScore" | "avgScore" | "held" => 72,
        "durationMs" => 95_000,
        "sizeBytes" => 182_044,
        "expiresIn" => 900,
        "graceMinutes" => 60,
        "maxUsers" => 25,
        _ => 3,
    };
    let bound = |key| schema.get(key).and_then(Value::as_u64);
    let least = bound("minimum").unwrap_or(0);
    json!(usual.clamp(least, bound("maximum").unwrap_or(u64::MAX).max(least)))
}

/// What is said when a call fails so.
pub(crate) fn problem(code: Code) -> Value {
    let mut problem = match code {
        Code::Invalid => Problem::fields(vec![FieldError::new(
            "firstName",
            "Enter a name of 1 to 80 characters.",
        )]),
        Code::BadJson => Problem {
            errors: vec![FieldError::new("firstName", "This field is missing.")],
            ..Problem::new(code, "The body is not the JSON this call takes.")
        },
        _ => Problem::new(code, format!("{}.", code.title())),
    };
    problem.request_id = Some(AN_ID.to_owned());
    serde_json::to_value(problem).unwrap_or_default()
}

/// The first day of the stock library, with one of its drills.
fn scenario_text() -> Value {
    let text = include_str!("../../../scenarios/day-01.toml");
    let mut text = read_scenario("day-01.toml", text)
        .ok()
        .map(ScenarioText::from);
    if let Some(text) = &mut text {
        text.drills.truncate(1);
    }
    serde_json::to_value(text).unwrap_or_default()
}

/// The stock tone guidelines, with some of each kind.
fn tone_text() -> Value {
    let text = include_str!("../../../scenarios/tone.toml");
    let mut tone = read_tone("tone.toml", text).ok().map(ToneText::from);
    if let Some(tone) = &mut tone {
        tone.phrases_to_use.truncate(1);
        tone.phrases_to_avoid.truncate(1);
        tone.blockers.truncate(1);
    }
    serde_json::to_value(tone).unwrap_or_default()
}
