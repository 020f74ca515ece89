//! Settings and secrets, checked once when the Worker wakes: what is here can be trusted everywhere else.

use crate::model::ModelSettingsError;
use std::fmt;

/// How the Worker runs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Config {
    /// Where it runs.
    pub environment: Environment,
    /// Signs access tokens.
    pub jwt_secret: JwtSecret,
    /// The demo companies exist: finished sessions are followed by new ones.
    pub demo: bool,
    /// Who coaches: `builtin`, or a provider's model id. Frozen onto each session at its start.
    pub model: String,
    /// The version of the prompts; frozen likewise.
    pub prompt_version: String,
    /// The time between the built-in coach's words, ms.
    pub coach_pace_ms: u64,
    /// Where the app is, without a slash at the end: links in mails begin with it.
    pub app_url: String,
    /// Pages of other origins that may call the API, as browsers write them: `https://example.com`. Usually none: the app comes
    /// from the API's own origin.
    pub allowed_origins: Vec<String>,
}

/// Where the Worker runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Environment {
    /// For customers: cookies travel over TLS only.
    Production,
    /// On a developer's machine, over plain HTTP.
    Dev,
}

impl Environment {
    /// The name used in settings and in `GET /api/health`.
    pub fn as_str(self) -> &'static str {
        match self {
            Environment::Production => "production",
            Environment::Dev => "dev",
        }
    }
}

impl std::str::FromStr for Environment {
    type Err = ConfigError;
    fn from_str(text: &str) -> Result<Self, ConfigError> {
        match text {
            "production" => Ok(Environment::Production),
            "dev" => Ok(Environment::Dev),
            _ => Err(ConfigError::Environment(text.to_owned())),
        }
    }
}

/// The secret that signs access tokens. Changing it ends every access token at once; the refresh cookies live on and give
/// new ones, so no second key is kept for a rotation.
#[derive(Clone, PartialEq, Eq)]
pub struct JwtSecret(String);

/// The shortest secret that is worth its name with SHA-256, bytes (RFC 7518, section 3.2).
pub const MIN_SECRET_BYTES: usize = 32;

impl JwtSecret {
    /// Takes the secret's text as it is, or refuses to start with a short one.
    pub fn new(secret: impl Into<String>) -> Result<Self, ConfigError> {
        let secret = secret.into();
        if secret.len() < MIN_SECRET_BYTES {
            return Err(ConfigError::ShortSecret(secret.len()));
        }
        Ok(Self(secret))
    }

    pub(crate) fn as_bytes(&self) -> &[u8] {
        self.0.as_bytes()
    }
}

/// Never shows the secret.
impl fmt::Debug for JwtSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JwtSecret(..)")
    }
}

/// A setting that the Worker can't run with.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ConfigError {
    /// The secret is too short.
    #[error(
        "JWT_SECRET has {0} bytes and needs at least {MIN_SECRET_BYTES}: set it with `wrangler secret put JWT_SECRET`"
    )]
    ShortSecret(usize),
    /// Neither of the two.
    #[error("ENVIRONMENT is \"{0}\"; it is \"production\" or \"dev\"")]
    Environment(String),
    /// The providers of models.
    #[error(transparent)]
    Models(#[from] ModelSettingsError),
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_short_secret_is_refused_and_no_secret_is_shown() {
        assert_eq!(
            JwtSecret::new("x".repeat(31)),
            Err(ConfigError::ShortSecret(31))
        );
        let secret = JwtSecret::new("s3cret-".repeat(5)).unwrap();
        assert!(!format!("{secret:?}").contains("s3cret"));
    }

    #[test]
    fn an_unknown_environment_is_refused() {
        assert_eq!("dev".parse(), Ok(Environment::Dev));
        assert!("staging".parse::<Environment>().is_err());
    }
}
