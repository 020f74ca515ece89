//! `docs/api.md` is what it would be if it were made now.
#![allow(clippy::unwrap_used, missing_docs)]

use std::path::Path;

#[test]
fn the_table_of_calls_is_up_to_date() {
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/api.md");
    let now = captain_openapi::guide();
    if std::env::var_os("UPDATE_DOCS").is_some() {
        std::fs::write(&page, &now).unwrap();
    }
    let written = std::fs::read_to_string(&page).unwrap_or_default();
    assert!(
        written == now,
        "docs/api.md is stale: UPDATE_DOCS=1 cargo test -p captain-openapi"
    );
}
