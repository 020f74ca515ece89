//! What reps ask about their completed sessions. An answer is kept once it is whole, so that a client that lost the line can have
//! it again, and asking twice asks no model twice.

use crate::{Db, DbError, FromRow, Statement};
use domain::ids::{CompanyId, SessionId};
use domain::session::{RequestId, VoicedBy};
use serde::Deserialize;

/// The most questions about one session.
pub const MAX_QUESTIONS: u32 = 100;

/// How far an answer came.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ExchangeStatus {
    /// Somebody answers.
    Running,
    /// It is whole.
    Complete,
    /// It broke off; asking again answers it anew.
    Interrupted,
}

/// Which exchange.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExchangeKey {
    /// The tenant.
    pub company: CompanyId,
    /// The session.
    pub session: SessionId,
    /// The client's id.
    pub request: RequestId,
}

/// An exchange as it stands.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct ExchangeRow {
    /// What the rep asked.
    pub question: String,
    /// The answer, once it is whole.
    pub answer: String,
    /// Who answered, once it is whole.
    pub voiced_by: Option<VoicedBy>,
    /// How far it came.
    pub status: ExchangeStatus,
    /// Whoever answers has it to themselves until then, Unix ms.
    pub answering_until: u64,
}

fn of(sql: &'static str, key: &ExchangeKey) -> Statement {
    Statement::new(sql)
        .bind(key.company)
        .bind(key.session)
        .bind(key.request.as_str())
}

/// A new one, or one that broke off or was left by whoever answered it.
const CLAIM: &str = "
    INSERT INTO assistant_exchanges (company_id, session_id, request_id, question, status, answering_until, created_at)
    SELECT ?1, ?2, ?3, ?4, 'running', ?6, ?5
    WHERE (SELECT count(*) FROM assistant_exchanges WHERE company_id = ?1 AND session_id = ?2) < ?7
       OR EXISTS (SELECT 1 FROM assistant_exchanges WHERE company_id = ?1 AND session_id = ?2 AND request_id = ?3)
    ON CONFLICT (company_id, session_id, request_id) DO UPDATE SET status = 'running', answering_until = excluded.answering_until
    WHERE question = excluded.question
      AND (status = 'interrupted' OR (status = 'running' AND answering_until <= excluded.created_at))";

/// Takes a question to answer it, until the moment `until` (Unix ms); of two that try, one gets true. False, too, of one that is
/// answered, that somebody else answers, or that is one more than [`MAX_QUESTIONS`].
pub async fn claim(
    db: &impl Db,
    key: &ExchangeKey,
    question: &str,
    now: u64,
    until: u64,
) -> Result<bool, DbError> {
    let statement = of(CLAIM, key)
        .bind(question)
        .bind(now)
        .bind(until)
        .bind(MAX_QUESTIONS);
    Ok(db.run(statement).await? > 0)
}

const FIND: &str = "
    SELECT question, answer, voiced_by, status, answering_until FROM assistant_exchanges
    WHERE company_id = ?1 AND session_id = ?2 AND request_id = ?3";

/// One exchange.
pub async fn find(db: &impl Db, key: &ExchangeKey) -> Result<Option<ExchangeRow>, DbError> {
    db.first(of(FIND, key)).await
}

const COMPLETE: &str = "
    UPDATE assistant_exchanges SET status = 'complete', answer = ?5, voiced_by = ?6
    WHERE company_id = ?1 AND session_id = ?2 AND request_id = ?3 AND status = 'running' AND answering_until = ?4";

/// Keeps the whole answer of whoever took it until `until`; nothing when somebody else has taken it since.
pub async fn complete(
    db: &impl Db,
    key: &ExchangeKey,
    until: u64,
    answer: &str,
    voiced_by: &VoicedBy,
) -> Result<(), DbError> {
    let voiced_by =
        serde_json::to_string(voiced_by).map_err(|error| DbError::Malformed(error.to_string()))?;
    let statement = of(COMPLETE, key).bind(until).bind(answer).bind(voiced_by);
    db.run(statement).await?;
    Ok(())
}

const INTERRUPT: &str = "
    UPDATE assistant_exchanges SET status = 'interrupted'
    WHERE company_id = ?1 AND session_id = ?2 AND request_id = ?3 AND status = 'running' AND answering_until = ?4";

/// Notes that the answer of whoever took it until `until` broke off.
pub async fn interrupt(db: &impl Db, key: &ExchangeKey, until: u64) -> Result<(), DbError> {
    db.run(of(INTERRUPT, key).bind(until)).await?;
    Ok(())
}

/// A question that was answered.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct AnsweredRow {
    /// What the rep asked.
    pub question: String,
    /// What the coach said.
    pub answer: String,
}

const LATEST: &str = "
    SELECT question, answer FROM assistant_exchanges
    WHERE company_id = ?1 AND session_id = ?2 AND status = 'complete' ORDER BY created_at DESC LIMIT ?3";

/// The latest answered questions about a session, the oldest of them first.
pub async fn latest(
    db: &impl Db,
    company: CompanyId,
    session: SessionId,
    limit: u32,
) -> Result<Vec<AnsweredRow>, DbError> {
    let statement = Statement::new(LATEST)
        .bind(company)
        .bind(session)
        .bind(limit);
    let mut rows: Vec<AnsweredRow> = db.all(statement).await?;
    rows.reverse();
    Ok(rows)
}
