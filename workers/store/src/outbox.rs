//! Mails to send. A mail travels in the same batch as its cause; a key that stands here already is not sent again.

use crate::{Db, DbError, FromRow, Statement};
use domain::ids::{CompanyId, MailId, SessionId, UserId};
use domain::session::Status;
use serde::Deserialize;
use serde_json::{Value as Json, json};

/// What a mail is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MailKind {
    /// A way into a company.
    Invite,
    /// A way back in.
    PasswordReset,
    /// The first mail to somebody who joined.
    Welcome,
    /// A session begins soon.
    Reminder,
    /// A session was missed.
    Missed,
    /// A manager's week.
    Digest,
}

impl MailKind {
    /// The name used in SQL and JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            MailKind::Invite => "invite",
            MailKind::PasswordReset => "password_reset",
            MailKind::Welcome => "welcome",
            MailKind::Reminder => "reminder",
            MailKind::Missed => "missed",
            MailKind::Digest => "digest",
        }
    }
}

/// What a mail says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Letter {
    /// One line.
    pub subject: String,
    /// All of it as text.
    pub text: String,
    /// All of it as HTML.
    pub html: String,
}

/// A mail about to be stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewMail {
    /// The mail.
    pub id: MailId,
    /// The tenant it is sent for, if there is one yet.
    pub company: Option<CompanyId>,
    /// Whom it is written to, if they are somebody yet.
    pub user: Option<UserId>,
    /// What happened, so that it is told once: `invite:<id>`.
    pub once_key: String,
    /// What it is about.
    pub kind: MailKind,
    /// One address.
    pub to: String,
    /// What it says.
    pub letter: Letter,
    /// Where its reader stops such mails, if they can.
    pub unsubscribe: Option<String>,
    /// Unix ms.
    pub now: u64,
}

const PUT: &str = "
    INSERT INTO outbox (id, company_id, user_id, once_key, kind, to_address, subject, body_text, body_html,
                        next_attempt_at, created_at, unsubscribe)
    VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?10, ?11)
    ON CONFLICT (once_key) DO NOTHING";

/// The mail as a statement of its cause's batch.
pub fn put(mail: NewMail) -> Statement {
    bound(PUT, mail)
}

const PUT_IF_CHANGED: &str = "
    INSERT INTO outbox (id, company_id, user_id, once_key, kind, to_address, subject, body_text, body_html,
                        next_attempt_at, created_at, unsubscribe)
    SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?10, ?11 WHERE changes() > 0
    ON CONFLICT (once_key) DO NOTHING";

/// The mail of a guarded change: stands right after it (or its audit entry) in the batch, and does nothing when the change did
/// nothing.
pub fn put_if_changed(mail: NewMail) -> Statement {
    bound(PUT_IF_CHANGED, mail)
}

fn bound(sql: &'static str, mail: NewMail) -> Statement {
    Statement::new(sql)
        .bind(mail.id)
        .bind(mail.company)
        .bind(mail.user)
        .bind(mail.once_key)
        .bind(mail.kind.as_str())
        .bind(mail.to)
        .bind(mail.letter.subject)
        .bind(mail.letter.text)
        .bind(mail.letter.html)
        .bind(mail.now)
        .bind(mail.unsubscribe)
}

/// A mail about a session: it goes out only if the session stands as it was when the mail was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AboutSession {
    /// The session.
    pub id: SessionId,
    /// Where it stands once the batch's statements before are done.
    pub status: Status,
    /// Its slot, Unix ms.
    pub slot_at: u64,
}

const PUT_ALL: &str = "
    INSERT INTO outbox (id, company_id, user_id, once_key, kind, to_address, subject, body_text, body_html, unsubscribe,
                        next_attempt_at, created_at)
    SELECT m.value ->> '$.id', m.value ->> '$.company', m.value ->> '$.user', m.value ->> '$.key', m.value ->> '$.kind',
           m.value ->> '$.to', m.value ->> '$.subject', m.value ->> '$.text', m.value ->> '$.html',
           m.value ->> '$.unsubscribe', m.value ->> '$.now', m.value ->> '$.now'
    FROM json_each(?1) m
    WHERE m.value ->> '$.session' IS NULL OR EXISTS (
        SELECT 1 FROM sessions s
        WHERE s.id = m.value ->> '$.session' AND s.status = m.value ->> '$.status' AND s.slot_at = m.value ->> '$.slot')
    ON CONFLICT (once_key) DO NOTHING";

