//! The numbered migrations yield exactly schema.sql.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use rusqlite::Connection;
use std::path::Path;
use store::sqlite::schema_of;

#[test]
fn migrations_replayed_equal_the_schema() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let mut files: Vec<_> = std::fs::read_dir(root.join("migrations"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "sql"))
        .collect();
    files.sort();
    assert!(!files.is_empty());
    let migrated = Connection::open_in_memory().unwrap();
    for file in files {
        let sql = std::fs::read_to_string(&file).unwrap();
        migrated
            .execute_batch(&sql)
            .unwrap_or_else(|why| panic!("{}: {why}", file.display()));
    }
    let whole = Connection::open_in_memory().unwrap();
    whole
        .execute_batch(&std::fs::read_to_string(root.join("../schema.sql")).unwrap())
        .unwrap();
    let (migrated, whole) = (schema_of(&migrated).unwrap(), schema_of(&whole).unwrap());
    for (one, other) in migrated.iter().zip(&whole) {
        assert_eq!(one, other);
    }
    assert_eq!(migrated.len(), whole.len());
}

/// SQLite reads a child table from end to end when its parent's row goes and no index serves the key.
#[test]
fn every_foreign_key_has_an_index() {
    let database = Connection::open_in_memory().unwrap();
    database
        .execute_batch(include_str!("../../../schema.sql"))
        .unwrap();
    let keys: Vec<(String, String)> = database
        .prepare(
            "SELECT t.name, group_concat(k.\"from\", ' AND ' ORDER BY k.seq)
             FROM sqlite_schema t, pragma_foreign_key_list(t.name) k
             WHERE t.type = 'table' GROUP BY t.name, k.id",
        )
        .unwrap()
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))
        .unwrap()
        .map(Result::unwrap)
        .collect();
    assert!(keys.len() > 40, "{}", keys.len());
    let mut bare = Vec::new();
    for (table, columns) in keys {
        let condition = columns.replace(" AND ", " = 'x' AND ") + " = 'x'";
        let plan: String = database
            .query_row(
                &format!("EXPLAIN QUERY PLAN SELECT 1 FROM {table} WHERE {condition}"),
                [],
                |row| row.get(3),
            )
            .unwrap();
        if !plan.starts_with("SEARCH") {
            bare.push(format!("{table} ({columns}): {plan}"));
        }
    }
    assert_eq!(bare, Vec::<String>::new());
}
