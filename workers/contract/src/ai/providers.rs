//! Who answers, and what it costs.

use crate::page::Page;
use domain::ids::CompanyId;
use serde::{Deserialize, Serialize};

/// `GET /api/ai/providers`, paged by its companies in the order in which they came: who is asked, and what was spent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Providers {
    /// Whom models are asked of, in this order; none: the built-in coach alone. Told to super admins.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub providers: Option<Vec<ProviderView>>,
    /// This month's spend (UTC), by company: of all to super admins, of their own to managers.
    pub spend: Page<CompanySpend>,
}

/// A configured provider. Its key is nowhere to be seen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct ProviderView {
    /// `openai`, `anthropic`, `compatible` or `workers-ai`.
    pub provider: String,
    /// The provider's id of the model.
    pub model: String,
    /// What its tokens cost; absent: not set, so that no call's cost is known.
    pub price: Option<PriceView>,
    /// Whether it is asked just now. Each of the Worker's isolates learns that for itself; this is what the one knows that answers.
    pub breaker: BreakerView,
}

/// Millionths of a US dollar for a million tokens.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct PriceView {
    /// Of tokens read.
    pub input_micros: u64,
    /// Of tokens written.
    pub output_micros: u64,
}

/// A provider that fails is left alone for a while.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(
    tag = "state",
    rename_all = "camelCase",
    rename_all_fields = "camelCase"
)]
pub enum BreakerView {
    /// It is asked.
    Closed {
        /// Failures since its last answer.
        failures: u8,
    },
    /// It is not asked.
    Open {
        /// Unix ms from which one call tries it.
        until: u64,
    },
    /// One call tries it.
    HalfOpen,
}

/// A company's month. Money is in millionths of a US dollar.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct CompanySpend {
    /// The company.
    pub company_id: CompanyId,
    /// "Troika Tech".
    pub name: String,
    /// Calls to models.
    pub calls: u64,
    /// What the calls of known cost came to.
    pub cost_micros: u64,
    /// Calls whose cost is not known: streams that died, models without a price.
    pub unknown_calls: u64,
    /// The most that these can have cost. It counts against the caps, and is no part of `costMicros`.
    pub unknown_micros: u64,
    /// The month's cap; absent: none.
    pub cap_micros: Option<u64>,
    /// The month's cap for each rep; absent: none but the company's.
    pub rep_cap_micros: Option<u64>,
}
