//! Holds every answer against what the API says of itself: the status is told, the headers that are promised are there, the
//! body is of the type.

use super::Answer;
use axum::http::Method;
use contract::sse::Decoder;
use jsonschema::Validator;
use serde_json::Value;
use std::collections::HashMap;
use std::sync::{Arc, LazyLock, Mutex};

/// The document of the API.
pub static DOCUMENT: LazyLock<Value> = LazyLock::new(captain_openapi::document);

/// Validators by the place of their schema: making one takes longer than using it.
static VALIDATORS: LazyLock<Mutex<HashMap<String, Arc<Validator>>>> = LazyLock::new(Mutex::default);

/// Fails when the document doesn't tell of this answer. Answers to what is no call of the API at all are left out.
#[track_caller]
pub fn assert_told(method: &Method, path: &str, answer: &Answer) {
    let Some((template, calls)) = template_of(path) else {
        return;
    };
    let method = method.as_str().to_lowercase();
    let Some(call) = calls.get(&method) else {
        return;
    };
    let status = answer.status.to_string();
    let call_name = format!("{method} {template} {status}");
    let told = &call["responses"][&status];
    assert!(!told.is_null(), "{call_name} is not told of: {answer:?}");
    let at = match told["$ref"].as_str() {
        Some(path) => path[1..].to_owned(),
        None => format!("/paths/{}/{method}/responses/{status}", escaped(template)),
    };
    let told = DOCUMENT.pointer(&at).unwrap();
    for (name, header) in told["headers"].as_object().into_iter().flatten() {
        let header = DOCUMENT.pointer(&header["$ref"].as_str().unwrap()[1..]);
        if header.unwrap()["required"] == true {
            assert!(answer.headers.contains_key(name), "{call_name}: no {name}");
        }
    }
    let kind = answer.header("content-type");
    let kind = kind.split(';').next().unwrap();
    let Some(content) = told.get("content") else {
        assert!(answer.body.is_empty(), "{call_name}: {answer:?}");
        return;
    };
    assert!(!content[kind].is_null(), "{call_name} is no {kind}");
    let at = format!("{at}/content/{}/schema", escaped(kind));
    match kind {
        "application/json" | "application/problem+json" => {
            let body: Value = serde_json::from_slice(&answer.body).unwrap();
            assert_conforms(&at, &body, &call_name);
        }
        "text/event-stream" => {
            let at = format!("{at}/x-frame");
            for event in Decoder::default().feed(&answer.body).unwrap() {
                let frame = serde_json::from_str(&event.data).unwrap();
                assert_conforms(&at, &frame, &call_name);
            }
        }
        _ => {}
    }
}

/// The path of the document that an address is of, and its calls. A word counts before an id.
fn template_of(path: &str) -> Option<(&'static str, &'static Value)> {
    let paths = DOCUMENT["paths"].as_object().unwrap();
    let mut found = paths
        .iter()
        .filter(|(template, _)| is_of(path, template))
        .map(|(template, calls)| (template.as_str(), calls));
    let first = found.next()?;
    Some(found.fold(first, |best, other| {
        if other.0.matches('{').count() < best.0.matches('{').count() {
            other
        } else {
            best
        }
    }))
}

fn is_of(path: &str, template: &str) -> bool {
    let (mut path, mut template) = (path.split('/'), template.split('/'));
    loop {
        match (path.next(), template.next()) {
            (None, None) => return true,
            (Some(word), Some(wanted)) if word == wanted => {}
            (Some(word), Some(wanted)) if wanted.starts_with('{') && !word.is_empty() => {}
            _ => return false,
        }
    }
}

fn escaped(name: &str) -> String {
    name.replace('~', "~0").replace('/', "~1")
}

#[track_caller]
fn assert_conforms(at: &str, value: &Value, call: &str) {
    let known = VALIDATORS.lock().unwrap().get(at).cloned();
    let validator = known.unwrap_or_else(|| {
        let mut whole = DOCUMENT.pointer(at).unwrap().clone();
        whole["components"] = DOCUMENT["components"].clone();
        let made = Arc::new(jsonschema::validator_for(&whole).unwrap());
        VALIDATORS
            .lock()
            .unwrap()
            .insert(at.to_owned(), made.clone());
        made
    });
    let faults: Vec<String> = validator
        .iter_errors(value)
        .map(|fault| format!("{}: {fault}", fault.instance_path()))
        .collect();
    assert!(faults.is_empty(), "{call}: {faults:#?} in {value:#}");
}
