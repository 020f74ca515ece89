//! Writing scenarios.

use super::{served, views, visible};
use crate::error::ApiError;
use crate::extract::{Editor, IfMatch, JsonBody, LONG_TEXT, PathId, Query};
use crate::ports::{Ports, new_id};
use crate::tenant;
use crate::versioned::{Versioned, changed_meanwhile};
use axum::extract::State;
use axum::http::StatusCode;
use axum::http::header::LOCATION;
use axum::response::{IntoResponse, Response};
use contract::problem::Code;
use contract::scenario::{ActivateScenario, Scenario, ScenarioTarget, ScenarioText};
use domain::ids::{CompanyId, ScenarioId};
use domain::policy::Principal;
use domain::role::Role;
use serde_json::json;
use store::scenarios::{self, Draft, Edit, NewScenario, ScenarioRow};

pub(crate) async fn create<P: Ports>(
    State(ports): State<P>,
    editor: Editor,
    Query(target): Query<ScenarioTarget>,
    JsonBody(text): JsonBody<ScenarioText, LONG_TEXT>,
) -> Result<Response, ApiError> {
    let library = match (target.stock, editor.asker.role) {
        (true, Role::SuperAdmin) => None,
        (true, _) => return Err(stock_is_not_yours()),
        (false, _) => Some(tenant::meant(&ports, &editor.asker, target.company_id).await?),
    };
    make(&ports, &editor, library, text.into()).await
}

/// A company's own draft with the words of another scenario, mostly of the stock's.
pub(crate) async fn copy<P: Ports>(
    State(ports): State<P>,
    editor: Editor,
    PathId(id): PathId<ScenarioId>,
    Query(target): Query<ScenarioTarget>,
) -> Result<Response, ApiError> {
    let library = tenant::meant(&ports, &editor.asker, target.company_id).await?;
    let original = served(&ports, &editor.asker, id).await?;
    make(&ports, &editor, Some(library), original.text).await
}

async fn make<P: Ports>(
    ports: &P,
    editor: &Editor,
    library: Option<CompanyId>,
    text: domain::scenario::Scenario,
) -> Result<Response, ApiError> {
    let id: ScenarioId = new_id(ports)?;
    let home = library.unwrap_or(editor.asker.company);
    let mut change = editor.change(ports, home, "scenario.created", id.0)?;
    change.after = Some(json!({"day": text.day, "theme": text.theme}));
    let new = NewScenario {
        id,
        company: library,
        draft: draft(ports, editor, text)?,
    };
    scenarios::create(ports.db(), new, &change).await?;
    let made = visible(ports, &editor.asker, id).await?;
    let location = format!("/api/scenarios/{id}");
    let answer = shown(made, StatusCode::CREATED);
    Ok(([(LOCATION, location)], answer).into_response())
}

/// An edit of a published scenario opens a draft beside it.
pub(crate) async fn edit<P: Ports>(
    State(ports): State<P>,
    editor: Editor,
    PathId(id): PathId<ScenarioId>,
    IfMatch(version): IfMatch,
    JsonBody(text): JsonBody<ScenarioText, LONG_TEXT>,
) -> Result<Versioned<Scenario>, ApiError> {
    let before = writable(&ports, &editor.asker, id).await?;
    let mut change = editor.change(&ports, home(&editor, &before), "scenario.edited", id.0)?;
    change.before = Some(json!({"day": before.text.day, "theme": before.text.theme}));
    change.after = Some(json!({"day": text.day, "theme": text.theme}));
    let draft = draft(&ports, &editor, text.into())?;
    let at = at(&before, version);
    let done = scenarios::edit(ports.db(), at, &draft, &change).await?;
    after_edit(&ports, &editor.asker, id, done).await
}

