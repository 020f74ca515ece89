//! The device's clock, and moments as people in India write them in the language of the screen.

use crate::words;
use js_sys::{Array, Date, Intl, Object, Reflect};
use wasm_bindgen::JsValue;

/// Unix ms, as the device believes.
pub fn now_ms() -> u64 {
    // Milliseconds since 1970 are far below 2^53, so nothing is lost.
    Date::now() as u64
}

/// "11:04 am", in the device's zone.
pub fn time_of_day(unix_ms: u64) -> String {
    format(unix_ms, &[("hour", "numeric"), ("minute", "2-digit")])
}

/// "Monday, 23 November", in the device's zone.
pub fn date(unix_ms: u64) -> String {
    format(
        unix_ms,
        &[("weekday", "long"), ("day", "numeric"), ("month", "long")],
    )
}

/// "23 Nov", in the device's zone.
pub fn short_date(unix_ms: u64) -> String {
    format(unix_ms, &[("day", "numeric"), ("month", "short")])
}

/// "23 Nov 2026", in the device's zone.
pub fn full_date(unix_ms: u64) -> String {
    format(
        unix_ms,
        &[("day", "numeric"), ("month", "short"), ("year", "numeric")],
    )
}

/// "Mon, 23 Nov, 11:04 am", in the device's zone.
pub fn date_and_time(unix_ms: u64) -> String {
    format(unix_ms, DATE_AND_TIME)
}

/// "Mon, 23 Nov, 11:04 am IST": the moment as clocks show it in this zone, named; nothing for a zone the browser doesn't know.
pub fn date_and_time_in(unix_ms: u64, zone: &str) -> String {
    let parts: Vec<(&str, &str)> = DATE_AND_TIME
        .iter()
        .copied()
        .chain([("timeZone", zone), ("timeZoneName", "short")])
        .collect();
    format(unix_ms, &parts)
}

const DATE_AND_TIME: &[(&str, &str)] = &[
    ("weekday", "short"),
    ("day", "numeric"),
    ("month", "short"),
    ("hour", "numeric"),
    ("minute", "2-digit"),
];

/// The device's zone by its IANA name: "Asia/Kolkata".
pub fn zone() -> String {
    let formatter = Intl::DateTimeFormat::new(&Array::new(), &Object::new());
    Reflect::get(
        &formatter.resolved_options(),
        &JsValue::from_str("timeZone"),
    )
    .ok()
    .and_then(|zone| zone.as_string())
    .unwrap_or_else(|| "UTC".to_owned())
}

/// Whether clocks in this zone show another time than the device's at a moment (Unix ms). Zones have several names: Asia/Calcutta
/// is Asia/Kolkata.
pub fn differs(zone: &str, unix_ms: u64) -> bool {
    let there = captain_zones::utc_offset_minutes(zone, unix_ms);
    there != captain_zones::utc_offset_minutes(&self::zone(), unix_ms)
}

/// A day of the calendar as a moment, its noon in UTC, so that it is the same day nearly everywhere: `2026-11-22`.
pub fn noon_of(date: &str) -> Option<u64> {
    let ms = Date::parse(&format!("{date}T12:00:00Z"));
    (ms >= 0.0).then_some(ms as u64)
}

/// The day of a moment in the device's zone, as a date field holds it: `2026-11-22`.
pub fn calendar_day(unix_ms: u64) -> String {
    let date = Date::new(&JsValue::from_f64(unix_ms as f64));
    format!(
        "{:04}-{:02}-{:02}",
        date.get_full_year(),
        date.get_month() + 1,
        date.get_date()
    )
}

/// The moment a day of the calendar (`2026-11-22`) is over in the device's zone; nothing for what is no day.
pub fn end_of_day(day: &str) -> Option<u64> {
    let mut parts = day.split('-').map(|part| part.parse::<i32>().ok());
    let (year, month, day) = (parts.next()??, parts.next()??, parts.next()??);
    // The day after by its number: JavaScript carries what is beyond the month.
    let end = Date::new_with_year_month_day(u32::try_from(year).ok()?, month - 1, day + 1);
    let ms = end.get_time();
    (ms >= 0.0).then_some(ms as u64)
}

/// The hour of the day, 0 to 23, in the device's zone.
fn hour(unix_ms: u64) -> u32 {
    Date::new(&JsValue::from_f64(unix_ms as f64)).get_hours()
}

/// "Good morning", by the device's zone.
pub fn greeting(unix_ms: u64) -> &'static str {
    match hour(unix_ms) {
        4..12 => tr!("Good morning"),
        12..17 => tr!("Good afternoon"),
        _ => tr!("Good evening"),
    }
}

