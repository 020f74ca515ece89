//! The calls as an OpenAPI 3.1 document.

use crate::examples::{Examples, problem};
use crate::operation::{Answer, Body, Cookie, Header, Operation, Success};
use crate::parameters;
use crate::resources::resources;
use crate::schemas::Schemas;
use contract::problem::{Code, PROBLEM_JSON, Problem};
use contract::sse::{encode, encode_once};
use domain::policy::Access;
use domain::role::Role;
use schemars::SchemaGenerator;
use serde_json::{Map, Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// The whole document.
pub fn document() -> Value {
    let mut writer = Writer::new();
    let mut paths = Map::new();
    let mut tags = Vec::new();
    for resource in resources() {
        tags.push(json!({"name": resource.name, "description": resource.about}));
        for operation in resource.operations {
            let written = writer.operation(&operation, resource.name);
            let path = paths.entry(operation.path).or_insert_with(|| json!({}));
            if let Value::Object(path) = path {
                path.insert(operation.method.to_lowercase(), written);
            }
        }
    }
    writer.finish(paths, tags)
}

/// Where examples are put once all types are known.
const EXAMPLE: &str = "x-example-of";
const KINDS: &str = "x-example-kinds";
const RESUMABLE: &str = "x-example-resumable";

struct Writer {
    schemas: Schemas,
    problem: Value,
    refusals: BTreeMap<String, Value>,
}

impl Writer {
    fn new() -> Self {
        let mut schemas = Schemas::new();
        let problem = schemas.answer_of(SchemaGenerator::subschema_for::<Problem>);
        Self {
            schemas,
            problem,
            refusals: BTreeMap::new(),
        }
    }

    fn operation(&mut self, operation: &Operation, tag: &str) -> Value {
        let mut parameters = parameters::in_path(operation.path);
        let mut refusals = operation.refusals();
        if let Some(query) = operation.query {
            let (fields, required) = self.schemas.fields(query);
            // Somebody else's company does not exist.
            if fields.contains_key("companyId") && !refusals.contains(&Code::NotFound) {
                refusals.push(Code::NotFound);
            }
            for (name, schema) in fields {
                let required = required.contains(&name);
                parameters.push(in_query(&name, required, schema));
            }
        }
        for header in &operation.headers {
            parameters.push(json!({"$ref": format!("#/components/parameters/{header}")}));
        }
        let mut responses = Map::new();
        for success in &operation.successes {
            responses.insert(success.status.to_string(), self.success(success));
        }
        for (status, codes) in by_status(&refusals) {
            responses.insert(status.to_string(), self.refused(&codes));
        }
        let mut about = vec![format!("For {}.", operation.who())];
        about.extend(operation.notes.iter().map(|note| (*note).to_owned()));
        let mut written = json!({
            "operationId": operation.id(),
            "tags": [tag],
            "summary": operation.summary,
            "description": about.join(" "),
            "security": security(operation),
            "x-roles": roles(operation.access),
            "parameters": parameters,
            "responses": responses,
        });
        if let (Some(body), Value::Object(written)) = (self.body(operation), &mut written) {
            written.insert("requestBody".to_owned(), body);
        }
        written
    }

    fn body(&mut self, operation: &Operation) -> Option<Value> {
        match operation.body {
            Body::None => None,
            Body::Json { shape, max_bytes } => {
                let schema = self.schemas.form(shape);
                let mut content = json!({"schema": schema.clone()});
                if let Value::Object(content) = &mut content {
                    if operation.shown_forms().is_empty() {
                        content.insert("example".to_owned(), json!({EXAMPLE: schema}));
                    } else {
                        let named = operation.shown_forms().iter();
                        let named = named.map(|(name, value)| {
                            let key = name.replace(' ', "-");
                            (key, json!({"summary": name, "value": value}))
                        });
                        let named: Map<String, Value> = named.collect();
                        content.insert("examples".to_owned(), Value::Object(named));
                    }
                }
                Some(json!({
                    "required": true,
                    "description": format!("At most {max_bytes} bytes."),
                    "content": {"application/json": content},
                }))
            }
            Body::File { kinds, max_bytes } => {
                let content: Map<String, Value> = kinds
                    .iter()
                    .map(|kind| ((*kind).to_owned(), json!({"schema": {}})))
                    .collect();
                Some(json!({
                    "required": true,
                    "description": format!("The file's bytes, at most {max_bytes}, with their `Content-Length`. What they are is read from them."),
                    "content": content,
                }))
            }
        }
    }

    fn success(&mut self, success: &Success) -> Value {
        let mut headers = Map::new();
        headers.insert(
            "X-Request-Id".to_owned(),
            component("headers", "X-Request-Id"),
        );
        for header in &success.headers {
            for name in header.names() {
                headers.insert((*name).to_owned(), component("headers", name));
            }
        }
        let mut written = json!({"description": success.what, "headers": headers});
        let content = match success.answer {
            Answer::Nothing => None,
            Answer::Json(shape) => {
                let schema = self.schemas.answer(shape);
                Some(
                    json!({"application/json": {"schema": schema.clone(), "example": {EXAMPLE: schema}}}),
                )
            }
            Answer::Events {
                frame,
                kinds,
                resumable,
            } => {
                let frame = self.schemas.answer(frame);
                let example = json!({EXAMPLE: frame.clone(), KINDS: kinds, RESUMABLE: resumable});
                let schema = json!({
                    "type": "string",
                    "description": "Server-sent events (WHATWG HTML, 9.2). The JSON after each `data: ` is a frame: `x-frame`.",
                    "x-frame": frame,
                });
                Some(json!({"text/event-stream": {"schema": schema, "example": example}}))
            }
            Answer::File { kinds } => {
                let kinds = kinds
                    .iter()
                    .map(|kind| ((*kind).to_owned(), json!({"schema": {}})));
                Some(Value::Object(kinds.collect()))
            }
            Answer::Csv { example } => {
                Some(json!({"text/csv": {"schema": {"type": "string"}, "example": example}}))
            }
        };
        if let (Some(content), Value::Object(written)) = (content, &mut written) {
            written.insert("content".to_owned(), content);
        }
        written
    }

    /// The answer to a call that is refused for one of these reasons, which share a status. It is written once for all calls.
    fn refused(&mut self, codes: &[Code]) -> Value {
        let names: Vec<String> = codes.iter().map(|code| pascal(code.as_str())).collect();
        let name = names.join("Or");
        if !self.refusals.contains_key(&name) {
            let written = self.refusal(codes);
            self.refusals.insert(name.clone(), written);
        }
        component("responses", &name)
    }

    fn refusal(&self, codes: &[Code]) -> Value {
        let status = codes.first().map_or(500, |code| code.status());
        let names: Vec<&str> = codes.iter().map(|code| code.as_str()).collect();
        let told: Vec<String> = codes
            .iter()
            .map(|code| format!("`{}`: {}.", code.as_str(), code.title()))
            .collect();
        let examples: Map<String, Value> = codes
            .iter()
            .map(|code| (code.as_str().to_owned(), json!({"value": problem(*code)})))
            .collect();
        let mut headers = vec!["X-Request-Id"];
        match status {
            401 => headers.push("WWW-Authenticate"),
            416 => headers.push("Content-Range"),
            429 => headers.extend([
                "Retry-After",
                "RateLimit-Limit",
                "RateLimit-Remaining",
                "RateLimit-Reset",
            ]),
            _ => {}
        }
        let headers: Map<String, Value> = headers
            .into_iter()
            .map(|name| (name.to_owned(), component("headers", name)))
            .collect();
        let schema = json!({
            "allOf": [self.problem],
            "properties": {"status": {"const": status}, "code": {"enum": names}},
        });
        json!({
            "description": told.join(" "),
            "headers": headers,
            "content": {PROBLEM_JSON: {"schema": schema, "examples": examples}},
        })
    }

    fn finish(self, paths: Map<String, Value>, tags: Vec<Value>) -> Value {
        let (schemas, names) = self.schemas.finish();
        let mut written = json!({
            "openapi": "3.1.0",
            "info": {
                "title": "Sales Captain",
                "version": env!("CARGO_PKG_VERSION"),
                "summary": "Reps practise objections by chat and are corrected in the turn.",
                "description": ABOUT,
            },
            "servers": [{"url": "/", "description": "Where this document was read."}],
            "tags": tags,
            "paths": paths,
            "components": {
                "securitySchemes": {
                    "accessToken": {
                        "type": "http",
                        "scheme": "bearer",
                        "bearerFormat": "JWT",
                        "description": "`accessToken` of a log-in; good for 15 minutes.",
                    },
                    "refreshToken": {
                        "type": "apiKey",
                        "in": "cookie",
                        "name": "sc_refresh",
                        "description": "Set at log-in: httpOnly, SameSite=Strict, for `/api/auth` alone. Good for 7 days and one exchange.",
                    },
                },
                "parameters": parameters::headers(),
                "headers": headers(),
                "responses": self.refusals,
            },
        });
        names.settle(&mut written);
        show(&mut written, &Examples(&schemas));
        let used = used(&written, &schemas);
        let schemas: Map<String, Value> = schemas
            .into_iter()
            .filter(|(name, _)| used.contains(name))
            .collect();
        if let Some(Value::Object(components)) = written.get_mut("components") {
            components.insert("schemas".to_owned(), Value::Object(schemas));
        }
        written
    }
}

const ABOUT: &str = "JSON is camelCase, ids are UUIDs, moments are Unix milliseconds. Every failure is a problem (RFC 9457) with a stable `code`. \
Lists come a page at a time: send `nextCursor` back as `cursor`. What belongs to another company does not exist: 404. \
An edit sends the `ETag` it read as `If-Match`; a create may send an `Idempotency-Key`. \
Super admins are told what an answer cost the database in `Server-Timing`.";

/// A field of a query. There is no null in an address: what is absent is left out.
fn in_query(name: &str, required: bool, mut schema: Value) -> Value {
    let description = schema.get("description").cloned();
    if let Value::Object(schema) = &mut schema {
        schema.remove("description");
        schema.remove("default");
        if let Some(Value::Array(kinds)) = schema.get("type")
            && let Some(kind) = kinds.first().cloned()
        {
            schema.insert("type".to_owned(), kind);
        }
    }
    if let Some(variant) = schema.get("anyOf").and_then(|variants| variants.get(0)) {
        schema = variant.clone();
    }
    json!({
        "name": name,
        "in": "query",
        "required": required,
        "description": description,
        "schema": schema,
    })
}

fn by_status(codes: &[Code]) -> BTreeMap<u16, Vec<Code>> {
    let mut all: BTreeMap<u16, Vec<Code>> = BTreeMap::new();
    for code in codes {
        all.entry(code.status()).or_default().push(*code);
    }
    all
}

fn security(operation: &Operation) -> Value {
    match operation.access {
        Access::Public => match operation.cookie {
            Some(Cookie::Needed) => json!([{"refreshToken": []}]),
            Some(Cookie::Taken) => json!([{"refreshToken": []}, {}]),
            None => json!([]),
        },
        Access::LoggedIn | Access::Managers | Access::SuperAdmins => json!([{"accessToken": []}]),
    }
}

/// The roles a call is for; none: it needs no log-in.
fn roles(access: Access) -> Value {
    if access == Access::Public {
        return json!([]);
    }
    let all = [Role::SalesRep, Role::Manager, Role::SuperAdmin];
    let admitted = all.into_iter().filter(|role| access.admits(*role));
    json!(admitted.collect::<Vec<_>>())
}

fn component(kind: &str, name: &str) -> Value {
    json!({"$ref": format!("#/components/{kind}/{name}")})
}

/// `in_use` becomes `InUse`.
fn pascal(code: &str) -> String {
    code.split('_')
        .flat_map(|word| {
            let mut letters = word.chars();
            let first = letters.next().map(|first| first.to_ascii_uppercase());
            first.into_iter().chain(letters)
        })
        .collect()
}

/// Puts examples where they were asked for.
fn show(value: &mut Value, examples: &Examples<'_>) {
    if let Some(schema) = value.get(EXAMPLE) {
        *value = match value.get(KINDS).and_then(Value::as_array) {
            None => examples.of(schema),
            Some(kinds) => {
                let resumable = value.get(RESUMABLE) == Some(&Value::Bool(true));
                let frames = kinds.iter().filter_map(Value::as_str).enumerate();
                let frames = frames.map(|(at, kind)| {
                    let frame = examples.of_kind(schema, kind).to_string();
                    if resumable {
                        encode(u64::try_from(at).unwrap_or(0), &frame)
                    } else {
                        encode_once(&frame)
                    }
                });
                Value::String(frames.collect())
            }
        };
        return;
    }
    match value {
        Value::Object(fields) => fields.values_mut().for_each(|value| show(value, examples)),
        Value::Array(values) => values.iter_mut().for_each(|value| show(value, examples)),
        _ => {}
    }
}

/// The types that the document names, and those that they name.
fn used(written: &Value, schemas: &Map<String, Value>) -> BTreeSet<String> {
    let mut used = BTreeSet::new();
    let mut open = vec![written];
    while let Some(value) = open.pop() {
        match value {
            Value::Object(fields) => {
                let path = fields.get("$ref").and_then(Value::as_str);
                let name = path.and_then(|path| path.strip_prefix("#/components/schemas/"));
                if let Some(name) = name
                    && used.insert(name.to_owned())
                {
                    open.extend(schemas.get(name));
                }
                open.extend(fields.values());
            }
            Value::Array(values) => open.extend(values),
            _ => {}
        }
    }
    used
}

impl Header {
    fn names(self) -> &'static [&'static str] {
        match self {
            Header::ETag => &["ETag"],
            Header::Location => &["Location"],
            Header::SetCookie => &["Set-Cookie"],
            Header::RateLimit => &["RateLimit-Limit", "RateLimit-Remaining", "RateLimit-Reset"],
            Header::ContentDisposition => &["Content-Disposition"],
            Header::ContentRange => &["Content-Range"],
            Header::AcceptRanges => &["Accept-Ranges"],
            Header::IdempotencyReplayed => &["Idempotency-Replayed"],
        }
    }
}

