//! Pictures of people and companies: `/api/profile/avatar`, `/api/users/:id/avatar`, `/api/companies/:id/logo`. Whoever is in
//! a company sees its people and its logo.

use crate::blobs::{
    Incoming, Stored, Trial, declared_length, discard, files_of_company, files_of_person, serve,
};
use crate::error::ApiError;
use crate::extract::{Bearer, Editor, PathId};
use crate::ports::{Ports, new_id};
use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderMap, Method, StatusCode};
use axum::response::Response;
use contract::problem::Code;
use domain::ids::{CompanyId, UserId};
use domain::picture::{HEAD_BYTES, Kind, MAX_BYTES};
use domain::policy::Principal;
use domain::role::Role;
use store::people;
use store::pictures::{self, PictureOf};
use uuid::Uuid;

pub(crate) async fn set_avatar<P: Ports>(
    State(ports): State<P>,
    editor: Editor,
    headers: HeaderMap,
    body: Body,
) -> Result<StatusCode, ApiError> {
    replace(&ports, &editor, own_avatar(&editor), Some((headers, body))).await
}

pub(crate) async fn remove_avatar<P: Ports>(
    State(ports): State<P>,
    editor: Editor,
) -> Result<StatusCode, ApiError> {
    replace(&ports, &editor, own_avatar(&editor), None).await
}

fn own_avatar(editor: &Editor) -> PictureOf {
    PictureOf::User(editor.asker.company, editor.asker.user)
}

pub(crate) async fn avatar<P: Ports>(
    State(ports): State<P>,
    Bearer(asker): Bearer,
    PathId(user): PathId<UserId>,
    method: Method,
    headers: HeaderMap,
) -> Result<Response, ApiError> {
    let company = match asker.role {
        Role::SuperAdmin => people::tenant_of(ports.db(), user).await?,
        Role::Manager | Role::SalesRep => Some(asker.company),
    };
    let company = company.ok_or_else(|| ApiError::not_found("picture"))?;
    show(&ports, &method, &headers, PictureOf::User(company, user)).await
}

pub(crate) async fn set_logo<P: Ports>(
    State(ports): State<P>,
    editor: Editor,
    PathId(company): PathId<CompanyId>,
    headers: HeaderMap,
    body: Body,
) -> Result<StatusCode, ApiError> {
    belongs_to(&editor.asker, company)?;
    replace(
        &ports,
        &editor,
        PictureOf::Company(company),
        Some((headers, body)),
    )
    .await
}

pub(crate) async fn remove_logo<P: Ports>(
    State(ports): State<P>,
    editor: Editor,
    PathId(company): PathId<CompanyId>,
) -> Result<StatusCode, ApiError> {
    belongs_to(&editor.asker, company)?;
    replace(&ports, &editor, PictureOf::Company(company), None).await
}

pub(crate) async fn logo<P: Ports>(
    State(ports): State<P>,
    Bearer(asker): Bearer,
    PathId(company): PathId<CompanyId>,
    method: Method,
    headers: HeaderMap,
) -> Result<Response, ApiError> {
    belongs_to(&asker, company)?;
    show(&ports, &method, &headers, PictureOf::Company(company)).await
}

/// For everyone but a super admin there is no company but their own.
fn belongs_to(asker: &Principal, company: CompanyId) -> Result<(), ApiError> {
    if asker.role == Role::SuperAdmin || asker.company == company {
        Ok(())
    } else {
        Err(ApiError::not_found("company"))
    }
}

/// Puts a picture, or none, in the place of the one before.
async fn replace<P: Ports>(
    ports: &P,
    editor: &Editor,
    of: PictureOf,
    picture: Option<(HeaderMap, Body)>,
) -> Result<StatusCode, ApiError> {
    let old = pictures::key(ports.db(), of)
        .await?
        .ok_or_else(|| ApiError::not_found(name(of)))?;
    let new = match picture {
        Some((headers, body)) => Some(store(ports, of, &headers, body).await?),
        None => None,
    };
    let (key, trial) = new.unzip();
    let (company, action, subject) = match of {
        PictureOf::User(company, user) => (company, "user.avatar_changed", user.0),
        PictureOf::Company(company) => (company, "company.logo_changed", company.0),
    };
    let change = editor.change(ports, company, action, subject)?;
    if !pictures::set_key(ports.db(), of, old.as_deref(), key.as_deref(), &change).await? {
        return Err(ApiError::new(
            Code::Changed,
            "The picture was changed by somebody else just now. Look at it, and try again.",
        ));
    }
    if let Some(trial) = trial {
        trial.keep();
    }
    if let Some(old) = old {
        discard(ports, &old).await;
    }
    Ok(StatusCode::NO_CONTENT)
}

/// Stores a picture on trial under a key of its own.
async fn store<P: Ports>(
    ports: &P,
    of: PictureOf,
    headers: &HeaderMap,
    body: Body,
) -> Result<(String, Trial), ApiError> {
    let size = declared_length(headers, MAX_BYTES)?;
    let incoming = Incoming::read(body, size, HEAD_BYTES).await?;
    let kind = Kind::of(incoming.head(HEAD_BYTES)).ok_or_else(|| {
        ApiError::new(
            Code::UnsupportedMedia,
            "Send a picture as PNG, JPEG or WebP.",
        )
    })?;
    let (id, extension) = (new_id::<Uuid>(ports)?, kind.extension());
    let key = match of {
        PictureOf::User(company, user) => {
            let files = files_of_person(company, user);
            format!("{files}avatar/{id}.{extension}")
        }
        PictureOf::Company(company) => {
            let files = files_of_company(company);
            format!("{files}logo/{id}.{extension}")
        }
    };
    let trial = Trial::begin(ports, &key);
    incoming.store(ports, &key, 0).await?;
    Ok((key, trial))
}

async fn show<P: Ports>(
    ports: &P,
    method: &Method,
    headers: &HeaderMap,
    of: PictureOf,
) -> Result<Response, ApiError> {
    let key = pictures::key(ports.db(), of).await?.flatten();
    let key = key.ok_or_else(|| ApiError::not_found("picture"))?;
    let kind = Kind::of_name(&key)
        .ok_or_else(|| ApiError::Broken(format!("a picture of no kind: {key}")))?;
    let file = Stored {
        name: "picture",
        key: &key,
        media_type: kind.media_type(),
        size: None,
        // Kept, and asked for again each time: who may see it can change, and so can the picture.
        cache: "private, no-cache",
    };
    serve(ports, method, headers, file).await
}

fn name(of: PictureOf) -> &'static str {
    match of {
        PictureOf::User(..) => "user",
        PictureOf::Company(_) => "company",
    }
}
