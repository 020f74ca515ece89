//! `/api/companies`: super admins look after all of them; a company's managers see it and set what is theirs to set.

use crate::blobs::{Blobs, files_of_company};
use crate::cursor;
use crate::error::ApiError;
use crate::extract::{Bearer, Editor, IfMatch, JsonBody, PathId, Query};
use crate::json::Json;
use crate::ports::{Ports, new_id};
use crate::versioned::{Versioned, changed_meanwhile};
use axum::extract::State;
use axum::http::StatusCode;
use axum::http::header::LOCATION;
use axum::response::{IntoResponse, Response};
use contract::companies::{
    Company, CompanyQuery, CreateCompany, Settings, Subscription, UpdateCompany,
};
use contract::page::{DEFAULT_LIMIT, Page};
use contract::problem::{Code, FieldError};
use domain::ids::CompanyId;
use domain::joining::{TRIAL_MS, TRIAL_USERS};
use domain::plan::Plan;
use domain::policy::Principal;
use domain::role::Role;
use serde_json::{Value, json};
use store::companies::{self, CompanyFields, CompanyRow};

pub(crate) async fn list<P: Ports>(
    State(ports): State<P>,
    Query(query): Query<CompanyQuery>,
) -> Result<Json<Page<Company>>, ApiError> {
    let after = cursor::to_id(query.cursor.as_deref())?;
    let limit = query.limit.unwrap_or(DEFAULT_LIMIT);
    let search = query.search.as_deref().map(str::trim);
    let rows = companies::list(ports.db(), after, search, limit + 1).await?;
    let page = Page::of(rows, limit, |row| row.id.to_string());
    Ok(Json(Page {
        items: page.items.into_iter().map(shown).collect(),
        next_cursor: page.next_cursor,
    }))
}

pub(crate) async fn one<P: Ports>(
    State(ports): State<P>,
    Bearer(asker): Bearer,
    PathId(id): PathId<CompanyId>,
) -> Result<Versioned<Company>, ApiError> {
    answer(&ports, &asker, StatusCode::OK, id).await
}

pub(crate) async fn create<P: Ports>(
    State(ports): State<P>,
    editor: Editor,
    JsonBody(form): JsonBody<CreateCompany>,
) -> Result<Response, ApiError> {
    let now = ports.now_ms();
    let subscription = form.subscription.unwrap_or_else(|| trial(now));
    check_end(&subscription)?;
    let id: CompanyId = new_id(&ports)?;
    let fields = written(&form.name, form.domain, &form.settings, &subscription);
    let mut change = editor.change(&ports, id, "company.created", id.0)?;
    change.after = Some(audited(&fields));
    companies::insert(ports.db(), id, fields, now, &change).await?;
    let company = answer(&ports, &editor.asker, StatusCode::CREATED, id).await?;
    let location = [(LOCATION, format!("/api/companies/{id}"))];
    Ok((location, company).into_response())
}

pub(crate) async fn update<P: Ports>(
    State(ports): State<P>,
    editor: Editor,
    PathId(id): PathId<CompanyId>,
    IfMatch(version): IfMatch,
    JsonBody(form): JsonBody<UpdateCompany>,
) -> Result<Versioned<Company>, ApiError> {
    let before = shown(readable(&ports, &editor.asker, id).await?);
    let subscription = form
        .subscription
        .unwrap_or_else(|| before.subscription.clone());
    if subscription != before.subscription {
        authorise_plan(&editor.asker, id, &subscription)?;
        check_end(&subscription)?;
    }
    let fields = written(&form.name, form.domain, &form.settings, &subscription);
    let mut change = editor.change(&ports, id, "company.changed", id.0)?;
    let Company {
        name,
        domain,
        settings,
        subscription,
        ..
    } = before;
    change.before = Some(audited(&written(&name, domain, &settings, &subscription)));
    change.after = Some(audited(&fields));
    let now = ports.now_ms();
    if !companies::update(ports.db(), id, version, fields, now, &change).await? {
        return Err(changed_meanwhile());
    }
    answer(&ports, &editor.asker, StatusCode::OK, id).await
}

/// Deletes a company that was closed before, with everybody and everything in it. Its own log goes along, so that the account
/// of it stands in the log of the asker's company.
pub(crate) async fn delete<P: Ports>(
    State(ports): State<P>,
    editor: Editor,
    PathId(id): PathId<CompanyId>,
) -> Result<StatusCode, ApiError> {
    let company = readable(&ports, &editor.asker, id).await?;
    if id == editor.asker.company {
        let detail = "This is your own company: you would go with it.";
        return Err(ApiError::new(Code::InUse, detail));
    }
    if company.is_active {
        return Err(still_open());
    }
    ports.blobs().delete_all(&files_of_company(id)).await?;
    let own = editor.asker.company;
    let mut change = editor.change(&ports, own, "company.deleted", id.0)?;
    change.before = Some(json!({"name": company.name}));
    if companies::delete(ports.db(), id, &change).await? {
        Ok(StatusCode::NO_CONTENT)
    } else {
        Err(still_open())
    }
}

