//! The token that a mail's link carries after its `#`. It opens an account: it is kept in this tab alone, for a reload, and is
//! never logged.

use crate::browser::storage;
use crate::routes::Route;
use yew::AttrValue;
use yew_router::Routable;

/// The token in an address.
pub fn in_hash(hash: &str) -> Option<AttrValue> {
    hash.strip_prefix("#token=")
        .map(|token| AttrValue::from(token.to_owned()))
}

/// The token of the link that opened this page. Whoever goes to log in goes on without it.
pub fn kept(page: Route) -> Option<AttrValue> {
    if page == Route::Login {
        forget(Route::Register);
        forget(Route::ResetPassword);
    }
    storage::read_in_tab(&key(page)).map(AttrValue::from)
}

/// Keeps it for a reload.
pub fn keep(page: Route, token: &str) {
    storage::write_in_tab(&key(page), token);
}

/// It has done its work, or opens nothing.
pub fn forget(page: Route) {
    storage::remove_in_tab(&key(page));
}

fn key(page: Route) -> String {
    format!("captain.token{}", page.to_path())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_stands_after_the_hash() {
        assert_eq!(in_hash("#token=a.b-c_d").as_deref(), Some("a.b-c_d"));
        // What a mail program left of a link is still a link, and not whole.
        assert_eq!(in_hash("#token=").as_deref(), Some(""));
        for other in ["", "#main", "#tok"] {
            assert_eq!(in_hash(other), None, "{other}");
        }
    }
}
