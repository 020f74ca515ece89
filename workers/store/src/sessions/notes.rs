//! What managers say to the rep about a session: one note of each manager.

use crate::{Db, DbError, FromRow, Statement};
use domain::ids::{CompanyId, NoteId, SessionId, UserId};

/// A manager's note.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct NoteRow {
    /// The note.
    pub id: NoteId,
    /// Who wrote it.
    pub author: Option<UserId>,
    /// "Meera Nair".
    pub author_name: Option<String>,
    /// The words.
    pub text: String,
    /// Unix ms.
    pub created_at: u64,
    /// Unix ms.
    pub updated_at: u64,
}

const NOTES: &str = "
    SELECT n.id, n.author_id AS author, u.first_name || ' ' || u.last_name AS author_name, n.text, n.created_at, n.updated_at
    FROM manager_notes n LEFT JOIN users u ON u.id = n.author_id
    WHERE n.company_id = ?1 AND n.session_id = ?2
    ORDER BY n.created_at";

/// The notes on a session, oldest first.
pub async fn notes(
    db: &impl Db,
    company: CompanyId,
    session: SessionId,
) -> Result<Vec<NoteRow>, DbError> {
    db.all(Statement::new(NOTES).bind(company).bind(session))
        .await
}

const REWRITE: &str = "
    UPDATE manager_notes SET text = ?4, updated_at = ?5, version = version + 1
    WHERE company_id = ?1 AND session_id = ?2 AND author_id = ?3";

const WRITE: &str = "
    INSERT INTO manager_notes (id, company_id, session_id, author_id, text, created_at, updated_at)
    SELECT ?6, ?1, ?2, ?3, ?4, ?5, ?5 WHERE changes() = 0";

const TAKE_BACK: &str =
    "DELETE FROM manager_notes WHERE company_id = ?1 AND session_id = ?2 AND author_id = ?3";

/// Writes an author's note on a session of the company, in place of the one before; `None` takes it back.
pub async fn write_note(
    db: &impl Db,
    company: CompanyId,
    session: SessionId,
    author: UserId,
    text: Option<&str>,
    id: NoteId,
    now: u64,
) -> Result<(), DbError> {
    let of_author = |sql| Statement::new(sql).bind(company).bind(session).bind(author);
    let batch = match text {
        None => vec![of_author(TAKE_BACK)],
        Some(text) => vec![
            of_author(REWRITE).bind(text).bind(now),
            of_author(WRITE).bind(text).bind(now).bind(id),
        ],
    };
    db.batch(batch).await?;
    Ok(())
}
