//! Times as the screens write them.

/// "4:07" of milliseconds; "1:04:07" from an hour on.
pub fn stopwatch(ms: u64) -> String {
    let seconds = ms / 1_000;
    let (hours, minutes, seconds) = (seconds / 3_600, seconds / 60 % 60, seconds % 60);
    if hours > 0 {
        format!("{hours}:{minutes:02}:{seconds:02}")
    } else {
        format!("{minutes}:{seconds:02}")
    }
}

/// "2 h 14 min", "42 min", "59 s": how long something still is, rounded up so that it never reads zero while it lasts.
pub fn remaining(ms: u64) -> String {
    let seconds = ms.div_ceil(1_000);
    if seconds < 60 {
        return tr!("{} s", seconds);
    }
    let minutes = seconds.div_ceil(60);
    match (minutes / (24 * 60), minutes / 60 % 24, minutes % 60) {
        (0, 0, minutes) => tr!("{} min", minutes),
        (0, hours, 0) => tr!("{} h", hours),
        (0, hours, minutes) => tr!("{hours} h {minutes} min", hours = hours, minutes = minutes),
        (days, 0, _) => tr!("1 day" | "{n} days" % days),
        (1, hours, _) => tr!("1 day {hours} h", hours = hours),
        (days, hours, _) => tr!("{days} days {hours} h", days = days, hours = hours),
    }
}

/// "5 min 12 s", for what lasted that long.
pub fn lasted(seconds: u64) -> String {
    match (seconds / 60, seconds % 60) {
        (0, seconds) => tr!("{} s", seconds),
        (minutes, 0) => tr!("{} min", minutes),
        (minutes, seconds) => tr!(
            "{minutes} min {seconds} s",
            minutes = minutes,
            seconds = seconds
        ),
    }
}

/// "11:00 AM" of minutes after midnight.
pub fn of_day(minute: u16) -> String {
    let (hour, minute) = (minute / 60 % 24, minute % 60);
    let half = if hour < 12 { "AM" } else { "PM" };
    let hour = match hour % 12 {
        0 => 12,
        hour => hour,
    };
    format!("{hour}:{minute:02} {half}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_read_as_a_person_says_them() {
        assert_eq!(stopwatch(247_900), "4:07");
        assert_eq!(stopwatch(3_847_000), "1:04:07");
        assert_eq!(remaining(1), "1 s");
        assert_eq!(remaining(59_001), "1 min");
        assert_eq!(remaining(2 * 3_600_000), "2 h");
        assert_eq!(remaining(2 * 3_600_000 + 1), "2 h 1 min");
        assert_eq!(remaining(26 * 3_600_000), "1 day 2 h");
        assert_eq!(lasted(312), "5 min 12 s");
        assert_eq!(of_day(660), "11:00 AM");
        assert_eq!(of_day(0), "12:00 AM");
        assert_eq!(of_day(1_110), "6:30 PM");
    }
}
