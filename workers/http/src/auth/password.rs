//! Passwords: Argon2id with OWASP's parameters, kept as PHC strings, so that the parameters can be raised later and old
//! hashes are renewed at the next log-in.

use crate::error::ApiError;
use argon2::password_hash::{PasswordHash, PasswordHasher, PasswordVerifier, SaltString};
use argon2::{Algorithm, Argon2, Params, Version};

/// 19 MiB, two passes, one lane: OWASP's first choice for Argon2id, and the crate's own default, which a test pins.
const PARAMS: Params = Params::DEFAULT;

/// The hash of a password nobody has: checked when the e-mail is unknown, so that the time taken tells nothing.
const NOBODYS_HASH: &str = "$argon2id$v=19$m=19456,t=2,p=1$bm9ib2R5LWhhcy10aGlz$Cwg0t9jKes+YzcceWaFEgWeqZCq4aHbCDN3Rfy/FT/Y";

/// What a check came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Checked {
    /// Another password, or nobody's.
    Wrong,
    /// The right one.
    Right {
        /// The hash was made with other parameters than today's: make a new one.
        outdated: bool,
    },
}

/// Checks a password against the stored hash; `None` when there is no such account. Takes the same time either way.
pub(crate) fn check(password: &str, stored: Option<&str>) -> Result<Checked, ApiError> {
    let hash = PasswordHash::new(stored.unwrap_or(NOBODYS_HASH)).map_err(broken)?;
    match hasher().verify_password(password.as_bytes(), &hash) {
        Ok(()) if stored.is_some() => Ok(Checked::Right {
            outdated: is_outdated(&hash),
        }),
        Ok(()) | Err(argon2::password_hash::Error::Password) => Ok(Checked::Wrong),
        Err(error) => Err(broken(error)),
    }
}

/// Makes a PHC string. `salt` is fresh and random.
pub(crate) fn hash(password: &str, salt: [u8; 16]) -> Result<String, ApiError> {
    let salt = SaltString::encode_b64(&salt).map_err(broken)?;
    hasher()
        .hash_password(password.as_bytes(), &salt)
        .map(|hash| hash.to_string())
        .map_err(broken)
}

fn hasher() -> Argon2<'static> {
    Argon2::new(Algorithm::Argon2id, Version::V0x13, PARAMS)
}

fn is_outdated(hash: &PasswordHash<'_>) -> bool {
    let same_kind = hash.algorithm == Algorithm::Argon2id.ident()
        && hash.version == Some(Version::V0x13.into());
    let same_cost = Params::try_from(hash).is_ok_and(|params| {
        (params.m_cost(), params.t_cost(), params.p_cost())
            == (PARAMS.m_cost(), PARAMS.t_cost(), PARAMS.p_cost())
    });
    !(same_kind && same_cost)
}

fn broken(error: argon2::password_hash::Error) -> ApiError {
    ApiError::Broken(format!("a password hash: {error}"))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn the_parameters_are_owasps() {
        assert_eq!(
            (PARAMS.m_cost(), PARAMS.t_cost(), PARAMS.p_cost()),
            (19 * 1_024, 2, 1)
        );
        let made = hash("Practise-10-days!", [7; 16]).unwrap();
        assert!(made.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"));
    }

    #[test]
    fn a_password_is_told_from_another() {
        let made = hash("Practise-10-days!", [7; 16]).unwrap();
        let right = Checked::Right { outdated: false };
        assert_eq!(check("Practise-10-days!", Some(&made)).unwrap(), right);
        assert_eq!(
            check("practise-10-days!", Some(&made)).unwrap(),
            Checked::Wrong
        );
    }

    #[test]
    fn a_cheaper_hash_is_outdated() {
        let cheap = Argon2::new(
            Algorithm::Argon2id,
            Version::V0x13,
            Params::new(8, 1, 1, None).unwrap(),
        );
        let salt = SaltString::encode_b64(&[7; 16]).unwrap();
        let made = cheap.hash_password(b"secret", &salt).unwrap().to_string();
        assert_eq!(
            check("secret", Some(&made)).unwrap(),
            Checked::Right { outdated: true }
        );
    }

    #[test]
    fn nobodys_hash_costs_what_a_real_one_costs_and_lets_nobody_in() {
        let nobody = PasswordHash::new(NOBODYS_HASH).unwrap();
        assert!(!is_outdated(&nobody));
        assert_eq!(nobody.hash.unwrap().len(), 32);
        assert_eq!(check("", None).unwrap(), Checked::Wrong);
        assert_eq!(check("nobody", None).unwrap(), Checked::Wrong);
    }

    #[test]
    fn a_hash_that_is_none_is_our_fault() {
        assert!(matches!(
            check("x", Some("plain")),
            Err(ApiError::Broken(_))
        ));
    }
}
