//! Recordings of voice drills. Sending one goes by `browser::upload`, which tells how far it is.

use crate::api::{Api, Failure};
use contract::session::Items;
use contract::voice::Recording;
use domain::ids::{RecordingId, SessionId};
use web_sys::Blob;

impl Api {
    /// The recordings of a session.
    pub async fn recordings(&self, session: SessionId) -> Result<Items<Recording>, Failure> {
        self.get(&format!("/api/sessions/{session}/voice")).await
    }

    /// One of them, to be listened to.
    pub async fn recording(&self, id: RecordingId) -> Result<Blob, Failure> {
        self.file(&format!("/api/voice/{id}")).await
    }

    /// Deletes one of one's own.
    pub async fn delete_recording(&self, id: RecordingId) -> Result<(), Failure> {
        self.delete(&format!("/api/voice/{id}")).await
    }
}
