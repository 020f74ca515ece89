//! Lists of sessions. Reps see their own, managers those of their teams' reps, super admins a company's.

use super::access::leads;
use super::listed::listed;
use crate::cursor;
use crate::error::ApiError;
use crate::extract::{Bearer, PathId, Query};
use crate::json::Json;
use crate::ports::Ports;
use crate::tenant;
use axum::extract::State;
use contract::page::{DEFAULT_LIMIT, Page};
use contract::session::{ListedSession, SessionPage, SessionQuery};
use domain::ids::{CompanyId, UserId};
use domain::policy::Principal;
use domain::role::Role;
use store::people;
use store::sessions::{self, Filter, Place, Reps, SessionRow};

pub(crate) async fn list<P: Ports>(
    State(ports): State<P>,
    Bearer(asker): Bearer,
    Query(query): Query<SessionQuery>,
) -> Result<Json<Page<ListedSession>>, ApiError> {
    let (company, reps) = match query.user_id {
        Some(user) => (company_of(&ports, &asker, user).await?, Reps::One(user)),
        None => {
            let company = tenant::meant(&ports, &asker, query.company_id).await?;
            (company, all_seen_by(&asker))
        }
    };
    let filter = Filter {
        team: query.team_id,
        group: query.group_id,
        status: query.status,
        day: query.day,
        from: query.from,
        to: query.to,
    };
    let page = SessionPage {
        limit: query.limit,
        cursor: query.cursor,
    };
    latest(&ports, &asker, company, reps, filter, &page).await
}

pub(crate) async fn of_user<P: Ports>(
    State(ports): State<P>,
    Bearer(asker): Bearer,
    PathId(user): PathId<UserId>,
    Query(page): Query<SessionPage>,
) -> Result<Json<Page<ListedSession>>, ApiError> {
    let company = company_of(&ports, &asker, user).await?;
    let filter = Filter::default();
    latest(&ports, &asker, company, Reps::One(user), filter, &page).await
}

pub(crate) async fn upcoming<P: Ports>(
    State(ports): State<P>,
    Bearer(asker): Bearer,
    Query(page): Query<SessionPage>,
) -> Result<Json<Page<ListedSession>>, ApiError> {
    let after: Option<Place> = cursor::to_place(page.cursor.as_deref())?;
    let limit = page.limit.unwrap_or(DEFAULT_LIMIT);
    let (reps, now) = (all_seen_by(&asker), ports.now_ms());
    let (db, company) = (ports.db(), asker.company);
    let rows = sessions::upcoming(db, company, reps, now, after, limit + 1).await?;
    Ok(Json(page_of(&asker, rows, limit)))
}

async fn latest<P: Ports>(
    ports: &P,
    asker: &Principal,
    company: CompanyId,
    reps: Reps,
    filter: Filter,
    page: &SessionPage,
) -> Result<Json<Page<ListedSession>>, ApiError> {
    let after: Option<Place> = cursor::to_place(page.cursor.as_deref())?;
    let limit = page.limit.unwrap_or(DEFAULT_LIMIT);
    let rows = sessions::list(ports.db(), company, reps, filter, after, limit + 1).await?;
    Ok(Json(page_of(asker, rows, limit)))
}

fn all_seen_by(asker: &Principal) -> Reps {
    match asker.role {
        Role::SalesRep => Reps::One(asker.user),
        Role::Manager => Reps::LedBy(asker.user),
        Role::SuperAdmin => Reps::All,
    }
}

/// The company of a person whose sessions the asker may see; for everyone else there is no such person.
async fn company_of<P: Ports>(
    ports: &P,
    asker: &Principal,
    user: UserId,
) -> Result<CompanyId, ApiError> {
    let company = match asker.role {
        _ if user == asker.user => Some(asker.company),
        Role::SuperAdmin => people::tenant_of(ports.db(), user).await?,
        Role::Manager if leads(ports, asker, user).await? => Some(asker.company),
        Role::Manager | Role::SalesRep => None,
    };
    company.ok_or_else(|| ApiError::not_found("user"))
}

/// The step of a running session is not in a list: asking each object would cost more than the list.
fn page_of(asker: &Principal, rows: Vec<SessionRow>, limit: u32) -> Page<ListedSession> {
    let page = Page::of(rows, limit, |row| cursor::of_place(&Place::of(row)));
    Page {
        items: page
            .items
            .into_iter()
            .map(|row| ListedSession {
                session: listed(&row, None),
                suspected: row.suspected && asker.role != Role::SalesRep,
                group_id: row.group_id,
                rep_name: row.rep_name,
            })
            .collect(),
        next_cursor: page.next_cursor,
    }
}
