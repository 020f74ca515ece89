//! What stands in a path, and which headers can be sent.

use serde_json::{Value, json};

/// The parameters in a path, in their order.
pub(crate) fn in_path(path: &str) -> Vec<Value> {
    let mut parameters = Vec::new();
    let mut before = "";
    for segment in path.split('/') {
        if let Some(name) = segment
            .strip_prefix('{')
            .and_then(|name| name.strip_suffix('}'))
        {
            parameters.push(parameter(name, before));
        } else {
            before = segment;
        }
    }
    parameters
}

fn parameter(name: &str, before: &str) -> Value {
    let id = json!({"type": "string", "format": "uuid"});
    let (what, schema) = match name {
        "token" => (
            "The token of the link.".to_owned(),
            json!({"type": "string", "minLength": 1, "maxLength": 2_000, "pattern": "^[A-Za-z0-9._-]+$"}),
        ),
        "day" => (
            "A day of the programme.".to_owned(),
            json!({"type": "integer", "minimum": 1, "maximum": 10}),
        ),
        "number" => (
            "The version's number.".to_owned(),
            json!({"type": "integer", "minimum": 1, "maximum": u32::MAX}),
        ),
        "drill" => (
            "The drill's id in its scenario.".to_owned(),
            json!({"type": "string", "minLength": 1, "maxLength": 40}),
        ),
        "teamId" => ("The team.".to_owned(), id),
        "userId" => ("The person.".to_owned(), id),
        _ => (format!("The {}.", thing(before)), id),
    };
    json!({"name": name, "in": "path", "required": true, "description": what, "schema": schema})
}

/// What an id after this segment names.
fn thing(segment: &str) -> &str {
    match segment {
        "companies" => "company",
        "chat" => "session",
        "voice" => "recording",
        "users" | "user" | "progress" => "person",
        other => other.strip_suffix('s').unwrap_or(other),
    }
}

/// The headers that calls take, by the name they are referred to.
pub(crate) fn headers() -> Value {
    let header = |name: &str, required: bool, what: &str, schema: Value| json!({"name": name, "in": "header", "required": required, "description": what, "schema": schema});
    json!({
        "If-Match": header(
            "If-Match",
            true,
            "The `ETag` of the version that was read. If somebody else changed it since, the answer is 412.",
            json!({"type": "string", "pattern": "^(W/)?\"[0-9]+\"$", "maxLength": 30, "examples": ["\"7\""]}),
        ),
        "Idempotency-Key": header(
            "Idempotency-Key",
            false,
            "The caller's own key, good for a day: sent again with the same request, the first answer comes again and nothing is made twice.",
            json!({"type": "string", "minLength": 1, "maxLength": 200, "pattern": "^[!-~]+$", "examples": ["0198f3a2-5b7c-7d10-8a4e-3f6b2c9d1e00"]}),
        ),
        "Last-Event-ID": header(
            "Last-Event-ID",
            false,
            "The `id:` of the last frame seen; browsers send it when they connect again.",
            json!({"type": "string", "pattern": "^[0-9]{1,15}$"}),
        ),
        "after": {
            "name": "after",
            "in": "query",
            "required": false,
            "description": "The `id:` of the last frame seen.",
            "schema": {"type": "integer", "minimum": 0, "maximum": 999_999_999_999_999_u64},
        },
        "Range": header(
            "Range",
            false,
            "One part of the file: `bytes=0-65535`.",
            json!({"type": "string", "maxLength": 60, "examples": ["bytes=0-65535"]}),
        ),
        "If-Range": header(
            "If-Range",
            false,
            "The `ETag` the part is meant of; of another file, the whole comes.",
            json!({"type": "string", "maxLength": 200}),
        ),
        "If-None-Match": header(
            "If-None-Match",
            false,
            "The `ETag` the caller has.",
            json!({"type": "string", "maxLength": 200}),
        ),
    })
}
