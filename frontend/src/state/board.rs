//! The manager's board: today's practice slot by slot, and in which words somebody needs attention.

use contract::analytics::{RepLine, TodaysPractice, TodaysSession};
use domain::attention::Reason;
use domain::scoring::Metric;
use domain::session::Status;

/// Today's sessions that begin at one moment.
#[derive(Debug, PartialEq, Eq)]
pub struct AtSlot<'a> {
    /// Unix ms.
    pub slot_at: u64,
    /// Them, as the server orders them.
    pub sessions: Vec<&'a TodaysSession>,
}

/// Today's sessions by slot, in the order of their slots.
pub fn by_slot(sessions: &[TodaysSession]) -> Vec<AtSlot<'_>> {
    sessions
        .chunk_by(|one, next| one.slot_at == next.slot_at)
        .filter_map(|chunk| {
            Some(AtSlot {
                slot_at: chunk.first()?.slot_at,
                sessions: chunk.iter().collect(),
            })
        })
        .collect()
}

/// How a session of today stands, as a manager wants to know it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    /// Completed in time.
    Practised,
    /// Completed, but started late.
    PractisedLate,
    /// At it.
    Running,
    /// Its slot is there and nobody has started it.
    Waiting,
    /// It may be started already; its slot comes.
    Open,
    /// Its window opens later.
    Coming,
    /// Nobody came.
    Missed,
}

impl Standing {
    /// Of a session, at this moment of the server's clock (Unix ms).
    pub fn of(session: &TodaysSession, now: u64) -> Self {
        let window = (session.opens_at, session.slot_at);
        Self::at(session.status, session.late, window, now)
    }

    /// Of a session in this state, started late or not, which opens and has its slot at these moments.
    pub fn at(status: Status, late: bool, (opens_at, slot_at): (u64, u64), now: u64) -> Self {
        match status {
            Status::Completed if late => Self::PractisedLate,
            Status::Completed => Self::Practised,
            Status::InProgress => Self::Running,
            Status::Missed => Self::Missed,
            Status::Scheduled if now >= slot_at => Self::Waiting,
            Status::Scheduled if now >= opens_at => Self::Open,
            Status::Scheduled => Self::Coming,
        }
    }

    /// In a word or two.
    pub fn words(self) -> &'static str {
        match self {
            Self::Practised => tr!("Done"),
            Self::PractisedLate => tr!("Done, late"),
            Self::Running => tr!("Practising now"),
            Self::Waiting => tr!("Not started"),
            Self::Open => tr!("Open now"),
            Self::Coming => tr!("To come"),
            Self::Missed => tr!("Missed"),
        }
    }
}

/// "7 of 12 practised", or what there is to say instead.
pub fn headline(today: &TodaysPractice) -> String {
    let all = today.sessions.len();
    match (all, today.practised) {
        (0, _) => tr!("No practice is scheduled today").to_owned(),
        (1, 1) => tr!("The one session of today is done").to_owned(),
        (_, done) if usize::try_from(done).is_ok_and(|done| done == all) => {
            tr!("All {all} practised today", all = all)
        }
        (_, done) => tr!("{done} of {all} practised today", done = done, all = all),
    }
}

/// Why somebody needs attention, as a manager would say it.
pub fn reason_words(reason: &Reason, metric_name: fn(Metric) -> &'static str) -> String {
    match *reason {
        Reason::NeverPractised { missed } => {
            tr!("Has never practised; missed 1 session"
                | "Has never practised; missed {n} sessions" % missed)
        }
        Reason::Missed { count } => {
            tr!("Missed one session in two weeks" | "Missed {n} sessions in two weeks" % count)
        }
        Reason::Paused { days } => {
            tr!("Has not practised for one day" | "Has not practised for {n} days" % days)
        }
        Reason::Late { count } => {
            tr!("Started late once in two weeks" | "Started late {n} times in two weeks" % count)
        }
        Reason::Falling { from, to } => {
            tr!(
                "First answers fell from {from} to {to} in a week",
                from = whole(from),
                to = whole(to)
            )
        }
        Reason::LowScore { score } => {
            tr!(
                "Final answers at {score}: the corrections do not arrive",
                score = whole(score)
            )
        }
        Reason::WeakMetric { metric, score } => {
            tr!(
                "Weakest in {metric} ({score})",
                metric = metric_name(metric).to_lowercase(),
                score = whole(score)
            )
        }
    }
}