/// A day of the calendar, in days since 1970-01-01: "Sunday, 22 November".
pub fn day_in_full(day: i64) -> String {
    of_calendar(
        day,
        &[("weekday", "long"), ("day", "numeric"), ("month", "long")],
    )
}

/// Its month: "November 2026".
pub fn month_of(day: i64) -> String {
    of_calendar(day, &[("month", "long"), ("year", "numeric")])
}

/// Its weekday: "Sun", or "Sunday".
pub fn weekday(day: i64, is_long: bool) -> String {
    let length = if is_long { "long" } else { "short" };
    of_calendar(day, &[("weekday", length)])
}

/// A day of the calendar without its weekday: "22 November 2026".
pub fn day_and_year(day: i64) -> String {
    of_calendar(
        day,
        &[("day", "numeric"), ("month", "long"), ("year", "numeric")],
    )
}

/// A day of the calendar in short: "22 Nov".
pub fn day_without_year(day: i64) -> String {
    of_calendar(day, &[("day", "numeric"), ("month", "short")])
}

/// The weekday and the number of a day of the calendar: "Sun", "22".
pub fn day_in_short(day: i64) -> (String, String) {
    (
        of_calendar(day, &[("weekday", "short")]),
        of_calendar(day, &[("day", "numeric")]),
    )
}

/// A day is the same in all zones.
fn of_calendar(day: i64, parts: &[(&str, &str)]) -> String {
    let parts: Vec<(&str, &str)> = [("timeZone", "UTC")]
        .into_iter()
        .chain(parts.iter().copied())
        .collect();
    format(u64::try_from(day).unwrap_or(0) * 86_400_000, &parts)
}

/// The moment at which a day of the calendar begins in the device's zone.
pub fn begin_of(day: i64) -> u64 {
    let midnight = Date::new(&JsValue::from_f64(day as f64 * 86_400_000.0));
    // The clock may be turned between the two moments: the second look is at the day itself.
    let offset = |ms: f64| Date::new(&JsValue::from_f64(ms)).get_timezone_offset() * 60_000.0;
    let near = midnight.get_time() + offset(midnight.get_time());
    (midnight.get_time() + offset(near)) as u64
}

/// A day of the calendar as a field for dates holds it, "2026-11-22", in days since 1970-01-01.
pub fn day_of_field(date: &str) -> Option<i64> {
    let ms = Date::parse(&format!("{date}T00:00:00Z"));
    (ms >= 0.0).then_some((ms / 86_400_000.0) as i64)
}

/// The other way round.
pub fn field_of_day(day: i64) -> String {
    let iso = Date::new(&JsValue::from_f64(day as f64 * 86_400_000.0)).to_iso_string();
    let iso = String::from(iso);
    iso.split('T').next().unwrap_or_default().to_owned()
}

/// The moment of a date and a time of day, as fields hold them, in the device's zone.
pub fn moment_of(date: &str, time: &str) -> Option<u64> {
    let ms = Date::parse(&format!("{date}T{time}"));
    (ms >= 0.0).then_some(ms as u64)
}

/// Minutes after midnight in the device's zone.
pub fn minute_of_day(unix_ms: u64) -> u16 {
    let date = Date::new(&JsValue::from_f64(unix_ms as f64));
    // 0 to 1439.
    (date.get_hours() * 60 + date.get_minutes()) as u16
}

/// A number that is the same for all moments of one day in the device's zone.
pub fn day_number(unix_ms: u64) -> i64 {
    let date = Date::new(&JsValue::from_f64(unix_ms as f64));
    let local_ms = unix_ms as f64 - date.get_timezone_offset() * 60_000.0;
    (local_ms / 86_400_000.0).floor() as i64
}

/// The date of a [`day_number`]: `2026-11-22`.
pub fn date_of_day(number: i64) -> String {
    let date = Date::new(&JsValue::from_f64(number as f64 * 86_400_000.0));
    format!(
        "{:04}-{:02}-{:02}",
        date.get_utc_full_year(),
        date.get_utc_month() + 1,
        date.get_utc_date()
    )
}

fn format(unix_ms: u64, parts: &[(&str, &str)]) -> String {
    let options = Object::new();
    for (part, how) in parts {
        // Setting a property of a plain new object does not fail.
        let _ = Reflect::set(&options, &JsValue::from_str(part), &JsValue::from_str(how));
    }
    let locales = Array::of1(&JsValue::from_str(words::locale()));
    let formatter = Intl::DateTimeFormat::new(&locales, &options);
    formatter
        .format()
        .call1(&JsValue::UNDEFINED, &JsValue::from_f64(unix_ms as f64))
        .ok()
        .and_then(|text| text.as_string())
        .unwrap_or_default()
}
