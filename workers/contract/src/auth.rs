//! Log-in, refresh, log-out, who am I.

use crate::checks;
use domain::ids::{CompanyId, UserId};
use domain::role::Role;
use garde::Validate;
use serde::{Deserialize, Serialize};

/// `POST /api/auth/login`
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Validate)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct LoginRequest {
    /// Case does not matter.
    #[garde(custom(checks::email))]
    pub email: String,
    /// As typed.
    #[garde(custom(checks::password))]
    pub password: String,
}

/// The answer to log-in and refresh; the refresh token travels in an httpOnly cookie beside it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct TokenResponse {
    /// Sent as `Authorization: Bearer ...`; kept in memory only.
    pub access_token: String,
    /// Seconds until it expires.
    pub expires_in: u64,
    /// Who logged in.
    pub user: Me,
}

/// `GET /api/auth/me`
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Me {
    /// The user.
    pub id: UserId,
    /// Their address.
    pub email: String,
    /// Their role.
    pub role: Role,
    /// "Asha".
    pub first_name: String,
    /// "Verma".
    pub last_name: String,
    /// Their tenant.
    pub company: CompanyRef,
    /// The group a rep practises in.
    pub group: Option<GroupRef>,
}

/// A company by name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct CompanyRef {
    /// The company.
    pub id: CompanyId,
    /// "Troika Tech".
    pub name: String,
}

/// A group with its slot.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct GroupRef {
    /// "Group A".
    pub name: String,
    /// Minutes after local midnight: 660 is 11:00 AM.
    pub slot_minute: u16,
    /// IANA zone: "Asia/Kolkata".
    pub zone: String,
}
