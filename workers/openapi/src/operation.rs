//! One call of the API, said in a few words. What follows from them is not said again: who must be logged in can fail to be,
//! a body can be no JSON or too large, an id can be nobody's.

use contract::checks::check;
use contract::problem::Code;
use domain::policy::Access;
use garde::Validate;
use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::de::DeserializeOwned;
use serde_json::Value;

/// The largest body of most calls, and of one that holds a scenario or tone guidelines; bytes.
const SHORT_TEXT: usize = 16 << 10;
const LONG_TEXT: usize = 128 << 10;

/// A type that crosses the wire.
#[derive(Clone, Copy)]
pub struct Shape {
    pub(crate) schema: fn(&mut SchemaGenerator) -> Schema,
    check: fn(&Value) -> Result<(), String>,
}

impl Shape {
    /// A form: read, and checked by its own rules.
    fn form<T: JsonSchema + DeserializeOwned + Validate<Context = ()>>() -> Self {
        Self {
            schema: SchemaGenerator::subschema_for::<T>,
            check: |value| {
                let form: T = parse(value)?;
                match check(&form).as_slice() {
                    [] => Ok(()),
                    errors => Err(format!("{errors:?}")),
                }
            },
        }
    }

    /// An answer.
    fn answer<T: JsonSchema + DeserializeOwned>() -> Self {
        Self {
            schema: SchemaGenerator::subschema_for::<T>,
            check: |value| parse::<T>(value).map(drop),
        }
    }

    /// Whether the API would take this value, or could have said it; or why not.
    pub fn takes(&self, value: &Value) -> Result<(), String> {
        (self.check)(value)
    }
}

fn parse<T: DeserializeOwned>(value: &Value) -> Result<T, String> {
    serde_json::from_value(value.clone()).map_err(|error| error.to_string())
}

/// What a call takes.
#[derive(Clone, Copy)]
pub enum Body {
    /// Nothing.
    None,
    /// A form.
    Json {
        /// Its type.
        shape: Shape,
        /// Its largest size, bytes.
        max_bytes: usize,
    },
    /// The bytes of a file.
    File {
        /// Media types that are taken.
        kinds: &'static [&'static str],
        /// Its largest size, bytes.
        max_bytes: u64,
    },
}

/// What a call answers when all went well.
#[derive(Clone, Copy)]
pub enum Answer {
    /// No body.
    Nothing,
    /// JSON.
    Json(Shape),
    /// Server-sent events; each `data:` is JSON of this type. Those of a session have an `id:` to go on from.
    Events {
        /// The type of the frames.
        frame: Shape,
        /// The kinds of frames that a stream mostly has, in their order.
        kinds: &'static [&'static str],
        /// Frames have ids.
        resumable: bool,
    },
    /// The bytes of a file, whole or a part.
    File {
        /// Its media types.
        kinds: &'static [&'static str],
    },
    /// Comma-separated values.
    Csv {
        /// The first lines of one.
        example: &'static str,
    },
}

/// A header of an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Header {
    /// The version, for `If-Match`; of a file, for `If-None-Match`.
    ETag,
    /// Where what was made can be read.
    Location,
    /// The refresh token.
    SetCookie,
    /// The tries that are left.
    RateLimit,
    /// What the file is to be called.
    ContentDisposition,
    /// Which part it is.
    ContentRange,
    /// Parts can be asked for.
    AcceptRanges,
    /// It was answered before.
    IdempotencyReplayed,
}

/// What the refresh token's cookie is to a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Cookie {
    /// It opens it.
    Needed,
    /// It is welcome.
    Taken,
}

/// An answer to a call that went well.
#[derive(Clone)]
pub struct Success {
    /// 200, 201, ...
    pub status: u16,
    pub(crate) what: &'static str,
    /// Its body.
    pub answer: Answer,
    pub(crate) headers: Vec<Header>,
}

