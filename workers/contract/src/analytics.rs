//! Figures of reps, teams and companies. Scores and metrics are 0 to 100, means and differences to one decimal; a mean is
//! absent (`null`) while there is nothing to take it of. Dates are local to the group that practised: `2026-11-22`.
//!
//! - here: what the figures of reps, teams and companies have in common, and their queries.
//! - [`dashboard`]: the first page of each role.
//! - [`heat_map`]: rep x metric x week.
//! - [`leaderboard`]: who is ahead.

pub mod dashboard;
pub mod heat_map;
pub mod leaderboard;

pub use dashboard::{
    AdminDashboard, CompanyFigures, Dashboard, DashboardQuery, ManagerDashboard, NeedsAttention,
    RepDashboard, TodaysPractice, TodaysSession,
};
pub use heat_map::{HeatMap, HeatMapCell, HeatMapRow};
pub use leaderboard::{Leaderboard, LeaderboardQuery, Period, Place, RankBy, Scope};

use crate::checks;
use domain::ids::{CompanyId, GroupId, ScenarioId, TeamId, UserId};
use garde::Validate;
use serde::{Deserialize, Serialize};

/// How many days of dates one call shows at most.
pub const MAX_SPAN_DAYS: u32 = 92;

/// How many days of dates a call shows when nobody says.
pub const DEFAULT_SPAN_DAYS: u32 = 30;

/// Somebody by name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(
    feature = "schema",
    derive(schemars::JsonSchema),
    schemars(rename = "RepName")
)]
#[serde(rename_all = "camelCase")]
pub struct PersonName {
    /// The person.
    pub user_id: UserId,
    /// "Asha Verma".
    pub name: String,
}

/// What some sessions come to.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Figures {
    /// Completed and missed ones.
    pub total_sessions: u32,
    /// Completed ones.
    pub completed_sessions: u32,
    /// Missed ones.
    pub missed_sessions: u32,
    /// Completed ones that were started late.
    pub late_sessions: u32,
    /// Completed of all, percent.
    pub completion_rate: Option<f64>,
    /// From start to end of the completed ones, seconds.
    pub practice_seconds: u64,
    /// Of one completed session, seconds.
    pub avg_session_duration: Option<f64>,
    /// Mean score of the final answers.
    pub avg_score: Option<f64>,
    /// Mean score of the first answers.
    pub avg_first_score: Option<f64>,
}

/// Means of the five metrics, of final answers.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct MetricAverages {
    /// No hedges, no pressure.
    pub confidence: Option<f64>,
    /// Concrete, short enough, in the customer's language.
    pub clarity: Option<f64>,
    /// The reason before the recommendation.
    pub structure: Option<f64>,
    /// Acknowledges, explores and answers what was said.
    pub objection_handling: Option<f64>,
    /// Moves to a next step.
    pub closing: Option<f64>,
}

/// How much better a rep became, points. Metrics compare the latest week of practice with the first; `firstScore` compares
/// the first answers of the latest five sessions with those of the earliest five: what is brought unaided.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Improvement {
    /// Of first answers; `null` up to five sessions.
    pub first_score: Option<f64>,
    /// Of the five metrics; `null` while there are not two weeks.
    #[serde(flatten)]
    pub metrics: MetricAverages,
}

/// How far a second opinion agrees with the coach. Two scores of an answer disagree when they lie 10 points apart, or only one of
/// them passes.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Agreement {
    /// Completed sessions: the coach judged each.
    pub judged_sessions: u32,
    /// Those in which a manager put a score in place of the coach's.
    pub overridden_sessions: u32,
    /// Those in which such a score disagrees with the coach's.
    pub override_disagreements: u32,
    /// Of all judged, percent. Nobody looks at every session, so this is the least it can be.
    pub override_disagreement_rate: Option<f64>,
    /// Sessions that were judged anew.
    pub regraded_sessions: u32,
    /// Those in which the latest verdict of an answer that counts disagrees with its first.
    pub regrade_disagreements: u32,
    /// Of those judged anew, percent.
    pub regrade_disagreement_rate: Option<f64>,
}

/// What a rep made of one scenario.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct ScenarioPerformance {
    /// The scenario.
    pub scenario_id: ScenarioId,
    /// 1 to 10.
    pub day: u8,
    /// Its theme as it is published now; `null` for one that is published no more.
    pub theme: Option<String>,
    /// Completed sessions, of the programme and freely.
    pub attempts: u32,
    /// Those of them that were free practice.
    pub practised: u32,
    /// Missed sessions.
    pub missed: u32,
    /// Mean score of the final answers, in the programme.
    pub avg_score: Option<f64>,
    /// Mean score of the first answers, in the programme.
    pub avg_first_score: Option<f64>,
    /// The best final score of all attempts.
    pub best_score: Option<u8>,
    /// Unix ms of the end of the latest attempt.
    pub last_practised_at: Option<u64>,
}

/// One day of the programme.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct DayProgress {
    /// 1 to 10.
    pub day: u8,
    /// Completed sessions.
    pub completed: u32,
    /// Missed sessions.
    pub missed: u32,
    /// Completed of all, percent.
    pub completion_rate: Option<f64>,
    /// Mean score of the final answers.
    pub avg_score: Option<f64>,
    /// Mean score of the first answers.
    pub avg_first_score: Option<f64>,
}

/// One rep's week.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct WeekFigures {
    /// Its Monday: `2026-11-16`.
    pub week: String,
    /// What its sessions come to.
    #[serde(flatten)]
    pub figures: Figures,
    /// The five metrics.
    pub metrics: MetricAverages,
}

