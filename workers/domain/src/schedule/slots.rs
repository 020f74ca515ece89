//! From a group's weekdays, minute and zone to moments.
//!
//! Twice a year most zones turn their clocks. The rule is that of calendars (RFC 5545, section 3.3.5): a slot in the hour that
//! comes twice is at the first of the two; one in the hour that is left out is as long after midnight as if the clocks had not
//! been turned, so at 3:30 instead of 2:30. A day that a zone leaves out whole has no slot.

use super::{Weekday, Weekdays};

const MINUTE_MS: u64 = 60_000;
const DAY_MINUTES: u64 = 24 * 60;
const DAY_MS: u64 = DAY_MINUTES * MINUTE_MS;

/// No clock is further from UTC than this, ms, nor is turned twice within twice this time.
const FURTHEST_FROM_UTC_MS: u64 = 15 * 60 * MINUTE_MS;

/// A group that practises once a week, on a day that its zone leaves out, practises the week after.
const DAYS_TO_LOOK_AHEAD: u64 = 16;

/// How long before its slot a session is there, ms. A day with the hour that comes twice has 25 hours, and cron may be late.
pub const PLANNED_AHEAD_MS: u64 = 26 * 60 * MINUTE_MS;

/// When a group practises.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rhythm {
    /// On these days.
    pub weekdays: Weekdays,
    /// So many minutes after local midnight.
    pub slot_minute: u16,
}

/// A moment at which a group practises.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Slot {
    /// Unix ms.
    pub at: u64,
    /// Minutes that the group's clocks are ahead of UTC then.
    pub utc_offset_minutes: i32,
}

impl Slot {
    /// The slot's date by the group's clocks, in days since 1970-01-01.
    pub fn local_day(self) -> u64 {
        let offset_ms = i64::from(self.utc_offset_minutes) * 60_000;
        self.at.saturating_add_signed(offset_ms) / DAY_MS
    }
}

/// The Monday of the week of a date, both in days since 1970-01-01.
pub fn monday_of(day: u64) -> u64 {
    day.saturating_sub((day + 3) % 7)
}

/// The slots for which sessions are to be there, and when the next one is due.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ahead {
    /// Slots to come within [`PLANNED_AHEAD_MS`], the first one first.
    pub slots: Vec<Slot>,
    /// From then on the slot after those is to be planned, Unix ms.
    pub next_due_at: u64,
}

impl Rhythm {
    /// The next `count` slots after `now` (Unix ms), the first one first; `None` when `offset`, as in [`Rhythm::ahead`], doesn't know
    /// the zone.
    pub fn coming(
        self,
        now: u64,
        count: usize,
        mut offset: impl FnMut(u64) -> Option<i32>,
    ) -> Option<Vec<Slot>> {
        let mut slots = Vec::with_capacity(count);
        for day in (now / DAY_MS).saturating_sub(1).. {
            if slots.len() == count {
                break;
            }
            if !self.weekdays.contains(weekday(day)) {
                continue;
            }
            slots.extend(slot_on(day, self.slot_minute, &mut offset)?.filter(|slot| slot.at > now));
        }
        Some(slots)
    }

    /// What is to be planned at `now` (Unix ms). `offset` gives the minutes that the zone's clocks are ahead of UTC at a moment;
    /// `None` when it doesn't know the zone.
    pub fn ahead(self, now: u64, mut offset: impl FnMut(u64) -> Option<i32>) -> Option<Ahead> {
        let until = now + PLANNED_AHEAD_MS;
        let mut slots = Vec::new();
        loop {
            let after = slots.last().map_or(now, |slot: &Slot| slot.at);
            let slot = self.next(after, &mut offset)?;
            if slot.at > until {
                let next_due_at = slot.at - PLANNED_AHEAD_MS;
                return Some(Ahead { slots, next_due_at });
            }
            slots.push(slot);
        }
    }

    /// The first slot after a moment (Unix ms); `offset` as above.
    pub fn next(self, after: u64, mut offset: impl FnMut(u64) -> Option<i32>) -> Option<Slot> {
        // Somewhere it is still yesterday.
        let yesterday = (after / DAY_MS).saturating_sub(1);
        for day in yesterday..yesterday + DAYS_TO_LOOK_AHEAD {
            if self.weekdays.contains(weekday(day))
                && let Some(slot) = slot_on(day, self.slot_minute, &mut offset)?
                && slot.at > after
            {
                return Some(slot);
            }
        }
        // Not reached: there is a slot every week, or every second one.
        None
    }
}

