//! Teams and who is in them.

use crate::audit::{self, Change};
use crate::{Db, DbError, FromRow, Statement};
use domain::ids::{CompanyId, GroupId, TeamId, UserId};
use domain::role::Role;

/// A team with its manager.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct TeamRow {
    /// The team.
    pub id: TeamId,
    /// Its tenant.
    pub company: CompanyId,
    /// "West".
    pub name: String,
    /// Who leads it.
    pub manager: UserId,
    /// Their first name.
    pub manager_first_name: String,
    /// Their last name.
    pub manager_last_name: String,
    /// They may log in.
    pub manager_is_active: bool,
    /// How many reps are in it.
    pub members: u32,
    /// How many groups it has.
    pub groups: u32,
    /// Counts up with every edit.
    pub version: u64,
    /// Unix ms.
    pub created_at: u64,
    /// Unix ms.
    pub updated_at: u64,
}

macro_rules! team_columns {
    () => {
        "
    SELECT t.id, t.company_id AS company, t.name, u.id AS manager, u.first_name AS manager_first_name,
           u.last_name AS manager_last_name, u.is_active AS manager_is_active,
           (SELECT count(*) FROM team_members m WHERE m.team_id = t.id) AS members,
           (SELECT count(*) FROM groups g WHERE g.team_id = t.id) AS groups,
           t.version, t.created_at, t.updated_at
    FROM teams t JOIN users u ON u.id = t.manager_id"
    };
}

const OF_COMPANY: &str = concat!(
    team_columns!(),
    "
    WHERE t.company_id = ?1 AND t.name COLLATE NOCASE > ?2 AND (?3 IS NULL OR t.manager_id = ?3)
    ORDER BY t.name COLLATE NOCASE LIMIT ?4"
);

/// A company's teams by name, after a name; all, or a manager's.
pub async fn list(
    db: &impl Db,
    company: CompanyId,
    manager: Option<UserId>,
    after: &str,
    limit: u32,
) -> Result<Vec<TeamRow>, DbError> {
    let statement = Statement::new(OF_COMPANY)
        .bind(company)
        .bind(after)
        .bind(manager)
        .bind(limit);
    db.all(statement).await
}

const FIND: &str = concat!(team_columns!(), " WHERE t.id = ?2 AND t.company_id = ?1");

/// One team of a company.
pub async fn find(
    db: &impl Db,
    company: CompanyId,
    team: TeamId,
) -> Result<Option<TeamRow>, DbError> {
    db.first(Statement::new(FIND).bind(company).bind(team))
        .await
}

#[derive(FromRow)]
struct Owner {
    company: CompanyId,
}

const TENANT_OF: &str = "SELECT company_id AS company FROM teams WHERE id = ?1";

/// The company a team belongs to: for a super admin, who sees all of them, before any other call.
pub async fn tenant_of(db: &impl Db, team: TeamId) -> Result<Option<CompanyId>, DbError> {
    let owner: Option<Owner> = db.first(Statement::new(TENANT_OF).bind(team)).await?;
    Ok(owner.map(|owner| owner.company))
}

/// Whether somebody may lead a team, as a condition of SQL: `?1` is the company, `?3` the person.
macro_rules! may_lead {
    () => {
        "EXISTS (SELECT 1 FROM users
            WHERE company_id = ?1 AND id = ?3 AND role IN ('manager', 'super_admin') AND is_active = 1)"
    };
}

const INSERT: &str = concat!(
    "
    INSERT INTO teams (company_id, id, manager_id, name, created_at, updated_at)
    SELECT ?1, ?2, ?3, ?4, ?5, ?5 WHERE ",
    may_lead!()
);

/// Makes a team; false when that person can't lead one. Fails with [`DbError::Exists`] when the name is taken.
pub async fn insert(
    db: &impl Db,
    company: CompanyId,
    team: TeamId,
    manager: UserId,
    name: &str,
    now: u64,
    change: &Change,
) -> Result<bool, DbError> {
    let insert = Statement::new(INSERT)
        .bind(company)
        .bind(team)
        .bind(manager)
        .bind(name)
        .bind(now);
    let changed = db
        .batch(vec![insert, audit::entry_if_changed(change)])
        .await?;
    Ok(changed.first().is_some_and(|rows| *rows > 0))
}

#[derive(FromRow)]
struct MayLead {
    may: bool,
}

const MAY_LEAD: &str = "
    SELECT EXISTS (SELECT 1 FROM users
        WHERE company_id = ?1 AND id = ?2 AND role IN ('manager', 'super_admin') AND is_active = 1) AS may";

/// Whether somebody may lead a team of a company: one of its managers who may log in.
pub async fn may_lead(db: &impl Db, company: CompanyId, user: UserId) -> Result<bool, DbError> {
    let row: Option<MayLead> = db
        .first(Statement::new(MAY_LEAD).bind(company).bind(user))
        .await?;
    Ok(row.is_some_and(|row| row.may))
}

