//! When a group practises, in words and as a form holds it.

use domain::schedule::{LAST_MINUTE, Weekday, Weekdays};

/// A day's name: short for a row of buttons, long for screen readers.
pub fn day_names(day: Weekday) -> (&'static str, &'static str) {
    match day {
        Weekday::Monday => (tr!("Mon"), tr!("Monday")),
        Weekday::Tuesday => (tr!("Tue"), tr!("Tuesday")),
        Weekday::Wednesday => (tr!("Wed"), tr!("Wednesday")),
        Weekday::Thursday => (tr!("Thu"), tr!("Thursday")),
        Weekday::Friday => (tr!("Fri"), tr!("Friday")),
        Weekday::Saturday => (tr!("Sat"), tr!("Saturday")),
        Weekday::Sunday => (tr!("Sun"), tr!("Sunday")),
    }
}

/// "Mon to Fri", "Mon, Wed, Fri", "Every day".
pub fn days_words(days: Weekdays) -> String {
    let chosen: Vec<Weekday> = days.into();
    if chosen.len() == Weekday::ALL.len() {
        return tr!("Every day").to_owned();
    }
    let short: Vec<&str> = chosen.iter().map(|day| day_names(*day).0).collect();
    let follow_each_other = Weekday::ALL
        .windows(chosen.len())
        .any(|days| days == chosen.as_slice());
    match short.as_slice() {
        [first, _, .., last] if follow_each_other => {
            tr!("{first} to {last}", first = first, last = last)
        }
        _ => short.join(", "),
    }
}

/// With a day more, or without it; the last one stays.
pub fn toggled(days: Weekdays, day: Weekday) -> Weekdays {
    let mut chosen: Vec<Weekday> = days.into();
    match chosen.iter().position(|one| *one == day) {
        Some(at) => drop(chosen.remove(at)),
        None => chosen.push(day),
    }
    chosen.try_into().unwrap_or(days)
}

/// "11:05" of a field for times, of minutes after midnight.
pub fn field_of(minute: u16) -> String {
    format!("{:02}:{:02}", minute / 60, minute % 60)
}

/// Minutes after midnight of what such a field gives: "11:05", or "11:05:00".
pub fn minute_of(field: &str) -> Option<u16> {
    let mut parts = field.split(':');
    let hour: u16 = parts.next()?.parse().ok()?;
    let minute: u16 = parts.next()?.parse().ok()?;
    let all = hour.checked_mul(60)?.checked_add(minute)?;
    (minute < 60 && all <= LAST_MINUTE).then_some(all)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use proptest::prelude::*;

    fn days(bits: u8) -> Weekdays {
        Weekdays::from_bits(bits).unwrap()
    }

    #[test]
    fn days_are_named_as_people_do() {
        assert_eq!(days_words(days(0b001_1111)), "Mon to Fri");
        assert_eq!(days_words(days(0b001_0101)), "Mon, Wed, Fri");
        assert_eq!(days_words(days(0b000_0011)), "Mon, Tue");
        assert_eq!(days_words(days(0b100_0000)), "Sun");
        assert_eq!(days_words(days(0b111_1111)), "Every day");
        // The week begins on Monday: Saturday to Monday is no row.
        assert_eq!(days_words(days(0b110_0001)), "Mon, Sat, Sun");
    }

    #[test]
    fn the_last_day_stays() {
        let monday = days(1);
        assert_eq!(toggled(monday, Weekday::Monday), monday);
        assert_eq!(toggled(monday, Weekday::Friday), days(0b001_0001));
    }

    #[test]
    fn what_is_no_time_is_none() {
        for text in ["", "24:00", "11", "11:60", "a:b", "-1:00"] {
            assert_eq!(minute_of(text), None, "{text}");
        }
        assert_eq!(minute_of("11:05:00"), Some(665));
    }

    proptest! {
        #[test]
        fn a_time_comes_back_as_it_was(minute in 0..=LAST_MINUTE) {
            prop_assert_eq!(minute_of(&field_of(minute)), Some(minute));
        }
    }
}
