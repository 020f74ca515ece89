//! Lists, a page at a time.

use garde::Validate;
use serde::{Deserialize, Serialize};

/// How many entries a page has when nobody says.
pub const DEFAULT_LIMIT: u32 = 25;

/// The most entries a page has.
pub const MAX_LIMIT: u32 = 100;

/// The longest cursor of a list that goes by name, characters: two names of the widest kind and an id.
pub const MAX_NAME_CURSOR_CHARS: usize = 1_200;

/// One page of a list. The order is stable: an entry that is there throughout comes exactly once.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(
    feature = "schema",
    derive(schemars::JsonSchema),
    schemars(rename = "PageOf{T}")
)]
#[serde(rename_all = "camelCase")]
pub struct Page<T> {
    /// The entries.
    pub items: Vec<T>,
    /// Sent back as `cursor`, it gives the next page; absent on the last one.
    pub next_cursor: Option<String>,
}

/// Which page: the query of every paged list, beside its filters.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct PageQuery {
    /// 1 to 100; 25 when absent.
    #[garde(range(min = 1, max = MAX_LIMIT))]
    pub limit: Option<u32>,
    /// `nextCursor` of the page before.
    #[garde(length(min = 1, max = 200))]
    pub cursor: Option<String>,
}

impl PageQuery {
    /// How many entries are wanted.
    pub fn limit(&self) -> u32 {
        self.limit.unwrap_or(DEFAULT_LIMIT)
    }
}

impl<T> Page<T> {
    /// A page of rows that were read with a limit of one more than wanted: the extra row tells that there is a next page.
    pub fn of(mut rows: Vec<T>, limit: u32, cursor: impl Fn(&T) -> String) -> Self {
        let limit = usize::try_from(limit).unwrap_or(usize::MAX);
        let more = rows.len() > limit;
        rows.truncate(limit);
        let next_cursor = rows.last().filter(|_| more).map(cursor);
        Self {
            items: rows,
            next_cursor,
        }
    }
}
