//! Who is ahead: names and one number.

use super::calendar::{local_date, weeks_back};
use super::rights::readable_team;
use crate::error::ApiError;
use crate::extract::{Bearer, Query};
use crate::json::Json;
use crate::ports::Ports;
use crate::tenant;
use axum::extract::State;
use contract::analytics::leaderboard::DEFAULT_PLACES;
use contract::analytics::{Leaderboard, LeaderboardQuery, Period, Place, RankBy, Scope};
use domain::ids::{CompanyId, TeamId};
use domain::policy::Principal;
use domain::role::Role;
use store::analytics::{self, Board, By, Reach};

pub(crate) async fn leaderboard<P: Ports>(
    State(ports): State<P>,
    Bearer(asker): Bearer,
    Query(query): Query<LeaderboardQuery>,
) -> Result<Json<Leaderboard>, ApiError> {
    let (company, reach) = reach(&ports, &asker, &query).await?;
    let period = query.period.unwrap_or_default();
    let by = query.by.unwrap_or_default();
    let week = match period {
        Period::Week => {
            let clock = analytics::clock(ports.db(), company).await?;
            Some(weeks_back(local_date(ports.now_ms(), clock), 0))
        }
        Period::All => None,
    };
    let board = Board {
        reach,
        by: match by {
            RankBy::Score => By::Score,
            RankBy::Practice => By::Practice,
            RankBy::Improvement => By::Improvement,
        },
        week,
        asker: asker.user,
        limit: query.limit.unwrap_or(DEFAULT_PLACES),
    };
    let rows = analytics::board(ports.db(), company, &board).await?;
    Ok(Json(Leaderboard {
        by,
        period,
        week: board.week,
        scope: match reach {
            Reach::Company => Scope::Company,
            Reach::LedBy(_) => Scope::OwnTeams,
            Reach::Team(_) | Reach::Group(_) | Reach::Rep(_) => Scope::Team,
        },
        ranked: rows.first().map_or(0, |row| row.ranked),
        items: rows
            .into_iter()
            .map(|row| Place {
                rank: row.rank,
                tied: row.tied,
                user_id: row.user,
                name: row.name,
                value: row.value,
                is_you: row.user == asker.user,
                only_you: !row.on_leaderboard,
            })
            .collect(),
    }))
}

/// Whom the asker is shown: a rep their own team, a manager the teams they lead, a super admin a company; or one team of
/// these. Everything else does not exist.
async fn reach<P: Ports>(
    ports: &P,
    asker: &Principal,
    query: &LeaderboardQuery,
) -> Result<(CompanyId, Reach), ApiError> {
    let company = tenant::meant(ports, asker, query.company_id).await?;
    match (asker.role, query.team_id) {
        (Role::SalesRep, named) => {
            let reach = own_team(ports, asker, named).await?;
            Ok((company, reach))
        }
        (Role::Manager | Role::SuperAdmin, Some(id)) => {
            let (of_team, team) = readable_team(ports, asker, id).await?;
            if query.company_id.is_some_and(|named| named != of_team) {
                return Err(ApiError::not_found("team"));
            }
            Ok((of_team, Reach::Team(team.team)))
        }
        (Role::Manager, None) => Ok((company, Reach::LedBy(asker.user))),
        (Role::SuperAdmin, None) => Ok((company, Reach::Company)),
    }
}

/// A rep without a team is alone on their leaderboard.
async fn own_team<P: Ports>(
    ports: &P,
    asker: &Principal,
    named: Option<TeamId>,
) -> Result<Reach, ApiError> {
    let own = analytics::team_of(ports.db(), asker.company, asker.user).await?;
    match (own, named) {
        (Some(own), Some(named)) if own.team == named => Ok(Reach::Team(own.team)),
        (_, Some(_)) => Err(ApiError::not_found("team")),
        (Some(own), None) => Ok(Reach::Team(own.team)),
        (None, None) => Ok(Reach::Rep(asker.user)),
    }
}
