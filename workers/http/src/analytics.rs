//! `/api/analytics`: figures of reps, teams and companies, the dashboards, the leaderboard and the export. All but the export
//! is read from roll-ups.

mod calendar;
mod dashboard;
mod export;
mod figures;
mod heat_map;
mod leaderboard;
mod rights;
mod sheet;

pub(crate) use dashboard::dashboard;
pub(crate) use export::export;
pub(crate) use leaderboard::leaderboard;

use crate::error::ApiError;
use crate::extract::{Bearer, PathId, Query};
use crate::json::Json;
use crate::ports::Ports;
use axum::extract::State;
use calendar::{local_date, span, weeks_back};
use contract::analytics::{
    CompanyAnalytics, PersonName, SpanQuery, TeamAnalytics, TenDayProgress, UserAnalytics,
    UserMetrics,
};
use domain::ids::{CompanyId, TeamId, UserId};
use futures::future::{try_join, try_join3, try_join5};
use rights::{readable_company, readable_rep, readable_team};
use store::analytics::{self, Reach, RepRow};
use store::sessions;

/// How many weeks a rep's figures go back.
const WEEKS: u64 = 12;

pub(crate) async fn user<P: Ports>(
    State(ports): State<P>,
    Bearer(asker): Bearer,
    PathId(id): PathId<UserId>,
) -> Result<Json<UserAnalytics>, ApiError> {
    let (company, rep) = readable_rep(&ports, &asker, id).await?;
    let figures = figures_of_rep(&ports, company, id).await?;
    Ok(Json(UserAnalytics {
        person: PersonName {
            user_id: rep.user,
            name: rep.name,
        },
        company_id: company,
        metrics: UserMetrics {
            figures: figures::rep(&figures.row),
            improvement: figures::improvement(&figures.row, figures.ends.as_ref()),
            scenario_performance: figures.scenarios.iter().map(figures::scenario).collect(),
        },
        weeks: figures.weeks.iter().map(figures::week).collect(),
        progress_by_day: figures::days_of_rep(&figures.scenarios, figures.progress.days_total),
    }))
}

/// All that is read of one rep.
struct FiguresOfRep {
    row: analytics::RepRow,
    ends: Option<(analytics::WeekRow, analytics::WeekRow)>,
    weeks: Vec<analytics::WeekRow>,
    scenarios: Vec<analytics::ScenarioRow>,
    progress: sessions::ProgressRow,
}

async fn figures_of_rep<P: Ports>(
    ports: &P,
    company: CompanyId,
    rep: UserId,
) -> Result<FiguresOfRep, ApiError> {
    let (db, reach) = (ports.db(), Reach::Rep(rep));
    let today = local_date(ports.now_ms(), analytics::clock(db, company).await?);
    let since = weeks_back(today, WEEKS - 1);
    let (rows, ends, weeks, scenarios, progress) = try_join5(
        analytics::reps(db, company, reach),
        analytics::first_and_latest_week(db, company, rep),
        analytics::weeks(db, company, reach, &since),
        analytics::scenarios(db, company, rep),
        sessions::progress(db, company, rep),
    )
    .await?;
    let row = rows.into_iter().next();
    let (row, progress) = row
        .zip(progress)
        .ok_or_else(|| ApiError::not_found("user"))?;
    Ok(FiguresOfRep {
        row,
        ends,
        weeks,
        scenarios,
        progress,
    })
}

pub(crate) async fn progress<P: Ports>(
    State(ports): State<P>,
    Bearer(asker): Bearer,
    PathId(id): PathId<UserId>,
) -> Result<Json<TenDayProgress>, ApiError> {
    let (company, rep) = readable_rep(&ports, &asker, id).await?;
    let (scenarios, progress) = try_join(
        analytics::scenarios(ports.db(), company, id),
        sessions::progress(ports.db(), company, id),
    )
    .await?;
    let progress = progress.ok_or_else(|| ApiError::not_found("user"))?;
    Ok(Json(TenDayProgress {
        person: PersonName {
            user_id: rep.user,
            name: rep.name,
        },
        days_completed: progress.days_completed,
        days_total: progress.days_total,
        streak: progress.streak,
        days: figures::days_of_rep(&scenarios, progress.days_total),
    }))
}

pub(crate) async fn team<P: Ports>(
    State(ports): State<P>,
    Bearer(asker): Bearer,
    PathId(id): PathId<TeamId>,
    Query(query): Query<SpanQuery>,
) -> Result<Json<TeamAnalytics>, ApiError> {
    let (company, team) = readable_team(&ports, &asker, id).await?;
    let db = ports.db();
    let today = local_date(ports.now_ms(), analytics::clock(db, company).await?);
    let dates = span(&query, today)?;
    let mondays = heat_map::mondays(today);
    let since = mondays.first().map_or("", String::as_str);
    let (days, reps, weeks) = try_join3(
        analytics::team_days(db, company, id, &dates),
        analytics::reps(db, company, Reach::Team(id)),
        analytics::weeks(db, company, Reach::Team(id), since),
    )
    .await?;
    let reps: Vec<RepRow> = reps.into_iter().filter(|rep| rep.is_active).collect();
    Ok(Json(TeamAnalytics {
        team_id: team.team,
        name: team.name,
        period: figures::period(&dates),
        metrics: figures::total(&days),
        agreement: figures::agreement(&days),
        by_date: figures::by_date(&days),
        progress_by_day: figures::by_day(&days),
        reps: reps.iter().map(figures::rep_line).collect(),
        heat_map: heat_map::of(&reps, &heat_map::by_rep(weeks), mondays),
    }))
}

pub(crate) async fn company<P: Ports>(
    State(ports): State<P>,
    Bearer(asker): Bearer,
    PathId(id): PathId<CompanyId>,
    Query(query): Query<SpanQuery>,
) -> Result<Json<CompanyAnalytics>, ApiError> {
    let company = readable_company(&ports, &asker, id).await?;
    let db = ports.db();
    let today = local_date(ports.now_ms(), analytics::clock(db, company).await?);
    let dates = span(&query, today)?;
    let (days, teams) = try_join(
        analytics::company_days(db, company, &dates),
        analytics::teams_of_company(db, company, &dates),
    )
    .await?;
    Ok(Json(CompanyAnalytics {
        company_id: company,
        period: figures::period(&dates),
        metrics: figures::total(&days),
        agreement: figures::agreement(&days),
        by_date: figures::by_date(&days),
        progress_by_day: figures::by_day(&days),
        teams: teams.into_iter().map(figures::team_line).collect(),
    }))
}
