//! The port to a SQL database, shaped by what D1 can do: single statements and atomic batches, no open transactions.

use crate::{FromRow, Rows};
use std::future::Future;
use std::pin::Pin;

/// A value bound to a `?` of a statement. There is no boolean (D1 gives 1 and 0 back) and no integer past 2^53 (D1 speaks
/// JavaScript's numbers).
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// SQL NULL.
    Null,
    /// A whole number, at most 2^53 in size.
    Int(i64),
    /// A real number.
    Real(f64),
    /// Text.
    Text(String),
}

/// One SQL statement with its values: at most 100, D1's limit.
#[derive(Debug, Clone, PartialEq)]
pub struct Statement {
    /// The SQL, with `?1`, `?2`, ... for the values.
    pub sql: &'static str,
    /// The values in order.
    pub values: Vec<Value>,
}

impl Statement {
    /// A statement without values.
    pub fn new(sql: &'static str) -> Self {
        Self {
            sql,
            values: Vec::new(),
        }
    }

    /// Binds the next value.
    #[must_use]
    pub fn bind(mut self, value: impl Into<Value>) -> Self {
        self.values.push(value.into());
        self
    }
}

/// What went wrong in the database.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DbError {
    /// A row with the same key stands there already; names `table.column`.
    #[error("{0} exists already")]
    Exists(String),
    /// A row points at something that does not exist.
    #[error("a row points at something that does not exist")]
    Dangling,
    /// A stored value is not what its column promises.
    #[error("a stored row is malformed: {0}")]
    Malformed(String),
    /// Anything else. The text is for the log, never for the client.
    #[error("the database failed: {0}")]
    Failed(String),
}

impl DbError {
    /// Reads SQLite's own message, which D1 passes on inside its error.
    pub fn from_message(message: &str) -> Self {
        if let Some((_, rest)) = message.split_once("UNIQUE constraint failed: ") {
            let key = rest
                .split([',', ':', ' ', '\n', '"'])
                .next()
                .unwrap_or(rest);
            return DbError::Exists(key.to_owned());
        }
        if message.contains("FOREIGN KEY constraint failed") {
            return DbError::Dangling;
        }
        DbError::Failed(message.to_owned())
    }
}

/// What a database answers, when it has.
pub type Answer<T> = Pin<Box<dyn Future<Output = Result<T, DbError>> + Send>>;

/// A SQL database. Rows are read by column name into any [`FromRow`] struct (`snake_case` columns, as written in SQL).
pub trait Db: Clone + Send + Sync + 'static {
    /// All rows of a query, unread.
    fn query(&self, statement: Statement) -> Answer<Rows>;

    /// Runs a statement and gives the number of rows it changed. D1 counts those that a foreign key or a trigger changed along
    /// with them: ask whether there were any, never how many.
    fn run(&self, statement: Statement) -> Answer<u64>;

    /// Runs all statements or none, and gives the number of rows each changed.
    fn batch(&self, statements: Vec<Statement>) -> Answer<Vec<u64>>;

    /// What was asked of the database so far, through this handle and its clones.
    fn usage(&self) -> Usage;

    /// All rows of a query.
    fn all<T: FromRow>(
        &self,
        statement: Statement,
    ) -> impl Future<Output = Result<Vec<T>, DbError>> + Send {
        let rows = self.query(statement);
        async move { rows.await?.read() }
    }

    /// The first row of a query, if there is one.
    fn first<T: FromRow>(
        &self,
        statement: Statement,
    ) -> impl Future<Output = Result<Option<T>, DbError>> + Send {
        let rows = self.query(statement);
        async move { Ok(rows.await?.read()?.into_iter().next()) }
    }
}

/// What work a database did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Usage {
    /// Statements that ran.
    pub statements: u64,
    /// Rows that were read to answer them, as D1 counts and bills them: those that an index skipped are not among them.
    pub rows_read: u64,
}

impl Usage {
    /// What came on top of `earlier`.
    #[must_use]
    pub fn since(self, earlier: Self) -> Self {
        Self {
            statements: self.statements.saturating_sub(earlier.statements),
            rows_read: self.rows_read.saturating_sub(earlier.rows_read),
        }
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Value::Text(text.to_owned())
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Value::Text(text)
    }
}

impl From<i64> for Value {
    fn from(number: i64) -> Self {
        Value::Int(number)
    }
}

impl From<u8> for Value {
    fn from(number: u8) -> Self {
        Value::Int(number.into())
    }
}

impl From<u16> for Value {
    fn from(number: u16) -> Self {
        Value::Int(number.into())
    }
}

impl From<u32> for Value {
    fn from(number: u32) -> Self {
        Value::Int(number.into())
    }
}

/// Moments in milliseconds stay far below 2^53.
impl From<u64> for Value {
    fn from(number: u64) -> Self {
        Value::Int(i64::try_from(number).unwrap_or(i64::MAX))
    }
}

impl From<bool> for Value {
    fn from(yes: bool) -> Self {
        Value::Int(yes.into())
    }
}

impl<T: Into<Value>> From<Option<T>> for Value {
    fn from(value: Option<T>) -> Self {
        value.map_or(Value::Null, Into::into)
    }
}

macro_rules! ids {
    ($($name:ident),*) => {$(
        impl From<domain::ids::$name> for Value {
            fn from(id: domain::ids::$name) -> Self {
                Value::Text(id.to_string())
            }
        }
    )*};
}

ids!(
    CompanyId,
    UserId,
    TeamId,
    GroupId,
    ScenarioId,
    ScenarioVersionId,
    SessionId,
    TurnId,
    MessageId,
    NoteId,
    DeviceId,
    RefreshTokenId,
    RecordingId,
    InviteId,
    MailId
);
