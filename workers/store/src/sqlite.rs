//! The port on SQLite, for tests: with D1's rules, so that what passes here works there.
//!
//! - at most 100 values in a statement, and no whole number past 2^53;
//! - no booleans, foreign keys always on, a batch is all or nothing;
//! - rows are read by column name.
//!
//! It also counts what statements cost and remembers their texts, so that tests can see that cost does not grow with
//! history and that no query reads a table from end to end.

use crate::{Answer, Db, DbError, Rows, Statement, Usage, Value};
use rusqlite::backup::Backup;
use rusqlite::types::{ToSqlOutput, ValueRef};
use rusqlite::{Connection, StatementStatus, ToSql, params_from_iter};
use std::collections::BTreeSet;
use std::future::ready;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Tells SQLite's backup to copy everything at once.
const ALL_PAGES: i32 = -1;

/// D1's limit on the values of one statement.
pub const MAX_VALUES: usize = 100;

/// The largest whole number that survives JavaScript.
pub const MAX_INTEGER: i64 = 1 << 53;

/// Everything a database has, as kind, name and text, the text with single blanks and without comments.
pub fn schema_of(
    database: &Connection,
) -> Result<BTreeSet<(String, String, String)>, rusqlite::Error> {
    let mut query = database.prepare("SELECT type, name, coalesce(sql, '') FROM sqlite_schema")?;
    let objects = query.query_map([], |row| {
        let sql: String = row.get(2)?;
        let bare = sql.lines().flat_map(|line| {
            let code = line.split("--").next().unwrap_or_default();
            code.split_whitespace()
        });
        // A column that was added stands after the blanks before the bracket.
        let bare = bare.collect::<Vec<_>>().join(" ");
        let bare = bare.replace(" ,", ",").replace(" )", ")");
        Ok((row.get(0)?, row.get(1)?, bare))
    })?;
    objects.collect()
}

/// A SQLite database behind the port. Clones share it.
#[derive(Clone)]
pub struct Sqlite {
    inner: Arc<Mutex<Inner>>,
}

struct Inner {
    connection: Connection,
    cost: Cost,
    usage: Usage,
    seen: BTreeSet<&'static str>,
}

/// What statements cost so far.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Cost {
    /// Statements that ran.
    pub statements: u64,
    /// Operations of SQLite's virtual machine: they grow with every row that is read, by index or not.
    pub steps: u64,
    /// Rows stepped over in scans from end to end.
    pub scanned: u64,
}

impl Sqlite {
    /// An empty database in memory, with the schema in `sql`.
    pub fn in_memory(sql: &str) -> Result<Self, DbError> {
        let connection = Connection::open_in_memory().map_err(failed)?;
        let db = Self::on(connection)?;
        db.lock().connection.execute_batch(sql).map_err(failed)?;
        Ok(db)
    }

    /// A database that is open already.
    pub fn on(connection: Connection) -> Result<Self, DbError> {
        connection
            .pragma_update(None, "foreign_keys", true)
            .map_err(failed)?;
        Ok(Self {
            inner: Arc::new(Mutex::new(Inner {
                connection,
                cost: Cost::default(),
                usage: Usage::default(),
                seen: BTreeSet::new(),
            })),
        })
    }

    /// Another database in memory with all that is in this one: what one test arranged, for many to spoil.
    pub fn copy(&self) -> Result<Self, DbError> {
        let mut copied = Connection::open_in_memory().map_err(failed)?;
        Backup::new(&self.lock().connection, &mut copied)
            .and_then(|backup| backup.step(ALL_PAGES))
            .map_err(failed)?;
        Self::on(copied)
    }

    /// What ran so far, since the start or the last call.
    pub fn take_cost(&self) -> Cost {
        std::mem::take(&mut self.lock().cost)
    }

    /// The texts of all statements that ran.
    pub fn seen(&self) -> Vec<&'static str> {
        self.lock().seen.iter().copied().collect()
    }

    /// SQLite's plan for a statement, one line per step.
    pub fn plan(&self, sql: &str) -> Result<Vec<String>, DbError> {
        let inner = self.lock();
        let mut statement = inner
            .connection
            .prepare(&format!("EXPLAIN QUERY PLAN {sql}"))
            .map_err(failed)?;
        let mut rows = statement.raw_query();
        let mut lines = Vec::new();
        while let Some(row) = rows.next().map_err(failed)? {
            lines.push(row.get("detail").map_err(failed)?);
        }
        Ok(lines)
    }

    /// Runs any SQL text, several statements too: for what tests arrange and look up.
    pub fn script(&self, sql: &str) -> Result<(), DbError> {
        self.lock().connection.execute_batch(sql).map_err(failed)
    }

    fn lock(&self) -> MutexGuard<'_, Inner> {
        // A panic in a test leaves the database as its last statement left it.
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Db for Sqlite {
    fn query(&self, statement: Statement) -> Answer<Rows> {
        at_once(self.lock().query(&statement))
    }

    fn run(&self, statement: Statement) -> Answer<u64> {
        at_once(self.lock().run(&statement))
    }

    fn batch(&self, statements: Vec<Statement>) -> Answer<Vec<u64>> {
        at_once(self.lock().batch(&statements))
    }

    /// SQLite keeps no count of rows read: those it gave stand in, a lower bound. [`Sqlite::take_cost`] tells the truth in
    /// SQLite's own unit.
    fn usage(&self) -> Usage {
        self.lock().usage
    }
}

