//! `If-Match`: which version of a thing the caller edited, so that two editors can't overwrite each other.

use super::{Call, Extract};
use crate::error::ApiError;
use axum::http::header::IF_MATCH;
use contract::problem::{Code, FieldError, Problem};

/// The version a caller edited, as the `ETag` of its read named it: `"7"`.
#[derive(Debug, Clone, Copy)]
pub(crate) struct IfMatch(pub u64);

impl<P> Extract<P> for IfMatch {
    fn extract(call: &mut Call<P>) -> Result<Self, ApiError> {
        let Some(tag) = call.parts.headers.get(IF_MATCH) else {
            return Err(ApiError::new(
                Code::IfMatchMissing,
                "Send the ETag you read in If-Match, so that nobody else's change is lost.",
            ));
        };
        let version = tag.to_str().ok().and_then(version_of);
        version.map(Self).ok_or_else(|| {
            let mut problem = Problem::new(Code::Invalid, "If-Match holds no ETag of ours.");
            problem.errors = vec![FieldError::new(
                "If-Match",
                "Send back the ETag exactly as it came, such as \"7\".",
            )];
            problem.into()
        })
    }
}

/// A weak tag names the same version: proxies that compress weaken what they pass on.
fn version_of(tag: &str) -> Option<u64> {
    let tag = tag.trim();
    let tag = tag.strip_prefix("W/").unwrap_or(tag);
    tag.strip_prefix('"')?.strip_suffix('"')?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tag_is_a_quoted_number() {
        assert_eq!(version_of("\"7\""), Some(7));
        assert_eq!(version_of("W/\"7\""), Some(7));
        for bad in ["7", "\"\"", "\"x\"", "*", "\"7", "\"-1\""] {
            assert_eq!(version_of(bad), None, "{bad}");
        }
    }
}
