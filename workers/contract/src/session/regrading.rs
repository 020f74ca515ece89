//! Verdicts version by version: what everybody sees of a re-grade, and what managers see of the judging.

use domain::ids::{MessageId, SessionId, UserId};
use domain::scoring::{Judge, RejectedReply, Verdict};
use domain::suspicion::Suspicion;
use serde::{Deserialize, Serialize};

/// A re-grade of a session, for all who see it: no score changes in silence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Regrade {
    /// The number of its verdicts: 2 is the first re-grade.
    pub number: u32,
    /// Unix ms.
    pub at: u64,
    /// Who asked for it; absent once they are gone.
    pub by: Option<UserId>,
    /// "Meera Nair".
    pub by_name: Option<String>,
    /// What the session came to before, 0 to 100.
    pub score_before: u8,
    /// And after.
    pub score: u8,
    /// What its first answers came to before, 0 to 100.
    pub first_score_before: u8,
    /// And after.
    pub first_score: u8,
}

/// First answer, or said again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub enum Said {
    /// The first answer of a drill.
    First,
    /// The answer said again after the correction.
    Again,
}

/// An answer that seems to speak to whoever scores it. It is for managers to look at: no points were taken off for the attempt,
/// what it says to the scorer just counts for nothing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct SuspectedAnswer {
    /// The answer.
    pub message_id: MessageId,
    /// The drill's id in its scenario.
    pub drill: String,
    /// The drill's title.
    pub title: String,
    /// First answer, or said again.
    pub said: Said,
    /// What it seems to try, with the rep's words.
    pub suspicion: Suspicion,
}

/// `GET /api/sessions/:id/verdicts`: all versions of a session's verdicts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct VerdictHistory {
    /// The session.
    pub session_id: SessionId,
    /// The version that counts: the latest. Absent once retention took the verdicts.
    pub counting: Option<u32>,
    /// The versions, the latest first.
    pub versions: Vec<VerdictVersion>,
    /// Answers that seem to speak to whoever scores them.
    pub suspicions: Vec<SuspectedAnswer>,
}

/// One version of a session's verdicts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct VerdictVersion {
    /// 1 is the session's own; each re-grade adds one.
    pub number: u32,
    /// Unix ms.
    pub at: u64,
    /// Who asked for the re-grade; absent of the session's own, and once they are gone.
    pub by: Option<UserId>,
    /// "Meera Nair".
    pub by_name: Option<String>,
    /// The mean of the final answers by these verdicts alone, without managers' scores, 0 to 100.
    pub score: Option<u8>,
    /// The mean of the first answers by these verdicts, 0 to 100.
    pub first_score: Option<u8>,
    /// Each answer, in the order they were said.
    pub answers: Vec<JudgedAnswer>,
}

/// What one version says of one answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct JudgedAnswer {
    /// The answer.
    pub message_id: MessageId,
    /// The drill's id in its scenario.
    pub drill: String,
    /// The drill's title.
    pub title: String,
    /// First answer, or said again.
    pub said: Said,
    /// Whether the drill's score comes from this answer: its first, or the repeat that counts now.
    pub counts: bool,
    /// 0 to 100.
    pub score: u8,
    /// At least the pass mark, and no blocker.
    pub passed: bool,
    /// Who judged; `standIn` says that the built-in coach did in a model's place.
    pub judge: Judge,
    /// The model that was asked last, also where its replies could not be used.
    pub asked_model: Option<String>,
    /// The prompts that models were asked with: "judge/v1".
    pub prompt_version: String,
    /// SHA-256 of the scenario and tone it was judged by, hex.
    pub rubric_hash: String,
    /// A manager's score that was put in place of this verdict's, 0 to 100. It goes on to count when the session is judged anew.
    pub override_score: Option<u8>,
}

/// `GET /api/sessions/:id/verdicts/:number`: one version, word for word.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct VersionVerdicts {
    /// The session.
    pub session_id: SessionId,
    /// The version.
    pub number: u32,
    /// Each answer, in the order they were said.
    pub answers: Vec<AnswerVerdict>,
}

/// A verdict with all that is kept of how it was made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct AnswerVerdict {
    /// In short.
    #[serde(flatten)]
    pub judged: JudgedAnswer,
    /// The rep's words.
    pub content: String,
    /// The verdict with its evidence.
    pub verdict: Verdict,
    /// What the model said, word for word; absent of the built-in coach's.
    pub raw: Option<String>,
    /// The model's replies that could not be used, and why.
    pub rejected: Vec<RejectedReply>,
    /// What the answer seems to try with whoever scores it.
    pub suspicion: Option<Suspicion>,
}