impl Inner {
    fn run(&mut self, statement: &Statement) -> Result<u64, DbError> {
        self.seen.insert(statement.sql);
        let (changed, cost) = execute(&self.connection, statement)?;
        self.spend(cost, 0);
        Ok(changed)
    }

    fn batch(&mut self, statements: &[Statement]) -> Result<Vec<u64>, DbError> {
        let mut total = Cost::default();
        self.seen.extend(statements.iter().map(|one| one.sql));
        let transaction = self.connection.transaction().map_err(failed)?;
        let mut changed = Vec::with_capacity(statements.len());
        for statement in statements {
            let (rows, cost) = execute(&transaction, statement)?;
            total.add(cost);
            changed.push(rows);
        }
        transaction.commit().map_err(failed)?;
        self.spend(total, 0);
        Ok(changed)
    }

    fn query(&mut self, statement: &Statement) -> Result<Rows, DbError> {
        check(statement)?;
        self.seen.insert(statement.sql);
        let mut prepared = self
            .connection
            .prepare_cached(statement.sql)
            .map_err(failed)?;
        let names: Vec<String> = prepared.column_names().map(str::to_owned).collect();
        let mut found = Vec::new();
        let mut rows = prepared
            .query(params_from_iter(&statement.values))
            .map_err(failed)?;
        while let Some(row) = rows.next().map_err(failed)? {
            let mut object = serde_json::Map::new();
            for (index, name) in names.iter().enumerate() {
                let column = row.get_ref(index).map_err(failed)?;
                object.insert(name.clone(), json(column)?);
            }
            found.push(serde_json::Value::Object(object));
        }
        drop(rows);
        let cost = Cost::of(&prepared);
        drop(prepared);
        self.spend(cost, found.len());
        Ok(Rows(serde_json::Value::Array(found).to_string()))
    }

    fn spend(&mut self, cost: Cost, rows: usize) {
        self.cost.add(cost);
        self.usage.statements += cost.statements;
        self.usage.rows_read += u64::try_from(rows).unwrap_or(u64::MAX);
    }
}

/// SQLite answers before anybody waits.
fn at_once<T: Send + 'static>(answer: Result<T, DbError>) -> Answer<T> {
    Box::pin(ready(answer))
}

/// Runs one statement by D1's rules on a connection or in a transaction; gives the rows it changed, those that went along by
/// a foreign key or a trigger counted as D1 counts them, and its cost.
pub fn execute(connection: &Connection, statement: &Statement) -> Result<(u64, Cost), DbError> {
    check(statement)?;
    let before = total_changes(connection)?;
    let mut prepared = connection.prepare_cached(statement.sql).map_err(failed)?;
    prepared
        .execute(params_from_iter(&statement.values))
        .map_err(failed)?;
    let cost = Cost::of(&prepared);
    Ok((total_changes(connection)? - before, cost))
}

fn total_changes(connection: &Connection) -> Result<u64, DbError> {
    let mut prepared = connection
        .prepare_cached("SELECT total_changes()")
        .map_err(failed)?;
    let changes: i64 = prepared.query_row([], |row| row.get(0)).map_err(failed)?;
    Ok(u64::try_from(changes).unwrap_or_default())
}

impl Cost {
    /// The cost of a prepared statement since the last look.
    fn of(statement: &rusqlite::Statement<'_>) -> Self {
        let counter = |which| u64::try_from(statement.reset_status(which)).unwrap_or_default();
        Self {
            statements: 1,
            steps: counter(StatementStatus::VmStep),
            scanned: counter(StatementStatus::FullscanStep),
        }
    }

    fn add(&mut self, other: Self) {
        self.statements += other.statements;
        self.steps += other.steps;
        self.scanned += other.scanned;
    }
}

fn check(statement: &Statement) -> Result<(), DbError> {
    let count = statement.values.len();
    if count > MAX_VALUES {
        return Err(DbError::Failed(format!(
            "{count} values in one statement; D1 takes {MAX_VALUES}"
        )));
    }
    let too_large = |value: &&Value| matches!(value, Value::Int(number) if number.unsigned_abs() > MAX_INTEGER.unsigned_abs());
    if let Some(value) = statement.values.iter().find(too_large) {
        return Err(DbError::Failed(format!(
            "{value:?} is past 2^53; D1 speaks JavaScript's numbers"
        )));
    }
    Ok(())
}

fn json(column: ValueRef<'_>) -> Result<serde_json::Value, DbError> {
    Ok(match column {
        ValueRef::Null => serde_json::Value::Null,
        ValueRef::Integer(number) if number.unsigned_abs() > MAX_INTEGER.unsigned_abs() => {
            return Err(DbError::Malformed(format!("{number} is past 2^53")));
        }
        ValueRef::Integer(number) => number.into(),
        ValueRef::Real(number) => number.into(),
        ValueRef::Text(text) => String::from_utf8_lossy(text).into(),
        ValueRef::Blob(_) => return Err(DbError::Malformed("a blob in D1".to_owned())),
    })
}

fn failed(error: rusqlite::Error) -> DbError {
    DbError::from_message(&error.to_string())
}

impl ToSql for Value {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(match self {
            Value::Null => ValueRef::Null,
            Value::Int(number) => ValueRef::Integer(*number),
            Value::Real(number) => ValueRef::Real(*number),
            Value::Text(text) => ValueRef::Text(text.as_bytes()),
        }))
    }
}
