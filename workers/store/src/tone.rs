//! Tone guidelines: what a company is judged by, and how it changes. Every edit is a new number; the highest counts.

use crate::audit::{self, Change};
use crate::{Db, DbError, FromRow, Statement};
use domain::ids::{CompanyId, UserId};
use domain::tone::ToneGuidelines;
use uuid::Uuid;

/// The guidelines that count.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct ToneRow {
    /// The company they belong to; `None` is the stock's.
    pub company: Option<CompanyId>,
    /// 1, 2, ...
    pub number: u32,
    /// Unix ms.
    pub created_at: u64,
    /// The rules.
    pub text: ToneGuidelines,
}

macro_rules! latest {
    ($which:literal) => {
        concat!(
            "
    SELECT company_id AS company, number, created_at, text FROM tone_guidelines
    WHERE ",
            $which,
            " AND published_at IS NOT NULL ORDER BY number DESC LIMIT 1"
        )
    };
}

const OWN: &str = latest!("company_id = ?1");
const STOCK: &str = latest!("company_id IS NULL");

/// A company's own guidelines, if it has any.
pub async fn own(db: &impl Db, company: CompanyId) -> Result<Option<ToneRow>, DbError> {
    db.first(Statement::new(OWN).bind(company)).await
}

/// The stock's guidelines.
pub async fn stock(db: &impl Db) -> Result<Option<ToneRow>, DbError> {
    db.first(Statement::new(STOCK)).await
}

/// What a company is judged by: its own guidelines, else the stock's.
pub async fn that_counts(db: &impl Db, company: CompanyId) -> Result<Option<ToneRow>, DbError> {
    match own(db, company).await? {
        Some(row) => Ok(Some(row)),
        None => stock(db).await,
    }
}

/// An edit of tone guidelines.
#[derive(Debug, Clone)]
pub struct ToneEdit {
    /// The id of the new text.
    pub id: Uuid,
    /// Whose guidelines; `None` is the stock's.
    pub company: Option<CompanyId>,
    /// The number its editor read; 0 where there was none.
    pub after: u32,
    /// The rules; valid.
    pub text: ToneGuidelines,
    /// Who wrote them.
    pub author: UserId,
    /// Unix ms.
    pub now: u64,
}

const WRITE: &str = "
    INSERT INTO tone_guidelines (id, company_id, number, text, created_by, created_at, published_at)
    SELECT ?1, ?2, ?3 + 1, ?4, ?5, ?6, ?6
    WHERE ?3 = coalesce((SELECT max(number) FROM tone_guidelines WHERE company_id IS ?2), 0)";

/// Writes the next number. Gives false when the guidelines are not as their editor read them. Sessions that were started keep
/// the rules they were started with.
pub async fn write(db: &impl Db, edit: &ToneEdit, change: &Change) -> Result<bool, DbError> {
    let text = serde_json::to_string(&edit.text)
        .map_err(|error| DbError::Malformed(format!("tone guidelines: {error}")))?;
    let write = Statement::new(WRITE)
        .bind(edit.id.to_string())
        .bind(edit.company)
        .bind(edit.after)
        .bind(text)
        .bind(edit.author)
        .bind(edit.now);
    let written = db
        .batch(vec![write, audit::entry_if_changed(change)])
        .await?;
    Ok(written.first().is_some_and(|rows| *rows > 0))
}
