//! `/api/auth`: log-in, refresh, log-out, who am I; registering, and a forgotten password.

pub(crate) mod access;
mod confirmation;
mod cookie;
mod device_label;
mod forgotten;
pub(crate) mod password;
pub(crate) mod register;
pub(crate) mod secret;

pub(crate) use forgotten::{forgot, reset};
pub(crate) use register::register;

use crate::error::ApiError;
use crate::extract::{Bearer, JsonBody, Network, SameOrigin};
use crate::json::Json;
use crate::limits::{self, same_address};
use crate::ports::{NoRandomness, Ports, new_id, random};
use access::{Access, TokenKind};
use axum::extract::State;
use axum::http::header::SET_COOKIE;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use contract::auth::{CompanyRef, GroupRef, LoginRequest, Me, TokenResponse};
use contract::problem::Code;
use cookie::{RefreshToken, clear_cookie};
use device_label::device_label;
use domain::ids::{CompanyId, UserId};
use domain::rate_limit::RateLimit;
use domain::refresh::{ACCESS_TOKEN_MS, REFRESH_TOKEN_MS, RefreshDecision, decide};
use domain::schedule::Weekdays;
use password::Checked;
use store::devices::{self, NewDevice, NewToken, TokenRow};
use store::users::{self, Credentials, GroupSlot};

/// A try is counted before the password is looked at, so that of many at once no more than the limit are; for an unknown
/// address just as for a known one. A log-in that succeeds clears the count.
pub(crate) async fn login<P: Ports>(
    State(ports): State<P>,
    _: SameOrigin,
    network: Network,
    headers: HeaderMap,
    JsonBody(form): JsonBody<LoginRequest>,
) -> Result<Response, ApiError> {
    limits::count_network(&ports, RateLimit::LOGIN_NETWORK, &network).await?;
    let address = same_address(&form.email);
    let standing = limits::count(&ports, RateLimit::LOGIN_ACCOUNT, &address).await?;
    match log_in(&ports, &headers, &form).await {
        Ok(response) => {
            limits::clear(&ports, RateLimit::LOGIN_ACCOUNT, &address).await?;
            Ok(response)
        }
        Err(error) => {
            let mut response = error.into_response();
            limits::tell(standing, &mut response);
            Ok(response)
        }
    }
}

async fn log_in<P: Ports>(
    ports: &P,
    headers: &HeaderMap,
    form: &LoginRequest,
) -> Result<Response, ApiError> {
    let found = users::credentials(ports.db(), form.email.trim(), ports.now_ms()).await?;
    let who = check_password(ports, &form.password, found).await?;
    let access = Access {
        typ: TokenKind::Access,
        sub: who.user,
        company: who.company,
        role: who.role,
        epoch: who.token_epoch,
        device: new_id(ports)?,
    };
    let response = log_in_device(ports, headers, access).await?;
    users::record_login(ports.db(), who.user, ports.now_ms()).await?;
    Ok(response)
}

/// Opens a log-in on the device that asks, and answers with both tokens.
async fn log_in_device<P: Ports>(
    ports: &P,
    headers: &HeaderMap,
    access: Access,
) -> Result<Response, ApiError> {
    let answer = token_response(ports, &access).await?;
    let (token, stored) = new_refresh_token(ports)?;
    devices::open(
        ports.db(),
        NewDevice {
            device: access.device,
            user: access.sub,
            company: access.company,
            label: device_label(headers),
            token: stored,
            now: ports.now_ms(),
        },
    )
    .await?;
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
    // Said to those alone who have the right password.
    if who.plan_ended {
        return Err(ApiError::new(
            Code::PlanEnded,
            "Your company's subscription has ended. Write to us to go on; nothing is lost.",
        ));
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
        Some(token) => Ok(devices::find_token(ports.db(), &token.hash(), ports.now_ms()).await?),
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
        language: row.language,
        company: CompanyRef {
            id: row.company,
            name: row.company_name,
        },
        group: row.group.map(group_ref).transpose()?,
    })
}

fn group_ref(group: GroupSlot) -> Result<GroupRef, ApiError> {
    let weekdays = Weekdays::from_bits(group.weekdays);
    let weekdays =
        weekdays.map_err(|error| ApiError::Broken(format!("group {}: {error}", group.name)))?;
    Ok(GroupRef {
        name: group.name,
        weekdays,
        slot_minute: group.slot_minute,
        zone: group.zone,
    })
}

fn bad_credentials() -> ApiError {
    ApiError::new(
        Code::BadCredentials,
        "That e-mail address and password don't belong together.",
    )
}
