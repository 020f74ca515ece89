//! Mail in the tests: kept in the outbox, taken, refused, or posted to a service over real HTTP.

use super::World;
use captain_http::mail::provider::HttpProvider;
use captain_http::mail::{Mail, MailError, Mailer};
use std::sync::{Arc, Mutex};
use store::outbox::{self, OutboxRow};

/// Whoever delivers mail in a test. Clones share it.
#[derive(Clone, Default)]
pub struct Post {
    carrier: Arc<Mutex<Carrier>>,
    taken: Arc<Mutex<Vec<Mail>>>,
}

#[derive(Clone, Default)]
enum Carrier {
    /// Mails stay in the outbox.
    #[default]
    Nobody,
    /// Every mail is taken.
    Good,
    /// None is.
    Bad(MailError),
    /// A service.
    Http(HttpProvider),
}

impl Post {
    pub fn delivers_all(&self) {
        *self.carrier.lock().unwrap() = Carrier::Good;
    }

    pub fn fails_with(&self, error: MailError) {
        *self.carrier.lock().unwrap() = Carrier::Bad(error);
    }

    pub fn posts_to(&self, provider: HttpProvider) {
        *self.carrier.lock().unwrap() = Carrier::Http(provider);
    }

    /// What was taken so far, since the last look.
    pub fn taken(&self) -> Vec<Mail> {
        std::mem::take(&mut self.taken.lock().unwrap())
    }
}

impl Mailer for Post {
    fn delivers(&self) -> bool {
        !matches!(*self.carrier.lock().unwrap(), Carrier::Nobody)
    }

    async fn send(&self, mail: Mail) -> Result<(), MailError> {
        let carrier = self.carrier.lock().unwrap().clone();
        match carrier {
            Carrier::Nobody => unreachable!("nobody is asked"),
            Carrier::Good => {}
            Carrier::Bad(error) => return Err(error),
            Carrier::Http(provider) => provider.send(&mail).await?,
        }
        self.taken.lock().unwrap().push(mail);
        Ok(())
    }
}

impl World {
    /// The latest mail in the outbox.
    pub async fn latest_mail(&self) -> OutboxRow {
        let mails = outbox::latest(&self.db, 1).await.unwrap();
        mails.into_iter().next().expect("a mail was written")
    }

    /// How many mails the outbox has.
    pub async fn mails(&self) -> usize {
        outbox::latest(&self.db, 1_000).await.unwrap().len()
    }

    /// The token of the link in the latest mail.
    pub async fn mailed_token(&self) -> String {
        token_in(&self.latest_mail().await.body_text)
    }
}

/// The token of the link in a text.
pub fn token_in(text: &str) -> String {
    let (_, rest) = text.split_once("#token=").expect("a link");
    rest.split_whitespace().next().unwrap().to_owned()
}
