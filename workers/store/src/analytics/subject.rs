//! Who or what figures are asked of, and what their rights hang on.

use crate::{Db, DbError, FromRow, Statement};
use domain::ids::{CompanyId, GroupId, TeamId, UserId};

/// A thing that has figures.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Subject {
    /// A rep.
    Rep(UserId),
    /// A team.
    Team(TeamId),
    /// A group.
    Group(GroupId),
}

#[derive(FromRow)]
struct Owner {
    company: CompanyId,
}

const TENANT_OF_REP: &str = "SELECT company_id AS company FROM users WHERE id = ?1";
const TENANT_OF_TEAM: &str = "SELECT company_id AS company FROM teams WHERE id = ?1";
const TENANT_OF_GROUP: &str = "SELECT company_id AS company FROM groups WHERE id = ?1";

/// The company a thing belongs to: for a super admin, who sees all of them, before any other call.
pub async fn tenant_of(db: &impl Db, subject: Subject) -> Result<Option<CompanyId>, DbError> {
    let statement = match subject {
        Subject::Rep(rep) => Statement::new(TENANT_OF_REP).bind(rep),
        Subject::Team(team) => Statement::new(TENANT_OF_TEAM).bind(team),
        Subject::Group(group) => Statement::new(TENANT_OF_GROUP).bind(group),
    };
    let owner: Option<Owner> = db.first(statement).await?;
    Ok(owner.map(|owner| owner.company))
}

/// A rep, as seen by somebody.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct Rep {
    /// The rep.
    pub user: UserId,
    /// "Asha Verma".
    pub name: String,
    /// They are in a team of whoever asks.
    pub is_led: bool,
}

const REP: &str = "
    SELECT u.id AS user, trim(u.first_name || ' ' || u.last_name) AS name,
           EXISTS (SELECT 1 FROM team_members m JOIN teams t ON t.id = m.team_id
                   WHERE m.user_id = u.id AND m.company_id = ?1 AND t.manager_id = ?3) AS is_led
    FROM users u WHERE u.id = ?2 AND u.company_id = ?1";

/// A person of a company, and whether `asker` leads them.
pub async fn rep(
    db: &impl Db,
    company: CompanyId,
    rep: UserId,
    asker: UserId,
) -> Result<Option<Rep>, DbError> {
    db.first(Statement::new(REP).bind(company).bind(rep).bind(asker))
        .await
}

/// A team.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct Team {
    /// The team.
    pub team: TeamId,
    /// "West".
    pub name: String,
    /// Who leads it.
    pub manager: UserId,
}

const TEAM: &str = "
    SELECT id AS team, name, manager_id AS manager FROM teams WHERE company_id = ?1 AND id = ?2";

/// A team of a company.
pub async fn team(db: &impl Db, company: CompanyId, team: TeamId) -> Result<Option<Team>, DbError> {
    db.first(Statement::new(TEAM).bind(company).bind(team))
        .await
}

const TEAM_OF: &str = "
    SELECT t.id AS team, t.name, t.manager_id AS manager FROM team_members m JOIN teams t ON t.id = m.team_id
    WHERE m.company_id = ?1 AND m.user_id = ?2";

/// The team a rep is in.
pub async fn team_of(
    db: &impl Db,
    company: CompanyId,
    rep: UserId,
) -> Result<Option<Team>, DbError> {
    db.first(Statement::new(TEAM_OF).bind(company).bind(rep))
        .await
}

#[derive(FromRow)]
struct GroupManager {
    manager: UserId,
}

const GROUP_MANAGER: &str = "
    SELECT t.manager_id AS manager FROM groups g JOIN teams t ON t.id = g.team_id
    WHERE g.company_id = ?1 AND g.id = ?2";

/// Who leads the team that a group is of; `None` when the company has no such group.
pub async fn group_manager(
    db: &impl Db,
    company: CompanyId,
    group: GroupId,
) -> Result<Option<UserId>, DbError> {
    let statement = Statement::new(GROUP_MANAGER).bind(company).bind(group);
    let row: Option<GroupManager> = db.first(statement).await?;
    Ok(row.map(|row| row.manager))
}

/// What a company's clock shows.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, FromRow)]
pub struct Clock {
    /// Minutes ahead of UTC.
    pub utc_offset_minutes: i32,
}

const CLOCK: &str = "
    SELECT utc_offset_minutes FROM sessions WHERE company_id = ?1 ORDER BY date DESC LIMIT 1";

/// The clock a company practises by: that of its latest slot; UTC before the first.
pub async fn clock(db: &impl Db, company: CompanyId) -> Result<Clock, DbError> {
    let row: Option<Clock> = db.first(Statement::new(CLOCK).bind(company)).await?;
    Ok(row.unwrap_or_default())
}