/// One call.
#[derive(Clone)]
pub struct Operation {
    /// `GET`, `POST`, ...
    pub method: &'static str,
    /// `/api/chat/{id}/message`
    pub path: &'static str,
    /// Who may make it.
    pub access: Access,
    pub(crate) summary: &'static str,
    pub(crate) notes: Vec<&'static str>,
    pub(crate) only: Option<&'static str>,
    pub(crate) query: Option<Shape>,
    /// What it takes.
    pub body: Body,
    pub(crate) examples: Vec<(&'static str, Value)>,
    pub(crate) headers: Vec<&'static str>,
    pub(crate) cookie: Option<Cookie>,
    pub(crate) successes: Vec<Success>,
    refuses: Vec<Code>,
}

pub(crate) fn get(path: &'static str, access: Access, summary: &'static str) -> Operation {
    Operation::new("GET", path, access, summary)
}

pub(crate) fn post(path: &'static str, access: Access, summary: &'static str) -> Operation {
    Operation::new("POST", path, access, summary)
}

/// A POST that makes something once, however often it is sent with the same `Idempotency-Key`.
pub(crate) fn create(path: &'static str, access: Access, summary: &'static str) -> Operation {
    let mut operation = Operation::new("POST", path, access, summary).refuses(&[
        Code::KeyReused,
        Code::KeyInFlight,
        Code::TooLarge,
    ]);
    operation.headers.push("Idempotency-Key");
    operation
}

pub(crate) fn put(path: &'static str, access: Access, summary: &'static str) -> Operation {
    Operation::new("PUT", path, access, summary)
}

pub(crate) fn patch(path: &'static str, access: Access, summary: &'static str) -> Operation {
    Operation::new("PATCH", path, access, summary)
}

pub(crate) fn delete(path: &'static str, access: Access, summary: &'static str) -> Operation {
    Operation::new("DELETE", path, access, summary).done(204, "It is gone.")
}

impl Operation {
    fn new(
        method: &'static str,
        path: &'static str,
        access: Access,
        summary: &'static str,
    ) -> Self {
        let mut refuses = vec![Code::Internal, Code::Unavailable];
        if access != Access::Public {
            refuses.push(Code::Unauthenticated);
        }
        if matches!(access, Access::Managers | Access::SuperAdmins) {
            refuses.push(Code::Forbidden);
        }
        if path.contains('{') {
            refuses.push(Code::NotFound);
        }
        Self {
            method,
            path,
            access,
            summary,
            notes: Vec::new(),
            only: None,
            query: None,
            body: Body::None,
            examples: Vec::new(),
            headers: Vec::new(),
            cookie: None,
            successes: Vec::new(),
            refuses,
        }
    }

    /// More about it: a sentence.
    pub(crate) fn note(mut self, note: &'static str) -> Self {
        self.notes.push(note);
        self
    }

    /// Who of those whom its access admits.
    pub(crate) fn only(mut self, who: &'static str) -> Self {
        self.only = Some(who);
        self
    }

    /// Takes this query. One that can name a company may name somebody else's.
    pub(crate) fn query<T: JsonSchema + DeserializeOwned + Validate<Context = ()>>(
        mut self,
    ) -> Self {
        self.query = Some(Shape::form::<T>());
        self.refuses(&[Code::Invalid])
    }

    /// Takes this form.
    pub(crate) fn body<T: JsonSchema + DeserializeOwned + Validate<Context = ()>>(self) -> Self {
        self.json::<T>(SHORT_TEXT)
    }

    /// Takes this form, which holds a scenario or tone guidelines.
    pub(crate) fn long_body<T: JsonSchema + DeserializeOwned + Validate<Context = ()>>(
        self,
    ) -> Self {
        self.json::<T>(LONG_TEXT)
    }

    fn json<T: JsonSchema + DeserializeOwned + Validate<Context = ()>>(
        mut self,
        max_bytes: usize,
    ) -> Self {
        let shape = Shape::form::<T>();
        self.body = Body::Json { shape, max_bytes };
        self.refuses(&[Code::BadJson, Code::TooLarge, Code::Invalid])
    }

    /// Shows this form, in place of one that is made up.
    pub(crate) fn example(mut self, name: &'static str, value: Value) -> Self {
        self.examples.push((name, value));
        self
    }

    /// Takes a file.
    pub(crate) fn file(mut self, kinds: &'static [&'static str], max_bytes: u64) -> Self {
        self.body = Body::File { kinds, max_bytes };
        self.refuses(&[
            Code::LengthRequired,
            Code::TooLarge,
            Code::UnsupportedMedia,
            Code::BodyCut,
        ])
    }

    /// Is asked with the version that was read.
    pub(crate) fn if_match(mut self) -> Self {
        self.headers.push("If-Match");
        self.refuses(&[Code::IfMatchMissing, Code::Changed, Code::Invalid])
    }

    /// Takes this header.
    pub(crate) fn takes(mut self, header: &'static str) -> Self {
        self.headers.push(header);
        self
    }

    /// Is opened by the refresh token's cookie rather than by an access token.
    pub(crate) fn cookie(mut self) -> Self {
        self.cookie = Some(Cookie::Needed);
        self
    }

    /// Takes the refresh token's cookie, if there is one.
    pub(crate) fn maybe_cookie(mut self) -> Self {
        self.cookie = Some(Cookie::Taken);
        self
    }

    /// Comes from our own pages or from no browser at all.
    pub(crate) fn same_origin(self) -> Self {
        self.refuses(&[Code::Forbidden])
    }

