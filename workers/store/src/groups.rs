//! Groups, when they practise, and who is in them.

use crate::audit::{self, Change};
use crate::teams::json_ids;
use crate::{Db, DbError, FromRow, Statement};
use domain::ids::{CompanyId, GroupId, TeamId, UserId};

/// A group with its team.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct GroupRow {
    /// The group.
    pub id: GroupId,
    /// Its tenant.
    pub company: CompanyId,
    /// Its team.
    pub team: TeamId,
    /// The team's name.
    pub team_name: String,
    /// "Group A".
    pub name: String,
    /// Bits of [`domain::schedule::Weekdays`].
    pub weekdays: u8,
    /// Minutes after local midnight.
    pub slot_minute: u16,
    /// IANA zone.
    pub zone: String,
    /// Sessions are scheduled for it.
    pub is_active: bool,
    /// How many reps are in it.
    pub members: u32,
    /// Counts up with every edit.
    pub version: u64,
    /// Unix ms.
    pub created_at: u64,
    /// Unix ms.
    pub updated_at: u64,
}

macro_rules! group_columns {
    () => {
        "
    SELECT g.id, g.company_id AS company, t.id AS team, t.name AS team_name, g.name, g.weekdays, g.slot_minute, g.zone,
           g.is_active, (SELECT count(*) FROM group_members m WHERE m.group_id = g.id) AS members,
           g.version, g.created_at, g.updated_at
    FROM groups g JOIN teams t ON t.id = g.team_id"
    };
}

const OF_COMPANY: &str = concat!(
    group_columns!(),
    "
    WHERE g.company_id = ?1 AND g.id > ?2 ORDER BY g.id LIMIT ?3"
);
const OF_TEAM: &str = concat!(
    group_columns!(),
    "
    WHERE g.company_id = ?1 AND g.team_id = ?4 AND g.id > ?2 ORDER BY g.id LIMIT ?3"
);

/// A company's groups in the order in which they came, after one of them; all, or a team's.
pub async fn list(
    db: &impl Db,
    company: CompanyId,
    team: Option<TeamId>,
    after: Option<GroupId>,
    limit: u32,
) -> Result<Vec<GroupRow>, DbError> {
    let after = after.map_or(String::new(), |id| id.to_string());
    let of = |sql| Statement::new(sql).bind(company).bind(after).bind(limit);
    let statement = match team {
        None => of(OF_COMPANY),
        Some(team) => of(OF_TEAM).bind(team),
    };
    db.all(statement).await
}

const FIND: &str = concat!(group_columns!(), " WHERE g.id = ?2 AND g.company_id = ?1");

/// One group of a company.
pub async fn find(
    db: &impl Db,
    company: CompanyId,
    group: GroupId,
) -> Result<Option<GroupRow>, DbError> {
    db.first(Statement::new(FIND).bind(company).bind(group))
        .await
}

#[derive(FromRow)]
struct Owner {
    company: CompanyId,
}

const TENANT_OF: &str = "SELECT company_id AS company FROM groups WHERE id = ?1";

/// The company a group belongs to: for a super admin, who sees all of them, before any other call.
pub async fn tenant_of(db: &impl Db, group: GroupId) -> Result<Option<CompanyId>, DbError> {
    let owner: Option<Owner> = db.first(Statement::new(TENANT_OF).bind(group)).await?;
    Ok(owner.map(|owner| owner.company))
}

/// What of a group is written down.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(missing_docs)] // The fields are those of `GroupRow`.
pub struct GroupFields {
    pub name: String,
    pub weekdays: u8,
    pub slot_minute: u16,
    pub zone: String,
    pub is_active: bool,
}

const INSERT: &str = "
    INSERT INTO groups (company_id, id, created_at, updated_at, name, weekdays, slot_minute, zone, is_active, team_id)
    VALUES (?1, ?2, ?3, ?3, ?4, ?5, ?6, ?7, ?8, ?9)";

/// Makes a group. Fails with [`DbError::Exists`] when the team has one of that name, with [`DbError::Dangling`] when the
/// company has no such team.
pub async fn insert(
    db: &impl Db,
    company: CompanyId,
    team: TeamId,
    group: GroupId,
    fields: GroupFields,
    now: u64,
    change: &Change,
) -> Result<(), DbError> {
    let insert = Statement::new(INSERT).bind(company).bind(group).bind(now);
    db.batch(vec![bound(insert, fields).bind(team), audit::entry(change)])
        .await?;
    Ok(())
}

