//! Log-in, refresh, log-out, who am I.

use crate::problem::FieldError;
use domain::ids::{CompanyId, UserId};
use domain::role::Role;
use serde::{Deserialize, Serialize};

/// The longest password that is hashed, bytes: hashing is the one costly thing a stranger can ask for.
pub const MAX_PASSWORD_BYTES: usize = 200;

/// The longest e-mail address, bytes (RFC 5321).
pub const MAX_EMAIL_BYTES: usize = 254;

/// `POST /api/auth/login`
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct LoginRequest {
    /// Case does not matter.
    pub email: String,
    /// As typed.
    pub password: String,
}

impl LoginRequest {
    /// What is wrong with the form, before anything is looked up.
    pub fn check(&self) -> Vec<FieldError> {
        let mut errors = Vec::new();
        let email = self.email.trim();
        if email.is_empty() || email.len() > MAX_EMAIL_BYTES || !email.contains('@') {
            errors.push(FieldError::new(
                "email",
                "Enter the e-mail address you were invited with.",
            ));
        }
        if self.password.is_empty() || self.password.len() > MAX_PASSWORD_BYTES {
            errors.push(FieldError::new("password", "Enter your password."));
        }
        errors
    }
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
