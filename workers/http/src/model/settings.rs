//! The providers as variables and secrets name them: docs/providers.md.

use super::provider::{Kind, Provider, Providers};
use coach::provider::patience::Limits;
use coach::provider::{Endpoint, Key, anthropic, openai, workers_ai};
use domain::spend::Price;
use reqwest::Url;
use std::time::Duration;

/// The providers can't be asked as they are set up. No value of a secret is ever told.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ModelSettingsError {
    /// A word of `AI_PROVIDER`.
    #[error(
        "AI_PROVIDER names \"{0}\"; it is \"builtin\", or names with blanks between them out of openai, anthropic, compatible, workers-ai"
    )]
    UnknownProvider(String),
    /// A provider is listed twice.
    #[error("AI_PROVIDER names {0} twice")]
    Twice(Kind),
    /// The built-in coach speaks when all others failed.
    #[error(
        "AI_PROVIDER names somebody after \"builtin\", who would never be asked; put \"builtin\" last or leave it out"
    )]
    AfterBuiltin,
    /// A variable that a listed provider needs.
    #[error("AI_PROVIDER names {provider}, but {variable} is not set")]
    Missing {
        /// Who needs it.
        provider: Kind,
        /// Its name.
        variable: &'static str,
    },
    /// A secret that a listed provider needs.
    #[error(
        "AI_PROVIDER names {provider}, but the secret {secret} is not set: set it with `wrangler secret put {secret}`"
    )]
    NoKey {
        /// Who needs it.
        provider: Kind,
        /// Its name.
        secret: &'static str,
    },
    /// An address is none.
    #[error("{0} is no http(s) address")]
    Url(&'static str),
    /// A key can't be sent.
    #[error("the secret {0} has characters that no key has: set it again")]
    Key(&'static str),
    /// A peculiarity of a compatible server that nobody has.
    #[error(
        "COMPATIBLE_QUIRKS names \"{0}\"; it knows no-finish-reason, max-completion-tokens and no-temperature"
    )]
    Quirk(String),
    /// A price.
    #[error(
        "AI_PRICES has \"{0}\"; each price is a model's id, and US dollars per million tokens read and written: \"gpt-5-mini 0.25 2.00\", with semicolons between them"
    )]
    Price(String),
    /// The waits.
    #[error(
        "AI_PATIENCE is \"{0}\"; it is four times in seconds, each above 0 and at most 600: to the answer's head, to the first words, between words, for all"
    )]
    Patience(String),
}

/// The longest wait that can be set, seconds.
const LONGEST_PATIENCE: f64 = 600.0;

/// The dearest tokens that are believed, US dollars per million.
const DEAREST: f64 = 100_000.0;

impl Providers {
    /// Reads them from variables and secrets by their names. What is empty counts as not set.
    pub fn read(
        variable: impl Fn(&str) -> Option<String>,
        secret: impl Fn(&str) -> Option<String>,
    ) -> Result<Self, ModelSettingsError> {
        let set = |value: Option<String>| {
            let value = value.unwrap_or_default().trim().to_owned();
            Some(value).filter(|value| !value.is_empty())
        };
        let variable = |name: &str| set(variable(name));
        let secret = |name: &str| set(secret(name));
        let kinds = kinds(&variable("AI_PROVIDER").unwrap_or_default())?;
        let limits = limits(variable("AI_PATIENCE"))?;
        let prices = prices(&variable("AI_PRICES").unwrap_or_default())?;
        let providers = kinds.into_iter().map(|kind| {
            let endpoint = endpoint(kind, &variable, &secret)?;
            let price = prices.iter().find(|(model, _)| model == endpoint.model());
            Ok(Provider {
                kind,
                limits,
                price: price.map(|(_, price)| *price),
                endpoint,
            })
        });
        providers.collect::<Result<Vec<_>, _>>().map(Self::from)
    }
}

fn kinds(listed: &str) -> Result<Vec<Kind>, ModelSettingsError> {
    let mut kinds = Vec::new();
    let mut words = listed.split_whitespace();
    for word in words.by_ref() {
        if word == "builtin" {
            break;
        }
        let kind = Kind::ALL.into_iter().find(|kind| kind.as_str() == word);
        let kind = kind.ok_or_else(|| ModelSettingsError::UnknownProvider(word.to_owned()))?;
        if kinds.contains(&kind) {
            return Err(ModelSettingsError::Twice(kind));
        }
        kinds.push(kind);
    }
    match words.next() {
        None => Ok(kinds),
        Some(_) => Err(ModelSettingsError::AfterBuiltin),
    }
}

