//! Where a log-in leads back to.

use super::Route;
use serde::{Deserialize, Serialize};
use yew_router::Routable;

/// The log-in page's query: where to go afterwards.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct After {
    /// A path of this app, with its query.
    #[serde(default)]
    pub next: Option<String>,
}

impl After {
    /// A log-in that leads back to `route`, asked for at `address` (a path, maybe with a query).
    pub fn back_to(address: &str, route: Route) -> Self {
        let next = (route != Route::Today && route.needs_log_in()).then(|| address.to_owned());
        Self { next }
    }

    /// Where to go: to the address asked for, if it is one of this app's.
    pub fn path(&self) -> String {
        let path_of = |next: &str| next.split('?').next().unwrap_or_default().to_owned();
        self.next
            .as_deref()
            .filter(|next| {
                // Two slashes at the beginning name another host.
                next.starts_with('/')
                    && !next.starts_with("//")
                    && Route::recognize(&path_of(next)).is_some_and(Route::needs_log_in)
            })
            .map_or_else(|| Route::Today.to_path(), str::to_owned)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::routes::ManagePage;
    use domain::ids::SessionId;

    #[test]
    fn a_log_in_leads_back_to_the_page_asked_for_and_nowhere_else() {
        let id = SessionId(uuid::Uuid::from_u128(7));
        let result = Route::Result { id };
        let after = After::back_to(&result.to_path(), result);
        assert_eq!(after.path(), result.to_path());
        let people = Route::Manage(ManagePage::People);
        let after = After::back_to("/people?role=manager", people);
        assert_eq!(after.path(), "/people?role=manager");
        for foreign in [
            "https://evil.example/",
            "//evil.example",
            "//people",
            "/login",
            "/register",
            "/nowhere",
            "people",
            "",
        ] {
            let after = After {
                next: Some(foreign.to_owned()),
            };
            assert_eq!(after.path(), "/", "{foreign}");
        }
    }
}
