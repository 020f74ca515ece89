//! Writing a completed session: one batch, guarded so that twice is once.

use super::verdicts::{FIRST_VERSION, INSERT_VERDICTS, VerdictLine};
use crate::{Db, DbError, Statement, rollups};
use domain::ids::{CompanyId, MessageId, ScenarioVersionId, SessionId, TurnId};
use domain::scoring::Metrics;
use domain::session::{
    Attempt, LiveSession, MessageKind, MessageStatus, Outcome, Speaker, VoicedBy,
};
use serde::Serialize;

/// All that is kept of a completed session.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FinishedSession {
    session: SessionId,
    company: CompanyId,
    scenario_version: ScenarioVersionId,
    rubric_hash: String,
    prompt_version: String,
    model: String,
    late: bool,
    started_at: u64,
    ended_at: u64,
    last_event_id: u64,
    coach_notes: String,
    outcome: Outcome,
    suspected: bool,
    /// JSON arrays: one parameter and one statement for all rows of a table.
    messages: String,
    verdicts: String,
    drills: String,
}

#[derive(Serialize)]
struct MessageLine<'a> {
    position: usize,
    id: MessageId,
    turn: Option<TurnId>,
    request: Option<&'a str>,
    speaker: Speaker,
    kind: MessageKind,
    drill_index: usize,
    content: &'a str,
    status: MessageStatus,
    improved: Option<&'a str>,
    voiced_by: Option<&'a VoicedBy>,
    created_at: u64,
}

#[derive(Serialize)]
struct DrillLine<'a> {
    drill_index: usize,
    drill: &'a str,
    initial_response: &'a str,
    corrected_response: &'a str,
    final_response: &'a str,
    first_score: u8,
    score: u8,
    first_message: MessageId,
    final_message: MessageId,
}

impl FinishedSession {
    /// What is kept of a session; `None` until it is completed. `coach_notes` are the coach's words on the whole of it.
    pub fn of(live: &LiveSession, coach_notes: &str) -> Option<Self> {
        let frozen = live.frozen()?;
        let outcome = live.outcome()?;
        Some(Self {
            session: frozen.session,
            company: frozen.company,
            scenario_version: frozen.scenario_version,
            rubric_hash: frozen.rubric_hash.clone(),
            prompt_version: frozen.prompt_version.clone(),
            model: frozen.model.clone(),
            late: frozen.late,
            started_at: live.started_at(),
            ended_at: live.ended_at()?,
            last_event_id: live.last_seq(),
            coach_notes: coach_notes.to_owned(),
            messages: json_lines(message_lines(live))?,
            verdicts: json_lines(verdict_lines(live))?,
            drills: json_lines(drill_lines(live, &outcome))?,
            outcome,
            suspected: attempts(live).any(|attempt| attempt.grounds.suspicion.is_some()),
        })
    }

    /// The session.
    pub fn session(&self) -> SessionId {
        self.session
    }

    /// The batch that writes it. The first statement changes one row, or none when it was written before.
    pub fn statements(&self) -> Vec<Statement> {
        let rows = |sql, lines: &str| {
            Statement::new(sql)
                .bind(self.session)
                .bind(self.company)
                .bind(lines)
        };
        let mut batch = vec![
            self.complete(),
            rows(INSERT_MESSAGES, &self.messages),
            rows(INSERT_VERDICTS, &self.verdicts)
                .bind(self.prompt_version.as_str())
                .bind(self.rubric_hash.as_str())
                .bind(self.ended_at)
                .bind(FIRST_VERSION)
                .bind(None::<u64>),
            rows(INSERT_DRILLS, &self.drills),
        ];
        batch.extend(rollups::after(self.company, self.session));
        batch
    }

    fn complete(&self) -> Statement {
        let metrics = |statement: Statement, metrics: &Metrics| {
            statement
                .bind(metrics.confidence)
                .bind(metrics.clarity)
                .bind(metrics.structure)
                .bind(metrics.objection_handling)
                .bind(metrics.closing)
        };
        let statement = Statement::new(COMPLETE)
            .bind(self.session)
            .bind(self.company)
            .bind(self.started_at)
            .bind(self.ended_at)
            .bind(self.late)
            .bind(self.scenario_version)
            .bind(self.rubric_hash.as_str())
            .bind(self.prompt_version.as_str())
            .bind(self.model.as_str())
            .bind(self.outcome.duration_seconds)
            .bind(self.coach_notes.as_str())
            .bind(self.last_event_id)
            .bind(self.outcome.score)
            .bind(self.outcome.first_score);
        metrics(
            metrics(statement, &self.outcome.metrics),
            &self.outcome.first_metrics,
        )
        .bind(self.suspected)
    }
}

