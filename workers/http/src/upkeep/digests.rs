//! The weekly letter to managers: who practised, who missed, who improves.

use super::writing;
use crate::error::ApiError;
use crate::mail::letters::{self, RepLine};
use crate::mail::subscriptions::Unsubscribe;
use crate::ports::{Fault, Ports, new_id};
use crate::sessions::ZONE_WITHOUT_GROUP;
use domain::ids::MailId;
use domain::mailing::{NEWS_FOR_MS, Subscription, digest_rhythm};
use domain::schedule::{Slot, monday_of};
use store::digests::{self, DueManager, RepWeek, Week};
use store::outbox::{MailKind, NewMail};

/// Managers in a tick.
const ROUND: u32 = 50;

const DAY_MS: u64 = 24 * 60 * 60 * 1_000;
const DAYS_OF_A_WEEK: u64 = 7;

/// Writes to the managers whose Monday morning has come. One who never got a letter is only put in the calendar.
pub(super) async fn tell_due<P: Ports>(ports: &P, now: u64) -> Result<(), ApiError> {
    let due = digests::due(ports.db(), now, ROUND).await?;
    if due.is_empty() {
        return Ok(());
    }
    let weeks: Vec<Week> = due
        .iter()
        .filter(|row| row.company_active && now.saturating_sub(row.due_at) < NEWS_FOR_MS)
        .map(|row| week(ports, row, now))
        .collect();
    let reps = digests::reps(ports.db(), &weeks).await?;
    let mut mails = Vec::new();
    for week in &weeks {
        let reps: Vec<&RepWeek> = reps
            .iter()
            .filter(|rep| rep.manager == week.manager)
            .collect();
        let idle = reps.iter().all(|rep| rep.completed + rep.missed == 0);
        if let Some(row) = due.iter().find(|row| row.manager == week.manager)
            && !idle
        {
            mails.push(mail(ports, row, week, &reps, now)?);
        }
    }
    if !mails.is_empty() && !writing(ports, MailKind::Digest, mails.len()) {
        mails.clear();
    }
    let next: Vec<(&DueManager, u64)> = due
        .iter()
        .map(|row| (row, next_due(ports, row, now)))
        .collect();
    digests::tell(ports.db(), mails, &next).await?;
    Ok(())
}

fn zone(row: &DueManager) -> &str {
    row.zone.as_deref().unwrap_or(ZONE_WITHOUT_GROUP)
}

/// The week before the one that has begun.
fn week<P: Ports>(ports: &P, row: &DueManager, now: u64) -> Week {
    let here = Slot {
        at: now,
        utc_offset_minutes: ports.utc_offset_minutes(zone(row), now).unwrap_or(0),
    };
    Week {
        manager: row.manager,
        company: row.company,
        monday: monday_of(here.local_day()) - DAYS_OF_A_WEEK,
    }
}

/// A zone that the platform doesn't know is told of, and holds nobody up.
fn next_due<P: Ports>(ports: &P, row: &DueManager, now: u64) -> u64 {
    let next = digest_rhythm().next(now, |at| ports.utc_offset_minutes(zone(row), at));
    match next {
        Some(slot) => slot.at,
        None => {
            let why = format!("the platform knows no zone {}", zone(row));
            let what = format!("digest of {}", row.manager);
            ports.report(&Fault::unasked("WRITE", &what, &why));
            now + DAYS_OF_A_WEEK * DAY_MS
        }
    }
}

fn mail<P: Ports>(
    ports: &P,
    row: &DueManager,
    week: &Week,
    reps: &[&RepWeek],
    now: u64,
) -> Result<NewMail, ApiError> {
    let stop = Unsubscribe::new(row.company, row.manager, Subscription::Digest).link(ports)?;
    let lines: Vec<RepLine<'_>> = reps.iter().map(|rep| line(rep)).collect();
    let id: MailId = new_id(ports)?;
    let monday = week.monday * DAY_MS;
    Ok(NewMail {
        id,
        company: Some(row.company),
        user: Some(row.manager),
        once_key: format!("digest:{}:{}", row.manager, week.monday),
        kind: MailKind::Digest,
        to: row.email.clone(),
        letter: letters::digest(
            &row.first_name,
            monday,
            &lines,
            &ports.config().app_url,
            &stop,
        ),
        unsubscribe: Some(stop),
        now,
    })
}

fn line(rep: &RepWeek) -> RepLine<'_> {
    RepLine {
        name: &rep.name,
        completed: rep.completed,
        missed: rep.missed,
        gained: rep
            .first_score
            .zip(rep.before)
            .map(|(now, before)| now - before),
    }
}
