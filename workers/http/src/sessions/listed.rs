//! Rows of the database as sessions in lists.

use contract::session::{DrillCard, Session};
use domain::session::{SessionKind, Status, Step};
use store::sessions::{DrillCardRow, SessionRow};

const MINUTE_MS: i64 = 60_000;
const DAY_MS: i64 = 24 * 60 * MINUTE_MS;

/// A session as a list shows it. The step of a running one is its object's to tell.
pub(crate) fn listed(row: &SessionRow, step: Option<Step>) -> Session {
    let status = match (row.status, step) {
        // Done, and not handed to the database yet.
        (Status::InProgress, Some(Step::Completed)) => Status::Completed,
        (status, _) => status,
    };
    Session {
        id: row.id,
        user_id: row.user,
        scenario_id: row.scenario,
        kind: row.kind,
        day: row.day,
        theme: row.theme.clone(),
        description: row.description.clone(),
        status,
        step: step.filter(|_| status == Status::InProgress),
        slot_at: row.slot_at,
        opens_at: row.opens_at,
        closes_at: row.closes_at,
        started_at: row.started_at,
        ended_at: row.ended_at,
        late: row.late,
        target_minutes: row.target_minutes,
        drills: row.drills.iter().map(card).collect(),
        score: row.score,
        first_score: row.first_score,
    }
}

/// A drill as a rep may know it beforehand.
pub(crate) fn card(row: &DrillCardRow) -> DrillCard {
    DrillCard {
        id: row.id.clone(),
        title: row.title.clone(),
        customer_name: row.customer_name.clone(),
        customer_business: row.customer_business.clone(),
    }
}

/// Whether a session is for the rep's today, by the calendar of its own group: what runs is, what was finished today is, and
/// what may still be started is unless its slot is on a later date. A free practice that was left standing is of its own date
/// alone: it waits in the library.
pub(crate) fn is_for_today(row: &SessionRow, now_ms: u64) -> bool {
    let date = |at_ms: u64| {
        let local = i64::try_from(at_ms).unwrap_or(i64::MAX);
        local
            .saturating_add(i64::from(row.utc_offset_minutes) * MINUTE_MS)
            .div_euclid(DAY_MS)
    };
    match row.status {
        Status::InProgress => {
            row.kind == SessionKind::Programme || date(row.slot_at) == date(now_ms)
        }
        Status::Scheduled => date(row.slot_at) <= date(now_ms) || row.opens_at <= now_ms,
        Status::Completed => row.ended_at.map(date) == Some(date(now_ms)),
        Status::Missed => false,
    }
}

#[cfg(test)]
pub(crate) mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use domain::ids::{CompanyId, ScenarioId, SessionId, UserId};

    /// 2026-11-20, 00:00 UTC.
    const MIDNIGHT: u64 = 1_795_132_800_000;
    const HOUR: u64 = 3_600_000;
    const INDIA: i32 = 330;

    fn row(status: Status, slot_at: u64) -> SessionRow {
        let id = uuid::Uuid::nil();
        SessionRow {
            id: SessionId(id),
            company: CompanyId(id),
            user: UserId(id),
            rep_name: "Asha Verma".into(),
            group_id: None,
            scenario: ScenarioId(id),
            kind: SessionKind::Programme,
            version: 1,
            day: 1,
            theme: "Small pack".into(),
            description: "A start".into(),
            status,
            slot_at,
            opens_at: slot_at - 600_000,
            closes_at: slot_at + HOUR,
            started_at: None,
            ended_at: (status == Status::Completed).then_some(slot_at + 300_000),
            late: false,
            target_minutes: 5,
            drills: vec![],
            score: None,
            first_score: None,
            utc_offset_minutes: INDIA,
            model: None,
            last_event_id: None,
            suspected: false,
        }
    }

    #[test]
    fn the_day_is_the_groups_own() {
        // 20 November in India lasts from 18:30 UTC on the 19th to 18:30 UTC on the 20th.
        let begin = MIDNIGHT - 5 * HOUR - HOUR / 2;
        let end = begin + 24 * HOUR;
        let evening = row(Status::Completed, MIDNIGHT - 11 * HOUR);
        let morning = row(Status::Completed, begin + 11 * HOUR);
        assert!(!is_for_today(&evening, begin + 8 * HOUR));
        assert!(is_for_today(&morning, end - 1));
        assert!(!is_for_today(&morning, end));

        let tomorrow = row(Status::Scheduled, end + 11 * HOUR);
        assert!(!is_for_today(&tomorrow, end - 1));
        assert!(is_for_today(&tomorrow, end));
        let just_after_midnight = row(Status::Scheduled, end + 60_000);
        assert!(is_for_today(&just_after_midnight, end - 540_000));

        assert!(is_for_today(
            &row(Status::InProgress, begin - 72 * HOUR),
            begin
        ));
        assert!(!is_for_today(&row(Status::Missed, begin), begin));

        let mut practice = row(Status::InProgress, begin + HOUR);
        practice.kind = SessionKind::Practice;
        assert!(is_for_today(&practice, end - 1));
        assert!(!is_for_today(&practice, end));
    }

    #[test]
    fn a_step_shows_only_while_it_runs() {
        let running = row(Status::InProgress, MIDNIGHT);
        let shown = listed(&running, Some(Step::CoachCorrection));
        assert_eq!(shown.step, Some(Step::CoachCorrection));
        let done = listed(&running, Some(Step::Completed));
        assert_eq!((done.status, done.step), (Status::Completed, None));
    }
}
