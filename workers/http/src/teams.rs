//! `/api/teams`: a manager and their reps. All managers of a company see its teams; who leads one changes it.

use crate::cursor;
use crate::error::ApiError;
use crate::extract::{Bearer, Editor, IfMatch, JsonBody, PathId, PathIds, Query};
use crate::json::Json;
use crate::members::{self, Into};
use crate::ports::{Ports, new_id};
use crate::tenant;
use crate::users::taken;
use crate::versioned::{Versioned, changed_meanwhile};
use axum::extract::State;
use axum::http::StatusCode;
use axum::http::header::LOCATION;
use axum::response::{IntoResponse, Response};
use contract::page::{DEFAULT_LIMIT, Page};
use contract::problem::{Code, FieldError};
use contract::teams::{AddMembers, Team, TeamForm, TeamQuery};
use contract::users::{CompanyChoice, PersonName};
use domain::ids::{TeamId, UserId};
use domain::policy::{Principal, TeamFacts, may_change_team};
use domain::role::Role;
use serde_json::json;
use store::teams::{self, TeamRow};

pub(crate) async fn list<P: Ports>(
    State(ports): State<P>,
    Bearer(asker): Bearer,
    Query(query): Query<TeamQuery>,
) -> Result<Json<Page<Team>>, ApiError> {
    let company = tenant::meant(&ports, &asker, query.company_id).await?;
    let after: String = cursor::to_place(query.cursor.as_deref())?;
    let limit = query.limit.unwrap_or(DEFAULT_LIMIT);
    let rows = teams::list(ports.db(), company, query.manager_id, &after, limit + 1).await?;
    let page = Page::of(rows, limit, |row| cursor::of_place(&row.name));
    Ok(Json(Page {
        items: page.items.into_iter().map(shown).collect(),
        next_cursor: page.next_cursor,
    }))
}

pub(crate) async fn one<P: Ports>(
    State(ports): State<P>,
    Bearer(asker): Bearer,
    PathId(id): PathId<TeamId>,
) -> Result<Versioned<Team>, ApiError> {
    Ok(versioned(
        StatusCode::OK,
        readable(&ports, &asker, id).await?,
    ))
}

pub(crate) async fn create<P: Ports>(
    State(ports): State<P>,
    editor: Editor,
    Query(choice): Query<CompanyChoice>,
    JsonBody(form): JsonBody<TeamForm>,
) -> Result<Response, ApiError> {
    let company = tenant::meant(&ports, &editor.asker, choice.company_id).await?;
    let (id, manager): (TeamId, UserId) = (new_id(&ports)?, form.manager_id);
    let name = form.name.trim();
    let mut change = editor.change(&ports, company, "team.created", id.0)?;
    change.after = Some(json!({"name": name, "managerId": manager}));
    let (db, now) = (ports.db(), ports.now_ms());
    let made = teams::insert(db, company, id, manager, name, now, &change).await;
    if !made.map_err(|error| taken(error, "name"))? {
        return Err(no_manager());
    }
    let team = readable(&ports, &editor.asker, id).await?;
    let location = [(LOCATION, format!("/api/teams/{id}"))];
    Ok((location, versioned(StatusCode::CREATED, team)).into_response())
}

pub(crate) async fn update<P: Ports>(
    State(ports): State<P>,
    editor: Editor,
    PathId(id): PathId<TeamId>,
    IfMatch(version): IfMatch,
    JsonBody(form): JsonBody<TeamForm>,
) -> Result<Versioned<Team>, ApiError> {
    let team = changeable(&ports, &editor.asker, id).await?;
    let (company, manager, name) = (team.company, form.manager_id, form.name.trim());
    let (db, now) = (ports.db(), ports.now_ms());
    if manager != team.manager && !teams::may_lead(db, company, manager).await? {
        return Err(no_manager());
    }
    let mut change = editor.change(&ports, company, "team.changed", id.0)?;
    change.before = Some(json!({"name": team.name, "managerId": team.manager}));
    change.after = Some(json!({"name": name, "managerId": manager}));
    let updated = teams::update(db, company, id, version, manager, name, now, &change).await;
    if !updated.map_err(|error| taken(error, "name"))? {
        return Err(changed_meanwhile());
    }
    let team = readable(&ports, &editor.asker, id).await?;
    Ok(versioned(StatusCode::OK, team))
}

