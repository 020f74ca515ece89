//! `cargo xtask restore-script`: a backup of D1 as SQL that an empty D1 takes.
//!
//! What `wrangler d1 export` writes can't be read back as it is: it fills each table right after it made it, and D1, whose foreign
//! keys are always on, refuses a row whose parent's table is still to come. So the backup is read into SQLite without foreign
//! keys, checked there as a whole, and written anew: all tables, all rows, then indexes and triggers, so that no trigger counts a
//! restored row once more. The search, which no export can hold, is made again at the end.

use std::io::{BufWriter, Write};
use std::path::Path;

use rusqlite::Connection;

use crate::error::{Error, Result};
use crate::project::Project;
use crate::say;

/// The search's table, its triggers, and what fills it.
const SEARCH: &str = "workers/migrations/0002_scenario_search.sql";
/// D1's limit on one statement, bytes.
const LONGEST_STATEMENT: usize = 100_000;

/// Checks a backup and prints it on stdout as SQL for an empty D1.
pub fn restore_script(project: &Project, backup: &Path) -> Result<()> {
    let text = std::fs::read_to_string(backup).map_err(Error::file(backup))?;
    let search = project.path(SEARCH);
    let search = std::fs::read_to_string(&search).map_err(Error::file(&search))?;
    let bad = |why: String| Error::BadBackup {
        path: backup.to_path_buf(),
        why,
        mend: "take another one, as docs/operations.md tells; of the last 30 days D1 itself has every minute (Time Travel).",
    };
    let database = load(&text).map_err(|why| bad(why.to_string()))?;
    if let Some(why) = fault(&database).map_err(|why| bad(why.to_string()))? {
        return Err(bad(why));
    }
    let mut out = BufWriter::new(std::io::stdout().lock());
    let written = write(&database, &search, &mut out).map_err(|why| bad(why.to_string()))?;
    out.flush().map_err(Error::file("stdout"))?;
    say::line(&format!(
        "{} rows of {} tables, up to {}",
        written.rows, written.tables, written.latest
    ));
    if written.too_long > 0 {
        say::line(&format!(
            "Note: {} rows are longer than a statement of D1 may be ({LONGEST_STATEMENT} bytes); D1 will name them",
            written.too_long
        ));
    }
    Ok(())
}

/// Reads a backup into a database on disk that nobody else sees.
fn load(text: &str) -> rusqlite::Result<Connection> {
    let database = Connection::open("")?;
    database.pragma_update(None, "foreign_keys", false)?;
    database.execute_batch("BEGIN")?;
    database.execute_batch(text)?;
    database.execute_batch("COMMIT")?;
    Ok(database)
}

/// Why a database is not whole.
fn fault(database: &Connection) -> rusqlite::Result<Option<String>> {
    let integrity: String = database.query_row("PRAGMA integrity_check", [], |row| row.get(0))?;
    if integrity != "ok" {
        return Ok(Some(integrity));
    }
    let known = "SELECT count(*) FROM sqlite_schema WHERE name IN ('d1_migrations', 'companies', 'sessions')";
    if database.query_row(known, [], |row| row.get::<_, u32>(0))? != 3 {
        return Ok(Some("it is not of this product's database".to_owned()));
    }
    let mut orphans = database.prepare("PRAGMA foreign_key_check")?;
    let mut orphans = orphans.query([])?;
    Ok(match orphans.next()? {
        None => None,
        Some(row) => Some(format!(
            "a row of {} has lost its row of {}",
            row.get::<_, String>(0)?,
            row.get::<_, String>(2)?
        )),
    })
}

/// What was written.
struct Written {
    tables: u32,
    rows: u64,
    too_long: u64,
    /// The newest migration.
    latest: String,
}

