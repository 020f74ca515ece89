//! The heat-map: who is how good at what, week by week.

use super::{MetricAverages, PersonName};
use serde::{Deserialize, Serialize};

/// Rep x metric x week.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct HeatMap {
    /// The Mondays, oldest first; the last is this week's.
    pub weeks: Vec<String>,
    /// One row per rep.
    pub rows: Vec<HeatMapRow>,
}

/// A rep's row.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct HeatMapRow {
    /// Who.
    #[serde(flatten)]
    pub person: PersonName,
    /// One cell per week; `null` where nothing was practised.
    pub cells: Vec<Option<HeatMapCell>>,
}

/// A rep's week: means of its completed sessions.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct HeatMapCell {
    /// Of the final answers.
    pub score: Option<f64>,
    /// Of the first answers.
    pub first_score: Option<f64>,
    /// The five metrics.
    #[serde(flatten)]
    pub metrics: MetricAverages,
}