/// Another schedule is planned anew at cron's next tick.
const UPDATE: &str = "
    UPDATE groups SET updated_at = ?3, version = version + 1, name = ?4, weekdays = ?5, slot_minute = ?6, zone = ?7,
        is_active = ?8,
        plan_due_at = CASE WHEN (weekdays, slot_minute, zone, is_active) = (?5, ?6, ?7, ?8) THEN plan_due_at ELSE min(plan_due_at, 1) - 1 END
    WHERE company_id = ?1 AND id = ?2 AND version = ?9";

/// Changes a group that is still at `version`; false when it is not.
pub async fn update(
    db: &impl Db,
    company: CompanyId,
    group: GroupId,
    version: u64,
    fields: GroupFields,
    now: u64,
    change: &Change,
) -> Result<bool, DbError> {
    let update = Statement::new(UPDATE).bind(company).bind(group).bind(now);
    let changed = db
        .batch(vec![
            bound(update, fields).bind(version),
            audit::entry_if_changed(change),
        ])
        .await?;
    Ok(changed.first().is_some_and(|rows| *rows > 0))
}

fn bound(statement: Statement, fields: GroupFields) -> Statement {
    statement
        .bind(fields.name)
        .bind(fields.weekdays)
        .bind(fields.slot_minute)
        .bind(fields.zone)
        .bind(fields.is_active)
}

/// Of what was planned for a group, all that nobody can have started.
const UNPLAN: &str = "
    DELETE FROM sessions WHERE company_id = ?1 AND group_id = ?2 AND slot_at > ?3 AND status = 'scheduled' AND planned = 1
      AND opens_at > ?3";
const DELETE: &str = "DELETE FROM groups WHERE company_id = ?1 AND id = ?2";

/// Deletes a group and what is planned for it; its reps stay in the team.
pub async fn delete(
    db: &impl Db,
    company: CompanyId,
    group: GroupId,
    change: &Change,
) -> Result<bool, DbError> {
    let changed = db
        .batch(vec![
            Statement::new(UNPLAN)
                .bind(company)
                .bind(group)
                .bind(change.at),
            Statement::new(DELETE).bind(company).bind(group),
            audit::entry_if_changed(change),
        ])
        .await?;
    Ok(changed.get(1).is_some_and(|rows| *rows > 0))
}

/// Who is in another group of the team moves over; who is in no team, or in another, is left out.
const ADD: &str = "
    INSERT INTO group_members (team_id, group_id, user_id, joined_at)
    SELECT g.team_id, g.id, m.user_id, ?4
    FROM json_each(?3) ids JOIN groups g ON g.company_id = ?1 AND g.id = ?2
    JOIN team_members m ON m.team_id = g.team_id AND m.user_id = ids.value
    WHERE NOT EXISTS (SELECT 1 FROM group_members x WHERE x.user_id = m.user_id AND x.group_id = ?2)
    GROUP BY m.user_id
    ON CONFLICT (user_id) DO UPDATE SET group_id = excluded.group_id, joined_at = excluded.joined_at";

/// Puts reps of a team into one of its groups, out of any other.
pub async fn add(
    db: &impl Db,
    company: CompanyId,
    group: GroupId,
    users: &[UserId],
    now: u64,
    change: &Change,
) -> Result<(), DbError> {
    let add = Statement::new(ADD)
        .bind(company)
        .bind(group)
        .bind(json_ids(users))
        .bind(now);
    db.batch(vec![add, audit::entry_if_changed(change)]).await?;
    Ok(())
}

const REMOVE: &str = "
    DELETE FROM group_members WHERE group_id = ?2 AND user_id = ?3
      AND EXISTS (SELECT 1 FROM groups WHERE company_id = ?1 AND id = ?2)";

/// Takes a rep out of a group; false when they are not in it. They stay in the team.
pub async fn remove(
    db: &impl Db,
    company: CompanyId,
    group: GroupId,
    user: UserId,
    change: &Change,
) -> Result<bool, DbError> {
    let changed = db
        .batch(vec![
            Statement::new(REMOVE).bind(company).bind(group).bind(user),
            audit::entry_if_changed(change),
        ])
        .await?;
    Ok(changed.first().is_some_and(|rows| *rows > 0))
}
