//! What only the demo does: a rep who has finished can always practise on.

use crate::{Db, DbError, Statement};
use domain::ids::{CompanyId, SessionId, UserId};

/// The next day after the one completed last, or the first of all; the slot is in an hour, so that starting now is in time.
const OPEN_NEXT: &str = "
    INSERT INTO sessions (id, company_id, user_id, group_id, team_id, scenario_id, day, status, slot_at, opens_at,
                          closes_at, utc_offset_minutes, created_at, updated_at)
    SELECT ?3, u.company_id, u.id, m.group_id, m.team_id, sc.id, sc.day, 'scheduled', ?4 + 3600000, ?4 - 600000,
           ?4 + 86400000, coalesce(latest.utc_offset_minutes, 330), ?4, ?4
    FROM users u
    LEFT JOIN group_members m ON m.user_id = u.id
    LEFT JOIN sessions latest ON latest.id = (
        SELECT id FROM sessions WHERE company_id = ?1 AND user_id = ?2 AND status = 'completed'
        ORDER BY ended_at DESC LIMIT 1)
    JOIN scenarios sc ON sc.company_id IS NULL AND sc.is_active = 1 AND sc.published_version_id IS NOT NULL
    WHERE u.id = ?2 AND u.company_id = ?1
      AND NOT EXISTS (SELECT 1 FROM sessions WHERE company_id = ?1 AND user_id = ?2 AND status = 'in_progress')
      AND NOT EXISTS (SELECT 1 FROM sessions
                      WHERE company_id = ?1 AND user_id = ?2 AND status = 'scheduled' AND closes_at > ?4
                        AND (planned = 0 OR opens_at <= ?4))
    ORDER BY sc.day <= coalesce(latest.day, 0), sc.day
    LIMIT 1";

/// Schedules the next day of the stock library (day 1 comes after day 10) with a window that is open from `now` (Unix ms)
/// for 24 hours, unless the rep has something to do already; what cron has planned for later is not that. Gives whether it did.
pub async fn open_next(
    db: &impl Db,
    company: CompanyId,
    user: UserId,
    session: SessionId,
    now: u64,
) -> Result<bool, DbError> {
    Ok(db.run(statement(company, user, session, now)).await? > 0)
}

/// The statement behind [`open_next`], for whoever fills a database without the port.
pub fn statement(company: CompanyId, user: UserId, session: SessionId, now: u64) -> Statement {
    Statement::new(OPEN_NEXT)
        .bind(company)
        .bind(user)
        .bind(session)
        .bind(now)
}
