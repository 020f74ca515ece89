//! The `Mailer` port: a mail service over HTTP, Cloudflare's e-mail binding, or nobody.

use crate::settings::{self, SettingsError};
use captain_http::mail::provider::HttpProvider;
use captain_http::mail::{Mail, MailError, Mailer};
use js_sys::{JsString, Object, Reflect};
use std::future::Future;
use std::sync::Arc;
use worker::send::SendFuture;
use worker::{Env, SendEmail, SendEmailBuilder};

/// The e-mail binding's name in `wrangler.toml`.
const BINDING: &str = "MAIL";

/// Whoever delivers mail in this environment.
#[derive(Clone)]
pub enum EdgeMailer {
    /// `MAIL_HTTP_URL` is set.
    Http(HttpProvider),
    /// The binding is there. `from` is the sender.
    Binding {
        /// The binding.
        binding: Arc<SendEmail>,
        /// `captain@example.com`
        from: String,
    },
    /// Mails stay in the outbox.
    Nobody,
}

impl EdgeMailer {
    /// The mailer that the settings ask for.
    pub fn of(env: &Env) -> Result<Self, SettingsError> {
        let url = settings::text(env, "MAIL_HTTP_URL").filter(|url| !url.is_empty());
        let binding = env.send_email(BINDING).ok();
        if url.is_none() && binding.is_none() {
            return Ok(Self::Nobody);
        }
        let from = settings::text(env, "MAIL_FROM")
            .filter(|from| !from.is_empty())
            .ok_or(SettingsError::Missing("MAIL_FROM"))?;
        if let Some(url) = url {
            let key = settings::secret(env, "MAIL_HTTP_KEY").unwrap_or_default();
            return Ok(Self::Http(HttpProvider::new(&url, key, from)?));
        }
        Ok(binding.map_or(Self::Nobody, |binding| Self::Binding {
            binding: Arc::new(binding),
            from,
        }))
    }
}

impl Mailer for EdgeMailer {
    fn delivers(&self) -> bool {
        !matches!(self, EdgeMailer::Nobody)
    }

    fn send(&self, mail: Mail) -> impl Future<Output = Result<(), MailError>> + Send {
        let mailer = self.clone();
        SendFuture::new(async move {
            match mailer {
                EdgeMailer::Http(provider) => provider.send(&mail).await,
                EdgeMailer::Binding { binding, from } => {
                    let built = SendEmailBuilder::builder(&from, &mail.to, &mail.subject)
                        .text(&mail.text)
                        .html(&mail.html)
                        .headers(&headers(&mail))
                        .build();
                    let sent = binding.send_with_builder(&built).await;
                    sent.map(|_| ()).map_err(|error| {
                        MailError::Failed(format!("the e-mail binding: {error:?}"))
                    })
                }
                EdgeMailer::Nobody => Err(MailError::Failed("nobody delivers mail".to_owned())),
            }
        })
    }
}

/// The mail's own headers as an object of the platform. One that can't be set is left out: the letter has the link, too.
fn headers(mail: &Mail) -> Object<JsString> {
    let headers = Object::new_typed();
    for (name, value) in mail.headers() {
        let _ = Reflect::set(&headers, &name.into(), &value.into());
    }
    headers
}
