//! People of a company, as managers and super admins see and edit them.

use crate::checks;
use crate::page::{MAX_LIMIT, MAX_NAME_CURSOR_CHARS};
use domain::ids::{CompanyId, GroupId, TeamId, UserId};
use domain::language::Language;
use domain::role::Role;
use garde::Validate;
use serde::{Deserialize, Serialize};

/// A person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct User {
    /// The person.
    pub id: UserId,
    /// Their tenant.
    pub company_id: CompanyId,
    /// Their address.
    pub email: String,
    /// Their role.
    pub role: Role,
    /// "Asha".
    pub first_name: String,
    /// "Verma".
    pub last_name: String,
    /// "+91 98200 12345".
    pub phone: Option<String>,
    /// Of screens and mails.
    pub language: Language,
    /// They may log in.
    pub is_active: bool,
    /// A rep's team.
    pub team: Option<TeamName>,
    /// A rep's group in that team.
    pub group: Option<GroupName>,
    /// Unix ms of their last log-in.
    pub last_login_at: Option<u64>,
    /// Counts up with every edit; also the `ETag`.
    pub version: u64,
    /// Unix ms.
    pub created_at: u64,
    /// Unix ms.
    pub updated_at: u64,
}

/// A team by name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct TeamName {
    /// The team.
    pub id: TeamId,
    /// "West".
    pub name: String,
}

/// A group by name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct GroupName {
    /// The group.
    pub id: GroupId,
    /// "Group A".
    pub name: String,
}

/// A person by name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct PersonName {
    /// The person.
    pub id: UserId,
    /// "Asha".
    pub first_name: String,
    /// "Verma".
    pub last_name: String,
}

/// `GET /api/users`: by name.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct UserQuery {
    /// 1 to 100; 25 when absent.
    #[garde(range(min = 1, max = MAX_LIMIT))]
    pub limit: Option<u32>,
    /// `nextCursor` of the page before.
    #[garde(length(min = 1, max = MAX_NAME_CURSOR_CHARS))]
    pub cursor: Option<String>,
    /// Another company than one's own: for super admins.
    #[garde(skip)]
    pub company_id: Option<CompanyId>,
    /// Only people of this role.
    #[garde(skip)]
    pub role: Option<Role>,
    /// Only the reps of this team.
    #[garde(skip)]
    pub team_id: Option<TeamId>,
    /// Only the reps of this group.
    #[garde(skip)]
    pub group_id: Option<GroupId>,
    /// Only people who may log in, or only those who may not.
    #[garde(skip)]
    pub active: Option<bool>,
    /// The beginning of the first name, the last name or the address, whatever its case.
    #[garde(inner(custom(checks::search)))]
    pub search: Option<String>,
}

/// `GET /api/users/team/:teamId`: by name.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct MemberQuery {
    /// 1 to 100; 25 when absent.
    #[garde(range(min = 1, max = MAX_LIMIT))]
    pub limit: Option<u32>,
    /// `nextCursor` of the page before.
    #[garde(length(min = 1, max = MAX_NAME_CURSOR_CHARS))]
    pub cursor: Option<String>,
}

/// `?companyId=` of a create: for super admins, who may create in any company.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CompanyChoice {
    /// Another company than one's own.
    #[garde(skip)]
    pub company_id: Option<CompanyId>,
}

/// `POST /api/users`. Without a password the person sets their first one by "forgot password"; no mail ever carries one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CreateUser {
    /// Case does not matter.
    #[garde(custom(checks::email))]
    pub email: String,
    /// A manager can't give `super_admin`.
    #[garde(skip)]
    pub role: Role,
    /// "Asha".
    #[garde(custom(checks::name))]
    pub first_name: String,
    /// "Verma".
    #[garde(custom(checks::name))]
    pub last_name: String,
    /// "+91 98200 12345".
    #[serde(default)]
    #[garde(inner(custom(checks::phone)))]
    pub phone: Option<String>,
    /// Of screens and mails.
    #[serde(default)]
    #[garde(skip)]
    pub language: Language,
    /// A first password, to be handed over by word of mouth.
    #[serde(default)]
    #[garde(inner(custom(checks::new_password)))]
    pub password: Option<String>,
}

/// `PUT /api/users/:id`
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct UpdateUser {
    /// Case does not matter.
    #[garde(custom(checks::email))]
    pub email: String,
    /// Nobody changes their own.
    #[garde(skip)]
    pub role: Role,
    /// "Asha".
    #[garde(custom(checks::name))]
    pub first_name: String,
    /// "Verma".
    #[garde(custom(checks::name))]
    pub last_name: String,
    /// "+91 98200 12345"; absent: none.
    #[serde(default)]
    #[garde(inner(custom(checks::phone)))]
    pub phone: Option<String>,
    /// Of screens and mails.
    #[garde(skip)]
    pub language: Language,
}

/// `PATCH /api/users/:id/activate`
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Activate {
    /// Off: logged out everywhere at once, and out until it is on again.
    #[garde(skip)]
    pub active: bool,
}
