//! What is fixed when a session starts.

use crate::config::Config;
use crate::error::ApiError;
use domain::session::Frozen;
use sha2::{Digest, Sha256};
use store::sessions::StartMaterial;

/// Freezes scenario, tone rules, prompts and model onto a session, so that no later edit changes how it is judged.
pub(crate) fn freeze(
    material: StartMaterial,
    config: &Config,
    late: bool,
) -> Result<Frozen, ApiError> {
    // Written from the types, not copied from the database: the same rules give the same hash however they were spaced.
    let rubric = serde_json::to_vec(&(&material.text, &material.guidelines))
        .map_err(|error| ApiError::Broken(format!("a rubric: {error}")))?;
    Ok(Frozen {
        session: material.session.id,
        company: material.session.company,
        user: material.session.user,
        scenario: material.session.scenario,
        scenario_version: material.version,
        text: material.text,
        guidelines: material.guidelines,
        rubric_hash: format!("{:x}", Sha256::digest(rubric)),
        prompt_version: config.prompt_version.clone(),
        model: config.model.clone(),
        target_minutes: material.session.target_minutes,
        late,
    })
}
