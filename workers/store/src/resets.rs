//! Password resets: asked for by address, used once.

use crate::audit::{Change, entry_if_changed};
use crate::outbox::{MailKind, NewMail};
use crate::{Db, DbError, FromRow, Statement};
use domain::ids::{CompanyId, UserId};

const OPEN: &str = "
    INSERT INTO reset_tokens (token_hash, user_id, created_at, expires_at)
    SELECT ?2, u.id, ?3, ?4 FROM users u JOIN companies c ON c.id = u.company_id
    WHERE u.email = ?1 AND u.is_active = 1 AND c.is_active = 1";
const MAIL: &str = "
    INSERT INTO outbox (id, company_id, user_id, once_key, kind, to_address, subject, body_text, body_html,
                        next_attempt_at, created_at)
    SELECT ?2, u.company_id, u.id, ?3, ?4, u.email, ?5, ?6, ?7, ?8, ?8
    FROM users u JOIN companies c ON c.id = u.company_id
    WHERE u.email = ?1 AND u.is_active = 1 AND c.is_active = 1";

/// Stores a reset token (SHA-256, hex) and its mail for whoever has the address of the mail. For an address that nobody has,
/// the same statements run and find nobody: neither the answer nor its time tells.
pub async fn open(
    db: &impl Db,
    token_hash: &str,
    expires_at: u64,
    mail: NewMail,
) -> Result<(), DbError> {
    let token = Statement::new(OPEN)
        .bind(mail.to.as_str())
        .bind(token_hash)
        .bind(mail.now)
        .bind(expires_at);
    let mail = Statement::new(MAIL)
        .bind(mail.to)
        .bind(mail.id)
        .bind(mail.once_key)
        .bind(MailKind::PasswordReset.as_str())
        .bind(mail.letter.subject)
        .bind(mail.letter.text)
        .bind(mail.letter.html)
        .bind(mail.now);
    db.batch(vec![token, mail]).await?;
    Ok(())
}

/// A reset token that may still be used.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct OpenReset {
    /// Whose password.
    pub user: UserId,
    /// Their tenant.
    pub company: CompanyId,
    /// Their address.
    pub email: String,
}

const FIND: &str = "
    SELECT u.id AS user, u.company_id AS company, u.email
    FROM reset_tokens t JOIN users u ON u.id = t.user_id
    WHERE t.token_hash = ?1 AND t.used_at IS NULL AND t.expires_at > ?2";

/// The token with this hash, if it still opens.
pub async fn find(db: &impl Db, token_hash: &str, now: u64) -> Result<Option<OpenReset>, DbError> {
    db.first(Statement::new(FIND).bind(token_hash).bind(now))
        .await
}

// Each of these runs only while the token is open; the last one closes it, and the person's other ones with it.
const SET_PASSWORD: &str = "
    UPDATE users SET password_hash = ?3, token_epoch = token_epoch + 1, version = version + 1, updated_at = ?2
    WHERE id = (SELECT user_id FROM reset_tokens WHERE token_hash = ?1 AND used_at IS NULL AND expires_at > ?2)";
const REVOKE_DEVICES: &str = "
    UPDATE devices SET revoked_at = ?2
    WHERE company_id = ?3 AND revoked_at IS NULL
      AND user_id = (SELECT user_id FROM reset_tokens WHERE token_hash = ?1 AND used_at IS NULL AND expires_at > ?2)";
const CLOSE: &str = "
    UPDATE reset_tokens SET used_at = ?2
    WHERE used_at IS NULL
      AND user_id = (SELECT user_id FROM reset_tokens WHERE token_hash = ?1 AND used_at IS NULL AND expires_at > ?2)";

/// Sets a new password (PHC string) and ends all log-ins of that person. Of two that use a token at once, one gets true.
pub async fn spend(
    db: &impl Db,
    token_hash: &str,
    company: CompanyId,
    password_hash: &str,
    change: &Change,
) -> Result<bool, DbError> {
    let changed = db
        .batch(vec![
            Statement::new(SET_PASSWORD)
                .bind(token_hash)
                .bind(change.at)
                .bind(password_hash),
            entry_if_changed(change),
            Statement::new(REVOKE_DEVICES)
                .bind(token_hash)
                .bind(change.at)
                .bind(company),
            Statement::new(CLOSE).bind(token_hash).bind(change.at),
        ])
        .await?;
    Ok(changed.first().is_some_and(|rows| *rows > 0))
}
