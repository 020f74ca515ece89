//! `/api/invites`: ways into a company.

use crate::auth::register::{Door, door, no_place_left, register_link};
use crate::auth::secret::Secret;
use crate::error::ApiError;
use crate::extract::{Editor, JsonBody, Network, PathId, Query};
use crate::json::Json;
use crate::limits;
use crate::mail::{letters, send_soon};
use crate::newest_first::{cursor, read_cursor};
use crate::ports::{Ports, new_id, random};
use crate::tenant;
use axum::extract::State;
use axum::http::StatusCode;
use axum::http::header::LOCATION;
use axum::response::{IntoResponse, Response};
use contract::invites::{Invite, InviteOffer, InviteQuery, NewInvite, OfferRequest};
use contract::page::{DEFAULT_LIMIT, Page};
use contract::problem::{Code, FieldError};
use contract::users::CompanyChoice;
use domain::ids::{CompanyId, InviteId};
use domain::joining::{INVITE_MS, InviteState};
use domain::policy::{Principal, TeamFacts, may_change_team, may_give_role};
use domain::rate_limit::RateLimit;
use domain::role::Role;
use serde_json::json;
use store::accounts;
use store::invites::{self, InviteRow};
use store::outbox::{MailKind, NewMail};

/// A company's invites, newest first.
pub(crate) async fn list<P: Ports>(
    State(ports): State<P>,
    editor: Editor,
    Query(query): Query<InviteQuery>,
) -> Result<Json<Page<Invite>>, ApiError> {
    let company = tenant::meant(&ports, &editor.asker, query.company_id).await?;
    let limit = query.limit.unwrap_or(DEFAULT_LIMIT);
    let after = read_cursor(query.cursor.as_deref())?;
    let now = ports.now_ms();
    let rows = invites::list(ports.db(), company, query.state, after, limit + 1, now).await?;
    let page = Page::of(rows, limit, |row| cursor(row.created_at, row.id.0));
    Ok(Json(Page {
        items: page.items.into_iter().map(|row| shown(row, None)).collect(),
        next_cursor: page.next_cursor,
    }))
}

/// Invites somebody: by mail, or by a link to hand on.
pub(crate) async fn create<P: Ports>(
    State(ports): State<P>,
    editor: Editor,
    Query(into): Query<CompanyChoice>,
    JsonBody(form): JsonBody<NewInvite>,
) -> Result<Response, ApiError> {
    let company = tenant::meant(&ports, &editor.asker, into.company_id).await?;
    if !may_give_role(&editor.asker, None, form.role) {
        return Err(forbidden());
    }
    check_place(&ports, &editor.asker, company, &form).await?;
    limits::count(&ports, RateLimit::INVITES, &company.to_string()).await?;
    let email = form.email.as_deref().map(|email| email.trim().to_owned());
    let known = known_elsewhere(&ports, company, email.as_deref()).await?;

    let id: InviteId = new_id(&ports)?;
    let token = Secret::new(random(&ports)?);
    let link = register_link(&ports.config().app_url, &token.text());
    let now = ports.now_ms();
    let new = invites::NewInvite {
        id,
        company,
        token_hash: token.hash(),
        email: email.clone(),
        role: form.role,
        team: form.team_id,
        group: form.group_id,
        invited_by: editor.asker.user,
        now,
        expires_at: now + INVITE_MS,
    };
    let mail = match &email {
        Some(to) => {
            let letter = letter(&ports, &editor.asker, company, form.role, known, &link).await?;
            Some(NewMail {
                id: new_id(&ports)?,
                company: Some(company),
                user: None,
                once_key: format!("invite:{id}"),
                kind: MailKind::Invite,
                to: to.clone(),
                letter,
                unsubscribe: None,
                now,
            })
        }
        None => None,
    };
    let mut change = editor.change(&ports, company, "invite.created", id.0)?;
    change.after = Some(
        json!({"email": email, "role": form.role, "teamId": form.team_id, "groupId": form.group_id}),
    );
    let shown_link = email.is_none().then_some(link);
    let row = row_of(&new);
    if !invites::create(ports.db(), new, mail, &change).await? {
        return Err(no_place_left());
    }
    send_soon(&ports);
    let location = format!("/api/invites/{id}");
    let body = Json(shown(row, shown_link));
    Ok((StatusCode::CREATED, [(LOCATION, location)], body).into_response())
}

