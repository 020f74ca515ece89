//! What is fixed when a session starts.

use crate::config::Config;
use crate::error::ApiError;
use domain::scenario::Scenario;
use domain::session::Frozen;
use domain::tone::ToneGuidelines;
use sha2::{Digest, Sha256};
use store::sessions::StartMaterial;

/// Freezes scenario, tone rules, prompts and model onto a session, so that no later edit changes how it is judged.
pub(crate) fn freeze(
    material: StartMaterial,
    config: &Config,
    late: bool,
) -> Result<Frozen, ApiError> {
    let rubric_hash = rubric_hash(&material.text, &material.guidelines)?;
    Ok(Frozen {
        session: material.session.id,
        company: material.session.company,
        user: material.session.user,
        scenario: material.session.scenario,
        scenario_version: material.version,
        text: material.text,
        guidelines: material.guidelines,
        rubric_hash,
        prompt_version: config.prompt_version.clone(),
        model: config.model.clone(),
        target_minutes: material.session.target_minutes,
        late,
    })
}

/// What names the rules that a session is judged by. Written from the types, not copied from the database: the same rules give the
/// same hash however they were spaced.
pub(crate) fn rubric_hash(
    text: &Scenario,
    guidelines: &ToneGuidelines,
) -> Result<String, ApiError> {
    let rubric = serde_json::to_vec(&(text, guidelines))
        .map_err(|error| ApiError::Broken(format!("a rubric: {error}")))?;
    Ok(format!("{:x}", Sha256::digest(rubric)))
}
