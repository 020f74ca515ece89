//! Adding, changing, putting out and deleting people. The audit log names what was changed, and keeps no name, address or
//! number that would outlive the person.

use super::{facts, readable, versioned};
use crate::auth::password;
use crate::blobs::{Blobs, files_of_person};
use crate::error::ApiError;
use crate::extract::{Editor, IfMatch, JsonBody, PathId, Query};
use crate::ports::{Ports, new_id, random};
use crate::tenant;
use crate::versioned::{Versioned, changed_meanwhile};
use axum::extract::State;
use axum::http::StatusCode;
use axum::http::header::LOCATION;
use axum::response::{IntoResponse, Response};
use contract::problem::{Code, FieldError, Problem};
use contract::users::{Activate, CompanyChoice, CreateUser, UpdateUser, User};
use domain::ids::UserId;
use domain::policy::{may_change_address, may_change_person, may_give_role, may_remove_person};
use domain::role::Role;
use serde_json::json;
use store::people::{self, NewPerson, PersonFields, PersonRow};
use store::{DbError, teams};

pub(crate) async fn create<P: Ports>(
    State(ports): State<P>,
    editor: Editor,
    Query(choice): Query<CompanyChoice>,
    JsonBody(form): JsonBody<CreateUser>,
) -> Result<Response, ApiError> {
    let company = tenant::meant(&ports, &editor.asker, choice.company_id).await?;
    if !may_give_role(&editor.asker, None, form.role) {
        return Err(forbidden("Your role can't give that role."));
    }
    let id: UserId = new_id(&ports)?;
    let new = NewPerson {
        id,
        company,
        email: form.email.trim().to_owned(),
        password_hash: first_hash(&ports, form.password.as_deref())?,
        role: form.role,
        first_name: form.first_name.trim().to_owned(),
        last_name: form.last_name.trim().to_owned(),
        phone: form.phone.map(|phone| phone.trim().to_owned()),
        language: form.language,
        now: ports.now_ms(),
    };
    let mut change = editor.change(&ports, company, "user.created", id.0)?;
    change.after = Some(json!({"role": form.role}));
    let added = people::insert(ports.db(), new, &change).await;
    if !added.map_err(|error| taken(error, "email"))? {
        return Err(no_room());
    }
    let person = people::find(ports.db(), company, id).await?;
    let person = person.ok_or_else(|| ApiError::not_found("user"))?;
    let location = [(LOCATION, format!("/api/users/{id}"))];
    Ok((location, versioned(StatusCode::CREATED, person)).into_response())
}

/// Without a first password nobody knows one, until the person sets it by "forgot password".
fn first_hash(ports: &impl Ports, password: Option<&str>) -> Result<String, ApiError> {
    match password {
        Some(password) => password::hash(password, random(ports)?),
        None => {
            let nobodys: [u8; 32] = random(ports)?;
            let nobodys: String = nobodys.iter().map(|byte| format!("{byte:02x}")).collect();
            password::hash(&nobodys, random(ports)?)
        }
    }
}

pub(crate) async fn update<P: Ports>(
    State(ports): State<P>,
    editor: Editor,
    PathId(id): PathId<UserId>,
    IfMatch(version): IfMatch,
    JsonBody(form): JsonBody<UpdateUser>,
) -> Result<Versioned<User>, ApiError> {
    let person = readable(&ports, &editor.asker, id).await?;
    let fields = PersonFields {
        email: form.email.trim().to_owned(),
        role: form.role,
        first_name: form.first_name.trim().to_owned(),
        last_name: form.last_name.trim().to_owned(),
        phone: form.phone.map(|phone| phone.trim().to_owned()),
        language: form.language,
    };
    authorise(&editor, &person, &fields)?;
    if fields.role != person.role && fields.role != Role::Manager {
        refuse_while_leading(&ports, &person).await?;
    }
    let mut change = editor.change(&ports, person.company, "user.changed", id.0)?;
    change.before = Some(json!({"role": person.role}));
    change.after = Some(json!({"role": fields.role, "changed": changed(&person, &fields)}));
    let (db, now) = (ports.db(), ports.now_ms());
    let updated = people::update(db, person.company, id, version, fields, now, &change).await;
    if !updated.map_err(|error| taken(error, "email"))? {
        return Err(changed_meanwhile());
    }
    let person = readable(&ports, &editor.asker, id).await?;
    Ok(versioned(StatusCode::OK, person))
}

