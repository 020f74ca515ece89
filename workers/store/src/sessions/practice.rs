//! Free practice: a rep practises a completed day again, at any time.

use crate::{Db, DbError, FromRow, Statement};
use domain::ids::{CompanyId, ScenarioId, SessionId, UserId};

/// What free practice of a scenario hangs on.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct Freely {
    /// The zone of the rep's group.
    pub zone: Option<String>,
    /// Minutes that the company gives a session to be started.
    pub grace_minutes: u64,
    /// Days of the programme.
    pub days_total: u8,
    /// The days of it that the rep has completed.
    pub completed: Vec<u8>,
    /// The rep's practice of that scenario that runs.
    pub running: Option<SessionId>,
}

const FREELY: &str = "
    SELECT g.zone, c.grace_minutes, c.training_days AS days_total,
           (SELECT json_group_array(DISTINCT r.day) FROM rep_scenario_rollups r
            WHERE r.company_id = u.company_id AND r.user_id = u.id AND r.completed > 0) AS completed,
           (SELECT s.id FROM sessions s
            WHERE s.company_id = u.company_id AND s.user_id = u.id AND s.status = 'in_progress' AND s.kind = 'practice'
              AND +s.scenario_id = ?3) AS running
    FROM users u JOIN companies c ON c.id = u.company_id
    LEFT JOIN group_members m ON m.user_id = u.id LEFT JOIN groups g ON g.id = m.group_id
    WHERE u.id = ?1 AND u.company_id = ?2 AND u.role = 'sales_rep' AND u.is_active = 1";

/// What a rep's free practice of a scenario hangs on; `None` when the company has no such active rep.
pub async fn freely(
    db: &impl Db,
    company: CompanyId,
    rep: UserId,
    scenario: ScenarioId,
) -> Result<Option<Freely>, DbError> {
    let statement = Statement::new(FREELY)
        .bind(rep)
        .bind(company)
        .bind(scenario);
    db.first(statement).await
}

/// A session of free practice to be. It runs from the start: there is nothing to miss.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewPractice {
    /// Its id.
    pub id: SessionId,
    /// The tenant.
    pub company: CompanyId,
    /// The rep.
    pub rep: UserId,
    /// The scenario.
    pub scenario: ScenarioId,
    /// Its day, 1 to 10.
    pub day: u8,
    /// Minutes that the rep's clock is ahead of UTC.
    pub utc_offset_minutes: i32,
    /// Minutes that the company gives a session to be started.
    pub grace_minutes: u64,
    /// Unix ms.
    pub now: u64,
}

impl NewPractice {
    /// What stands in the place of its slot. A rep has one session at a slot, and slots are whole minutes: this never is one.
    fn at(&self) -> u64 {
        self.now | 1
    }
}

/// None while one of the same scenario runs: two presses are one practice.
const PRACTISE: &str = "
    INSERT INTO sessions (id, company_id, user_id, group_id, team_id, scenario_id, kind, day, status, slot_at, opens_at,
                          closes_at, utc_offset_minutes, started_at, created_at, updated_at)
    SELECT ?1, u.company_id, u.id, g.group_id, t.team_id, ?4, 'practice', ?5, 'in_progress', ?6, ?6, ?7, ?8, ?9, ?9, ?9
    FROM users u LEFT JOIN team_members t ON t.user_id = u.id LEFT JOIN group_members g ON g.user_id = u.id
    WHERE u.id = ?3 AND u.company_id = ?2 AND u.role = 'sales_rep' AND u.is_active = 1
      AND NOT EXISTS (SELECT 1 FROM sessions s
                      WHERE s.company_id = ?2 AND s.user_id = ?3 AND s.status = 'in_progress' AND s.kind = 'practice'
                        AND +s.scenario_id = ?4)";

/// Begins a free practice. Gives false when one of that scenario runs already, or the company has no such active rep.
pub async fn practise(db: &impl Db, new: &NewPractice) -> Result<bool, DbError> {
    let statement = Statement::new(PRACTISE)
        .bind(new.id)
        .bind(new.company)
        .bind(new.rep)
        .bind(new.scenario)
        .bind(new.day)
        .bind(new.at())
        .bind(new.at() + new.grace_minutes * 60_000)
        .bind(i64::from(new.utc_offset_minutes))
        .bind(new.now);
    Ok(db.run(statement).await? > 0)
}
