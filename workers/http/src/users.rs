//! `/api/users`: the people of a company, for its managers and for super admins.

mod editing;

pub(crate) use editing::{activate, create, delete, taken, update};

use crate::cursor;
use crate::error::ApiError;
use crate::extract::{Bearer, PathId, Query};
use crate::json::Json;
use crate::ports::Ports;
use crate::teams;
use crate::tenant;
use crate::versioned::Versioned;
use axum::extract::State;
use axum::http::StatusCode;
use contract::page::{DEFAULT_LIMIT, Page};
use contract::users::{GroupName, MemberQuery, TeamName, User, UserQuery};
use domain::ids::{CompanyId, TeamId, UserId};
use domain::policy::{PersonFacts, Principal, may_read_person};
use domain::role::Role;
use store::people::{self, PersonRow, Place, Wanted};

pub(crate) async fn list<P: Ports>(
    State(ports): State<P>,
    Bearer(asker): Bearer,
    Query(query): Query<UserQuery>,
) -> Result<Json<Page<User>>, ApiError> {
    let company = tenant::meant(&ports, &asker, query.company_id).await?;
    let wanted = Wanted {
        role: query.role,
        team: query.team_id,
        group: query.group_id,
        active: query.active,
        search: query.search.map(|search| search.trim().to_owned()),
        after: cursor::to_place(query.cursor.as_deref())?,
        limit: query.limit.unwrap_or(DEFAULT_LIMIT),
    };
    page(&ports, company, wanted).await
}

pub(crate) async fn of_team<P: Ports>(
    State(ports): State<P>,
    Bearer(asker): Bearer,
    PathId(team): PathId<TeamId>,
    Query(query): Query<MemberQuery>,
) -> Result<Json<Page<User>>, ApiError> {
    let team = teams::readable(&ports, &asker, team).await?;
    let wanted = Wanted {
        team: Some(team.id),
        after: cursor::to_place(query.cursor.as_deref())?,
        limit: query.limit.unwrap_or(DEFAULT_LIMIT),
        ..Wanted::default()
    };
    page(&ports, team.company, wanted).await
}

async fn page<P: Ports>(
    ports: &P,
    company: CompanyId,
    wanted: Wanted,
) -> Result<Json<Page<User>>, ApiError> {
    let limit = wanted.limit;
    let one_more = Wanted {
        limit: limit + 1,
        ..wanted
    };
    let rows = people::list(ports.db(), company, one_more).await?;
    let page = Page::of(rows, limit, |row| cursor::of_place(&Place::of(row)));
    Ok(Json(Page {
        items: page.items.into_iter().map(shown).collect(),
        next_cursor: page.next_cursor,
    }))
}

pub(crate) async fn one<P: Ports>(
    State(ports): State<P>,
    Bearer(asker): Bearer,
    PathId(id): PathId<UserId>,
) -> Result<Versioned<User>, ApiError> {
    Ok(versioned(
        StatusCode::OK,
        readable(&ports, &asker, id).await?,
    ))
}

/// The person, if the asker may see them.
pub(crate) async fn readable<P: Ports>(
    ports: &P,
    asker: &Principal,
    id: UserId,
) -> Result<PersonRow, ApiError> {
    let company = match asker.role {
        Role::SuperAdmin => people::tenant_of(ports.db(), id).await?,
        Role::Manager | Role::SalesRep => Some(asker.company),
    };
    let person = match company {
        Some(company) => people::find(ports.db(), company, id).await?,
        None => None,
    };
    person
        .filter(|person| may_read_person(asker, &facts(person)))
        .ok_or_else(|| ApiError::not_found("user"))
}

fn facts(person: &PersonRow) -> PersonFacts {
    PersonFacts {
        user: person.id,
        company: person.company,
        role: person.role,
    }
}

fn versioned(status: StatusCode, person: PersonRow) -> Versioned<User> {
    Versioned {
        status,
        version: person.version,
        body: shown(person),
    }
}

fn shown(row: PersonRow) -> User {
    let team = row.team.zip(row.team_name);
    let group = row.group.zip(row.group_name);
    User {
        id: row.id,
        company_id: row.company,
        email: row.email,
        role: row.role,
        first_name: row.first_name,
        last_name: row.last_name,
        phone: row.phone,
        language: row.language,
        is_active: row.is_active,
        team: team.map(|(id, name)| TeamName { id, name }),
        group: group.map(|(id, name)| GroupName { id, name }),
        last_login_at: row.last_login_at,
        version: row.version,
        created_at: row.created_at,
        updated_at: row.updated_at,
    }
}
