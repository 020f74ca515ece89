//! Which of the ten days a rep gets at which slot.
//!
//! A rep's day moves on only when it is completed; one that was missed comes again at the next slot. Sessions stand in the
//! schedule a day ahead, so the one after the next assumes that the next is completed, and is planned anew when it was missed.
//! What a manager scheduled by hand, and what may be practised already, is never touched.

use crate::ids::{GroupId, ScenarioId, SessionId};
use crate::schedule::Slot;
use crate::session::Status;
use crate::slot::Window;
use serde::{Deserialize, Serialize};

/// A day of the programme as a company practises it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Served {
    /// 1 to 10.
    pub day: u8,
    /// What is practised on it.
    pub scenario: ScenarioId,
}

/// A session that stands in a rep's schedule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
pub struct Standing {
    /// The session.
    pub id: SessionId,
    /// Counts up with every change.
    pub version: u64,
    /// The group it was planned for.
    pub group: Option<GroupId>,
    /// Its day.
    pub day: u8,
    /// Its scenario.
    pub scenario: ScenarioId,
    /// Where it stands.
    pub status: Status,
    /// Cron planned it, and nobody has moved it since.
    pub planned: bool,
    /// Its slot, Unix ms.
    pub slot_at: u64,
    /// From here it may be started, Unix ms.
    pub opens_at: u64,
    /// From here it may not, Unix ms.
    pub closes_at: u64,
}

impl Standing {
    /// Whether it is cron's to change at `now`: it planned it, and nobody can have started it yet.
    fn is_plan(&self, now: u64) -> bool {
        self.planned && self.status == Status::Scheduled && self.opens_at > now
    }

    /// Whether its day is being done: it runs, or may be started.
    fn serves(&self, now: u64) -> bool {
        match self.status {
            Status::InProgress => true,
            Status::Scheduled => self.opens_at <= now && now < self.closes_at,
            Status::Completed | Status::Missed => false,
        }
    }
}

/// What a rep's sessions are planned by.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Practice {
    /// The days that the rep has completed.
    pub completed: Vec<u8>,
    /// Sessions that run, that may be started, and all that are to come.
    pub sessions: Vec<Standing>,
    /// Dates on which the rep is away, in days since 1970-01-01.
    pub away: Vec<u64>,
    /// Slots at which a manager took a session back or away, Unix ms: none is planned there again.
    pub waived: Vec<u64>,
}

/// A session as it is to stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Planned {
    /// What is practised.
    pub served: Served,
    /// When.
    pub window: Window,
    /// Minutes that the group's clocks are ahead of UTC at the slot.
    pub utc_offset_minutes: i32,
}

/// What has to be done for the schedule to be as it is to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// A session is missing.
    Create(Planned),
    /// A session is to be another one at the same slot.
    Change {
        /// As it stands.
        standing: Standing,
        /// As it is to be.
        planned: Planned,
    },
    /// A session is not to be.
    Drop(Standing),
}

/// What has to be done for a rep of a group. `served` are the days of the programme in their order, `slots` those of the group
/// that are to come; `now` is Unix ms.
pub fn plan(
    group: GroupId,
    served: &[Served],
    slots: &[Slot],
    grace_minutes: u64,
    practice: &Practice,
    now: u64,
) -> Vec<Step> {
    let taken = |day: u8| {
        let being_done = |standing: &Standing| standing.day == day && standing.serves(now);
        practice.completed.contains(&day) || practice.sessions.iter().any(being_done)
    };
    let mut left: Vec<Served> = served
        .iter()
        .copied()
        .filter(|one| !taken(one.day))
        .collect();
    left.reverse();
    let mut steps = Vec::new();
    let mut kept = Vec::new();
    for slot in slots {
        let at_slot = practice.sessions.iter().find(|one| one.slot_at == slot.at);
        if let Some(other) = at_slot.filter(|one| !one.is_plan(now)) {
            // The slot is taken; its day is not to come again right after.
            left.retain(|one| one.day != other.day || other.status != Status::Scheduled);
            continue;
        }
        if practice.away.contains(&slot.local_day()) || practice.waived.contains(&slot.at) {
            continue;
        }
        let Some(served) = left.pop() else { continue };
        let planned = Planned {
            served,
            window: Window::around(slot.at, grace_minutes),
            utc_offset_minutes: slot.utc_offset_minutes,
        };
        let Some(standing) = at_slot else {
            steps.push(Step::Create(planned));
            continue;
        };
        kept.push(standing.id);
        let as_planned = standing.group == Some(group)
            && (standing.day, standing.scenario) == (served.day, served.scenario)
            && (standing.opens_at, standing.closes_at)
                == (planned.window.opens_at, planned.window.closes_at);
        if !as_planned {
            steps.push(Step::Change {
                standing: *standing,
                planned,
            });
        }
    }
    let plans = practice.sessions.iter().filter(|one| one.is_plan(now));
    let drops = plans.filter(|one| !kept.contains(&one.id));
    steps.extend(drops.copied().map(Step::Drop));
    steps
}

