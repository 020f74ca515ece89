//! Teams: one manager and their reps.

use crate::checks;
use crate::page::{MAX_LIMIT, MAX_NAME_CURSOR_CHARS};
use crate::users::PersonName;
use domain::ids::{CompanyId, TeamId, UserId};
use garde::Validate;
use serde::{Deserialize, Serialize};

/// The most people that are added at once.
pub const MAX_ADDED: usize = 100;

/// A team.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Team {
    /// The team.
    pub id: TeamId,
    /// Its tenant.
    pub company_id: CompanyId,
    /// "West".
    pub name: String,
    /// Who leads it.
    pub manager: PersonName,
    /// How many reps are in it.
    pub members: u32,
    /// How many groups it has.
    pub groups: u32,
    /// Counts up with every edit; also the `ETag`.
    pub version: u64,
    /// Unix ms.
    pub created_at: u64,
    /// Unix ms.
    pub updated_at: u64,
}

/// `GET /api/teams`: by name.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct TeamQuery {
    /// 1 to 100; 25 when absent.
    #[garde(range(min = 1, max = MAX_LIMIT))]
    pub limit: Option<u32>,
    /// `nextCursor` of the page before.
    #[garde(length(min = 1, max = MAX_NAME_CURSOR_CHARS))]
    pub cursor: Option<String>,
    /// Another company than one's own: for super admins.
    #[garde(skip)]
    pub company_id: Option<CompanyId>,
    /// Only the teams of this manager.
    #[garde(skip)]
    pub manager_id: Option<UserId>,
}

/// `POST /api/teams`, `PUT /api/teams/:id`
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct TeamForm {
    /// "West"; one of a kind in the company.
    #[garde(custom(checks::name))]
    pub name: String,
    /// A manager of the company. Somebody else's id hands the team over.
    #[garde(skip)]
    pub manager_id: UserId,
}

/// `POST /api/teams/:id/members`, `POST /api/groups/:id/members`
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct AddMembers {
    /// Reps of the company; for a group, of its team. Who is in already stays in.
    #[garde(length(min = 1, max = MAX_ADDED))]
    pub user_ids: Vec<UserId>,
}
