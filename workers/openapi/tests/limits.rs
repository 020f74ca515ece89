//! Every bound that the document tells is a bound of the code: what lies just beyond is refused, what lies at it is taken.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs
)]

use captain_openapi::{Body, Shape, document, resources};
use serde_json::{Map, Value, json};

/// Fields that can't be filled up to their bound: a name of a zone or a host has a shape of its own.
const SHAPED: [&str; 6] = ["zone", "domain", "from", "to", "after", "signals"];

/// A value in a form, and the schema of just that place.
struct Place {
    pointer: String,
    schema: Value,
    value: Value,
}

impl Place {
    fn field(&self) -> &str {
        let names = self.pointer.rsplit('/');
        let mut names = names.filter(|name| name.parse::<usize>().is_err());
        names.next().unwrap()
    }

    fn bound(&self, key: &str) -> Option<u64> {
        self.schema.get(key).and_then(Value::as_u64)
    }
}

/// Every place of a value.
fn places(document: &Value, schema: &Value, value: &Value, pointer: String) -> Vec<Place> {
    let mut found = Vec::new();
    if let Some(path) = schema["$ref"].as_str() {
        let there = document.pointer(&path[1..]).unwrap();
        found.extend(places(document, there, value, pointer.clone()));
    }
    for several in ["oneOf", "anyOf"] {
        for variant in schema[several].as_array().into_iter().flatten() {
            let mut whole = variant.clone();
            whole["components"] = document["components"].clone();
            if jsonschema::is_valid(&whole, value) {
                found.extend(places(document, variant, value, pointer.clone()));
            }
        }
    }
    match value {
        Value::Object(fields) => {
            for (name, value) in fields {
                if let Some(schema) = schema["properties"].get(name) {
                    found.extend(places(document, schema, value, format!("{pointer}/{name}")));
                }
            }
        }
        Value::Array(values) => {
            if let (Some(first), Some(items)) = (values.first(), schema.get("items")) {
                found.extend(places(document, items, first, format!("{pointer}/0")));
            }
        }
        _ => {}
    }
    if schema.get("type").is_some() || schema.get("enum").is_some() {
        found.push(Place {
            pointer,
            schema: schema.clone(),
            value: value.clone(),
        });
    }
    found
}

/// Values just beyond a place's bounds, and values at them.
fn around(place: &Place) -> (Vec<Value>, Vec<Value>) {
    let (mut beyond, mut at) = (Vec::new(), Vec::new());
    let size = |bound: u64| usize::try_from(bound).unwrap();
    match &place.value {
        Value::String(text) => {
            let padded = |to: usize| {
                let first = text.chars().next().unwrap().to_string();
                let missing = to.saturating_sub(text.chars().count());
                first.repeat(missing) + text
            };
            if let Some(most) = place.bound("maxLength") {
                beyond.push(json!(padded(size(most) + 1)));
                at.push(json!(padded(size(most))));
            }
            if let Some(least) = place.bound("minLength").filter(|least| *least > 0) {
                let short: String = text.chars().take(size(least) - 1).collect();
                beyond.push(json!(short));
            }
            if place.schema["pattern"] == r"\S" {
                beyond.push(json!(" ".repeat(text.len())));
            }
        }
        Value::Number(_) => {
            if let Some(most) = place.bound("maximum") {
                beyond.push(json!(most + 1));
                at.push(json!(most));
            }
            if let Some(least) = place.schema.get("minimum").and_then(Value::as_i64) {
                beyond.push(json!(least - 1));
                at.push(json!(least));
            }
        }
        Value::Array(values) => {
            if let Some(most) = place.bound("maxItems") {
                beyond.push(Value::Array(vec![values[0].clone(); size(most) + 1]));
            }
            if let Some(least) = place.bound("minItems") {
                beyond.push(json!(values[..size(least) - 1]));
            }
        }
        _ => {}
    }
    (beyond, at)
}

