//! Scheduling a single session, moving it and taking it back, as long as it was not started.

use crate::audit::{self, Change};
use crate::{Db, DbError, FromRow, Statement};
use domain::ids::{CompanyId, ScenarioId, SessionId, UserId};
use domain::slot::Window;

/// What a slot of a rep is planned by.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct Schedulable {
    /// The zone of the rep's group.
    pub zone: Option<String>,
    /// Minutes after the slot until the session is missed.
    pub grace_minutes: u64,
}

const SCHEDULABLE: &str = "
    SELECT g.zone, c.grace_minutes
    FROM users u JOIN companies c ON c.id = u.company_id
    LEFT JOIN group_members m ON m.user_id = u.id LEFT JOIN groups g ON g.id = m.group_id
    WHERE u.id = ?1 AND u.company_id = ?2 AND u.role = 'sales_rep' AND u.is_active = 1";

/// What a rep's slots are planned by; `None` when the company has no such active rep.
pub async fn schedulable(
    db: &impl Db,
    company: CompanyId,
    rep: UserId,
) -> Result<Option<Schedulable>, DbError> {
    db.first(Statement::new(SCHEDULABLE).bind(rep).bind(company))
        .await
}

/// What is practised, and when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Planned {
    /// The scenario.
    pub scenario: ScenarioId,
    /// Its day, 1 to 10.
    pub day: u8,
    /// When it may be started.
    pub window: Window,
    /// Minutes that the rep's clock is ahead of UTC at the slot.
    pub utc_offset_minutes: i32,
    /// Unix ms.
    pub now: u64,
}

/// A session to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewSession {
    /// Its id.
    pub id: SessionId,
    /// The tenant.
    pub company: CompanyId,
    /// The rep.
    pub rep: UserId,
    /// What and when.
    pub planned: Planned,
}

const SCHEDULE: &str = "
    INSERT INTO sessions (id, company_id, user_id, group_id, team_id, scenario_id, day, status, slot_at, opens_at, closes_at,
                          utc_offset_minutes, created_at, updated_at)
    SELECT ?1, u.company_id, u.id, g.group_id, t.team_id, ?4, ?5, 'scheduled', ?6, ?7, ?8, ?9, ?10, ?10
    FROM users u LEFT JOIN team_members t ON t.user_id = u.id LEFT JOIN group_members g ON g.user_id = u.id
    WHERE u.id = ?3 AND u.company_id = ?2 AND u.role = 'sales_rep' AND u.is_active = 1";

/// Schedules a session. Gives false when the company has no such active rep; [`DbError::Exists`] when the rep has one at that
/// slot.
pub async fn schedule(db: &impl Db, new: &NewSession, change: &Change) -> Result<bool, DbError> {
    let insert = Statement::new(SCHEDULE)
        .bind(new.id)
        .bind(new.company)
        .bind(new.rep);
    let batch = vec![
        bind_planned(insert, &new.planned),
        audit::entry_if_changed(change),
    ];
    let changed = db.batch(batch).await?;
    Ok(changed.first().is_some_and(|rows| *rows > 0))
}

/// The slot that a session leaves. `?3` is the version that was read, or NULL.
const WAIVE: &str = "
    INSERT INTO waived_slots (company_id, user_id, slot_at)
    SELECT company_id, user_id, slot_at FROM sessions
    WHERE id = ?1 AND company_id = ?2 AND version = coalesce(?3, version) AND status = 'scheduled' AND slot_at IS NOT ?4
    ON CONFLICT DO NOTHING";

const RESCHEDULE: &str = "
    UPDATE sessions SET scenario_id = ?4, day = ?5, slot_at = ?6, opens_at = ?7, closes_at = ?8, utc_offset_minutes = ?9,
        updated_at = ?10, reminded_at = NULL, planned = 0, version = version + 1
    WHERE id = ?1 AND company_id = ?2 AND version = ?3 AND status = 'scheduled'";

/// Moves a session that was not started; from now on cron leaves it alone, and its old slot free. Gives false when it is not as its editor read it; [`DbError::Exists`] when the rep
/// has another one at that slot.
pub async fn reschedule(
    db: &impl Db,
    company: CompanyId,
    session: SessionId,
    version: u64,
    planned: &Planned,
    change: &Change,
) -> Result<bool, DbError> {
    let update = Statement::new(RESCHEDULE)
        .bind(session)
        .bind(company)
        .bind(version);
    let waive = Statement::new(WAIVE)
        .bind(session)
        .bind(company)
        .bind(version)
        .bind(planned.window.slot_at);
    let batch = vec![
        waive,
        bind_planned(update, planned),
        audit::entry_if_changed(change),
    ];
    let changed = db.batch(batch).await?;
    Ok(changed.get(1).is_some_and(|rows| *rows > 0))
}

fn bind_planned(statement: Statement, planned: &Planned) -> Statement {
    statement
        .bind(planned.scenario)
        .bind(planned.day)
        .bind(planned.window.slot_at)
        .bind(planned.window.opens_at)
        .bind(planned.window.closes_at)
        .bind(i64::from(planned.utc_offset_minutes))
        .bind(planned.now)
}

const UNSCHEDULE: &str =
    "DELETE FROM sessions WHERE id = ?1 AND company_id = ?2 AND status = 'scheduled'";

/// Takes back a session that was not started; cron plans none again at its slot. Gives false of any other.
pub async fn unschedule(
    db: &impl Db,
    company: CompanyId,
    session: SessionId,
    change: &Change,
) -> Result<bool, DbError> {
    let delete = Statement::new(UNSCHEDULE).bind(session).bind(company);
    let waive = Statement::new(WAIVE)
        .bind(session)
        .bind(company)
        .bind(None::<u64>)
        .bind(None::<u64>);
    let changed = db
        .batch(vec![waive, delete, audit::entry_if_changed(change)])
        .await?;
    Ok(changed.get(1).is_some_and(|rows| *rows > 0))
}
