//! Scheduling a single session for a rep, moving it and taking it back, as long as it was not started.

use super::access::{leads, readable};
use super::home::{ask, is_not_started};
use super::listed::listed;
use crate::error::ApiError;
use crate::extract::{Editor, IfMatch, JsonBody, PathId, Query};
use crate::live::Ask;
use crate::ports::{Ports, new_id};
use crate::tenant;
use crate::versioned::{Versioned, changed_meanwhile};
use axum::extract::State;
use axum::http::StatusCode;
use axum::http::header::LOCATION;
use axum::response::{IntoResponse, Response};
use contract::problem::{Code, FieldError};
use contract::session::{ListedSession, Practised, RescheduleForm, ScheduleForm, SessionTarget};
use domain::ids::{CompanyId, ScenarioId, SessionId, UserId};
use domain::policy::Principal;
use domain::role::Role;
use domain::session::Status;
use domain::slot::{Phase, Window};
use serde_json::json;
use store::DbError;
use store::scenarios::{self, Shelf};
use store::sessions::{self, NewSession, Planned, Schedulable, SessionRow};

/// The zone of reps who are in no group yet.
pub(crate) const ZONE_WITHOUT_GROUP: &str = "Asia/Kolkata";

/// How far ahead a session may be scheduled, ms: a year.
const FURTHEST_MS: u64 = 366 * 24 * 60 * 60 * 1_000;

pub(crate) async fn schedule<P: Ports>(
    State(ports): State<P>,
    editor: Editor,
    Query(target): Query<SessionTarget>,
    JsonBody(form): JsonBody<ScheduleForm>,
) -> Result<Response, ApiError> {
    let company = tenant::meant(&ports, &editor.asker, target.company_id).await?;
    let rep = rep_of(&ports, &editor.asker, company, form.user_id).await?;
    let practised = practised(&ports, company, form.practised).await?;
    let new = NewSession {
        id: new_id(&ports)?,
        company,
        rep: form.user_id,
        planned: planned(&ports, &rep, practised, form.slot_at)?,
    };
    let mut change = editor.change(&ports, company, "session.scheduled", new.id.0)?;
    change.after = Some(told(&new.planned));
    let made = sessions::schedule(ports.db(), &new, &change).await;
    if !made.map_err(slot_is_taken)? {
        return Err(ApiError::not_found("user"));
    }
    let row = readable(&ports, &editor.asker, new.id).await?;
    let location = format!("/api/sessions/{}", new.id);
    let answer = shown(&row, StatusCode::CREATED);
    Ok(([(LOCATION, location)], answer).into_response())
}

pub(crate) async fn reschedule<P: Ports>(
    State(ports): State<P>,
    editor: Editor,
    PathId(id): PathId<SessionId>,
    IfMatch(version): IfMatch,
    JsonBody(form): JsonBody<RescheduleForm>,
) -> Result<Versioned<ListedSession>, ApiError> {
    let before = waiting(&ports, &editor.asker, id).await?;
    let company = before.company;
    let rep = rep_of(&ports, &editor.asker, company, before.user).await?;
    let practised = match form.practised {
        Some(wanted) => practised(&ports, company, wanted).await?,
        None => (before.scenario, before.day),
    };
    let planned = planned(&ports, &rep, practised, form.slot_at)?;
    let mut change = editor.change(&ports, company, "session.rescheduled", id.0)?;
    change.before =
        Some(json!({"slotAt": before.slot_at, "day": before.day, "scenarioId": before.scenario}));
    change.after = Some(told(&planned));
    let moved = sessions::reschedule(ports.db(), company, id, version, &planned, &change).await;
    if !moved.map_err(slot_is_taken)? {
        // Deleted, started or moved by somebody else meanwhile.
        waiting(&ports, &editor.asker, id).await?;
        return Err(changed_meanwhile());
    }
    let row = readable(&ports, &editor.asker, id).await?;
    Ok(shown(&row, StatusCode::OK))
}

