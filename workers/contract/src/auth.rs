//! Log-in, refresh, log-out, who am I; registering, and a forgotten password.

use crate::checks;
use crate::problem::FieldError;
use domain::ids::{CompanyId, UserId};
use domain::language::Language;
use domain::role::Role;
use domain::schedule::Weekdays;
use garde::Validate;
use serde::{Deserialize, Serialize};

/// `POST /api/auth/login`
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
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
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
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
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
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
    /// Of their screens.
    pub language: Language,
    /// Their tenant.
    pub company: CompanyRef,
    /// The group a rep practises in.
    pub group: Option<GroupRef>,
}

/// A company by name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct CompanyRef {
    /// The company.
    pub id: CompanyId,
    /// "Troika Tech".
    pub name: String,
}

/// A group with its slot.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct GroupRef {
    /// "Group A".
    pub name: String,
    /// The days on which it practises.
    pub weekdays: Weekdays,
    /// Minutes after local midnight: 660 is 11:00 AM.
    pub slot_minute: u16,
    /// IANA zone: "Asia/Kolkata".
    pub zone: String,
}

/// `POST /api/auth/register`, in two steps, so that an account belongs to whoever reads the address's mail, and so that no
/// answer tells whether an address has an account.
///
/// 1. `{companyName, email}` for a new company's trial, or `{token, email}` with an invite's link: 202, and a mail goes out.
/// 2. `{token, firstName, lastName, password}` with the token of that mail, or of an invite that came by mail: 201, logged in.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct RegisterRequest {
    /// Of an invite, or of the mail of the first step.
    #[garde(inner(custom(checks::token)))]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub token: Option<String>,
    /// The new company.
    #[garde(inner(custom(checks::name)))]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub company_name: Option<String>,
    /// Where the mail goes.
    #[garde(inner(custom(checks::email)))]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// "Asha".
    #[garde(inner(custom(checks::name)))]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub first_name: Option<String>,
    /// "Verma".
    #[garde(inner(custom(checks::name)))]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_name: Option<String>,
    /// At least 10 characters.
    #[garde(inner(custom(checks::new_password)))]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub password: Option<String>,
}

/// What a [`RegisterRequest`] asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Registration {
    /// A mail with a link, to found a company.
    Found {
        /// The new company.
        company_name: String,
        /// Where the mail goes.
        email: String,
    },
    /// A mail with a link, to join by an invite that names no address.
    Join {
        /// The invite's.
        token: String,
        /// Where the mail goes.
        email: String,
    },
    /// The account.
    Finish(NewAccount),
}

/// Who somebody is, with the proof that the address is theirs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewAccount {
    /// Came by mail.
    pub token: String,
    /// "Asha".
    pub first_name: String,
    /// "Verma".
    pub last_name: String,
    /// At least 10 characters.
    pub password: String,
}

impl RegisterRequest {
    /// Which step this is; or what is missing, or too much, for either.
    pub fn step(self) -> Result<Registration, Vec<FieldError>> {
        let says_who =
            self.first_name.is_some() || self.last_name.is_some() || self.password.is_some();
        match (self.token, self.company_name, self.email) {
            (None, None, _) => Err(vec![FieldError::new(
                "companyName",
                "Name your company, or use the link of an invite.",
            )]),
            (Some(_), Some(_), _) => Err(vec![FieldError::new(
                "companyName",
                "An invite has its own company: leave this out.",
            )]),
            (None, Some(_), None) => Err(vec![FieldError::new("email", "Enter your address.")]),
            (_, _, Some(_)) if says_who => Err(vec![FieldError::new(
                "email",
                "Name and password come with the link that we send to this address.",
            )]),
            (None, Some(company_name), Some(email)) => Ok(Registration::Found {
                company_name,
                email,
            }),
            (Some(token), None, Some(email)) => Ok(Registration::Join { token, email }),
            (Some(token), None, None) => {
                finish(token, self.first_name, self.last_name, self.password)
            }
        }
    }
}

fn finish(
    token: String,
    first_name: Option<String>,
    last_name: Option<String>,
    password: Option<String>,
) -> Result<Registration, Vec<FieldError>> {
    match (first_name, last_name, password) {
        (Some(first_name), Some(last_name), Some(password)) => {
            Ok(Registration::Finish(NewAccount {
                token,
                first_name,
                last_name,
                password,
            }))
        }
        (first_name, last_name, password) => Err([
            ("firstName", first_name.is_none()),
            ("lastName", last_name.is_none()),
            ("password", password.is_none()),
        ]
        .into_iter()
        .filter(|(_, missing)| *missing)
        .map(|(field, _)| FieldError::new(field, "This is needed."))
        .collect()),
    }
}

/// `POST /api/auth/forgot-password`
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ForgotPasswordRequest {
    /// Case does not matter. The answer is 202, whether it has an account or not.
    #[garde(custom(checks::email))]
    pub email: String,
}

/// `POST /api/auth/reset-password`
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ResetPasswordRequest {
    /// Of the mail.
    #[garde(custom(checks::token))]
    pub token: String,
    /// At least 10 characters.
    #[garde(custom(checks::new_password))]
    pub password: String,
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::indexing_slicing)]
    use super::*;
    use serde_json::{Value, json};

    fn step(body: Value) -> Result<Registration, Vec<FieldError>> {
        serde_json::from_value::<RegisterRequest>(body)
            .unwrap()
            .step()
    }

    #[test]
    fn a_registration_is_one_of_three() {
        assert!(matches!(
            step(json!({"companyName": "Sagar", "email": "a@b"})),
            Ok(Registration::Found { .. })
        ));
        assert!(matches!(
            step(json!({"token": "t", "email": "a@b"})),
            Ok(Registration::Join { .. })
        ));
        let whole =
            json!({"token": "t", "firstName": "Asha", "lastName": "Verma", "password": "p"});
        assert!(matches!(step(whole), Ok(Registration::Finish(_))));
    }

    #[test]
    fn what_is_neither_names_the_field() {
        let cases = [
            (json!({}), vec!["companyName"]),
            (json!({"email": "a@b"}), vec!["companyName"]),
            (
                json!({"token": "t", "companyName": "S"}),
                vec!["companyName"],
            ),
            (json!({"companyName": "S"}), vec!["email"]),
            (
                json!({"companyName": "S", "email": "a@b", "password": "p"}),
                vec!["email"],
            ),
            (
                json!({"token": "t"}),
                vec!["firstName", "lastName", "password"],
            ),
            (
                json!({"token": "t", "firstName": "A", "password": "p"}),
                vec!["lastName"],
            ),
        ];
        for (body, fields) in cases {
            let errors = step(body.clone()).unwrap_err();
            let named: Vec<_> = errors.iter().map(|error| error.field.as_str()).collect();
            assert_eq!(named, fields, "{body}");
        }
    }
}
