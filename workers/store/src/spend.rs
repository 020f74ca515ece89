//! What models cost: a line for each call, and what the calls of a month come to for a company and for each of its people. Months
//! are those of UTC.

use crate::{Db, DbError, FromRow, Statement};
use domain::ids::{CompanyId, SessionId, UserId};
use domain::spend::{Caps, Cost, Ended, Purpose, Spent, believed};
use uuid::Uuid;

/// One call to a model that is over, however it ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewCall {
    /// The call's own: noted twice is once.
    pub id: Uuid,
    /// The tenant that pays.
    pub company: CompanyId,
    /// Who asked.
    pub user: UserId,
    /// The session it was for, if one.
    pub session: Option<SessionId>,
    /// What it was for.
    pub purpose: Purpose,
    /// `openai`, `anthropic`, ...
    pub provider: String,
    /// The provider's id of the model.
    pub model: String,
    /// Tokens read, where told.
    pub input_tokens: Option<u64>,
    /// Tokens written, where told.
    pub output_tokens: Option<u64>,
    /// What it cost.
    pub cost: Cost,
    /// From the call to its end, ms.
    pub duration_ms: u64,
    /// How it ended.
    pub ended: Ended,
    /// When it ended, Unix ms; it counts for this moment's month.
    pub at: u64,
}

/// People and sessions that went meanwhile are left out: the account outlives them.
const NOTE: &str = "
    INSERT INTO spend_ledger (id, company_id, user_id, session_id, purpose, provider, model, input_tokens, output_tokens,
                              cost_micros, unknown_micros, duration_ms, outcome, created_at)
    SELECT ?1, c.id, (SELECT id FROM users WHERE id = ?3 AND company_id = ?2),
           (SELECT id FROM sessions WHERE id = ?4 AND company_id = ?2), ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14
    FROM companies c WHERE c.id = ?2
    ON CONFLICT (id) DO NOTHING";

/// Stands right after the line, or after another of these: what was noted before is not added again.
const ADD_TO_MONTH: &str = "
    INSERT INTO spend_months (company_id, month, user_id, cost_micros, unknown_calls, calls, unknown_micros)
    SELECT ?1, strftime('%Y-%m', ?3 / 1000, 'unixepoch'), ?2, coalesce(?4, 0), ?5 IS NOT NULL, 1, coalesce(?5, 0)
    WHERE changes() > 0
    ON CONFLICT (company_id, month, user_id) DO UPDATE SET
        cost_micros = cost_micros + excluded.cost_micros, unknown_calls = unknown_calls + excluded.unknown_calls,
        calls = calls + 1, unknown_micros = unknown_micros + excluded.unknown_micros";

/// Notes a call, and adds it to the month of its company and of who asked. Gives false when it was noted before, or the company
/// is gone.
pub async fn record(db: &impl Db, call: &NewCall) -> Result<bool, DbError> {
    let (known, unknown) = match call.cost {
        Cost::Known(micros) => (Some(micros), None),
        Cost::Unknown { at_most } => (None, Some(at_most)),
    };
    let line = Statement::new(NOTE)
        .bind(call.id.to_string())
        .bind(call.company)
        .bind(call.user)
        .bind(call.session)
        .bind(call.purpose.as_str())
        .bind(call.provider.as_str())
        .bind(call.model.as_str())
        .bind(believed(call.input_tokens))
        .bind(believed(call.output_tokens))
        .bind(known)
        .bind(unknown)
        .bind(call.duration_ms)
        .bind(call.ended.as_str())
        .bind(call.at);
    let month = |whose: String| {
        Statement::new(ADD_TO_MONTH)
            .bind(call.company)
            .bind(whose)
            .bind(call.at)
            .bind(known)
            .bind(unknown)
    };
    let changed = db
        .batch(vec![
            line,
            month(String::new()),
            month(call.user.to_string()),
        ])
        .await?;
    Ok(changed.first().is_some_and(|rows| *rows > 0))
}

/// What decides on the next call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Standing {
    /// What may be spent.
    pub caps: Caps,
    /// The company's month.
    pub company: Spent,
    /// The person's.
    pub person: Spent,
}

#[derive(FromRow)]
struct StandingRow {
    company_cap: Option<u64>,
    rep_cap: Option<u64>,
    company_calls: u64,
    company_cost: u64,
    company_unknown_calls: u64,
    company_unknown: u64,
    calls: u64,
    cost: u64,
    unknown_calls: u64,
    unknown: u64,
}

