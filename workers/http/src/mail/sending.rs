//! From the outbox to the mailer. Two that send at once never send the same mail.

use super::{Mail, MailError, Mailer};
use crate::ports::{Fault, Ports};
use domain::mailing::{REMINDER_GOOD_MS, SENDING_MS, next_attempt};
use futures::stream::{self, TryStreamExt};
use store::DbError;
use store::outbox::{self, DueMail, MailKind};

/// How many mails one round sends.
const ROUND: u32 = 20;

/// Rounds of a tick of cron: with a claim, a call and a mark for each mail, well below the calls that a Worker may make.
const ROUNDS: u32 = 10;

/// How many mails are on their way at once: a Worker has six connections.
const AT_ONCE: usize = 5;

/// Sends what is due now, one round. A mail that fails waits for a later round; a failing database is reported.
pub async fn send_due<P: Ports>(ports: &P) {
    send_rounds(ports, 1).await;
}

/// Sends what is due now, as much as a tick of cron can.
pub(crate) async fn send_all_due<P: Ports>(ports: &P) {
    send_rounds(ports, ROUNDS).await;
}

async fn send_rounds<P: Ports>(ports: &P, rounds: u32) {
    if !ports.mailer().delivers() {
        return;
    }
    for _ in 0..rounds {
        match send_round(ports).await {
            Ok(true) => {}
            Ok(false) => break,
            Err(error) => return ports.report(&Fault::unasked("SEND", "outbox", &error)),
        }
    }
}

/// Gives whether there may be more.
async fn send_round<P: Ports>(ports: &P) -> Result<bool, DbError> {
    let due = outbox::due(ports.db(), ports.now_ms(), ROUND).await?;
    let more = due.len() == usize::try_from(ROUND).unwrap_or(usize::MAX);
    let sending = due.into_iter().map(|mail| Ok(claim_and_send(ports, mail)));
    stream::iter(sending)
        .try_buffer_unordered(AT_ONCE)
        .try_collect::<()>()
        .await?;
    Ok(more)
}

async fn claim_and_send<P: Ports>(ports: &P, due: DueMail) -> Result<(), DbError> {
    let now = ports.now_ms();
    if !outbox::claim(ports.db(), due.id, now, now + SENDING_MS).await? {
        return Ok(());
    }
    if due.kind == MailKind::Reminder && now.saturating_sub(due.created_at) > REMINDER_GOOD_MS {
        return outbox::mark_failed(ports.db(), due.id, "too late to remind", None).await;
    }
    send_one(ports, due).await
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
        unsubscribe: due.unsubscribe,
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
