//! Invites: made, listed, taken back. What comes of one that is used is [`crate::accounts`]'.

use crate::audit::{Change, entry_if_changed};
use crate::cursor::After;
use crate::outbox::{NewMail, put_if_changed};
use crate::{Db, DbError, FromRow, Statement};
use domain::ids::{CompanyId, GroupId, InviteId, TeamId, UserId};
use domain::joining::InviteState;
use domain::role::Role;

/// An invite about to be stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewInvite {
    /// The invite.
    pub id: InviteId,
    /// The company they join.
    pub company: CompanyId,
    /// SHA-256 of the token, hex. The token itself is stored nowhere.
    pub token_hash: String,
    /// Whom it is for; `None`: whoever holds the link.
    pub email: Option<String>,
    /// What they will be.
    pub role: Role,
    /// The team they will be in.
    pub team: Option<TeamId>,
    /// Their group.
    pub group: Option<GroupId>,
    /// Who invites.
    pub invited_by: UserId,
    /// Unix ms.
    pub now: u64,
    /// Unix ms from which it opens nothing.
    pub expires_at: u64,
}

// An invite that is open holds a place of the plan; a newer one to the same address takes the older one's.
const CREATE: &str = "
    INSERT INTO invites (id, company_id, token_hash, email, role, team_id, group_id, invited_by, created_at, expires_at)
    SELECT ?1, c.id, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10 FROM companies c
    WHERE c.id = ?2
      AND (SELECT count(*) FROM users u WHERE u.company_id = c.id AND u.is_active = 1)
        + (SELECT count(*) FROM invites i
           WHERE i.company_id = c.id AND i.accepted_at IS NULL AND i.revoked_at IS NULL AND i.expires_at > ?9
             AND (?4 IS NULL OR i.email IS NULL OR i.email <> ?4)) < c.max_users";
const REPLACE: &str = "
    UPDATE invites SET revoked_at = ?4
    WHERE company_id = ?1 AND email = ?2 AND id <> ?3 AND accepted_at IS NULL AND revoked_at IS NULL
      AND EXISTS (SELECT 1 FROM invites WHERE id = ?3)";

/// Stores an invite with its mail, and takes back older ones to the same address. Gives false when the plan has no place left.
pub async fn create(
    db: &impl Db,
    new: NewInvite,
    mail: Option<NewMail>,
    change: &Change,
) -> Result<bool, DbError> {
    let replace = new.email.as_deref().map(|email| {
        Statement::new(REPLACE)
            .bind(new.company)
            .bind(email)
            .bind(new.id)
            .bind(new.now)
    });
    let create = Statement::new(CREATE)
        .bind(new.id)
        .bind(new.company)
        .bind(new.token_hash)
        .bind(new.email)
        .bind(new.role.as_str())
        .bind(new.team)
        .bind(new.group)
        .bind(new.invited_by)
        .bind(new.now)
        .bind(new.expires_at);
    let mut batch = vec![create, entry_if_changed(change)];
    batch.extend(mail.map(put_if_changed));
    batch.extend(replace);
    let changed = db.batch(batch).await?;
    Ok(changed.first().is_some_and(|rows| *rows > 0))
}

/// An invite in a list.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct InviteRow {
    /// The invite.
    pub id: InviteId,
    /// The company they join.
    pub company: CompanyId,
    /// Whom it is for.
    pub email: Option<String>,
    /// What they will be.
    pub role: Role,
    /// The team they will be in.
    pub team: Option<TeamId>,
    /// Their group.
    pub group: Option<GroupId>,
    /// Who invited them.
    pub invited_by: Option<UserId>,
    /// Who came in by it.
    pub accepted_by: Option<UserId>,
    /// Whether it still opens.
    pub state: InviteState,
    /// Unix ms.
    pub created_at: u64,
    /// Unix ms from which it opens nothing.
    pub expires_at: u64,
}

const LIST: &str = "
    SELECT * FROM (
        SELECT id, company_id AS company, email, role, team_id AS team, group_id AS \"group\", invited_by, accepted_by,
               CASE WHEN accepted_at IS NOT NULL THEN 'accepted' WHEN revoked_at IS NOT NULL THEN 'revoked'
                    WHEN expires_at <= ?2 THEN 'expired' ELSE 'open' END AS state,
               created_at, expires_at
        FROM invites
        WHERE company_id = ?1 AND created_at <= ?3 AND (created_at < ?3 OR id < ?4))
    WHERE ?5 IS NULL OR state = ?5
    ORDER BY created_at DESC, id DESC LIMIT ?6";

/// A company's invites, newest first.
pub async fn list(
    db: &impl Db,
    company: CompanyId,
    state: Option<InviteState>,
    after: Option<After>,
    limit: u32,
    now: u64,
) -> Result<Vec<InviteRow>, DbError> {
    let after = after.unwrap_or_default();
    let statement = Statement::new(LIST)
        .bind(company)
        .bind(now)
        .bind(after.at)
        .bind(after.id)
        .bind(state.map(InviteState::as_str))
        .bind(limit);
    db.all(statement).await
}

