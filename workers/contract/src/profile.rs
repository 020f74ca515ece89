//! What people see and set of themselves.

use crate::checks;
use domain::ids::DeviceId;
use domain::language::Language;
use garde::Validate;
use serde::{Deserialize, Serialize};

/// `GET /api/profile`
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Profile {
    /// Their address; a manager changes it.
    pub email: String,
    /// "Asha".
    pub first_name: String,
    /// "Verma".
    pub last_name: String,
    /// "+91 98200 12345".
    pub phone: Option<String>,
    /// Of screens.
    pub language: Language,
    /// Off: their name stands on no leaderboard.
    pub on_leaderboard: bool,
    /// Mails before a slot and after a miss.
    pub mail_reminders: bool,
    /// The weekly mail.
    pub mail_digest: bool,
    /// Counts up with every edit; also the `ETag`.
    pub version: u64,
}

/// `PUT /api/profile`
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct UpdateProfile {
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
    /// Of screens.
    #[garde(skip)]
    pub language: Language,
    /// Off: their name stands on no leaderboard.
    #[garde(skip)]
    pub on_leaderboard: bool,
    /// Mails before a slot and after a miss.
    #[garde(skip)]
    pub mail_reminders: bool,
    /// The weekly mail.
    #[garde(skip)]
    pub mail_digest: bool,
}

impl UpdateProfile {
    /// The form that changes nothing.
    pub fn of(profile: &Profile) -> Self {
        Self {
            first_name: profile.first_name.clone(),
            last_name: profile.last_name.clone(),
            phone: profile.phone.clone(),
            language: profile.language,
            on_leaderboard: profile.on_leaderboard,
            mail_reminders: profile.mail_reminders,
            mail_digest: profile.mail_digest,
        }
    }
}

/// `POST /api/profile/password`. All other devices are logged out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ChangePassword {
    /// The one so far.
    #[garde(custom(checks::password))]
    pub old_password: String,
    /// The one from now on.
    #[garde(custom(checks::new_password))]
    pub new_password: String,
}

/// A log-in on one device; `GET /api/profile/devices` lists them, the one used last first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Device {
    /// The device.
    pub id: DeviceId,
    /// "Chrome on Android".
    pub label: String,
    /// The device that asks.
    pub current: bool,
    /// Unix ms of the log-in.
    pub created_at: u64,
    /// Unix ms of its last sign of life.
    pub last_seen_at: u64,
}

/// `GET` and `POST /api/unsubscribe`: the link at the end of a mail. Mail programs send what stands in the address, and nothing of
/// their own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct UnsubscribeQuery {
    /// Says who gets no more of what; signed.
    #[garde(custom(checks::token))]
    pub token: String,
}
