//! The app's addresses.

use domain::ids::SessionId;
use serde::{Deserialize, Serialize};
use yew_router::Routable;

/// A page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Routable)]
pub enum Route {
    /// Log in.
    #[at("/login")]
    Login,
    /// What there is to practise.
    #[at("/")]
    Today,
    /// A live session.
    #[at("/session/:id")]
    Session {
        /// Which.
        id: SessionId,
    },
    /// What a session came to.
    #[at("/session/:id/result")]
    Result {
        /// Which.
        id: SessionId,
    },
    /// None of these.
    #[not_found]
    #[at("/not-found")]
    NotFound,
}

/// The log-in page's query: where to go afterwards.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct After {
    /// A path of this app.
    #[serde(default)]
    pub next: Option<String>,
}

impl After {
    /// A log-in that leads back to `route`.
    pub fn back_to(route: Route) -> Self {
        let next = match route {
            Route::Login | Route::Today | Route::NotFound => None,
            route => Some(route.to_path()),
        };
        Self { next }
    }

    /// Where to go: the page asked for, if it is one of this app's.
    pub fn route(&self) -> Route {
        let asked = self.next.as_deref().and_then(Route::recognize);
        match asked {
            None | Some(Route::Login | Route::NotFound) => Route::Today,
            Some(route) => route,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_log_in_leads_back_to_the_page_asked_for_and_nowhere_else() {
        let id = SessionId(uuid::Uuid::from_u128(7));
        let after = After::back_to(Route::Result { id });
        assert_eq!(after.route(), Route::Result { id });
        for foreign in [
            "https://evil.example/",
            "//evil.example",
            "/login",
            "/nowhere",
            "",
        ] {
            let after = After {
                next: Some(foreign.to_owned()),
            };
            assert_eq!(after.route(), Route::Today, "{foreign}");
        }
    }
}
