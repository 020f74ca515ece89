//! The token of the mail between the two steps of registering. It is signed and says all there is to know, so nothing is stored
//! of people who never come back. It is good once, because an address has one account.

use super::access::{clock, key};
use crate::config::JwtSecret;
use crate::error::ApiError;
use chrono::TimeDelta;
use domain::ids::InviteId;
use domain::joining::CONFIRMATION_MS;
use jwt_compact::alg::Hs256;
use jwt_compact::{AlgorithmExt, Claims, Header, UntrustedToken};
use serde::{Deserialize, Serialize};

/// Whoever has it reads the mail of `email`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Confirmation {
    /// Which kind of token this is.
    pub typ: ConfirmationKind,
    /// The address.
    pub email: String,
    /// What the account is for.
    pub purpose: Purpose,
}

/// The one kind; it keeps these tokens apart from all others.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum ConfirmationKind {
    /// Proves an address.
    Confirmation,
}

/// What an account is for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) enum Purpose {
    /// To found a company of this name.
    Found(String),
    /// To join by this invite.
    Join(InviteId),
}

impl Confirmation {
    /// The confirmation of an address.
    pub(crate) fn of(email: String, purpose: Purpose) -> Self {
        Self {
            typ: ConfirmationKind::Confirmation,
            email,
            purpose,
        }
    }

    /// Signs a token that lives for [`CONFIRMATION_MS`].
    pub(crate) fn sign(&self, secret: &JwtSecret, now_ms: u64) -> Result<String, ApiError> {
        let lifetime = TimeDelta::milliseconds(i64::try_from(CONFIRMATION_MS).unwrap_or_default());
        let claims = Claims::new(self).set_duration_and_issuance(&clock(now_ms), lifetime);
        Hs256
            .token(&Header::empty(), &claims, &key(secret))
            .map_err(|error| ApiError::Broken(format!("a confirmation: {error}")))
    }

    /// Reads a token that we signed and that has not expired; with it, the Unix ms at which it does. `None` of any other.
    pub(crate) fn read(token: &str, secret: &JwtSecret, now_ms: u64) -> Option<(Self, u64)> {
        let token = UntrustedToken::new(token).ok()?;
        let token = Hs256
            .validator::<Self>(&key(secret))
            .validate(&token)
            .ok()?;
        token.claims().validate_expiration(&clock(now_ms)).ok()?;
        let expires = token.claims().expiration?.timestamp_millis();
        Some((token.claims().custom.clone(), u64::try_from(expires).ok()?))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::super::access::{Access, TokenKind};
    use super::*;
    use domain::role::Role;

    const NOW: u64 = 1_790_000_000_000;

    fn secret() -> JwtSecret {
        JwtSecret::new("0123456789abcdef0123456789abcdef").unwrap()
    }

    #[test]
    fn a_confirmation_lives_for_a_day() {
        let confirmation = Confirmation::of("a@b".into(), Purpose::Found("Sagar".into()));
        let token = confirmation.sign(&secret(), NOW).unwrap();
        let read = |later| Confirmation::read(&token, &secret(), NOW + later);
        assert_eq!(read(0).unwrap(), (confirmation, NOW + CONFIRMATION_MS));
        assert!(read(CONFIRMATION_MS + 6_000).is_none());
    }

    #[test]
    fn neither_kind_of_token_is_good_as_the_other() {
        let id = "0198f3a2-5b7c-7d10-8a4e-3f6b2c9d1e00";
        let access = Access {
            typ: TokenKind::Access,
            sub: id.parse().unwrap(),
            company: id.parse().unwrap(),
            role: Role::Manager,
            epoch: 0,
            device: id.parse().unwrap(),
        };
        let token = access.sign(&secret(), NOW).unwrap();
        assert!(Confirmation::read(&token, &secret(), NOW).is_none());
        let confirmation = Confirmation::of("a@b".into(), Purpose::Join(id.parse().unwrap()));
        let token = confirmation.sign(&secret(), NOW).unwrap();
        assert!(Access::read(&token, &secret(), NOW).is_none());
    }
}
