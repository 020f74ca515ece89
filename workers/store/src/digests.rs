//! The weekly mail to managers: whom it is due to, and what their reps' week was.

use crate::outbox::{self, NewMail};
use crate::{Db, DbError, FromRow, Statement};
use domain::ids::{CompanyId, UserId};
use serde_json::{Value as Json, json};

/// A manager whose weekly mail is due.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct DueManager {
    /// The manager.
    pub manager: UserId,
    /// Their tenant.
    pub company: CompanyId,
    /// Their address.
    pub email: String,
    /// "Meera".
    pub first_name: String,
    /// When it was due, Unix ms; 0: never reckoned.
    pub due_at: u64,
    /// The zone of the first group they lead.
    pub zone: Option<String>,
    /// Their company may log in.
    pub company_active: bool,
}

const DUE: &str = "
    WITH found AS MATERIALIZED (
        SELECT id FROM users WHERE role = 'manager' AND is_active = 1 AND mail_digest = 1 AND digest_due_at <= ?1
        ORDER BY digest_due_at LIMIT ?2)
    SELECT u.id AS manager, u.company_id AS company, u.email, u.first_name, u.digest_due_at AS due_at,
           (SELECT g.zone FROM teams t JOIN groups g ON g.company_id = t.company_id AND g.team_id = t.id
            WHERE t.company_id = u.company_id AND t.manager_id = u.id ORDER BY g.id LIMIT 1) AS zone,
           c.is_active AND coalesce(c.plan_ends_at > ?1, 1) AS company_active
    FROM found CROSS JOIN users u ON u.id = found.id JOIN companies c ON c.id = u.company_id
    ORDER BY u.digest_due_at, u.id";

/// Managers of all companies whose weekly mail is due at `now` (Unix ms), at most `limit`.
pub async fn due(db: &impl Db, now: u64, limit: u32) -> Result<Vec<DueManager>, DbError> {
    db.all(Statement::new(DUE).bind(now).bind(limit)).await
}

/// A week that a manager is told of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Week {
    /// The manager.
    pub manager: UserId,
    /// Their tenant.
    pub company: CompanyId,
    /// Its Monday, in days since 1970-01-01.
    pub monday: u64,
}

/// A rep's week.
#[derive(Debug, Clone, PartialEq, FromRow)]
pub struct RepWeek {
    /// Who leads the rep.
    pub manager: UserId,
    /// "Asha Verma".
    pub name: String,
    /// Sessions.
    pub completed: u32,
    /// Sessions.
    pub missed: u32,
    /// The mean of first answers.
    pub first_score: Option<f64>,
    /// The same of the week before.
    pub before: Option<f64>,
}

const REPS: &str = "
    SELECT t.manager_id AS manager, u.first_name || ' ' || u.last_name AS name, coalesce(w.completed, 0) AS completed,
           coalesce(w.missed, 0) AS missed, w.first_score_avg AS first_score, b.first_score_avg AS before
    FROM json_each(?1) d
    JOIN teams t ON t.company_id = d.value ->> '$.company' AND t.manager_id = d.value ->> '$.manager'
    JOIN team_members m ON m.team_id = t.id
    JOIN users u ON u.id = m.user_id AND u.is_active = 1
    LEFT JOIN rep_week_rollups w ON w.company_id = t.company_id AND w.user_id = u.id
        AND w.week = date(d.value ->> '$.monday' * 86400, 'unixepoch')
    LEFT JOIN rep_week_rollups b ON b.company_id = t.company_id AND b.user_id = u.id
        AND b.week = date((d.value ->> '$.monday' - 7) * 86400, 'unixepoch')
    ORDER BY name, u.id";

/// The weeks of all reps of some managers, by name.
pub async fn reps(db: &impl Db, weeks: &[Week]) -> Result<Vec<RepWeek>, DbError> {
    let lines = weeks.iter().map(
        |week| json!({"manager": week.manager, "company": week.company, "monday": week.monday}),
    );
    let lines = Json::from_iter(lines).to_string();
    db.all(Statement::new(REPS).bind(lines)).await
}

const DUE_AGAIN: &str = "
    UPDATE users SET digest_due_at = d.value ->> '$.next'
    FROM json_each(?1) d WHERE users.id = d.value ->> '$.manager' AND users.digest_due_at = d.value ->> '$.due'";

/// Writes the mails, and when each manager's next one is due (Unix ms).
pub async fn tell(
    db: &impl Db,
    mails: Vec<NewMail>,
    next: &[(&DueManager, u64)],
) -> Result<(), DbError> {
    let lines = next
        .iter()
        .map(|(row, next)| json!({"manager": row.manager, "due": row.due_at, "next": next}));
    let mails = mails.into_iter().map(|mail| (mail, None)).collect();
    db.batch(vec![
        outbox::put_all(mails),
        Statement::new(DUE_AGAIN).bind(Json::from_iter(lines).to_string()),
    ])
    .await?;
    Ok(())
}
