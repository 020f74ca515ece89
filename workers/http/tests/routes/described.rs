//! The API's description of itself has just the calls that there are, for just those who may make them.

use crate::world::World;
use captain_http::{Access, table};
use captain_openapi::resources;
use std::collections::BTreeMap;

/// Access by method and path.
type Calls = BTreeMap<(String, String), Access>;

#[test]
fn every_call_is_described_and_no_other() {
    let routes: Calls = table::<World>()
        .into_iter()
        .map(|route| {
            let call = (route.method.to_string(), route.path.to_owned());
            (call, route.access)
        })
        .collect();
    let described: Calls = resources()
        .into_iter()
        .flat_map(|resource| resource.operations)
        .map(|operation| {
            let call = (operation.method.to_owned(), operation.path.to_owned());
            (call, operation.access)
        })
        .collect();
    for (call, access) in &routes {
        assert_eq!(described.get(call), Some(access), "{call:?}");
    }
    for call in described.keys() {
        assert!(routes.contains_key(call), "there is no {call:?}");
    }
}