/// Also completes a session whose start did not reach the database, or that was called missed for that reason: the
/// object that ran it knows better.
const COMPLETE: &str = "
    UPDATE sessions SET status = 'completed', started_at = ?3, ended_at = ?4, late = ?5, scenario_version_id = ?6,
        rubric_hash = ?7, prompt_version = ?8, model = ?9, duration_seconds = ?10, coach_notes = ?11, last_event_id = ?12,
        score = ?13, first_score = ?14, confidence = ?15, clarity = ?16, structure = ?17, objection_handling = ?18,
        closing = ?19, first_confidence = ?20, first_clarity = ?21, first_structure = ?22, first_objection_handling = ?23,
        first_closing = ?24, suspected = ?25, version = version + 1, updated_at = ?4
    WHERE id = ?1 AND company_id = ?2 AND status <> 'completed'";

// Each adds nothing to a session that was deleted meanwhile, and nothing twice.
const INSERT_MESSAGES: &str = "
    INSERT INTO messages (session_id, position, id, turn_id, request_id, speaker, kind, drill_index, content, status,
                          improved, voiced_by, created_at)
    SELECT s.id, m.value ->> '$.position', m.value ->> '$.id', m.value ->> '$.turn', m.value ->> '$.request',
           m.value ->> '$.speaker', m.value ->> '$.kind', m.value ->> '$.drill_index', m.value ->> '$.content',
           m.value ->> '$.status', m.value ->> '$.improved', m.value ->> '$.voiced_by', m.value ->> '$.created_at'
    FROM sessions s, json_each(?3) m
    WHERE s.id = ?1 AND s.company_id = ?2
    ON CONFLICT (session_id, position) DO NOTHING";

const INSERT_DRILLS: &str = "
    INSERT INTO session_drills (session_id, drill_index, drill, initial_response, corrected_response, final_response,
                                first_score, score, first_message_id, final_message_id)
    SELECT s.id, d.value ->> '$.drill_index', d.value ->> '$.drill', d.value ->> '$.initial_response',
           d.value ->> '$.corrected_response', d.value ->> '$.final_response', d.value ->> '$.first_score',
           d.value ->> '$.score', d.value ->> '$.first_message', d.value ->> '$.final_message'
    FROM sessions s, json_each(?3) d
    WHERE s.id = ?1 AND s.company_id = ?2
    ON CONFLICT (session_id, drill_index) DO NOTHING";

/// Writes a completed session with its chat, verdicts, drills and roll-ups, all or nothing. Gives false when it stood there
/// already, or when the session was deleted meanwhile; both change nothing.
pub async fn finish(db: &impl Db, finished: &FinishedSession) -> Result<bool, DbError> {
    let changed = db.batch(finished.statements()).await?;
    Ok(changed.first().is_some_and(|rows| *rows > 0))
}

pub(super) fn json_lines(lines: Vec<impl Serialize>) -> Option<String> {
    serde_json::to_string(&lines).ok()
}

fn message_lines(live: &LiveSession) -> Vec<MessageLine<'_>> {
    live.messages()
        .iter()
        .enumerate()
        .map(|(position, message)| MessageLine {
            position,
            id: message.id,
            turn: message.turn,
            request: message.request.as_ref().map(|request| request.as_str()),
            speaker: message.speaker,
            kind: message.kind,
            drill_index: message.drill,
            content: &message.text,
            status: message.status,
            improved: message.improved.as_deref(),
            voiced_by: message.voiced_by.as_ref(),
            created_at: message.at,
        })
        .collect()
}

/// All that was judged.
fn attempts(live: &LiveSession) -> impl Iterator<Item = &Attempt> {
    let records = live.records().iter();
    records.flat_map(|record| record.initial.iter().chain(&record.repeats))
}

fn verdict_lines(live: &LiveSession) -> Vec<VerdictLine<'_>> {
    attempts(live)
        .filter_map(|attempt| {
            let message = message_of(live, attempt)?;
            let (verdict, grounds) = (&attempt.verdict, &attempt.grounds);
            Some(VerdictLine::of(
                message,
                Some(attempt.turn),
                verdict,
                grounds,
            ))
        })
        .collect()
}

fn drill_lines<'a>(live: &LiveSession, outcome: &'a Outcome) -> Vec<DrillLine<'a>> {
    let drills = live.records().iter().zip(&outcome.drills).enumerate();
    drills
        .filter_map(|(drill_index, (record, drill))| {
            // The outcome chose the repeat that counts; the later of equals, as there.
            let counts = |attempt: &&Attempt| {
                attempt.text == drill.final_response && attempt.verdict == drill.last
            };
            Some(DrillLine {
                drill_index,
                drill: &drill.drill,
                initial_response: &drill.initial_response,
                corrected_response: &drill.corrected_response,
                final_response: &drill.final_response,
                first_score: drill.first.score,
                score: drill.last.score,
                first_message: message_of(live, record.initial.as_ref()?)?,
                final_message: message_of(live, record.repeats.iter().rev().find(counts)?)?,
            })
        })
        .collect()
}

/// The rep's message that an attempt judged.
fn message_of(live: &LiveSession, attempt: &Attempt) -> Option<MessageId> {
    live.turn(attempt.turn)?.message
}
