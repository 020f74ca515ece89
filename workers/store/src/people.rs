//! People of a company, as those who look after them list and change them. What log-ins and requests are checked against
//! is in [`crate::users`].

use crate::audit::{self, Change};
use crate::{Db, DbError, FromRow, Statement};
use domain::ids::{CompanyId, GroupId, TeamId, UserId};
use domain::language::Language;
use domain::role::Role;
use serde::{Deserialize, Serialize};

/// A person with their team and group.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct PersonRow {
    /// The person.
    pub id: UserId,
    /// Their tenant.
    pub company: CompanyId,
    /// Their address.
    pub email: String,
    /// Their role.
    pub role: Role,
    /// "Asha".
    pub first_name: String,
    /// "Verma".
    pub last_name: String,
    /// As they wrote it.
    pub phone: Option<String>,
    /// Of screens and mails.
    pub language: Language,
    /// They may log in.
    pub is_active: bool,
    /// A rep's team.
    pub team: Option<TeamId>,
    /// Its name.
    pub team_name: Option<String>,
    /// A rep's group in it.
    pub group: Option<GroupId>,
    /// Its name.
    pub group_name: Option<String>,
    /// Unix ms.
    pub last_login_at: Option<u64>,
    /// Counts up with every edit.
    pub version: u64,
    /// Unix ms.
    pub created_at: u64,
    /// Unix ms.
    pub updated_at: u64,
}

/// A place in the list of people by name: after this one.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place(pub String, pub String, pub String);

impl Place {
    /// Where a person stands.
    pub fn of(row: &PersonRow) -> Self {
        Self(
            row.first_name.clone(),
            row.last_name.clone(),
            row.id.to_string(),
        )
    }
}

/// Which people are wanted: all filters hold together.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Wanted {
    /// Of this role.
    pub role: Option<Role>,
    /// In this team.
    pub team: Option<TeamId>,
    /// In this group.
    pub group: Option<GroupId>,
    /// May log in, or may not.
    pub active: Option<bool>,
    /// First name, last name or address begins so.
    pub search: Option<String>,
    /// From here on.
    pub after: Place,
    /// At most so many.
    pub limit: u32,
}

macro_rules! person_columns {
    () => {
        "
    SELECT u.id, u.company_id AS company, u.email, u.role, u.first_name, u.last_name, u.phone, u.language, u.is_active,
           t.id AS team, t.name AS team_name, g.id AS \"group\", g.name AS group_name,
           u.last_login_at, u.version, u.created_at, u.updated_at"
    };
}

/// A team or group is small and is read by its members; a company is read by name, and as far as the page reaches.
macro_rules! person_list {
    ($from:literal) => {
        concat!(
            person_columns!(),
            $from,
            "
    LEFT JOIN team_members tm ON tm.user_id = u.id
    LEFT JOIN teams t ON t.id = tm.team_id
    LEFT JOIN group_members gm ON gm.user_id = u.id
    LEFT JOIN groups g ON g.id = gm.group_id
    WHERE u.company_id = ?1 AND u.first_name COLLATE NOCASE >= ?2
      AND (u.first_name COLLATE NOCASE, u.last_name COLLATE NOCASE, u.id) > (?2, ?3, ?4)
      AND (?5 IS NULL OR u.role = ?5) AND (?6 IS NULL OR u.is_active = ?6)
      AND (?7 IS NULL OR substr(u.first_name || ' ' || u.last_name, 1, length(?7)) = ?7 COLLATE NOCASE
           OR substr(u.last_name, 1, length(?7)) = ?7 COLLATE NOCASE
           OR substr(u.email, 1, length(?7)) = ?7 COLLATE NOCASE)
      AND (?8 IS NULL OR tm.team_id = ?8) AND (?9 IS NULL OR gm.group_id = ?9)
    ORDER BY u.first_name COLLATE NOCASE, u.last_name COLLATE NOCASE, u.id LIMIT ?10"
        )
    };
}

const OF_COMPANY: &str = person_list!(
    "
    FROM users u"
);
const OF_TEAM: &str = person_list!(
    "
    FROM team_members m CROSS JOIN users u ON u.id = m.user_id AND m.team_id = ?8"
);
const OF_GROUP: &str = person_list!(
    "
    FROM group_members m CROSS JOIN users u ON u.id = m.user_id AND m.group_id = ?9"
);

