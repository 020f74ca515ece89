//! What a manager adds to a session: a note to the rep, and a score of their own where the judge was wrong.

use super::access::readable;
use super::home::not_running;
use super::stored;
use crate::error::ApiError;
use crate::extract::{Bearer, Editor, JsonBody, PathId, PathIds, Thing};
use crate::json::Json;
use crate::ports::{Ports, new_id};
use axum::extract::State;
use axum::http::StatusCode;
use contract::problem::{Code, FieldError};
use contract::session::{Items, Note, NoteForm, OverrideForm, SessionResult};
use domain::ids::SessionId;
use domain::session::Status;
use serde_json::json;
use std::convert::Infallible;
use std::str::FromStr;
use store::sessions::{self, NewOverride, NoteRow, SessionRow};

pub(crate) async fn notes<P: Ports>(
    State(ports): State<P>,
    Bearer(asker): Bearer,
    PathId(id): PathId<SessionId>,
) -> Result<Json<Items<Note>>, ApiError> {
    let session = readable(&ports, &asker, id).await?;
    let rows = sessions::notes(ports.db(), session.company, id).await?;
    Ok(Json(Items {
        items: rows.into_iter().map(note).collect(),
    }))
}

/// Each manager has one note on a session and writes only that: nobody overwrites another's.
pub(crate) async fn write_note<P: Ports>(
    State(ports): State<P>,
    Bearer(asker): Bearer,
    PathId(id): PathId<SessionId>,
    JsonBody(form): JsonBody<NoteForm>,
) -> Result<Json<Items<Note>>, ApiError> {
    let session = readable(&ports, &asker, id).await?;
    let text = Some(form.text.trim()).filter(|text| !text.is_empty());
    let (db, note_id, now) = (ports.db(), new_id(&ports)?, ports.now_ms());
    sessions::write_note(db, session.company, id, asker.user, text, note_id, now).await?;
    let rows = sessions::notes(db, session.company, id).await?;
    Ok(Json(Items {
        items: rows.into_iter().map(note).collect(),
    }))
}

fn note(row: NoteRow) -> Note {
    Note {
        id: row.id,
        author_id: row.author,
        author_name: row.author_name,
        text: row.text,
        created_at: row.created_at,
        updated_at: row.updated_at,
    }
}

/// Only what is completed is judged otherwise.
pub(super) fn completed(session: &SessionRow) -> Result<(), ApiError> {
    match session.status {
        Status::Completed => Ok(()),
        Status::InProgress => Err(ApiError::new(
            Code::DrillsRemaining,
            "This session is still running; its scores come with its end.",
        )),
        Status::Scheduled | Status::Missed => Err(not_running(session)),
    }
}

/// Puts a manager's score in place of the judge's; the answer is the session's new result.
pub(crate) async fn override_score<P: Ports>(
    State(ports): State<P>,
    editor: Editor,
    PathId(id): PathId<SessionId>,
    JsonBody(form): JsonBody<OverrideForm>,
) -> Result<(StatusCode, Json<SessionResult>), ApiError> {
    let session = readable(&ports, &editor.asker, id).await?;
    completed(&session)?;
    let before = stored::result(&ports, &editor.asker, &session).await?;
    let drill = before
        .verdicts
        .iter()
        .find(|drill| drill.drill == form.drill);
    let Some(drill) = drill else {
        let message = "This session has no such drill.";
        return Err(ApiError::fields(vec![FieldError::new("drill", message)]));
    };
    let counted = before
        .overrides
        .iter()
        .find(|earlier| earlier.drill == form.drill)
        .map_or(drill.last.score, |earlier| earlier.score);
    let mut change = editor.change(&ports, session.company, "session.score_overridden", id.0)?;
    change.before =
        Some(json!({"drill": form.drill, "score": counted, "sessionScore": before.score}));
    change.after = Some(json!({"drill": form.drill, "score": form.score, "reason": form.reason}));
    let new = NewOverride {
        session: id,
        company: session.company,
        drill: form.drill,
        score: form.score,
        reason: form.reason.trim().to_owned(),
        by: editor.asker.user,
        now: ports.now_ms(),
    };
    if !sessions::override_score(ports.db(), &new, &change).await? {
        return Err(ApiError::not_found("verdict"));
    }
    let result = stored::result(&ports, &editor.asker, &session).await?;
    Ok((StatusCode::CREATED, Json(result)))
}

/// A drill in a path: its id in its scenario.
pub(crate) struct DrillName(String);

impl FromStr for DrillName {
    type Err = Infallible;

    fn from_str(text: &str) -> Result<Self, Infallible> {
        Ok(Self(text.to_owned()))
    }
}

impl Thing for DrillName {
    const NAME: &str = "drill";
}

/// Takes a manager's score back, whoever gave it: the judge's counts again. Where there is none, nothing happens.
pub(crate) async fn withdraw_override<P: Ports>(
    State(ports): State<P>,
    editor: Editor,
    PathIds(id, DrillName(drill)): PathIds<SessionId, DrillName>,
) -> Result<StatusCode, ApiError> {
    let session = readable(&ports, &editor.asker, id).await?;
    completed(&session)?;
    let result = stored::result(&ports, &editor.asker, &session).await?;
    let judged = result.verdicts.iter().find(|one| one.drill == drill);
    let judged = judged.ok_or_else(|| ApiError::not_found("drill"))?;
    let Some(own) = result.overrides.iter().find(|one| one.drill == drill) else {
        return Ok(StatusCode::NO_CONTENT);
    };
    let mut change = editor.change(&ports, session.company, "session.override_withdrawn", id.0)?;
    change.before = Some(json!({"drill": drill, "score": own.score, "sessionScore": result.score}));
    change.after = Some(json!({"drill": drill, "score": judged.last.score}));
    let of = (session.company, id);
    sessions::withdraw_override(ports.db(), of, &drill, ports.now_ms(), &change).await?;
    Ok(StatusCode::NO_CONTENT)
}
