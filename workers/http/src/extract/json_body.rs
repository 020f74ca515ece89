//! A JSON body of a known shape.

use super::call::{Call, Extract, Sent};
use crate::error::ApiError;
use axum::body::{Body, Bytes};
use axum::http::HeaderMap;
use axum::http::header::CONTENT_TYPE;
use captain_json::Fault;
use contract::checks::check;
use contract::problem::{Code, FieldError, Problem};
use garde::Validate;
use http_body_util::LengthLimitError;
use serde::de::DeserializeOwned;

/// The largest body of most calls, bytes: 4,000 characters of the widest kind and their wrapping.
pub(crate) const SHORT_TEXT: usize = 16 << 10;

/// The largest body that holds a scenario or tone guidelines, bytes: twice the longest of the stock library.
pub(crate) const LONG_TEXT: usize = 128 << 10;

/// The longest name of a field that is said back, characters: it may be the caller's own invention.
const MAX_FIELD_CHARS: usize = 64;

/// A JSON body that passed its own checks. Any other body is a problem that names the fields where it can.
#[derive(Debug)]
pub(crate) struct JsonBody<T, const MAX_BYTES: usize = SHORT_TEXT>(pub T);

impl<T, P, const MAX_BYTES: usize> Extract<P> for JsonBody<T, MAX_BYTES>
where
    T: DeserializeOwned + Validate<Context = ()>,
{
    const MAX_BODY_BYTES: Option<usize> = Some(MAX_BYTES);

    fn extract(call: &mut Call<P>) -> Result<Self, ApiError> {
        let form: T = parse(&json(&call.parts.headers, &mut call.sent)?)?;
        let errors = check(&form);
        if errors.is_empty() {
            Ok(Self(form))
        } else {
            Err(ApiError::fields(errors))
        }
    }
}

/// A page of another site can't send this type without asking first.
fn says_json(headers: &HeaderMap) -> bool {
    headers
        .get(CONTENT_TYPE)
        .and_then(|kind| kind.to_str().ok())
        .and_then(|kind| kind.split(';').next())
        .is_some_and(|kind| kind.trim().eq_ignore_ascii_case("application/json"))
}

/// The bytes of the body, which says that it is JSON.
fn json(headers: &HeaderMap, sent: &mut Sent) -> Result<Bytes, ApiError> {
    if !says_json(headers) {
        return Err(ApiError::new(
            Code::BadJson,
            "Send the body as JSON, with `content-type: application/json`.",
        ));
    }
    match std::mem::replace(sent, Sent::Taken) {
        Sent::Whole(read) => read,
        Sent::Stream(_) | Sent::Taken => Ok(Bytes::new()),
    }
}

/// Reads a whole body.
pub(crate) async fn read_body(body: Body, max_bytes: usize) -> Result<Bytes, ApiError> {
    axum::body::to_bytes(body, max_bytes)
        .await
        .map_err(|error| {
            let too_large = std::error::Error::source(&error)
                .is_some_and(|cause| cause.is::<LengthLimitError>());
            if too_large {
                let detail = format!("The body is larger than {max_bytes} bytes.");
                ApiError::new(Code::TooLarge, detail)
            } else {
                ApiError::new(Code::BadJson, "The body ended before it was whole.")
            }
        })
}

fn parse<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, ApiError> {
    let text = std::str::from_utf8(bytes)
        .map_err(|_| ApiError::new(Code::BadJson, "The body is no JSON: it is not UTF-8."))?;
    captain_json::from_str(text).map_err(|fault| problem(&fault))
}

fn problem(fault: &Fault) -> ApiError {
    let mut problem = Problem::new(Code::BadJson, "The body is not the JSON this call takes.");
    if !fault.is_json() {
        problem.detail = format!("The body is no JSON: {}.", fault.message());
    } else if let Some(field) = field(fault) {
        problem.errors = vec![FieldError::new(field, what(fault.message()))];
    }
    problem.into()
}

