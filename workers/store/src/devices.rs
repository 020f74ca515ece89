//! Log-ins on devices, and the refresh tokens that keep them alive. What a presented token is worth is decided by
//! [`domain::refresh::decide`].

use crate::{Db, DbError, FromRow, Statement};
use domain::ids::{CompanyId, DeviceId, RefreshTokenId, UserId};
use domain::refresh::StoredToken;
use domain::role::Role;

/// A refresh token about to be stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewToken {
    /// Its id.
    pub id: RefreshTokenId,
    /// SHA-256 of the token, hex. The token itself is stored nowhere.
    pub hash: String,
    /// Unix ms from which it is worthless.
    pub expires_at: u64,
}

/// A log-in on a device.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewDevice {
    /// The device.
    pub device: DeviceId,
    /// Who logged in.
    pub user: UserId,
    /// Their tenant.
    pub company: CompanyId,
    /// "Chrome on Android".
    pub label: String,
    /// The first token of the family.
    pub token: NewToken,
    /// Unix ms.
    pub now: u64,
}

const OPEN_DEVICE: &str = "
    INSERT INTO devices (id, company_id, user_id, label, created_at, last_seen_at) VALUES (?1, ?2, ?3, ?4, ?5, ?5)";
const OPEN_TOKEN: &str = "
    INSERT INTO refresh_tokens (id, device_id, token_hash, created_at, expires_at) VALUES (?1, ?2, ?3, ?4, ?5)";

/// Stores a log-in with its first token.
pub async fn open(db: &impl Db, new: NewDevice) -> Result<(), DbError> {
    db.batch(vec![
        Statement::new(OPEN_DEVICE)
            .bind(new.device)
            .bind(new.company)
            .bind(new.user)
            .bind(new.label)
            .bind(new.now),
        Statement::new(OPEN_TOKEN)
            .bind(new.token.id)
            .bind(new.device)
            .bind(new.token.hash)
            .bind(new.now)
            .bind(new.token.expires_at),
    ])
    .await?;
    Ok(())
}

/// A stored refresh token, with its device and its user.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct TokenRow {
    /// The token.
    pub token: RefreshTokenId,
    /// Its family.
    pub device: DeviceId,
    /// Whose it is.
    pub user: UserId,
    /// Their tenant.
    pub company: CompanyId,
    /// Their role now.
    pub role: Role,
    /// Goes into the next access token.
    pub token_epoch: u64,
    /// Unix ms from which it is worthless.
    pub expires_at: u64,
    used: bool,
    family_revoked: bool,
    user_active: bool,
}

impl TokenRow {
    /// What [`domain::refresh::decide`] wants to know.
    pub fn stored(&self) -> StoredToken {
        StoredToken {
            expires_at: self.expires_at,
            used: self.used,
            family_revoked: self.family_revoked,
            user_active: self.user_active,
        }
    }
}

const FIND_TOKEN: &str = "
    SELECT t.id AS token, d.id AS device, u.id AS user, u.company_id AS company, u.role, u.token_epoch, t.expires_at,
           t.used_at IS NOT NULL AS used, d.revoked_at IS NOT NULL AS family_revoked,
           u.is_active AND (u.role = 'super_admin' OR (c.is_active AND coalesce(c.plan_ends_at > ?2, 1))) AS user_active
    FROM refresh_tokens t
    JOIN devices d ON d.id = t.device_id
    JOIN users u ON u.id = d.user_id
    JOIN companies c ON c.id = u.company_id
    WHERE t.token_hash = ?1";

/// The token with this hash (SHA-256, hex). `now` is Unix ms.
pub async fn find_token(db: &impl Db, hash: &str, now: u64) -> Result<Option<TokenRow>, DbError> {
    db.first(Statement::new(FIND_TOKEN).bind(hash).bind(now))
        .await
}

const USE_TOKEN: &str = "
    UPDATE refresh_tokens SET used_at = ?2, replaced_by = ?3
    WHERE id = ?1 AND used_at IS NULL AND expires_at > ?2
      AND EXISTS (SELECT 1 FROM devices d WHERE d.id = refresh_tokens.device_id AND d.revoked_at IS NULL)";
const REPLACE_TOKEN: &str = "
    INSERT INTO refresh_tokens (id, device_id, token_hash, created_at, expires_at)
    SELECT ?2, device_id, ?3, ?4, ?5 FROM refresh_tokens WHERE id = ?1 AND replaced_by = ?2";
const SEE_DEVICE: &str = "
    UPDATE devices SET last_seen_at = ?3
    WHERE id = (SELECT device_id FROM refresh_tokens WHERE id = ?1 AND replaced_by = ?2)";

/// Exchanges a token for a new one of its family. Of two that try at once exactly one gets true; for the other the
/// token was used before.
pub async fn rotate(
    db: &impl Db,
    old: RefreshTokenId,
    new: NewToken,
    now: u64,
) -> Result<bool, DbError> {
    let changed = db
        .batch(vec![
            Statement::new(USE_TOKEN).bind(old).bind(now).bind(new.id),
            Statement::new(REPLACE_TOKEN)
                .bind(old)
                .bind(new.id)
                .bind(new.hash)
                .bind(now)
                .bind(new.expires_at),
            Statement::new(SEE_DEVICE).bind(old).bind(new.id).bind(now),
        ])
        .await?;
    Ok(changed.first().is_some_and(|rows| *rows > 0))
}

const REVOKE: &str = "UPDATE devices SET revoked_at = ?2 WHERE id = ?1 AND revoked_at IS NULL";

/// Ends the log-in on a device: its refresh tokens and its access tokens are worthless from now on.
pub async fn revoke(db: &impl Db, device: DeviceId, now: u64) -> Result<(), DbError> {
    db.run(Statement::new(REVOKE).bind(device).bind(now))
        .await?;
    Ok(())
}
