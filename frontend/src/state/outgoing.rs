//! What the rep has sent and the server has not confirmed yet.

use crate::api::Failure;
use contract::chat::{SendRequest, TurnRequest};
use domain::ids::SessionId;
use domain::session::RequestId;
use serde::{Deserialize, Serialize};

/// One send on its way. It keeps its id however often it is sent: sending again is safe.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outgoing {
    /// The id of the send.
    pub request: RequestId,
    /// What is asked for.
    pub what: Asked,
    /// How far it is.
    pub progress: Progress,
}

/// What a send asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Asked {
    /// The rep's words are to be answered.
    Answer(String),
    /// What was cut is to be done again.
    Correction,
    /// The next customer is to speak.
    Next,
}

/// How far a send is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Progress {
    /// On its way.
    Sending,
    /// The line broke; the history will tell whether it arrived.
    Checking(Failure),
    /// It is not with the server, as far as can be known.
    Failed(Failure),
}

impl Outgoing {
    /// The rep's words, if it is an answer.
    pub fn words(&self) -> Option<&str> {
        match &self.what {
            Asked::Answer(words) => Some(words),
            Asked::Correction | Asked::Next => None,
        }
    }

    /// Why it failed, if it did.
    pub fn failure(&self) -> Option<&Failure> {
        match &self.progress {
            Progress::Failed(failure) => Some(failure),
            Progress::Sending | Progress::Checking(_) => None,
        }
    }

    /// The request body of an answer. The app lets the rep choose after each repeat, so it never asks to go on by itself.
    pub fn as_send(&self) -> Option<SendRequest> {
        self.words().map(|words| SendRequest {
            request_id: self.request.as_str().to_owned(),
            content: words.to_owned(),
            advance: false,
        })
    }

    /// The request body of the other two.
    pub fn as_turn(&self) -> TurnRequest {
        TurnRequest {
            request_id: self.request.as_str().to_owned(),
        }
    }
}

/// How the keys of all kept drafts begin.
pub const DRAFTS: &str = "captain.draft.";

/// What outlives a reload: the text being typed, and the answer that was not confirmed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Draft {
    /// The text in the composer.
    #[serde(default)]
    pub text: String,
    /// The answer that was sent and not confirmed.
    #[serde(default)]
    pub unconfirmed: Option<Unconfirmed>,
}

/// An answer that was sent and not confirmed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Unconfirmed {
    /// The id it was sent with.
    pub request_id: RequestId,
    /// The rep's words.
    pub content: String,
}

impl Draft {
    /// The key under which a session's draft is kept.
    pub fn key(session: SessionId) -> String {
        format!("{DRAFTS}{session}")
    }

    /// Whether there is nothing to keep.
    pub fn is_empty(&self) -> bool {
        self.text.is_empty() && self.unconfirmed.is_none()
    }
}
