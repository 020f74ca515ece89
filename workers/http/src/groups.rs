//! `/api/groups`: reps of a team who practise at the same slot. All managers of a company see its groups; who leads the team
//! changes them.

use crate::cursor;
use crate::error::ApiError;
use crate::extract::{Bearer, Editor, IfMatch, JsonBody, PathId, PathIds, Query};
use crate::json::Json;
use crate::members::{self, Into};
use crate::ports::{Ports, new_id};
use crate::teams;
use crate::tenant;
use crate::users::taken;
use crate::versioned::{Versioned, changed_meanwhile};
use axum::extract::State;
use axum::http::StatusCode;
use axum::http::header::LOCATION;
use axum::response::{IntoResponse, Response};
use contract::groups::{CreateGroup, Group, GroupQuery, Schedule, UpdateGroup};
use contract::page::{DEFAULT_LIMIT, Page, PageQuery};
use contract::teams::AddMembers;
use contract::users::TeamName;
use domain::ids::{CompanyId, GroupId, TeamId, UserId};
use domain::policy::Principal;
use domain::role::Role;
use domain::schedule::Weekdays;
use serde_json::{Value, json};
use store::groups::{self, GroupFields, GroupRow};

pub(crate) async fn list<P: Ports>(
    State(ports): State<P>,
    Bearer(asker): Bearer,
    Query(query): Query<GroupQuery>,
) -> Result<Json<Page<Group>>, ApiError> {
    let company = tenant::meant(&ports, &asker, query.company_id).await?;
    let after = cursor::to_id(query.cursor.as_deref())?;
    let limit = query.limit.unwrap_or(DEFAULT_LIMIT);
    page(&ports, company, query.team_id, after, limit).await
}

pub(crate) async fn of_team<P: Ports>(
    State(ports): State<P>,
    Bearer(asker): Bearer,
    PathId(team): PathId<TeamId>,
    Query(query): Query<PageQuery>,
) -> Result<Json<Page<Group>>, ApiError> {
    let team = teams::readable(&ports, &asker, team).await?;
    let after = cursor::to_id(query.cursor.as_deref())?;
    page(&ports, team.company, Some(team.id), after, query.limit()).await
}

async fn page<P: Ports>(
    ports: &P,
    company: CompanyId,
    team: Option<TeamId>,
    after: Option<GroupId>,
    limit: u32,
) -> Result<Json<Page<Group>>, ApiError> {
    let rows = groups::list(ports.db(), company, team, after, limit + 1).await?;
    let page = Page::of(rows, limit, |row| row.id.to_string());
    let items: Result<_, _> = page.items.into_iter().map(shown).collect();
    Ok(Json(Page {
        items: items?,
        next_cursor: page.next_cursor,
    }))
}

pub(crate) async fn one<P: Ports>(
    State(ports): State<P>,
    Bearer(asker): Bearer,
    PathId(id): PathId<GroupId>,
) -> Result<Versioned<Group>, ApiError> {
    versioned(StatusCode::OK, readable(&ports, &asker, id).await?)
}

pub(crate) async fn create<P: Ports>(
    State(ports): State<P>,
    editor: Editor,
    JsonBody(form): JsonBody<CreateGroup>,
) -> Result<Response, ApiError> {
    let team = teams::changeable(&ports, &editor.asker, form.team_id).await?;
    let company = team.company;
    let id: GroupId = new_id(&ports)?;
    let fields = written(&form.name, &form.schedule, true);
    let mut change = editor.change(&ports, company, "group.created", id.0)?;
    change.after = Some(audited(&form.name, &form.schedule, true));
    let (db, now) = (ports.db(), ports.now_ms());
    let made = groups::insert(db, company, team.id, id, fields, now, &change).await;
    made.map_err(|error| taken(error, "name"))?;
    let group = readable(&ports, &editor.asker, id).await?;
    let location = [(LOCATION, format!("/api/groups/{id}"))];
    Ok((location, versioned(StatusCode::CREATED, group)?).into_response())
}

pub(crate) async fn update<P: Ports>(
    State(ports): State<P>,
    editor: Editor,
    PathId(id): PathId<GroupId>,
    IfMatch(version): IfMatch,
    JsonBody(form): JsonBody<UpdateGroup>,
) -> Result<Versioned<Group>, ApiError> {
    let group = changeable(&ports, &editor.asker, id).await?;
    let company = group.company;
    let before = shown(group)?;
    let action = if before.schedule == form.schedule {
        "group.changed"
    } else {
        "group.rescheduled"
    };
    let mut change = editor.change(&ports, company, action, id.0)?;
    change.before = Some(audited(&before.name, &before.schedule, before.is_active));
    change.after = Some(audited(&form.name, &form.schedule, form.is_active));
    let fields = written(&form.name, &form.schedule, form.is_active);
    let (db, now) = (ports.db(), ports.now_ms());
    let updated = groups::update(db, company, id, version, fields, now, &change).await;
    if !updated.map_err(|error| taken(error, "name"))? {
        return Err(changed_meanwhile());
    }
    versioned(StatusCode::OK, readable(&ports, &editor.asker, id).await?)
}