fn endpoint(
    provider: Kind,
    variable: &impl Fn(&str) -> Option<String>,
    secret: &impl Fn(&str) -> Option<String>,
) -> Result<Endpoint, ModelSettingsError> {
    let needed = |name: &'static str| {
        variable(name).ok_or(ModelSettingsError::Missing {
            provider,
            variable: name,
        })
    };
    let key = |name: &'static str| match secret(name) {
        None => Ok(None),
        Some(key) if key.chars().all(|c| c.is_ascii_graphic()) => Ok(Some(Key::new(&key))),
        Some(_) => Err(ModelSettingsError::Key(name)),
    };
    let needed_key = |name: &'static str| {
        key(name)?.ok_or(ModelSettingsError::NoKey {
            provider,
            secret: name,
        })
    };
    Ok(match provider {
        Kind::OpenAi => {
            let key = needed_key("OPENAI_API_KEY")?;
            let mut endpoint = openai::Endpoint::openai(key, &needed("OPENAI_MODEL")?);
            if let Some(url) = variable("OPENAI_BASE_URL") {
                endpoint.base_url = address("OPENAI_BASE_URL", url)?;
            }
            Endpoint::OpenAi(endpoint)
        }
        Kind::Anthropic => {
            let key = needed_key("ANTHROPIC_API_KEY")?;
            let mut endpoint = anthropic::Endpoint::new(key, &needed("ANTHROPIC_MODEL")?);
            if let Some(url) = variable("ANTHROPIC_BASE_URL") {
                endpoint.base_url = address("ANTHROPIC_BASE_URL", url)?;
            }
            Endpoint::Anthropic(endpoint)
        }
        Kind::Compatible => {
            let url = address("COMPATIBLE_BASE_URL", needed("COMPATIBLE_BASE_URL")?)?;
            let key = key("COMPATIBLE_API_KEY")?;
            let model = needed("COMPATIBLE_MODEL")?;
            let mut endpoint = openai::Endpoint::compatible(&url, key, &model);
            for quirk in variable("COMPATIBLE_QUIRKS")
                .unwrap_or_default()
                .split_whitespace()
            {
                match quirk {
                    "no-finish-reason" => endpoint.may_omit_finish = true,
                    "max-completion-tokens" => endpoint.names_limit_anew = true,
                    "no-temperature" => endpoint.takes_temperature = false,
                    _ => return Err(ModelSettingsError::Quirk(quirk.to_owned())),
                }
            }
            Endpoint::OpenAi(endpoint)
        }
        Kind::WorkersAi => Endpoint::WorkersAi(workers_ai::Endpoint {
            model: needed("WORKERS_AI_MODEL")?,
        }),
    })
}

/// An address may carry a log-in, so the fault names the variable alone.
fn address(name: &'static str, url: String) -> Result<String, ModelSettingsError> {
    match Url::parse(&url) {
        Ok(parsed)
            if matches!(parsed.scheme(), "http" | "https")
                && parsed.has_host()
                && parsed.query().is_none()
                && parsed.fragment().is_none() =>
        {
            Ok(url)
        }
        _ => Err(ModelSettingsError::Url(name)),
    }
}

fn prices(listed: &str) -> Result<Vec<(String, Price)>, ModelSettingsError> {
    let entries = listed
        .split(';')
        .map(str::trim)
        .filter(|entry| !entry.is_empty());
    let price = |entry: &str| {
        let mut words = entry.split_whitespace();
        let model = words.next()?.to_owned();
        let input = micros(words.next()?)?;
        let output = micros(words.next()?)?;
        let whole = words.next().is_none();
        whole.then_some((model, Price { input, output }))
    };
    entries
        .map(|entry| price(entry).ok_or_else(|| ModelSettingsError::Price(entry.to_owned())))
        .collect()
}

/// Dollars as millionths of a dollar.
fn micros(dollars: &str) -> Option<u64> {
    let dollars: f64 = dollars.parse().ok()?;
    if !(0.0..=DEAREST).contains(&dollars) {
        return None;
    }
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // Just bounded.
    Some((dollars * 1_000_000.0).round() as u64)
}

fn limits(set: Option<String>) -> Result<Limits, ModelSettingsError> {
    let Some(set) = set else {
        return Ok(Limits::default());
    };
    let seconds = |word: &str| {
        let seconds: f64 = word.parse().ok()?;
        let sane = seconds > 0.0 && seconds <= LONGEST_PATIENCE;
        sane.then(|| Duration::from_secs_f64(seconds))
    };
    let times: Option<Vec<Duration>> = set.split_whitespace().map(seconds).collect();
    match times.as_deref() {
        Some([head, first_words, between_words, whole]) => Ok(Limits {
            head: *head,
            first_words: *first_words,
            between_words: *between_words,
            whole: *whole,
        }),
        _ => Err(ModelSettingsError::Patience(set)),
    }
}
