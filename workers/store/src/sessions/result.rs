//! What a completed session shows: its chat and what it came to.

use crate::{Db, DbError, FromRow, Statement};
use domain::ids::{CompanyId, MessageId, SessionId, TurnId, UserId};
use domain::scenario::{Scenario, VoiceDrill};
use domain::scoring::{Metrics, Verdict};
use domain::session::{
    DrillOutcome, MessageKind, MessageStatus, Outcome, RequestId, Speaker, VoicedBy,
};

/// One bubble of a completed session.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct MessageRow {
    /// The bubble.
    pub id: MessageId,
    /// Its turn; the first customer's opening has none.
    pub turn: Option<TurnId>,
    /// The send it came with, if it is the rep's.
    pub request: Option<RequestId>,
    /// Who says it.
    pub speaker: Speaker,
    /// What it is in its drill.
    pub kind: MessageKind,
    /// 0-based.
    pub drill_index: usize,
    /// The words.
    pub content: String,
    /// How far it came.
    pub status: MessageStatus,
    /// Unix ms.
    pub created_at: u64,
    /// The judgement that counts now, of a rep's answer.
    pub verdict: Option<Verdict>,
    /// The improved version a correction proposes.
    pub improved: Option<String>,
    /// Who voiced it.
    pub voiced_by: Option<VoicedBy>,
}

const TRANSCRIPT: &str = "
    SELECT m.id, m.turn_id AS turn, m.request_id AS request, m.speaker, m.kind, m.drill_index, m.content, m.status,
           m.created_at, m.improved, m.voiced_by,
           (SELECT verdict FROM verdicts v WHERE v.session_id = m.session_id AND v.message_id = m.id
            ORDER BY v.number DESC LIMIT 1) AS verdict
    FROM messages m
    WHERE m.session_id = (SELECT id FROM sessions WHERE id = ?1 AND company_id = ?2)
    ORDER BY m.position";

/// The chat of a completed session, in order. Empty when the company has no such session, or while it still runs.
pub async fn transcript(
    db: &impl Db,
    company: CompanyId,
    session: SessionId,
) -> Result<Vec<MessageRow>, DbError> {
    db.all(Statement::new(TRANSCRIPT).bind(session).bind(company))
        .await
}

/// What a completed session came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredResult {
    /// The session.
    pub session: SessionId,
    /// Its rep.
    pub user: UserId,
    /// 1 to 10.
    pub day: u8,
    /// The day's theme.
    pub theme: String,
    /// Scores, metrics and drills.
    pub outcome: Outcome,
    /// The coach's notes on the whole session.
    pub coach_notes: String,
    /// The managers' notes, oldest first, with blank lines between.
    pub manager_notes: Option<String>,
    /// It was started late.
    pub late: bool,
    /// Unix ms.
    pub started_at: u64,
    /// Unix ms.
    pub ended_at: u64,
    /// What to say aloud now.
    pub voice_drill: VoiceDrill,
    /// Who coached: `builtin`, or a provider's model id.
    pub model: String,
}

#[derive(FromRow)]
struct ResultColumns {
    user: UserId,
    day: u8,
    text: Scenario,
    score: u8,
    confidence: Option<u8>,
    clarity: Option<u8>,
    structure: Option<u8>,
    objection_handling: Option<u8>,
    closing: Option<u8>,
    first_score: u8,
    first_confidence: Option<u8>,
    first_clarity: Option<u8>,
    first_structure: Option<u8>,
    first_objection_handling: Option<u8>,
    first_closing: Option<u8>,
    duration_seconds: u64,
    coach_notes: String,
    manager_notes: Option<String>,
    late: bool,
    started_at: u64,
    ended_at: u64,
    model: String,
}

