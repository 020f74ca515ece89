//! What a page shows of a list, kept in its address: a link to it shows the same.

use crate::api::with_query;
use crate::browser::address;
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::rc::Rc;
use yew::prelude::*;
use yew_router::prelude::use_location;

/// The address's query, and how to change it. What the query does not say, or says wrongly, is as by default. A change takes the
/// place of the present address, so that Back leads to the page before.
#[hook]
pub fn use_query<T>() -> (Rc<T>, Callback<T>)
where
    T: Serialize + DeserializeOwned + Default + 'static,
{
    let location = use_location();
    let query = location
        .as_ref()
        .and_then(|location| {
            serde_urlencoded::from_str(location.query_str().trim_start_matches('?')).ok()
        })
        .unwrap_or_default();
    let path = location.map_or_else(String::new, |location| location.path().to_owned());
    let set = Callback::from(move |query: T| address::replace(&with_query(&path, &query)));
    (Rc::new(query), set)
}
