//! How rows become structs: each field from the column of its name, by a few lines of code per struct.

use crate::{DbError, Value};
use serde::Deserialize;
use serde::de::{Deserializer, MapAccess, Visitor};
use std::borrow::Cow;
use std::fmt;

pub use store_derive::FromRow;

/// What a query found, as JSON text: an array with one object per row, columns by name. Databases give it in one piece, and
/// every row is read by the one JSON parser that forms and frames are read by too: in a Worker each further way of reading
/// costs script.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rows(pub String);

impl Rows {
    /// The rows as what their columns promise.
    pub fn read<T: FromRow>(&self) -> Result<Vec<T>, DbError> {
        let mut rows = self.columns()?;
        let mut read = Vec::with_capacity(rows.len());
        for row in &mut rows {
            match T::from_row(row) {
                Some(one) => read.push(one),
                None => return Err(row.malformed()),
            }
        }
        Ok(read)
    }

    fn columns(&self) -> Result<Vec<Row<'_>>, DbError> {
        serde_json::from_str(&self.0).map_err(|error| DbError::Malformed(error.to_string()))
    }
}

/// A struct that a row is read into.
pub trait FromRow: Sized {
    /// Takes the columns out of the row. `None` when one of them is not what its field promises.
    fn from_row(row: &mut Row<'_>) -> Option<Self>;
}

/// A type that a column is read into.
pub trait Column: Sized {
    /// `None` when this is no such value.
    fn from_column(value: Value) -> Option<Self>;
}

/// One row, on its way into a struct.
#[derive(Debug, Default)]
pub struct Row<'a> {
    columns: Vec<(Cow<'a, str>, Value)>,
    /// Where the next column is looked for first: structs and queries mostly name them in the same order.
    next: usize,
    /// The column that was asked for last.
    asked: &'static str,
}

impl Row<'_> {
    /// Takes the value of a column. `None` when there is no such column, or it holds no such value.
    pub fn take<T: Column>(&mut self, column: &'static str) -> Option<T> {
        T::from_column(self.value(column)?)
    }

    fn value(&mut self, column: &'static str) -> Option<Value> {
        self.asked = column;
        let (before, after) = self.columns.split_at_mut_checked(self.next)?;
        let mut places = after.iter_mut().chain(before);
        let distance = places.position(|(name, _)| name == column)?;
        let at = (self.next + distance) % self.columns.len();
        self.next = at + 1;
        let (_, value) = self.columns.get_mut(at)?;
        Some(std::mem::replace(value, Value::Null))
    }

    /// The row could not be read: the column asked for last is not what its field promises.
    fn malformed(&self) -> DbError {
        DbError::Malformed(format!("column {}", self.asked))
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for Row<'a> {
    fn deserialize<D: Deserializer<'de>>(object: D) -> Result<Self, D::Error> {
        object.deserialize_map(RowVisitor)
    }
}

struct RowVisitor;

impl<'de> Visitor<'de> for RowVisitor {
    type Value = Row<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a row")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut object: A) -> Result<Row<'de>, A::Error> {
        let mut row = Row::default();
        while let Some(column) = object.next_entry()? {
            row.columns.push(column);
        }
        Ok(row)
    }
}

impl<'de> Deserialize<'de> for Value {
    fn deserialize<D: Deserializer<'de>>(value: D) -> Result<Self, D::Error> {
        value.deserialize_any(ValueVisitor)
    }
}

struct ValueVisitor;

impl Visitor<'_> for ValueVisitor {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("NULL, a number or text")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_i64<E>(self, number: i64) -> Result<Value, E> {
        Ok(Value::Int(number))
    }

    fn visit_u64<E: serde::de::Error>(self, number: u64) -> Result<Value, E> {
        i64::try_from(number)
            .map(Value::Int)
            .map_err(|_| E::custom("a number is past 2^63"))
    }

    fn visit_f64<E>(self, number: f64) -> Result<Value, E> {
        Ok(Value::Real(number))
    }

    fn visit_str<E>(self, text: &str) -> Result<Value, E> {
        Ok(Value::Text(text.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[derive(Debug, PartialEq, FromRow)]
    struct Note {
        id: u8,
        text: Option<String>,
        weight: f64,
    }

    fn read(json: &str) -> Result<Vec<Note>, DbError> {
        Rows(json.to_owned()).read()
    }

    #[test]
    fn columns_may_stand_in_any_order_and_among_others() {
        let row = |text: Option<&str>| Note {
            id: 7,
            text: text.map(str::to_owned),
            weight: 2.0,
        };
        for json in [
            r#"[{"id":7,"text":"a\"b","weight":2}]"#,
            r#"[{"weight":2.0,"x":1,"text":"a\"b","id":7,"y":null}]"#,
        ] {
            assert_eq!(read(json).unwrap(), [row(Some("a\"b"))], "{json}");
        }
        assert_eq!(
            read(r#"[{"id":7,"weight":2,"text":null}]"#).unwrap(),
            [row(None)]
        );
        assert_eq!(read("[]").unwrap(), []);
    }

    #[test]
    fn a_column_that_is_missing_or_holds_something_else_is_named() {
        for (json, column) in [
            (r#"[{"id":7,"weight":2}]"#, "text"),
            (r#"[{}]"#, "id"),
            (r#"[{"id":256,"text":"","weight":2}]"#, "id"),
            (r#"[{"id":null,"text":"","weight":2}]"#, "id"),
            (r#"[{"id":1,"text":"","weight":"2"}]"#, "weight"),
            (r#"[{"id":1,"text":1,"weight":2}]"#, "text"),
        ] {
            let named = DbError::Malformed(format!("column {column}"));
            assert_eq!(read(json), Err(named), "{json}");
        }
        assert!(matches!(read("[{"), Err(DbError::Malformed(_))));
        assert!(matches!(read("[1]"), Err(DbError::Malformed(_))));
    }
}
