//! Pictures of people and companies: under which key their bytes are in R2. Bytes are there before the key stands here, and
//! those of the key before go after it.

use crate::audit::{self, Change};
use crate::{Db, DbError, FromRow, Statement};
use domain::ids::{CompanyId, UserId};

/// Whose picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PictureOf {
    /// A person's avatar.
    User(CompanyId, UserId),
    /// A company's logo.
    Company(CompanyId),
}

#[derive(FromRow)]
struct Key {
    object_key: Option<String>,
}

const AVATAR: &str = "SELECT avatar_key AS object_key FROM users WHERE id = ?2 AND company_id = ?1";
const LOGO: &str = "SELECT logo_key AS object_key FROM companies WHERE id = ?1";

/// Where the picture is; the outer `None` is nobody of this company.
pub async fn key(db: &impl Db, of: PictureOf) -> Result<Option<Option<String>>, DbError> {
    let statement = match of {
        PictureOf::User(company, user) => Statement::new(AVATAR).bind(company).bind(user),
        PictureOf::Company(company) => Statement::new(LOGO).bind(company),
    };
    let row: Option<Key> = db.first(statement).await?;
    Ok(row.map(|row| row.object_key))
}

const SET_AVATAR: &str = "
    UPDATE users SET avatar_key = ?4, updated_at = ?5 WHERE id = ?2 AND company_id = ?1 AND avatar_key IS ?3";
const SET_LOGO: &str = "
    UPDATE companies SET logo_key = ?3, updated_at = ?4 WHERE id = ?1 AND logo_key IS ?2";

/// Puts one key in the place of another. Gives false, and changes nothing, when the other stands there no more.
pub async fn set_key(
    db: &impl Db,
    of: PictureOf,
    old: Option<&str>,
    new: Option<&str>,
    change: &Change,
) -> Result<bool, DbError> {
    let statement = match of {
        PictureOf::User(company, user) => Statement::new(SET_AVATAR).bind(company).bind(user),
        PictureOf::Company(company) => Statement::new(SET_LOGO).bind(company),
    };
    let changed = db
        .batch(vec![
            statement.bind(old).bind(new).bind(change.at),
            audit::entry_if_changed(change),
        ])
        .await?;
    Ok(changed.first().is_some_and(|rows| *rows > 0))
}
