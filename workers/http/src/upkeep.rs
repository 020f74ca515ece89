//! What nobody asks for and still has to be done: cron calls it every minute.

use crate::ports::{Fault, Ports};
use crate::{mail, voice};

/// Sends the mails that are due and deletes the recordings whose time is over. Twice is once; what fails is reported and waits for
/// the next round, and recordings don't wait for mails.
pub async fn tick<P: Ports>(ports: &P) {
    mail::send_due(ports).await;
    if let Err(error) = voice::sweep(ports).await {
        ports.report(&Fault::unasked("DELETE", "recordings", &error));
    }
}
