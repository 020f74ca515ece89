//! Rows whose time is over. None of them counts any more; here they go.

use crate::{Db, DbError, Statement};
use domain::rate_limit::LONGEST_WINDOW_MS;
use uuid::Uuid;

const DAY_MS: u64 = 24 * 60 * 60 * 1_000;

/// How long managers still see invites that ran out, ms.
const INVITES_SHOWN_MS: u64 = 30 * DAY_MS;

/// How long mails are kept, and with them that they were sent, ms: nobody wants an older one that nobody delivered.
const MAILS_KNOWN_MS: u64 = 90 * DAY_MS;

/// A device goes with the last of its tokens.
const DEVICES: &str = "
    DELETE FROM devices
    WHERE id IN (SELECT device_id FROM refresh_tokens WHERE expires_at <= ?1 ORDER BY expires_at LIMIT ?2)
      AND NOT EXISTS (SELECT 1 FROM refresh_tokens t WHERE t.device_id = devices.id AND t.expires_at > ?1)";
const REFRESH_TOKENS: &str = "
    DELETE FROM refresh_tokens
    WHERE id IN (SELECT id FROM refresh_tokens WHERE expires_at <= ?1 ORDER BY expires_at LIMIT ?2)";
const RESET_TOKENS: &str = "
    DELETE FROM reset_tokens
    WHERE token_hash IN (SELECT token_hash FROM reset_tokens WHERE expires_at <= ?1 ORDER BY expires_at LIMIT ?2)";
const INVITES: &str = "
    DELETE FROM invites WHERE id IN (
        SELECT id FROM invites WHERE accepted_at IS NULL AND expires_at <= ?1 ORDER BY expires_at LIMIT ?2)";
const IDEMPOTENCY_KEYS: &str = "
    DELETE FROM idempotency_keys WHERE (user_id, key) IN (
        SELECT user_id, key FROM idempotency_keys WHERE expires_at <= ?1 ORDER BY expires_at LIMIT ?2)";
const RATE_LIMITS: &str = "
    DELETE FROM rate_limits WHERE (bucket, window_at) IN (
        SELECT bucket, window_at FROM rate_limits WHERE window_at <= ?1 ORDER BY window_at LIMIT ?2)";
const WAIVED_SLOTS: &str = "
    DELETE FROM waived_slots WHERE (company_id, user_id, slot_at) IN (
        SELECT company_id, user_id, slot_at FROM waived_slots WHERE slot_at <= ?1 ORDER BY slot_at LIMIT ?2)";
/// Ids begin with the moment they were made at, so the oldest mails have the smallest ones.
const MAILS: &str = "
    DELETE FROM outbox
    WHERE id IN (SELECT id FROM outbox WHERE id < ?1 ORDER BY id LIMIT ?2)";

/// Deletes what was over at `now` (Unix ms), the oldest first and at most `limit` of each kind. Gives the largest number of
/// rows that went of one kind: as long as that is the limit, there may be more.
pub async fn sweep(db: &impl Db, now: u64, limit: u32) -> Result<u64, DbError> {
    let before = |sql, ago: u64| {
        Statement::new(sql)
            .bind(now.saturating_sub(ago))
            .bind(limit)
    };
    let oldest_known = domain::ids::uuid_v7(now.saturating_sub(MAILS_KNOWN_MS), &[0; 10]);
    let changed = db
        .batch(vec![
            before(DEVICES, 0),
            before(REFRESH_TOKENS, 0),
            before(RESET_TOKENS, 0),
            before(INVITES, INVITES_SHOWN_MS),
            before(IDEMPOTENCY_KEYS, 0),
            before(RATE_LIMITS, LONGEST_WINDOW_MS),
            before(WAIVED_SLOTS, 0),
            Statement::new(MAILS)
                .bind(Uuid::to_string(&oldest_known))
                .bind(limit),
        ])
        .await?;
    Ok(changed.into_iter().max().unwrap_or_default())
}
