//! The `Db` port on D1.

use futures::FutureExt;
use futures::channel::oneshot;
use futures::future::{LocalBoxFuture, Shared, WeakShared};
use std::cell::RefCell;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use store::{Answer, Db, DbError, Rows, Statement, Usage, Value};
use worker::Env;
use worker::d1::D1Database;
use worker::js_sys::{Array, JSON, Promise, Reflect};
use worker::send::{SendFuture, SendWrapper};
use worker::wasm_bindgen::{JsCast, JsValue};
use worker::wasm_bindgen_futures::JsFuture;
use worker::worker_sys::types::{D1Database as Binding, D1PreparedStatement as Prepared, D1Result};

/// The database behind the binding `DB`, for one occasion.
///
/// Queries that are asked in one breath (`try_join!`) travel together: D1 takes them as one batch, in one round trip instead of
/// one for each, and all of them see the same moment.
#[derive(Clone)]
pub struct D1(Arc<Inner>);

struct Inner {
    database: Arc<D1Database>,
    breath: SendWrapper<RefCell<Breath>>,
    statements: AtomicU64,
    rows_read: AtomicU64,
}

/// Queries that were asked and did not leave yet.
#[derive(Default)]
struct Breath {
    queries: Vec<Query>,
    /// Their departure; gone when nobody waits for it any more.
    departure: Option<WeakShared<LocalBoxFuture<'static, ()>>>,
}

struct Query {
    prepared: Prepared,
    answer: oneshot::Sender<Result<D1Result, DbError>>,
}

impl D1 {
    /// The binding of this environment.
    pub fn of(env: &Env) -> worker::Result<Self> {
        Ok(Self::new(Arc::new(env.d1("DB")?)))
    }

    /// A binding that was opened before.
    pub fn new(database: Arc<D1Database>) -> Self {
        Self(Arc::new(Inner {
            database,
            breath: SendWrapper::default(),
            statements: AtomicU64::new(0),
            rows_read: AtomicU64::new(0),
        }))
    }

    fn binding(&self) -> &Binding {
        self.0.database.as_ref().as_ref().unchecked_ref()
    }

    fn prepare(&self, statement: &Statement) -> Result<Prepared, DbError> {
        let values: Array = statement.values.iter().map(js_value).collect();
        let prepared = self.binding().prepare(statement.sql).map_err(failed)?;
        prepared.bind(values).map_err(failed)
    }

    /// Lets a query leave with the others of its breath.
    async fn ask(&self, prepared: Prepared) -> Result<D1Result, DbError> {
        let (answer, answered) = oneshot::channel();
        self.departure(Query { prepared, answer }).await;
        answered
            .await
            .unwrap_or_else(|_| Err(DbError::Failed("a query was given up".to_owned())))
    }

    /// What brings the query on its way, and those that are asked before it leaves. Whoever waits drives it, so that nobody is
    /// left behind when one of them is given up.
    fn departure(&self, query: Query) -> Shared<LocalBoxFuture<'static, ()>> {
        let mut breath = self.0.breath.borrow_mut();
        breath.queries.push(query);
        let going = breath.departure.as_ref().and_then(WeakShared::upgrade);
        going.unwrap_or_else(|| {
            let departure = self.clone().depart().boxed_local().shared();
            breath.departure = departure.downgrade();
            departure
        })
    }

    async fn depart(self) {
        // What is joined with this query is asked while its task is looked at; microtasks come after.
        let microtask = Promise::resolve(&JsValue::UNDEFINED);
        // A resolved promise does not fail.
        let _ = JsFuture::from(microtask).await;
        let breath = self.0.breath.take();
        let (asked, waiting): (Vec<Prepared>, Vec<_>) = breath
            .queries
            .into_iter()
            .filter(|query| !query.answer.is_canceled())
            .map(|query| (query.prepared, query.answer))
            .unzip();
        let results = match asked.as_slice() {
            [] => return,
            [alone] => self.settle(alone.all()).await.map(|result| vec![result]),
            _ => self.settle_all(asked).await,
        };
        match results {
            Ok(results) => {
                for (answer, result) in waiting.into_iter().zip(results) {
                    // Who was given up meanwhile misses nothing.
                    let _ = answer.send(Ok(result));
                }
            }
            Err(error) => {
                for answer in waiting {
                    let _ = answer.send(Err(error.clone()));
                }
            }
        }
    }

    /// What D1 answered, once it has. What it says it did is counted; without its word a statement counts alone.
    async fn settle(&self, asked: Result<Promise, JsValue>) -> Result<D1Result, DbError> {
        let answer = JsFuture::from(asked.map_err(failed)?).await;
        let result = answer.map_err(failed)?.unchecked_into();
        self.count(&result);
        Ok(result)
    }

    /// The same of a batch: all of it, or none.
    async fn settle_all(&self, asked: Vec<Prepared>) -> Result<Vec<D1Result>, DbError> {
        let asked: Array = asked.into_iter().map(JsValue::from).collect();
        let asked = self.binding().batch(asked).map_err(failed)?;
        let results: Array = JsFuture::from(asked)
            .await
            .map_err(failed)?
            .unchecked_into();
        let results = results.iter().map(JsCast::unchecked_into);
        Ok(results.inspect(|result| self.count(result)).collect())
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
            let result = db.ask(db.prepare(&statement)?).await?;
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
            let prepared: Result<Vec<Prepared>, DbError> = statements
                .iter()
                .map(|statement| db.prepare(statement))
                .collect();
            let results = db.settle_all(prepared?).await?;
            Ok(results
                .iter()
                .map(|result| meta(result, "changes"))
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
