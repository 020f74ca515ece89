//! Cursors of lists that go by name: a place in the list as text that a query can carry.

use crate::error::ApiError;
use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use contract::problem::FieldError;
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::str::FromStr;

/// A place as a cursor.
pub(crate) fn of_place(place: &impl Serialize) -> String {
    BASE64_URL_SAFE_NO_PAD.encode(serde_json::to_vec(place).unwrap_or_default())
}

/// The place a cursor stands for; the beginning when there is none.
pub(crate) fn to_place<T: DeserializeOwned + Default>(cursor: Option<&str>) -> Result<T, ApiError> {
    let Some(cursor) = cursor else {
        return Ok(T::default());
    };
    let bytes = BASE64_URL_SAFE_NO_PAD.decode(cursor).ok();
    let text = bytes.and_then(|bytes| String::from_utf8(bytes).ok());
    text.and_then(|text| captain_json::from_str(&text).ok())
        .ok_or_else(no_cursor)
}

/// The id that the cursor of a list by id is.
pub(crate) fn to_id<T: FromStr>(cursor: Option<&str>) -> Result<Option<T>, ApiError> {
    let id = cursor.map(|cursor| cursor.parse().map_err(|_| no_cursor()));
    id.transpose()
}

fn no_cursor() -> ApiError {
    let message = "Send back `nextCursor` exactly as it came.";
    ApiError::fields(vec![FieldError::new("cursor", message)])
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use domain::ids::GroupId;

    type Place = (String, String);

    #[test]
    fn a_place_comes_back() {
        let place = ("Āśā \"\u{1F600}".to_owned(), String::new());
        let cursor = of_place(&place);
        assert_eq!(to_place::<Place>(Some(&cursor)).unwrap(), place);
        assert_eq!(to_place::<Place>(None).unwrap(), Place::default());
    }

    #[test]
    fn other_texts_are_refused() {
        for bad in ["", "x", "नमस्ते", "e30", &of_place(&1)] {
            assert!(to_place::<Place>(Some(bad)).is_err(), "{bad}");
            assert!(to_id::<GroupId>(Some(bad)).is_err(), "{bad}");
        }
        assert!(to_id::<GroupId>(None).unwrap().is_none());
    }
}
