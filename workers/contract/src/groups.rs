//! Groups: four or five reps of a team who practise at the same slot.

use crate::checks;
use crate::page::MAX_LIMIT;
use crate::users::TeamName;
use domain::ids::{CompanyId, GroupId, TeamId};
use domain::schedule::{LAST_MINUTE, Weekdays};
use garde::Validate;
use serde::{Deserialize, Serialize};

/// A group.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Group {
    /// The group.
    pub id: GroupId,
    /// Its tenant.
    pub company_id: CompanyId,
    /// Its team.
    pub team: TeamName,
    /// "Group A".
    pub name: String,
    /// When it practises.
    pub schedule: Schedule,
    /// Off: nothing more is scheduled for it.
    pub is_active: bool,
    /// How many reps are in it; four or five work best.
    pub members: u32,
    /// Counts up with every edit; also the `ETag`.
    pub version: u64,
    /// Unix ms.
    pub created_at: u64,
    /// Unix ms.
    pub updated_at: u64,
}

/// When a group practises.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Schedule {
    /// `["monday", "tuesday"]`: at least one.
    #[garde(skip)]
    pub weekdays: Weekdays,
    /// Minutes after local midnight: 660 is 11:00 AM.
    #[garde(range(max = LAST_MINUTE))]
    pub slot_minute: u16,
    /// IANA: "Asia/Kolkata".
    #[garde(custom(checks::zone))]
    pub zone: String,
}

/// `GET /api/groups`: in the order in which they came.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct GroupQuery {
    /// 1 to 100; 25 when absent.
    #[garde(range(min = 1, max = MAX_LIMIT))]
    pub limit: Option<u32>,
    /// `nextCursor` of the page before.
    #[garde(length(min = 1, max = 200))]
    pub cursor: Option<String>,
    /// Another company than one's own: for super admins.
    #[garde(skip)]
    pub company_id: Option<CompanyId>,
    /// Only the groups of this team.
    #[garde(skip)]
    pub team_id: Option<TeamId>,
}

/// `POST /api/groups`
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CreateGroup {
    /// Its team, for good.
    #[garde(skip)]
    pub team_id: TeamId,
    /// "Group A"; one of a kind in the team.
    #[garde(custom(checks::name))]
    pub name: String,
    /// When it practises.
    #[garde(dive)]
    pub schedule: Schedule,
}

/// `PUT /api/groups/:id`
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct UpdateGroup {
    /// "Group A"; one of a kind in the team.
    #[garde(custom(checks::name))]
    pub name: String,
    /// When it practises.
    #[garde(dive)]
    pub schedule: Schedule,
    /// Off: nothing more is scheduled for it.
    #[garde(skip)]
    pub is_active: bool,
}