/// A group goes; its reps stay in the team.
pub(crate) async fn delete<P: Ports>(
    State(ports): State<P>,
    editor: Editor,
    PathId(id): PathId<GroupId>,
) -> Result<StatusCode, ApiError> {
    let group = changeable(&ports, &editor.asker, id).await?;
    let company = group.company;
    let mut change = editor.change(&ports, company, "group.deleted", id.0)?;
    let before = shown(group)?;
    change.before = Some(audited(&before.name, &before.schedule, before.is_active));
    if groups::delete(ports.db(), company, id, &change).await? {
        Ok(StatusCode::NO_CONTENT)
    } else {
        Err(no_such_group())
    }
}

/// Puts reps of the team into the group; who was in another group of the team moves over.
pub(crate) async fn add_members<P: Ports>(
    State(ports): State<P>,
    editor: Editor,
    PathId(id): PathId<GroupId>,
    JsonBody(form): JsonBody<AddMembers>,
) -> Result<Versioned<Group>, ApiError> {
    let group = changeable(&ports, &editor.asker, id).await?;
    let company = group.company;
    members::check(&ports, company, &form.user_ids, Into::GroupOf(group.team)).await?;
    let mut change = editor.change(&ports, company, "group.joined", id.0)?;
    change.after = Some(json!({"userIds": form.user_ids}));
    let (db, now) = (ports.db(), ports.now_ms());
    groups::add(db, company, id, &form.user_ids, now, &change).await?;
    versioned(StatusCode::OK, readable(&ports, &editor.asker, id).await?)
}

pub(crate) async fn remove_member<P: Ports>(
    State(ports): State<P>,
    editor: Editor,
    PathIds(id, user): PathIds<GroupId, UserId>,
) -> Result<StatusCode, ApiError> {
    let group = changeable(&ports, &editor.asker, id).await?;
    let mut change = editor.change(&ports, group.company, "group.left", id.0)?;
    change.before = Some(json!({"userIds": [user]}));
    if groups::remove(ports.db(), group.company, id, user, &change).await? {
        Ok(StatusCode::NO_CONTENT)
    } else {
        Err(ApiError::not_found("member"))
    }
}

/// The group, if the asker may see it.
async fn readable<P: Ports>(
    ports: &P,
    asker: &Principal,
    id: GroupId,
) -> Result<GroupRow, ApiError> {
    let company = match asker.role {
        Role::SuperAdmin => groups::tenant_of(ports.db(), id).await?,
        Role::Manager | Role::SalesRep => Some(asker.company),
    };
    let group = match company {
        Some(company) => groups::find(ports.db(), company, id).await?,
        None => None,
    };
    group.ok_or_else(no_such_group)
}

/// The group, if the asker may change its team.
async fn changeable<P: Ports>(
    ports: &P,
    asker: &Principal,
    id: GroupId,
) -> Result<GroupRow, ApiError> {
    let group = readable(ports, asker, id).await?;
    teams::changeable(ports, asker, group.team).await?;
    Ok(group)
}

fn no_such_group() -> ApiError {
    ApiError::not_found("group")
}

fn written(name: &str, schedule: &Schedule, is_active: bool) -> GroupFields {
    GroupFields {
        name: name.trim().to_owned(),
        weekdays: schedule.weekdays.bits(),
        slot_minute: schedule.slot_minute,
        zone: schedule.zone.clone(),
        is_active,
    }
}

fn audited(name: &str, schedule: &Schedule, is_active: bool) -> Value {
    json!({"name": name.trim(), "schedule": schedule, "isActive": is_active})
}

fn versioned(status: StatusCode, group: GroupRow) -> Result<Versioned<Group>, ApiError> {
    Ok(Versioned {
        status,
        version: group.version,
        body: shown(group)?,
    })
}

fn shown(row: GroupRow) -> Result<Group, ApiError> {
    let weekdays = Weekdays::from_bits(row.weekdays);
    let weekdays =
        weekdays.map_err(|error| ApiError::Broken(format!("group {}: {error}", row.id)))?;
    Ok(Group {
        id: row.id,
        company_id: row.company,
        team: TeamName {
            id: row.team,
            name: row.team_name,
        },
        name: row.name,
        schedule: Schedule {
            weekdays,
            slot_minute: row.slot_minute,
            zone: row.zone,
        },
        is_active: row.is_active,
        members: row.members,
        version: row.version,
        created_at: row.created_at,
        updated_at: row.updated_at,
    })
}
