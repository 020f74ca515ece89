//! Invites: an open door into a company, by mail or by link.

use crate::checks;
use crate::page::MAX_LIMIT;
use domain::ids::{CompanyId, GroupId, InviteId, TeamId, UserId};
use domain::joining::InviteState;
use domain::role::Role;
use garde::Validate;
use serde::{Deserialize, Serialize};

/// `POST /api/invites`
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct NewInvite {
    /// Whom it is for; they get a mail. Without, the answer holds a link to hand on, good for one person.
    #[garde(inner(custom(checks::email)))]
    #[serde(default)]
    pub email: Option<String>,
    /// What they will be: `manager` or `sales_rep`.
    #[garde(custom(can_be_invited))]
    pub role: Role,
    /// The team a rep will be in.
    #[garde(skip)]
    #[serde(default)]
    pub team_id: Option<TeamId>,
    /// The group of that team.
    #[garde(skip)]
    #[serde(default)]
    pub group_id: Option<GroupId>,
}

fn can_be_invited(role: &Role, _: &()) -> garde::Result {
    match role {
        Role::Manager | Role::SalesRep => Ok(()),
        Role::SuperAdmin => Err(garde::Error::new("Invite a manager or a sales_rep.")),
    }
}

/// An invite, as those see it who may invite.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Invite {
    /// The invite.
    pub id: InviteId,
    /// The company they join.
    pub company_id: CompanyId,
    /// Whom it is for; absent: whoever holds the link.
    pub email: Option<String>,
    /// What they will be.
    pub role: Role,
    /// The team they will be in.
    pub team_id: Option<TeamId>,
    /// Their group.
    pub group_id: Option<GroupId>,
    /// Who invited them, unless they are gone.
    pub invited_by: Option<UserId>,
    /// Who came in by it.
    pub accepted_by: Option<UserId>,
    /// Whether it still opens.
    pub state: InviteState,
    /// Unix ms.
    pub created_at: u64,
    /// Unix ms from which it opens nothing.
    pub expires_at: u64,
    /// To hand on; only in the answer that made it, and only if it goes by link.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub link: Option<String>,
}

/// `GET /api/invites`: newest first.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct InviteQuery {
    /// 1 to 100; 25 when absent.
    #[garde(range(min = 1, max = MAX_LIMIT))]
    pub limit: Option<u32>,
    /// `nextCursor` of the page before.
    #[garde(length(min = 1, max = 200))]
    pub cursor: Option<String>,
    /// Another company than one's own: for super admins.
    #[garde(skip)]
    pub company_id: Option<CompanyId>,
    /// Only these.
    #[garde(skip)]
    pub state: Option<InviteState>,
}

/// `POST /api/invites/offer`: asks what a register link opens. In a body, because proxies and servers log paths.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct OfferRequest {
    /// Of the link: what stands after its `#token=`.
    #[garde(custom(checks::token))]
    pub token: String,
}

/// What the register page shows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct InviteOffer {
    /// The company's name.
    pub company_name: String,
    /// What one will be.
    pub role: Role,
    /// The address the account will have; absent: it is asked for, and a mail goes there.
    pub email: Option<String>,
    /// Unix ms from which it opens nothing.
    pub expires_at: u64,
}
