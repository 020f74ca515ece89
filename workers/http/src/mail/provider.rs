//! A mail service over HTTP: one JSON object per mail, as Resend takes it and others by a small adapter. The same code runs
//! on sockets natively and on fetch in the Worker.

use super::{Mail, MailError};
use reqwest::header::{HeaderName, HeaderValue};
use reqwest::{Client, StatusCode, Url};
use serde::Serialize;
use std::collections::BTreeMap;
use std::fmt;
use std::time::Duration;

/// How long a service may take; shorter than the time a mail is claimed for.
const PATIENCE: Duration = Duration::from_secs(20);

/// How much of a service's words is kept, characters.
const MAX_WORDS: usize = 200;

const IDEMPOTENCY_KEY: HeaderName = HeaderName::from_static("idempotency-key");

/// A mail service.
#[derive(Clone)]
pub struct HttpProvider {
    client: Client,
    url: Url,
    key: String,
    from: String,
}

/// The service can't be used as it is set up.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ProviderError {
    /// The address is none.
    #[error("MAIL_HTTP_URL is no http(s) address")]
    Url,
    /// No client.
    #[error("no HTTP client: {0}")]
    Client(String),
}

#[derive(Serialize)]
struct Posted<'a> {
    from: &'a str,
    to: [&'a str; 1],
    subject: &'a str,
    text: &'a str,
    html: &'a str,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    headers: BTreeMap<&'static str, String>,
}

impl HttpProvider {
    /// Mails are posted to `url` with `key` as a bearer token, and come from `from`: `Sales Captain <captain@example.com>`.
    pub fn new(url: &str, key: String, from: String) -> Result<Self, ProviderError> {
        let url = Url::parse(url).map_err(|_| ProviderError::Url)?;
        if !matches!(url.scheme(), "http" | "https") {
            return Err(ProviderError::Url);
        }
        let client = Client::builder()
            .build()
            .map_err(|error| ProviderError::Client(error.to_string()))?;
        Ok(Self {
            client,
            url,
            key,
            from,
        })
    }

    /// Posts one mail. The mail's id goes along as an idempotency key, so that one posted twice is sent once where the service
    /// knows the header.
    pub async fn send(&self, mail: &Mail) -> Result<(), MailError> {
        let mut request = self
            .client
            .post(self.url.clone())
            .timeout(PATIENCE)
            .bearer_auth(&self.key)
            .json(&Posted {
                from: &self.from,
                to: [&mail.to],
                subject: &mail.subject,
                text: &mail.text,
                html: &mail.html,
                headers: mail.headers().into_iter().collect(),
            });
        if let Ok(id) = HeaderValue::from_str(&mail.id) {
            request = request.header(IDEMPOTENCY_KEY, id);
        }
        let response = request.send().await.map_err(unreachable)?;
        let status = response.status();
        if status.is_success() {
            return Ok(());
        }
        let words: String = response
            .text()
            .await
            .unwrap_or_default()
            .chars()
            .take(MAX_WORDS)
            .collect();
        Err(verdict(status, &words))
    }
}

/// Never shows the key.
impl fmt::Debug for HttpProvider {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "HttpProvider({})", self.url.host_str().unwrap_or("?"))
    }
}

/// What is wrong with the mail stays wrong; what is wrong with the service or our key can be mended.
fn verdict(status: StatusCode, words: &str) -> MailError {
    let told = format!("the mail service answered {}: {words}", status.as_u16());
    match status {
        StatusCode::BAD_REQUEST | StatusCode::UNPROCESSABLE_ENTITY => MailError::Refused(told),
        _ => MailError::Failed(told),
    }
}

fn unreachable(error: reqwest::Error) -> MailError {
    let what = if error.is_timeout() {
        "was too slow"
    } else {
        "can't be reached"
    };
    MailError::Failed(format!("the mail service {what}"))
}
