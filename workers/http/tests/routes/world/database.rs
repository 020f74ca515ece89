//! SQLite that lets others go first before each statement, as a database on the other side of a wire does: requests that run
//! at once interleave.

use serde::de::DeserializeOwned;
use store::sqlite::Sqlite;
use store::{Db, DbError, Statement, Usage};
use tokio::task::yield_now;

#[derive(Clone)]
pub struct Database(pub Sqlite);

impl Db for Database {
    async fn all<T: DeserializeOwned + Send + 'static>(
        &self,
        statement: Statement,
    ) -> Result<Vec<T>, DbError> {
        yield_now().await;
        self.0.all(statement).await
    }

    async fn first<T: DeserializeOwned + Send + 'static>(
        &self,
        statement: Statement,
    ) -> Result<Option<T>, DbError> {
        yield_now().await;
        self.0.first(statement).await
    }

    async fn run(&self, statement: Statement) -> Result<u64, DbError> {
        yield_now().await;
        self.0.run(statement).await
    }

    async fn batch(&self, statements: Vec<Statement>) -> Result<Vec<u64>, DbError> {
        yield_now().await;
        self.0.batch(statements).await
    }

    fn usage(&self) -> Usage {
        self.0.usage()
    }
}
