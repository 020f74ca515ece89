//! What may happen to an ask, and what has to come of it.

use captain_http::model::{Attempt, End, Ending, Outcome, Why};
use coach::provider::patience::Limits;
use coach::provider::schema::Schema;
use coach::provider::{Ask, FailureKind, Finish, Message, Output};
use serde_json::{Value, json};
use std::time::Duration;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Case {
    Prose,
    Structured,
    SlowFirstWord,
    Cut,
    Refused,
    RateLimited,
    Overloaded,
    ServerErrors,
    Rejected,
    WrongKey,
    Truncated,
    Disconnected,
    Malformed,
    Nonsense,
    Stalled,
}

/// How long a first word is waited for where it is slow, and how long a provider is asked to be left alone.
pub const SLOW: Duration = Duration::from_millis(400);
pub const LEFT_ALONE: Duration = Duration::from_secs(1);

impl Case {
    pub const ALL: [Self; 15] = [
        Self::Prose,
        Self::Structured,
        Self::SlowFirstWord,
        Self::Cut,
        Self::Refused,
        Self::RateLimited,
        Self::Overloaded,
        Self::ServerErrors,
        Self::Rejected,
        Self::WrongKey,
        Self::Truncated,
        Self::Disconnected,
        Self::Malformed,
        Self::Nonsense,
        Self::Stalled,
    ];

    /// As the matrix has it: what happens, and what comes of it.
    pub fn title(self) -> &'static str {
        match self {
            Self::Prose => "prose: the whole answer, streamed",
            Self::Structured => "JSON of a schema: the request is taken, and JSON comes",
            Self::SlowFirstWord => "a slow first word: waited for",
            Self::Cut => "the tokens run out: told as cut",
            Self::Refused => "a refusal after words: told, and nothing of it kept",
            Self::RateLimited => "429 with `retry-after`: asked again after that time",
            Self::Overloaded => "503, 529: asked again after a while",
            Self::ServerErrors => "500 twice: asked again twice, later each time",
            Self::Rejected => "400: not asked again",
            Self::WrongKey => "401: not asked again",
            Self::Truncated => "a stream that ends without saying why: no answer, asked again",
            Self::Disconnected => "a lost connection: no answer, asked again",
            Self::Malformed => "an event that is no JSON: no answer, asked again",
            Self::Nonsense => "a body that is no JSON: no answer, not asked again",
            Self::Stalled => "silence after words: given up, the call ended",
        }
    }

    /// A name that a peer can find in the question.
    pub fn name(self) -> String {
        format!("{self:?}")
    }

    pub fn ask(self) -> Ask {
        let output = match self {
            Self::Structured => Output::Json {
                name: "verdict",
                schema: verdict(),
            },
            _ => Output::Prose,
        };
        Ask {
            system: "You are the captain.",
            messages: vec![
                Message::data(&json!({"case": self.name(), "answer": "जी, ₹1 lakh 😀"})).unwrap(),
            ],
            output,
            max_tokens: 300,
            temperature: None,
        }
    }

    /// Where silence is the case it is not borne for long.
    pub fn limits(self) -> Limits {
        match self {
            Self::Stalled => Limits {
                between_words: Duration::from_millis(600),
                ..Limits::default()
            },
            _ => Limits::default(),
        }
    }

    pub fn check(self, outcome: &Outcome, fills_schemas: bool) -> Result<(), &'static str> {
        let attempts = outcome.attempts.as_slice();
        match self {
            Self::Prose => is(
                answered(outcome) == Some(Finish::Complete) && !text(outcome).trim().is_empty(),
                "no answer",
            ),
            Self::Structured => {
                let json = serde_json::from_str::<Value>(text(outcome)).is_ok();
                is(
                    answered(outcome).is_some() && (json || !fills_schemas),
                    "no JSON",
                )
            }
            Self::SlowFirstWord => {
                let waited = attempts.last().and_then(|one| one.first_words_ms);
                is(
                    answered(outcome).is_some() && attempts.len() == 1,
                    "no answer at once",
                )?;
                is(waited >= Some(ms(SLOW) / 2), "it was not slow")
            }
            Self::Cut => is(answered(outcome) == Some(Finish::Length), "not told as cut"),
            Self::Refused => {
                is(
                    answered(outcome) == Some(Finish::Refused),
                    "not told as refused",
                )?;
                is(text(outcome).is_empty(), "words of a refusal were kept")
            }
            Self::RateLimited => {
                second_try(outcome, FailureKind::RateLimited)?;
                is(outcome.took_ms >= ms(LEFT_ALONE), "asked again too soon")
            }
            // A 503 may be called the server's error.
            Self::Overloaded => second_try(outcome, FailureKind::Overloaded)
                .or_else(|_| second_try(outcome, FailureKind::Server)),
            Self::ServerErrors => {
                is(answered(outcome).is_some(), "no answer")?;
                let gaps: Vec<u64> = attempts
                    .windows(2)
                    .map(|two| two[1].began_at - two[0].began_at - two[0].took_ms)
                    .collect();
                is(
                    gaps.len() == 2 && gaps[0] >= 250 && gaps[1] >= 500,
                    "not after a while, twice",
                )
            }
            Self::Rejected => given_up(outcome, FailureKind::Rejected),
            Self::WrongKey => given_up(outcome, FailureKind::Credentials),
            Self::Truncated | Self::Disconnected | Self::Malformed => {
                second_try(outcome, FailureKind::Interrupted)
            }
            Self::Nonsense => given_up(outcome, FailureKind::Unreadable),
            Self::Stalled => given_up(outcome, FailureKind::Timeout),
        }
    }
}

/// What a judge is asked for, in small: all that a schema can have.
fn verdict() -> Schema {
    let item = Schema::Object(vec![
        ("quote", Schema::Text),
        ("level", Schema::OneOf(vec!["met".into(), "missed".into()])),
    ]);
    Schema::Object(vec![("items", Schema::List(Box::new(item)))])
}

fn ms(time: Duration) -> u64 {
    u64::try_from(time.as_millis()).unwrap()
}

fn is(right: bool, otherwise: &'static str) -> Result<(), &'static str> {
    right.then_some(()).ok_or(otherwise)
}

fn answered(outcome: &Outcome) -> Option<Finish> {
    match &outcome.ending {
        Ending::Answered(answer) => Some(answer.finish),
        _ => None,
    }
}

fn text(outcome: &Outcome) -> &str {
    match &outcome.ending {
        Ending::Answered(answer) => &answer.text,
        _ => "",
    }
}

fn failed(attempt: &Attempt) -> Option<FailureKind> {
    match &attempt.end {
        End::Failed(failure) => Some(failure.kind),
        _ => None,
    }
}

/// The first call failed so, the second one was answered.
fn second_try(outcome: &Outcome, kind: FailureKind) -> Result<(), &'static str> {
    is(answered(outcome) == Some(Finish::Complete), "no answer")?;
    is(outcome.attempts.len() == 2, "not two calls")?;
    is(
        failed(&outcome.attempts[0]) == Some(kind),
        "another failure",
    )
}

/// The only call failed so.
fn given_up(outcome: &Outcome, kind: FailureKind) -> Result<(), &'static str> {
    is(
        matches!(&outcome.ending, Ending::BuiltIn(Why::Failed(_))),
        "it was not given up",
    )?;
    is(outcome.attempts.len() == 1, "not one call")?;
    is(
        failed(&outcome.attempts[0]) == Some(kind),
        "another failure",
    )
}
