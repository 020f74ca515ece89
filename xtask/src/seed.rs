//! Demo data for a local run.

use rusqlite::Connection;

use crate::error::Result;

/// A log-in that `dev` prints.
#[derive(Debug, Clone, Copy)]
pub struct DemoLogin {
    /// What the person may do, in a few words.
    pub role: &'static str,
    /// The e-mail address to log in with.
    pub email: &'static str,
}

/// Who can log in to the demo data.
pub const DEMO_LOGINS: &[DemoLogin] = &[];

/// The one password of all demo log-ins.
pub const DEMO_PASSWORD: &str = "Practise-10-days!";

/// Writes the demo data. Called at every start of `dev`, with workerd down: what is there already stays, and the open
/// session moves with the clock. `now_ms` is the time now, in milliseconds since 1970.
pub fn demo(_database: &mut Connection, _now_ms: i64) -> Result<()> {
    Ok(())
}

/// Adds `count` past sessions for load tests and benchmarks.
pub fn past_sessions(_database: &mut Connection, _now_ms: i64, _count: u32) -> Result<()> {
    Ok(())
}
