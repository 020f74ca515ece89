//! What nobody asks for and still has to be done: cron calls it every minute.
//!
//! Each part asks what is due, by index and in bounded rounds, does that and nothing else: twice, late, out of order or at once
//! with another tick is the same. What fails is reported and is due again; no part waits for another.
//!
//! - `planning`: sessions, a day ahead. `misses`: those that nobody started. Opening and lateness follow from the time.
//! - `reminders`, `digests`: letters to reps and managers.
//! - `clearing`: rows and transcripts whose time is over.

mod clearing;
mod digests;
mod misses;
mod planning;
mod reminders;

use crate::ports::{Fault, Ports};
use crate::{mail, voice};
use store::outbox::MailKind;

/// One tick. `scheduled_at` is the moment it was meant for, Unix ms: it counts only when it is later than the clock. A tick that
/// comes late, or again, does what is due by now, so it never opens or plans what has passed.
pub async fn tick<P: Ports>(ports: &P, scheduled_at: u64) {
    let now = scheduled_at.max(ports.now_ms());
    told(
        ports,
        "MISS",
        "sessions",
        misses::miss_due(ports, now).await,
    );
    told(
        ports,
        "PLAN",
        "sessions",
        planning::plan_due(ports, now).await,
    );
    told(
        ports,
        "WRITE",
        "reminders",
        reminders::remind_due(ports, now).await,
    );
    told(
        ports,
        "WRITE",
        "digests",
        digests::tell_due(ports, now).await,
    );
    mail::send_all_due(ports).await;
    told(
        ports,
        "DELETE",
        "transcripts",
        clearing::purge_due(ports, now).await,
    );
    told(ports, "DELETE", "rows", clearing::sweep(ports, now).await);
    told(
        ports,
        "DELETE",
        "recordings",
        voice::sweep(ports).await.map(drop),
    );
}

fn told<E: std::fmt::Display>(ports: &impl Ports, verb: &str, what: &str, done: Result<(), E>) {
    if let Err(error) = done {
        ports.report(&Fault::unasked(verb, what, &error));
    }
}

/// Whether letters can be written. Nobody called, so only the settings can tell where the app is that their links open.
fn writing(ports: &impl Ports, kind: MailKind, letters: usize) -> bool {
    let known = !ports.config().app_url.is_empty();
    if !known {
        let why = format!("{letters} not written: set APP_URL, the address of the app");
        ports.report(&Fault::unasked("WRITE", kind.as_str(), &why));
    }
    known
}
