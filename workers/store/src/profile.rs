//! What people see and set of themselves.

use crate::audit::{self, Change};
use crate::{Db, DbError, FromRow, Statement};
use domain::ids::{CompanyId, DeviceId, UserId};
use domain::language::Language;
use domain::mailing::Subscription;

/// A person as they set themselves.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct ProfileRow {
    /// Their address.
    pub email: String,
    /// "Asha".
    pub first_name: String,
    /// "Verma".
    pub last_name: String,
    /// As they wrote it.
    pub phone: Option<String>,
    /// Of screens and mails.
    pub language: Language,
    /// Their name stands on leaderboards.
    pub on_leaderboard: bool,
    /// Mails before a slot and after a miss.
    pub mail_reminders: bool,
    /// The weekly mail.
    pub mail_digest: bool,
    /// Counts up with every edit.
    pub version: u64,
}

const FIND: &str = "
    SELECT email, first_name, last_name, phone, language, on_leaderboard, mail_reminders, mail_digest, version
    FROM users WHERE company_id = ?1 AND id = ?2";

/// One's own profile.
pub async fn find(
    db: &impl Db,
    company: CompanyId,
    user: UserId,
) -> Result<Option<ProfileRow>, DbError> {
    db.first(Statement::new(FIND).bind(company).bind(user))
        .await
}

const UPDATE: &str = "
    UPDATE users SET first_name = ?5, last_name = ?6, phone = ?7, language = ?8, on_leaderboard = ?9, mail_reminders = ?10,
        mail_digest = ?11, version = version + 1, updated_at = ?4
    WHERE company_id = ?1 AND id = ?2 AND version = ?3";

/// Changes one's own profile, all of it but the address, if it is still at the version in `profile`; false when it is not.
pub async fn update(
    db: &impl Db,
    company: CompanyId,
    user: UserId,
    profile: &ProfileRow,
    now: u64,
    change: &Change,
) -> Result<bool, DbError> {
    let update = Statement::new(UPDATE)
        .bind(company)
        .bind(user)
        .bind(profile.version)
        .bind(now)
        .bind(profile.first_name.as_str())
        .bind(profile.last_name.as_str())
        .bind(profile.phone.clone())
        .bind(profile.language.as_str())
        .bind(profile.on_leaderboard)
        .bind(profile.mail_reminders)
        .bind(profile.mail_digest);
    let changed = db
        .batch(vec![update, audit::entry_if_changed(change)])
        .await?;
    Ok(changed.first().is_some_and(|rows| *rows > 0))
}

const STOP_REMINDERS: &str = "
    UPDATE users SET mail_reminders = 0, version = version + 1, updated_at = ?3 WHERE company_id = ?1 AND id = ?2";
const STOP_DIGEST: &str = "
    UPDATE users SET mail_digest = 0, version = version + 1, updated_at = ?3 WHERE company_id = ?1 AND id = ?2";

/// Writes no more of some mails to somebody; false when they are gone.
pub async fn unsubscribe(
    db: &impl Db,
    company: CompanyId,
    user: UserId,
    from: Subscription,
    change: &Change,
) -> Result<bool, DbError> {
    let stop = Statement::new(match from {
        Subscription::Reminders => STOP_REMINDERS,
        Subscription::Digest => STOP_DIGEST,
    });
    let stop = stop.bind(company).bind(user).bind(change.at);
    let changed = db
        .batch(vec![stop, audit::entry_if_changed(change)])
        .await?;
    Ok(changed.first().is_some_and(|rows| *rows > 0))
}

#[derive(FromRow)]
struct Hash {
    password_hash: String,
}

const PASSWORD_HASH: &str = "SELECT password_hash FROM users WHERE company_id = ?1 AND id = ?2";

/// What one's password is checked against.
pub async fn password_hash(
    db: &impl Db,
    company: CompanyId,
    user: UserId,
) -> Result<Option<String>, DbError> {
    let row: Option<Hash> = db
        .first(Statement::new(PASSWORD_HASH).bind(company).bind(user))
        .await?;
    Ok(row.map(|row| row.password_hash))
}

const SET_PASSWORD: &str = "
    UPDATE users SET password_hash = ?4, updated_at = ?5
    WHERE company_id = ?1 AND id = ?2 AND password_hash = ?3";
const REVOKE_OTHERS: &str = "
    UPDATE devices SET revoked_at = ?4
    WHERE company_id = ?1 AND user_id = ?2 AND id <> ?3 AND revoked_at IS NULL
      AND EXISTS (SELECT 1 FROM users WHERE id = ?2 AND password_hash = ?5)";

/// A new password.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewPassword {
    /// The hash that the old password was checked against.
    pub old_hash: String,
    /// Argon2id, PHC string.
    pub new_hash: String,
    /// The device that asks: it alone stays logged in.
    pub device: DeviceId,
    /// Unix ms.
    pub now: u64,
}

/// Sets one's password and logs all other devices out; false when it was changed meanwhile.
pub async fn set_password(
    db: &impl Db,
    company: CompanyId,
    user: UserId,
    new: NewPassword,
    change: &Change,
) -> Result<bool, DbError> {
    let set = Statement::new(SET_PASSWORD)
        .bind(company)
        .bind(user)
        .bind(new.old_hash)
        .bind(new.new_hash.as_str())
        .bind(new.now);
    let revoke = Statement::new(REVOKE_OTHERS)
        .bind(company)
        .bind(user)
        .bind(new.device)
        .bind(new.now)
        .bind(new.new_hash);
    let changed = db
        .batch(vec![set, audit::entry_if_changed(change), revoke])
        .await?;
    Ok(changed.first().is_some_and(|rows| *rows > 0))
}

/// A log-in on one device.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct DeviceRow {
    /// The device.
    pub id: DeviceId,
    /// "Chrome on Android".
    pub label: String,
    /// Unix ms of the log-in.
    pub created_at: u64,
    /// Unix ms of its last sign of life.
    pub last_seen_at: u64,
}

const DEVICES: &str = "
    SELECT id, label, created_at, last_seen_at FROM devices
    WHERE company_id = ?1 AND user_id = ?2 AND last_seen_at > ?3 AND revoked_at IS NULL
    ORDER BY last_seen_at DESC LIMIT ?4";

/// Where somebody is logged in: devices that gave a sign of life after `since` (Unix ms), the latest first.
pub async fn devices(
    db: &impl Db,
    company: CompanyId,
    user: UserId,
    since: u64,
    limit: u32,
) -> Result<Vec<DeviceRow>, DbError> {
    let statement = Statement::new(DEVICES)
        .bind(company)
        .bind(user)
        .bind(since)
        .bind(limit);
    db.all(statement).await
}

const REVOKE: &str = "
    UPDATE devices SET revoked_at = coalesce(revoked_at, ?4) WHERE id = ?3 AND company_id = ?1 AND user_id = ?2";

/// Logs one of somebody's own devices out; false when they have no such device.
pub async fn revoke_device(
    db: &impl Db,
    company: CompanyId,
    user: UserId,
    device: DeviceId,
    now: u64,
) -> Result<bool, DbError> {
    let statement = Statement::new(REVOKE)
        .bind(company)
        .bind(user)
        .bind(device)
        .bind(now);
    Ok(db.run(statement).await? > 0)
}
