//! From the outbox to the mailer. Two that send at once never send the same mail.

use super::{Mail, MailError, Mailer};
use crate::ports::{Fault, Ports};
use domain::mailing::{SENDING_MS, next_attempt};
use store::DbError;
use store::outbox::{self, DueMail};

/// How many mails one round sends.
const ROUND: u32 = 20;

/// Sends what is due now. A mail that fails waits for a later round; a failing database is reported.
pub async fn send_due<P: Ports>(ports: &P) {
    if !ports.mailer().delivers() {
        return;
    }
    if let Err(error) = send_round(ports).await {
        ports.report(&Fault::unasked("SEND", "outbox", &error));
    }
}

async fn send_round<P: Ports>(ports: &P) -> Result<(), DbError> {
    for due in outbox::due(ports.db(), ports.now_ms(), ROUND).await? {
        let now = ports.now_ms();
        if outbox::claim(ports.db(), due.id, now, now + SENDING_MS).await? {
            send_one(ports, due).await?;
        }
    }
    Ok(())
}

async fn send_one<P: Ports>(ports: &P, due: DueMail) -> Result<(), DbError> {
    let id = due.id;
    let attempts = due.attempts + 1;
    let mail = Mail {
        id: id.to_string(),
        to: due.to_address,
        subject: due.subject,
        text: due.body_text,
        html: due.body_html,
    };
    let sent = ports.mailer().send(mail).await;
    let now = ports.now_ms();
    match sent {
        Ok(()) => outbox::mark_sent(ports.db(), id, now).await,
        Err(error) => {
            let again = match &error {
                MailError::Refused(_) => None,
                MailError::Failed(_) => next_attempt(attempts, now),
            };
            outbox::mark_failed(ports.db(), id, &error.to_string(), again).await
        }
    }
}