const RESULT: &str = "
    SELECT s.user_id AS user, s.day, v.text, s.score, s.confidence, s.clarity, s.structure, s.objection_handling,
           s.closing, s.first_score, s.first_confidence, s.first_clarity, s.first_structure, s.first_objection_handling,
           s.first_closing, s.duration_seconds, s.coach_notes, s.late, s.started_at, s.ended_at, s.model,
           (SELECT group_concat(text, char(10, 10)) FROM
                (SELECT text FROM manager_notes WHERE company_id = ?2 AND session_id = ?1 ORDER BY created_at)
           ) AS manager_notes
    FROM sessions s JOIN scenario_versions v ON v.id = s.scenario_version_id
    WHERE s.id = ?1 AND s.company_id = ?2 AND s.status = 'completed'";

#[derive(FromRow)]
struct DrillColumns {
    drill_index: usize,
    drill: String,
    initial_response: String,
    corrected_response: String,
    final_response: String,
    first: Verdict,
    last: Verdict,
}

/// None once retention took the words: what a drill came to is shown with its evidence, or not at all.
const DRILLS: &str = "
    SELECT d.drill_index, d.drill, d.initial_response, d.corrected_response, d.final_response,
           (SELECT verdict FROM verdicts v WHERE v.session_id = d.session_id AND v.message_id = d.first_message_id
            ORDER BY v.number DESC LIMIT 1) AS first,
           (SELECT verdict FROM verdicts v WHERE v.session_id = d.session_id AND v.message_id = d.final_message_id
            ORDER BY v.number DESC LIMIT 1) AS last
    FROM session_drills d
    WHERE d.session_id = (SELECT id FROM sessions WHERE id = ?1 AND company_id = ?2 AND transcript_purged_at IS NULL)
    ORDER BY d.drill_index";

/// What a session came to; `None` when the company has no such session or it is not completed.
pub async fn result(
    db: &impl Db,
    company: CompanyId,
    session: SessionId,
) -> Result<Option<StoredResult>, DbError> {
    let row: Option<ResultColumns> = db
        .first(Statement::new(RESULT).bind(session).bind(company))
        .await?;
    let Some(row) = row else {
        return Ok(None);
    };
    let drills: Vec<DrillColumns> = db
        .all(Statement::new(DRILLS).bind(session).bind(company))
        .await?;
    let drills = drills
        .into_iter()
        .map(|columns| drill_outcome(columns, &row.text))
        .collect::<Result<_, _>>()?;
    Ok(Some(StoredResult {
        session,
        user: row.user,
        day: row.day,
        theme: row.text.theme,
        outcome: Outcome {
            score: row.score,
            first_score: row.first_score,
            metrics: Metrics {
                confidence: row.confidence,
                clarity: row.clarity,
                structure: row.structure,
                objection_handling: row.objection_handling,
                closing: row.closing,
            },
            first_metrics: Metrics {
                confidence: row.first_confidence,
                clarity: row.first_clarity,
                structure: row.first_structure,
                objection_handling: row.first_objection_handling,
                closing: row.first_closing,
            },
            drills,
            duration_seconds: row.duration_seconds,
        },
        coach_notes: row.coach_notes,
        manager_notes: row.manager_notes,
        late: row.late,
        started_at: row.started_at,
        ended_at: row.ended_at,
        voice_drill: row.text.voice_drill,
        model: row.model,
    }))
}

/// The scenario's own words come from the version the session was judged by.
fn drill_outcome(columns: DrillColumns, text: &Scenario) -> Result<DrillOutcome, DbError> {
    let drill = text.drills.get(columns.drill_index).ok_or_else(|| {
        DbError::Malformed(format!("the scenario has no drill {}", columns.drill_index))
    })?;
    Ok(DrillOutcome {
        drill: columns.drill,
        title: drill.title.clone(),
        customer_message: drill.customer_message.clone(),
        initial_response: columns.initial_response,
        corrected_response: columns.corrected_response,
        final_response: columns.final_response,
        ideal_response: drill.ideal_response.clone(),
        first: columns.first,
        last: columns.last,
    })
}