/// A team goes with its groups, once its reps are elsewhere: their schedule would go with it unseen.
pub(crate) async fn delete<P: Ports>(
    State(ports): State<P>,
    editor: Editor,
    PathId(id): PathId<TeamId>,
) -> Result<StatusCode, ApiError> {
    let team = changeable(&ports, &editor.asker, id).await?;
    let mut change = editor.change(&ports, team.company, "team.deleted", id.0)?;
    change.before = Some(json!({"name": team.name, "managerId": team.manager}));
    if teams::delete(ports.db(), team.company, id, &change).await? {
        Ok(StatusCode::NO_CONTENT)
    } else {
        Err(ApiError::new(
            Code::InUse,
            "Reps are in this team. Take them out first.",
        ))
    }
}

pub(crate) async fn add_members<P: Ports>(
    State(ports): State<P>,
    editor: Editor,
    PathId(id): PathId<TeamId>,
    JsonBody(form): JsonBody<AddMembers>,
) -> Result<Versioned<Team>, ApiError> {
    let team = changeable(&ports, &editor.asker, id).await?;
    let company = team.company;
    members::check(&ports, company, &form.user_ids, Into::Team(id)).await?;
    let mut change = editor.change(&ports, company, "team.joined", id.0)?;
    change.after = Some(json!({"userIds": form.user_ids}));
    let (db, now) = (ports.db(), ports.now_ms());
    let added = teams::add(db, company, id, &form.user_ids, now, &change).await;
    added.map_err(|error| taken(error, "userIds"))?;
    let team = readable(&ports, &editor.asker, id).await?;
    Ok(versioned(StatusCode::OK, team))
}

pub(crate) async fn remove_member<P: Ports>(
    State(ports): State<P>,
    editor: Editor,
    PathIds(id, user): PathIds<TeamId, UserId>,
) -> Result<StatusCode, ApiError> {
    let team = changeable(&ports, &editor.asker, id).await?;
    let mut change = editor.change(&ports, team.company, "team.left", id.0)?;
    change.before = Some(json!({"userIds": [user]}));
    if teams::remove(ports.db(), team.company, id, user, &change).await? {
        Ok(StatusCode::NO_CONTENT)
    } else {
        Err(ApiError::not_found("member"))
    }
}

/// The team, if the asker may see it.
pub(crate) async fn readable<P: Ports>(
    ports: &P,
    asker: &Principal,
    id: TeamId,
) -> Result<TeamRow, ApiError> {
    let company = match asker.role {
        Role::SuperAdmin => teams::tenant_of(ports.db(), id).await?,
        Role::Manager | Role::SalesRep => Some(asker.company),
    };
    let team = match company {
        Some(company) => teams::find(ports.db(), company, id).await?,
        None => None,
    };
    team.ok_or_else(|| ApiError::not_found("team"))
}

/// The team, if the asker may change it and what belongs to it. Those who may only look are told so.
pub(crate) async fn changeable<P: Ports>(
    ports: &P,
    asker: &Principal,
    id: TeamId,
) -> Result<TeamRow, ApiError> {
    let team = readable(ports, asker, id).await?;
    let facts = TeamFacts {
        company: team.company,
        manager: team.manager,
        manager_is_active: team.manager_is_active,
    };
    if may_change_team(asker, &facts) {
        Ok(team)
    } else {
        Err(ApiError::new(
            Code::Forbidden,
            "Only the manager who leads this team can do that.",
        ))
    }
}

fn no_manager() -> ApiError {
    let message = "Choose an active manager of the company.";
    ApiError::fields(vec![FieldError::new("managerId", message)])
}

fn versioned(status: StatusCode, team: TeamRow) -> Versioned<Team> {
    Versioned {
        status,
        version: team.version,
        body: shown(team),
    }
}

fn shown(row: TeamRow) -> Team {
    Team {
        id: row.id,
        company_id: row.company,
        name: row.name,
        manager: PersonName {
            id: row.manager,
            first_name: row.manager_first_name,
            last_name: row.manager_last_name,
        },
        members: row.members,
        groups: row.groups,
        version: row.version,
        created_at: row.created_at,
        updated_at: row.updated_at,
    }
}
