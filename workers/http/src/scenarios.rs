//! `/api/scenarios`: the library of what is practised. Reps see what is published, without what would give answers away;
//! managers write their company's own; the stock library is the super admins'.

mod editing;
mod views;

pub(crate) use editing::{activate, copy, create, delete, edit, publish};

use crate::cursor;
use crate::error::ApiError;
use crate::extract::{Bearer, PathId, PathIds, PathText, Query, Thing};
use crate::json::Json;
use crate::ports::Ports;
use crate::tenant;
use crate::versioned::Versioned;
use axum::extract::State;
use axum::http::StatusCode;
use contract::page::{DEFAULT_LIMIT, MAX_LIMIT, Page};
use contract::scenario::{
    ScenarioQuery, ScenarioSearch, ScenarioSummary, ScenarioView, Version, VersionQuery,
    VersionSummary,
};
use contract::session::Items;
use domain::ids::{CompanyId, ScenarioId};
use domain::policy::Principal;
use domain::role::Role;
use std::str::FromStr;
use store::scenarios::{self, Filter, Place, ScenarioRow, Shelf};

pub(crate) async fn list<P: Ports>(
    State(ports): State<P>,
    Bearer(asker): Bearer,
    Query(query): Query<ScenarioQuery>,
) -> Result<Json<Page<ScenarioSummary>>, ApiError> {
    let company = tenant::meant(&ports, &asker, query.company_id).await?;
    let after: Option<Place> = cursor::to_place(query.cursor.as_deref())?;
    let limit = query.limit.unwrap_or(DEFAULT_LIMIT);
    let filter = Filter {
        day: query.day,
        category: query.category,
    };
    let (db, shelf) = (ports.db(), shelf(&asker));
    let rows = scenarios::list(db, company, shelf, filter, after, limit + 1).await?;
    let page = Page::of(rows, limit, |row| cursor::of_place(&Place::of(row)));
    Ok(Json(Page {
        items: page.items.into_iter().map(views::summary).collect(),
        next_cursor: page.next_cursor,
    }))
}

pub(crate) async fn search<P: Ports>(
    State(ports): State<P>,
    Bearer(asker): Bearer,
    Query(query): Query<ScenarioSearch>,
) -> Result<Json<Items<ScenarioSummary>>, ApiError> {
    let company = tenant::meant(&ports, &asker, query.company_id).await?;
    let limit = query.limit.unwrap_or(DEFAULT_LIMIT);
    let rows = scenarios::search(ports.db(), company, shelf(&asker), &query.q, limit).await?;
    Ok(Json(Items {
        items: rows.into_iter().map(views::summary).collect(),
    }))
}

/// What there is for a day; what is practised comes first.
pub(crate) async fn for_day<P: Ports>(
    State(ports): State<P>,
    Bearer(asker): Bearer,
    PathText(day): PathText,
) -> Result<Json<Items<ScenarioSummary>>, ApiError> {
    let day = day.parse().ok().filter(|day| (1..=10).contains(day));
    let filter = Filter {
        day: Some(day.ok_or_else(|| ApiError::not_found("day"))?),
        category: None,
    };
    let (db, shelf) = (ports.db(), shelf(&asker));
    let rows = scenarios::list(db, asker.company, shelf, filter, None, MAX_LIMIT).await?;
    Ok(Json(Items {
        items: rows.into_iter().map(views::summary).collect(),
    }))
}

pub(crate) async fn one<P: Ports>(
    State(ports): State<P>,
    Bearer(asker): Bearer,
    PathId(id): PathId<ScenarioId>,
) -> Result<Versioned<ScenarioView>, ApiError> {
    let row = visible(&ports, &asker, id).await?;
    Ok(Versioned {
        status: StatusCode::OK,
        version: row.version,
        body: match asker.role {
            Role::SalesRep => ScenarioView::ForRep(Box::new(views::for_rep(&row))),
            Role::Manager | Role::SuperAdmin => ScenarioView::Whole(Box::new(views::whole(row))),
        },
    })
}

pub(crate) async fn versions<P: Ports>(
    State(ports): State<P>,
    Bearer(asker): Bearer,
    PathId(id): PathId<ScenarioId>,
    Query(query): Query<VersionQuery>,
) -> Result<Json<Page<VersionSummary>>, ApiError> {
    let scenario = visible(&ports, &asker, id).await?;
    let company = scenario.company.unwrap_or(asker.company);
    let before: Option<u32> = cursor::to_id(query.cursor.as_deref())?;
    let limit = query.limit.unwrap_or(DEFAULT_LIMIT);
    let rows = scenarios::versions(ports.db(), company, id, before, limit + 1).await?;
    let page = Page::of(rows, limit, |row| row.number.to_string());
    Ok(Json(Page {
        items: page.items.into_iter().map(views::version_summary).collect(),
        next_cursor: page.next_cursor,
    }))
}

pub(crate) async fn version<P: Ports>(
    State(ports): State<P>,
    Bearer(asker): Bearer,
    PathIds(id, number): PathIds<ScenarioId, VersionNumber>,
) -> Result<Json<Version>, ApiError> {
    let scenario = visible(&ports, &asker, id).await?;
    let company = scenario.company.unwrap_or(asker.company);
    let row = scenarios::version(ports.db(), company, id, number.0).await?;
    let row = row.ok_or_else(|| ApiError::not_found("version"))?;
    Ok(Json(views::version(row)))
}

/// The number of a version in a path.
#[derive(Debug, Clone, Copy)]
pub(crate) struct VersionNumber(pub u32);

impl FromStr for VersionNumber {
    type Err = std::num::ParseIntError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        text.parse().map(Self)
    }
}

impl Thing for VersionNumber {
    const NAME: &str = "version";
}

/// Reps see what is served; whoever edits sees everything.
fn shelf(asker: &Principal) -> Shelf {
    match asker.role {
        Role::SalesRep => Shelf::Served,
        Role::Manager | Role::SuperAdmin => Shelf::Whole,
    }
}

/// A scenario that the asker may see, as they see it: of their own company or of the stock library; a super admin sees all.
pub(crate) async fn visible<P: Ports>(
    ports: &P,
    asker: &Principal,
    id: ScenarioId,
) -> Result<ScenarioRow, ApiError> {
    let company = home_of(ports, asker, id).await?;
    scenarios::find(ports.db(), company, shelf(asker), id)
        .await?
        .ok_or_else(no_such_scenario)
}

/// A scenario as it is practised, if the asker may see it.
pub(crate) async fn served<P: Ports>(
    ports: &P,
    asker: &Principal,
    id: ScenarioId,
) -> Result<ScenarioRow, ApiError> {
    let company = home_of(ports, asker, id).await?;
    scenarios::find(ports.db(), company, Shelf::Served, id)
        .await?
        .ok_or_else(no_such_scenario)
}

/// The company to look from: one's own, or for a super admin the scenario's.
async fn home_of<P: Ports>(
    ports: &P,
    asker: &Principal,
    id: ScenarioId,
) -> Result<CompanyId, ApiError> {
    if asker.role != Role::SuperAdmin {
        return Ok(asker.company);
    }
    let owner = scenarios::owner_of(ports.db(), id).await?;
    Ok(owner.ok_or_else(no_such_scenario)?.unwrap_or(asker.company))
}

fn no_such_scenario() -> ApiError {
    ApiError::not_found("scenario")
}
