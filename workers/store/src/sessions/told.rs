//! Sessions whose reps are written to: those that begin soon, and those that nobody started.

use super::session_joins;
use crate::outbox::{self, AboutSession, NewMail};
use crate::{Db, DbError, FromRow, Statement, rollups};
use domain::ids::{CompanyId, SessionId, UserId};
use serde_json::{Value as Json, json};

/// A session, and what its rep is told of it.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct ToldRow {
    /// The session.
    pub id: SessionId,
    /// Its tenant.
    pub company: CompanyId,
    /// Its rep.
    pub user: UserId,
    /// 1 to 10.
    pub day: u8,
    /// The day's theme.
    pub theme: String,
    /// The slot, Unix ms.
    pub slot_at: u64,
    /// Minutes that the group's clock is ahead of UTC then.
    pub utc_offset_minutes: i32,
    /// The rep's first name.
    pub first_name: String,
    /// The rep's address.
    pub email: String,
    /// The rep may log in and wants such mails.
    pub wants_mail: bool,
}

macro_rules! told {
    ($found:literal) => {
        concat!(
            "
    WITH found AS MATERIALIZED (",
            $found,
            ")
    SELECT s.id, s.company_id AS company, s.user_id AS user, s.day, v.theme, s.slot_at, s.utc_offset_minutes, u.first_name,
           u.email, u.mail_reminders AND u.is_active AND c.is_active AND coalesce(c.plan_ends_at > ?1, 1) AS wants_mail
    FROM found CROSS JOIN sessions s ON s.id = found.id",
            session_joins!(),
            "
    ORDER BY s.slot_at, s.id"
        )
    };
}

const SOON: &str = told!(
    "SELECT id FROM sessions
     WHERE status = 'scheduled' AND reminded_at IS NULL AND slot_at > ?1 AND slot_at <= ?2 ORDER BY slot_at LIMIT ?3"
);

/// Sessions of all companies that begin after `now` and not after `until` (Unix ms), and that nobody was reminded of yet; at most
/// `limit`.
pub async fn soon(db: &impl Db, now: u64, until: u64, limit: u32) -> Result<Vec<ToldRow>, DbError> {
    let statement = Statement::new(SOON).bind(now).bind(until).bind(limit);
    db.all(statement).await
}

/// No new version: whoever edits the session edits the same one.
const REMIND: &str = "
    UPDATE sessions SET reminded_at = ?2
    WHERE id IN (SELECT value FROM json_each(?1)) AND status = 'scheduled' AND reminded_at IS NULL";

/// Notes that reps were reminded of sessions, with the mails that do it.
pub async fn remind(
    db: &impl Db,
    sessions: &[ToldRow],
    mails: Vec<(NewMail, Option<AboutSession>)>,
    now: u64,
) -> Result<(), DbError> {
    let ids = Json::from_iter(sessions.iter().map(|row| json!(row.id))).to_string();
    db.batch(vec![
        Statement::new(REMIND).bind(ids).bind(now),
        outbox::put_all(mails),
    ])
    .await?;
    Ok(())
}

const UNSTARTED: &str = told!(
    "SELECT id FROM sessions WHERE status = 'scheduled' AND closes_at <= ?2 ORDER BY closes_at LIMIT ?3"
);

/// Sessions of all companies whose window had closed at `closed_at` without a start, the oldest first, at most `limit`; both moments
/// are Unix ms.
pub async fn unstarted(
    db: &impl Db,
    now: u64,
    closed_at: u64,
    limit: u32,
) -> Result<Vec<ToldRow>, DbError> {
    let statement = Statement::new(UNSTARTED)
        .bind(now)
        .bind(closed_at)
        .bind(limit);
    db.all(statement).await
}

/// One that was started or moved meanwhile is left alone.
const MISS: &str = "
    UPDATE sessions SET status = 'missed', version = version + 1, updated_at = ?3
    WHERE id IN (SELECT value FROM json_each(?1)) AND status = 'scheduled' AND closes_at <= ?2";

/// Calls sessions missed, with all roll-ups and the mails that tell of it. `closed_at` is as [`unstarted`] was given it.
pub async fn miss(
    db: &impl Db,
    sessions: &[ToldRow],
    mails: Vec<(NewMail, Option<AboutSession>)>,
    closed_at: u64,
    now: u64,
) -> Result<(), DbError> {
    let ids = Json::from_iter(sessions.iter().map(|row| json!(row.id))).to_string();
    let mut batch = vec![
        Statement::new(MISS).bind(ids).bind(closed_at).bind(now),
        outbox::put_all(mails),
    ];
    let touched: Vec<_> = sessions.iter().map(|row| (row.company, row.id)).collect();
    batch.extend(rollups::after_all(&touched));
    db.batch(batch).await?;
    Ok(())
}
