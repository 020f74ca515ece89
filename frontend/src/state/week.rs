//! A week of the schedule: its days, on each the slots, and in those the sessions.
//!
//! A day is counted from 1970-01-01, as [`crate::browser::clock::day_number`] gives it.

use super::board::Standing;
use contract::groups::Group;
use contract::session::ListedSession;
use domain::ids::GroupId;
use domain::schedule::Rhythm;
use std::collections::BTreeMap;

/// The days of a week.
pub const DAYS: usize = 7;

/// The Monday of a day's week. 1970-01-01 was a Thursday.
pub fn monday_of(day: i64) -> i64 {
    day - (day + 3).rem_euclid(7)
}

/// A moment at which reps of one group practise, or somebody by themselves.
#[derive(Debug, PartialEq, Eq)]
pub struct WeekSlot<'a> {
    /// Unix ms.
    pub at: u64,
    /// Whose slot it is; `None` for who is in no group any more.
    pub group: Option<&'a Group>,
    /// By the reps' names; none as long as the slot's sessions are not made.
    pub sessions: Vec<&'a ListedSession>,
}

/// The slots to come of all groups that practise, from a moment (Unix ms) to before another: sessions are made about a day
/// ahead, and a schedule shows further. `offset` gives the minutes that a zone's clocks are ahead of UTC.
pub fn coming(
    groups: &[Group],
    from: u64,
    to: u64,
    offset: impl Fn(&str, u64) -> Option<i32>,
) -> Vec<(u64, GroupId)> {
    groups
        .iter()
        .filter(|group| group.is_active && group.members > 0)
        .flat_map(|group| {
            let schedule = &group.schedule;
            let rhythm = Rhythm {
                weekdays: schedule.weekdays,
                slot_minute: schedule.slot_minute,
            };
            let slots = rhythm.coming(from, DAYS, |at| offset(&schedule.zone, at));
            let slots = slots.unwrap_or_default().into_iter();
            slots.map(|slot| (slot.at, group.id))
        })
        .filter(|(at, _)| *at < to)
        .collect()
}

/// The slots of each day of the week that begins with `monday`, in their order.
pub fn by_day<'a>(
    monday: i64,
    sessions: &'a [ListedSession],
    groups: &'a [Group],
    coming: &[(u64, GroupId)],
    day_of: impl Fn(u64) -> i64,
) -> Vec<Vec<WeekSlot<'a>>> {
    let place = |id: Option<GroupId>| groups.iter().position(|group| Some(group.id) == id);
    let mut slots: BTreeMap<(u64, Option<usize>), Vec<&ListedSession>> = BTreeMap::new();
    for listed in sessions {
        let key = (listed.session.slot_at, place(listed.group_id));
        slots.entry(key).or_default().push(listed);
    }
    for (at, group) in coming {
        slots.entry((*at, place(Some(*group)))).or_default();
    }
    let mut days: Vec<Vec<WeekSlot<'a>>> = (0..DAYS).map(|_| Vec::new()).collect();
    for ((at, place), mut sessions) in slots {
        sessions.sort_by(|one, other| one.rep_name.cmp(&other.rep_name));
        let day = usize::try_from(day_of(at) - monday).ok();
        if let Some(day) = day.and_then(|day| days.get_mut(day)) {
            day.push(WeekSlot {
                at,
                group: place.and_then(|place| groups.get(place)),
                sessions,
            });
        }
    }
    days
}

