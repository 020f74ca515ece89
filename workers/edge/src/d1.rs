//! The `Db` port on D1.

use serde::de::DeserializeOwned;
use std::future::Future;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use store::{Db, DbError, Statement, Usage, Value};
use worker::Env;
use worker::d1::{D1Database, D1PreparedStatement, D1Result};
use worker::send::SendFuture;
use worker::wasm_bindgen::JsValue;

/// The database behind the binding `DB`.
#[derive(Clone)]
pub struct D1(Arc<Inner>);

struct Inner {
    database: D1Database,
    statements: AtomicU64,
    rows_read: AtomicU64,
}

impl D1 {
    /// The binding of this environment.
    pub fn of(env: &Env) -> worker::Result<Self> {
        Ok(Self(Arc::new(Inner {
            database: env.d1("DB")?,
            statements: AtomicU64::new(0),
            rows_read: AtomicU64::new(0),
        })))
    }

    fn prepare(&self, statement: &Statement) -> Result<D1PreparedStatement, DbError> {
        let values: Vec<JsValue> = statement.values.iter().map(js_value).collect();
        let prepared = self.0.database.prepare(statement.sql);
        prepared.bind(&values).map_err(failed)
    }

    /// What D1 says it did. Without its word a statement counts alone.
    fn count(&self, result: &D1Result) {
        let meta = result.meta().ok().flatten();
        let rows = meta.and_then(|meta| meta.rows_read).unwrap_or(0);
        let rows = u64::try_from(rows).unwrap_or(u64::MAX);
        self.0.statements.fetch_add(1, Ordering::Relaxed);
        self.0.rows_read.fetch_add(rows, Ordering::Relaxed);
    }
}

impl Db for D1 {
    fn all<T: DeserializeOwned + Send + 'static>(
        &self,
        statement: Statement,
    ) -> impl Future<Output = Result<Vec<T>, DbError>> + Send {
        let db = self.clone();
        SendFuture::new(async move {
            let result = db.prepare(&statement)?.all().await.map_err(failed)?;
            db.count(&result);
            result.results().map_err(malformed)
        })
    }

    fn first<T: DeserializeOwned + Send + 'static>(
        &self,
        statement: Statement,
    ) -> impl Future<Output = Result<Option<T>, DbError>> + Send {
        let db = self.clone();
        SendFuture::new(async move {
            let result = db.prepare(&statement)?.all().await.map_err(failed)?;
            db.count(&result);
            let rows: Vec<T> = result.results().map_err(malformed)?;
            Ok(rows.into_iter().next())
        })
    }

    fn run(&self, statement: Statement) -> impl Future<Output = Result<u64, DbError>> + Send {
        let db = self.clone();
        SendFuture::new(async move {
            let result = db.prepare(&statement)?.run().await.map_err(failed)?;
            db.count(&result);
            changes(&result)
        })
    }

    fn batch(
        &self,
        statements: Vec<Statement>,
    ) -> impl Future<Output = Result<Vec<u64>, DbError>> + Send {
        let db = self.clone();
        SendFuture::new(async move {
            let prepared = statements
                .iter()
                .map(|statement| db.prepare(statement))
                .collect::<Result<Vec<_>, _>>()?;
            let results = db.0.database.batch(prepared).await.map_err(failed)?;
            results.iter().for_each(|result| db.count(result));
            results.iter().map(changes).collect()
        })
    }

    fn usage(&self) -> Usage {
        Usage {
            statements: self.0.statements.load(Ordering::Relaxed),
            rows_read: self.0.rows_read.load(Ordering::Relaxed),
        }
    }
}

fn changes(result: &D1Result) -> Result<u64, DbError> {
    let meta = result.meta().map_err(failed)?;
    let changes = meta.and_then(|meta| meta.changes).unwrap_or(0);
    Ok(u64::try_from(changes).unwrap_or(0))
}

/// D1 refuses BigInt and `undefined`: whole numbers travel as JavaScript numbers, absence as null.
#[allow(clippy::cast_precision_loss, clippy::as_conversions)]
fn js_value(value: &Value) -> JsValue {
    match value {
        Value::Null => JsValue::NULL,
        Value::Int(number) => JsValue::from_f64(*number as f64),
        Value::Real(number) => JsValue::from_f64(*number),
        Value::Text(text) => JsValue::from_str(text),
    }
}

/// SQLite's own words stand only in the debug form of D1's error.
fn failed(error: worker::Error) -> DbError {
    DbError::from_message(&format!("{error:?}"))
}

fn malformed(error: worker::Error) -> DbError {
    DbError::Malformed(error.to_string())
}