/// From now on the latest version is practised.
pub(crate) async fn publish<P: Ports>(
    State(ports): State<P>,
    editor: Editor,
    PathId(id): PathId<ScenarioId>,
    IfMatch(version): IfMatch,
) -> Result<Versioned<Scenario>, ApiError> {
    let before = writable(&ports, &editor.asker, id).await?;
    let mut change = editor.change(&ports, home(&editor, &before), "scenario.published", id.0)?;
    change.before = Some(json!({"number": before.published_number}));
    change.after = Some(json!({"number": before.number}));
    let at = at(&before, version);
    let done = scenarios::publish(ports.db(), at, ports.now_ms(), &change).await?;
    after_edit(&ports, &editor.asker, id, done).await
}

/// Takes a scenario out of the programme, or back in. What was practised with it stays.
pub(crate) async fn activate<P: Ports>(
    State(ports): State<P>,
    editor: Editor,
    PathId(id): PathId<ScenarioId>,
    IfMatch(version): IfMatch,
    JsonBody(form): JsonBody<ActivateScenario>,
) -> Result<Versioned<Scenario>, ApiError> {
    let before = writable(&ports, &editor.asker, id).await?;
    let mut change = editor.change(&ports, home(&editor, &before), "scenario.activated", id.0)?;
    change.before = Some(json!({"isActive": before.is_active}));
    change.after = Some(json!({"isActive": form.active}));
    let (at, now) = (at(&before, version), ports.now_ms());
    let done = scenarios::set_active(ports.db(), at, form.active, now, &change).await?;
    after_edit(&ports, &editor.asker, id, done).await
}

pub(crate) async fn delete<P: Ports>(
    State(ports): State<P>,
    editor: Editor,
    PathId(id): PathId<ScenarioId>,
) -> Result<StatusCode, ApiError> {
    let before = writable(&ports, &editor.asker, id).await?;
    let mut change = editor.change(&ports, home(&editor, &before), "scenario.deleted", id.0)?;
    change.before = Some(json!({"day": before.text.day, "theme": before.text.theme}));
    if scenarios::delete(ports.db(), before.company, id, &change).await? {
        return Ok(StatusCode::NO_CONTENT);
    }
    // Gone meanwhile, or sessions hold it.
    visible(&ports, &editor.asker, id).await?;
    let detail = format!(
        "Sessions were scheduled with this scenario, and their results show its words. Take it out of the programme instead: \
         PATCH /api/scenarios/{id}/activate."
    );
    Err(ApiError::new(Code::InUse, detail))
}

/// A scenario that the asker may write. The stock library can be seen by everybody, so those who may not write it are told.
async fn writable<P: Ports>(
    ports: &P,
    asker: &Principal,
    id: ScenarioId,
) -> Result<ScenarioRow, ApiError> {
    let row = visible(ports, asker, id).await?;
    if row.company.is_none() && asker.role != Role::SuperAdmin {
        return Err(stock_is_not_yours());
    }
    Ok(row)
}

fn stock_is_not_yours() -> ApiError {
    ApiError::new(
        Code::Forbidden,
        "Only super admins write the stock library. Copy a scenario into your own company and edit it there.",
    )
}

/// The company whose log tells of a change; the stock library's changes stand in the log of whoever made them.
fn home(editor: &Editor, row: &ScenarioRow) -> CompanyId {
    row.company.unwrap_or(editor.asker.company)
}

fn at(row: &ScenarioRow, version: u64) -> Edit {
    Edit {
        id: row.id,
        company: row.company,
        version,
    }
}

fn draft<P: Ports>(
    ports: &P,
    editor: &Editor,
    text: domain::scenario::Scenario,
) -> Result<Draft, ApiError> {
    Ok(Draft {
        version: new_id(ports)?,
        text,
        author: editor.asker.user,
        now: ports.now_ms(),
    })
}

/// What an edit came to; one that changed nothing was made from an older state.
async fn after_edit<P: Ports>(
    ports: &P,
    asker: &Principal,
    id: ScenarioId,
    done: bool,
) -> Result<Versioned<Scenario>, ApiError> {
    let row = visible(ports, asker, id).await?;
    if done {
        Ok(shown(row, StatusCode::OK))
    } else {
        Err(changed_meanwhile())
    }
}

fn shown(row: ScenarioRow, status: StatusCode) -> Versioned<Scenario> {
    Versioned {
        status,
        version: row.version,
        body: views::whole(row),
    }
}
