//! Lists of sessions. Each rep's own are read by an index and cut to a page, then put together: what a page costs grows with
//! the number of reps it is about, and not with what they practised before. A whole company's latest have an index of their own.

use super::{SessionRow, session_columns, session_joins};
use crate::{Db, DbError, Statement};
use domain::ids::{CompanyId, GroupId, SessionId, TeamId, UserId};
use domain::session::Status;
use serde::{Deserialize, Serialize};

/// Whose sessions are listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reps {
    /// One person's.
    One(UserId),
    /// Those of the reps in a manager's teams.
    LedBy(UserId),
    /// A whole company's.
    All,
}

/// What a list is narrowed to: all of it holds together.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Filter {
    /// The rep was in this team then.
    pub team: Option<TeamId>,
    /// The rep was in this group then.
    pub group: Option<GroupId>,
    /// In this state.
    pub status: Option<Status>,
    /// 1 to 10.
    pub day: Option<u8>,
    /// With a slot from here on, Unix ms.
    pub from: Option<u64>,
    /// With a slot before, Unix ms.
    pub to: Option<u64>,
}

/// A session's place in a list: by slot, then id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// Unix ms.
    pub slot_at: u64,
    /// The session.
    pub id: SessionId,
}

impl Place {
    /// The place of a row.
    pub fn of(row: &SessionRow) -> Self {
        Self {
            slot_at: row.slot_at,
            id: row.id,
        }
    }
}

/// Later than any slot, and still a number that JavaScript can hold.
const NEVER: u64 = 1 << 53;

/// The page is cut before anything is read beside its sessions: names, themes and drills of the others would cost far more.
/// `?1` is the company, `?2` whoever the reps are found by, `?3` the slot and `?4` the id to go on after, `?5` the limit.
macro_rules! of_reps {
    ($reps:literal, $slot:literal, $direction:literal, $beyond:literal, $condition:expr) => {
        concat!(
            "
    WITH reps AS MATERIALIZED (",
            $reps,
            ")",
            session_columns!(),
            "
    FROM sessions s",
            session_joins!(),
            "
    WHERE s.id IN (
        SELECT q.id FROM reps JOIN sessions q ON q.id IN (
            SELECT p.id FROM sessions p
            WHERE p.company_id = ?1 AND p.user_id = reps.user AND ",
            $slot,
            " ",
            $beyond,
            "= ?3 AND (",
            $slot,
            ", p.id) ",
            $beyond,
            " (?3, ?4)",
            $condition,
            "
            ORDER BY ",
            $slot,
            " ",
            $direction,
            " LIMIT ?5)
        ORDER BY q.slot_at ",
            $direction,
            ", q.id ",
            $direction,
            " LIMIT ?5)
    ORDER BY s.slot_at ",
            $direction,
            ", s.id ",
            $direction
        )
    };
}

macro_rules! filtered {
    () => {
        "
            AND p.slot_at >= ?6 AND p.slot_at < ?7 AND (?8 IS NULL OR p.status = ?8) AND (?9 IS NULL OR p.day = ?9)
            AND (?10 IS NULL OR p.team_id = ?10) AND (?11 IS NULL OR p.group_id = ?11)"
    };
}

macro_rules! latest {
    ($reps:literal) => {
        of_reps!($reps, "p.slot_at", "DESC", "<", filtered!())
    };
}

/// `?2` is NULL.
const LATEST_OF_COMPANY: &str = concat!(
    session_columns!(),
    "
    FROM sessions s",
    session_joins!(),
    "
    WHERE s.id IN (
        SELECT p.id FROM sessions p
        WHERE p.company_id = ?1 AND ?2 IS NULL AND p.slot_at <= ?3 AND (p.slot_at, p.id) < (?3, ?4)",
    filtered!(),
    "
        ORDER BY p.slot_at DESC, p.id DESC LIMIT ?5)
    ORDER BY s.slot_at DESC, s.id DESC"
);

/// The `+` leads SQLite to the index of what is still scheduled, which is little, and away from all that a rep ever practised.
macro_rules! soonest {
    ($reps:literal) => {
        of_reps!(
            $reps,
            "+p.slot_at",
            "ASC",
            ">",
            "
            AND p.status = 'scheduled' AND p.closes_at > ?6"
        )
    };
}

/// Who is one person.
macro_rules! one {
    ($list:ident) => {
        $list!("SELECT ?2 AS user")
    };
}

/// Who is in a manager's teams.
macro_rules! led_by {
    ($list:ident) => {
        $list!(
            "SELECT m.user_id AS user FROM teams t JOIN team_members m ON m.team_id = t.id
             WHERE t.company_id = ?1 AND t.manager_id = ?2"
        )
    };
}

/// The three kinds of [`Reps`], each with its statement.
const LATEST: (&str, &str, &str) = (one!(latest), led_by!(latest), LATEST_OF_COMPANY);
const SOONEST: (&str, &str, &str) = (
    one!(soonest),
    led_by!(soonest),
    soonest!(
        "SELECT id AS user FROM users WHERE company_id = ?1 AND role = 'sales_rep' AND ?2 IS NULL"
    ),
);

fn statement(
    sql: (&'static str, &'static str, &'static str),
    company: CompanyId,
    reps: Reps,
) -> Statement {
    let (sql, by) = match reps {
        Reps::One(user) => (sql.0, Some(user)),
        Reps::LedBy(manager) => (sql.1, Some(manager)),
        Reps::All => (sql.2, None),
    };
    Statement::new(sql).bind(company).bind(by)
}

/// Sessions by slot, the latest first: at most `limit`, after `after`.
pub async fn list(
    db: &impl Db,
    company: CompanyId,
    reps: Reps,
    filter: Filter,
    after: Option<Place>,
    limit: u32,
) -> Result<Vec<SessionRow>, DbError> {
    let statement = statement(LATEST, company, reps)
        .bind(after.map_or(NEVER, |place| place.slot_at))
        .bind(after.map_or_else(String::new, |place| place.id.to_string()))
        .bind(limit)
        .bind(filter.from.unwrap_or(0))
        .bind(filter.to.unwrap_or(NEVER))
        .bind(filter.status.map(Status::as_str))
        .bind(filter.day)
        .bind(filter.team)
        .bind(filter.group);
    db.all(statement).await
}

/// Sessions that can still be started at `now` (Unix ms) or later, the soonest first: at most `limit`, after `after`.
pub async fn upcoming(
    db: &impl Db,
    company: CompanyId,
    reps: Reps,
    now: u64,
    after: Option<Place>,
    limit: u32,
) -> Result<Vec<SessionRow>, DbError> {
    let statement = statement(SOONEST, company, reps)
        .bind(after.map_or(0, |place| place.slot_at))
        .bind(after.map_or_else(String::new, |place| place.id.to_string()))
        .bind(limit)
        .bind(now);
    db.all(statement).await
}
