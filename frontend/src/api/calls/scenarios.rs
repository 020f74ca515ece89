//! What is practised.

use super::Versioned;
use crate::api::transport::{Method, Request};
use crate::api::{Api, Failure, with_query};
use contract::page::Page;
use contract::scenario::{
    ActivateScenario, Scenario, ScenarioForRep, ScenarioQuery, ScenarioSearch, ScenarioSummary,
    ScenarioTarget, ScenarioText, Version, VersionQuery, VersionSummary,
};
use contract::session::Items;
use domain::ids::ScenarioId;

fn path(id: ScenarioId) -> String {
    format!("/api/scenarios/{id}")
}

impl Api {
    /// What there is to practise, the first day first.
    pub async fn scenarios(&self, query: &ScenarioQuery) -> Result<Page<ScenarioSummary>, Failure> {
        self.list_inside("/api/scenarios", query).await
    }

    /// Finds scenarios by words or their beginnings.
    pub async fn find_scenarios(
        &self,
        query: &ScenarioSearch,
    ) -> Result<Items<ScenarioSummary>, Failure> {
        self.list_inside("/api/scenarios/search", query).await
    }

    /// What there is for a day of the programme; the one that is practised comes first.
    pub async fn scenarios_of_day(&self, day: u8) -> Result<Items<ScenarioSummary>, Failure> {
        self.get(&format!("/api/scenarios/day/{day}")).await
    }

    /// A scenario as a rep may know it.
    pub async fn scenario_for_rep(&self, id: ScenarioId) -> Result<ScenarioForRep, Failure> {
        self.get(&path(id)).await
    }

    /// A scenario as a manager edits it: its latest version.
    pub async fn scenario(&self, id: ScenarioId) -> Result<Versioned<Scenario>, Failure> {
        self.versioned(Request::new(Method::Get, &path(id))).await
    }

    /// Its versions, newest first.
    pub async fn scenario_versions(
        &self,
        id: ScenarioId,
        query: &VersionQuery,
    ) -> Result<Page<VersionSummary>, Failure> {
        self.list(&format!("{}/versions", path(id)), query).await
    }

    /// One of them, with its text.
    pub async fn scenario_version(&self, id: ScenarioId, number: u32) -> Result<Version, Failure> {
        self.get(&format!("{}/versions/{number}", path(id))).await
    }

    /// Writes a scenario, as a draft.
    pub async fn write_scenario(
        &self,
        target: &ScenarioTarget,
        text: &ScenarioText,
        key: &str,
    ) -> Result<Versioned<Scenario>, Failure> {
        let path = with_query("/api/scenarios", &self.inside_of(target));
        let request = Request::with_json(&path, text).once(key.to_owned());
        self.versioned(request).await
    }

    /// Copies a published scenario into the company's own, as a draft.
    pub async fn copy_scenario(
        &self,
        id: ScenarioId,
        target: &ScenarioTarget,
        key: &str,
    ) -> Result<Versioned<Scenario>, Failure> {
        let path = with_query(&format!("{}/copy", path(id)), &self.inside_of(target));
        let request = Request::new(Method::Post, &path).once(key.to_owned());
        self.versioned(request).await
    }

    /// Rewrites a scenario.
    pub async fn rewrite_scenario(
        &self,
        id: ScenarioId,
        version: u64,
        text: &ScenarioText,
    ) -> Result<Versioned<Scenario>, Failure> {
        let request = Request::new(Method::Put, &path(id)).json(text);
        self.versioned(request.if_match(version)).await
    }

    /// From now on the latest version is practised.
    pub async fn publish_scenario(
        &self,
        id: ScenarioId,
        version: u64,
    ) -> Result<Versioned<Scenario>, Failure> {
        let request = Request::new(Method::Post, &format!("{}/publish", path(id)));
        self.versioned(request.if_match(version)).await
    }

    /// Takes a scenario out of the programme, or back in.
    pub async fn activate_scenario(
        &self,
        id: ScenarioId,
        version: u64,
        active: bool,
    ) -> Result<Versioned<Scenario>, Failure> {
        let request = Request::new(Method::Patch, &format!("{}/activate", path(id)))
            .json(&ActivateScenario { active })
            .if_match(version);
        self.versioned(request).await
    }

    /// Deletes a scenario that no session was scheduled with.
    pub async fn delete_scenario(&self, id: ScenarioId) -> Result<(), Failure> {
        self.delete(&path(id)).await
    }
}
