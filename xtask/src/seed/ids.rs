//! Deterministic ids: the same thing has the same id in every run.

use domain::ids::uuid_v7;
use sha2::{Digest, Sha256};

/// 1 January 2026: when the demo's companies and people came to be.
pub const BEGINNING_MS: u64 = 1_767_225_600_000;

/// The id of a thing that has always been there, by its name.
pub fn of<Id: From<uuid::Uuid>>(name: &str) -> Id {
    at(BEGINNING_MS, name)
}

/// The id of a thing that came to be at `ms`.
pub fn at<Id: From<uuid::Uuid>>(ms: u64, name: &str) -> Id {
    let mut random = [0; 10];
    for (byte, hashed) in random.iter_mut().zip(Sha256::digest(name)) {
        *byte = hashed;
    }
    Id::from(uuid_v7(ms, &random))
}

/// Chance that falls the same way for the same thing in every run.
pub fn chance(name: &str) -> fastrand::Rng {
    let mut seed = [0; 8];
    for (byte, hashed) in seed.iter_mut().zip(Sha256::digest(name)) {
        *byte = hashed;
    }
    fastrand::Rng::with_seed(u64::from_le_bytes(seed))
}
