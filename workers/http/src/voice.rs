//! `/api/voice`: recordings of voice drills. The bytes are in the store of files, what is known of them in the database; the
//! bytes come first and go first, so that no row ever tells of bytes that are not there, and none stay that no row tells of.

use crate::blobs::{Blobs, Incoming, Stored, Trial, declared_length, files_of_person, serve};
use crate::error::ApiError;
use crate::extract::{Bearer, PathId, Query};
use crate::json::Json;
use crate::ports::{Fault, Ports, new_id};
use crate::sessions::access::{leads, own, readable};
use crate::sessions::home::not_running;
use axum::body::Body;
use axum::extract::State;
use axum::http::header::{CONTENT_TYPE, LOCATION};
use axum::http::{HeaderMap, Method, StatusCode};
use axum::response::{IntoResponse, Response};
use contract::problem::{Code, FieldError};
use contract::session::Items;
use contract::voice::{Recording, UploadQuery};
use domain::ids::{CompanyId, RecordingId, SessionId};
use domain::policy::{Principal, SessionFacts, may_delete_recording, may_read_session};
use domain::role::Role;
use domain::session::Status;
use domain::voice::{
    BadLength, HEAD_BYTES, Kind, MAX_BYTES, MAX_TAKES, TAIL_BYTES, length, measured_ms,
};
use store::sessions::SessionRow;
use store::voice::{self, NewRecording, RecordingRow};

/// How many recordings one sweep tries to delete: a Worker may make so many calls and no more.
const SWEEP: u32 = 100;