/// The weekday of a date in days since 1970-01-01, a Thursday.
fn weekday(day: u64) -> Weekday {
    match (day + 3) % 7 {
        0 => Weekday::Monday,
        1 => Weekday::Tuesday,
        2 => Weekday::Wednesday,
        3 => Weekday::Thursday,
        4 => Weekday::Friday,
        5 => Weekday::Saturday,
        _ => Weekday::Sunday,
    }
}

/// The slot of a local date (days since 1970-01-01): `None` for a zone that is not known, `Some(None)` for a day that it leaves
/// out.
fn slot_on(
    day: u64,
    minute: u16,
    offset: &mut impl FnMut(u64) -> Option<i32>,
) -> Option<Option<Slot>> {
    // What the clock shows, as if it were UTC.
    let shown = (day * DAY_MINUTES + u64::from(minute)) * MINUTE_MS;
    let before = offset(shown.saturating_sub(FURTHEST_FROM_UTC_MS))?;
    let after = offset(shown + FURTHEST_FROM_UTC_MS)?;
    let moment = |ahead: i32| shown.saturating_add_signed(-i64::from(ahead) * 60_000);
    let slot = |at, utc_offset_minutes| {
        Some(Slot {
            at,
            utc_offset_minutes,
        })
    };
    let (first, second) = (moment(before), moment(after));
    if before == after || offset(first)? == before {
        return Some(slot(first, before));
    }
    if offset(second)? == after {
        return Some(slot(second, after));
    }
    let left_out_minutes = i64::from(after) - i64::from(before);
    let whole_day = u64::try_from(left_out_minutes).is_ok_and(|minutes| minutes >= DAY_MINUTES);
    Some(if whole_day { None } else { slot(first, after) })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::panic)]
    use super::*;
    use chrono::{
        DateTime, Datelike, LocalResult, NaiveDate, NaiveDateTime, Offset, TimeDelta, TimeZone, Utc,
    };
    use chrono_tz::Tz;
    use proptest::prelude::*;

    const HOUR_MS: u64 = 60 * MINUTE_MS;

    fn utc(at: u64) -> DateTime<Utc> {
        DateTime::from_timestamp_millis(at.try_into().unwrap()).unwrap()
    }

    fn offset(zone: Tz, at: u64) -> i32 {
        let there = utc(at).with_timezone(&zone);
        there.offset().fix().local_minus_utc() / 60
    }

    fn ahead(zone: Tz, rhythm: Rhythm, now: u64) -> Ahead {
        rhythm.ahead(now, |at| Some(offset(zone, at))).unwrap()
    }

    fn next(zone: Tz, rhythm: Rhythm, now: u64) -> Slot {
        rhythm.next(now, |at| Some(offset(zone, at))).unwrap()
    }

    proptest! {
        #[test]
        fn the_slots_that_are_shown_are_those_that_cron_comes_to(
            zone in prop::sample::select(&chrono_tz::TZ_VARIANTS[..]),
            bits in 1_u8..128,
            minute in 0_u16..1440,
            now in 1_600_000_000_000_u64..2_000_000_000_000,
        ) {
            let rhythm = rhythm(bits, minute);
            let coming = rhythm.coming(now, 3, |at| Some(offset(zone, at))).unwrap();
            let mut after = now;
            for slot in coming {
                prop_assert_eq!(slot, next(zone, rhythm, after));
                after = slot.at;
            }
        }
    }

    fn rhythm(bits: u8, slot_minute: u16) -> Rhythm {
        Rhythm {
            weekdays: Weekdays::from_bits(bits).unwrap(),
            slot_minute,
        }
    }

    fn ms(text: &str) -> u64 {
        let at = DateTime::parse_from_rfc3339(text).unwrap();
        at.timestamp_millis().try_into().unwrap()
    }

    /// What the group's clock shows at its slot.
    fn shown(zone: Tz, slot: Slot) -> String {
        utc(slot.at)
            .with_timezone(&zone)
            .format("%a %F %R")
            .to_string()
    }

    /// The slot of a date as chrono knows it; `None` on a day that the zone leaves out.
    fn expected(zone: Tz, date: NaiveDate, minute: u16) -> Option<u64> {
        let local: NaiveDateTime =
            date.and_hms_opt(0, 0, 0).unwrap() + TimeDelta::minutes(minute.into());
        let at = match zone.from_local_datetime(&local) {
            LocalResult::Single(at) => at,
            LocalResult::Ambiguous(first, second) => first.min(second),
            LocalResult::None => {
                // The offset before the gap: that of the last minute which the clock shows.
                let mut earlier = local;
                let mut skipped = 0;
                let before = loop {
                    earlier -= TimeDelta::minutes(1);
                    skipped += 1;
                    if let Some(at) = zone.from_local_datetime(&earlier).latest() {
                        break at;
                    }
                };
                let mut later = local;
                while zone.from_local_datetime(&later).earliest().is_none() {
                    later += TimeDelta::minutes(1);
                    skipped += 1;
                }
                if skipped > 24 * 60 {
                    return None;
                }
                zone.from_utc_datetime(&(local - before.offset().fix()))
            }
        };
        Some(at.timestamp_millis().try_into().unwrap())
    }

    /// All slots of a group in some days, one after the other as cron comes to them.
    fn walk(zone: Tz, rhythm: Rhythm, from: u64, days: u64) -> Vec<u64> {
        let mut slots = Vec::new();
        let mut now = from;
        while now < from + days * DAY_MS {
            let due = ahead(zone, rhythm, now);
            for slot in &due.slots {
                assert_eq!(slot.utc_offset_minutes, offset(zone, slot.at));
                assert!(slot.at > now && slot.at <= now + PLANNED_AHEAD_MS);
                if slots.last().is_none_or(|last| *last < slot.at) {
                    slots.push(slot.at);
                }
            }
            assert!(due.next_due_at > now, "cron comes on");
            now = due.next_due_at;
        }
        slots.retain(|at| *at < from + days * DAY_MS);
        slots
    }

    fn expected_walk(zone: Tz, rhythm: Rhythm, from: u64, days: u64) -> Vec<u64> {
        let first = utc(from).date_naive();
        let until = from + days * DAY_MS;
        (0..days + 3)
            .filter_map(|day| {
                let date = first + TimeDelta::days(i64::try_from(day).unwrap() - 1);
                let index = date.weekday().num_days_from_monday();
                if rhythm.weekdays.bits() & (1 << index) == 0 {
                    return None;
                }
                expected(zone, date, rhythm.slot_minute)
            })
            .filter(|at| *at > from && *at < until)
            .collect()
    }

    /// The moments at which a zone turns its clocks, to the hour.
    fn turns(zone: Tz, from: u64, days: u64) -> Vec<u64> {
        let hours = (0..days * 24).map(|hour| from + hour * HOUR_MS);
        hours
            .filter(|at| offset(zone, *at) != offset(zone, at + HOUR_MS))
            .collect()
    }

    #[test]
    fn an_ordinary_week() {
        let india = chrono_tz::Asia::Kolkata;
        let workdays = rhythm(0b001_1111, 660);
        let friday_noon = ms("2026-11-20T06:30:00Z");
        assert_eq!(
            shown(india, next(india, workdays, friday_noon)),
            "Mon 2026-11-23 11:00"
        );
        // Monday's slot is planned 26 hours before it, not at the weekend's first tick.
        let due = ahead(india, workdays, friday_noon);
        assert_eq!(due.slots, []);
        assert_eq!(due.next_due_at, ms("2026-11-22T03:30:00Z"));
        // At the slot itself the next one is planned, and only that.
        let at_slot = ahead(india, workdays, ms("2026-11-23T05:30:00Z"));
        let planned: Vec<_> = at_slot
            .slots
            .iter()
            .map(|slot| shown(india, *slot))
            .collect();
        assert_eq!(planned, ["Tue 2026-11-24 11:00"]);
        // Just after midnight there are two.
        assert_eq!(
            ahead(india, workdays, ms("2026-11-23T04:00:00Z"))
                .slots
                .len(),
            2
        );
    }

    #[test]
    fn month_ends_and_leap_days() {
        let daily = rhythm(127, 0);
        let london = chrono_tz::Europe::London;
        for (now, slot) in [
            ("2028-02-28T12:00:00Z", "Tue 2028-02-29 00:00"),
            ("2028-02-29T12:00:00Z", "Wed 2028-03-01 00:00"),
            ("2027-02-28T12:00:00Z", "Mon 2027-03-01 00:00"),
            ("2026-12-31T12:00:00Z", "Fri 2027-01-01 00:00"),
            ("2100-02-28T12:00:00Z", "Mon 2100-03-01 00:00"),
        ] {
            assert_eq!(shown(london, next(london, daily, ms(now))), slot);
        }
    }

    #[test]
    fn the_hour_left_out_and_the_hour_that_comes_twice() {
        let berlin = chrono_tz::Europe::Berlin;
        let half_past_two = rhythm(127, 150);
        let spring = next(berlin, half_past_two, ms("2026-03-28T12:00:00Z"));
        assert_eq!(shown(berlin, spring), "Sun 2026-03-29 03:30");
        assert_eq!(spring.utc_offset_minutes, 120);
        let autumn = next(berlin, half_past_two, ms("2026-10-24T12:00:00Z"));
        assert_eq!(autumn.at, ms("2026-10-25T02:30:00+02:00"));
        // The second half past two is not another slot.
        assert_eq!(
            shown(berlin, next(berlin, half_past_two, autumn.at)),
            "Mon 2026-10-26 02:30"
        );
    }

    #[test]
    fn a_day_that_was_left_out_has_no_slot() {
        let samoa = chrono_tz::Pacific::Apia;
        let fridays = rhythm(0b001_0000, 600);
        // 30 December 2011, a Friday, was never in Samoa.
        let after = next(samoa, fridays, ms("2011-12-24T00:00:00Z"));
        assert_eq!(shown(samoa, after), "Fri 2012-01-06 10:00");
    }

    #[test]
    fn an_unknown_zone_is_told() {
        assert_eq!(rhythm(127, 0).ahead(DAY_MS * 9, |_| None), None);
    }

    /// Around every turn of every zone's clocks in four years, a leap year among them.
    #[test]
    fn every_turn_of_every_zone() {
        let from = ms("2025-01-01T00:00:00Z");
        let mut turned = 0;
        for zone in chrono_tz::TZ_VARIANTS {
            for turn in turns(zone, from, 4 * 365) {
                turned += 1;
                let start = turn - 2 * DAY_MS;
                let local = offset(zone, turn - HOUR_MS);
                let minute = (turn / MINUTE_MS).saturating_add_signed(local.into()) % DAY_MINUTES;
                for around in [-90, -61, -60, -30, -1, 0, 1, 30, 59, 60, 90] {
                    let minute = (minute + DAY_MINUTES).saturating_add_signed(around) % DAY_MINUTES;
                    let rhythm = rhythm(127, minute.try_into().unwrap());
                    assert_eq!(
                        walk(zone, rhythm, start, 5),
                        expected_walk(zone, rhythm, start, 5),
                        "{zone} {minute} {}",
                        utc(turn)
                    );
                }
            }
        }
        assert!(turned > 1_000, "{turned}");
    }

    fn any_zone() -> impl Strategy<Value = Tz> {
        (0..chrono_tz::TZ_VARIANTS.len())
            .prop_map(|index| *chrono_tz::TZ_VARIANTS.get(index).unwrap())
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2_000))]

        /// Cron, going from due to due, comes to the slots that a calendar has: none left out, none twice.
        #[test]
        fn cron_comes_to_every_slot(
            zone in any_zone(), bits in 1_u8..128, minute in 0_u16..1_440,
            from in 1_735_689_600_u64..2_145_916_800, days in 1_u64..40,
        ) {
            let from = from * 1_000;
            let rhythm = rhythm(bits, minute);
            prop_assert_eq!(walk(zone, rhythm, from, days), expected_walk(zone, rhythm, from, days));
        }

        /// Asked a little earlier or later, the same slot is the next one until it has passed.
        #[test]
        fn the_next_slot_stays_the_next(
            zone in any_zone(), bits in 1_u8..128, minute in 0_u16..1_440,
            from in 1_735_689_600_u64..2_145_916_800, part in 0_u64..1_000,
        ) {
            let from = from * 1_000;
            let rhythm = rhythm(bits, minute);
            let slot = next(zone, rhythm, from);
            let between = from + (slot.at - from - 1) * part / 1_000;
            prop_assert_eq!(next(zone, rhythm, between), slot);
            prop_assert!(next(zone, rhythm, slot.at).at > slot.at);
        }

        /// A group whose zone is changed in the middle of the week goes on with the new zone's slots; the moment of the change
        /// alone decides, not how far it was planned before.
        #[test]
        fn a_zone_changed_in_mid_week(
            old in any_zone(), new in any_zone(), bits in 1_u8..128, minute in 0_u16..1_440,
            from in 1_735_689_600_u64..2_145_916_800, days in 1_u64..7,
        ) {
            let from = from * 1_000;
            let rhythm = rhythm(bits, minute);
            let changed_at = from + days * DAY_MS;
            let before: Vec<_> = walk(old, rhythm, from, days);
            let after = walk(new, rhythm, changed_at, 14);
            prop_assert_eq!(&before, &expected_walk(old, rhythm, from, days));
            prop_assert_eq!(&after, &expected_walk(new, rhythm, changed_at, 14));
            prop_assert!(before.iter().all(|at| after.iter().all(|later| at < later)));
        }
    }
}
