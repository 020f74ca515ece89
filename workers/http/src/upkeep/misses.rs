//! Sessions whose window closed without a start.

use super::reminders;
use crate::error::ApiError;
use crate::ports::Ports;
use store::sessions;

/// Sessions in one round: they travel as one batch with their roll-ups.
const ROUND: u32 = 200;

/// Rounds in a tick.
const ROUNDS: u32 = 5;

/// A session that was started in the window's last moment has this long to be marked so in the database, ms.
const ON_ITS_WAY_MS: u64 = 60 * 1_000;

/// Calls missed what nobody started. Its day is served again, since what is planned for its rep is planned anew.
pub(super) async fn miss_due<P: Ports>(ports: &P, now: u64) -> Result<(), ApiError> {
    let closed_at = now.saturating_sub(ON_ITS_WAY_MS);
    for _ in 0..ROUNDS {
        let missed = sessions::unstarted(ports.db(), now, closed_at, ROUND).await?;
        if missed.is_empty() {
            break;
        }
        let mails = reminders::of_misses(ports, &missed, now)?;
        sessions::miss(ports.db(), &missed, mails, closed_at, now).await?;
    }
    Ok(())
}
