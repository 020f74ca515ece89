//! The calendar: a month as a grid of days, how the keyboard moves in it, and what there is on a day.
//!
//! A day is counted from 1970-01-01, as [`crate::browser::clock::day_number`] gives it.

use super::slot::Slot;
use contract::session::Session;
use domain::session::SessionKind;

/// A month.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Month {
    year: i64,
    /// 1 to 12.
    month: i64,
}

/// Year, month and day of the month. The way of Howard Hinnant's `civil_from_days`: years begin in March, so that the day that
/// comes every fourth year is the last one.
fn date(day: i64) -> (i64, i64, i64) {
    let day = day + 719_468;
    let era = day.div_euclid(146_097);
    let of_era = day.rem_euclid(146_097);
    let year = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let march_month = (5 * of_year + 2) / 153;
    let month = if march_month < 10 {
        march_month + 3
    } else {
        march_month - 9
    };
    let of_month = of_year - (153 * march_month + 2) / 5 + 1;
    (year + era * 400 + i64::from(month <= 2), month, of_month)
}

/// The day of a date; the other way round.
fn day_of(year: i64, month: i64, of_month: i64) -> i64 {
    let year = year - i64::from(month <= 2);
    let era = year.div_euclid(400);
    let of_era_year = year.rem_euclid(400);
    let march_month = (month + 9) % 12;
    let of_year = (153 * march_month + 2) / 5 + of_month - 1;
    era * 146_097 + of_era_year * 365 + of_era_year / 4 - of_era_year / 100 + of_year - 719_468
}

/// The day of the month: what stands in its cell.
pub fn of_month(day: i64) -> i64 {
    date(day).2
}

/// 0 on Mondays, 6 on Sundays. 1970-01-01 was a Thursday.
fn weekday(day: i64) -> i64 {
    (day + 3).rem_euclid(7)
}

impl Month {
    /// The month of a day.
    pub fn of(day: i64) -> Self {
        let (year, month, _) = date(day);
        Self { year, month }
    }

    /// "2026-11", as an address has it.
    pub fn name(self) -> String {
        format!("{:04}-{:02}", self.year, self.month)
    }

    /// Reads what [`Month::name`] gave; only months of these times.
    pub fn named(name: &str) -> Option<Self> {
        let (year, month) = name.split_once('-')?;
        let (year, month) = (year.parse().ok()?, month.parse().ok()?);
        ((2000..2200).contains(&year) && (1..=12).contains(&month)).then_some(Self { year, month })
    }

    /// Its first day.
    pub fn first(self) -> i64 {
        day_of(self.year, self.month, 1)
    }

    /// Its last day.
    pub fn last(self) -> i64 {
        self.later(1).first() - 1
    }

    /// So many months later, or earlier.
    pub fn later(self, months: i64) -> Self {
        let count = self.year * 12 + self.month - 1 + months;
        Self {
            year: count.div_euclid(12),
            month: count.rem_euclid(12) + 1,
        }
    }

    /// The same day of this month, or its last one.
    fn with_day(self, of_month: i64) -> i64 {
        (self.first() + of_month - 1).min(self.last())
    }

    /// Its weeks, from Monday on; days of the months beside it fill the first and the last.
    pub fn weeks(self) -> Vec<Vec<i64>> {
        let monday = self.first() - weekday(self.first());
        (0..)
            .map(|week| monday + week * 7)
            .take_while(|monday| *monday <= self.last())
            .map(|monday| (monday..monday + 7).collect())
            .collect()
    }
}

/// Where a key leads from a day, as in the grids of dates of the ARIA practices; `None` of a key that leads nowhere.
pub fn moved(day: i64, key: &str, shift: bool) -> Option<i64> {
    let months = |months: i64| Month::of(day).later(months).with_day(of_month(day));
    Some(match key {
        "ArrowLeft" => day - 1,
        "ArrowRight" => day + 1,
        "ArrowUp" => day - 7,
        "ArrowDown" => day + 7,
        "Home" => day - weekday(day),
        "End" => day - weekday(day) + 6,
        "PageUp" => months(if shift { -12 } else { -1 }),
        "PageDown" => months(if shift { 12 } else { 1 }),
        _ => return None,
    })
}

/// How a day of the calendar stands: what weighs most of what there is on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Mark {
    /// The group practises then, as it does now; the session is planned a day ahead.
    Usual,
    /// Practised freely.
    Practised,
    /// A slot was missed.
    Missed,
    /// Its slot comes.
    Coming,
    /// The day's session was completed.
    Done,
    /// Something can be practised now.
    Now,
}

impl Mark {
    /// Of a session at this moment, Unix ms.
    pub fn of(session: &Session, now: u64) -> Self {
        match Slot::of(session, now) {
            Slot::Completed if session.kind == SessionKind::Practice => Mark::Practised,
            Slot::Completed => Mark::Done,
            Slot::Missed | Slot::Closed => Mark::Missed,
            Slot::Running | Slot::Open { .. } => Mark::Now,
            Slot::Early { .. } => Mark::Coming,
        }
    }

    /// In a word.
    pub fn word(self) -> &'static str {
        match self {
            Mark::Usual => tr!("Usual slot"),
            Mark::Practised => tr!("Free practice"),
            Mark::Missed => tr!("Missed"),
            Mark::Coming => tr!("Coming"),
            Mark::Done => tr!("Done"),
            Mark::Now => tr!("Open now"),
        }
    }
}