/// How many sessions stand how, those that need looking after first; nothing is said of what there is none of.
pub fn tally(sessions: &[ListedSession], now: u64) -> Vec<(Standing, usize)> {
    let mut counts = BTreeMap::new();
    for listed in sessions {
        let session = &listed.session;
        let window = (session.opens_at, session.slot_at);
        let standing = Standing::at(session.status, session.late, window, now);
        *counts.entry(standing).or_insert(0) += 1;
    }
    counts.into_iter().collect()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::indexing_slicing)]
    use super::*;
    use contract::groups::Schedule;
    use contract::session::Session;
    use contract::users::TeamName;
    use domain::ids::{CompanyId, ScenarioId, SessionId, TeamId, UserId};
    use domain::schedule::{Weekday, Weekdays};
    use domain::session::{SessionKind, Status};
    use uuid::Uuid;

    const HOUR: u64 = 3_600_000;
    const DAY: u64 = 24 * HOUR;
    /// Monday, 16 November 2026.
    const MONDAY: i64 = 20_773;

    fn moment(day: i64, hour: u64) -> u64 {
        u64::try_from(MONDAY + day).unwrap() * DAY + hour * HOUR
    }

    fn day_of(at: u64) -> i64 {
        i64::try_from(at / DAY).unwrap()
    }

    fn group(number: u128, days: &[Weekday], hour: u16) -> Group {
        Group {
            id: GroupId(Uuid::from_u128(number)),
            company_id: CompanyId(Uuid::nil()),
            team: TeamName {
                id: TeamId(Uuid::nil()),
                name: "West".to_owned(),
            },
            name: format!("Group {number}"),
            schedule: Schedule {
                weekdays: Weekdays::try_from(days.to_vec()).unwrap(),
                slot_minute: hour * 60,
                zone: "UTC".to_owned(),
            },
            is_active: true,
            members: 4,
            version: 1,
            created_at: 0,
            updated_at: 0,
        }
    }

    fn session(name: &str, group: Option<u128>, slot_at: u64, status: Status) -> ListedSession {
        ListedSession {
            session: Session {
                id: SessionId(Uuid::nil()),
                user_id: UserId(Uuid::nil()),
                scenario_id: ScenarioId(Uuid::nil()),
                kind: SessionKind::Programme,
                day: 1,
                theme: String::new(),
                description: String::new(),
                status,
                step: None,
                slot_at,
                opens_at: slot_at,
                closes_at: slot_at + HOUR,
                started_at: None,
                ended_at: None,
                late: false,
                target_minutes: 5,
                drills: vec![],
                score: None,
                first_score: None,
            },
            group_id: group.map(|number| GroupId(Uuid::from_u128(number))),
            rep_name: name.to_owned(),
            suspected: false,
        }
    }

    #[test]
    fn a_week_begins_on_monday() {
        for day in MONDAY..MONDAY + 7 {
            assert_eq!(monday_of(day), MONDAY);
        }
        assert_eq!(monday_of(MONDAY + 7), MONDAY + 7);
        assert_eq!(monday_of(0), -3);
    }

    #[test]
    fn sessions_of_one_group_stand_together_at_their_slot_in_the_order_of_the_day() {
        let groups = [
            group(1, &[Weekday::Monday], 11),
            group(2, &[Weekday::Monday], 11),
        ];
        let sessions = [
            session("Ravi", Some(2), moment(0, 11), Status::Missed),
            session("Meera", Some(1), moment(0, 11), Status::Completed),
            session("Asha", Some(1), moment(0, 11), Status::Completed),
            session("Kiran", None, moment(0, 9), Status::Scheduled),
            session("Last week", Some(1), moment(-7, 11), Status::Completed),
        ];
        let week = by_day(MONDAY, &sessions, &groups, &[], day_of);
        assert_eq!(week.len(), DAYS);
        let monday: Vec<(&str, Vec<&str>)> = week[0]
            .iter()
            .map(|slot| {
                let names = slot.sessions.iter().map(|one| one.rep_name.as_str());
                (
                    slot.group.map_or("-", |group| group.name.as_str()),
                    names.collect(),
                )
            })
            .collect();
        assert_eq!(
            monday,
            [
                ("-", vec!["Kiran"]),
                ("Group 1", vec!["Asha", "Meera"]),
                ("Group 2", vec!["Ravi"])
            ]
        );
        assert!(week[1..].iter().all(Vec::is_empty));
    }

    #[test]
    fn slots_to_come_are_shown_before_their_sessions_are_made_and_once_after() {
        let mut off = group(3, &[Weekday::Tuesday], 8);
        off.is_active = false;
        let groups = [group(1, &[Weekday::Monday, Weekday::Tuesday], 11), off];
        // It is Monday noon: Monday's slot is over, the week ends with Sunday.
        let slots = coming(&groups, moment(0, 12), moment(7, 0), |_, _| Some(0));
        assert_eq!(slots, [(moment(1, 11), groups[0].id)]);
        let made = [session("Asha", Some(1), moment(1, 11), Status::Scheduled)];
        for (sessions, count) in [(&[][..], 0), (&made[..], 1)] {
            let week = by_day(MONDAY, sessions, &groups, &slots, day_of);
            assert_eq!(week[1].len(), 1);
            assert_eq!(week[1][0].sessions.len(), count);
        }
    }

    #[test]
    fn the_tally_says_nothing_of_what_there_is_none_of() {
        let at = moment(0, 11);
        let sessions = [
            session("Asha", None, at, Status::Completed),
            session("Ravi", None, at, Status::Missed),
            session("Meera", None, at, Status::Completed),
        ];
        assert_eq!(
            tally(&sessions, at + DAY),
            [(Standing::Practised, 2), (Standing::Missed, 1)]
        );
    }
}
