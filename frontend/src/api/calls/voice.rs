//! Recordings of voice drills.

use crate::api::{Api, Failure, upload, with_query};
use contract::session::Items;
use contract::voice::{Recording, UploadQuery};
use domain::ids::{RecordingId, SessionId};
use web_sys::Blob;
use yew::Callback;

impl Api {
    /// The recordings of a session.
    pub async fn recordings(&self, session: SessionId) -> Result<Items<Recording>, Failure> {
        self.get(&format!("/api/sessions/{session}/voice")).await
    }

    /// Sends a recording; `progress` hears how much of it is on its way, 0 to 100. Dropping the future breaks it off.
    pub async fn send_recording(
        &self,
        query: &UploadQuery,
        recording: &Blob,
        progress: Callback<u8>,
    ) -> Result<Recording, Failure> {
        let path = &with_query("/api/voice/upload", query);
        let progress = &progress;
        let body = self
            .with_token(|token| async move {
                upload::send(path, recording, &token, progress.clone()).await
            })
            .await?;
        serde_json::from_str(&body).map_err(|_| Failure::Outdated)
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