    /// Has a limit of tries.
    pub(crate) fn limited(self) -> Self {
        self.refuses(&[Code::RateLimited])
    }

    /// Answers JSON.
    pub(crate) fn ok<T: JsonSchema + DeserializeOwned>(self, what: &'static str) -> Self {
        self.answers(200, what, Answer::Json(Shape::answer::<T>()))
    }

    /// Answers what it made, and where it is.
    pub(crate) fn created<T: JsonSchema + DeserializeOwned>(self, what: &'static str) -> Self {
        let once = self.headers.contains(&"Idempotency-Key");
        let made = self.answers(201, what, Answer::Json(Shape::answer::<T>()));
        if once {
            made.with(Header::IdempotencyReplayed)
        } else {
            made
        }
    }

    /// Answers without a body.
    pub(crate) fn done(self, status: u16, what: &'static str) -> Self {
        self.answers(status, what, Answer::Nothing)
    }

    /// Answers a stream of frames.
    pub(crate) fn events<T: JsonSchema + DeserializeOwned>(
        self,
        kinds: &'static [&'static str],
        resumable: bool,
    ) -> Self {
        let frame = Shape::answer::<T>();
        let what = "A stream of frames, the JSON after each `data: `. Comments (`: keep-alive`) may stand between them.";
        let answer = Answer::Events {
            frame,
            kinds,
            resumable,
        };
        self.answers(200, what, answer)
    }

    /// Answers a file.
    pub(crate) fn serves(self, kinds: &'static [&'static str]) -> Self {
        self.takes("If-None-Match")
            .answers(200, "The file.", Answer::File { kinds })
            .with(Header::ETag)
            .with(Header::AcceptRanges)
            .done(304, "It is what the caller has.")
            .with(Header::ETag)
    }

    /// Answers a file, or the part of it that was asked for.
    pub(crate) fn serves_parts(self, kinds: &'static [&'static str]) -> Self {
        self.serves(kinds)
            .takes("Range")
            .takes("If-Range")
            .answers(206, "The part that was asked for.", Answer::File { kinds })
            .with(Header::ETag)
            .with(Header::AcceptRanges)
            .with(Header::ContentRange)
            .refuses(&[Code::BadRange])
    }

    /// One more answer of a call that went well.
    pub(crate) fn answers(mut self, status: u16, what: &'static str, answer: Answer) -> Self {
        self.successes.push(Success {
            status,
            what,
            answer,
            headers: Vec::new(),
        });
        self
    }

    /// The latest answer has this header.
    pub(crate) fn with(mut self, header: Header) -> Self {
        if let Some(success) = self.successes.last_mut() {
            success.headers.push(header);
        }
        self
    }

    /// The latest answer names the version of what it shows.
    pub(crate) fn versioned(self) -> Self {
        self.with(Header::ETag)
    }

    /// The latest answer says where what was made can be read.
    pub(crate) fn located(self) -> Self {
        self.with(Header::Location)
    }

    /// Can be refused for these reasons too.
    pub(crate) fn refuses(mut self, codes: &[Code]) -> Self {
        self.refuses.extend(codes);
        self
    }

    /// Why it can fail, by status.
    pub fn refusals(&self) -> Vec<Code> {
        let mut codes: Vec<Code> = Vec::new();
        for code in Code::ALL {
            if self.refuses.contains(code) {
                codes.push(*code);
            }
        }
        codes.sort_by_key(|code| code.status());
        codes
    }

    /// What it can answer when all went well.
    pub fn answers_of(&self) -> &[Success] {
        &self.successes
    }

    /// The query it takes.
    pub fn query_shape(&self) -> Option<Shape> {
        self.query
    }

    /// Every example of what it takes.
    pub(crate) fn shown_forms(&self) -> &[(&'static str, Value)] {
        &self.examples
    }

    /// How programs call it: `postChatByIdMessage`.
    pub(crate) fn id(&self) -> String {
        let mut id = self.method.to_lowercase();
        for segment in self.path.trim_start_matches("/api/").split('/') {
            let (by, name) = match segment.strip_prefix('{') {
                Some(name) => ("By", name.trim_end_matches('}')),
                None => ("", segment),
            };
            id.push_str(by);
            for word in name.split('-') {
                let mut letters = word.chars();
                id.extend(letters.next().map(|first| first.to_ascii_uppercase()));
                id.push_str(letters.as_str());
            }
        }
        id
    }

    /// Who may make it, for people.
    pub(crate) fn who(&self) -> String {
        let who = match self.access {
            Access::Public => "anybody",
            Access::LoggedIn => "anybody who is logged in",
            Access::Managers => "managers, super admins",
            Access::SuperAdmins => "super admins",
        };
        match self.only {
            Some(only) => only.to_owned(),
            None => who.to_owned(),
        }
    }
}