fn with(form: &Value, pointer: &str, value: &Value) -> Value {
    let mut form = form.clone();
    *form.pointer_mut(pointer).unwrap() = value.clone();
    form
}

/// All forms: what they are called, their type, an example, and the places in it. A query's fields are tried one at a time.
fn forms(document: &Value) -> Vec<(String, Shape, Value, Vec<Place>)> {
    let mut forms = Vec::new();
    for operation in resources().into_iter().flat_map(|one| one.operations) {
        let call = format!("{} {}", operation.method, operation.path);
        let written = &document["paths"][operation.path][operation.method.to_lowercase()];
        if let Body::Json { shape, .. } = operation.body {
            let content = &written["requestBody"]["content"]["application/json"];
            let named = content.get("examples").and_then(Value::as_object);
            let named = named.into_iter().flat_map(Map::values);
            let examples = content.get("example").into_iter();
            for example in examples.chain(named.map(|one| &one["value"])) {
                let places = places(document, &content["schema"], example, String::new());
                forms.push((call.clone(), shape, example.clone(), places));
            }
        }
        let Some(shape) = operation.query_shape() else {
            continue;
        };
        let parameters = written["parameters"].as_array().unwrap();
        let fields: Vec<&Value> = parameters
            .iter()
            .filter(|one| one["in"] == "query")
            .collect();
        let example = |schema: &Value| match schema["type"].as_str() {
            Some("integer") => json!(schema["minimum"].as_u64().unwrap_or(0).max(1)),
            Some("boolean") => json!(true),
            _ if schema["format"] == "date" => json!("2026-11-20"),
            _ if schema["format"] == "uuid" || schema["$ref"].is_string() => {
                json!("0198f3a2-5b7c-7d10-8a4e-3f6b2c9d1e00")
            }
            _ => json!("west"),
        };
        for field in fields
            .iter()
            .filter(|field| field["schema"].get("$ref").is_none())
        {
            let needed = fields.iter().filter(|one| one["required"] == true);
            let form: Map<String, Value> = needed
                .chain([field])
                .map(|one| {
                    let name = one["name"].as_str().unwrap().to_owned();
                    (name, example(&one["schema"]))
                })
                .collect();
            let name = field["name"].as_str().unwrap();
            let place = Place {
                pointer: format!("/{name}"),
                schema: field["schema"].clone(),
                value: form[name].clone(),
            };
            forms.push((call.clone(), shape, Value::Object(form), vec![place]));
        }
    }
    forms
}

#[test]
fn the_bounds_are_the_codes() {
    let document = document();
    let mut tried = 0;
    for (call, shape, form, places) in forms(&document) {
        assert_eq!(shape.takes(&form), Ok(()), "{call}: {form:#}");
        for place in places {
            let (beyond, at) = around(&place);
            for value in beyond {
                let refused = shape.takes(&with(&form, &place.pointer, &value));
                assert!(refused.is_err(), "{call} {}: {value}", place.pointer);
                tried += 1;
            }
            if SHAPED.contains(&place.field()) {
                continue;
            }
            for value in at {
                let taken = shape.takes(&with(&form, &place.pointer, &value));
                assert_eq!(taken, Ok(()), "{call} {}: {value}", place.pointer);
                tried += 1;
            }
        }
    }
    assert!(tried > 400, "{tried}");
}

#[test]
fn every_text_has_a_bound() {
    /// Within the bound of the whole body.
    const FREE: [&str; 3] = ["examples", "instead", "explanation"];
    let document = document();
    for (call, _, _, places) in forms(&document) {
        for place in places.iter().filter(|place| place.value.is_string()) {
            let schema = &place.schema;
            let bound = ["maxLength", "enum", "const"]
                .iter()
                .any(|key| schema.get(key).is_some());
            let id = schema["format"] == "uuid";
            assert!(
                bound || id || FREE.contains(&place.field()),
                "{call} {}: {schema}",
                place.pointer
            );
        }
    }
}
