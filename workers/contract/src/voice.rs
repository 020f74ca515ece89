//! Recordings of voice drills.

use domain::ids::{RecordingId, SessionId, UserId};
use domain::voice::{Kind, MAX_DURATION_MS};
use garde::Validate;
use serde::{Deserialize, Serialize};

/// The query of `POST /api/voice/upload`; the body is the recording itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct UploadQuery {
    /// The session that it belongs to.
    #[garde(skip)]
    pub session_id: SessionId,
    /// The drill that was answered aloud, its id in the scenario; absent for the day's voice drill.
    #[garde(length(min = 1, max = 80))]
    pub drill: Option<String>,
    /// How long the recording is, ms. Needed for WebM and MP4, which as browsers record them don't tell; of Ogg and WAV what
    /// the bytes tell counts.
    #[garde(inner(custom(is_a_length)))]
    pub duration_ms: Option<u64>,
}

fn is_a_length(ms: &u64, _: &()) -> garde::Result {
    if (1..=MAX_DURATION_MS).contains(ms) {
        Ok(())
    } else {
        Err(garde::Error::new("A recording lasts at most 5 minutes."))
    }
}

/// One recording. Its bytes are at `GET /api/voice/:id`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Recording {
    /// The recording.
    pub id: RecordingId,
    /// The session that it belongs to.
    pub session_id: SessionId,
    /// Whose voice it is.
    pub user_id: UserId,
    /// The drill that was answered aloud; absent for the day's voice drill.
    pub drill: Option<String>,
    /// What the bytes are, whatever the upload's header said.
    pub media_type: Kind,
    /// Bytes.
    pub size_bytes: u64,
    /// How long it is, ms.
    pub duration_ms: u64,
    /// The length is what the client said, not what the bytes tell.
    pub duration_said: bool,
    /// Unix ms.
    pub created_at: u64,
    /// Unix ms from which it does not exist any more: the company's retention.
    pub expires_at: u64,
}
