//! Dates and slots of the demo's one zone.

/// The zone of every demo group.
pub const ZONE: &str = "Asia/Kolkata";

/// India has had one offset, without summer time, since 1945.
pub const OFFSET_MINUTES: u64 = 330;

/// Monday to Saturday, as `groups.weekdays` has it.
pub const WEEKDAYS: u8 = 0b011_1111;

/// One minute, in milliseconds.
pub const MINUTE_MS: u64 = 60_000;

const DAY_MS: u64 = 24 * 60 * MINUTE_MS;

/// A local date, as days since 1 January 1970.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Date(u64);

impl Date {
    /// The local date of a moment (Unix ms).
    pub fn of(ms: u64) -> Self {
        Self((ms + OFFSET_MINUTES * MINUTE_MS) / DAY_MS)
    }

    /// The next date.
    pub fn next(self) -> Self {
        Self(self.0 + 1)
    }

    /// So many days before, free ones counted.
    pub fn days_before(self, days: u32) -> Self {
        Self(self.0.saturating_sub(days.into()))
    }

    /// Whether the groups practise on it.
    pub fn is_practised(self) -> bool {
        // 1 January 1970 was a Thursday; 0 is Monday.
        WEEKDAYS & (1 << ((self.0 + 3) % 7)) != 0
    }

    /// The date on which somebody began who has practised on `count` dates up to the day before this one.
    pub fn back(self, count: usize) -> Self {
        let mut date = self.0;
        let mut left = count;
        while left > 0 {
            date -= 1;
            if Self(date).is_practised() {
                left -= 1;
            }
        }
        Self(date)
    }

    /// A slot on this date, Unix ms; `minute` counts from local midnight.
    pub fn slot(self, minute: u16) -> u64 {
        self.0 * DAY_MS + u64::from(minute) * MINUTE_MS - OFFSET_MINUTES * MINUTE_MS
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sundays_are_free_and_slots_are_local() {
        // Sunday, 22 November 2026, 09:00 in India.
        let sunday = Date::of(1_795_318_200_000);
        assert!(!sunday.is_practised());
        assert!(sunday.next().is_practised());
        assert_eq!(sunday.slot(9 * 60), 1_795_318_200_000);
        // The last six practised dates are the week before.
        assert_eq!(sunday.back(6), Date(sunday.0 - 6));
        assert_eq!(sunday.back(7), Date(sunday.0 - 8));
    }
}