/// The field at fault, as `drills[2].customer.name`; `None` when it is the whole. What the caller made up of it is cut.
pub(super) fn field(fault: &Fault) -> Option<String> {
    let (path, name) = (fault.path(), named(fault.message()));
    let field = match (path, name) {
        ("", None) => return None,
        (path, None) => path.to_owned(),
        ("", Some(name)) => name.to_owned(),
        (path, Some(name)) => format!("{path}.{name}"),
    };
    Some(field.chars().take(MAX_FIELD_CHARS).collect())
}

/// The field that serde names itself: of a missing, unknown or doubled one the path ends at the object around it.
pub(super) fn named(message: &str) -> Option<&str> {
    ["missing field `", "unknown field `", "duplicate field `"]
        .iter()
        .find_map(|start| message.strip_prefix(start)?.split('`').next())
}

/// What is wrong with the field, without the caller's own words.
pub(super) fn what(message: &str) -> &'static str {
    let kinds = [
        ("missing field", "This field is missing."),
        ("unknown field", "There is no such field."),
        ("duplicate field", "This field stands there twice."),
        ("invalid type", "This is of another type than it should be."),
    ];
    kinds
        .iter()
        .find(|(start, _)| message.starts_with(start))
        .map_or("This is no value of this field.", |(_, what)| what)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]
    use super::*;
    use contract::auth::LoginRequest;
    use contract::chat::StartRequest;
    use contract::groups::Schedule;
    use contract::users::Activate;

    fn fault<T: DeserializeOwned + std::fmt::Debug>(body: &str) -> Problem {
        match parse::<T>(body.as_bytes()).unwrap_err() {
            ApiError::Problem(problem) => *problem,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn the_field_is_named() {
        let cases = [
            (r#"{"email":"a@b"}"#, "password", "missing"),
            (r#"{"email":1,"password":"x"}"#, "email", "another type"),
            (r#"{"email":"","password":"","role":1}"#, "role", "no such"),
            (r#"{"email":"","email":"","password":""}"#, "email", "twice"),
        ];
        for (body, field, message) in cases {
            let problem = fault::<LoginRequest>(body);
            assert_eq!((problem.code, problem.status), (Code::BadJson, 400));
            assert_eq!(problem.errors[0].field, field, "{body}");
            assert!(problem.errors[0].message.contains(message), "{body}");
        }
        let problem = fault::<Activate>(r#"{"active":"yes"}"#);
        assert_eq!(problem.errors[0].field, "active");
        let problem = fault::<Schedule>(r#"{"weekdays":[1],"slotMinute":0,"zone":"UTC"}"#);
        assert_eq!(problem.errors[0].field, "weekdays[0]");
        let problem = fault::<StartRequest>(r#"{"sessionId":"12"}"#);
        assert_eq!(problem.errors[0].field, "sessionId");
        // On any line, after any words, whatever stands there instead.
        for wrong in ["-1.5e3", "null", "[1]", r#"{"a":1}"#, r#""में \" ten""#] {
            let body = format!(
                "{{\"zone\":\"में\",\r\n \"weekdays\":[\"monday\"],\n\"slotMinute\": {wrong}}}"
            );
            let problem = fault::<Schedule>(&body);
            assert_eq!(problem.errors[0].field, "slotMinute", "{body}");
            let body = format!("{{\n\"weekdays\":[\"monday\",\n{wrong}]}}");
            let problem = fault::<Schedule>(&body);
            assert_eq!(problem.errors[0].field, "weekdays[1]", "{body}");
        }
    }

    #[test]
    fn what_is_no_json_is_said_so() {
        let deep = "[".repeat(10_000);
        for body in [
            "",
            "{",
            "{}x",
            "nul",
            "\u{feff}{}",
            deep.as_str(),
            "{\"a\":\"\u{0}\"}",
        ] {
            let problem = fault::<LoginRequest>(body);
            assert_eq!(problem.code, Code::BadJson, "{body}");
        }
        let long = format!("{{\"{}\":1}}", "x".repeat(9_000));
        assert!(fault::<LoginRequest>(&long).errors[0].field.len() <= MAX_FIELD_CHARS);
    }
}
