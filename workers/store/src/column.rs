//! How columns read into types where SQLite has fewer types than Rust.

use serde::Deserialize;
use serde::de::{DeserializeOwned, Deserializer, Error};

/// A 0 or 1 as a flag.
pub(crate) fn flag<'de, D: Deserializer<'de>>(column: D) -> Result<bool, D::Error> {
    Ok(i64::deserialize(column)? != 0)
}

/// JSON text as what it says.
pub(crate) fn json<'de, D, T>(column: D) -> Result<T, D::Error>
where
    D: Deserializer<'de>,
    T: DeserializeOwned,
{
    let text = String::deserialize(column)?;
    serde_json::from_str(&text).map_err(D::Error::custom)
}

/// JSON text, if there is any, as what it says.
pub(crate) fn optional_json<'de, D, T>(column: D) -> Result<Option<T>, D::Error>
where
    D: Deserializer<'de>,
    T: DeserializeOwned,
{
    let text: Option<String> = Option::deserialize(column)?;
    text.map(|text| serde_json::from_str(&text).map_err(D::Error::custom))
        .transpose()
}

/// The customers of the scenario version `v`, as JSON of `sessions::DrillCardRow`.
macro_rules! drill_cards {
    () => {
        "(SELECT json_group_array(json_object(
                'id', d.value ->> '$.id', 'title', d.value ->> '$.title',
                'customer_name', d.value ->> '$.customer.name', 'customer_business', d.value ->> '$.customer.business'))
            FROM json_each(v.text, '$.drills') d)"
    };
}
pub(crate) use drill_cards;
