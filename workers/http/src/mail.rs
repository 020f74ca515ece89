//! Mail: letters go into the outbox in the same batch as their cause, and from there to whoever delivers, after the answer.
//!
//! - [`Mailer`]: whoever delivers. [`provider`]: a mail service over HTTP.
//! - `letters`: what is written.
//! - `sending`: from the outbox to the mailer.
//! - [`subscriptions`]: having no more of some.

pub(crate) mod letters;
pub mod provider;
mod sending;
pub mod subscriptions;

pub(crate) use sending::send_all_due;
pub use sending::send_due;

use crate::ports::Ports;
use serde::Serialize;
use std::future::Future;

/// A mail as it is handed over.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Mail {
    /// Its id in the outbox: a mail that is handed over twice has the same one.
    pub id: String,
    /// One address.
    pub to: String,
    /// The subject.
    pub subject: String,
    /// The whole letter as text.
    pub text: String,
    /// The whole letter as HTML.
    pub html: String,
    /// Where a mail program asks for no more of them (RFC 8058).
    pub unsubscribe: Option<String>,
}

impl Mail {
    /// The headers that it travels with, besides those that every mail has.
    pub fn headers(&self) -> Vec<(&'static str, String)> {
        let link = self.unsubscribe.as_ref();
        link.map_or_else(Vec::new, |link| {
            vec![
                ("List-Unsubscribe", format!("<{link}>")),
                (
                    "List-Unsubscribe-Post",
                    "List-Unsubscribe=One-Click".to_owned(),
                ),
            ]
        })
    }
}

/// Why a mail was not taken.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum MailError {
    /// It will not be taken later either.
    #[error("refused: {0}")]
    Refused(String),
    /// It may be taken later.
    #[error("{0}")]
    Failed(String),
}

/// Whoever delivers mail.
pub trait Mailer: Clone + Send + Sync + 'static {
    /// Somebody delivers. Without, mails stay in the outbox.
    fn delivers(&self) -> bool;

    /// Hands one mail over.
    fn send(&self, mail: Mail) -> impl Future<Output = Result<(), MailError>> + Send;
}

/// Sends what is due once the answer is out, so that no answer waits for a mail service, nor tells by its time that there
/// was something to send.
pub(crate) fn send_soon<P: Ports>(ports: &P) {
    if ports.mailer().delivers() {
        let later = ports.clone();
        ports.after_answer(async move { send_due(&later).await });
    }
}
