//! Which part of a file is asked for (RFC 9110, section 14), and whether the asker has it already.

use axum::http::HeaderMap;
use axum::http::header::{IF_NONE_MATCH, IF_RANGE, RANGE};
use std::ops::Range;

/// What to answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Part {
    /// All of it: nothing else was asked for, or nothing that makes sense or is worth a multipart answer.
    Whole,
    /// These bytes.
    Bytes(Range<u64>),
    /// Nothing: the range lies behind the end.
    Outside,
}

impl Part {
    /// The part of a file of `size` bytes with this tag.
    pub(super) fn asked(headers: &HeaderMap, size: u64, tag: &str) -> Self {
        // A part is asked for to complete what one has, if that is still the same.
        let same = headers.get(IF_RANGE).is_none_or(|known| known == tag);
        headers
            .get(RANGE)
            .filter(|_| same)
            .and_then(|range| range.to_str().ok())
            .and_then(|range| one_range(range, size))
            .unwrap_or(Part::Whole)
    }
}

/// `bytes=0-499`, `bytes=500-`, `bytes=-500`.
fn one_range(range: &str, size: u64) -> Option<Part> {
    let (unit, range) = range.split_once('=')?;
    let (first, last) = range.trim().split_once('-')?;
    if !unit.trim().eq_ignore_ascii_case("bytes") {
        return None;
    }
    let part = match (first, last) {
        ("", last) => size.saturating_sub(number(last)?)..size,
        (first, "") => number(first)?..size,
        (first, last) => {
            let (first, last) = (number(first)?, number(last)?);
            if last < first {
                return None;
            }
            first..last.saturating_add(1).min(size)
        }
    };
    Some(if part.is_empty() {
        Part::Outside
    } else {
        Part::Bytes(part)
    })
}

/// Digits alone; past all that a file could have, still a number.
fn number(digits: &str) -> Option<u64> {
    let all = !digits.is_empty() && digits.bytes().all(|digit| digit.is_ascii_digit());
    all.then(|| digits.parse().unwrap_or(u64::MAX))
}

/// The asker has what this tag stands for.
pub(super) fn is_known(headers: &HeaderMap, tag: &str) -> bool {
    headers
        .get_all(IF_NONE_MATCH)
        .iter()
        .filter_map(|tags| tags.to_str().ok())
        .flat_map(|tags| tags.split(','))
        .map(str::trim)
        .any(|known| known == "*" || known.strip_prefix("W/").unwrap_or(known) == tag)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use axum::http::HeaderName;

    const TAG: &str = "\"a\"";

    fn headers(pairs: &[(HeaderName, &str)]) -> HeaderMap {
        pairs
            .iter()
            .map(|(name, value)| (name.clone(), value.parse().unwrap()))
            .collect()
    }

    fn asked(range: &str, size: u64) -> Part {
        Part::asked(&headers(&[(RANGE, range)]), size, TAG)
    }

    #[test]
    fn one_range_is_a_part() {
        for (range, part) in [
            ("bytes=0-0", 0..1),
            ("bytes=0-1", 0..2),
            ("Bytes=3-", 3..10),
            ("bytes=9-99999999999999999999999", 9..10),
            ("bytes=-4", 6..10),
            ("bytes=-11", 0..10),
        ] {
            assert_eq!(asked(range, 10), Part::Bytes(part), "{range}");
        }
    }

    #[test]
    fn what_lies_behind_the_end_is_nothing() {
        for range in [
            "bytes=10-",
            "bytes=10-20",
            "bytes=-0",
            "bytes=99999999999999999999999-",
        ] {
            assert_eq!(asked(range, 10), Part::Outside, "{range}");
        }
        assert_eq!(asked("bytes=0-", 0), Part::Outside);
    }

    #[test]
    fn what_makes_no_sense_is_as_if_not_asked() {
        for range in [
            "",
            "bytes",
            "bytes=",
            "bytes=-",
            "bytes=a-b",
            "bytes=2-1",
            "bytes=+1-2",
            "bytes=0-1,3-4",
            "items=0-1",
            "bytes=0x1-2",
            "bytes=1 - 2",
        ] {
            assert_eq!(asked(range, 10), Part::Whole, "{range}");
        }
    }

    #[test]
    fn a_part_of_something_else_is_not_given() {
        let asked = |known: &str| {
            let headers = headers(&[(RANGE, "bytes=0-1"), (IF_RANGE, known)]);
            Part::asked(&headers, 10, TAG)
        };
        assert_eq!(asked(TAG), Part::Bytes(0..2));
        for other in ["\"b\"", "W/\"a\"", "Wed, 25 Nov 2026 11:00:00 GMT"] {
            assert_eq!(asked(other), Part::Whole, "{other}");
        }
    }

    #[test]
    fn what_is_known_is_not_sent_again() {
        for (tags, known) in [
            ("\"a\"", true),
            ("W/\"a\"", true),
            ("\"b\", \"a\"", true),
            ("*", true),
            ("\"b\"", false),
            ("a", false),
        ] {
            assert_eq!(
                is_known(&headers(&[(IF_NONE_MATCH, tags)]), TAG),
                known,
                "{tags}"
            );
        }
        assert!(!is_known(&HeaderMap::new(), TAG));
    }
}
