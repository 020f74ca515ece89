//! Who is ahead: names and one number, never more.

use domain::ids::{CompanyId, TeamId, UserId};
use garde::Validate;
use serde::{Deserialize, Serialize};

/// How many places a leaderboard has when nobody says.
pub const DEFAULT_PLACES: u32 = 50;

/// The most places a leaderboard has.
pub const MAX_PLACES: u32 = 100;

/// What a leaderboard ranks by.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub enum RankBy {
    /// Mean score of the final answers.
    #[default]
    Score,
    /// Completed sessions.
    Practice,
    /// Points by which first answers became better: in a week, over the practised week before; of all time, the latest five
    /// sessions over the earliest five, from the sixth session on.
    Improvement,
}

/// Of which time.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(
    feature = "schema",
    derive(schemars::JsonSchema),
    schemars(rename = "LeaderboardPeriod")
)]
#[serde(rename_all = "camelCase")]
pub enum Period {
    /// This week, from Monday on.
    #[default]
    Week,
    /// All time.
    All,
}

/// Whom a leaderboard ranks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(
    feature = "schema",
    derive(schemars::JsonSchema),
    schemars(rename = "LeaderboardScope")
)]
#[serde(rename_all = "camelCase")]
pub enum Scope {
    /// One team: a rep's own, or the one that was asked for.
    Team,
    /// All teams of the manager who asks.
    OwnTeams,
    /// The whole company: for super admins.
    Company,
}

/// `GET /api/analytics/leaderboard?by=&period=&teamId=&companyId=&limit=`
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct LeaderboardQuery {
    /// `score` when absent.
    #[garde(skip)]
    pub by: Option<RankBy>,
    /// `week` when absent.
    #[garde(skip)]
    pub period: Option<Period>,
    /// One team; when absent, as far as the asker sees.
    #[garde(skip)]
    pub team_id: Option<TeamId>,
    /// For super admins.
    #[garde(skip)]
    pub company_id: Option<CompanyId>,
    /// 1 to 100 places; 50 when absent.
    #[garde(range(min = 1, max = MAX_PLACES))]
    pub limit: Option<u32>,
}

/// A leaderboard. Whoever opted out is on nobody's but their own.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Leaderboard {
    /// What it ranks by.
    pub by: RankBy,
    /// Of which time.
    pub period: Period,
    /// The Monday of its week; absent for all time.
    pub week: Option<String>,
    /// Whom it ranks.
    pub scope: Scope,
    /// How many are ranked, beyond those shown too.
    pub ranked: u32,
    /// The places, best first; the asker's own is among them even beyond the limit.
    pub items: Vec<Place>,
}

/// One place.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Place {
    /// From 1. Equal values share a rank, and the next one counts all before it: 1, 2, 2, 4.
    pub rank: u32,
    /// Somebody else has the same rank.
    pub tied: bool,
    /// The rep.
    pub user_id: UserId,
    /// "Asha Verma".
    pub name: String,
    /// What it is ranked by, to one decimal.
    pub value: f64,
    /// It is the asker's own.
    pub is_you: bool,
    /// Nobody else sees this place: the asker opted out.
    pub only_you: bool,
}
