//! All SQL of Sales Captain, one module per table family, behind the [`Db`] port: D1 in the Worker, SQLite in tests.
//!
//! Every function that reads or writes a tenant's rows takes the tenant. Bound parameters only.

mod db;

pub use db::{Db, DbError, Statement, Value};
