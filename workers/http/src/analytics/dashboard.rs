//! The first page of each role.

mod manager;

use super::calendar::{days_until, local_date};
use super::{figures, figures_of_rep};
use crate::error::ApiError;
use crate::extract::{Bearer, Query};
use crate::json::Json;
use crate::ports::Ports;
use axum::extract::State;
use contract::analytics::{
    AdminDashboard, DEFAULT_SPAN_DAYS, Dashboard, DashboardQuery, RepDashboard,
};
use contract::page::{DEFAULT_LIMIT, Page};
use contract::problem::FieldError;
use domain::ids::CompanyId;
use domain::policy::Principal;
use domain::role::Role;
use store::analytics::{self, Clock};

pub(crate) async fn dashboard<P: Ports>(
    State(ports): State<P>,
    Bearer(asker): Bearer,
    Query(query): Query<DashboardQuery>,
) -> Result<Json<Dashboard>, ApiError> {
    Ok(Json(match asker.role {
        Role::SalesRep => Dashboard::SalesRep(Box::new(rep(&ports, &asker).await?)),
        Role::Manager => Dashboard::Manager(manager::dashboard(&ports, &asker).await?),
        Role::SuperAdmin => Dashboard::SuperAdmin(admin(&ports, &query).await?),
    }))
}

async fn rep<P: Ports>(ports: &P, asker: &Principal) -> Result<RepDashboard, ApiError> {
    let figures = figures_of_rep(ports, asker.company, asker.user).await?;
    Ok(RepDashboard {
        metrics: figures::rep(&figures.row),
        improvement: figures::improvement(&figures.row, figures.ends.as_ref()),
        days_total: figures.progress.days_total,
        weeks: figures.weeks.iter().map(figures::week).collect(),
        progress_by_day: figures::days_of_rep(&figures.scenarios, figures.progress.days_total),
    })
}

/// Companies live in many zones: the span is of dates in UTC.
async fn admin<P: Ports>(ports: &P, query: &DashboardQuery) -> Result<AdminDashboard, ApiError> {
    let after: Option<CompanyId> = query
        .cursor
        .as_deref()
        .map(|cursor| cursor.parse().map_err(|_| bad_cursor()))
        .transpose()?;
    let limit = query.limit.unwrap_or(DEFAULT_LIMIT);
    let today = local_date(ports.now_ms(), Clock::default());
    let dates = days_until(today, DEFAULT_SPAN_DAYS);
    let rows = analytics::companies(ports.db(), after, limit + 1, &dates).await?;
    let rows = rows.into_iter().map(figures::company).collect();
    Ok(AdminDashboard {
        period: figures::period(&dates),
        companies: Page::of(rows, limit, |company| company.company_id.to_string()),
    })
}

fn bad_cursor() -> ApiError {
    let message = "Send back `nextCursor` exactly as it came.";
    ApiError::fields(vec![FieldError::new("cursor", message)])
}
