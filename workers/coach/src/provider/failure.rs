//! What can go wrong with a reply, whether asking again may help, and the shapes in which providers say so.

use serde_json::Value;
use std::time::Duration;

/// Why there is no usable reply.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// What went wrong.
    pub kind: FailureKind,
    /// Whether the same call may well succeed later.
    pub retryable: bool,
    /// How long the provider asks to wait.
    pub retry_after: Option<Duration>,
    /// The provider's words or ours, for a log: one line of at most [`LONGEST_DETAIL`] characters.
    pub detail: String,
}

/// How much of a provider's explanation is kept, characters.
pub const LONGEST_DETAIL: usize = 200;

/// The kinds of failure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum FailureKind {
    /// The provider does not take this call: an unknown model, a field it refuses, too long a prompt.
    Rejected,
    /// The key is wrong, or may not do this.
    Credentials,
    /// The account's money or allowance is used up.
    Quota,
    /// Too many calls.
    RateLimited,
    /// The provider has too much to do.
    Overloaded,
    /// The provider's own fault.
    Server,
    /// Nothing came in time.
    Timeout,
    /// There is no connection.
    Unreachable,
    /// The reply broke off or was damaged.
    Interrupted,
    /// What came is not what the provider's documents say.
    Unreadable,
    /// The reply is whole and says nothing.
    Empty,
}

impl FailureKind {
    fn retryable(self) -> bool {
        match self {
            FailureKind::RateLimited
            | FailureKind::Overloaded
            | FailureKind::Server
            | FailureKind::Timeout
            | FailureKind::Unreachable
            | FailureKind::Interrupted => true,
            FailureKind::Rejected
            | FailureKind::Credentials
            | FailureKind::Quota
            | FailureKind::Unreadable
            | FailureKind::Empty => false,
        }
    }

    fn of_status(status: u64) -> Self {
        match status {
            401 | 403 => FailureKind::Credentials,
            402 => FailureKind::Quota,
            408 | 504 | 524 => FailureKind::Timeout,
            // 409 is a lock that was not had in time; both makers' own clients ask again.
            409 | 503 | 529 => FailureKind::Overloaded,
            429 => FailureKind::RateLimited,
            400..=499 => FailureKind::Rejected,
            500..=599 => FailureKind::Server,
            _ => FailureKind::Unreadable,
        }
    }

    /// By the names that providers give in `code` and `type`, which say more than a status: an error inside a stream has 200.
    /// Numbers of four digits are Workers AI's.
    fn of_name(name: &str) -> Option<Self> {
        Some(match name {
            "invalid_request_error"
            | "request_too_large"
            | "not_found_error"
            | "model_not_found"
            | "context_length_exceeded" => FailureKind::Rejected,
            "authentication_error" | "permission_error" | "invalid_api_key" | "5016" | "5018" => {
                FailureKind::Credentials
            }
            "insufficient_quota" | "billing_error" | "billing_hard_limit_reached" | "3036" => {
                FailureKind::Quota
            }
            "rate_limit_error" | "rate_limit_exceeded" | "requests" | "tokens" => {
                FailureKind::RateLimited
            }
            "overloaded_error" | "server_is_overloaded" | "unavailable_error" | "3040" => {
                FailureKind::Overloaded
            }
            "api_error" | "server_error" => FailureKind::Server,
            "timeout_error" | "3007" | "3008" => FailureKind::Timeout,
            _ => return None,
        })
    }
}

impl Failure {
    /// A failure as its kind usually is.
    pub fn new(kind: FailureKind, detail: &str) -> Self {
        let line = detail.split_whitespace().collect::<Vec<_>>().join(" ");
        Self {
            kind,
            retryable: kind.retryable(),
            retry_after: None,
            detail: line.chars().take(LONGEST_DETAIL).collect(),
        }
    }

    /// A status without a body that says more.
    pub(super) fn of_status(status: u16) -> Self {
        Self::new(
            FailureKind::of_status(status.into()),
            &format!("HTTP status {status}"),
        )
    }

    /// What the AI binding throws: `AiError: 3040: Capacity temporarily exceeded`.
    pub fn thrown(message: &str) -> Self {
        let kind = message
            .split(|c: char| !c.is_ascii_alphanumeric())
            .filter(|word| word.len() == 4)
            .find_map(|word| match word {
                "5004" | "5005" | "5007" | "5019" | "3003" | "3006" | "3039" | "3042" => {
                    Some(FailureKind::Rejected)
                }
                "3023" | "3041" => Some(FailureKind::Credentials),
                code => FailureKind::of_name(code),
            });
        Self::new(kind.unwrap_or(FailureKind::Server), message)
    }
}

/// What a provider says instead of an answer.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Fault {
    /// It failed.
    Failure(Failure),
    /// A filter turned the prompt down: a refusal in the shape of an error.
    Refusal,
}

impl Fault {
    /// Reads an error in any of the shapes that are about, `None` where it is none:
    /// `{"error":{"type","code","message"}}` (OpenAI, Anthropic, llama.cpp), `{"error":"text"}` (Ollama),
    /// `{"object":"error","type","code","message"}` (older vLLM), `{"errors":[{"code","message"}]}` (Cloudflare) and
    /// `{"internalCode","description"}` (Workers AI).
    pub(super) fn read(body: &Value, status: u16) -> Option<Self> {
        if let Some(code) = body.get("internalCode").and_then(name_of) {
            let description = body.get("description").and_then(Value::as_str);
            let told = format!("{code}: {}", description.unwrap_or_default());
            return Some(Fault::Failure(Failure::thrown(&told)));
        }
        let error = body.get("error").filter(|error| !error.is_null());
        let listed = || body.get("errors")?.as_array()?.first();
        let flat = || (body.get("object")? == "error").then_some(body);
        let error = error.or_else(listed).or_else(flat)?;
        let code = error.get("code").and_then(name_of);
        let kind_name = error.get("type").and_then(name_of);
        if [&code, &kind_name]
            .into_iter()
            .flatten()
            .any(|name| matches!(name.as_str(), "content_filter" | "content_policy_violation"))
        {
            return Some(Fault::Refusal);
        }
        let named = [&code, &kind_name]
            .into_iter()
            .flatten()
            .find_map(|name| FailureKind::of_name(name));
        let in_stream = || {
            code.as_ref()?
                .parse()
                .ok()
                .filter(|code| *code >= 400 && *code < 600)
        };
        let by_status = if status >= 400 {
            FailureKind::of_status(status.into())
        } else {
            in_stream().map_or(FailureKind::Server, FailureKind::of_status)
        };
        let message = error.get("message").unwrap_or(error);
        let said = [code.as_deref(), kind_name.as_deref(), message.as_str()];
        let said: Vec<&str> = said.into_iter().flatten().collect();
        Some(Fault::Failure(Failure::new(
            named.unwrap_or(by_status),
            &said.join(": "),
        )))
    }
}

/// A name or a number as text.
fn name_of(value: &Value) -> Option<String> {
    match value {
        Value::String(name) => Some(name.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}