/// Whether a rep may practise a day freely: one that was completed in the programme, whose answers are known to them by now. Who
/// is through the programme may practise any. Everything else waits for its slot: its first answer is to be an unaided one.
pub fn is_unlocked(day: u8, completed: &[u8], days_total: u8) -> bool {
    completed.contains(&day) || (1..=days_total).all(|day| completed.contains(&day))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use proptest::prelude::*;
    use uuid::Uuid;

    const MINUTE: u64 = 60_000;
    const DAY: u64 = 24 * 60 * MINUTE;
    const NOW: u64 = 20_000 * DAY;
    const GRACE: u64 = 60;

    fn group() -> GroupId {
        GroupId(Uuid::from_u128(7))
    }

    fn scenario(day: u8) -> ScenarioId {
        ScenarioId(Uuid::from_u128(day.into()))
    }

    fn days(days: impl IntoIterator<Item = u8>) -> Vec<Served> {
        let served = |day| Served {
            day,
            scenario: scenario(day),
        };
        days.into_iter().map(served).collect()
    }

    fn slots(hours: &[u64]) -> Vec<Slot> {
        let slot = |hours: &u64| Slot {
            at: NOW + hours * 60 * MINUTE,
            utc_offset_minutes: 0,
        };
        hours.iter().map(slot).collect()
    }

    fn standing(planned: Planned, id: u128) -> Standing {
        Standing {
            id: SessionId(Uuid::from_u128(id)),
            version: 1,
            group: Some(group()),
            day: planned.served.day,
            scenario: planned.served.scenario,
            status: Status::Scheduled,
            planned: true,
            slot_at: planned.window.slot_at,
            opens_at: planned.window.opens_at,
            closes_at: planned.window.closes_at,
        }
    }

    fn planned_at(hours: u64, day: u8) -> Planned {
        Planned {
            served: Served {
                day,
                scenario: scenario(day),
            },
            window: Window::around(NOW + hours * 60 * MINUTE, GRACE),
            utc_offset_minutes: 0,
        }
    }

    fn steps(practice: &Practice, hours: &[u64]) -> Vec<Step> {
        plan(group(), &days(1..=10), &slots(hours), GRACE, practice, NOW)
    }

    /// Does what is to be done.
    fn done(practice: &Practice, steps: &[Step]) -> Practice {
        let mut after = practice.clone();
        for (number, step) in steps.iter().enumerate() {
            match step {
                Step::Create(planned) => after
                    .sessions
                    .push(standing(*planned, 1_000 + u128::try_from(number).unwrap())),
                Step::Change {
                    standing: old,
                    planned,
                } => {
                    after.sessions.retain(|one| one.id != old.id);
                    after.sessions.push(standing(*planned, old.id.0.as_u128()));
                }
                Step::Drop(old) => after.sessions.retain(|one| one.id != old.id),
            }
        }
        after
    }

    #[test]
    fn the_next_days_that_are_not_completed() {
        let practice = Practice {
            completed: vec![1, 3],
            ..Practice::default()
        };
        let created = [planned_at(2, 2), planned_at(26, 4)].map(Step::Create);
        assert_eq!(steps(&practice, &[2, 26]), created);
    }

    #[test]
    fn a_missed_day_comes_again() {
        // Day 1 was assumed done when day 2 was planned; it was missed.
        let practice = Practice {
            sessions: vec![standing(planned_at(24, 2), 1)],
            ..Practice::default()
        };
        let again = Step::Change {
            standing: standing(planned_at(24, 2), 1),
            planned: planned_at(24, 1),
        };
        assert_eq!(steps(&practice, &[24]), [again]);
    }

    #[test]
    fn a_day_that_is_being_done_is_not_planned_again() {
        let mut running = standing(planned_at(0, 1), 1);
        running.status = Status::InProgress;
        let open = standing(planned_at(0, 1), 1);
        for session in [running, open] {
            let practice = Practice {
                sessions: vec![session],
                ..Practice::default()
            };
            assert_eq!(
                steps(&practice, &[24]),
                [Step::Create(planned_at(24, 2))],
                "{session:?}"
            );
        }
    }

    #[test]
    fn who_has_done_everything_has_no_more_sessions() {
        let practice = Practice {
            completed: (1..=10).collect(),
            sessions: vec![standing(planned_at(24, 10), 1)],
            ..Practice::default()
        };
        assert_eq!(
            steps(&practice, &[24]),
            [Step::Drop(standing(planned_at(24, 10), 1))]
        );
    }

    #[test]
    fn what_a_manager_did_stands() {
        let mut by_hand = standing(planned_at(2, 5), 1);
        by_hand.planned = false;
        let practice = Practice {
            completed: vec![1],
            sessions: vec![by_hand],
            waived: vec![NOW + 26 * 60 * MINUTE],
            ..Practice::default()
        };
        assert_eq!(
            steps(&practice, &[2, 26, 27]),
            [Step::Create(planned_at(27, 2))]
        );
    }

    #[test]
    fn a_rep_on_leave_gets_none() {
        let practice = Practice {
            sessions: vec![standing(planned_at(24, 1), 1)],
            away: vec![20_001],
            ..Practice::default()
        };
        assert_eq!(
            steps(&practice, &[2, 24, 49]),
            [
                Step::Create(planned_at(2, 1)),
                Step::Create(planned_at(49, 2)),
                Step::Drop(standing(planned_at(24, 1), 1)),
            ]
        );
    }

    #[test]
    fn another_group_and_another_grace_are_taken_over() {
        let mut other = standing(planned_at(24, 1), 1);
        other.group = None;
        let mut shorter = standing(planned_at(24, 1), 1);
        shorter.closes_at -= MINUTE;
        for old in [other, shorter] {
            let practice = Practice {
                sessions: vec![old],
                ..Practice::default()
            };
            let change = Step::Change {
                standing: old,
                planned: planned_at(24, 1),
            };
            assert_eq!(steps(&practice, &[24]), [change]);
        }
    }

    #[test]
    fn what_was_completed_may_be_practised_freely_and_in_the_end_everything() {
        assert!(!is_unlocked(1, &[], 10));
        assert!(is_unlocked(2, &[1, 2], 10) && !is_unlocked(3, &[1, 2], 10));
        // The programme is of three days here; the library has more.
        assert!(!is_unlocked(7, &[1, 3], 3));
        assert!(is_unlocked(7, &[3, 1, 2], 3));
    }

    fn any_standing() -> impl Strategy<Value = Standing> {
        (0_u64..60, 1_u8..=10, 0_u8..4, any::<bool>(), any::<u64>()).prop_map(
            |(hours, day, status, planned, id)| {
                let mut one = standing(planned_at(hours, day), id.into());
                one.planned = planned;
                one.status = match status {
                    0 => Status::InProgress,
                    1 => Status::Completed,
                    _ => Status::Scheduled,
                };
                one
            },
        )
    }

    fn any_practice() -> impl Strategy<Value = Practice> {
        (
            prop::collection::vec(1_u8..=10, 0..10),
            prop::collection::vec(any_standing(), 0..5),
            prop::collection::vec(20_000_u64..20_003, 0..2),
        )
            .prop_map(|(completed, mut sessions, away)| {
                // A slot is taken once.
                sessions.sort_by_key(|one| one.slot_at);
                sessions.dedup_by_key(|one| one.slot_at);
                Practice {
                    completed,
                    sessions,
                    away,
                    waived: Vec::new(),
                }
            })
    }

    proptest! {
        /// Twice is once: what was planned is as it is to be.
        #[test]
        fn a_plan_that_is_carried_out_stands(practice in any_practice(), hours in prop::collection::btree_set(1_u64..60, 0..4)) {
            let hours: Vec<_> = hours.into_iter().collect();
            let after = done(&practice, &steps(&practice, &hours));
            prop_assert_eq!(steps(&after, &hours), []);
        }

        /// Nothing that was started, may be started or was scheduled by hand is touched; no slot is taken twice, and no day is
        /// planned twice or again.
        #[test]
        fn a_plan_is_sound(practice in any_practice(), hours in prop::collection::btree_set(1_u64..60, 0..4)) {
            let hours: Vec<_> = hours.into_iter().collect();
            let after = done(&practice, &steps(&practice, &hours));
            for before in practice.sessions.iter().filter(|one| !one.is_plan(NOW)) {
                prop_assert!(after.sessions.contains(before));
            }
            let mut taken: Vec<_> = after.sessions.iter().map(|one| one.slot_at).collect();
            taken.sort_unstable();
            taken.dedup();
            prop_assert_eq!(taken.len(), after.sessions.len());
            let plans: Vec<_> = after.sessions.iter().filter(|one| one.is_plan(NOW)).collect();
            for plan in &plans {
                prop_assert!(!practice.completed.contains(&plan.day));
                prop_assert!(hours.iter().any(|hour| NOW + hour * 60 * MINUTE == plan.slot_at));
            }
            let mut days: Vec<_> = plans.iter().map(|one| one.day).collect();
            days.sort_unstable();
            days.dedup();
            prop_assert_eq!(days.len(), plans.len());
        }
    }
}
