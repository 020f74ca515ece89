//! The document as a whole: nothing in it leads nowhere, and everything in it is said in words.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs
)]

use captain_openapi::{Answer, Body, Operation, document, resources};
use contract::sse::Decoder;
use serde_json::{Map, Value};
use std::collections::HashSet;

/// Every object in a value, with where it stands.
fn objects(value: &Value) -> Vec<(String, &Map<String, Value>)> {
    let mut found = Vec::new();
    let mut open = vec![(String::new(), value)];
    while let Some((at, value)) = open.pop() {
        match value {
            Value::Object(fields) => {
                found.push((at.clone(), fields));
                let below = fields.iter();
                open.extend(below.map(|(name, value)| {
                    let name = name.replace('~', "~0").replace('/', "~1");
                    (format!("{at}/{name}"), value)
                }));
            }
            Value::Array(values) => {
                let below = values.iter().enumerate();
                open.extend(below.map(|(index, value)| (format!("{at}/{index}"), value)));
            }
            _ => {}
        }
    }
    found
}

fn operations() -> Vec<Operation> {
    let all = resources().into_iter();
    all.flat_map(|resource| resource.operations).collect()
}

/// An operation as it is written.
fn written<'a>(document: &'a Value, operation: &Operation) -> &'a Value {
    &document["paths"][operation.path][operation.method.to_lowercase()]
}

#[test]
fn every_reference_leads_somewhere() {
    let document = document();
    for (at, fields) in objects(&document) {
        if let Some(path) = fields.get("$ref").and_then(Value::as_str) {
            let there = document.pointer(path.strip_prefix('#').unwrap());
            assert!(there.is_some(), "{at}: {path}");
        }
        assert!(
            fields.keys().all(|name| !name.starts_with("x-example")),
            "{at}"
        );
    }
}

#[test]
fn every_field_is_described() {
    let document = document();
    let schemas = &document["components"]["schemas"];
    let mut bare = Vec::new();
    for (at, fields) in objects(schemas) {
        let Some(Value::Object(properties)) = fields.get("properties") else {
            continue;
        };
        // The one field of an enum's variant is told by the variant.
        let told = properties.len() == 1 && fields.contains_key("description");
        for (name, field) in properties {
            let tag = field.get("const").is_some();
            if field.get("description").is_none() && !tag && !told {
                bare.push(format!("{at}/{name}"));
            }
        }
    }
    assert!(bare.is_empty(), "{bare:#?}");
}

#[test]
fn every_call_has_an_id_of_its_own_and_every_answer_a_description() {
    let document = document();
    let mut ids = HashSet::new();
    for operation in operations() {
        let written = written(&document, &operation);
        let id = written["operationId"].as_str().unwrap().to_owned();
        assert!(ids.insert(id.clone()), "{id}");
        let responses = written["responses"].as_object().unwrap();
        assert!(
            responses.keys().any(|status| status.starts_with('2')),
            "{id}"
        );
        for (status, response) in responses {
            let response = match response["$ref"].as_str() {
                Some(path) => document.pointer(&path[1..]).unwrap(),
                None => response,
            };
            let told = response["description"].as_str().unwrap();
            assert!(!told.is_empty(), "{id} {status}");
        }
    }
}

#[test]
fn examples_are_what_the_api_takes_and_says() {
    let document = document();
    for operation in operations() {
        let written = written(&document, &operation);
        let call = format!("{} {}", operation.method, operation.path);
        if let Body::Json { shape, .. } = operation.body {
            let content = &written["requestBody"]["content"]["application/json"];
            let mut examples: Vec<&Value> = content.get("example").into_iter().collect();
            let named = content.get("examples").and_then(Value::as_object);
            examples.extend(
                named
                    .into_iter()
                    .flat_map(Map::values)
                    .map(|one| &one["value"]),
            );
            assert!(!examples.is_empty(), "{call}");
            for example in examples {
                if let Err(error) = shape.takes(example) {
                    panic!("{call} does not take {example:#}: {error}");
                }
                conforms(&document, &content["schema"], example, &call);
            }
        }
        for success in operation.answers_of() {
            let content = &written["responses"][success.status.to_string()]["content"];
            match success.answer {
                Answer::Json(shape) => {
                    let content = &content["application/json"];
                    let example = &content["example"];
                    if let Err(error) = shape.takes(example) {
                        panic!("{call} does not answer {example:#}: {error}");
                    }
                    conforms(&document, &content["schema"], example, &call);
                }
                Answer::Events { frame, kinds, .. } => {
                    let stream = &content["text/event-stream"];
                    let text = stream["example"].as_str().unwrap();
                    let frames = Decoder::default().feed(text.as_bytes()).unwrap();
                    assert_eq!(frames.len(), kinds.len(), "{call}: {text}");
                    for event in frames {
                        let value = serde_json::from_str(&event.data).unwrap();
                        if let Err(error) = frame.takes(&value) {
                            panic!("{call} does not stream {value:#}: {error}");
                        }
                        conforms(&document, &stream["schema"]["x-frame"], &value, &call);
                    }
                }
                Answer::Nothing | Answer::File { .. } | Answer::Csv { .. } => {}
            }
        }
    }
}

/// A value is of a schema of this document.
fn conforms(document: &Value, schema: &Value, value: &Value, call: &str) {
    let mut whole = schema.clone();
    whole["components"] = document["components"].clone();
    let validator = jsonschema::validator_for(&whole).unwrap();
    let faults: Vec<String> = validator
        .iter_errors(value)
        .map(|fault| format!("{}: {fault}", fault.instance_path()))
        .collect();
    assert!(faults.is_empty(), "{call}: {faults:#?} in {value:#}");
}
