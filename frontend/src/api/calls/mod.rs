//! The calls by name, a file for each resource. `docs/api.md` tells who may make which.
//!
//! An edit takes the version that was read; what has no `version` of its own comes as [`Versioned`]. A create takes a key
//! (`browser::random::key()`) that is the same for each try of one press of a button, so that it is made once.

mod ai;
mod analytics;
mod audit;
mod companies;
mod groups;
mod invites;
mod log_in;
mod managing;
mod profile;
mod scenarios;
mod sessions;
mod teams;
mod tone;
mod users;
mod voice;

pub use ai::Spoken;

use super::transport::Request;
use super::{Api, Failure};
use serde::de::DeserializeOwned;

/// Something with the version it was read in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Versioned<T> {
    /// The thing.
    pub value: T,
    /// Its version, for an edit.
    pub version: u64,
}

impl Api {
    /// An answer with its version.
    async fn versioned<T: DeserializeOwned>(
        &self,
        request: Request,
    ) -> Result<Versioned<T>, Failure> {
        let answer = self.ask(request).await?;
        let version = answer.version.ok_or(Failure::Outdated)?;
        let value = answer.json()?;
        Ok(Versioned { value, version })
    }
}
