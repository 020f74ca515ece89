//! Figures of reps, teams and companies.

use crate::api::{Api, Failure, with_query};
use contract::analytics::{
    CompanyAnalytics, Dashboard, DashboardQuery, ExportQuery, Leaderboard, LeaderboardQuery,
    SpanQuery, TeamAnalytics, TenDayProgress, UserAnalytics,
};
use domain::ids::{CompanyId, TeamId, UserId};
use web_sys::Blob;

impl Api {
    /// The first page of each role.
    pub async fn dashboard(&self, query: &DashboardQuery) -> Result<Dashboard, Failure> {
        self.list("/api/analytics/dashboard", query).await
    }

    /// Who is ahead.
    pub async fn leaderboard(&self, query: &LeaderboardQuery) -> Result<Leaderboard, Failure> {
        self.list_inside("/api/analytics/leaderboard", query).await
    }

    /// A rep's figures.
    pub async fn user_analytics(&self, rep: UserId) -> Result<UserAnalytics, Failure> {
        self.get(&format!("/api/analytics/user/{rep}")).await
    }

    /// A rep's ten days.
    pub async fn ten_days(&self, rep: UserId) -> Result<TenDayProgress, Failure> {
        self.get(&format!("/api/analytics/progress/{rep}")).await
    }

    /// A team's figures.
    pub async fn team_analytics(
        &self,
        team: TeamId,
        query: &SpanQuery,
    ) -> Result<TeamAnalytics, Failure> {
        self.list(&format!("/api/analytics/team/{team}"), query)
            .await
    }

    /// A company's figures, team by team.
    pub async fn company_analytics(
        &self,
        company: CompanyId,
        query: &SpanQuery,
    ) -> Result<CompanyAnalytics, Failure> {
        self.list(&format!("/api/analytics/company/{company}"), query)
            .await
    }

    /// Sessions as a sheet (CSV), one row each.
    pub async fn export(&self, query: &ExportQuery) -> Result<Blob, Failure> {
        self.file(&with_query("/api/analytics/export", &self.inside_of(query)))
            .await
    }
}