/// Many mails as one statement of their cause's batch.
pub fn put_all(mails: Vec<(NewMail, Option<AboutSession>)>) -> Statement {
    let lines = mails.into_iter().map(|(mail, about)| {
        json!({
            "id": mail.id, "company": mail.company, "user": mail.user, "key": mail.once_key, "kind": mail.kind.as_str(),
            "to": mail.to, "subject": mail.letter.subject, "text": mail.letter.text, "html": mail.letter.html,
            "unsubscribe": mail.unsubscribe, "now": mail.now,
            "session": about.as_ref().map(|about| about.id), "status": about.as_ref().map(|about| about.status.as_str()),
            "slot": about.map(|about| about.slot_at),
        })
    });
    Statement::new(PUT_ALL).bind(Json::from_iter(lines).to_string())
}

/// A mail that waits to be sent.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct DueMail {
    /// The mail.
    pub id: MailId,
    /// One address.
    pub to_address: String,
    /// Its subject.
    pub subject: String,
    /// All of it as text.
    pub body_text: String,
    /// All of it as HTML.
    pub body_html: String,
    /// What it is about.
    pub kind: MailKind,
    /// Where its reader stops such mails.
    pub unsubscribe: Option<String>,
    /// How often it was tried before.
    pub attempts: u32,
    /// When it was written, Unix ms.
    pub created_at: u64,
}

const DUE: &str = "
    SELECT id, to_address, subject, body_text, body_html, kind, unsubscribe, attempts, created_at
    FROM outbox WHERE status = 'pending' AND next_attempt_at <= ?1 ORDER BY next_attempt_at LIMIT ?2";

/// Mails to send now, those that wait longest first.
pub async fn due(db: &impl Db, now: u64, limit: u32) -> Result<Vec<DueMail>, DbError> {
    db.all(Statement::new(DUE).bind(now).bind(limit)).await
}

const CLAIM: &str = "
    UPDATE outbox SET attempts = attempts + 1, next_attempt_at = ?3
    WHERE id = ?1 AND status = 'pending' AND next_attempt_at <= ?2";

/// Takes a mail until the moment `until`; of two that try, one gets true. Whoever dies with it leaves it to the next.
pub async fn claim(db: &impl Db, mail: MailId, now: u64, until: u64) -> Result<bool, DbError> {
    let statement = Statement::new(CLAIM).bind(mail).bind(now).bind(until);
    Ok(db.run(statement).await? > 0)
}

const MARK_SENT: &str = "
    UPDATE outbox SET status = 'sent', sent_at = ?2, last_error = NULL, body_text = '', body_html = '', unsubscribe = NULL
    WHERE id = ?1";

/// Notes that a mail is out. Its words go: they may hold a link that opens an account.
pub async fn mark_sent(db: &impl Db, mail: MailId, now: u64) -> Result<(), DbError> {
    db.run(Statement::new(MARK_SENT).bind(mail).bind(now))
        .await?;
    Ok(())
}

const MARK_FAILED: &str = "
    UPDATE outbox SET status = CASE WHEN ?3 IS NULL THEN 'failed' ELSE 'pending' END,
                      next_attempt_at = coalesce(?3, next_attempt_at), last_error = ?2
    WHERE id = ?1";

/// Notes that a mail was not taken, and when to try again; `None`: never.
pub async fn mark_failed(
    db: &impl Db,
    mail: MailId,
    why: &str,
    again: Option<u64>,
) -> Result<(), DbError> {
    let statement = Statement::new(MARK_FAILED).bind(mail).bind(why).bind(again);
    db.run(statement).await?;
    Ok(())
}

/// A mail as a developer reads it.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct OutboxRow {
    /// The mail.
    pub id: MailId,
    /// What it is about.
    pub kind: MailKind,
    /// One address.
    pub to_address: String,
    /// Its subject.
    pub subject: String,
    /// All of it as text; empty once it was sent.
    pub body_text: String,
    /// `pending`, `sent` or `failed`.
    pub status: String,
    /// Unix ms.
    pub created_at: u64,
}

const LATEST: &str = "
    SELECT id, kind, to_address, subject, body_text, status, created_at FROM outbox ORDER BY id DESC LIMIT ?1";

/// The latest mails of all tenants, newest first: for a developer's own machine only.
pub async fn latest(db: &impl Db, limit: u32) -> Result<Vec<OutboxRow>, DbError> {
    db.all(Statement::new(LATEST).bind(limit)).await
}