fn still_open() -> ApiError {
    let detail = "This company is open. Set its subscription inactive first.";
    ApiError::new(Code::InUse, detail)
}

/// The company, if the asker may see it: managers their own, super admins all.
async fn readable<P: Ports>(
    ports: &P,
    asker: &Principal,
    id: CompanyId,
) -> Result<CompanyRow, ApiError> {
    let visible = asker.role == Role::SuperAdmin || asker.company == id;
    let company = match visible {
        true => companies::find(ports.db(), id).await?,
        false => None,
    };
    company.ok_or_else(|| ApiError::not_found("company"))
}

async fn answer<P: Ports>(
    ports: &P,
    asker: &Principal,
    status: StatusCode,
    id: CompanyId,
) -> Result<Versioned<Company>, ApiError> {
    let row = readable(ports, asker, id).await?;
    let active_users = companies::active_users(ports.db(), id).await?;
    Ok(Versioned {
        status,
        version: row.version,
        body: Company {
            active_users: Some(active_users),
            ..shown(row)
        },
    })
}

/// Super admins change plans, and nobody closes the company they are in.
fn authorise_plan(asker: &Principal, id: CompanyId, to: &Subscription) -> Result<(), ApiError> {
    let own = asker.company == id;
    let why = match asker.role {
        Role::SuperAdmin if own && !to.is_active => "This is your own company: keep it open.",
        Role::SuperAdmin => return Ok(()),
        Role::Manager | Role::SalesRep => "Only super admins change the subscription.",
    };
    Err(ApiError::new(Code::Forbidden, why))
}

fn check_end(subscription: &Subscription) -> Result<(), ApiError> {
    if subscription
        .ends_at
        .is_none_or(|ends_at| ends_at > subscription.starts_at)
    {
        return Ok(());
    }
    let message = "A subscription ends after it starts.";
    let field = FieldError::new("subscription.endsAt", message);
    Err(ApiError::fields(vec![field]))
}

/// What a new company has when nobody says.
fn trial(now: u64) -> Subscription {
    Subscription {
        plan: Plan::Trial,
        starts_at: now,
        ends_at: Some(now + TRIAL_MS),
        is_active: true,
        max_users: TRIAL_USERS,
        spend_cap_micros: None,
    }
}

fn written(
    name: &str,
    domain: Option<String>,
    settings: &Settings,
    subscription: &Subscription,
) -> CompanyFields {
    CompanyFields {
        name: name.trim().to_owned(),
        domain,
        training_days: settings.training_days,
        session_minutes: settings.session_minutes,
        grace_minutes: settings.grace_minutes,
        voice_retention_days: settings.voice_retention_days,
        transcript_retention_days: settings.transcript_retention_days,
        plan: subscription.plan,
        plan_starts_at: subscription.starts_at,
        plan_ends_at: subscription.ends_at,
        is_active: subscription.is_active,
        max_users: subscription.max_users,
        spend_cap_micros: subscription.spend_cap_micros,
        rep_spend_cap_micros: settings.rep_spend_cap_micros,
    }
}

fn audited(fields: &CompanyFields) -> Value {
    json!({
        "name": fields.name,
        "domain": fields.domain,
        "trainingDays": fields.training_days,
        "sessionMinutes": fields.session_minutes,
        "graceMinutes": fields.grace_minutes,
        "voiceRetentionDays": fields.voice_retention_days,
        "transcriptRetentionDays": fields.transcript_retention_days,
        "plan": fields.plan,
        "startsAt": fields.plan_starts_at,
        "endsAt": fields.plan_ends_at,
        "isActive": fields.is_active,
        "maxUsers": fields.max_users,
        "spendCapMicros": fields.spend_cap_micros,
        "repSpendCapMicros": fields.rep_spend_cap_micros,
    })
}

fn shown(row: CompanyRow) -> Company {
    Company {
        id: row.id,
        name: row.name,
        domain: row.domain,
        settings: Settings {
            training_days: row.training_days,
            session_minutes: row.session_minutes,
            grace_minutes: row.grace_minutes,
            voice_retention_days: row.voice_retention_days,
            transcript_retention_days: row.transcript_retention_days,
            rep_spend_cap_micros: row.rep_spend_cap_micros,
        },
        subscription: Subscription {
            plan: row.plan,
            starts_at: row.plan_starts_at,
            ends_at: row.plan_ends_at,
            is_active: row.is_active,
            max_users: row.max_users,
            spend_cap_micros: row.spend_cap_micros,
        },
        active_users: None,
        version: row.version,
        created_at: row.created_at,
        updated_at: row.updated_at,
    }
}
