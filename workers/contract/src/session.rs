//! Sessions in lists and their results.

mod managing;
mod regrading;

pub use managing::{
    ListedSession, MAX_NOTE_CHARS, MAX_REASON_CHARS, Note, NoteForm, Override, OverrideForm,
    Practised, RescheduleForm, ScheduleForm, SessionPage, SessionQuery, SessionTarget,
};
pub use regrading::{
    AnswerVerdict, JudgedAnswer, Regrade, Said, SuspectedAnswer, VerdictHistory, VerdictVersion,
    VersionVerdicts,
};

use domain::ids::{ScenarioId, SessionId, UserId};
use domain::scoring::{Metrics, Verdict};
use domain::session::{Outcome, SessionKind, Status, Step};
use garde::Validate;
use serde::{Deserialize, Serialize};

/// A list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(
    feature = "schema",
    derive(schemars::JsonSchema),
    schemars(rename = "ItemsOf{T}")
)]
#[serde(rename_all = "camelCase")]
pub struct Items<T> {
    /// The entries.
    pub items: Vec<T>,
}

/// `GET /api/sessions/today`
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Today {
    /// Sessions that can be practised now or later today, and those finished today; the one to do first comes first.
    pub items: Vec<Session>,
    /// How the ten days stand.
    pub progress: Progress,
    /// The server's clock, Unix ms: countdowns count from it, not from the phone's.
    pub now: u64,
}

/// How a rep's ten days stand.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Progress {
    /// Days of the programme that were completed.
    pub days_completed: u8,
    /// Days of the programme: 10.
    pub days_total: u8,
    /// Completed sessions one after the other without a miss, up to the latest.
    pub streak: u32,
    /// The latest completed sessions of the programme, oldest first, at most ten.
    pub recent: Vec<RecentScore>,
}

/// One completed session in a trend.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct RecentScore {
    /// The session.
    pub session_id: SessionId,
    /// Its day.
    pub day: u8,
    /// Its theme.
    pub theme: String,
    /// Unix ms of its end.
    pub ended_at: u64,
    /// The score of the first answers.
    pub first_score: u8,
    /// The score of the final answers.
    pub score: u8,
}

/// A session in a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Session {
    /// The session.
    pub id: SessionId,
    /// Its rep.
    pub user_id: UserId,
    /// Its scenario.
    pub scenario_id: ScenarioId,
    /// One of the ten days, or free practice.
    pub kind: SessionKind,
    /// 1 to 10.
    pub day: u8,
    /// The day's theme.
    pub theme: String,
    /// What awaits the rep.
    pub description: String,
    /// Where it stands.
    pub status: Status,
    /// The step, while it runs.
    pub step: Option<Step>,
    /// The slot, Unix ms.
    pub slot_at: u64,
    /// From here it may be started, Unix ms.
    pub opens_at: u64,
    /// From here it may not, Unix ms.
    pub closes_at: u64,
    /// Unix ms of its start.
    pub started_at: Option<u64>,
    /// Unix ms of its end.
    pub ended_at: Option<u64>,
    /// It was started late.
    pub late: bool,
    /// How long it should take, minutes.
    pub target_minutes: u16,
    /// The day's customers, without what they will say.
    pub drills: Vec<DrillCard>,
    /// The score of the final answers, once completed.
    pub score: Option<u8>,
    /// The score of the first answers, once completed.
    pub first_score: Option<u8>,
}

/// `POST /api/sessions/practice`: a rep practises a scenario again, at any time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct PracticeForm {
    /// A published scenario of a day that the rep has completed.
    #[garde(skip)]
    pub scenario_id: ScenarioId,
}

/// A drill before it is practised.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct DrillCard {
    /// The drill's id in its scenario.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Who writes.
    pub customer_name: String,
    /// What they do.
    pub customer_business: String,
}

/// `POST /api/chat/:id/end`, `GET /api/sessions/:id/result`: what a session came to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct SessionResult {
    /// The session.
    pub session_id: SessionId,
    /// 1 to 10.
    pub day: u8,
    /// The day's theme.
    pub theme: String,
    /// Always `completed`.
    pub status: Status,
    /// Mean of the final answers, 0 to 100.
    pub score: u8,
    /// Mean of the first answers, 0 to 100.
    pub first_score: u8,
    /// The five metrics of the final answers.
    pub metrics: Metrics,
    /// The five metrics of the first answers.
    pub first_metrics: Metrics,
    /// One entry per drill.
    pub verdicts: Vec<DrillResult>,
    /// The coach's notes on the whole session.
    pub coach_notes: String,
    /// The manager's notes, if any.
    pub manager_notes: Option<String>,
    /// It was started late.
    pub late: bool,
    /// Unix ms.
    pub started_at: u64,
    /// Unix ms.
    pub ended_at: u64,
    /// From start to end, seconds.
    pub duration_seconds: u64,
    /// What to say aloud now.
    pub voice_drill: VoiceDrillText,
    /// Scores that a manager put in place of the judge's; `score` above counts with them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub overrides: Vec<Override>,
    /// How often the session was judged anew, the oldest first; the latest verdicts are those above.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub regrades: Vec<Regrade>,
    /// Answers that seem to speak to whoever scores them: told to managers, never to the rep.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub suspicions: Vec<SuspectedAnswer>,
}

/// The day's voice drill.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct VoiceDrillText {
    /// The words.
    pub text: String,
    /// How to say them.
    pub instructions: String,
}

/// One drill of a result: before and after, with the evidence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct DrillResult {
    /// The drill's id in its scenario.
    pub drill: String,
    /// Its title.
    pub title: String,
    /// What the customer said.
    pub customer_message: String,
    /// What the rep said first.
    pub initial_response: String,
    /// The coach's improved version.
    pub corrected_response: String,
    /// The rep's best repeat.
    pub final_response: String,
    /// The answer a master would give; shown now that the rep has answered.
    pub ideal_response: String,
    /// The judgement of the first answer.
    pub first: Verdict,
    /// The judgement of the final answer.
    #[serde(rename = "final")]
    pub last: Verdict,
}

impl SessionResult {
    /// The drills of an outcome.
    pub fn drills_of(outcome: &Outcome) -> Vec<DrillResult> {
        outcome
            .drills
            .iter()
            .map(|drill| DrillResult {
                drill: drill.drill.clone(),
                title: drill.title.clone(),
                customer_message: drill.customer_message.clone(),
                initial_response: drill.initial_response.clone(),
                corrected_response: drill.corrected_response.clone(),
                final_response: drill.final_response.clone(),
                ideal_response: drill.ideal_response.clone(),
                first: drill.first.clone(),
                last: drill.last.clone(),
            })
            .collect()
    }
}
