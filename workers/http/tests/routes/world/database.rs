//! SQLite that lets others go first before each statement, as a database on the other side of a wire does: requests that run
//! at once interleave.

use store::sqlite::Sqlite;
use store::{Answer, Db, Rows, Statement, Usage};
use tokio::task::yield_now;

#[derive(Clone)]
pub struct Database(pub Sqlite);

impl Db for Database {
    fn query(&self, statement: Statement) -> Answer<Rows> {
        let db = self.0.clone();
        Box::pin(async move {
            yield_now().await;
            db.query(statement).await
        })
    }

    fn run(&self, statement: Statement) -> Answer<u64> {
        let db = self.0.clone();
        Box::pin(async move {
            yield_now().await;
            db.run(statement).await
        })
    }

    fn batch(&self, statements: Vec<Statement>) -> Answer<Vec<u64>> {
        let db = self.0.clone();
        Box::pin(async move {
            yield_now().await;
            db.batch(statements).await
        })
    }

    fn usage(&self) -> Usage {
        self.0.usage()
    }
}
