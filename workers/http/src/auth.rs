//! `/api/auth`: log-in, refresh, log-out, who am I.

pub(crate) mod access;
mod cookie;
mod device_label;
mod password;

use crate::error::ApiError;
use crate::extract::{Bearer, JsonBody, SameOrigin};
use crate::ports::{NoRandomness, Ports, new_id, random};
use access::{Access, TokenKind};
use axum::Json;
use axum::extract::State;
use axum::http::header::SET_COOKIE;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use contract::auth::{CompanyRef, GroupRef, LoginRequest, Me, TokenResponse};
use contract::problem::Code;
use cookie::{RefreshToken, clear_cookie};
use device_label::device_label;
use domain::ids::{CompanyId, DeviceId, UserId};
use domain::refresh::{ACCESS_TOKEN_MS, REFRESH_TOKEN_MS, RefreshDecision, decide};
use password::Checked;
use store::devices::{self, NewDevice, NewToken, TokenRow};
use store::users::{self, Credentials};

pub(crate) async fn login<P: Ports>(
    State(ports): State<P>,
    _: SameOrigin,
    headers: HeaderMap,
    JsonBody(form): JsonBody<LoginRequest>,
) -> Result<Response, ApiError> {
    let found = users::credentials(ports.db(), form.email.trim()).await?;
    let who = check_password(&ports, &form.password, found).await?;

    let device: DeviceId = new_id(&ports)?;
    let answer = token_response(
        &ports,
        &Access {
            typ: TokenKind::Access,
            sub: who.user,
            company: who.company,
            role: who.role,
            epoch: who.token_epoch,
            device,
        },
    )
    .await?;
    let (token, stored) = new_refresh_token(&ports)?;
    let now = ports.now_ms();
    devices::open(
        ports.db(),
        NewDevice {
            device,
            user: who.user,
            company: who.company,
            label: device_label(&headers),
            token: stored,
            now,
        },
    )
    .await?;
    users::record_login(ports.db(), who.user, now).await?;
    let cookie = token.set_cookie(ports.config().environment)?;
    Ok(([(SET_COOKIE, cookie)], Json(answer)).into_response())
}

/// The password is checked before anything else is looked at, and also when there is no such account, so that neither the
/// answer nor its time tells which addresses exist.
async fn check_password<P: Ports>(
    ports: &P,
    given: &str,
    found: Option<Credentials>,
) -> Result<Credentials, ApiError> {
    let stored = found.as_ref().map(|found| found.password_hash.as_str());
    let checked = password::check(given, stored)?;
    let (Some(who), Checked::Right { outdated }) = (found, checked) else {
        return Err(bad_credentials());
    };
    if !who.is_active || !who.company_active {
        return Err(bad_credentials());
    }
    if outdated {
        let renewed = password::hash(given, random(ports)?)?;
        users::rehash_password(
            ports.db(),
            who.user,
            &who.password_hash,
            &renewed,
            ports.now_ms(),
        )
        .await?;
    }
    Ok(who)
}

pub(crate) async fn refresh<P: Ports>(
    State(ports): State<P>,
    _: SameOrigin,
    headers: HeaderMap,
) -> Result<Response, ApiError> {
    match rotate(&ports, &headers).await? {
        Some((token, answer)) => {
            let cookie = token.set_cookie(ports.config().environment)?;
            Ok(([(SET_COOKIE, cookie)], Json(answer)).into_response())
        }
        None => {
            let refused = ApiError::new(Code::BadRefresh, "Your log-in is over. Log in again.");
            let cookie = clear_cookie(ports.config().environment)?;
            Ok(([(SET_COOKIE, cookie)], refused).into_response())
        }
    }
}

/// Exchanges the presented refresh token; `None` when it is worth nothing. A token that was used before ends its family:
/// so does losing a race, since then two parties held it.
async fn rotate<P: Ports>(
    ports: &P,
    headers: &HeaderMap,
) -> Result<Option<(RefreshToken, TokenResponse)>, ApiError> {
    let found = presented(ports, headers).await?;
    let now = ports.now_ms();
    let decision = decide(found.as_ref().map(TokenRow::stored), now);
    let Some(found) = found else {
        return Ok(None);
    };
    match decision {
        RefreshDecision::Refuse => Ok(None),
        RefreshDecision::RevokeFamily => {
            devices::revoke(ports.db(), found.device, now).await?;
            Ok(None)
        }
        RefreshDecision::Rotate => {
            // All that can fail comes before the exchange: a token that was used up for nothing would end the log-in.
            let answer = token_response(
                ports,
                &Access {
                    typ: TokenKind::Access,
                    sub: found.user,
                    company: found.company,
                    role: found.role,
                    epoch: found.token_epoch,
                    device: found.device,
                },
            )
            .await?;
            let (token, stored) = new_refresh_token(ports)?;
            if devices::rotate(ports.db(), found.token, stored, now).await? {
                return Ok(Some((token, answer)));
            }
            devices::revoke(ports.db(), found.device, now).await?;
            Ok(None)
        }
    }
}

/// Ends the log-in of this device. Doing it twice is the same as once.
pub(crate) async fn logout<P: Ports>(
    State(ports): State<P>,
    _: SameOrigin,
    headers: HeaderMap,
) -> Result<Response, ApiError> {
    if let Some(found) = presented(&ports, &headers).await? {
        devices::revoke(ports.db(), found.device, ports.now_ms()).await?;
    }
    let cookie = clear_cookie(ports.config().environment)?;
    Ok((StatusCode::NO_CONTENT, [(SET_COOKIE, cookie)]).into_response())
}

pub(crate) async fn me<P: Ports>(
    State(ports): State<P>,
    Bearer(asker): Bearer,
) -> Result<Json<Me>, ApiError> {
    Ok(Json(load_me(&ports, asker.company, asker.user).await?))
}

/// The stored token that the request's cookie stands for.
async fn presented<P: Ports>(ports: &P, headers: &HeaderMap) -> Result<Option<TokenRow>, ApiError> {
    match RefreshToken::of(headers) {
        Some(token) => Ok(devices::find_token(ports.db(), &token.hash()).await?),
        None => Ok(None),
    }
}

fn new_refresh_token(ports: &impl Ports) -> Result<(RefreshToken, NewToken), NoRandomness> {
    let token = RefreshToken::new(random(ports)?);
    let stored = NewToken {
        id: new_id(ports)?,
        hash: token.hash(),
        expires_at: ports.now_ms() + REFRESH_TOKEN_MS,
    };
    Ok((token, stored))
}

async fn token_response<P: Ports>(ports: &P, access: &Access) -> Result<TokenResponse, ApiError> {
    Ok(TokenResponse {
        user: load_me(ports, access.company, access.sub).await?,
        access_token: access.sign(&ports.config().jwt_secret, ports.now_ms())?,
        expires_in: ACCESS_TOKEN_MS / 1_000,
    })
}

async fn load_me<P: Ports>(ports: &P, company: CompanyId, user: UserId) -> Result<Me, ApiError> {
    let row = users::me(ports.db(), company, user)
        .await?
        .ok_or_else(ApiError::unauthenticated)?;
    Ok(Me {
        id: row.user,
        email: row.email,
        role: row.role,
        first_name: row.first_name,
        last_name: row.last_name,
        company: CompanyRef {
            id: row.company,
            name: row.company_name,
        },
        group: row.group.map(|group| GroupRef {
            name: group.name,
            slot_minute: group.slot_minute,
            zone: group.zone,
        }),
    })
}

fn bad_credentials() -> ApiError {
    ApiError::new(
        Code::BadCredentials,
        "That e-mail address and password don't belong together.",
    )
}