const UPDATE: &str = concat!(
    "
    UPDATE teams SET manager_id = ?3, name = ?4, version = version + 1, updated_at = ?5
    WHERE company_id = ?1 AND id = ?2 AND version = ?6 AND (manager_id = ?3 OR ",
    may_lead!(),
    ")"
);

/// Changes a team that is still at `version`; false when it is not, or when that person can't lead it.
#[allow(clippy::too_many_arguments)]
pub async fn update(
    db: &impl Db,
    company: CompanyId,
    team: TeamId,
    version: u64,
    manager: UserId,
    name: &str,
    now: u64,
    change: &Change,
) -> Result<bool, DbError> {
    let update = Statement::new(UPDATE)
        .bind(company)
        .bind(team)
        .bind(manager)
        .bind(name)
        .bind(now)
        .bind(version);
    let changed = db
        .batch(vec![update, audit::entry_if_changed(change)])
        .await?;
    Ok(changed.first().is_some_and(|rows| *rows > 0))
}

/// Of what was planned for a team's groups, all that nobody can have started.
const UNPLAN: &str = "
    DELETE FROM sessions WHERE id IN (
        SELECT s.id FROM groups g JOIN sessions s ON s.group_id = g.id AND s.slot_at > ?3
        WHERE g.company_id = ?1 AND g.team_id = ?2 AND s.status = 'scheduled' AND s.planned = 1 AND s.opens_at > ?3
          AND NOT EXISTS (SELECT 1 FROM team_members WHERE team_id = ?2))";
const DELETE: &str = "
    DELETE FROM teams WHERE company_id = ?1 AND id = ?2
      AND NOT EXISTS (SELECT 1 FROM team_members WHERE team_id = ?2)";

/// Deletes a team with its groups and what is planned for them; false while reps are in it, or when it is gone.
pub async fn delete(
    db: &impl Db,
    company: CompanyId,
    team: TeamId,
    change: &Change,
) -> Result<bool, DbError> {
    let changed = db
        .batch(vec![
            Statement::new(UNPLAN)
                .bind(company)
                .bind(team)
                .bind(change.at),
            Statement::new(DELETE).bind(company).bind(team),
            audit::entry_if_changed(change),
        ])
        .await?;
    Ok(changed.get(1).is_some_and(|rows| *rows > 0))
}

/// Where somebody stands who is to be a member.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct CandidateRow {
    /// The person.
    pub user: UserId,
    /// Their role.
    pub role: Role,
    /// The team they are in.
    pub team: Option<TeamId>,
    /// The group they are in.
    pub group: Option<GroupId>,
}

const CANDIDATES: &str = "
    SELECT u.id AS user, u.role, tm.team_id AS team, gm.group_id AS \"group\"
    FROM json_each(?2) ids JOIN users u ON u.id = ids.value AND u.company_id = ?1
    LEFT JOIN team_members tm ON tm.user_id = u.id
    LEFT JOIN group_members gm ON gm.user_id = u.id";

/// Those of some people who are of this company, and where they stand.
pub async fn candidates(
    db: &impl Db,
    company: CompanyId,
    users: &[UserId],
) -> Result<Vec<CandidateRow>, DbError> {
    let statement = Statement::new(CANDIDATES)
        .bind(company)
        .bind(json_ids(users));
    db.all(statement).await
}

/// Ids as one JSON value, since a statement takes few values.
pub(crate) fn json_ids(users: &[UserId]) -> String {
    serde_json::json!(users).to_string()
}

const ADD: &str = "
    INSERT INTO team_members (company_id, team_id, user_id, joined_at)
    SELECT ?1, ?2, u.id, ?4
    FROM json_each(?3) ids JOIN users u ON u.id = ids.value AND u.company_id = ?1
    WHERE u.role = 'sales_rep'
      AND NOT EXISTS (SELECT 1 FROM team_members m WHERE m.user_id = u.id AND m.team_id = ?2)
    GROUP BY u.id";

/// Puts reps of a company into one of its teams; who is in already stays in. Fails with [`DbError::Exists`] when one of
/// them is in another team.
pub async fn add(
    db: &impl Db,
    company: CompanyId,
    team: TeamId,
    users: &[UserId],
    now: u64,
    change: &Change,
) -> Result<(), DbError> {
    let add = Statement::new(ADD)
        .bind(company)
        .bind(team)
        .bind(json_ids(users))
        .bind(now);
    db.batch(vec![add, audit::entry_if_changed(change)]).await?;
    Ok(())
}

const REMOVE: &str =
    "DELETE FROM team_members WHERE company_id = ?1 AND team_id = ?2 AND user_id = ?3";

/// Takes a rep out of a team and its groups; false when they are not in it.
pub async fn remove(
    db: &impl Db,
    company: CompanyId,
    team: TeamId,
    user: UserId,
    change: &Change,
) -> Result<bool, DbError> {
    let changed = db
        .batch(vec![
            Statement::new(REMOVE).bind(company).bind(team).bind(user),
            audit::entry_if_changed(change),
        ])
        .await?;
    Ok(changed.first().is_some_and(|rows| *rows > 0))
}