/// What there is on a day.
#[derive(Debug, PartialEq, Eq)]
pub struct OnDay<'a> {
    /// Its sessions, the earliest first.
    pub sessions: Vec<&'a Session>,
    /// When the group practises, Unix ms, where no session stands there yet.
    pub usual: Vec<u64>,
}

impl OnDay<'_> {
    /// What stands out; `None` of a day without anything.
    pub fn mark(&self, now: u64) -> Option<Mark> {
        let usual = self.usual.first().map(|_| Mark::Usual);
        let marks = self.sessions.iter().map(|session| Mark::of(session, now));
        marks.chain(usual).max()
    }
}

/// What there is on `day`. `day_of` tells the day of a moment.
pub fn on_day<'a>(
    day: i64,
    sessions: &'a [Session],
    usual: &[u64],
    day_of: impl Fn(u64) -> i64,
) -> OnDay<'a> {
    let mut sessions: Vec<&Session> = sessions
        .iter()
        .filter(|session| day_of(session.slot_at) == day)
        .collect();
    sessions.sort_by_key(|session| session.slot_at);
    let usual = usual.iter().copied().filter(|at| day_of(*at) == day);
    OnDay {
        sessions,
        usual: usual.collect(),
    }
}

/// Of the group's slots to come (Unix ms, the first one first) those that are not planned yet, as many as the rep has days left.
pub fn not_planned_yet(slots: &[u64], coming: &[Session], days_left: u8) -> Vec<u64> {
    let planned = coming
        .iter()
        .filter(|session| session.kind == SessionKind::Programme);
    let last_planned = planned.clone().map(|session| session.slot_at).max();
    let left = usize::from(days_left).saturating_sub(planned.count());
    slots
        .iter()
        .copied()
        .filter(|at| last_planned.is_none_or(|last| *at > last))
        .take(left)
        .collect()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::indexing_slicing)]
    use super::*;
    use crate::state::slot::tests::session;
    use domain::session::Status;
    use proptest::prelude::*;

    const MS: u64 = 86_400_000;

    #[test]
    fn months_have_their_weeks() {
        let november = Month::named("2026-11").unwrap();
        // 2026-11-01 is a Sunday.
        assert_eq!((november.first(), november.last()), (20_758, 20_787));
        let weeks = november.weeks();
        assert_eq!(weeks.len(), 6);
        assert_eq!((of_month(weeks[0][0]), of_month(weeks[0][6])), (26, 1));
        assert_eq!(of_month(weeks[5][6]), 6);
        let february = Month::named("2027-02").unwrap();
        assert_eq!(february.weeks().len(), 4);
        assert_eq!(november.later(3), february);
        for no_month in ["", "2026", "2026-13", "1-1", "2026-11-01", "x-1"] {
            assert_eq!(Month::named(no_month), None, "{no_month}");
        }
    }

    #[test]
    fn keys_move_as_in_any_calendar() {
        let sunday = Month::named("2027-01").unwrap().first() + 30;
        assert_eq!(of_month(moved(sunday, "PageDown", false).unwrap()), 28);
        assert_eq!(of_month(moved(sunday, "PageDown", true).unwrap()), 31);
        assert_eq!(moved(sunday, "End", false), Some(sunday));
        assert_eq!(moved(sunday, "Home", false), Some(sunday - 6));
        assert_eq!(moved(sunday, "ArrowDown", false), Some(sunday + 7));
        assert_eq!(moved(sunday, "a", false), None);
    }

    #[test]
    fn the_day_shows_what_weighs_most() {
        let day_of = |at: u64| i64::try_from(at / MS).unwrap();
        let mut done = session(Status::Completed);
        done.slot_at = 5 * MS + 2;
        let mut again = session(Status::Completed);
        (again.kind, again.slot_at) = (SessionKind::Practice, 5 * MS + 9);
        let mut missed = session(Status::Missed);
        missed.slot_at = 5 * MS + 1;
        let sessions = [again.clone(), done.clone(), missed.clone()];
        let day = on_day(5, &sessions, &[6 * MS], day_of);
        assert_eq!(day.sessions, [&missed, &done, &again]);
        assert_eq!((day.mark(7 * MS), day.usual.len()), (Some(Mark::Done), 0));
        let next = on_day(6, &sessions, &[6 * MS], day_of);
        assert_eq!(next.mark(5 * MS), Some(Mark::Usual));
        assert_eq!(on_day(7, &sessions, &[], day_of).mark(5 * MS), None);
    }

    #[test]
    fn slots_are_told_as_far_as_the_days_go() {
        let mut planned = session(Status::Scheduled);
        planned.slot_at = 2;
        let mut free = session(Status::InProgress);
        (free.kind, free.slot_at) = (SessionKind::Practice, 4);
        let coming = [planned, free];
        assert_eq!(not_planned_yet(&[1, 2, 3, 4, 5], &coming, 3), [3, 4]);
        assert_eq!(not_planned_yet(&[1, 2], &[], 1), [1]);
        assert!(not_planned_yet(&[3], &coming, 1).is_empty());
    }

    proptest! {
        #[test]
        fn a_day_is_in_its_month(day in 10_957_i64..80_000) {
            let month = Month::of(day);
            prop_assert!((month.first()..=month.last()).contains(&day));
            prop_assert_eq!(Month::named(&month.name()), Some(month));
            prop_assert_eq!(month.first() + of_month(day) - 1, day);
            let weeks = month.weeks();
            prop_assert!(weeks.iter().all(|week| week.len() == 7 && weekday(week[0]) == 0));
            prop_assert!(weeks.concat().windows(2).all(|pair| pair[0] + 1 == pair[1]));
        }
    }
}
