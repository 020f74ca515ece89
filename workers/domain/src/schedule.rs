//! When a group practises: its weekdays, its minute of the day, its zone.

mod slots;

pub use slots::{Ahead, PLANNED_AHEAD_MS, Rhythm, Slot, monday_of};

use serde::{Deserialize, Serialize};

/// The last minute of a day, counted from local midnight.
pub const LAST_MINUTE: u16 = 24 * 60 - 1;

/// A day of the week.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
#[allow(missing_docs)]
pub enum Weekday {
    Monday,
    Tuesday,
    Wednesday,
    Thursday,
    Friday,
    Saturday,
    Sunday,
}

impl Weekday {
    /// All of them, Monday first.
    pub const ALL: [Weekday; 7] = [
        Weekday::Monday,
        Weekday::Tuesday,
        Weekday::Wednesday,
        Weekday::Thursday,
        Weekday::Friday,
        Weekday::Saturday,
        Weekday::Sunday,
    ];

    /// Its bit in [`Weekdays::bits`].
    fn bit(self) -> u8 {
        match self {
            Weekday::Monday => 1,
            Weekday::Tuesday => 1 << 1,
            Weekday::Wednesday => 1 << 2,
            Weekday::Thursday => 1 << 3,
            Weekday::Friday => 1 << 4,
            Weekday::Saturday => 1 << 5,
            Weekday::Sunday => 1 << 6,
        }
    }
}

/// The weekdays on which a group practises: at least one. In JSON a list: `["monday", "friday"]`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(extend("minItems" = 1)))]
#[serde(try_from = "Vec<Weekday>", into = "Vec<Weekday>")]
pub struct Weekdays(u8);

/// A group that never practises.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("choose at least one weekday")]
pub struct NoWeekday;

impl Weekdays {
    /// Bit 0 is Monday, bit 6 is Sunday: as it is stored.
    pub fn bits(self) -> u8 {
        self.0
    }

    /// Reads what [`Weekdays::bits`] gave.
    pub fn from_bits(bits: u8) -> Result<Self, NoWeekday> {
        match bits & 0b111_1111 {
            0 => Err(NoWeekday),
            bits => Ok(Self(bits)),
        }
    }

    /// That day alone.
    pub fn only(day: Weekday) -> Self {
        Self(day.bit())
    }

    /// Whether the group practises on that day.
    pub fn contains(self, day: Weekday) -> bool {
        self.0 & day.bit() != 0
    }
}

impl From<Weekday> for Weekdays {
    fn from(day: Weekday) -> Self {
        Self(day.bit())
    }
}

impl TryFrom<Vec<Weekday>> for Weekdays {
    type Error = NoWeekday;
    fn try_from(days: Vec<Weekday>) -> Result<Self, NoWeekday> {
        Self::from_bits(days.into_iter().fold(0, |bits, day| bits | day.bit()))
    }
}

impl From<Weekdays> for Vec<Weekday> {
    fn from(days: Weekdays) -> Self {
        Weekday::ALL
            .into_iter()
            .filter(|day| days.contains(*day))
            .collect()
    }
}

/// All zones of the IANA database, one name a line. 3 kB in the compressed Worker, where the zones' whole history would be
/// many times that; a test compares the list with the database that slots are computed by.
const ZONES: &str = include_str!("schedule/zones.txt");

/// The names of all zones, for a form to offer.
pub fn zones() -> impl Iterator<Item = &'static str> {
    ZONES.lines()
}

/// Whether a text names a zone: `Asia/Kolkata`. Old names that browsers still give (`Asia/Calcutta`) count.
pub fn is_zone(name: &str) -> bool {
    zones().any(|zone| zone == name)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn weekdays_are_a_list_in_json_and_bits_in_the_database() {
        let days: Weekdays = serde_json::from_str(r#"["friday","monday","friday"]"#).unwrap();
        assert_eq!(days.bits(), 0b1_0001);
        assert_eq!(
            serde_json::to_string(&days).unwrap(),
            r#"["monday","friday"]"#
        );
        assert!(serde_json::from_str::<Weekdays>("[]").is_err());
        assert!(serde_json::from_str::<Weekdays>(r#"["Mon"]"#).is_err());
        assert_eq!(Weekdays::from_bits(0), Err(NoWeekday));
        for bits in 1..128 {
            let days = Weekdays::from_bits(bits).unwrap();
            assert_eq!(Weekdays::try_from(Vec::from(days)), Ok(days));
        }
    }

    #[test]
    fn the_zones_are_those_that_slots_are_computed_by() {
        let mut known: Vec<_> = chrono_tz::TZ_VARIANTS.map(|zone| zone.name()).to_vec();
        known.sort_unstable();
        let listed: Vec<_> = ZONES.lines().collect();
        assert_eq!(listed, known);
        assert!(is_zone("Asia/Kolkata") && is_zone("Asia/Calcutta") && is_zone("UTC"));
        assert!(!is_zone("") && !is_zone("asia/kolkata") && !is_zone("Asia/Kolkata\n"));
    }
}
