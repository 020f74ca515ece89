//! Recordings of voice drills.

use crate::operation::{Operation, delete, get, post};
use contract::problem::Code;
use contract::voice::{Recording, UploadQuery};
use domain::policy::Access::LoggedIn;
use domain::voice::MAX_BYTES;

/// What is taken: Opus in WebM or Ogg, AAC in MP4, PCM in WAV. The bytes tell, whatever the header says.
const AUDIO: &[&str] = &["audio/webm", "audio/ogg", "audio/mp4", "audio/wav"];

pub(super) fn operations() -> Vec<Operation> {
    vec![
        post(
            "/api/voice/upload",
            LoggedIn,
            "Stores a recording of a session",
        )
        .note("At most 10 MB and 5 minutes, and 20 recordings of a session.")
        .only("the session's own rep")
        .query::<UploadQuery>()
        .file(AUDIO, MAX_BYTES)
        .created::<Recording>("The recording.")
        .located()
        .refuses(&[
            Code::NotFound,
            Code::Forbidden,
            Code::NotStarted,
            Code::WindowClosed,
            Code::LimitReached,
        ]),
        get("/api/voice/{id}", LoggedIn, "A recording to listen to")
            .only("the session's rep, the manager who leads them, super admins")
            .serves_parts(AUDIO),
        delete("/api/voice/{id}", LoggedIn, "Deletes a recording")
            .only("the rep whose voice it is")
            .refuses(&[Code::Forbidden]),
    ]
}