/// The headers of answers.
fn headers() -> Value {
    let header = |what: &str, required: bool, schema: Value| json!({"description": what, "required": required, "schema": schema});
    let text = || json!({"type": "string"});
    let number = || json!({"type": "integer", "minimum": 0});
    json!({
        "X-Request-Id": header("This request's id in our logs.", true, text()),
        "ETag": header("The version of what is shown; an edit sends it back as `If-Match`. Of a file, the caller's copy is known by it.", true, text()),
        "Location": header("Where what was made can be read.", false, text()),
        "Set-Cookie": header("The refresh token `sc_refresh`, or its end.", true, text()),
        "WWW-Authenticate": header("`Bearer`.", true, json!({"const": "Bearer"})),
        "Retry-After": header("Seconds until a try is let in again.", true, number()),
        "RateLimit-Limit": header("Tries in a window.", true, number()),
        "RateLimit-Remaining": header("Tries left in this one.", true, number()),
        "RateLimit-Reset": header("Seconds until the window is over.", true, number()),
        "Content-Disposition": header("The name of the file.", true, text()),
        "Content-Range": header("Which part of the file it is, or how long the file is.", true, text()),
        "Accept-Ranges": header("`bytes`: parts can be asked for; `none`: they can't.", true, text()),
        "Idempotency-Replayed": header("`true`: the request was done before, and this is its answer.", false, json!({"const": "true"})),
    })
}
