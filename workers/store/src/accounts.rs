//! New accounts: by an invite into a company, or with a company of their own.

use crate::audit::{Change, entry_if_changed};
use crate::outbox::{NewMail, put_if_changed};
use crate::{Db, DbError, FromRow, Statement};
use domain::ids::{CompanyId, InviteId, UserId};
use domain::joining::TRIAL_USERS;

/// An account about to be stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewAccount {
    /// The person.
    pub user: UserId,
    /// Their company.
    pub company: CompanyId,
    /// Proven to be theirs.
    pub email: String,
    /// Argon2id, PHC string.
    pub password_hash: String,
    /// "Asha".
    pub first_name: String,
    /// "Verma".
    pub last_name: String,
    /// The first mail.
    pub welcome: NewMail,
}

const JOIN: &str = "
    INSERT INTO users (id, company_id, email, password_hash, role, first_name, last_name, last_login_at, created_at, updated_at)
    SELECT ?2, i.company_id, ?3, ?4, i.role, ?5, ?6, ?7, ?7, ?7
    FROM invites i JOIN companies c ON c.id = i.company_id
    WHERE i.id = ?1 AND i.accepted_at IS NULL AND i.revoked_at IS NULL AND i.expires_at > ?7
      AND c.is_active = 1 AND (c.plan_ends_at IS NULL OR c.plan_ends_at > ?7)
      AND (SELECT count(*) FROM users u WHERE u.company_id = c.id AND u.is_active = 1) < c.max_users";
const ACCEPT: &str = "
    UPDATE invites SET accepted_by = ?2, accepted_at = ?3
    WHERE id = ?1 AND accepted_at IS NULL AND EXISTS (SELECT 1 FROM users WHERE id = ?2)";
const JOIN_TEAM: &str = "
    INSERT INTO team_members (company_id, team_id, user_id, joined_at)
    SELECT t.company_id, t.id, ?2, ?3 FROM invites i JOIN teams t ON t.id = i.team_id AND t.company_id = i.company_id
    WHERE i.id = ?1 AND i.accepted_by = ?2 AND i.role = 'sales_rep'";
const JOIN_GROUP: &str = "
    INSERT INTO group_members (team_id, group_id, user_id, joined_at)
    SELECT g.team_id, g.id, ?2, ?3 FROM invites i JOIN groups g ON g.id = i.group_id AND g.team_id = i.team_id
    WHERE i.id = ?1 AND i.accepted_by = ?2 AND i.role = 'sales_rep'";

/// Lets somebody in by an invite, into its company, role, team and group. Gives false when the invite opens no more, or the
/// plan has no place left; [`DbError::Exists`] when the address has an account.
pub async fn join(
    db: &impl Db,
    invite: InviteId,
    new: NewAccount,
    change: &Change,
) -> Result<bool, DbError> {
    let now = change.at;
    let user = new.user;
    let bound = |sql| Statement::new(sql).bind(invite).bind(user).bind(now);
    let join = Statement::new(JOIN)
        .bind(invite)
        .bind(user)
        .bind(new.email)
        .bind(new.password_hash)
        .bind(new.first_name)
        .bind(new.last_name)
        .bind(now);
    let changed = db
        .batch(vec![
            join,
            entry_if_changed(change),
            put_if_changed(new.welcome),
            bound(ACCEPT),
            bound(JOIN_TEAM),
            bound(JOIN_GROUP),
        ])
        .await?;
    Ok(changed.first().is_some_and(|rows| *rows > 0))
}

const FOUND: &str = "
    INSERT INTO companies (id, name, max_users, plan, plan_starts_at, plan_ends_at, created_at, updated_at)
    VALUES (?1, ?2, ?3, 'trial', ?4, ?5, ?4, ?4)";
const FIRST_MANAGER: &str = "
    INSERT INTO users (id, company_id, email, password_hash, role, first_name, last_name, last_login_at, created_at, updated_at)
    VALUES (?1, ?2, ?3, ?4, 'manager', ?5, ?6, ?7, ?7, ?7)";

/// Founds a company on trial until `ends_at` (Unix ms), with its first manager. [`DbError::Exists`] when the address has an
/// account; then there is no company either.
pub async fn found(
    db: &impl Db,
    company_name: &str,
    ends_at: u64,
    new: NewAccount,
    change: &Change,
) -> Result<(), DbError> {
    let now = change.at;
    let company = Statement::new(FOUND)
        .bind(new.company)
        .bind(company_name)
        .bind(TRIAL_USERS)
        .bind(now)
        .bind(ends_at);
    let manager = Statement::new(FIRST_MANAGER)
        .bind(new.user)
        .bind(new.company)
        .bind(new.email)
        .bind(new.password_hash)
        .bind(new.first_name)
        .bind(new.last_name)
        .bind(now);
    db.batch(vec![
        company,
        manager,
        entry_if_changed(change),
        put_if_changed(new.welcome),
    ])
    .await?;
    Ok(())
}

/// Whose an address is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, FromRow)]
pub struct Owner {
    /// The company it is known in.
    pub company: CompanyId,
}

const OWNER: &str = "SELECT company_id AS company FROM users WHERE email = ?1";

/// The company in which an address has an account. Like log-in, this read does not know its tenant.
pub async fn owner(db: &impl Db, email: &str) -> Result<Option<Owner>, DbError> {
    db.first(Statement::new(OWNER).bind(email)).await
}
