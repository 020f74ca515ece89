//! The refresh token's cookie. Only the two calls that need it get it: its path is `/api/auth`, and no other site's page can
//! send it along.

use super::secret::Secret;
use crate::config::Environment;
use crate::error::ApiError;
use axum::http::header::COOKIE;
use axum::http::{HeaderMap, HeaderValue};
use domain::refresh::REFRESH_TOKEN_MS;

const NAME: &str = "sc_refresh";

/// A refresh token.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct RefreshToken(Secret);

impl RefreshToken {
    /// Takes fresh random bytes.
    pub(crate) fn new(random: [u8; 32]) -> Self {
        Self(Secret::new(random))
    }

    /// The token that a request carries, if its cookie is one.
    pub(crate) fn of(headers: &HeaderMap) -> Option<Self> {
        headers
            .get_all(COOKIE)
            .iter()
            .filter_map(|header| header.to_str().ok())
            .flat_map(|header| header.split(';'))
            .filter_map(|pair| pair.trim().strip_prefix(NAME)?.strip_prefix('='))
            .find_map(Secret::read)
            .map(Self)
    }

    /// What is stored of it.
    pub(crate) fn hash(&self) -> String {
        self.0.hash()
    }

    /// The header that hands it to the browser for as long as it lives.
    pub(crate) fn set_cookie(&self, environment: Environment) -> Result<HeaderValue, ApiError> {
        cookie(&self.0.text(), REFRESH_TOKEN_MS / 1_000, environment)
    }
}

/// The header that takes it back.
pub(crate) fn clear_cookie(environment: Environment) -> Result<HeaderValue, ApiError> {
    cookie("", 0, environment)
}

fn cookie(
    value: &str,
    max_age_seconds: u64,
    environment: Environment,
) -> Result<HeaderValue, ApiError> {
    let secure = match environment {
        Environment::Production => "; Secure",
        // A browser keeps no `Secure` cookie of a plain HTTP page.
        Environment::Dev => "",
    };
    let text = format!(
        "{NAME}={value}; Path=/api/auth; Max-Age={max_age_seconds}; HttpOnly; SameSite=Strict{secure}"
    );
    HeaderValue::try_from(text).map_err(|error| ApiError::Broken(format!("a cookie: {error}")))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn headers(cookies: &[&'static str]) -> HeaderMap {
        let mut headers = HeaderMap::new();
        for cookie in cookies {
            headers.append(COOKIE, HeaderValue::from_static(cookie));
        }
        headers
    }

    #[test]
    fn a_token_travels_there_and_back() {
        let token = RefreshToken::new([9; 32]);
        let set = token.set_cookie(Environment::Production).unwrap();
        let set = set.to_str().unwrap();
        assert!(
            set.ends_with("; Path=/api/auth; Max-Age=604800; HttpOnly; SameSite=Strict; Secure")
        );
        let pair = set.split(';').next().unwrap();
        let mut headers = headers(&["theme=dark"]);
        let both = format!("a=b; {pair}");
        headers.append(COOKIE, both.parse().unwrap());
        assert!(RefreshToken::of(&headers) == Some(token));
    }

    #[test]
    fn a_developers_cookie_is_not_secure() {
        let cleared = clear_cookie(Environment::Dev).unwrap();
        assert_eq!(
            cleared,
            "sc_refresh=; Path=/api/auth; Max-Age=0; HttpOnly; SameSite=Strict"
        );
    }

    #[test]
    fn what_is_no_token_is_none() {
        for cookie in [
            "sc_refresh=",
            "sc_refresh=short",
            "sc_refresh=!!!!",
            "xsc_refresh=CQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQk",
            "sc_refreshCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQk",
        ] {
            assert!(RefreshToken::of(&headers(&[cookie])).is_none(), "{cookie}");
        }
    }
}
