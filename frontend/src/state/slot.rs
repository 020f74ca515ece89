//! Where a session stands in its window, and what the rep can do about it.

use super::pace::remaining;
use contract::session::Session;
use domain::session::Status;
use domain::slot::{Phase, Window};

/// How a session meets the rep now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Slot {
    /// Opens later.
    Early {
        /// ms until it opens.
        opens_in: u64,
    },
    /// May be started.
    Open {
        /// ms until it may not any more.
        closes_in: u64,
        /// It would count as late.
        late: bool,
    },
    /// Its window is over, and nobody started it.
    Closed,
    /// Was started and goes on at any time.
    Running,
    /// Is done.
    Completed,
    /// Was missed.
    Missed,
}

impl Slot {
    /// How `session` meets the rep at `now`, Unix ms by the server's clock.
    pub fn of(session: &Session, now: u64) -> Self {
        match session.status {
            Status::InProgress => return Slot::Running,
            Status::Completed => return Slot::Completed,
            Status::Missed => return Slot::Missed,
            Status::Scheduled => {}
        }
        let window = Window {
            slot_at: session.slot_at,
            opens_at: session.opens_at,
            closes_at: session.closes_at,
        };
        let closes_in = session.closes_at.saturating_sub(now);
        match window.phase(now) {
            Phase::Early => Slot::Early {
                opens_in: session.opens_at.saturating_sub(now),
            },
            Phase::OnTime => Slot::Open {
                closes_in,
                late: false,
            },
            Phase::Late => Slot::Open {
                closes_in,
                late: true,
            },
            Phase::Closed => Slot::Closed,
        }
    }

    /// Whether the rep may practise it now.
    pub fn may_practise(self) -> bool {
        matches!(self, Slot::Open { .. } | Slot::Running)
    }

    /// The line under the slot's time.
    pub fn line(self) -> String {
        match self {
            Slot::Early { opens_in } => tr!("Opens in {}", remaining(opens_in)),
            Slot::Open {
                closes_in,
                late: false,
            } => tr!("Open now · closes in {}", remaining(closes_in)),
            Slot::Open {
                closes_in,
                late: true,
            } => tr!("Late, and still open for {}", remaining(closes_in)),
            Slot::Closed => tr!("The window is over").to_owned(),
            Slot::Running => tr!("You are in the middle of it").to_owned(),
            Slot::Completed => tr!("Done for today").to_owned(),
            Slot::Missed => tr!("Missed · this day comes again next time").to_owned(),
        }
    }
}

#[cfg(test)]
pub mod tests {
    use super::*;
    use domain::ids::{ScenarioId, SessionId, UserId};
    use domain::session::SessionKind;
    use uuid::Uuid;

    /// A session of day 1 whose window is small.
    pub fn session(status: Status) -> Session {
        Session {
            id: SessionId(Uuid::nil()),
            user_id: UserId(Uuid::nil()),
            scenario_id: ScenarioId(Uuid::nil()),
            kind: SessionKind::Programme,
            day: 1,
            theme: String::new(),
            description: String::new(),
            status,
            step: None,
            slot_at: 1_000_000,
            opens_at: 400_000,
            closes_at: 4_600_000,
            started_at: None,
            ended_at: None,
            late: false,
            target_minutes: 5,
            drills: vec![],
            score: None,
            first_score: None,
        }
    }

    #[test]
    fn the_window_decides_and_a_started_session_goes_on() {
        let scheduled = session(Status::Scheduled);
        let at = |now| Slot::of(&scheduled, now);
        assert_eq!(at(399_000).line(), "Opens in 1 s");
        assert!(!at(399_999).may_practise());
        assert!(at(400_000).may_practise());
        assert_eq!(at(1_000_000).line(), "Open now · closes in 1 h");
        assert_eq!(
            at(1_700_000),
            Slot::Open {
                closes_in: 2_900_000,
                late: true
            }
        );
        assert_eq!(at(4_600_000), Slot::Closed);
        assert_eq!(
            Slot::of(&session(Status::InProgress), 9_000_000),
            Slot::Running
        );
    }
}
