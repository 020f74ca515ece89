//! Answers to creates, so that a create that is sent again makes nothing twice.

use crate::{Db, DbError, FromRow, Statement};
use domain::ids::UserId;

// A key whose time is over is taken anew.
const CLAIM: &str = "
    INSERT INTO idempotency_keys (user_id, key, request_hash, created_at, expires_at) VALUES (?1, ?2, ?3, ?4, ?5)
    ON CONFLICT (user_id, key) DO UPDATE
    SET request_hash = excluded.request_hash, status = NULL, response = NULL, created_at = excluded.created_at,
        expires_at = excluded.expires_at
    WHERE idempotency_keys.expires_at <= excluded.created_at";

/// Takes a key for a request (its SHA-256, hex) until `expires_at`. Of two that try, one gets true; moments are Unix ms.
pub async fn claim(
    db: &impl Db,
    user: UserId,
    key: &str,
    request_hash: &str,
    now: u64,
    expires_at: u64,
) -> Result<bool, DbError> {
    let statement = Statement::new(CLAIM)
        .bind(user)
        .bind(key)
        .bind(request_hash)
        .bind(now)
        .bind(expires_at);
    Ok(db.run(statement).await? > 0)
}

/// What stands under a key.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct KeptRow {
    /// The request it was taken for.
    pub request_hash: String,
    /// The answer's status; `None` while the request is still being done.
    pub status: Option<u16>,
    /// The answer, as [`keep`] was given it.
    pub response: Option<String>,
}

const FIND: &str =
    "SELECT request_hash, status, response FROM idempotency_keys WHERE user_id = ?1 AND key = ?2";

/// What stands under a key.
pub async fn find(db: &impl Db, user: UserId, key: &str) -> Result<Option<KeptRow>, DbError> {
    db.first(Statement::new(FIND).bind(user).bind(key)).await
}

const KEEP: &str =
    "UPDATE idempotency_keys SET status = ?3, response = ?4 WHERE user_id = ?1 AND key = ?2";

/// Keeps the answer.
pub async fn keep(
    db: &impl Db,
    user: UserId,
    key: &str,
    status: u16,
    response: &str,
) -> Result<(), DbError> {
    let statement = Statement::new(KEEP)
        .bind(user)
        .bind(key)
        .bind(status)
        .bind(response);
    db.run(statement).await?;
    Ok(())
}

const FREE: &str = "DELETE FROM idempotency_keys WHERE user_id = ?1 AND key = ?2";

/// Gives a key back: nothing was made.
pub async fn free(db: &impl Db, user: UserId, key: &str) -> Result<(), DbError> {
    db.run(Statement::new(FREE).bind(user).bind(key)).await?;
    Ok(())
}
