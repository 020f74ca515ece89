//! Variables and secrets of `wrangler.toml` as settings.

use captain_http::config::{Config, ConfigError, Environment, JwtSecret};
use captain_http::mail::provider::ProviderError;
use captain_http::model::Providers;
use coach::prompts;
use std::time::Duration;
use worker::Env;

/// The version of the built-in coach's words; changes when a text in `coach` changes what it says.
const PROMPT_VERSION: &str = "builtin-1";

/// A setting that the Worker can't run with.
#[derive(Debug, thiserror::Error)]
pub enum SettingsError {
    /// Its value is wrong.
    #[error(transparent)]
    Config(#[from] ConfigError),
    /// Demo log-ins have a public password.
    #[error("DEMO is on in production: demo log-ins have a public password; remove DEMO")]
    DemoInProduction,
    /// The mail service can't be used.
    #[error(transparent)]
    Mail(#[from] ProviderError),
    /// Mails can be sent but have no sender.
    #[error("{0} is not set")]
    Missing(&'static str),
    /// A binding is missing.
    #[error("the binding {0} is missing in wrangler.toml")]
    Binding(&'static str),
}

/// Reads the settings of the routers. `called_at` is the origin of the request: Cloudflare routes nothing to a Worker but its
/// own hosts, so links in mails may begin with it where `APP_URL` says nothing else.
pub fn config(env: &Env, called_at: &str, model: &str) -> Result<Config, SettingsError> {
    let environment: Environment = text(env, "ENVIRONMENT")
        .as_deref()
        .unwrap_or("production")
        .parse()?;
    let demo = demo(env);
    if demo && environment == Environment::Production {
        return Err(SettingsError::DemoInProduction);
    }
    Ok(Config {
        environment,
        jwt_secret: JwtSecret::new(secret(env, "JWT_SECRET").unwrap_or_default())?,
        demo,
        model: model.to_owned(),
        prompt_version: if model == "builtin" {
            PROMPT_VERSION
        } else {
            prompts::VERSION
        }
        .to_owned(),
        coach_pace_ms: u64::try_from(coach_pace(env).as_millis()).unwrap_or_default(),
        app_url: text(env, "APP_URL")
            .filter(|url| !url.is_empty())
            .unwrap_or_else(|| called_at.to_owned())
            .trim_end_matches('/')
            .to_owned(),
        allowed_origins: text(env, "ALLOWED_ORIGINS")
            .unwrap_or_default()
            .split_whitespace()
            .map(str::to_owned)
            .collect(),
    })
}

/// Reads which models are asked.
pub fn providers(env: &Env) -> Result<Providers, SettingsError> {
    let providers = Providers::read(|name| text(env, name), |name| secret(env, name));
    Ok(providers.map_err(ConfigError::from)?)
}

/// The demo companies exist: a finished session is followed by a new one.
pub fn demo(env: &Env) -> bool {
    text(env, "DEMO").as_deref() == Some("true")
}

/// The time between the built-in coach's words.
pub fn coach_pace(env: &Env) -> Duration {
    let pace = text(env, "COACH_PACE_MS").and_then(|pace| pace.parse().ok());
    Duration::from_millis(pace.unwrap_or(30))
}

/// A variable.
pub fn text(env: &Env, name: &str) -> Option<String> {
    env.var(name).ok().map(|value| value.to_string())
}

/// A secret.
pub fn secret(env: &Env, name: &str) -> Option<String> {
    env.secret(name).ok().map(|value| value.to_string())
}
