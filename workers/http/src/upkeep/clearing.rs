//! What goes when its time is over: transcripts by their company's retention, and rows that count no more.

use crate::error::ApiError;
use crate::ports::Ports;
use store::{expiry, sessions};

/// Companies whose transcripts are looked at in a tick.
const COMPANIES: u32 = 20;

/// Transcripts of one company that go in a tick; more follow with the next ones.
const TRANSCRIPTS: u32 = 50;

/// Rows of one kind that go at once.
const ROWS: u32 = 500;

/// How often in a tick.
const ROUNDS: u32 = 5;

/// Deletes the transcripts whose time is over.
pub(super) async fn purge_due<P: Ports>(ports: &P, now: u64) -> Result<(), ApiError> {
    for company in sessions::purging(ports.db(), now, COMPANIES).await? {
        sessions::purge(ports.db(), &company, now, TRANSCRIPTS).await?;
    }
    Ok(())
}

/// Deletes the rows whose time is over.
pub(super) async fn sweep<P: Ports>(ports: &P, now: u64) -> Result<(), ApiError> {
    for _ in 0..ROUNDS {
        if expiry::sweep(ports.db(), now, ROWS).await? < ROWS.into() {
            break;
        }
    }
    Ok(())
}