/// A rep's figures of all time.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct RepFigures {
    /// What their sessions come to.
    #[serde(flatten)]
    pub figures: Figures,
    /// The best final score.
    pub best_score: Option<u8>,
    /// Completed sessions one after the other without a miss, up to the latest.
    pub streak: u32,
    /// Days of the programme that were completed.
    pub days_completed: u8,
    /// Unix ms of the end of the latest completed session.
    pub last_practised_at: Option<u64>,
    /// The five metrics.
    pub averages: MetricAverages,
}

/// `GET /api/analytics/user/:userId`
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct UserAnalytics {
    /// Who.
    #[serde(flatten)]
    pub person: PersonName,
    /// Their company.
    pub company_id: CompanyId,
    /// All time.
    pub metrics: UserMetrics,
    /// The latest twelve weeks that had sessions, oldest first.
    pub weeks: Vec<WeekFigures>,
    /// Every day of the programme.
    pub progress_by_day: Vec<DayProgress>,
}

/// A rep's figures with what they are made of.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct UserMetrics {
    /// The figures.
    #[serde(flatten)]
    pub figures: RepFigures,
    /// How much better they became.
    pub improvement: Improvement,
    /// By scenario.
    pub scenario_performance: Vec<ScenarioPerformance>,
}

/// `GET /api/analytics/progress/:userId`: the ten days.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct TenDayProgress {
    /// Who.
    #[serde(flatten)]
    pub person: PersonName,
    /// Days of the programme that were completed.
    pub days_completed: u8,
    /// Days of the programme.
    pub days_total: u8,
    /// Completed sessions one after the other without a miss, up to the latest.
    pub streak: u32,
    /// Every day of the programme.
    pub days: Vec<DayProgress>,
}

/// A span of local dates, both ends included.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(
    feature = "schema",
    derive(schemars::JsonSchema),
    schemars(rename = "DateSpan")
)]
#[serde(rename_all = "camelCase")]
pub struct Span {
    /// `2026-11-01`
    pub start_date: String,
    /// `2026-11-30`
    pub end_date: String,
}

/// One date of a team or a company.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct DateFigures {
    /// `2026-11-22`
    pub date: String,
    /// What its sessions come to.
    #[serde(flatten)]
    pub figures: Figures,
}

/// A rep in a list: all time.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct RepLine {
    /// Who.
    #[serde(flatten)]
    pub person: PersonName,
    /// Their figures.
    #[serde(flatten)]
    pub figures: RepFigures,
    /// How much better first answers became, as in [`Improvement`].
    pub first_score_improvement: Option<f64>,
}

/// `GET /api/analytics/team/:teamId?from=&to=`
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct TeamAnalytics {
    /// The team.
    pub team_id: TeamId,
    /// Its name.
    pub name: String,
    /// The dates that all but `reps` and `heatMap` is of.
    pub period: Span,
    /// What its sessions come to: those of reps who were in it at the time.
    pub metrics: Figures,
    /// How far second opinions agree with the coach.
    pub agreement: Agreement,
    /// By date; dates without sessions are left out.
    pub by_date: Vec<DateFigures>,
    /// Days of the programme that had sessions.
    pub progress_by_day: Vec<DayProgress>,
    /// The reps who are in it now and may log in, by name, all time.
    pub reps: Vec<RepLine>,
    /// The same reps in the latest eight weeks.
    pub heat_map: HeatMap,
}

/// A team in a company's figures.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct TeamLine {
    /// The team; `null` stands for reps without one.
    pub team_id: Option<TeamId>,
    /// Its name; `null` for reps without a team, and for a team that is gone.
    pub name: Option<String>,
    /// What its sessions come to.
    #[serde(flatten)]
    pub figures: Figures,
}

/// `GET /api/analytics/company/:companyId?from=&to=`: team by team, without a rep's name.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct CompanyAnalytics {
    /// The company.
    pub company_id: CompanyId,
    /// The dates all of it is of.
    pub period: Span,
    /// What its sessions come to.
    pub metrics: Figures,
    /// How far second opinions agree with the coach.
    pub agreement: Agreement,
    /// By date; dates without sessions are left out.
    pub by_date: Vec<DateFigures>,
    /// Days of the programme that had sessions.
    pub progress_by_day: Vec<DayProgress>,
    /// Teams that had sessions, by name.
    pub teams: Vec<TeamLine>,
}

/// Which dates: the query of a team's and a company's figures.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SpanQuery {
    /// The first date; 30 days before `to` when absent.
    #[garde(inner(custom(checks::date)))]
    pub from: Option<String>,
    /// The last date; today when absent. At most 92 days in all.
    #[garde(inner(custom(checks::date)))]
    pub to: Option<String>,
}

/// `GET /api/analytics/export`: which sessions. At most one of team, group and rep; nothing: all that the asker may see.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ExportQuery {
    /// For super admins.
    #[garde(skip)]
    pub company_id: Option<CompanyId>,
    /// Sessions of the reps who are in this team now.
    #[garde(skip)]
    pub team_id: Option<TeamId>,
    /// Sessions of the reps who are in this group now.
    #[garde(custom(alone(&self.team_id.is_some())))]
    pub group_id: Option<GroupId>,
    /// One rep's sessions.
    #[garde(custom(alone(&(self.team_id.is_some() || self.group_id.is_some()))))]
    pub user_id: Option<UserId>,
    /// The first date.
    #[garde(inner(custom(checks::date)))]
    pub from: Option<String>,
    /// The last date.
    #[garde(inner(custom(checks::date)))]
    pub to: Option<String>,
}

fn alone<T>(taken: &bool) -> impl FnOnce(&Option<T>, &()) -> garde::Result {
    let taken = *taken;
    move |id, ()| match id {
        Some(_) if taken => Err(garde::Error::new(
            "Give one of teamId, groupId and userId, not two.",
        )),
        _ => Ok(()),
    }
}
