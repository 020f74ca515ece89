//! The voice that answers are judged by.

use super::Versioned;
use crate::api::transport::{Method, Request};
use crate::api::{Api, Failure, with_query};
use contract::tone::{Tone, ToneTarget, ToneText};

const PATH: &str = "/api/tone-guidelines";

impl Api {
    /// The tone guidelines that a company is judged by; version 0 while it has none of its own.
    pub async fn tone(&self, target: &ToneTarget) -> Result<Versioned<Tone>, Failure> {
        let path = with_query(PATH, &self.inside_of(target));
        self.versioned(Request::new(Method::Get, &path)).await
    }

    /// Sets a company's own.
    pub async fn write_tone(
        &self,
        target: &ToneTarget,
        version: u64,
        text: &ToneText,
    ) -> Result<Versioned<Tone>, Failure> {
        let request =
            Request::new(Method::Put, &with_query(PATH, &self.inside_of(target))).json(text);
        self.versioned(request.if_match(version)).await
    }
}