/// An invite that still opens, with what it opens.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct OpenInvite {
    /// The invite.
    pub id: InviteId,
    /// The company they join.
    pub company: CompanyId,
    /// Its name.
    pub company_name: String,
    /// The address the account will have.
    pub email: Option<String>,
    /// What they will be.
    pub role: Role,
    /// Unix ms from which it opens nothing.
    pub expires_at: u64,
}

const FIND_BY_TOKEN: &str = "
    SELECT i.id, i.company_id AS company, c.name AS company_name, i.email, i.role, i.expires_at
    FROM invites i JOIN companies c ON c.id = i.company_id
    WHERE i.token_hash = ?1 AND i.accepted_at IS NULL AND i.revoked_at IS NULL AND i.expires_at > ?2
      AND c.is_active = 1 AND (c.plan_ends_at IS NULL OR c.plan_ends_at > ?2)";

/// The invite with this token (SHA-256, hex), if it still opens.
pub async fn find_by_token(
    db: &impl Db,
    token_hash: &str,
    now: u64,
) -> Result<Option<OpenInvite>, DbError> {
    db.first(Statement::new(FIND_BY_TOKEN).bind(token_hash).bind(now))
        .await
}

const FIND: &str = "
    SELECT i.id, i.company_id AS company, c.name AS company_name, i.email, i.role, i.expires_at
    FROM invites i JOIN companies c ON c.id = i.company_id
    WHERE i.id = ?1 AND i.accepted_at IS NULL AND i.revoked_at IS NULL AND i.expires_at > ?2
      AND c.is_active = 1 AND (c.plan_ends_at IS NULL OR c.plan_ends_at > ?2)";

/// An invite that a signed confirmation names, if it still opens.
pub async fn find(db: &impl Db, invite: InviteId, now: u64) -> Result<Option<OpenInvite>, DbError> {
    db.first(Statement::new(FIND).bind(invite).bind(now)).await
}

const REVOKE: &str = "
    UPDATE invites SET revoked_at = ?3
    WHERE id = ?1 AND company_id = ?2 AND accepted_at IS NULL AND revoked_at IS NULL";

/// Takes an invite back. Gives false when there is none of this company, or it was used or taken back before.
pub async fn revoke(
    db: &impl Db,
    company: CompanyId,
    invite: InviteId,
    change: &Change,
) -> Result<bool, DbError> {
    let revoke = Statement::new(REVOKE)
        .bind(invite)
        .bind(company)
        .bind(change.at);
    let changed = db.batch(vec![revoke, entry_if_changed(change)]).await?;
    Ok(changed.first().is_some_and(|rows| *rows > 0))
}

/// What stands about an invite, whatever became of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, FromRow)]
pub struct InviteFacts {
    /// The company it is of.
    pub company: CompanyId,
    /// Somebody came in by it.
    pub accepted: bool,
}

const FACTS: &str =
    "SELECT company_id AS company, accepted_at IS NOT NULL AS accepted FROM invites WHERE id = ?1";

/// Whose an invite is: who may touch it is policy's.
pub async fn facts(db: &impl Db, invite: InviteId) -> Result<Option<InviteFacts>, DbError> {
    db.first(Statement::new(FACTS).bind(invite)).await
}

/// A place that an invite leads to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, FromRow)]
pub struct Place {
    /// Who leads the team.
    pub manager: UserId,
    /// They may still log in.
    pub manager_is_active: bool,
    /// The group is one of the team.
    pub has_group: bool,
}

const PLACE: &str = "
    SELECT t.manager_id AS manager, u.is_active AS manager_is_active,
           EXISTS (SELECT 1 FROM groups g WHERE g.id = ?3 AND g.team_id = t.id) AS has_group
    FROM teams t JOIN users u ON u.id = t.manager_id
    WHERE t.id = ?2 AND t.company_id = ?1";

/// A company's team, and whether a group is one of it.
pub async fn place(
    db: &impl Db,
    company: CompanyId,
    team: TeamId,
    group: Option<GroupId>,
) -> Result<Option<Place>, DbError> {
    let statement = Statement::new(PLACE).bind(company).bind(team).bind(group);
    db.first(statement).await
}

/// Who invites, and whereto, by name.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct Names {
    /// "Troika Tech".
    pub company_name: String,
    /// "Asha Verma".
    pub inviter: String,
}

const NAMES: &str = "
    SELECT c.name AS company_name, u.first_name || ' ' || u.last_name AS inviter
    FROM companies c JOIN users u ON u.id = ?2 WHERE c.id = ?1";

/// The names for an invite's letter. The one who invites may be a super admin of another company.
pub async fn names(
    db: &impl Db,
    company: CompanyId,
    inviter: UserId,
) -> Result<Option<Names>, DbError> {
    db.first(Statement::new(NAMES).bind(company).bind(inviter))
        .await
}
