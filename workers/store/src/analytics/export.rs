//! Sessions one by one, a page at a time: the export. It reads what it gives, and no page costs more for those before it.

use super::reach::{Reach, with_reps};
use crate::{Db, DbError, FromRow, Statement};
use domain::ids::{CompanyId, SessionId};
use domain::session::Status;

/// One session of the export.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct ExportRow {
    /// The session.
    pub id: SessionId,
    /// Local: `2026-11-22`.
    pub date: String,
    /// The slot, Unix ms.
    pub slot_at: u64,
    /// Minutes that its group's clock was ahead of UTC.
    pub utc_offset_minutes: i32,
    /// The rep's first name.
    pub first_name: String,
    /// The rep's last name.
    pub last_name: String,
    /// The rep's address.
    pub email: String,
    /// The rep's team at the time; `None` without one, or when it is gone.
    pub team: Option<String>,
    /// The rep's group at the time, likewise.
    pub group: Option<String>,
    /// `programme`, or `practice` of the rep's own wish.
    pub kind: String,
    /// 1 to 10.
    pub day: u8,
    /// The theme it was judged by, or would be.
    pub theme: Option<String>,
    /// Where it stands.
    pub status: Status,
    /// It was started late.
    pub late: bool,
    /// Unix ms.
    pub started_at: Option<u64>,
    /// Unix ms.
    pub ended_at: Option<u64>,
    /// From start to end.
    pub duration_seconds: Option<u64>,
    /// Of first answers, 0 to 100, as all below.
    pub first_score: Option<u8>,
    /// Of final answers.
    pub score: Option<u8>,
    /// Of first answers.
    pub first_confidence: Option<u8>,
    /// Of final answers, and so on.
    pub confidence: Option<u8>,
    #[allow(missing_docs)]
    pub first_clarity: Option<u8>,
    #[allow(missing_docs)]
    pub clarity: Option<u8>,
    #[allow(missing_docs)]
    pub first_structure: Option<u8>,
    #[allow(missing_docs)]
    pub structure: Option<u8>,
    #[allow(missing_docs)]
    pub first_objection_handling: Option<u8>,
    #[allow(missing_docs)]
    pub objection_handling: Option<u8>,
    #[allow(missing_docs)]
    pub first_closing: Option<u8>,
    #[allow(missing_docs)]
    pub closing: Option<u8>,
    /// Who coached: `builtin`, or a provider's model id.
    pub model: Option<String>,
}

impl ExportRow {
    /// Where the next page goes on.
    pub fn cursor(&self) -> After {
        After {
            date: self.date.clone(),
            slot_at: self.slot_at,
            session: self.id.to_string(),
        }
    }
}

/// Local dates, both included.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Span {
    /// `2026-11-01`; `None`: from the first session on.
    pub from: Option<String>,
    /// `2026-11-30`; `None`: to the last one.
    pub to: Option<String>,
}

/// The last session of the page before.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct After {
    date: String,
    slot_at: u64,
    session: String,
}

macro_rules! export_columns {
    () => {
        "
    SELECT s.id, s.date, s.slot_at, s.utc_offset_minutes, u.first_name, u.last_name, u.email, t.name AS team,
           g.name AS \"group\", s.kind, s.day, v.theme, s.status, s.late, s.started_at, s.ended_at, s.duration_seconds,
           s.first_score, s.score, s.first_confidence, s.confidence, s.first_clarity, s.clarity, s.first_structure,
           s.structure, s.first_objection_handling, s.objection_handling, s.first_closing, s.closing, s.model
    FROM sessions s JOIN users u ON u.id = s.user_id
    LEFT JOIN teams t ON t.company_id = s.company_id AND t.id = s.team_id
    LEFT JOIN groups g ON g.id = s.group_id
    JOIN scenarios sc ON sc.id = s.scenario_id
    LEFT JOIN scenario_versions v ON v.id = coalesce(s.scenario_version_id, sc.published_version_id)"
    };
}

/// In the order of the company's index of dates. The `+` keeps SQLite from going rep by rep, which would sort all of a
/// history for each page.
const OF_MANY: &str = with_reps!(concat!(
    export_columns!(),
    "
    WHERE s.company_id = ?1 AND (s.date, s.slot_at, s.id) > (?4, ?5, ?6) AND s.date <= ?7 AND +s.user_id IN (SELECT id FROM reps)
    ORDER BY s.date, s.slot_at, s.id LIMIT ?8"
));

/// In the order of the rep's own index of slots. A slot names one session; its date lies at most a day from the slot's in
/// UTC, so that the index finds where the span begins and ends: of two lower bounds it would take one, and read all that lies
/// before the other.
const OF_REP: &str = concat!(
    export_columns!(),
    "
    WHERE s.company_id = ?1 AND s.user_id = ?2 AND s.date >= ?4 AND s.date <= ?5
      AND s.slot_at > max(?3, (unixepoch(?4) - 86400) * 1000 - 1) AND s.slot_at < (unixepoch(?5) + 172800) * 1000
    ORDER BY s.slot_at LIMIT ?6"
);

/// At most `limit` sessions of a span after those of the page before, oldest first.
pub async fn export(
    db: &impl Db,
    company: CompanyId,
    reach: Reach,
    span: &Span,
    after: Option<&After>,
    limit: u32,
) -> Result<Vec<ExportRow>, DbError> {
    let from = span.from.as_deref().unwrap_or("0001-01-01");
    let to = span.to.as_deref().unwrap_or("9999-12-30");
    let statement = match reach {
        Reach::Rep(rep) => Statement::new(OF_REP)
            .bind(company)
            .bind(rep)
            .bind(after.map_or(0, |after| after.slot_at))
            .bind(from)
            .bind(to)
            .bind(limit),
        _ => {
            let beginning = After {
                date: from.to_owned(),
                ..After::default()
            };
            let after = after.unwrap_or(&beginning);
            reach
                .statement(OF_MANY, company)
                .bind(after.date.as_str())
                .bind(after.slot_at)
                .bind(after.session.as_str())
                .bind(to)
                .bind(limit)
        }
    };
    db.all(statement).await
}
