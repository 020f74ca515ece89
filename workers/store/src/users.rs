//! People: what log-in, every request and `me` need to know of them.

use crate::{Db, DbError, FromRow, Statement};
use domain::ids::{CompanyId, DeviceId, UserId};
use domain::language::Language;
use domain::role::Role;

/// What a log-in is checked against.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct Credentials {
    /// Who the address belongs to.
    pub user: UserId,
    /// Their tenant.
    pub company: CompanyId,
    /// Their role.
    pub role: Role,
    /// Argon2id, PHC string.
    pub password_hash: String,
    /// They may log in.
    pub is_active: bool,
    /// Their company may.
    pub company_active: bool,
    /// Their company's plan has ended.
    pub plan_ended: bool,
    /// Goes into access tokens; see [`PrincipalRow::token_epoch`].
    pub token_epoch: u64,
}

const CREDENTIALS: &str = "
    SELECT u.id AS user, u.company_id AS company, u.role, u.password_hash, u.is_active,
           u.role = 'super_admin' OR c.is_active AS company_active,
           u.role <> 'super_admin' AND coalesce(c.plan_ends_at <= ?2, 0) AS plan_ended, u.token_epoch
    FROM users u JOIN companies c ON c.id = u.company_id
    WHERE u.email = ?1";

/// The person an e-mail address belongs to, whatever its case. The one read that does not know its tenant yet. `now` is
/// Unix ms.
pub async fn credentials(
    db: &impl Db,
    email: &str,
    now: u64,
) -> Result<Option<Credentials>, DbError> {
    db.first(Statement::new(CREDENTIALS).bind(email).bind(now))
        .await
}

/// What every request is checked against, so that a deactivation, a new role or a revoked device bites at once.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct PrincipalRow {
    /// The person.
    pub user: UserId,
    /// Their tenant.
    pub company: CompanyId,
    /// Their role now.
    pub role: Role,
    /// They may log in.
    pub is_active: bool,
    /// Their company may, and its plan has not ended. Super admins look after companies, so theirs does not keep them out.
    pub company_active: bool,
    /// An access token with another number is worthless.
    pub token_epoch: u64,
    /// The log-in on this device was ended.
    pub device_revoked: bool,
}

const PRINCIPAL: &str = "
    SELECT u.id AS user, u.company_id AS company, u.role, u.is_active,
           u.role = 'super_admin' OR (c.is_active AND coalesce(c.plan_ends_at > ?3, 1)) AS company_active,
           u.token_epoch, d.revoked_at IS NOT NULL AS device_revoked
    FROM users u JOIN companies c ON c.id = u.company_id JOIN devices d ON d.user_id = u.id
    WHERE u.id = ?1 AND d.id = ?2";

/// The person and the device that an access token names; `None` when either is gone or they don't belong together. `now`
/// is Unix ms.
pub async fn principal(
    db: &impl Db,
    user: UserId,
    device: DeviceId,
    now: u64,
) -> Result<Option<PrincipalRow>, DbError> {
    let statement = Statement::new(PRINCIPAL).bind(user).bind(device).bind(now);
    db.first(statement).await
}

/// A person with their company and, for a rep, their group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MeRow {
    /// The person.
    pub user: UserId,
    /// Their address.
    pub email: String,
    /// Their role.
    pub role: Role,
    /// "Asha".
    pub first_name: String,
    /// "Verma".
    pub last_name: String,
    /// Of their screens.
    pub language: Language,
    /// Their tenant.
    pub company: CompanyId,
    /// Its name.
    pub company_name: String,
    /// The group a rep practises in.
    pub group: Option<GroupSlot>,
}

/// A group's slot.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GroupSlot {
    /// "Group A".
    pub name: String,
    /// Bits of [`domain::schedule::Weekdays`].
    pub weekdays: u8,
    /// Minutes after local midnight.
    pub slot_minute: u16,
    /// IANA zone.
    pub zone: String,
}

#[derive(FromRow)]
struct MeColumns {
    user: UserId,
    email: String,
    role: Role,
    first_name: String,
    last_name: String,
    language: Language,
    company: CompanyId,
    company_name: String,
    group_name: Option<String>,
    weekdays: Option<u8>,
    slot_minute: Option<u16>,
    zone: Option<String>,
}

const ME: &str = "
    SELECT u.id AS user, u.email, u.role, u.first_name, u.last_name, u.language, c.id AS company,
           c.name AS company_name, g.name AS group_name, g.weekdays, g.slot_minute, g.zone
    FROM users u JOIN companies c ON c.id = u.company_id
    LEFT JOIN group_members m ON m.user_id = u.id
    LEFT JOIN groups g ON g.id = m.group_id
    WHERE u.id = ?1 AND u.company_id = ?2";

/// A person as they see themselves.
pub async fn me(db: &impl Db, company: CompanyId, user: UserId) -> Result<Option<MeRow>, DbError> {
    let row: Option<MeColumns> = db
        .first(Statement::new(ME).bind(user).bind(company))
        .await?;
    Ok(row.map(|row| MeRow {
        user: row.user,
        email: row.email,
        role: row.role,
        first_name: row.first_name,
        last_name: row.last_name,
        language: row.language,
        company: row.company,
        company_name: row.company_name,
        group: match (row.group_name, row.weekdays, row.slot_minute, row.zone) {
            (Some(name), Some(weekdays), Some(slot_minute), Some(zone)) => Some(GroupSlot {
                name,
                weekdays,
                slot_minute,
                zone,
            }),
            _ => None,
        },
    }))
}

#[derive(FromRow)]
struct Leads {
    leads: bool,
}

const LEADS: &str = "
    SELECT EXISTS (SELECT 1 FROM team_members m JOIN teams t ON t.id = m.team_id
                   WHERE m.user_id = ?3 AND m.company_id = ?1 AND t.manager_id = ?2) AS leads";

/// Whether a rep is in a team of a manager.
pub async fn leads(
    db: &impl Db,
    company: CompanyId,
    manager: UserId,
    rep: UserId,
) -> Result<bool, DbError> {
    let statement = Statement::new(LEADS).bind(company).bind(manager).bind(rep);
    let row: Option<Leads> = db.first(statement).await?;
    Ok(row.is_some_and(|row| row.leads))
}

const RECORD_LOGIN: &str = "UPDATE users SET last_login_at = ?2 WHERE id = ?1";

/// Notes when somebody logged in; `now` is Unix ms.
pub async fn record_login(db: &impl Db, user: UserId, now: u64) -> Result<(), DbError> {
    db.run(Statement::new(RECORD_LOGIN).bind(user).bind(now))
        .await?;
    Ok(())
}

const SET_PASSWORD_HASH: &str =
    "UPDATE users SET password_hash = ?3, updated_at = ?4 WHERE id = ?1 AND password_hash = ?2";

/// Replaces the hash of an unchanged password by a stronger one, at log-in. Gives false when the password was changed
/// meanwhile.
pub async fn rehash_password(
    db: &impl Db,
    user: UserId,
    old_hash: &str,
    new_hash: &str,
    now: u64,
) -> Result<bool, DbError> {
    let statement = Statement::new(SET_PASSWORD_HASH)
        .bind(user)
        .bind(old_hash)
        .bind(new_hash)
        .bind(now);
    Ok(db.run(statement).await? > 0)
}