fn authorise(editor: &Editor, person: &PersonRow, to: &PersonFields) -> Result<(), ApiError> {
    let (asker, facts) = (&editor.asker, facts(person));
    if !may_change_person(asker, &facts) {
        return Err(forbidden("Your role can't change this person."));
    }
    if person.role != to.role && !may_give_role(asker, Some(person.id), to.role) {
        return Err(forbidden("You can't give this person that role."));
    }
    if person.email != to.email && !may_change_address(asker, &facts) {
        return Err(forbidden(
            "Another manager's address is changed by themselves or by a super admin.",
        ));
    }
    Ok(())
}

/// Which fields an edit changes.
fn changed(from: &PersonRow, to: &PersonFields) -> Vec<&'static str> {
    let fields = [
        ("email", from.email != to.email),
        ("role", from.role != to.role),
        ("firstName", from.first_name != to.first_name),
        ("lastName", from.last_name != to.last_name),
        ("phone", from.phone != to.phone),
        ("language", from.language != to.language),
    ];
    let changed = fields.into_iter().filter(|(_, changed)| *changed);
    changed.map(|(name, _)| name).collect()
}

/// Lets somebody in or puts them out; doing it again changes nothing.
pub(crate) async fn activate<P: Ports>(
    State(ports): State<P>,
    editor: Editor,
    PathId(id): PathId<UserId>,
    JsonBody(form): JsonBody<Activate>,
) -> Result<Versioned<User>, ApiError> {
    let person = removable(&ports, &editor, id).await?;
    if person.is_active == form.active {
        return Ok(versioned(StatusCode::OK, person));
    }
    let (db, company, now) = (ports.db(), person.company, ports.now_ms());
    let entry = |action| editor.change(&ports, company, action, id.0);
    if form.active {
        let change = entry("user.activated")?;
        if !people::activate(db, company, id, now, &change).await? {
            return Err(no_room());
        }
    } else {
        people::deactivate(db, company, id, now, &entry("user.deactivated")?).await?;
    }
    let person = readable(&ports, &editor.asker, id).await?;
    Ok(versioned(StatusCode::OK, person))
}

/// Deletes a person and all that is theirs. Their files go first: what fails half-way is begun again by asking again.
pub(crate) async fn delete<P: Ports>(
    State(ports): State<P>,
    editor: Editor,
    PathId(id): PathId<UserId>,
) -> Result<StatusCode, ApiError> {
    let person = removable(&ports, &editor, id).await?;
    refuse_while_leading(&ports, &person).await?;
    let files = files_of_person(person.company, id);
    ports.blobs().delete_all(&files).await?;
    let mut change = editor.change(&ports, person.company, "user.deleted", id.0)?;
    change.before = Some(json!({"role": person.role}));
    match people::delete(ports.db(), person.company, id, &change).await {
        Ok(true) => Ok(StatusCode::NO_CONTENT),
        Ok(false) => Err(ApiError::not_found("user")),
        Err(DbError::Dangling) => Err(leads_a_team()),
        Err(error) => Err(error.into()),
    }
}

/// The person, if the asker may put them out.
async fn removable<P: Ports>(
    ports: &P,
    editor: &Editor,
    id: UserId,
) -> Result<PersonRow, ApiError> {
    let person = readable(ports, &editor.asker, id).await?;
    if may_remove_person(&editor.asker, &facts(&person)) {
        Ok(person)
    } else {
        Err(forbidden(
            "Nobody removes themselves, and managers remove no super admin.",
        ))
    }
}

async fn refuse_while_leading<P: Ports>(ports: &P, person: &PersonRow) -> Result<(), ApiError> {
    let led = teams::list(ports.db(), person.company, Some(person.id), "", 1).await?;
    if led.is_empty() {
        Ok(())
    } else {
        Err(leads_a_team())
    }
}

fn leads_a_team() -> ApiError {
    ApiError::new(
        Code::InUse,
        "This person leads a team. Hand the team over to another manager first.",
    )
}

fn no_room() -> ApiError {
    ApiError::new(
        Code::LimitReached,
        "The plan has no room for one more person. Deactivate somebody, or ask for a larger plan.",
    )
}

fn forbidden(detail: &str) -> ApiError {
    ApiError::new(Code::Forbidden, detail)
}

/// A name or address that is taken, as a problem of its field.
pub(crate) fn taken(error: DbError, field: &str) -> ApiError {
    if !matches!(error, DbError::Exists(_)) {
        return error.into();
    }
    let mut problem = Problem::new(Code::Exists, "This is taken already.");
    problem.errors = vec![FieldError::new(field, "This is taken already.")];
    problem.into()
}
