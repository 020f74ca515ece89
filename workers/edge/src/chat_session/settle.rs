//! The end of a session and the care for a running one: handing the finished session to D1, alarms, cleaning up.

use super::room::{Room, mint_uuid};
use crate::d1::D1;
use crate::settings;
use coach::builtin;
use contract::session::{SessionResult, VoiceDrillText};
use domain::ids::SessionId;
use domain::session::{KEPT_AFTER_END_MS, Outcome, Status};
use std::time::Duration;
use store::sessions::FinishedSession;

/// While a turn runs, the object is woken this often: an orphan is repaired well within 30 s.
const WATCH_EVERY: Duration = Duration::from_secs(20);

/// A settled log is deleted this long after it was settled: a little later than it may be asked for.
const CLEAN_UP_AFTER: Duration = Duration::from_millis(KEPT_AFTER_END_MS + 60_000);

/// D1 is tried again this long after a failure.
const RETRY_AFTER: Duration = Duration::from_secs(5);

/// Sets the alarm that watches a running turn.
pub async fn watch_turn(room: &Room) -> worker::Result<()> {
    room.storage().set_alarm(WATCH_EVERY).await
}

/// The alarm: repairs, settles, cleans up, and sets the next one while there is something to do. Twice is once.
pub async fn on_alarm(room: &Room) -> worker::Result<()> {
    room.repair()?;
    if room.read(|live| live.running().is_some()) {
        return watch_turn(room).await;
    }
    when_completed(room).await?;
    if room.settled_at()?.is_none() {
        return Ok(());
    }
    if kept_until(room).is_some_and(|until| room.now() >= until) {
        return room.forget().await;
    }
    room.storage().set_alarm(CLEAN_UP_AFTER).await
}

/// Unix ms until which a completed session's log stays, so that a client that lost its connection at the very end can still
/// read it.
fn kept_until(room: &Room) -> Option<u64> {
    room.read(|live| live.ended_at())
        .map(|ended| ended + KEPT_AFTER_END_MS)
}

/// Hands a completed session to D1, unless D1 has it. A failure is not the caller's: the alarm tries again.
pub async fn when_completed(room: &Room) -> worker::Result<()> {
    let Some(finished) = finished(room) else {
        return Ok(());
    };
    if room.settled_at()?.is_some() {
        return Ok(());
    }
    match hand_over(room, &finished).await {
        Ok(()) => {
            room.mark_settled()?;
            room.storage().set_alarm(CLEAN_UP_AFTER).await
        }
        Err(error) => {
            worker::console_error!("session object: D1 did not take the session: {error}");
            room.storage().set_alarm(RETRY_AFTER).await
        }
    }
}

async fn hand_over(room: &Room, finished: &FinishedSession) -> Result<(), String> {
    let db = D1::of(room.env()).map_err(|error| error.to_string())?;
    store::sessions::finish(&db, finished)
        .await
        .map_err(|error| error.to_string())?;
    let owner = room.read(|live| live.frozen().map(|frozen| (frozen.company, frozen.user)));
    if let Some((company, user)) = owner
        && settings::demo(room.env())
    {
        let next = SessionId(mint_uuid(room.now()));
        let opened = store::demo::open_next(&db, company, user, next, room.now()).await;
        opened.map_err(|error| error.to_string())?;
    }
    Ok(())
}

fn finished(room: &Room) -> Option<FinishedSession> {
    room.read(|live| {
        let outcome = live.outcome()?;
        FinishedSession::of(live, &notes(&outcome))
    })
}

/// The result of a completed session.
pub fn result(room: &Room) -> Option<SessionResult> {
    room.read(|live| {
        let outcome = live.outcome()?;
        let frozen = live.frozen()?;
        Some(SessionResult {
            session_id: frozen.session,
            day: frozen.text.day,
            theme: frozen.text.theme.clone(),
            status: Status::Completed,
            score: outcome.score,
            first_score: outcome.first_score,
            metrics: outcome.metrics,
            first_metrics: outcome.first_metrics,
            verdicts: SessionResult::drills_of(&outcome),
            coach_notes: notes(&outcome),
            manager_notes: None,
            late: frozen.late,
            started_at: live.started_at(),
            ended_at: live.ended_at()?,
            duration_seconds: outcome.duration_seconds,
            voice_drill: VoiceDrillText {
                text: frozen.text.voice_drill.text.clone(),
                instructions: frozen.text.voice_drill.instructions.clone(),
            },
            overrides: Vec::new(),
            regrades: Vec::new(),
            suspicions: Vec::new(),
        })
    })
}

fn notes(outcome: &Outcome) -> String {
    builtin::session_notes(outcome)
}