fn whole(score: f64) -> String {
    format!("{score:.0}")
}

/// Reps who have practised, those first who gain most by saying it again; the others are nobody's comparison.
pub fn by_gain(reps: &[RepLine]) -> Vec<(&RepLine, f64, f64)> {
    let mut known: Vec<_> = reps
        .iter()
        .filter_map(|rep| {
            let figures = &rep.figures.figures;
            Some((rep, figures.avg_first_score?, figures.avg_score?))
        })
        .collect();
    known.sort_by(|one, other| (other.2 - other.1).total_cmp(&(one.2 - one.1)));
    known
}

#[cfg(test)]
mod tests {
    use super::*;
    use contract::analytics::{Figures, MetricAverages, PersonName, RepFigures};
    use domain::ids::{SessionId, UserId};
    use uuid::Uuid;

    fn person(name: &str) -> PersonName {
        PersonName {
            user_id: UserId(Uuid::nil()),
            name: name.to_owned(),
        }
    }

    fn session(slot_at: u64, status: Status) -> TodaysSession {
        TodaysSession {
            session_id: SessionId(Uuid::nil()),
            person: person("Asha Verma"),
            day: 3,
            status,
            late: false,
            slot_at,
            opens_at: slot_at.saturating_sub(10),
            started_at: None,
            ended_at: None,
            first_score: None,
            score: None,
        }
    }

    fn rep(name: &str, scores: Option<(f64, f64)>) -> RepLine {
        let figures = Figures {
            avg_first_score: scores.map(|(first, _)| first),
            avg_score: scores.map(|(_, last)| last),
            ..Figures::default()
        };
        RepLine {
            person: person(name),
            figures: RepFigures {
                figures,
                best_score: None,
                streak: 0,
                days_completed: 0,
                last_practised_at: None,
                averages: MetricAverages::default(),
            },
            first_score_improvement: None,
        }
    }

    #[test]
    fn sessions_of_one_slot_stand_together() {
        let all = [
            session(1, Status::Completed),
            session(1, Status::Missed),
            session(2, Status::Scheduled),
        ];
        let slots = by_slot(&all);
        let sizes: Vec<_> = slots
            .iter()
            .map(|slot| (slot.slot_at, slot.sessions.len()))
            .collect();
        assert_eq!(sizes, [(1, 2), (2, 1)]);
        assert_eq!(by_slot(&[]), []);
    }

    #[test]
    fn a_session_comes_until_its_window_opens_and_waits_from_its_slot_on() {
        let scheduled = session(100, Status::Scheduled);
        let at = |now| Standing::of(&scheduled, now);
        assert_eq!(at(89), Standing::Coming);
        assert_eq!(at(90), Standing::Open);
        assert_eq!(at(99), Standing::Open);
        assert_eq!(at(100), Standing::Waiting);
        let late = TodaysSession {
            late: true,
            ..session(100, Status::Completed)
        };
        assert_eq!(Standing::of(&late, 0), Standing::PractisedLate);
    }

    #[test]
    fn the_headline_counts_or_says_that_there_is_nothing_to_count() {
        let of = |practised, sessions: usize| {
            headline(&TodaysPractice {
                practised,
                sessions: vec![session(1, Status::Scheduled); sessions],
                ..TodaysPractice::default()
            })
        };
        assert_eq!(of(0, 0), "No practice is scheduled today");
        assert_eq!(of(7, 12), "7 of 12 practised today");
        assert_eq!(of(12, 12), "All 12 practised today");
        assert_eq!(of(1, 1), "The one session of today is done");
    }

    #[test]
    fn reps_are_compared_once_they_have_practised() {
        let reps = [
            rep("New", None),
            rep("Steady", Some((60.0, 70.0))),
            rep("Learner", Some((40.0, 75.0))),
        ];
        let names: Vec<_> = by_gain(&reps)
            .into_iter()
            .map(|(rep, ..)| rep.person.name.as_str())
            .collect();
        assert_eq!(names, ["Learner", "Steady"]);
    }
}