/// A company's people by name.
pub async fn list(
    db: &impl Db,
    company: CompanyId,
    wanted: Wanted,
) -> Result<Vec<PersonRow>, DbError> {
    let sql = match (wanted.group, wanted.team) {
        (Some(_), _) => OF_GROUP,
        (None, Some(_)) => OF_TEAM,
        (None, None) => OF_COMPANY,
    };
    let Place(first_name, last_name, id) = wanted.after;
    let statement = Statement::new(sql)
        .bind(company)
        .bind(first_name)
        .bind(last_name)
        .bind(id)
        .bind(wanted.role.map(Role::as_str))
        .bind(wanted.active)
        .bind(wanted.search)
        .bind(wanted.team)
        .bind(wanted.group)
        .bind(wanted.limit);
    db.all(statement).await
}

const FIND: &str = concat!(
    person_columns!(),
    "
    FROM users u
    LEFT JOIN team_members tm ON tm.user_id = u.id
    LEFT JOIN teams t ON t.id = tm.team_id
    LEFT JOIN group_members gm ON gm.user_id = u.id
    LEFT JOIN groups g ON g.id = gm.group_id
    WHERE u.company_id = ?1 AND u.id = ?2"
);

/// One person of a company.
pub async fn find(
    db: &impl Db,
    company: CompanyId,
    user: UserId,
) -> Result<Option<PersonRow>, DbError> {
    db.first(Statement::new(FIND).bind(company).bind(user))
        .await
}

#[derive(FromRow)]
struct Owner {
    company: CompanyId,
}

const TENANT_OF: &str = "SELECT company_id AS company FROM users WHERE id = ?1";

/// The company a person belongs to: for a super admin, who sees all of them, before any other call.
pub async fn tenant_of(db: &impl Db, user: UserId) -> Result<Option<CompanyId>, DbError> {
    let owner: Option<Owner> = db.first(Statement::new(TENANT_OF).bind(user)).await?;
    Ok(owner.map(|owner| owner.company))
}

/// A person about to join a company.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewPerson {
    /// The person.
    pub id: UserId,
    /// Their tenant.
    pub company: CompanyId,
    /// Their address.
    pub email: String,
    /// Argon2id, PHC string.
    pub password_hash: String,
    /// Their role.
    pub role: Role,
    /// "Asha".
    pub first_name: String,
    /// "Verma".
    pub last_name: String,
    /// As it was written.
    pub phone: Option<String>,
    /// Of screens and mails.
    pub language: Language,
    /// Unix ms.
    pub now: u64,
}

/// Whether a company's plan has room for one more who may log in; `?1` is the company.
macro_rules! has_room {
    () => {
        "(SELECT count(*) FROM users WHERE company_id = ?1 AND is_active = 1)
            < (SELECT max_users FROM companies WHERE id = ?1)"
    };
}

const INSERT: &str = concat!(
    "
    INSERT INTO users (company_id, id, email, password_hash, role, first_name, last_name, phone, language, created_at,
        updated_at)
    SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?10 WHERE ",
    has_room!()
);

/// The statement that adds a person if the plan has room for one more; else it changes nothing. Fails with
/// [`DbError::Exists`] when the address is somebody's already.
pub fn insertion(new: NewPerson) -> Statement {
    Statement::new(INSERT)
        .bind(new.company)
        .bind(new.id)
        .bind(new.email)
        .bind(new.password_hash)
        .bind(new.role.as_str())
        .bind(new.first_name)
        .bind(new.last_name)
        .bind(new.phone)
        .bind(new.language.as_str())
        .bind(new.now)
}

/// Adds a person to a company; false when its plan has no room.
pub async fn insert(db: &impl Db, new: NewPerson, change: &Change) -> Result<bool, DbError> {
    let changed = db
        .batch(vec![insertion(new), audit::entry_if_changed(change)])
        .await?;
    Ok(changed.first().is_some_and(|rows| *rows > 0))
}

/// What of a person others may change.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(missing_docs)] // The fields are those of `PersonRow`.
pub struct PersonFields {
    pub email: String,
    pub role: Role,
    pub first_name: String,
    pub last_name: String,
    pub phone: Option<String>,
    pub language: Language,
}

