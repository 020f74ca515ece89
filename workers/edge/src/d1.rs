//! The `Db` port on D1.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use store::{Answer, Db, DbError, Rows, Statement, Usage, Value};
use worker::Env;
use worker::d1::D1Database;
use worker::js_sys::{Array, JSON, Promise, Reflect};
use worker::send::SendFuture;
use worker::wasm_bindgen::{JsCast, JsValue};
use worker::wasm_bindgen_futures::JsFuture;
use worker::worker_sys::types::{D1Database as Binding, D1PreparedStatement as Prepared, D1Result};

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

    fn prepare(&self, statement: &Statement) -> Result<Prepared, DbError> {
        let values: Array = statement.values.iter().map(js_value).collect();
        let binding: &Binding = self.0.database.as_ref().unchecked_ref();
        let prepared = binding.prepare(statement.sql).map_err(failed)?;
        prepared.bind(values).map_err(failed)
    }

    /// What D1 answered, once it has. What it says it did is counted; without its word a statement counts alone.
    async fn settle(&self, asked: Result<Promise, JsValue>) -> Result<D1Result, DbError> {
        let answer = JsFuture::from(asked.map_err(failed)?).await;
        let result = answer.map_err(failed)?.unchecked_into();
        self.count(&result);
        Ok(result)
    }

    fn count(&self, result: &D1Result) {
        let rows = meta(result, "rows_read");
        self.0.statements.fetch_add(1, Ordering::Relaxed);
        self.0.rows_read.fetch_add(rows, Ordering::Relaxed);
    }
}

impl Db for D1 {
    fn query(&self, statement: Statement) -> Answer<Rows> {
        let db = self.clone();
        Box::pin(SendFuture::new(async move {
            let result = db.settle(db.prepare(&statement)?.all()).await?;
            let rows = result.results().map_err(failed)?.unwrap_or_default();
            let text = JSON::stringify(&rows).map_err(failed)?;
            Ok(Rows(text.into()))
        }))
    }

    fn run(&self, statement: Statement) -> Answer<u64> {
        let db = self.clone();
        Box::pin(SendFuture::new(async move {
            let result = db.settle(db.prepare(&statement)?.run()).await?;
            Ok(meta(&result, "changes"))
        }))
    }

    fn batch(&self, statements: Vec<Statement>) -> Answer<Vec<u64>> {
        let db = self.clone();
        Box::pin(SendFuture::new(async move {
            let prepared = Array::new();
            for statement in &statements {
                prepared.push(db.prepare(statement)?.as_ref());
            }
            let binding: &Binding = db.0.database.as_ref().unchecked_ref();
            let asked = binding.batch(prepared).map_err(failed)?;
            let results: Array = JsFuture::from(asked)
                .await
                .map_err(failed)?
                .unchecked_into();
            Ok(results
                .iter()
                .map(|result| {
                    let result = result.unchecked_into();
                    db.count(&result);
                    meta(&result, "changes")
                })
                .collect())
        }))
    }

    fn usage(&self) -> Usage {
        Usage {
            statements: self.0.statements.load(Ordering::Relaxed),
            rows_read: self.0.rows_read.load(Ordering::Relaxed),
        }
    }
}

/// One of the counts that D1 gives with its answer; 0 where it doesn't.
#[allow(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::as_conversions
)]
fn meta(result: &D1Result, count: &str) -> u64 {
    let count = result
        .meta()
        .and_then(|meta| Reflect::get(&meta, &count.into()))
        .ok()
        .and_then(|count| count.as_f64());
    count.unwrap_or(0.0) as u64
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

/// SQLite's own words stand in the error's message, or in that of its cause.
fn failed(error: JsValue) -> DbError {
    DbError::from_message(&format!("{error:?}"))
}
