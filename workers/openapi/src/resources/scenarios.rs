//! What is practised.

use crate::operation::{Operation, create, delete, get, patch, post, put};
use contract::page::Page;
use contract::problem::Code;
use contract::scenario::{
    ActivateScenario, Scenario, ScenarioQuery, ScenarioSearch, ScenarioSummary, ScenarioTarget,
    ScenarioText, ScenarioView, Version, VersionQuery, VersionSummary,
};
use contract::session::Items;
use domain::policy::Access::{LoggedIn, Managers};

/// Who writes a scenario.
const WRITERS: &str = "managers their company's own; super admins the stock library too";

pub(super) fn operations() -> Vec<Operation> {
    vec![
        get("/api/scenarios", LoggedIn, "What there is to practise: the company's own and the stock library")
            .note("Reps see what is published and in the programme.")
            .query::<ScenarioQuery>()
            .ok::<Page<ScenarioSummary>>("A page of scenarios, the first day first."),
        get("/api/scenarios/search", LoggedIn, "Finds scenarios by words or their beginnings")
            .query::<ScenarioSearch>()
            .ok::<Items<ScenarioSummary>>("The best matches first."),
        get("/api/scenarios/day/{day}", LoggedIn, "What there is for a day of the programme")
            .ok::<Items<ScenarioSummary>>("The one that is practised comes first."),
        get("/api/scenarios/{id}", LoggedIn, "One scenario")
            .note("Managers get the whole of its latest version; reps what they may know beforehand, and no answer.")
            .ok::<ScenarioView>("The scenario.")
            .versioned(),
        get("/api/scenarios/{id}/versions", Managers, "A scenario's versions, newest first")
            .query::<VersionQuery>()
            .ok::<Page<VersionSummary>>("A page of them."),
        get("/api/scenarios/{id}/versions/{number}", Managers, "One version of a scenario, with its text")
            .ok::<Version>("The version."),
        create("/api/scenarios", Managers, "Writes a scenario, as a draft")
            .only(WRITERS)
            .query::<ScenarioTarget>()
            .long_body::<ScenarioText>()
            .created::<Scenario>("The draft.")
            .located()
            .versioned(),
        create("/api/scenarios/{id}/copy", Managers, "Copies a published scenario into the company's own, as a draft")
            .query::<ScenarioTarget>()
            .created::<Scenario>("The draft.")
            .located()
            .versioned(),
        post("/api/scenarios/{id}/publish", Managers, "From now on the latest version is practised")
            .only(WRITERS)
            .if_match()
            .ok::<Scenario>("The scenario as it is now.")
            .versioned(),
        put("/api/scenarios/{id}", Managers, "Rewrites a scenario")
            .note("An edit of a published version opens a draft beside it.")
            .only(WRITERS)
            .if_match()
            .long_body::<ScenarioText>()
            .ok::<Scenario>("The scenario as it is now.")
            .versioned(),
        patch("/api/scenarios/{id}/activate", Managers, "Takes a scenario out of the programme, or back in")
            .only(WRITERS)
            .if_match()
            .body::<ActivateScenario>()
            .ok::<Scenario>("The scenario as it is now.")
            .versioned(),
        delete("/api/scenarios/{id}", Managers, "Deletes a scenario that no session was scheduled with")
            .only(WRITERS)
            .refuses(&[Code::InUse]),
    ]
}
