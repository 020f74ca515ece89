//! Recordings: what is known of them. The bytes are in R2, under `object_key`: there before the row, and gone before it.

use crate::{Db, DbError, FromRow, Statement};
use domain::ids::{CompanyId, RecordingId, SessionId, UserId};
use domain::voice::{Kind, Length, MAX_TAKES};

/// A recording whose bytes are stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewRecording {
    /// The recording.
    pub id: RecordingId,
    /// Its tenant.
    pub company: CompanyId,
    /// Its session.
    pub session: SessionId,
    /// The session's rep.
    pub user: UserId,
    /// The drill in the scenario; `None` for the day's voice drill.
    pub drill: Option<String>,
    /// Where its bytes are.
    pub object_key: String,
    /// What its bytes are.
    pub kind: Kind,
    /// Bytes.
    pub size: u64,
    /// How long it is.
    pub length: Length,
    /// Unix ms.
    pub now: u64,
}

/// A recording as it is kept.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct RecordingRow {
    /// The recording.
    pub id: RecordingId,
    /// Its tenant.
    pub company: CompanyId,
    /// Its session.
    pub session: SessionId,
    /// The session's rep.
    pub user: UserId,
    /// The drill in the scenario; `None` for the day's voice drill.
    pub drill: Option<String>,
    /// Where its bytes are.
    pub object_key: String,
    /// What its bytes are.
    pub media_type: Kind,
    /// Bytes.
    pub size_bytes: u64,
    /// How long it is, ms.
    pub duration_ms: u64,
    /// The client said how long; the bytes don't tell.
    pub duration_said: bool,
    /// Unix ms.
    pub created_at: u64,
    /// Unix ms from which it is no more.
    pub expires_at: u64,
}

const TAKES: &str = "
    SELECT count(*) AS takes FROM voice_recordings WHERE company_id = ?1 AND session_id = ?2";

#[derive(FromRow)]
struct Takes {
    takes: u32,
}

/// How many recordings a session has.
pub async fn takes(db: &impl Db, company: CompanyId, session: SessionId) -> Result<u32, DbError> {
    let statement = Statement::new(TAKES).bind(company).bind(session);
    let row: Option<Takes> = db.first(statement).await?;
    Ok(row.map_or(0, |row| row.takes))
}

/// The company's retention, in days, says when it ends.
const ADD: &str = "
    INSERT INTO voice_recordings (id, company_id, session_id, user_id, drill, object_key, media_type, size_bytes, duration_ms,
                                  duration_said, created_at, expires_at)
    SELECT ?1, s.company_id, s.id, s.user_id, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?11 + c.voice_retention_days * 86400000
    FROM sessions s JOIN companies c ON c.id = s.company_id
    WHERE s.id = ?3 AND s.company_id = ?2 AND s.user_id = ?4
      AND (SELECT count(*) FROM voice_recordings WHERE company_id = ?2 AND session_id = ?3) < ?12";

/// Notes a recording. Gives false, and notes nothing, when the session has [`MAX_TAKES`] already, or is gone.
pub async fn add(db: &impl Db, new: NewRecording) -> Result<bool, DbError> {
    let statement = Statement::new(ADD)
        .bind(new.id)
        .bind(new.company)
        .bind(new.session)
        .bind(new.user)
        .bind(new.drill)
        .bind(new.object_key)
        .bind(new.kind.media_type())
        .bind(new.size)
        .bind(new.length.ms)
        .bind(new.length.said)
        .bind(new.now)
        .bind(MAX_TAKES);
    Ok(db.run(statement).await? > 0)
}

macro_rules! recordings {
    ($rest:literal) => {
        concat!(
            "
    SELECT id, company_id AS company, session_id AS session, user_id AS user, drill, object_key, media_type, size_bytes,
           duration_ms, duration_said, created_at, expires_at
    FROM voice_recordings ",
            $rest
        )
    };
}

const FIND: &str = recordings!("WHERE id = ?1 AND company_id = ?2 AND expires_at > ?3");

/// One recording of a company, unless its time is over at `now` (Unix ms).
pub async fn find(
    db: &impl Db,
    company: CompanyId,
    recording: RecordingId,
    now: u64,
) -> Result<Option<RecordingRow>, DbError> {
    let statement = Statement::new(FIND).bind(recording).bind(company).bind(now);
    db.first(statement).await
}

#[derive(FromRow)]
struct Tenant {
    company: CompanyId,
}

const TENANT_OF: &str = "SELECT company_id AS company FROM voice_recordings WHERE id = ?1";

/// The company a recording belongs to: for a super admin, who sees all of them, before any other call.
pub async fn tenant_of(db: &impl Db, recording: RecordingId) -> Result<Option<CompanyId>, DbError> {
    let row: Option<Tenant> = db.first(Statement::new(TENANT_OF).bind(recording)).await?;
    Ok(row.map(|row| row.company))
}

const OF_SESSION: &str = recordings!(
    "WHERE company_id = ?1 AND session_id = ?2 AND expires_at > ?3 ORDER BY created_at, id"
);

/// A session's recordings whose time is not over at `now` (Unix ms), the first one first: at most [`MAX_TAKES`].
pub async fn of_session(
    db: &impl Db,
    company: CompanyId,
    session: SessionId,
    now: u64,
) -> Result<Vec<RecordingRow>, DbError> {
    let statement = Statement::new(OF_SESSION)
        .bind(company)
        .bind(session)
        .bind(now);
    db.all(statement).await
}

const EXPIRED: &str = recordings!("WHERE expires_at <= ?1 ORDER BY expires_at LIMIT ?2");

/// Recordings of all companies whose time is over at `now` (Unix ms), the oldest first, at most `limit`: for the sweep.
pub async fn expired(db: &impl Db, now: u64, limit: u32) -> Result<Vec<RecordingRow>, DbError> {
    db.all(Statement::new(EXPIRED).bind(now).bind(limit)).await
}

const REMOVE: &str = "DELETE FROM voice_recordings WHERE id = ?1 AND company_id = ?2";

/// Forgets a recording whose bytes are gone. Gives false when it was forgotten before.
pub async fn remove(
    db: &impl Db,
    company: CompanyId,
    recording: RecordingId,
) -> Result<bool, DbError> {
    let statement = Statement::new(REMOVE).bind(recording).bind(company);
    Ok(db.run(statement).await? > 0)
}
