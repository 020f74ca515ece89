//! Sessions: what is listed, started, finished and shown afterwards.
//!
//! While a session runs, its chat and its step live in its Durable Object; these tables know only that it runs.

mod disagreement;
mod finish;
mod listing;
mod notes;
mod overrides;
mod practice;
mod progress;
mod purge;
mod regrades;
mod result;
mod schedule;
mod start;
mod told;
mod verdicts;

pub use finish::{FinishedSession, finish};
pub use listing::{Filter, Place, Reps, list, upcoming};
pub use notes::{NoteRow, notes, write_note};
pub use overrides::{NewOverride, OverrideRow, override_score, overrides, withdraw_override};
pub use practice::{Freely, NewPractice, freely, practise};
pub use progress::{ProgressRow, RecentRow, progress, recent};
pub use purge::{PurgingRow, purge, purging};
pub use regrades::{
    Answer, AnsweredDrill, Claim, MAX_VERSIONS, NewRegrade, RegradeMaterial, RegradeRow, Standing,
    claim_regrade, regrade_material, regrades, release_regrade, standing, write_regrade,
};
pub use result::{MessageRow, StoredResult, result, transcript};
pub use schedule::{
    NewSession, Planned, Schedulable, reschedule, schedulable, schedule, unschedule,
};
pub use start::{StartMaterial, mark_started, start_material};
pub use told::{ToldRow, miss, remind, soon, unstarted};
pub use verdicts::{
    FIRST_VERSION, VerdictRow, VersionRow, verdicts, verdicts_of_version, versions,
};

use crate::{Db, DbError, FromRow, Statement};
use domain::ids::{CompanyId, GroupId, ScenarioId, SessionId, UserId};
use domain::session::{SessionKind, Status};
use serde::Deserialize;
use std::ops::Range;

/// A session in a list, with all that a rep may know of it beforehand.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct SessionRow {
    /// The session.
    pub id: SessionId,
    /// Its tenant.
    pub company: CompanyId,
    /// Its rep.
    pub user: UserId,
    /// "Asha Verma".
    pub rep_name: String,
    /// The rep's group when it was scheduled, while that group is there.
    pub group_id: Option<GroupId>,
    /// Its scenario.
    pub scenario: ScenarioId,
    /// One of the ten days, or free practice.
    pub kind: SessionKind,
    /// Counts up with every change of the schedule's row.
    pub version: u64,
    /// 1 to 10.
    pub day: u8,
    /// The day's theme.
    pub theme: String,
    /// What awaits the rep.
    pub description: String,
    /// Where it stands in the schedule. The step of a running session is known to its object alone.
    pub status: Status,
    /// The slot, Unix ms.
    pub slot_at: u64,
    /// From here it may be started, Unix ms.
    pub opens_at: u64,
    /// From here it may not, Unix ms.
    pub closes_at: u64,
    /// Minutes that the group's clock was ahead of UTC at the slot: what "today" means to its rep.
    pub utc_offset_minutes: i32,
    /// Unix ms of its start.
    pub started_at: Option<u64>,
    /// Unix ms of its end.
    pub ended_at: Option<u64>,
    /// It was started late.
    pub late: bool,
    /// How long it should take, minutes.
    pub target_minutes: u16,
    /// The day's customers.
    pub drills: Vec<DrillCardRow>,
    /// The score of the final answers, once completed.
    pub score: Option<u8>,
    /// The score of the first answers, once completed.
    pub first_score: Option<u8>,
    /// Who coached, once completed: `builtin`, or a provider's model id.
    pub model: Option<String>,
    /// The number of the last line of its log, once completed.
    pub last_event_id: Option<u64>,
    /// An answer seems to speak to whoever scores it: for managers alone.
    pub suspected: bool,
}

/// A drill before it is practised.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct DrillCardRow {
    /// The drill's id in its scenario.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Who writes.
    pub customer_name: String,
    /// What they do.
    pub customer_business: String,
}

/// The columns of [`SessionRow`]. A completed session shows the version it was judged by; any other the one that would be served now.
macro_rules! session_columns {
    () => {
        concat!(
            "
    SELECT s.id, s.company_id AS company, s.user_id AS user,
           u.first_name || ' ' || u.last_name AS rep_name, s.group_id, s.scenario_id AS scenario, s.kind, s.day, s.version,
           v.theme, v.description, s.status, s.slot_at, s.opens_at, s.closes_at, s.utc_offset_minutes, s.started_at,
           s.ended_at, s.late,
           c.session_minutes AS target_minutes, s.score, s.first_score, s.model, s.last_event_id, s.suspected,
           ",
            crate::column::drill_cards!(),
            " AS drills"
        )
    };
}

macro_rules! session_joins {
    () => {
        "
    JOIN companies c ON c.id = s.company_id
    JOIN users u ON u.id = s.user_id
    JOIN scenarios sc ON sc.id = s.scenario_id
    JOIN scenario_versions v ON v.id = coalesce(s.scenario_version_id, sc.published_version_id,
        (SELECT id FROM scenario_versions
         WHERE scenario_id = sc.id AND published_at IS NOT NULL ORDER BY number DESC LIMIT 1))"
    };
}

pub(crate) use {session_columns, session_joins};

const TODAY: &str = concat!(
    "
    WITH mine AS (
        SELECT id, iif(kind = 'programme', 0, 2) AS place, slot_at AS at FROM sessions
        WHERE company_id = ?1 AND user_id = ?2 AND status = 'in_progress'
        UNION ALL
        SELECT id, 1, slot_at FROM sessions
        WHERE company_id = ?1 AND user_id = ?2 AND status = 'scheduled' AND closes_at > ?3 AND opens_at < ?5
        UNION ALL
        SELECT id, 3, ended_at FROM sessions
        WHERE company_id = ?1 AND user_id = ?2 AND kind IN ('programme', 'practice') AND status = 'completed' AND ended_at >= ?4 AND ended_at < ?5)",
    session_columns!(),
    "
    FROM mine JOIN sessions s ON s.id = mine.id",
    session_joins!(),
    "
    ORDER BY mine.place, mine.at"
);

/// A rep's sessions to do now or later in `day` (Unix ms), those that run whatever their day, and those finished in it;
/// the one to do first comes first.
pub async fn today(
    db: &impl Db,
    company: CompanyId,
    user: UserId,
    now: u64,
    day: Range<u64>,
) -> Result<Vec<SessionRow>, DbError> {
    let statement = Statement::new(TODAY)
        .bind(company)
        .bind(user)
        .bind(now)
        .bind(day.start)
        .bind(day.end);
    db.all(statement).await
}

const FIND: &str = concat!(
    session_columns!(),
    "
    FROM sessions s",
    session_joins!(),
    "
    WHERE s.id = ?1 AND s.company_id = ?2"
);

/// One session of a company.
pub async fn find(
    db: &impl Db,
    company: CompanyId,
    session: SessionId,
) -> Result<Option<SessionRow>, DbError> {
    db.first(Statement::new(FIND).bind(session).bind(company))
        .await
}

#[derive(FromRow)]
struct Owner {
    company: CompanyId,
}

const TENANT_OF: &str = "SELECT company_id AS company FROM sessions WHERE id = ?1";

/// The company a session belongs to: for a super admin, who sees all of them, before any other call.
pub async fn tenant_of(db: &impl Db, session: SessionId) -> Result<Option<CompanyId>, DbError> {
    let owner: Option<Owner> = db.first(Statement::new(TENANT_OF).bind(session)).await?;
    Ok(owner.map(|owner| owner.company))
}