/// A rep's team has to be one that the asker may change, and the group one of it.
async fn check_place<P: Ports>(
    ports: &P,
    asker: &Principal,
    company: CompanyId,
    form: &NewInvite,
) -> Result<(), ApiError> {
    let wrong =
        |field: &str, message: &str| Err(ApiError::fields(vec![FieldError::new(field, message)]));
    let Some(team) = form.team_id else {
        return match form.group_id {
            None => Ok(()),
            Some(_) => wrong("teamId", "Name the group's team."),
        };
    };
    if form.role != Role::SalesRep {
        return wrong("teamId", "Only reps are invited into a team.");
    }
    let Some(place) = invites::place(ports.db(), company, team, form.group_id).await? else {
        return wrong("teamId", "There is no such team.");
    };
    if form.group_id.is_some() && !place.has_group {
        return wrong("groupId", "There is no such group in this team.");
    }
    let facts = TeamFacts {
        company,
        manager: place.manager,
        manager_is_active: place.manager_is_active,
    };
    may_change_team(asker, &facts)
        .then_some(())
        .ok_or_else(forbidden)
}

/// Whether the address has an account in another company. That is not for the asker to know: the invite is made, and a mail
/// tells the person alone. One in the same company is.
async fn known_elsewhere<P: Ports>(
    ports: &P,
    company: CompanyId,
    email: Option<&str>,
) -> Result<bool, ApiError> {
    let owner = match email {
        Some(email) => accounts::owner(ports.db(), email).await?,
        None => None,
    };
    match owner {
        Some(owner) if owner.company == company => Err(ApiError::new(
            Code::Exists,
            "This person is in the company already.",
        )),
        owner => Ok(owner.is_some()),
    }
}

async fn letter<P: Ports>(
    ports: &P,
    asker: &Principal,
    company: CompanyId,
    role: Role,
    known: bool,
    link: &str,
) -> Result<store::outbox::Letter, ApiError> {
    let names = invites::names(ports.db(), company, asker.user)
        .await?
        .ok_or_else(|| ApiError::not_found("company"))?;
    let invite = letters::invite(&names.company_name, &names.inviter, role, link);
    Ok(if known {
        letters::known_already(&ports.config().app_url)
    } else {
        invite
    })
}

/// Takes an invite back.
pub(crate) async fn revoke<P: Ports>(
    State(ports): State<P>,
    editor: Editor,
    PathId(id): PathId<InviteId>,
) -> Result<StatusCode, ApiError> {
    let facts = invites::facts(ports.db(), id)
        .await?
        .filter(|facts| {
            editor.asker.role == Role::SuperAdmin || facts.company == editor.asker.company
        })
        .ok_or_else(|| ApiError::not_found("invite"))?;
    let change = editor.change(&ports, facts.company, "invite.revoked", id.0)?;
    let revoked = invites::revoke(ports.db(), facts.company, id, &change).await?;
    if !revoked && facts.accepted {
        return Err(ApiError::new(
            Code::InUse,
            "Somebody came in by this invite: deactivate the person instead.",
        ));
    }
    Ok(StatusCode::NO_CONTENT)
}

/// What a token opens, for the register page. Public: the token is the proof.
pub(crate) async fn offer<P: Ports>(
    State(ports): State<P>,
    network: Network,
    JsonBody(form): JsonBody<OfferRequest>,
) -> Result<Json<InviteOffer>, ApiError> {
    limits::count_network(&ports, RateLimit::TOKEN_NETWORK, &network).await?;
    Ok(Json(match door(&ports, &form.token).await? {
        Door::Found {
            company_name,
            email,
            expires_at,
        } => InviteOffer {
            company_name,
            role: Role::Manager,
            email: Some(email),
            expires_at,
        },
        Door::Join { invite, email } => InviteOffer {
            company_name: invite.company_name,
            role: invite.role,
            email,
            expires_at: invite.expires_at,
        },
    }))
}

fn row_of(new: &invites::NewInvite) -> InviteRow {
    InviteRow {
        id: new.id,
        company: new.company,
        email: new.email.clone(),
        role: new.role,
        team: new.team,
        group: new.group,
        invited_by: Some(new.invited_by),
        accepted_by: None,
        state: InviteState::Open,
        created_at: new.now,
        expires_at: new.expires_at,
    }
}

fn shown(row: InviteRow, link: Option<String>) -> Invite {
    Invite {
        id: row.id,
        company_id: row.company,
        email: row.email,
        role: row.role,
        team_id: row.team,
        group_id: row.group,
        invited_by: row.invited_by,
        accepted_by: row.accepted_by,
        state: row.state,
        created_at: row.created_at,
        expires_at: row.expires_at,
        link,
    }
}

fn forbidden() -> ApiError {
    ApiError::new(Code::Forbidden, "Your role may not do this.")
}
