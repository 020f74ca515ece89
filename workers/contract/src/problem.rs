//! Errors as RFC 9457 `application/problem+json`, with a stable code the app translates.

use domain::ids::TurnId;
use serde::{Deserialize, Serialize};

/// The media type of a [`Problem`].
pub const PROBLEM_JSON: &str = "application/problem+json";

/// An error answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Problem {
    /// `https://salescaptain.app/problems/<code>`: a name, not a page to fetch.
    #[serde(rename = "type")]
    pub kind: String,
    /// Short, the same for each code.
    pub title: String,
    /// The HTTP status.
    pub status: u16,
    /// What happened this time and what to do about it.
    pub detail: String,
    /// Stable, for programs.
    pub code: Code,
    /// What is wrong with which field.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub errors: Vec<FieldError>,
    /// The turn that stands in the way, where one does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub turn_id: Option<TurnId>,
    /// Where to attach to it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub attach: Option<String>,
    /// The id of this request in the logs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub request_id: Option<String>,
}

/// One field's error.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct FieldError {
    /// The field's name in the JSON body or query.
    pub field: String,
    /// What to do, to the person who typed it.
    pub message: String,
}

impl FieldError {
    /// An error of one field.
    pub fn new(field: impl Into<String>, message: impl Into<String>) -> Self {
        Self {
            field: field.into(),
            message: message.into(),
        }
    }
}

macro_rules! codes {
    ($($(#[$doc:meta])* $name:ident = $code:literal, $status:literal, $title:literal;)*) => {
        /// Every error there is.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
        #[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "ProblemCode"))]
        pub enum Code {
            $($(#[$doc])* #[serde(rename = $code)] $name,)*
        }

        impl Code {
            /// All codes.
            pub const ALL: &'static [Code] = &[$(Code::$name),*];

            /// The name on the wire.
            pub fn as_str(self) -> &'static str {
                match self { $(Code::$name => $code),* }
            }

            /// Its HTTP status.
            pub fn status(self) -> u16 {
                match self { $(Code::$name => $status),* }
            }

            /// Its title.
            pub fn title(self) -> &'static str {
                match self { $(Code::$name => $title),* }
            }
        }
    };
}

codes! {
    /// The body or query is not what the call takes.
    Invalid = "invalid", 422, "Some fields need mending";
    /// The body is no JSON of the right shape.
    BadJson = "bad_json", 400, "The request could not be read";
    /// The body is too large.
    TooLarge = "too_large", 413, "The request is too large";
    /// The body ended before it was whole.
    BodyCut = "body_cut", 400, "The request broke off";
    /// A file without its length.
    LengthRequired = "length_required", 411, "Say how long the body is";
    /// No or no valid access token.
    Unauthenticated = "unauthenticated", 401, "Log in first";
    /// Wrong address or password, or a deactivated account: which one is not said.
    BadCredentials = "bad_credentials", 401, "Log-in failed";
    /// The refresh token is missing, expired, revoked or used before.
    BadRefresh = "bad_refresh", 401, "Log in again";
    /// The role may not do this.
    Forbidden = "forbidden", 403, "Not allowed";
    /// It does not exist, or not for you.
    NotFound = "not_found", 404, "Not found";
    /// The path exists, the method does not.
    MethodNotAllowed = "method_not_allowed", 405, "Method not allowed";
    /// It stands there already.
    Exists = "exists", 409, "Exists already";
    /// Something else still needs it.
    InUse = "in_use", 409, "Still in use";
    /// The company's plan is over: its people are out until it is renewed.
    PlanEnded = "plan_ended", 403, "The subscription has ended";
    /// The company's plan, or the session, does not take more.
    LimitReached = "limit_reached", 409, "The limit is reached";
    /// An edit without `If-Match`.
    IfMatchMissing = "if_match_missing", 428, "Say which version you edited";
    /// Somebody else edited it meanwhile.
    Changed = "changed", 412, "Somebody else changed it";
    /// An Idempotency-Key was used for another request.
    KeyReused = "idempotency_key_reused", 422, "This Idempotency-Key is taken";
    /// The first request with this Idempotency-Key is still being done.
    KeyInFlight = "idempotency_key_in_flight", 409, "Still being done";
    /// The bytes are of a kind that is not taken.
    UnsupportedMedia = "unsupported_media", 415, "This kind of file is not taken";
    /// The range lies outside of what there is.
    BadRange = "bad_range", 416, "No such part";
    /// Too many tries.
    RateLimited = "rate_limited", 429, "Too many requests";
    /// The session's window is not open yet.
    WindowNotOpen = "window_not_open", 409, "Too early";
    /// The session's window is over.
    WindowClosed = "window_closed", 409, "Too late";
    /// The rep has not completed this day of the programme.
    DayLocked = "day_locked", 409, "This day is still locked";
    /// The session was not started.
    NotStarted = "not_started", 409, "Not started";
    /// The session is completed.
    SessionCompleted = "session_completed", 409, "Already completed";
    /// A turn is running.
    TurnRunning = "turn_running", 409, "The coach is still answering";
    /// A requestId was used for another message.
    RequestIdReused = "request_id_reused", 409, "This requestId is taken";
    /// The last correction must be asked for again first.
    RetryFirst = "retry_first", 409, "The last correction is unfinished";
    /// Nothing was cut.
    NothingToRetry = "nothing_to_retry", 409, "Nothing to retry";
    /// The answer must be said again first.
    RepeatFirst = "repeat_first", 409, "Say it again first";
    /// The session is being judged anew already.
    RegradeRunning = "regrade_running", 409, "Being judged already";
    /// The rules that a session was judged by are not there any more.
    RubricGone = "rubric_gone", 409, "The rules are gone";
    /// Drills are left.
    DrillsRemaining = "drills_remaining", 409, "Not all drills are done";
    /// Something failed on our side.
    Internal = "internal", 500, "Something went wrong";
    /// A part of the system is down for the moment.
    Unavailable = "unavailable", 503, "Try again in a moment";
}

impl Problem {
    /// A problem with its own detail.
    pub fn new(code: Code, detail: impl Into<String>) -> Self {
        Self {
            kind: format!("https://salescaptain.app/problems/{}", code.as_str()),
            title: code.title().to_owned(),
            status: code.status(),
            detail: detail.into(),
            code,
            errors: Vec::new(),
            turn_id: None,
            attach: None,
            request_id: None,
        }
    }

    /// A problem of fields.
    pub fn fields(errors: Vec<FieldError>) -> Self {
        let detail = errors
            .iter()
            .map(|error| error.message.as_str())
            .collect::<Vec<_>>()
            .join(" ");
        Self {
            errors,
            ..Self::new(Code::Invalid, detail)
        }
    }
}
