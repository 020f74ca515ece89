//! Who is asking.

use super::{Call, Extract};
use crate::auth::access::Access;
use crate::error::ApiError;
use crate::ports::Ports;
use axum::http::HeaderMap;
use axum::http::header::AUTHORIZATION;
use domain::ids::DeviceId;
use domain::policy::Principal;
use store::users::{self, PrincipalRow};

/// Whoever asks, as the route's guard found out. A route that is open to all has no asker, and a handler that wants one
/// there refuses.
#[derive(Debug)]
pub(crate) struct Bearer(pub Principal);

impl<P> Extract<P> for Bearer {
    fn extract(call: &mut Call<P>) -> Result<Self, ApiError> {
        let asker = call.parts.extensions.get::<Principal>().copied();
        asker.map(Self).ok_or_else(ApiError::unauthenticated)
    }
}

/// The device that asks: its log-in is the one the access token belongs to.
#[derive(Debug, Clone, Copy)]
pub(crate) struct CurrentDevice(pub DeviceId);

impl<P> Extract<P> for CurrentDevice {
    fn extract(call: &mut Call<P>) -> Result<Self, ApiError> {
        let device = call.parts.extensions.get::<Self>().copied();
        device.ok_or_else(ApiError::unauthenticated)
    }
}

/// Finds out who holds a good access token. The token alone is not enough: one indexed read asks the database, so that a
/// deactivation, another role, a revoked device or a closed company bites on the very next request.
pub(crate) async fn authenticate(
    headers: &HeaderMap,
    ports: &impl Ports,
) -> Result<(Principal, CurrentDevice), ApiError> {
    let access = bearer_token(headers)
        .and_then(|token| Access::read(token, &ports.config().jwt_secret, ports.now_ms()))
        .ok_or_else(ApiError::unauthenticated)?;
    let row = users::principal(ports.db(), access.sub, access.device, ports.now_ms())
        .await?
        .filter(|row| still_holds(&access, row))
        .ok_or_else(ApiError::unauthenticated)?;
    let asker = Principal {
        user: row.user,
        company: row.company,
        role: row.role,
    };
    Ok((asker, CurrentDevice(access.device)))
}

/// The scheme's case does not matter (RFC 9110, section 11.1).
fn bearer_token(headers: &HeaderMap) -> Option<&str> {
    let (scheme, token) = headers.get(AUTHORIZATION)?.to_str().ok()?.split_once(' ')?;
    scheme
        .eq_ignore_ascii_case("bearer")
        .then_some(token.trim())
}

/// What the token says is still so.
fn still_holds(access: &Access, row: &PrincipalRow) -> bool {
    row.is_active
        && row.company_active
        && !row.device_revoked
        && row.token_epoch == access.epoch
        && row.role == access.role
        && row.company == access.company
}
