//! Companies: settings, subscription.

use crate::checks;
use crate::page::MAX_LIMIT;
use domain::ids::CompanyId;
use domain::plan::Plan;
use garde::Validate;
use serde::{Deserialize, Serialize};

/// The most people any plan has.
pub const MAX_USERS: u32 = 100_000;

/// The highest spend cap, millionths of a US dollar: a million dollars a month.
pub const MAX_SPEND_CAP_MICROS: u64 = 1_000_000_000_000;

/// A customer's company.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Company {
    /// The company.
    pub id: CompanyId,
    /// "Troika Tech".
    pub name: String,
    /// "troikatech.in": for show; it opens nothing.
    pub domain: Option<String>,
    /// What its managers set.
    pub settings: Settings,
    /// What it pays for.
    pub subscription: Subscription,
    /// How many people may log in now; told of one company, not in lists.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub active_users: Option<u32>,
    /// Counts up with every edit; also the `ETag`.
    pub version: u64,
    /// Unix ms.
    pub created_at: u64,
    /// Unix ms.
    pub updated_at: u64,
}

/// What a company's managers set.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct Settings {
    /// Days of the programme, 1 to 10.
    #[garde(range(min = 1, max = 10))]
    pub training_days: u8,
    /// How long a session should take, minutes.
    #[garde(range(min = 1, max = 120))]
    pub session_minutes: u16,
    /// Minutes after the slot until a session that was not started is missed.
    #[garde(range(min = 11, max = 600))]
    pub grace_minutes: u16,
    /// How long voice recordings are kept, days.
    #[garde(range(min = 1, max = 3_650))]
    pub voice_retention_days: u16,
    /// How long chats are kept, days; absent: as long as the company. Scores stay.
    #[garde(range(min = 1, max = 3_650))]
    pub transcript_retention_days: Option<u16>,
    /// A month's cap on models for each rep, millionths of a US dollar; absent: no cap but the company's. A rep past it is
    /// coached by the built-in coach.
    #[garde(range(max = MAX_SPEND_CAP_MICROS))]
    pub rep_spend_cap_micros: Option<u64>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            training_days: 10,
            session_minutes: 5,
            grace_minutes: 60,
            voice_retention_days: 90,
            transcript_retention_days: None,
            rep_spend_cap_micros: None,
        }
    }
}

/// What a company pays for. Only super admins change it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Subscription {
    /// The plan.
    #[garde(skip)]
    pub plan: Plan,
    /// Unix ms.
    #[garde(custom(checks::moment))]
    pub starts_at: u64,
    /// Unix ms from which nobody of the company gets in; absent: until further notice.
    #[garde(inner(custom(checks::moment)))]
    pub ends_at: Option<u64>,
    /// Off: nobody of the company gets in.
    #[garde(skip)]
    pub is_active: bool,
    /// How many people may be able to log in.
    #[garde(range(min = 1, max = MAX_USERS))]
    pub max_users: u32,
    /// A month's cap on models, millionths of a US dollar; absent: no cap.
    #[garde(range(max = MAX_SPEND_CAP_MICROS))]
    pub spend_cap_micros: Option<u64>,
}

/// `GET /api/companies`: in the order in which they came.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CompanyQuery {
    /// 1 to 100; 25 when absent.
    #[garde(range(min = 1, max = MAX_LIMIT))]
    pub limit: Option<u32>,
    /// `nextCursor` of the page before.
    #[garde(length(min = 1, max = 200))]
    pub cursor: Option<String>,
    /// The beginning of the name, whatever its case.
    #[garde(inner(custom(checks::search)))]
    pub search: Option<String>,
}

/// `POST /api/companies`
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CreateCompany {
    /// "Troika Tech".
    #[garde(custom(checks::name))]
    pub name: String,
    /// "troikatech.in".
    #[serde(default)]
    #[garde(inner(custom(checks::host)))]
    pub domain: Option<String>,
    /// What is absent takes its default.
    #[serde(default)]
    #[garde(dive)]
    pub settings: Settings,
    /// Absent: a trial from now.
    #[serde(default)]
    #[garde(dive)]
    pub subscription: Option<Subscription>,
}

/// `PUT /api/companies/:id`
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct UpdateCompany {
    /// "Troika Tech".
    #[garde(custom(checks::name))]
    pub name: String,
    /// "troikatech.in".
    #[serde(default)]
    #[garde(inner(custom(checks::host)))]
    pub domain: Option<String>,
    /// What is absent takes its default.
    #[garde(dive)]
    pub settings: Settings,
    /// Absent: as it is. Sent by a manager, it must be as it is.
    #[serde(default)]
    #[garde(dive)]
    pub subscription: Option<Subscription>,
}
