//! Access tokens: short-lived, kept in the app's memory, sent as `Authorization: Bearer`.

use crate::config::JwtSecret;
use crate::error::ApiError;
use chrono::{DateTime, TimeDelta, Utc};
use domain::ids::{CompanyId, DeviceId, UserId};
use domain::refresh::ACCESS_TOKEN_MS;
use domain::role::Role;
use jwt_compact::alg::{Hs256, Hs256Key};
use jwt_compact::{AlgorithmExt, Claims, Header, TimeOptions, UntrustedToken};
use serde::{Deserialize, Serialize};

/// How far two clocks may differ, seconds. The library's own 60 s would be much beside 15 minutes.
const LEEWAY_SECONDS: i64 = 5;

/// Who an access token was given to. All of it is checked against the database on every request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Access {
    /// Which kind of token this is.
    pub typ: TokenKind,
    /// The user.
    pub sub: UserId,
    /// Their tenant.
    pub company: CompanyId,
    /// Their role when it was given.
    pub role: Role,
    /// The user's epoch when it was given; deactivation and a change of role move it on.
    pub epoch: u64,
    /// The log-in it belongs to.
    pub device: DeviceId,
}

/// The kinds of signed tokens. A token of one kind is worthless as another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum TokenKind {
    /// Opens the API for 15 minutes.
    Access,
}

impl Access {
    /// Signs a token that lives for [`ACCESS_TOKEN_MS`].
    pub(crate) fn sign(&self, secret: &JwtSecret, now_ms: u64) -> Result<String, ApiError> {
        let lifetime = TimeDelta::milliseconds(i64::try_from(ACCESS_TOKEN_MS).unwrap_or_default());
        let claims = Claims::new(self).set_duration_and_issuance(&clock(now_ms), lifetime);
        Hs256
            .token(&Header::empty(), &claims, &key(secret))
            .map_err(|error| ApiError::Broken(format!("an access token: {error}")))
    }

    /// Reads a token that we signed and that has not expired; `None` of any other.
    pub(crate) fn read(token: &str, secret: &JwtSecret, now_ms: u64) -> Option<Self> {
        let token = UntrustedToken::new(token).ok()?;
        // The algorithm is compared as well: a token that names another one is refused.
        let token = Hs256
            .validator::<Self>(&key(secret))
            .validate(&token)
            .ok()?;
        // The signature's check says nothing of time.
        token.claims().validate_expiration(&clock(now_ms)).ok()?;
        Some(token.claims().custom.clone())
    }
}

/// The key that signs all tokens.
pub(crate) fn key(secret: &JwtSecret) -> Hs256Key {
    Hs256Key::new(secret.as_bytes())
}

/// What time it is, for the claims of a token.
pub(super) fn clock(now_ms: u64) -> TimeOptions<impl Fn() -> DateTime<Utc>> {
    let now = i64::try_from(now_ms)
        .ok()
        .and_then(DateTime::from_timestamp_millis)
        .unwrap_or(DateTime::<Utc>::MAX_UTC);
    TimeOptions::new(TimeDelta::seconds(LEEWAY_SECONDS), move || now)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::indexing_slicing)]
    use super::*;
    use base64::Engine;
    use base64::prelude::BASE64_URL_SAFE_NO_PAD;

    const NOW: u64 = 1_790_000_000_000;

    fn secret() -> JwtSecret {
        JwtSecret::new("0123456789abcdef0123456789abcdef").unwrap()
    }

    fn access() -> Access {
        let id = "0198f3a2-5b7c-7d10-8a4e-3f6b2c9d1e00";
        Access {
            typ: TokenKind::Access,
            sub: id.parse().unwrap(),
            company: id.parse().unwrap(),
            role: Role::SalesRep,
            epoch: 3,
            device: id.parse().unwrap(),
        }
    }

    #[test]
    fn a_token_comes_back_until_it_expires() {
        let token = access().sign(&secret(), NOW).unwrap();
        let read = |later_ms| Access::read(&token, &secret(), NOW + later_ms);
        assert_eq!(read(0), Some(access()));
        assert_eq!(read(ACCESS_TOKEN_MS + 5_000), Some(access()));
        assert_eq!(read(ACCESS_TOKEN_MS + 6_000), None);
        assert_eq!(read(u64::MAX - NOW), None);
    }

    #[test]
    fn another_secret_kind_or_algorithm_is_refused() {
        let token = access().sign(&secret(), NOW).unwrap();
        let other = JwtSecret::new("another secret of at least 32 bytes").unwrap();
        assert_eq!(Access::read(&token, &other, NOW), None);

        let parts: Vec<&str> = token.split('.').collect();
        let header = |json: &str| BASE64_URL_SAFE_NO_PAD.encode(json);
        for algorithm in ["none", "HS512", "hs256"] {
            let json = format!(r#"{{"alg":"{algorithm}"}}"#);
            let forged = format!("{}.{}.{}", header(&json), parts[1], parts[2]);
            assert_eq!(Access::read(&forged, &secret(), NOW), None);
            let unsigned = format!("{}.{}.", header(&json), parts[1]);
            assert_eq!(Access::read(&unsigned, &secret(), NOW), None);
        }

        let mut reset = serde_json::to_value(access()).unwrap();
        reset["typ"] = "reset".into();
        let claims = Claims::new(reset).set_duration(&clock(NOW), TimeDelta::minutes(15));
        let token = Hs256
            .token(&Header::empty(), &claims, &key(&secret()))
            .unwrap();
        assert_eq!(Access::read(&token, &secret(), NOW), None);
    }

    #[test]
    fn a_token_without_an_end_is_refused() {
        let token = Hs256
            .token(&Header::empty(), &Claims::new(access()), &key(&secret()))
            .unwrap();
        assert_eq!(Access::read(&token, &secret(), NOW), None);
    }

    #[test]
    fn garbage_is_refused() {
        for garbage in ["", ".", "..", "a.b.c", "नमस्ते", &"x".repeat(10_000)] {
            assert_eq!(Access::read(garbage, &secret(), NOW), None);
        }
    }
}
