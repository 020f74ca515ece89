//! Letters to reps: before a slot, and after one that was missed.

use super::writing;
use crate::error::ApiError;
use crate::mail::letters::{self, Moment};
use crate::mail::subscriptions::Unsubscribe;
use crate::ports::{Ports, new_id};
use domain::ids::MailId;
use domain::mailing::{NEWS_FOR_MS, REMIND_BEFORE_MS, Subscription};
use domain::session::Status;
use store::outbox::{AboutSession, MailKind, NewMail};
use store::sessions::{self, ToldRow};

/// Sessions in one round.
const ROUND: u32 = 100;

/// Rounds in a tick.
const ROUNDS: u32 = 10;

/// Reminds the reps whose slot is near.
pub(super) async fn remind_due<P: Ports>(ports: &P, now: u64) -> Result<(), ApiError> {
    for _ in 0..ROUNDS {
        let soon = sessions::soon(ports.db(), now, now + REMIND_BEFORE_MS, ROUND).await?;
        if soon.is_empty() {
            break;
        }
        let mails = mails(ports, &soon, MailKind::Reminder, now)?;
        sessions::remind(ports.db(), &soon, mails, now).await?;
    }
    Ok(())
}

/// The letters to those who missed; nobody is told of what was missed long ago.
pub(super) fn of_misses<P: Ports>(
    ports: &P,
    missed: &[ToldRow],
    now: u64,
) -> Result<Vec<(NewMail, Option<AboutSession>)>, ApiError> {
    let news: Vec<ToldRow> = missed
        .iter()
        .filter(|row| now.saturating_sub(row.slot_at) < NEWS_FOR_MS)
        .cloned()
        .collect();
    mails(ports, &news, MailKind::Missed, now)
}

fn mails<P: Ports>(
    ports: &P,
    sessions: &[ToldRow],
    kind: MailKind,
    now: u64,
) -> Result<Vec<(NewMail, Option<AboutSession>)>, ApiError> {
    let wanted: Vec<&ToldRow> = sessions.iter().filter(|row| row.wants_mail).collect();
    if wanted.is_empty() || !writing(ports, kind, wanted.len()) {
        return Ok(Vec::new());
    }
    let mail = |row: &ToldRow| mail(ports, row, kind, now);
    wanted.into_iter().map(mail).collect()
}

fn mail<P: Ports>(
    ports: &P,
    row: &ToldRow,
    kind: MailKind,
    now: u64,
) -> Result<(NewMail, Option<AboutSession>), ApiError> {
    let stop = Unsubscribe::new(row.company, row.user, Subscription::Reminders).link(ports)?;
    let app = &ports.config().app_url;
    let at = Moment::new(row.slot_at, row.utc_offset_minutes);
    let (letter, status) = match kind {
        MailKind::Reminder => (
            letters::reminder(&row.first_name, row.day, &row.theme, at, app, &stop),
            Status::Scheduled,
        ),
        _ => (
            letters::missed(&row.first_name, row.day, &row.theme, at, app, &stop),
            Status::Missed,
        ),
    };
    let id: MailId = new_id(ports)?;
    let mail = NewMail {
        id,
        company: Some(row.company),
        user: Some(row.user),
        // A session that was moved is reminded of again.
        once_key: format!("{}:{}:{}", kind.as_str(), row.id, row.slot_at),
        kind,
        to: row.email.clone(),
        letter,
        unsubscribe: Some(stop),
        now,
    };
    let about = AboutSession {
        id: row.id,
        status,
        slot_at: row.slot_at,
    };
    Ok((mail, Some(about)))
}