pub(crate) async fn unschedule<P: Ports>(
    State(ports): State<P>,
    editor: Editor,
    PathId(id): PathId<SessionId>,
) -> Result<StatusCode, ApiError> {
    let before = waiting(&ports, &editor.asker, id).await?;
    let mut change = editor.change(&ports, before.company, "session.unscheduled", id.0)?;
    change.before =
        Some(json!({"slotAt": before.slot_at, "day": before.day, "userId": before.user}));
    if sessions::unschedule(ports.db(), before.company, id, &change).await? {
        return Ok(StatusCode::NO_CONTENT);
    }
    waiting(&ports, &editor.asker, id).await?;
    Err(changed_meanwhile())
}

/// A session that was not started. One whose start has not reached the database yet lives in its object already.
async fn waiting<P: Ports>(
    ports: &P,
    asker: &Principal,
    id: SessionId,
) -> Result<SessionRow, ApiError> {
    let session = readable(ports, asker, id).await?;
    let started = session.status != Status::Scheduled
        || !is_not_started(&ask(ports, &session, Ask::History).await?);
    if started {
        return Err(ApiError::new(
            Code::InUse,
            "This session was started, finished or missed; only one that waits can be moved or taken back.",
        ));
    }
    Ok(session)
}

/// A rep whom the asker may schedule sessions for.
async fn rep_of<P: Ports>(
    ports: &P,
    asker: &Principal,
    company: CompanyId,
    rep: UserId,
) -> Result<Schedulable, ApiError> {
    let no_such_user = || ApiError::not_found("user");
    if asker.role != Role::SuperAdmin && !leads(ports, asker, rep).await? {
        return Err(no_such_user());
    }
    let rep = sessions::schedulable(ports.db(), company, rep).await?;
    rep.ok_or_else(no_such_user)
}

/// The scenario to practise and its day.
async fn practised<P: Ports>(
    ports: &P,
    company: CompanyId,
    wanted: Practised,
) -> Result<(ScenarioId, u8), ApiError> {
    let found = match wanted {
        Practised::Day(day) => scenarios::published_for_day(ports.db(), company, day)
            .await?
            .map(|published| (published.scenario, day)),
        Practised::ScenarioId(id) => scenarios::find(ports.db(), company, Shelf::Served, id)
            .await?
            .map(|row| (row.id, row.text.day)),
    };
    found.ok_or_else(|| {
        let message = "There is no published scenario like this.";
        ApiError::fields(vec![FieldError::new("practised", message)])
    })
}

fn planned<P: Ports>(
    ports: &P,
    rep: &Schedulable,
    (scenario, day): (ScenarioId, u8),
    slot_at: u64,
) -> Result<Planned, ApiError> {
    let now = ports.now_ms();
    let window = Window::around(slot_at, rep.grace_minutes);
    let bad_slot = |message| Err(ApiError::fields(vec![FieldError::new("slotAt", message)]));
    if window.phase(now) == Phase::Closed {
        return bad_slot("This slot is over; choose a later one.");
    }
    if slot_at > now + FURTHEST_MS {
        return bad_slot("Choose a slot within a year.");
    }
    let zone = rep.zone.as_deref().unwrap_or(ZONE_WITHOUT_GROUP);
    let utc_offset_minutes = ports
        .utc_offset_minutes(zone, slot_at)
        .ok_or_else(|| ApiError::Broken(format!("the platform knows no zone {zone}")))?;
    Ok(Planned {
        scenario,
        day,
        window,
        utc_offset_minutes,
        now,
    })
}

fn told(planned: &Planned) -> serde_json::Value {
    json!({"slotAt": planned.window.slot_at, "day": planned.day, "scenarioId": planned.scenario})
}

/// A rep practises one thing at a time.
fn slot_is_taken(error: DbError) -> ApiError {
    match error {
        DbError::Exists(_) => ApiError::new(
            Code::Exists,
            "This rep has a session at that very slot already; choose another one.",
        ),
        other => other.into(),
    }
}

fn shown(row: &SessionRow, status: StatusCode) -> Versioned<ListedSession> {
    Versioned {
        status,
        version: row.version,
        body: ListedSession {
            session: listed(row, None),
            group_id: row.group_id,
            rep_name: row.rep_name.clone(),
            suspected: row.suspected,
        },
    }
}
