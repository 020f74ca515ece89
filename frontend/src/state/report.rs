//! What the sessions of a report come to.

use contract::session::ListedSession;
use domain::session::Status;

/// A report in numbers.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Summary {
    /// All of them.
    pub sessions: usize,
    /// Completed ones.
    pub done: usize,
    /// Of those, started late.
    pub late: usize,
    /// Missed ones.
    pub missed: usize,
    /// The mean of first answers' scores.
    pub first: Option<f64>,
    /// The mean of final answers' scores.
    pub last: Option<f64>,
}

impl Summary {
    /// Of these sessions.
    pub fn of<'a>(sessions: impl IntoIterator<Item = &'a ListedSession>) -> Self {
        let mut summary = Self::default();
        let (mut first, mut last) = (Vec::new(), Vec::new());
        for listed in sessions {
            let session = &listed.session;
            summary.sessions += 1;
            match session.status {
                Status::Completed => {
                    summary.done += 1;
                    summary.late += usize::from(session.late);
                    first.extend(session.first_score);
                    last.extend(session.score);
                }
                Status::Missed => summary.missed += 1,
                Status::Scheduled | Status::InProgress => {}
            }
        }
        Self {
            first: mean(&first),
            last: mean(&last),
            ..summary
        }
    }

    /// Of those that were to be practised: those that were, in percent.
    pub fn practised_percent(&self) -> Option<usize> {
        let due = self.done + self.missed;
        (due > 0).then(|| (self.done * 200 + due) / (due * 2))
    }
}

fn mean(scores: &[u8]) -> Option<f64> {
    let count = u32::try_from(scores.len())
        .ok()
        .filter(|count| *count > 0)?;
    Some(scores.iter().copied().map(f64::from).sum::<f64>() / f64::from(count))
}

#[cfg(test)]
mod tests {
    use super::*;
    use contract::session::Session;
    use domain::ids::{ScenarioId, SessionId, UserId};
    use domain::session::SessionKind;
    use uuid::Uuid;

    fn session(status: Status, late: bool, scores: Option<(u8, u8)>) -> ListedSession {
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
                slot_at: 1,
                opens_at: 1,
                closes_at: 1,
                started_at: None,
                ended_at: None,
                late,
                target_minutes: 5,
                drills: vec![],
                score: scores.map(|(_, last)| last),
                first_score: scores.map(|(first, _)| first),
            },
            group_id: None,
            suspected: false,
            rep_name: String::new(),
        }
    }

    #[test]
    fn what_is_to_come_is_counted_and_is_nobodys_fault() {
        let all = [
            session(Status::Completed, true, Some((40, 70))),
            session(Status::Completed, false, Some((50, 81))),
            session(Status::Missed, false, None),
            session(Status::Scheduled, false, None),
        ];
        let summary = Summary::of(&all);
        assert_eq!(
            summary,
            Summary {
                sessions: 4,
                done: 2,
                late: 1,
                missed: 1,
                first: Some(45.0),
                last: Some(75.5),
            }
        );
        assert_eq!(summary.practised_percent(), Some(67));
        assert_eq!(Summary::of(&[]).practised_percent(), None);
    }
}
