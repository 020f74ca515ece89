//! A completed session as the database keeps it, in the forms that its object gave while it ran.

use super::listed::card;
use super::verdicts::suspicions;
use crate::error::ApiError;
use crate::ports::Ports;
use contract::chat::{ChatState, DrillView, Message};
use contract::session::{Override, Regrade, SessionResult, SuspectedAnswer, VoiceDrillText};
use domain::policy::Principal;
use domain::role::Role;
use domain::session::{May, Status, Step};
use futures::future::try_join3;
use store::sessions::{self, MessageRow, OverrideRow, RegradeRow, SessionRow, StoredResult};

/// The whole state of a completed session.
pub(crate) async fn state<P: Ports>(
    ports: &P,
    session: &SessionRow,
) -> Result<ChatState, ApiError> {
    let transcript = sessions::transcript(ports.db(), session.company, session.id).await?;
    let last = session
        .drills
        .last()
        .ok_or_else(|| ApiError::Broken(format!("session {} has no drill", session.id)))?;
    Ok(ChatState {
        session_id: session.id,
        day: session.day,
        theme: session.theme.clone(),
        status: Status::Completed,
        step: Step::Completed,
        step_number: Step::Completed.number(),
        drill: DrillView {
            index: session.drills.len() - 1,
            count: session.drills.len(),
            card: card(last),
        },
        items: transcript.into_iter().map(message).collect(),
        last_event_id: session.last_event_id.unwrap_or(0),
        running_turn: None,
        may: May {
            end: true,
            ..May::default()
        },
        started_at: session.started_at.unwrap_or(session.slot_at),
        ended_at: session.ended_at,
        target_minutes: session.target_minutes,
        model: session.model.clone().unwrap_or_default(),
        now: ports.now_ms(),
    })
}

/// What a completed session came to, as this asker may know it: a rep is not told of suspicions.
pub(crate) async fn result<P: Ports>(
    ports: &P,
    asker: &Principal,
    session: &SessionRow,
) -> Result<SessionResult, ApiError> {
    let (db, company, id) = (ports.db(), session.company, session.id);
    let (stored, overrides, regrades) = try_join3(
        sessions::result(db, company, id),
        sessions::overrides(db, company, id),
        sessions::regrades(db, company, id),
    )
    .await?;
    let stored = stored.ok_or_else(|| ApiError::Broken(format!("session {id} has no result")))?;
    let suspicions = if session.suspected && asker.role != Role::SalesRep {
        let verdicts = sessions::verdicts(db, company, id).await?;
        suspicions(session, &verdicts)
    } else {
        Vec::new()
    };
    Ok(session_result(stored, overrides, regrades, suspicions))
}

fn session_result(
    stored: StoredResult,
    overrides: Vec<OverrideRow>,
    regrades: Vec<RegradeRow>,
    suspicions: Vec<SuspectedAnswer>,
) -> SessionResult {
    SessionResult {
        session_id: stored.session,
        day: stored.day,
        theme: stored.theme,
        status: Status::Completed,
        score: stored.outcome.score,
        first_score: stored.outcome.first_score,
        metrics: stored.outcome.metrics,
        first_metrics: stored.outcome.first_metrics,
        verdicts: SessionResult::drills_of(&stored.outcome),
        coach_notes: stored.coach_notes,
        manager_notes: stored.manager_notes,
        late: stored.late,
        started_at: stored.started_at,
        ended_at: stored.ended_at,
        duration_seconds: stored.outcome.duration_seconds,
        voice_drill: VoiceDrillText {
            text: stored.voice_drill.text,
            instructions: stored.voice_drill.instructions,
        },
        overrides: overrides.into_iter().map(overridden).collect(),
        regrades: regrades.into_iter().map(regrade).collect(),
        suspicions,
    }
}

fn regrade(row: RegradeRow) -> Regrade {
    Regrade {
        number: row.number,
        at: row.at,
        by: row.by,
        by_name: row.by_name,
        score_before: row.score_before,
        score: row.score,
        first_score_before: row.first_score_before,
        first_score: row.first_score,
    }
}

fn overridden(row: OverrideRow) -> Override {
    Override {
        drill: row.drill,
        score: row.score,
        judged: row.judged,
        version: row.number,
        reason: row.reason,
        by: row.by,
        by_name: row.by_name,
        at: row.at,
    }
}

fn message(row: MessageRow) -> Message {
    Message {
        id: row.id,
        turn_id: row.turn,
        request_id: row.request,
        role: row.speaker,
        kind: row.kind,
        drill_index: row.drill_index,
        content: row.content,
        status: row.status,
        created_at: row.created_at,
        verdict: row.verdict,
        improved: row.improved,
        voiced_by: row.voiced_by,
    }
}
