//! Counters of tries. What a count means is decided by [`domain::rate_limit`].

use crate::{Db, DbError, FromRow, Statement};

/// One try, counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, FromRow)]
pub struct Hit {
    /// Which try of its window this is, from 1.
    pub hits: u64,
    /// When the window began, Unix ms.
    pub window_at: u64,
}

const HIT: &str = "
    INSERT INTO rate_limits (bucket, window_at, hits)
    VALUES (?1, coalesce((SELECT max(window_at) FROM rate_limits WHERE bucket = ?1 AND window_at > ?2 - ?3), ?2), 1)
    ON CONFLICT (bucket, window_at) DO UPDATE SET hits = hits + 1
    RETURNING hits, window_at";

/// Counts a try in one statement, so that of many at once each gets a number of its own. `now` is Unix ms.
pub async fn hit(db: &impl Db, bucket: &str, window_ms: u64, now: u64) -> Result<Hit, DbError> {
    let statement = Statement::new(HIT).bind(bucket).bind(now).bind(window_ms);
    let hit: Option<Hit> = db.first(statement).await?;
    hit.ok_or_else(|| DbError::Malformed("a count gave no row".to_owned()))
}

const CLEAR: &str = "DELETE FROM rate_limits WHERE bucket = ?1";

/// Forgets all tries of a bucket.
pub async fn clear(db: &impl Db, bucket: &str) -> Result<(), DbError> {
    db.run(Statement::new(CLEAR).bind(bucket)).await?;
    Ok(())
}