/// An error of the database or of the output.
#[derive(Debug, thiserror::Error)]
enum WriteError {
    #[error(transparent)]
    Database(#[from] rusqlite::Error),
    #[error(transparent)]
    Output(#[from] std::io::Error),
}

fn write(
    database: &Connection,
    search: &str,
    out: &mut impl Write,
) -> std::result::Result<Written, WriteError> {
    let latest = database.query_row("SELECT max(name) FROM d1_migrations", [], |row| row.get(0))?;
    let mut written = Written {
        tables: 0,
        rows: 0,
        too_long: 0,
        latest,
    };
    // Foreign keys are looked at once everything is there.
    writeln!(out, "PRAGMA defer_foreign_keys=TRUE;")?;
    let tables = objects(database, "type = 'table'")?;
    for (_, sql) in &tables {
        writeln!(out, "{sql};")?;
    }
    for (name, _) in &tables {
        written.tables += 1;
        rows(database, name, |row| {
            written.rows += 1;
            written.too_long += u64::from(row.len() > LONGEST_STATEMENT);
            Ok(writeln!(out, "{row}")?)
        })?;
    }
    for (_, sql) in objects(database, "type IN ('index', 'trigger')")? {
        writeln!(out, "{sql};")?;
    }
    write!(out, "{search}")?;
    Ok(written)
}

/// Names and texts of what a database is made of, in the order it was made in; without the search and what is SQLite's own.
fn objects(database: &Connection, kind: &str) -> rusqlite::Result<Vec<(String, String)>> {
    let sql = format!(
        "SELECT name, sql FROM sqlite_schema WHERE {kind} AND sql IS NOT NULL AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'
         AND name NOT LIKE '\\_cf\\_%' ESCAPE '\\' AND name NOT LIKE 'scenario\\_search%' ESCAPE '\\' ORDER BY rowid"
    );
    let mut query = database.prepare(&sql)?;
    query
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect()
}

/// Gives each row of a table as the statement that writes it.
fn rows(
    database: &Connection,
    table: &str,
    mut each: impl FnMut(String) -> std::result::Result<(), WriteError>,
) -> std::result::Result<(), WriteError> {
    let columns: Vec<String> = database
        .prepare("SELECT '\"' || name || '\"' FROM pragma_table_info(?1)")?
        .query_map([table], |row| row.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    let quoted: Vec<String> = columns
        .iter()
        .map(|name| format!("quote({name})"))
        .collect();
    let sql = format!(
        "SELECT 'INSERT INTO \"{table}\" ({}) VALUES(' || {} || ');' FROM \"{table}\"",
        columns.join(","),
        quoted.join(" || ',' || ")
    );
    let mut query = database.prepare(&sql)?;
    let mut rows = query.query([])?;
    while let Some(row) = rows.next()? {
        each(row.get(0)?)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    #![allow(
        clippy::unwrap_used,
        clippy::expect_used,
        clippy::panic,
        clippy::indexing_slicing
    )]
    use super::*;
    use store::sqlite::schema_of;

    /// As D1 exports it: a child's table is filled before its parent's is made, and triggers count.
    const BACKUP: &str = "PRAGMA defer_foreign_keys=TRUE;
CREATE TABLE d1_migrations (id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT UNIQUE);
INSERT INTO \"d1_migrations\" (\"id\",\"name\") VALUES(1,'0001_initial.sql');
INSERT INTO \"d1_migrations\" (\"id\",\"name\") VALUES(2,'0002_scenario_search.sql');
CREATE TABLE sessions (id TEXT PRIMARY KEY, company_id TEXT NOT NULL REFERENCES companies (id), said TEXT, score REAL, voice BLOB);
INSERT INTO \"sessions\" VALUES('s1','c1','It''s; a
CREATE TABLE',66.7,x'00ff');
CREATE TABLE companies (id TEXT PRIMARY KEY, sessions INTEGER NOT NULL DEFAULT 0);
INSERT INTO \"companies\" VALUES('c1',1);
DELETE FROM sqlite_sequence;
INSERT INTO \"sqlite_sequence\" (\"name\",\"seq\") VALUES('d1_migrations',2);
CREATE INDEX sessions_by_company ON sessions (company_id);
CREATE TRIGGER sessions_counted AFTER INSERT ON sessions BEGIN
    UPDATE companies SET sessions = sessions + 1 WHERE id = new.company_id;
END;
";
    const NO_SEARCH: &str = "CREATE TABLE scenario_search (words TEXT);\n";

    fn script(backup: &str) -> String {
        let mut out = Vec::new();
        write(&load(backup).unwrap(), NO_SEARCH, &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn a_backup_comes_back_row_by_row_with_foreign_keys_on() {
        let restored = Connection::open_in_memory().unwrap();
        restored.pragma_update(None, "foreign_keys", true).unwrap();
        let script = format!("BEGIN;{}COMMIT;", script(BACKUP));
        restored.execute_batch(&script).unwrap();
        let session: (String, f64, Vec<u8>) = restored
            .query_row("SELECT said, score, voice FROM sessions", [], |row| {
                Ok((row.get(0)?, row.get(1)?, row.get(2)?))
            })
            .unwrap();
        assert_eq!(
            session,
            ("It's; a\nCREATE TABLE".to_owned(), 66.7, vec![0, 255])
        );
        let counted: u32 = restored
            .query_row("SELECT sessions FROM companies", [], |row| row.get(0))
            .unwrap();
        assert_eq!(counted, 1, "a trigger counted a restored row");
        let mut expected = schema_of(&load(BACKUP).unwrap()).unwrap();
        expected.extend(schema_of(&load(NO_SEARCH).unwrap()).unwrap());
        assert_eq!(schema_of(&restored).unwrap(), expected);
    }

    #[test]
    fn half_a_backup_is_refused() {
        assert_eq!(fault(&load(BACKUP).unwrap()).unwrap(), None);
        let orphan = BACKUP.replace("VALUES('c1',1)", "VALUES('c2',1)");
        let why = fault(&load(&orphan).unwrap()).unwrap().unwrap();
        assert!(
            why.contains("sessions") && why.contains("companies"),
            "{why}"
        );
        let (half, _) = BACKUP.split_once("CREATE TABLE companies").unwrap();
        assert!(fault(&load(half).unwrap()).unwrap().is_some());
        assert!(load("INSERT INTO nowhere VALUES (1)").is_err());
    }
}
