//! The cursor of lists that are newest first: the moment and the id of a page's last entry.

use crate::error::ApiError;
use contract::problem::FieldError;
use store::cursor::After;
use uuid::Uuid;

/// What stands for an entry in a cursor.
pub(crate) fn cursor(created_at: u64, id: Uuid) -> String {
    format!("{created_at}.{id}")
}

/// Where a page begins.
pub(crate) fn read_cursor(cursor: Option<&str>) -> Result<Option<After>, ApiError> {
    cursor
        .map(|text| {
            parse(text).ok_or_else(|| {
                let message = "Send nextCursor of the page before, exactly as it came.";
                ApiError::fields(vec![FieldError::new("cursor", message)])
            })
        })
        .transpose()
}

fn parse(text: &str) -> Option<After> {
    let (at, id) = text.split_once('.')?;
    let id: Uuid = id.parse().ok()?;
    let at: u64 = at.parse().ok().filter(|at| *at < 1 << 53)?;
    Some(After {
        at,
        id: id.to_string(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_comes_back_and_nothing_else_is_one() {
        let id = Uuid::from_u128(7);
        let after = parse(&cursor(42, id));
        assert_eq!(
            after.map(|after| (after.at, after.id)),
            Some((42, id.to_string()))
        );
        for bad in [
            "",
            ".",
            "1",
            "x.y",
            "1.2",
            "99999999999999999999.x",
            "1'.--",
        ] {
            assert!(parse(bad).is_none(), "{bad}");
        }
    }
}
