//! A world in which time passes, and every call is written down.

use captain_http::model::{Attempt, World};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Mutex, MutexGuard};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// A world with the machine's clock.
#[derive(Debug, Default)]
pub struct RealTime {
    attempts: Mutex<Vec<Attempt>>,
    dice: AtomicU32,
}

impl RealTime {
    /// The calls that were made, in the order of their ends.
    pub fn attempts(&self) -> MutexGuard<'_, Vec<Attempt>> {
        self.attempts.lock().unwrap()
    }
}

impl World for RealTime {
    fn now_ms(&self) -> u64 {
        let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap();
        u64::try_from(now.as_millis()).unwrap()
    }

    async fn sleep(&self, ms: u64) {
        tokio::time::sleep(Duration::from_millis(ms)).await;
    }

    /// Small numbers: waits are as short as they may be, and the same in every run.
    fn random(&self) -> u32 {
        self.dice.fetch_add(1, Ordering::SeqCst)
    }

    fn attempted(&self, attempt: Attempt) {
        self.attempts.lock().unwrap().push(attempt);
    }
}
