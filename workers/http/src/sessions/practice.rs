//! Free practice: a rep practises a completed day again, at any time.

use super::access::readable;
use super::listed::listed;
use super::planning::ZONE_WITHOUT_GROUP;
use super::step_of;
use crate::error::ApiError;
use crate::extract::{Bearer, JsonBody};
use crate::ports::{Ports, new_id};
use crate::versioned::Versioned;
use axum::extract::State;
use axum::http::StatusCode;
use contract::problem::{Code, FieldError};
use contract::session::{PracticeForm, Session};
use domain::ids::SessionId;
use domain::policy::Principal;
use domain::programme::is_unlocked;
use domain::role::Role;
use store::scenarios::{self, Shelf};
use store::sessions::{self, NewPractice};

/// Begins a free practice of a scenario, or gives the one that runs: so a second press, or a second device, goes on with it.
pub(crate) async fn practise<P: Ports>(
    State(ports): State<P>,
    Bearer(asker): Bearer,
    JsonBody(form): JsonBody<PracticeForm>,
) -> Result<Versioned<Session>, ApiError> {
    let only_reps = || ApiError::new(Code::Forbidden, "Only reps practise.");
    if asker.role != Role::SalesRep {
        return Err(only_reps());
    }
    let (db, company, wanted) = (ports.db(), asker.company, form.scenario_id);
    let freely = || sessions::freely(db, company, asker.user, wanted);
    let scenario = scenarios::find(db, company, Shelf::Served, wanted).await?;
    let scenario = scenario.ok_or_else(|| {
        let message = "There is no published scenario like this.";
        ApiError::fields(vec![FieldError::new("scenarioId", message)])
    })?;
    let known = freely().await?.ok_or_else(only_reps)?;
    if let Some(running) = known.running {
        return shown(&ports, &asker, running, StatusCode::OK).await;
    }
    let day = scenario.text.day;
    if !is_unlocked(day, &known.completed, known.days_total) {
        let detail =
            format!("Day {day} can be practised freely once you have completed it at your slot.");
        return Err(ApiError::new(Code::DayLocked, detail));
    }
    let now = ports.now_ms();
    let zone = known.zone.as_deref().unwrap_or(ZONE_WITHOUT_GROUP);
    let new = NewPractice {
        id: new_id(&ports)?,
        company,
        rep: asker.user,
        scenario: wanted,
        day,
        utc_offset_minutes: ports
            .utc_offset_minutes(zone, now)
            .ok_or_else(|| ApiError::Broken(format!("the platform knows no zone {zone}")))?,
        grace_minutes: known.grace_minutes,
        now,
    };
    if sessions::practise(db, &new).await? {
        return shown(&ports, &asker, new.id, StatusCode::CREATED).await;
    }
    // The other of two presses was quicker.
    let running = freely().await?.and_then(|known| known.running);
    let running = running.ok_or_else(only_reps)?;
    shown(&ports, &asker, running, StatusCode::OK).await
}

async fn shown<P: Ports>(
    ports: &P,
    asker: &Principal,
    id: SessionId,
    status: StatusCode,
) -> Result<Versioned<Session>, ApiError> {
    let row = readable(ports, asker, id).await?;
    let step = step_of(ports, &row).await;
    Ok(Versioned {
        status,
        version: row.version,
        body: listed(&row, step),
    })
}
