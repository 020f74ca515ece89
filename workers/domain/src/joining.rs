//! Getting in for the first time, and again without a password: how long each door stays open, and what a trial is.

use serde::{Deserialize, Serialize};

const MINUTE_MS: u64 = 60 * 1_000;
const DAY_MS: u64 = 24 * 60 * MINUTE_MS;

/// How long a password reset may be used, ms: 30 minutes.
pub const RESET_MS: u64 = 30 * MINUTE_MS;

/// How long an invite may be used, ms: 7 days.
pub const INVITE_MS: u64 = 7 * DAY_MS;

/// How long the confirmation of an address may be used, ms: one day.
pub const CONFIRMATION_MS: u64 = DAY_MS;

/// How long a trial lasts, ms: 14 days, enough for the ten days of the programme.
pub const TRIAL_MS: u64 = 14 * DAY_MS;

/// How many people a trial may have.
pub const TRIAL_USERS: u32 = 25;

/// What became of an invite.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum InviteState {
    /// It opens.
    Open,
    /// Somebody came in.
    Accepted,
    /// It was taken back.
    Revoked,
    /// Its time is over.
    Expired,
}

impl InviteState {
    /// The name used in SQL and JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            InviteState::Open => "open",
            InviteState::Accepted => "accepted",
            InviteState::Revoked => "revoked",
            InviteState::Expired => "expired",
        }
    }
}
