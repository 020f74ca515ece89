//! The types that cross the wire, as JSON Schema. A type that is asked for is not quite the one that is answered: there, what
//! has a default may be left out. Where the two differ, the one that is asked for has a name of its own.

use crate::limits;
use crate::operation::Shape;
use schemars::generate::SchemaSettings;
use schemars::{Schema, SchemaGenerator};
use serde_json::{Map, Value};
use std::collections::BTreeSet;

const FORMS: &str = "/components/forms";
const SCHEMAS: &str = "/components/schemas";

/// Schemas in the making.
pub(crate) struct Schemas {
    forms: SchemaGenerator,
    answers: SchemaGenerator,
}

impl Schemas {
    pub(crate) fn new() -> Self {
        let settings = |path: &'static str| {
            SchemaSettings::draft2020_12().with(|settings| {
                settings.definitions_path = path.into();
                settings.meta_schema = None;
            })
        };
        Self {
            forms: settings(FORMS).for_deserialize().into_generator(),
            answers: settings(SCHEMAS).for_serialize().into_generator(),
        }
    }

    /// The schema of what is asked.
    pub(crate) fn form(&mut self, shape: Shape) -> Value {
        (shape.schema)(&mut self.forms).to_value()
    }

    /// The schema of what is answered.
    pub(crate) fn answer(&mut self, shape: Shape) -> Value {
        self.answer_of(shape.schema)
    }

    /// The schema that this makes of what is answered.
    pub(crate) fn answer_of(&mut self, make: fn(&mut SchemaGenerator) -> Schema) -> Value {
        make(&mut self.answers).to_value()
    }

    /// The fields of a query, with those that must be there.
    pub(crate) fn fields(&mut self, shape: Shape) -> (Map<String, Value>, Vec<String>) {
        let schema = self.form(shape);
        let path = schema.get("$ref").and_then(Value::as_str);
        let name = path.and_then(|path| path.rsplit('/').next()).unwrap_or("");
        let known = self.forms.definitions().get(name);
        let mut whole = known.unwrap_or(&schema).clone();
        limits::set(name, &mut whole, true);
        tidy(&mut whole);
        let required = whole.get("required").and_then(Value::as_array);
        let required = required.into_iter().flatten().filter_map(Value::as_str);
        let required = required.map(str::to_owned).collect();
        let fields = whole.get_mut("properties").map(Value::take);
        match fields {
            Some(Value::Object(fields)) => (fields, required),
            _ => (Map::new(), required),
        }
    }

    /// All types by name, and how to name those in a document that still tells the two kinds apart.
    pub(crate) fn finish(mut self) -> (Map<String, Value>, Names) {
        let mut forms = finished(self.forms.take_definitions(true), true);
        let mut all = finished(self.answers.take_definitions(true), false);
        let names = Names::of(&forms, &all);
        for form in forms.values_mut() {
            names.settle(form);
        }
        for (name, form) in forms {
            all.insert(names.of_form(&name), form);
        }
        (all, names)
    }
}

fn finished(mut definitions: Map<String, Value>, is_form: bool) -> Map<String, Value> {
    for (name, schema) in &mut definitions {
        limits::set(name, schema, is_form);
        tidy(schema);
    }
    definitions
}

/// Which types have another name as forms.
pub(crate) struct Names(BTreeSet<String>);

impl Names {
    fn of(forms: &Map<String, Value>, answers: &Map<String, Value>) -> Self {
        let mut differing = Self(BTreeSet::new());
        loop {
            let known = differing.0.len();
            for (name, form) in forms {
                let mut form = form.clone();
                differing.settle(&mut form);
                if answers.get(name).is_some_and(|answer| *answer != form) {
                    differing.0.insert(name.clone());
                }
            }
            if differing.0.len() == known {
                return differing;
            }
        }
    }

    fn of_form(&self, name: &str) -> String {
        if self.0.contains(name) {
            format!("{name}Form")
        } else {
            name.to_owned()
        }
    }

    /// Gives every reference to a form its name.
    pub(crate) fn settle(&self, value: &mut Value) {
        match value {
            Value::Object(fields) => {
                if let Some(Value::String(path)) = fields.get_mut("$ref")
                    && let Some(name) = path.strip_prefix("#/components/forms/")
                {
                    *path = format!("#{SCHEMAS}/{}", self.of_form(name));
                }
                fields.values_mut().for_each(|value| self.settle(value));
            }
            Value::Array(values) => values.iter_mut().for_each(|value| self.settle(value)),
            _ => {}
        }
    }
}

/// Makes doc comments read well outside of Rust, and leaves out formats that nobody else knows.
fn tidy(value: &mut Value) {
    match value {
        Value::Object(fields) => {
            if let Some(Value::String(text)) = fields.get_mut("description") {
                *text = readable(text);
            }
            let rusty = fields.get("format").and_then(Value::as_str);
            if rusty.is_some_and(|format| format.starts_with("uint") || format == "double") {
                fields.remove("format");
            }
            fields.values_mut().for_each(tidy);
        }
        Value::Array(values) => values.iter_mut().for_each(tidy),
        _ => {}
    }
}

/// One paragraph, and no links to Rust: "[`Improvement`]" becomes "`Improvement`".
fn readable(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    words.join(" ").replace("[`", "`").replace("`]", "`")
}
