//! Dates as a company's clock shows them.

use crate::error::ApiError;
use chrono::{DateTime, Datelike, Days, NaiveDate, NaiveDateTime, TimeDelta};
use contract::analytics::{DEFAULT_SPAN_DAYS, MAX_SPAN_DAYS, SpanQuery};
use contract::problem::FieldError;
use std::ops::RangeInclusive;
use store::analytics::Clock;

/// What a clock shows at a moment in Unix ms. Past the calendar it stands still.
pub(super) fn local_time(at_ms: u64, utc_offset_minutes: i32) -> NaiveDateTime {
    let utc = i64::try_from(at_ms)
        .ok()
        .and_then(DateTime::from_timestamp_millis)
        .unwrap_or_default()
        .naive_utc();
    utc.checked_add_signed(TimeDelta::minutes(utc_offset_minutes.into()))
        .unwrap_or(utc)
}

/// The date on a company's clock.
pub(super) fn local_date(at_ms: u64, clock: Clock) -> NaiveDate {
    local_time(at_ms, clock.utc_offset_minutes).date()
}

/// The Monday of the week that lies `weeks` before that of a date.
pub(super) fn weeks_back(date: NaiveDate, weeks: u64) -> String {
    let days = u64::from(date.weekday().num_days_from_monday()) + 7 * weeks;
    text(date.checked_sub_days(Days::new(days)).unwrap_or(date))
}

/// A span that ends on a date, of so many days.
pub(super) fn days_until(to: NaiveDate, days: u32) -> RangeInclusive<String> {
    let from = to.checked_sub_days(Days::new(u64::from(days.saturating_sub(1))));
    text(from.unwrap_or(to))..=text(to)
}

/// The span a query names, or its defaults.
pub(super) fn span(
    query: &SpanQuery,
    today: NaiveDate,
) -> Result<RangeInclusive<String>, ApiError> {
    let to = query
        .to
        .as_deref()
        .map_or(Ok(today), |to| parse("to", to))?;
    let Some(from) = &query.from else {
        return Ok(days_until(to, DEFAULT_SPAN_DAYS));
    };
    let from = parse("from", from)?;
    let days = to.signed_duration_since(from).num_days() + 1;
    if days < 1 {
        return Err(refused(
            "from",
            "The first date lies after the last one.".into(),
        ));
    }
    if days > i64::from(MAX_SPAN_DAYS) {
        let message = format!("At most {MAX_SPAN_DAYS} days can be shown at once.");
        return Err(refused("from", message));
    }
    Ok(text(from)..=text(to))
}

fn parse(field: &str, date: &str) -> Result<NaiveDate, ApiError> {
    read(date).ok_or_else(|| refused(field, "Give a date such as 2026-11-22.".into()))
}

/// `2026-11-22`. chrono's own way would bring the parser and the printer of every format into the Worker's script.
fn read(date: &str) -> Option<NaiveDate> {
    let mut parts = date.splitn(3, '-');
    let year = parts.next()?.parse().ok()?;
    let month = parts.next()?.parse().ok()?;
    let day = parts.next()?.parse().ok()?;
    NaiveDate::from_ymd_opt(year, month, day)
}

fn refused(field: &str, message: String) -> ApiError {
    ApiError::fields(vec![FieldError::new(field, message)])
}

fn text(date: NaiveDate) -> String {
    date.to_string()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn date(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn a_date_is_local() {
        let india = Clock {
            utc_offset_minutes: 330,
        };
        // 18:29:59 and 18:30:00 UTC.
        let midnight = 1_795_132_800_000 - 19_800_000;
        assert_eq!(local_date(midnight - 1, india), date("2026-11-19"));
        assert_eq!(local_date(midnight, india), date("2026-11-20"));
        assert_eq!(local_date(midnight, Clock::default()), date("2026-11-19"));
    }

    #[test]
    fn a_week_begins_on_monday() {
        assert_eq!(weeks_back(date("2026-11-23"), 0), "2026-11-23");
        assert_eq!(weeks_back(date("2026-11-29"), 0), "2026-11-23");
        assert_eq!(weeks_back(date("2026-11-25"), 11), "2026-09-07");
    }

    #[test]
    fn a_span_has_two_ends_and_a_bound() {
        let today = date("2026-11-25");
        let span = |from: Option<&str>, to: Option<&str>| {
            let query = SpanQuery {
                from: from.map(str::to_owned),
                to: to.map(str::to_owned),
            };
            super::span(&query, today)
        };
        let dates = |from: &str, to: &str| from.to_owned()..=to.to_owned();
        assert_eq!(span(None, None).unwrap(), dates("2026-10-27", "2026-11-25"));
        assert_eq!(
            span(Some("2026-11-25"), None).unwrap(),
            dates("2026-11-25", "2026-11-25")
        );
        assert_eq!(
            span(Some("2026-08-26"), None).unwrap(),
            dates("2026-08-26", "2026-11-25")
        );
        assert!(span(Some("2026-08-25"), None).is_err());
        assert!(span(Some("2026-11-26"), None).is_err());
        assert!(span(Some("2026-11-24"), Some("2026-11-23")).is_err());
    }
}