/// The cap of reps holds for reps alone.
const STANDING: &str = "
    SELECT c.spend_cap_micros AS company_cap, CASE u.role WHEN 'sales_rep' THEN c.rep_spend_cap_micros END AS rep_cap,
           coalesce(w.calls, 0) AS company_calls, coalesce(w.cost_micros, 0) AS company_cost,
           coalesce(w.unknown_calls, 0) AS company_unknown_calls, coalesce(w.unknown_micros, 0) AS company_unknown,
           coalesce(m.calls, 0) AS calls, coalesce(m.cost_micros, 0) AS cost,
           coalesce(m.unknown_calls, 0) AS unknown_calls, coalesce(m.unknown_micros, 0) AS unknown
    FROM companies c
    JOIN users u ON u.company_id = c.id AND u.id = ?2
    LEFT JOIN spend_months w ON w.company_id = c.id AND w.month = strftime('%Y-%m', ?3 / 1000, 'unixepoch') AND w.user_id = ''
    LEFT JOIN spend_months m ON m.company_id = c.id AND m.month = strftime('%Y-%m', ?3 / 1000, 'unixepoch') AND m.user_id = u.id
    WHERE c.id = ?1";

/// Where a company and one of its people stand in the month of `now` (Unix ms); `None` of nobody there.
pub async fn standing(
    db: &impl Db,
    company: CompanyId,
    user: UserId,
    now: u64,
) -> Result<Option<Standing>, DbError> {
    let statement = Statement::new(STANDING).bind(company).bind(user).bind(now);
    let row: Option<StandingRow> = db.first(statement).await?;
    Ok(row.map(|row| Standing {
        caps: Caps {
            company: row.company_cap,
            rep: row.rep_cap,
        },
        company: Spent {
            calls: row.company_calls,
            cost_micros: row.company_cost,
            unknown_calls: row.company_unknown_calls,
            unknown_micros: row.company_unknown,
        },
        person: Spent {
            calls: row.calls,
            cost_micros: row.cost,
            unknown_calls: row.unknown_calls,
            unknown_micros: row.unknown,
        },
    }))
}

/// A company's month.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct CompanyMonthRow {
    /// The company.
    pub id: CompanyId,
    /// "Troika Tech".
    pub name: String,
    /// A month's cap, micros.
    pub spend_cap_micros: Option<u64>,
    /// A month's cap for each rep, micros.
    pub rep_spend_cap_micros: Option<u64>,
    /// Calls in all.
    pub calls: u64,
    /// What those of known cost came to, micros.
    pub cost_micros: u64,
    /// Calls of unknown cost.
    pub unknown_calls: u64,
    /// The most these can have cost, micros.
    pub unknown_micros: u64,
}

macro_rules! company_months {
    ($rest:literal) => {
        concat!(
            "
    SELECT c.id, c.name, c.spend_cap_micros, c.rep_spend_cap_micros, coalesce(m.calls, 0) AS calls,
           coalesce(m.cost_micros, 0) AS cost_micros, coalesce(m.unknown_calls, 0) AS unknown_calls,
           coalesce(m.unknown_micros, 0) AS unknown_micros
    FROM companies c
    LEFT JOIN spend_months m ON m.company_id = c.id AND m.month = strftime('%Y-%m', ?1 / 1000, 'unixepoch') AND m.user_id = ''
    ",
            $rest
        )
    };
}

const COMPANY_MONTHS: &str = company_months!("WHERE c.id > ?2 ORDER BY c.id LIMIT ?3");

/// All companies with the month of `now` (Unix ms), in the order in which they came, after one of them: for super admins.
pub async fn company_months(
    db: &impl Db,
    after: Option<CompanyId>,
    now: u64,
    limit: u32,
) -> Result<Vec<CompanyMonthRow>, DbError> {
    let after = after.map_or(String::new(), |id| id.to_string());
    let statement = Statement::new(COMPANY_MONTHS)
        .bind(now)
        .bind(after)
        .bind(limit);
    db.all(statement).await
}

const COMPANY_MONTH: &str = company_months!("WHERE c.id = ?2");

/// One company with the month of `now` (Unix ms).
pub async fn company_month(
    db: &impl Db,
    company: CompanyId,
    now: u64,
) -> Result<Option<CompanyMonthRow>, DbError> {
    db.first(Statement::new(COMPANY_MONTH).bind(now).bind(company))
        .await
}
