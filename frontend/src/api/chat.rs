//! Opening the stream of a live session.

use super::stream::FrameStream;
use super::transport::{Abort, Method, Request, begin};
use super::{Api, Failure};
use crate::state::conversation::Call;
use domain::ids::SessionId;

/// The status of "nothing runs and nothing is missing".
const NO_CONTENT: u16 = 204;

/// Makes the call and gives its stream; `None` when nothing runs and nothing is missing.
pub async fn open(
    api: &Api,
    session: SessionId,
    call: &Call,
) -> Result<Option<FrameStream>, Failure> {
    let request = &request(session, call);
    api.with_token(|token| async move {
        let abort = Abort::new();
        let response = begin(request, Some(&token), &abort).await?;
        if response.status() == NO_CONTENT {
            return Ok(None);
        }
        FrameStream::of(&response, abort).map(Some)
    })
    .await
}

fn request(session: SessionId, call: &Call) -> Request {
    let path = |name: &str| format!("/api/chat/{session}/{name}");
    match call {
        Call::Message(send) => Request::with_json(&path("message"), send),
        Call::Correction(turn) => Request::with_json(&path("correction"), turn),
        Call::Next(turn) => Request::with_json(&path("next"), turn),
        Call::Events { after } => {
            Request::new(Method::Get, &format!("{}?after={after}", path("events")))
        }
    }
}
