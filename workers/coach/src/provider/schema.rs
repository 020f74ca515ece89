//! The part of JSON Schema that every provider takes for structured output, as a type: what not all of them know can't be
//! written down. Objects are closed and all of their fields required; bounds are checked in Rust, on what comes back.

use serde::ser::{Serialize, SerializeMap, Serializer};

/// A schema for a model's answer. Fields keep their order, which is the order the model writes them in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Schema {
    /// Any text.
    Text,
    /// One of these texts; at least one.
    OneOf(Vec<String>),
    /// Any number of these.
    List(Box<Schema>),
    /// Exactly these fields.
    Object(Vec<(&'static str, Schema)>),
}

impl Schema {
    /// A list of objects with these fields.
    pub fn list_of(fields: Vec<(&'static str, Schema)>) -> Self {
        Schema::List(Box::new(Schema::Object(fields)))
    }
}

impl Serialize for Schema {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        match self {
            Schema::Text => map.serialize_entry("type", "string")?,
            Schema::OneOf(texts) => {
                map.serialize_entry("type", "string")?;
                map.serialize_entry("enum", texts)?;
            }
            Schema::List(items) => {
                map.serialize_entry("type", "array")?;
                map.serialize_entry("items", items)?;
            }
            Schema::Object(fields) => {
                let names: Vec<&str> = fields.iter().map(|(name, _)| *name).collect();
                map.serialize_entry("type", "object")?;
                map.serialize_entry("properties", &InOrder(fields))?;
                map.serialize_entry("required", &names)?;
                map.serialize_entry("additionalProperties", &false)?;
            }
        }
        map.end()
    }
}

/// The JSON of a reply. Models without structured output like to put a fence around it.
pub(super) fn unfenced(reply: &str) -> &str {
    let fenced = reply
        .trim()
        .strip_prefix("```")
        .and_then(|rest| rest.strip_suffix("```"));
    fenced.map_or(reply, |rest| rest.strip_prefix("json").unwrap_or(rest))
}

/// `serde_json`'s own objects are sorted by name, which would put a level before its quote.
struct InOrder<'a>(&'a [(&'static str, Schema)]);

impl Serialize for InOrder<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(name, schema)| (name, schema)))
    }
}
