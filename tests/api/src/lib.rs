//! What the black-box tests stand on: a whole running system ([`Stack`]), people who use it ([`Person`], [`Rep`],
//! [`Firm`]) and the
//! streams they read ([`Stream`]). Only public calls are used; the database is opened only while workerd is down.
//!
//! Everything here fails loudly: a panic with what was expected is just what a test needs.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing
)]

mod answer;
mod answers;
mod firm;
mod person;
mod practice;
mod rep;
mod stack;
mod stream;

pub use answer::{Answer, answer};
pub use answers::{GOOD, HESITANT, PLAIN};
pub use firm::{Firm, SUPER_ADMIN, group_form, person_form, unique};
pub use person::{PASSWORD, Person, problem};
pub use practice::{Halt, MOMENTS, Moment, Practice, Sent};
pub use rep::{Ended, Rep, request_id};
pub use stack::{MODEL, PARTNER, Settings, Stack, copy_folder, shared};
pub use stream::{Cut, Seen, Stream, whole};

use std::future::Future;
use std::time::{Duration, Instant};

/// How long anything may take before a test gives up, on a machine that builds something else meanwhile.
pub const PATIENCE: Duration = Duration::from_secs(60);

/// Asks until the answer is there, at most `limit` long.
pub async fn eventually<T, F: Future<Output = Option<T>>>(
    what: &str,
    limit: Duration,
    mut ask: impl FnMut() -> F,
) -> T {
    let started = Instant::now();
    loop {
        if let Some(answer) = ask().await {
            return answer;
        }
        assert!(
            started.elapsed() < limit,
            "{what}: not within {} s",
            limit.as_secs()
        );
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}