/// A new role ends what access tokens of the old one open. Who leads a team stays a manager.
const UPDATE: &str = "
    UPDATE users SET email = ?5, role = ?6, first_name = ?7, last_name = ?8, phone = ?9, language = ?10,
        token_epoch = token_epoch + (role <> ?6), version = version + 1, updated_at = ?4
    WHERE company_id = ?1 AND id = ?2 AND version = ?3
      AND (?6 = 'manager' OR role = ?6
           OR NOT EXISTS (SELECT 1 FROM teams WHERE company_id = ?1 AND manager_id = ?2))";

/// Who is no rep (any more) is in no team; the group goes with it.
const LEAVE_TEAM: &str = "
    DELETE FROM team_members WHERE user_id = ?2
      AND EXISTS (SELECT 1 FROM users WHERE company_id = ?1 AND id = ?2 AND role <> 'sales_rep')";

/// Changes a person who is still at `version` and, if they lead a team, stays a manager; false otherwise.
pub async fn update(
    db: &impl Db,
    company: CompanyId,
    user: UserId,
    version: u64,
    fields: PersonFields,
    now: u64,
    change: &Change,
) -> Result<bool, DbError> {
    let update = Statement::new(UPDATE)
        .bind(company)
        .bind(user)
        .bind(version)
        .bind(now)
        .bind(fields.email)
        .bind(fields.role.as_str())
        .bind(fields.first_name)
        .bind(fields.last_name)
        .bind(fields.phone)
        .bind(fields.language.as_str());
    let leave = Statement::new(LEAVE_TEAM).bind(company).bind(user);
    let changed = db
        .batch(vec![update, audit::entry_if_changed(change), leave])
        .await?;
    Ok(changed.first().is_some_and(|rows| *rows > 0))
}

const ACTIVATE: &str = concat!(
    "
    UPDATE users SET is_active = 1, version = version + 1, updated_at = ?3
    WHERE company_id = ?1 AND id = ?2 AND is_active = 0 AND ",
    has_room!()
);

/// Lets somebody in again; false when they are in already, or when the plan has no room.
pub async fn activate(
    db: &impl Db,
    company: CompanyId,
    user: UserId,
    now: u64,
    change: &Change,
) -> Result<bool, DbError> {
    let activate = Statement::new(ACTIVATE).bind(company).bind(user).bind(now);
    let changed = db
        .batch(vec![activate, audit::entry_if_changed(change)])
        .await?;
    Ok(changed.first().is_some_and(|rows| *rows > 0))
}

const DEACTIVATE: &str = "
    UPDATE users SET is_active = 0, token_epoch = token_epoch + 1, version = version + 1, updated_at = ?3
    WHERE company_id = ?1 AND id = ?2 AND is_active = 1";
const REVOKE_ALL_DEVICES: &str = "
    UPDATE devices SET revoked_at = ?3 WHERE company_id = ?1 AND user_id = ?2 AND revoked_at IS NULL";

/// Puts somebody out, on all devices and at once; false when they are out already.
pub async fn deactivate(
    db: &impl Db,
    company: CompanyId,
    user: UserId,
    now: u64,
    change: &Change,
) -> Result<bool, DbError> {
    let changed = db
        .batch(vec![
            Statement::new(DEACTIVATE)
                .bind(company)
                .bind(user)
                .bind(now),
            audit::entry_if_changed(change),
            Statement::new(REVOKE_ALL_DEVICES)
                .bind(company)
                .bind(user)
                .bind(now),
        ])
        .await?;
    Ok(changed.first().is_some_and(|rows| *rows > 0))
}

/// An invite keeps the address of who accepted it.
const DELETE_INVITES: &str = "DELETE FROM invites WHERE accepted_by = ?2 AND company_id = ?1";
const DELETE: &str = "DELETE FROM users WHERE company_id = ?1 AND id = ?2";

/// Deletes a person with all that is theirs: log-ins, sessions, chats, verdicts, figures. Sums of teams and companies keep
/// what they added up, without a name. Fails with [`DbError::Dangling`] while they lead a team.
pub async fn delete(
    db: &impl Db,
    company: CompanyId,
    user: UserId,
    change: &Change,
) -> Result<bool, DbError> {
    let changed = db
        .batch(vec![
            Statement::new(DELETE_INVITES).bind(company).bind(user),
            Statement::new(DELETE).bind(company).bind(user),
            audit::entry_if_changed(change),
        ])
        .await?;
    Ok(changed.get(1).is_some_and(|rows| *rows > 0))
}
