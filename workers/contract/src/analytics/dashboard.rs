//! The first page of each role.

use super::{
    DayProgress, Figures, HeatMap, Improvement, PersonName, RepFigures, RepLine, Span, WeekFigures,
};
use crate::page::{MAX_LIMIT, Page};
use domain::attention::Reason;
use domain::ids::{CompanyId, SessionId};
use domain::plan::Plan;
use domain::session::Status;
use garde::Validate;
use serde::{Deserialize, Serialize};

/// `GET /api/analytics/dashboard`, told apart by `role`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(tag = "role", rename_all = "snake_case")]
pub enum Dashboard {
    /// A rep's own figures.
    SalesRep(Box<RepDashboard>),
    /// A manager's reps.
    Manager(ManagerDashboard),
    /// All companies.
    SuperAdmin(AdminDashboard),
}

/// Which page of companies; nobody but a super admin has more than one.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct DashboardQuery {
    /// 1 to 100; 25 when absent.
    #[garde(range(min = 1, max = MAX_LIMIT))]
    pub limit: Option<u32>,
    /// `nextCursor` of the page before.
    #[garde(length(min = 1, max = 200))]
    pub cursor: Option<String>,
}

/// A rep's own figures.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct RepDashboard {
    /// All time.
    pub metrics: RepFigures,
    /// How much better they became.
    pub improvement: Improvement,
    /// Days of the programme.
    pub days_total: u8,
    /// The latest twelve weeks that had sessions, oldest first.
    pub weeks: Vec<WeekFigures>,
    /// Every day of the programme.
    pub progress_by_day: Vec<DayProgress>,
}

/// A manager's reps: those of all teams the manager leads who may log in, by name.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct ManagerDashboard {
    /// Today's practice.
    pub today: TodaysPractice,
    /// Who needs attention, those with the most reasons first.
    pub needs_attention: Vec<NeedsAttention>,
    /// First answers against the best, rep by rep.
    pub first_against_best: Vec<RepLine>,
    /// Rep x metric x week.
    pub heat_map: HeatMap,
}

/// Today's practice. Each session counts in one of the five.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct TodaysPractice {
    /// Completed.
    pub practised: u32,
    /// Being practised now.
    pub running: u32,
    /// Can be started now, or its slot comes.
    pub due: u32,
    /// Its time is over and nobody came.
    pub missed: u32,
    /// Of those completed and running, started late.
    pub late: u32,
    /// Each, in the order of their slots.
    pub sessions: Vec<TodaysSession>,
    /// Reps who have none today.
    pub without_session: Vec<PersonName>,
}

/// A session of today.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct TodaysSession {
    /// The session.
    pub session_id: SessionId,
    /// Whose.
    #[serde(flatten)]
    pub person: PersonName,
    /// 1 to 10.
    pub day: u8,
    /// Where it stands; one that can't be started any more is missed, though nobody noted it yet.
    pub status: Status,
    /// It was started late.
    pub late: bool,
    /// The slot, Unix ms.
    pub slot_at: u64,
    /// From here it may be started, Unix ms.
    pub opens_at: u64,
    /// Unix ms of its start.
    pub started_at: Option<u64>,
    /// Unix ms of its end.
    pub ended_at: Option<u64>,
    /// The score of the first answers.
    pub first_score: Option<u8>,
    /// The score of the final answers.
    pub score: Option<u8>,
}

/// A rep who needs attention.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct NeedsAttention {
    /// Who.
    #[serde(flatten)]
    pub person: PersonName,
    /// Why, the gravest reason first.
    pub reasons: Vec<Reason>,
}

/// All companies, for super admins.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct AdminDashboard {
    /// The dates the figures are of: the latest 30 days.
    pub period: Span,
    /// The companies, in the order they were made.
    pub companies: Page<CompanyFigures>,
}

/// A company among all of them.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct CompanyFigures {
    /// The company.
    pub company_id: CompanyId,
    /// Its name.
    pub name: String,
    /// Its plan.
    pub plan: Plan,
    /// Unix ms; `null`: until further notice.
    pub plan_ends_at: Option<u64>,
    /// Its people may log in.
    pub is_active: bool,
    /// How many people the plan allows.
    pub max_users: u32,
    /// Reps who may log in.
    pub active_reps: u32,
    /// What its sessions of the period come to.
    #[serde(flatten)]
    pub figures: Figures,
}
