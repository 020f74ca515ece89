//! Registering, in two steps: an address is proven by mail before it has an account, so that nobody takes another's, and no
//! answer tells whether an address has one.

use super::access::{Access, TokenKind};
use super::confirmation::{Confirmation, Purpose};
use super::secret::Secret;
use super::{log_in_device, password};
use crate::error::ApiError;
use crate::extract::{JsonBody, Network, SameOrigin};
use crate::limits::{self, same_address};
use crate::mail::{letters, send_soon};
use crate::observe::RequestId;
use crate::ports::{Ports, new_id, random};
use axum::extract::{Extension, State};
use axum::http::header::LOCATION;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use contract::auth::{NewAccount, RegisterRequest, Registration};
use contract::problem::{Code, FieldError};
use domain::ids::{CompanyId, InviteId, MailId, UserId};
use domain::joining::TRIAL_MS;
use domain::rate_limit::RateLimit;
use domain::role::Role;
use serde_json::json;
use store::accounts;
use store::audit::Change;
use store::invites::{self, OpenInvite};
use store::outbox::{self, MailKind, NewMail};
use store::{Db, DbError};

pub(crate) async fn register<P: Ports>(
    State(ports): State<P>,
    _: SameOrigin,
    network: Network,
    Extension(request): Extension<RequestId>,
    headers: HeaderMap,
    JsonBody(form): JsonBody<RegisterRequest>,
) -> Result<Response, ApiError> {
    match form.step().map_err(ApiError::fields)? {
        Registration::Found {
            company_name,
            email,
        } => {
            let purpose = Purpose::Found(company_name.trim().to_owned());
            send_confirmation(&ports, &network, email, purpose).await
        }
        Registration::Join { token, email } => {
            limits::count_network(&ports, RateLimit::TOKEN_NETWORK, &network).await?;
            let invite = invite_by_secret(&ports, &token).await?;
            if invite.email.is_some() {
                return Err(ApiError::fields(vec![FieldError::new(
                    "email",
                    "This invite has its own address: leave this out.",
                )]));
            }
            send_confirmation(&ports, &network, email, Purpose::Join(invite.id)).await
        }
        Registration::Finish(account) => {
            limits::count_network(&ports, RateLimit::TOKEN_NETWORK, &network).await?;
            let door = door(&ports, &account.token).await?;
            let access = let_in(&ports, door, account, request).await?;
            send_soon(&ports);
            let mut response = log_in_device(&ports, &headers, access).await?;
            *response.status_mut() = StatusCode::CREATED;
            Ok(([(LOCATION, "/api/auth/me")], response).into_response())
        }
    }
}

/// The first step. An address with an account is written to as well, in other words: both ways take the same work.
async fn send_confirmation<P: Ports>(
    ports: &P,
    network: &Network,
    email: String,
    purpose: Purpose,
) -> Result<Response, ApiError> {
    limits::count_network(ports, RateLimit::REGISTER_NETWORK, network).await?;
    let email = email.trim().to_owned();
    let address = same_address(&email);
    let standing = limits::count(ports, RateLimit::REGISTER_ADDRESS, &address).await?;

    let config = ports.config();
    let now = ports.now_ms();
    let token = Confirmation::of(email.clone(), purpose).sign(&config.jwt_secret, now)?;
    let confirm = letters::confirmation(&register_link(&config.app_url, &token));
    let known = letters::known_already(&config.app_url);
    let has_account = accounts::owner(ports.db(), &email).await?.is_some();
    let id: MailId = new_id(ports)?;
    let mail = NewMail {
        id,
        company: None,
        user: None,
        once_key: format!("confirmation:{id}"),
        kind: MailKind::Invite,
        to: email,
        letter: if has_account { known } else { confirm },
        unsubscribe: None,
        now,
    };
    ports.db().run(outbox::put(mail)).await?;
    send_soon(ports);

    let mut response = StatusCode::ACCEPTED.into_response();
    limits::tell(standing, &mut response);
    Ok(response)
}

/// Where a register link leads. After the `#`, so that no server's log has the token.
pub(crate) fn register_link(app_url: &str, token: &str) -> String {
    format!("{app_url}/register#token={token}")
}

/// What a token opens, with the address that it proves.
pub(crate) enum Door {
    /// A company of one's own.
    Found {
        /// Its name.
        company_name: String,
        /// Proven.
        email: String,
        /// Unix ms from which the token opens nothing.
        expires_at: u64,
    },
    /// Somebody's company.
    Join {
        /// By this invite.
        invite: OpenInvite,
        /// Proven; an invite by link proves none.
        email: Option<String>,
    },
}