pub(crate) async fn upload<P: Ports>(
    State(ports): State<P>,
    Bearer(asker): Bearer,
    Query(form): Query<UploadQuery>,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, ApiError> {
    let size = declared_length(&headers, MAX_BYTES)?;
    says_audio(&headers)?;
    let session = own(&ports, &asker, form.session_id).await?;
    may_record(&session, form.drill.as_deref())?;
    if voice::takes(ports.db(), session.company, session.id).await? >= MAX_TAKES {
        return Err(full());
    }

    let incoming = Incoming::read(body, size, HEAD_BYTES).await?;
    let head = incoming.head(HEAD_BYTES).to_vec();
    let kind = Kind::of(&head).ok_or_else(no_recording)?;
    if !kind.tells_its_length() {
        length(kind, None, form.duration_ms).map_err(bad_length)?;
    }

    let id: RecordingId = new_id(&ports)?;
    let files = files_of_person(session.company, session.user);
    let object_key = format!("{files}voice/{id}");
    let trial = Trial::begin(&ports, &object_key);
    let tail = incoming.store(&ports, &object_key, TAIL_BYTES).await?;
    let measured = measured_ms(kind, &head, &tail, size);
    let length = length(kind, measured, form.duration_ms).map_err(bad_length)?;
    let new = NewRecording {
        id,
        company: session.company,
        session: session.id,
        user: session.user,
        drill: form.drill,
        object_key,
        kind,
        size,
        length,
        now: ports.now_ms(),
    };
    if !voice::add(ports.db(), new).await? {
        return Err(full());
    }
    trial.keep();

    let row = find(&ports, session.company, id).await?;
    let location = [(LOCATION, format!("/api/voice/{id}"))];
    Ok((StatusCode::CREATED, location, Json(shown(row))).into_response())
}

fn says_audio(headers: &HeaderMap) -> Result<(), ApiError> {
    let says = headers
        .get(CONTENT_TYPE)
        .and_then(|kind| kind.to_str().ok())
        .is_some_and(|kind| kind.trim().to_ascii_lowercase().starts_with("audio/"));
    if says { Ok(()) } else { Err(no_recording()) }
}

/// Only of a session that was begun is there something to record, and only of its own drills.
fn may_record(session: &SessionRow, drill: Option<&str>) -> Result<(), ApiError> {
    if matches!(session.status, Status::Scheduled | Status::Missed) {
        return Err(not_running(session));
    }
    match drill {
        Some(drill) if !session.drills.iter().any(|known| known.id == drill) => {
            Err(field("drill", "The session has no such drill."))
        }
        _ => Ok(()),
    }
}

fn full() -> ApiError {
    let detail = format!("A session takes {MAX_TAKES} recordings. Delete one to record again.");
    ApiError::new(Code::LimitReached, detail)
}

fn no_recording() -> ApiError {
    ApiError::new(
        Code::UnsupportedMedia,
        "Send a recording: Opus in WebM or Ogg, AAC in MP4, or WAV.",
    )
}

fn bad_length(bad: BadLength) -> ApiError {
    match bad {
        BadLength::TooLong => ApiError::new(Code::TooLarge, "A recording lasts at most 5 minutes."),
        BadLength::Unreadable => ApiError::new(
            Code::UnsupportedMedia,
            "The recording is damaged: how long it is can't be read.",
        ),
        BadLength::Unsaid => field("durationMs", "Say how long the recording is, in ms."),
    }
}

fn field(name: &str, message: &str) -> ApiError {
    ApiError::fields(vec![FieldError::new(name, message)])
}

pub(crate) async fn of_session<P: Ports>(
    State(ports): State<P>,
    Bearer(asker): Bearer,
    PathId(id): PathId<SessionId>,
) -> Result<Json<Items<Recording>>, ApiError> {
    let session = readable(&ports, &asker, id).await?;
    let rows = voice::of_session(ports.db(), session.company, session.id, ports.now_ms()).await?;
    let items = rows.into_iter().map(shown).collect();
    Ok(Json(Items { items }))
}

pub(crate) async fn listen<P: Ports>(
    State(ports): State<P>,
    Bearer(asker): Bearer,
    PathId(id): PathId<RecordingId>,
    method: Method,
    headers: HeaderMap,
) -> Result<Response, ApiError> {
    let (recording, _) = audible(&ports, &asker, id).await?;
    let file = Stored {
        name: "recording",
        key: &recording.object_key,
        media_type: recording.media_type.media_type(),
        size: Some(recording.size_bytes),
        cache: "private, no-store",
    };
    serve(&ports, &method, &headers, file).await
}

pub(crate) async fn delete<P: Ports>(
    State(ports): State<P>,
    Bearer(asker): Bearer,
    PathId(id): PathId<RecordingId>,
) -> Result<StatusCode, ApiError> {
    let (recording, facts) = audible(&ports, &asker, id).await?;
    if !may_delete_recording(&asker, &facts) {
        return Err(ApiError::new(
            Code::Forbidden,
            "Only the rep whose voice it is can delete a recording.",
        ));
    }
    forget(&ports, &recording).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// The recording, if the asker may hear it: whoever may see its session.
async fn audible<P: Ports>(
    ports: &P,
    asker: &Principal,
    id: RecordingId,
) -> Result<(RecordingRow, SessionFacts), ApiError> {
    let no_such_recording = || ApiError::not_found("recording");
    let company = match asker.role {
        Role::SuperAdmin => voice::tenant_of(ports.db(), id).await?,
        Role::Manager | Role::SalesRep => Some(asker.company),
    };
    let recording = find(ports, company.ok_or_else(no_such_recording)?, id).await?;
    let facts = SessionFacts {
        company: recording.company,
        owner: recording.user,
        owner_is_led_by_asker: leads(ports, asker, recording.user).await?,
    };
    if may_read_session(asker, &facts) {
        Ok((recording, facts))
    } else {
        Err(no_such_recording())
    }
}

async fn find<P: Ports>(
    ports: &P,
    company: CompanyId,
    id: RecordingId,
) -> Result<RecordingRow, ApiError> {
    voice::find(ports.db(), company, id, ports.now_ms())
        .await?
        .ok_or_else(|| ApiError::not_found("recording"))
}

fn shown(row: RecordingRow) -> Recording {
    Recording {
        id: row.id,
        session_id: row.session,
        user_id: row.user,
        drill: row.drill,
        media_type: row.media_type,
        size_bytes: row.size_bytes,
        duration_ms: row.duration_ms,
        duration_said: row.duration_said,
        created_at: row.created_at,
        expires_at: row.expires_at,
    }
}

/// The bytes go, then the row: what fails in between can be done again.
async fn forget<P: Ports>(ports: &P, recording: &RecordingRow) -> Result<(), ApiError> {
    ports.blobs().delete(&recording.object_key).await?;
    voice::remove(ports.db(), recording.company, recording.id).await?;
    Ok(())
}

/// Deletes recordings whose time, by their company's retention, is over; gives how many. One that can't be deleted is reported,
/// keeps none of the others, and is tried again by the next sweep. Called again and again, by cron.
pub async fn sweep<P: Ports>(ports: &P) -> Result<usize, ApiError> {
    let expired = voice::expired(ports.db(), ports.now_ms(), SWEEP).await?;
    let mut deleted = 0;
    for recording in &expired {
        match forget(ports, recording).await {
            Ok(()) => deleted += 1,
            Err(error) => {
                let what = format!("recording {}", recording.id);
                ports.report(&Fault::unasked("DELETE", &what, &error));
            }
        }
    }
    Ok(deleted)
}
