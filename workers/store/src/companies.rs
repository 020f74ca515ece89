//! Companies: settings and subscription.

use crate::audit::{self, Change};
use crate::{Db, DbError, FromRow, Statement};
use domain::ids::CompanyId;
use domain::plan::Plan;

/// A company.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct CompanyRow {
    /// The company.
    pub id: CompanyId,
    /// "Troika Tech".
    pub name: String,
    /// "troikatech.in".
    pub domain: Option<String>,
    /// Days of the programme.
    pub training_days: u8,
    /// How long a session should take, minutes.
    pub session_minutes: u16,
    /// Minutes after the slot until a session is missed.
    pub grace_minutes: u16,
    /// How long voice recordings are kept, days.
    pub voice_retention_days: u16,
    /// How long chats are kept, days.
    pub transcript_retention_days: Option<u16>,
    /// The plan.
    pub plan: Plan,
    /// Unix ms.
    pub plan_starts_at: u64,
    /// Unix ms from which nobody gets in.
    pub plan_ends_at: Option<u64>,
    /// Off: nobody gets in.
    pub is_active: bool,
    /// How many people may be able to log in.
    pub max_users: u32,
    /// A month's cap on models, millionths of a US dollar.
    pub spend_cap_micros: Option<u64>,
    /// The same for each rep.
    pub rep_spend_cap_micros: Option<u64>,
    /// Counts up with every edit.
    pub version: u64,
    /// Unix ms.
    pub created_at: u64,
    /// Unix ms.
    pub updated_at: u64,
}

/// What of a company is written down.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(missing_docs)] // The fields are those of `CompanyRow`.
pub struct CompanyFields {
    pub name: String,
    pub domain: Option<String>,
    pub training_days: u8,
    pub session_minutes: u16,
    pub grace_minutes: u16,
    pub voice_retention_days: u16,
    pub transcript_retention_days: Option<u16>,
    pub plan: Plan,
    pub plan_starts_at: u64,
    pub plan_ends_at: Option<u64>,
    pub is_active: bool,
    pub max_users: u32,
    pub spend_cap_micros: Option<u64>,
    pub rep_spend_cap_micros: Option<u64>,
}

macro_rules! company_columns {
    () => {
        "
    SELECT id, name, domain, training_days, session_minutes, grace_minutes, voice_retention_days,
           transcript_retention_days, plan, plan_starts_at, plan_ends_at, is_active, max_users, spend_cap_micros,
           rep_spend_cap_micros, version, created_at, updated_at
    FROM companies"
    };
}

const LIST: &str = concat!(
    company_columns!(),
    "
    WHERE id > ?1 AND (?2 IS NULL OR substr(name, 1, length(?2)) = ?2 COLLATE NOCASE)
    ORDER BY id LIMIT ?3"
);

/// All companies in the order in which they came, after one of them, for super admins; of those whose name begins so.
pub async fn list(
    db: &impl Db,
    after: Option<CompanyId>,
    search: Option<&str>,
    limit: u32,
) -> Result<Vec<CompanyRow>, DbError> {
    let after = after.map_or(String::new(), |id| id.to_string());
    let statement = Statement::new(LIST).bind(after).bind(search).bind(limit);
    db.all(statement).await
}

const FIND: &str = concat!(company_columns!(), " WHERE id = ?1");

/// One company.
pub async fn find(db: &impl Db, company: CompanyId) -> Result<Option<CompanyRow>, DbError> {
    db.first(Statement::new(FIND).bind(company)).await
}

#[derive(FromRow)]
struct Number {
    number: u32,
}

const EXISTS: &str = "SELECT 1 AS number FROM companies WHERE id = ?1";

/// Whether there is such a company.
pub async fn exists(db: &impl Db, company: CompanyId) -> Result<bool, DbError> {
    let row: Option<Number> = db.first(Statement::new(EXISTS).bind(company)).await?;
    Ok(row.is_some())
}

const ACTIVE_USERS: &str =
    "SELECT count(*) AS number FROM users WHERE company_id = ?1 AND is_active = 1";

/// How many people of a company may log in.
pub async fn active_users(db: &impl Db, company: CompanyId) -> Result<u32, DbError> {
    let row: Option<Number> = db.first(Statement::new(ACTIVE_USERS).bind(company)).await?;
    Ok(row.map_or(0, |row| row.number))
}

const INSERT: &str = "
    INSERT INTO companies (id, created_at, updated_at, name, domain, training_days, session_minutes, grace_minutes,
        voice_retention_days, transcript_retention_days, plan, plan_starts_at, plan_ends_at, is_active, max_users,
        spend_cap_micros, rep_spend_cap_micros)
    VALUES (?1, ?2, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16)";

/// Makes a company; `now` is Unix ms.
pub async fn insert(
    db: &impl Db,
    company: CompanyId,
    fields: CompanyFields,
    now: u64,
    change: &Change,
) -> Result<(), DbError> {
    let insert = bound(Statement::new(INSERT).bind(company).bind(now), fields);
    db.batch(vec![insert, audit::entry(change)]).await?;
    Ok(())
}

const UPDATE: &str = "
    UPDATE companies SET updated_at = ?2, version = version + 1, name = ?4, domain = ?5, training_days = ?6,
        session_minutes = ?7, grace_minutes = ?8, voice_retention_days = ?9, transcript_retention_days = ?10, plan = ?11,
        plan_starts_at = ?12, plan_ends_at = ?13, is_active = ?14, max_users = ?15, spend_cap_micros = ?16,
        rep_spend_cap_micros = ?17
    WHERE id = ?1 AND version = ?3";

/// Changes a company that is still at `version`; false when it is not.
pub async fn update(
    db: &impl Db,
    company: CompanyId,
    version: u64,
    fields: CompanyFields,
    now: u64,
    change: &Change,
) -> Result<bool, DbError> {
    let update = Statement::new(UPDATE).bind(company).bind(now).bind(version);
    let changed = db
        .batch(vec![bound(update, fields), audit::entry_if_changed(change)])
        .await?;
    Ok(changed.first().is_some_and(|rows| *rows > 0))
}

fn bound(statement: Statement, fields: CompanyFields) -> Statement {
    statement
        .bind(fields.name)
        .bind(fields.domain)
        .bind(fields.training_days)
        .bind(fields.session_minutes)
        .bind(fields.grace_minutes)
        .bind(fields.voice_retention_days)
        .bind(fields.transcript_retention_days)
        .bind(fields.plan.as_str())
        .bind(fields.plan_starts_at)
        .bind(fields.plan_ends_at)
        .bind(fields.is_active)
        .bind(fields.max_users)
        .bind(fields.spend_cap_micros)
        .bind(fields.rep_spend_cap_micros)
}

const DELETE: &str = "DELETE FROM companies WHERE id = ?1 AND is_active = 0";

/// Deletes a company that was closed, with all that is its own; false when it is open or gone. The account of it stands in
/// another company's log: its own goes along.
pub async fn delete(db: &impl Db, company: CompanyId, change: &Change) -> Result<bool, DbError> {
    let changed = db
        .batch(vec![
            Statement::new(DELETE).bind(company),
            audit::entry_if_changed(change),
        ])
        .await?;
    Ok(changed.first().is_some_and(|rows| *rows > 0))
}