/// Finds out what a token opens: a signed one has dots, a secret has none.
pub(crate) async fn door<P: Ports>(ports: &P, token: &str) -> Result<Door, ApiError> {
    if !token.contains('.') {
        let invite = invite_by_secret(ports, token).await?;
        let email = invite.email.clone();
        return Ok(Door::Join { invite, email });
    }
    let now = ports.now_ms();
    let read = Confirmation::read(token, &ports.config().jwt_secret, now);
    let (confirmed, expires_at) = read.ok_or_else(closed)?;
    match confirmed.purpose {
        Purpose::Found(company_name) => Ok(Door::Found {
            company_name,
            email: confirmed.email,
            expires_at,
        }),
        Purpose::Join(invite) => {
            let found = invites::find(ports.db(), invite, now).await?;
            Ok(Door::Join {
                invite: found.ok_or_else(closed)?,
                email: Some(confirmed.email),
            })
        }
    }
}

async fn invite_by_secret<P: Ports>(ports: &P, token: &str) -> Result<OpenInvite, ApiError> {
    let secret = Secret::read(token).ok_or_else(closed)?;
    let found = invites::find_by_token(ports.db(), &secret.hash(), ports.now_ms()).await?;
    found.ok_or_else(closed)
}

fn closed() -> ApiError {
    ApiError::new(
        Code::NotFound,
        "This link opens nothing any more. Ask for a new one.",
    )
}

/// The second step: makes the account.
async fn let_in<P: Ports>(
    ports: &P,
    door: Door,
    account: NewAccount,
    request: RequestId,
) -> Result<Access, ApiError> {
    match door {
        Door::Found {
            company_name,
            email,
            ..
        } => {
            let company: CompanyId = new_id(ports)?;
            let new = new_account(ports, company, &company_name, email, account)?;
            let access = access(ports, &new, Role::Manager)?;
            let change = joined(ports, &new, Role::Manager, None, request)?;
            let ends_at = change.at + TRIAL_MS;
            accounts::found(ports.db(), &company_name, ends_at, new, &change)
                .await
                .map_err(taken)?;
            Ok(access)
        }
        Door::Join {
            invite,
            email: Some(email),
        } => {
            let new = new_account(ports, invite.company, &invite.company_name, email, account)?;
            let access = access(ports, &new, invite.role)?;
            let change = joined(ports, &new, invite.role, Some(invite.id), request)?;
            if accounts::join(ports.db(), invite.id, new, &change)
                .await
                .map_err(taken)?
            {
                return Ok(access);
            }
            // Used or taken back meanwhile, or no place left.
            invites::find(ports.db(), invite.id, ports.now_ms())
                .await?
                .ok_or_else(closed)?;
            Err(no_place_left())
        }
        Door::Join { email: None, .. } => Err(ApiError::fields(vec![FieldError::new(
            "email",
            "Enter your address alone first: we send you a link to go on with.",
        )])),
    }
}

fn new_account<P: Ports>(
    ports: &P,
    company: CompanyId,
    company_name: &str,
    email: String,
    account: NewAccount,
) -> Result<accounts::NewAccount, ApiError> {
    let user: UserId = new_id(ports)?;
    let first_name = account.first_name.trim().to_owned();
    Ok(accounts::NewAccount {
        user,
        company,
        password_hash: password::hash(&account.password, random(ports)?)?,
        last_name: account.last_name.trim().to_owned(),
        welcome: NewMail {
            id: new_id(ports)?,
            company: Some(company),
            user: Some(user),
            once_key: format!("welcome:{user}"),
            kind: MailKind::Welcome,
            to: email.clone(),
            letter: letters::welcome(&first_name, company_name, &ports.config().app_url),
            unsubscribe: None,
            now: ports.now_ms(),
        },
        first_name,
        email,
    })
}

/// What the new person's first access token says.
fn access<P: Ports>(ports: &P, new: &accounts::NewAccount, role: Role) -> Result<Access, ApiError> {
    Ok(Access {
        typ: TokenKind::Access,
        sub: new.user,
        company: new.company,
        role,
        epoch: 0,
        device: new_id(ports)?,
    })
}

fn joined<P: Ports>(
    ports: &P,
    new: &accounts::NewAccount,
    role: Role,
    invite: Option<InviteId>,
    RequestId(request): RequestId,
) -> Result<Change, ApiError> {
    Ok(Change {
        id: new_id(ports)?,
        company: new.company,
        actor: Some(new.user),
        action: "user.registered",
        subject: "user",
        subject_id: new.user.0,
        before: None,
        after: Some(json!({"email": new.email, "role": role, "inviteId": invite})),
        request: Some(request),
        at: ports.now_ms(),
    })
}

/// Whoever comes this far reads the address's mail, and may know.
fn taken(error: DbError) -> ApiError {
    match error {
        DbError::Exists(key) if key == "users.email" => ApiError::new(
            Code::Exists,
            "This address has an account already. Log in with it, or choose a new password.",
        ),
        other => other.into(),
    }
}

pub(crate) fn no_place_left() -> ApiError {
    ApiError::new(
        Code::LimitReached,
        "The company's plan has no place left. Its manager can deactivate somebody or ask us for more.",
    )
}
