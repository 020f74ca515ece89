//! The test database keeps D1's rules.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing
)]

mod world;

use store::sqlite::{MAX_INTEGER, MAX_VALUES, Sqlite};
use store::{Db, DbError, FromRow, Statement, Value};
use world::now;

fn notes() -> Sqlite {
    Sqlite::in_memory(
        "CREATE TABLE notes (id INTEGER PRIMARY KEY, text TEXT UNIQUE, weight REAL, done INTEGER) STRICT;
         CREATE TABLE tags (note INTEGER NOT NULL REFERENCES notes (id)) STRICT",
    )
    .unwrap()
}

#[derive(Debug, PartialEq, FromRow)]
struct Note {
    id: i64,
    text: Option<String>,
    weight: Option<f64>,
    done: Option<i64>,
}

const ADD: &str = "INSERT INTO notes (id, text, weight, done) VALUES (?1, ?2, ?3, ?4)";
const ALL: &str = "SELECT done, weight, text, id FROM notes ORDER BY id";

fn add(id: i64, text: &str) -> Statement {
    Statement::new(ADD)
        .bind(id)
        .bind(text)
        .bind(Value::Real(0.5))
        .bind(true)
}

#[test]
fn rows_are_read_by_column_name_and_flags_are_numbers() {
    let db = notes();
    assert_eq!(now(db.run(add(1, "one"))).unwrap(), 1);
    let null = Statement::new(ADD)
        .bind(2_i64)
        .bind(None::<&str>)
        .bind(Value::Null)
        .bind(Value::Null);
    now(db.run(null)).unwrap();
    let rows: Vec<Note> = now(db.all(Statement::new(ALL))).unwrap();
    let one = Note {
        id: 1,
        text: Some("one".into()),
        weight: Some(0.5),
        done: Some(1),
    };
    let two = Note {
        id: 2,
        text: None,
        weight: None,
        done: None,
    };
    assert_eq!(rows, [one, two]);
    assert_eq!(
        now(db.first::<Note>(Statement::new(ALL)))
            .unwrap()
            .unwrap()
            .id,
        1
    );
    assert!(
        now(db.first::<Note>(Statement::new("SELECT * FROM notes WHERE id = 9")))
            .unwrap()
            .is_none()
    );
    #[derive(Debug, FromRow)]
    struct Flag {
        #[allow(dead_code)]
        done: bool,
    }
    let flag = now(db.first::<Flag>(Statement::new(ALL)));
    assert!(matches!(flag, Err(DbError::Malformed(_))), "{flag:?}");
}

#[test]
fn a_hundred_values_fit_and_no_more() {
    let db = notes();
    let sum = |count: usize| {
        let mut statement = Statement::new("SELECT 1 AS n");
        statement.values = vec![Value::Int(1); count];
        statement
    };
    let fits = now(db.run(sum(MAX_VALUES)));
    assert!(
        !matches!(&fits, Err(DbError::Failed(why)) if why.contains("D1 takes")),
        "{fits:?}"
    );
    let why = now(db.run(sum(MAX_VALUES + 1))).unwrap_err().to_string();
    assert!(why.contains("101 values"), "{why}");
    let why = now(db.all::<Note>(sum(MAX_VALUES + 1)))
        .unwrap_err()
        .to_string();
    assert!(why.contains("101 values"), "{why}");
    assert!(now(db.batch(vec![add(1, "one"), sum(MAX_VALUES + 1)])).is_err());
    assert!(now(db.all::<Note>(Statement::new(ALL))).unwrap().is_empty());
}

#[test]
fn numbers_past_what_javascript_counts_are_refused_both_ways() {
    let db = notes();
    now(db.run(add(MAX_INTEGER, "largest"))).unwrap();
    assert!(now(db.run(add(MAX_INTEGER + 1, "too large"))).is_err());
    assert!(now(db.run(add(-MAX_INTEGER - 1, "too small"))).is_err());
    let read = now(db.all::<Note>(Statement::new(
        "SELECT id + 1 AS id, text, weight, done FROM notes",
    )));
    assert!(matches!(read, Err(DbError::Malformed(_))), "{read:?}");
}

#[test]
fn foreign_keys_hold_and_errors_say_what_they_mean() {
    let db = notes();
    now(db.run(add(1, "one"))).unwrap();
    assert_eq!(
        now(db.run(add(2, "one"))),
        Err(DbError::Exists("notes.text".into()))
    );
    let tag = Statement::new("INSERT INTO tags (note) VALUES (?1)");
    assert_eq!(now(db.run(tag.clone().bind(9_i64))), Err(DbError::Dangling));
    now(db.run(tag.bind(1_i64))).unwrap();
    assert_eq!(
        now(db.run(Statement::new("DELETE FROM notes"))),
        Err(DbError::Dangling)
    );
    assert!(matches!(
        now(db.run(Statement::new("SELEC"))),
        Err(DbError::Failed(_))
    ));
}

#[test]
fn a_batch_is_all_or_nothing_and_says_what_each_statement_changed() {
    let db = notes();
    let both = vec![
        add(1, "one"),
        Statement::new("UPDATE notes SET done = 0"),
        Statement::new("UPDATE notes SET done = 1 WHERE id = 7"),
    ];
    assert_eq!(now(db.batch(both)).unwrap(), [1, 1, 0]);
    assert!(now(db.batch(vec![add(2, "two"), add(3, "one")])).is_err());
    assert_eq!(now(db.all::<Note>(Statement::new(ALL))).unwrap().len(), 1);
}

#[test]
fn the_cost_of_reading_shows() {
    let db = notes();
    for id in 0..100 {
        now(db.run(add(id, &id.to_string()))).unwrap();
    }
    db.take_cost();
    now(db.all::<Note>(Statement::new("SELECT * FROM notes WHERE text = '7'"))).unwrap();
    let by_index = db.take_cost();
    now(db.all::<Note>(Statement::new("SELECT * FROM notes WHERE weight = 7"))).unwrap();
    let by_scan = db.take_cost();
    assert_eq!((by_index.statements, by_index.scanned), (1, 0));
    assert_eq!(by_scan.scanned, 99);
    assert!(
        by_scan.steps > by_index.steps + 100,
        "{by_scan:?} {by_index:?}"
    );
}

#[test]
fn it_can_be_shared_between_threads() {
    fn shared<T: Send + Sync + Clone + 'static>(_: &T) {}
    shared(&notes());
}
