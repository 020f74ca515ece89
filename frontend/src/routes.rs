//! The app's addresses.

use domain::ids::SessionId;
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use yew_router::Routable;

/// A page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Route {
    /// Log in.
    Login,
    /// Ask for a link that sets a new password.
    ForgotPassword,
    /// Where that link leads.
    ResetPassword,
    /// Start a trial; where the links of invites lead.
    Register,
    /// What there is to practise.
    Today,
    /// A live session.
    Session {
        /// Which.
        id: SessionId,
    },
    /// What a session came to.
    Result {
        /// Which.
        id: SessionId,
    },
    /// None of these.
    NotFound,
}

impl Route {
    /// Whether a page is for somebody who is logged in.
    fn needs_log_in(self) -> bool {
        match self {
            Route::Today | Route::Session { .. } | Route::Result { .. } => true,
            Route::Login
            | Route::ForgotPassword
            | Route::ResetPassword
            | Route::Register
            | Route::NotFound => false,
        }
    }

    /// The page at an address; `None` if there is none.
    fn at(path: &str) -> Option<Self> {
        let segments: Vec<&str> = path
            .split('/')
            .filter(|segment| !segment.is_empty())
            .collect();
        Some(match *segments.as_slice() {
            [] => Route::Today,
            ["login"] => Route::Login,
            ["forgot-password"] => Route::ForgotPassword,
            ["reset-password"] => Route::ResetPassword,
            ["register"] => Route::Register,
            ["session", id] => Route::Session {
                id: id.parse().ok()?,
            },
            ["session", id, "result"] => Route::Result {
                id: id.parse().ok()?,
            },
            _ => return None,
        })
    }
}

/// Written out instead of derived: the derived one brings a matcher of patterns that is a tenth of our own pages' size.
impl Routable for Route {
    fn from_path(path: &str, _params: &HashMap<&str, &str>) -> Option<Self> {
        Self::at(path)
    }

    fn to_path(&self) -> String {
        match self {
            Route::Login => "/login".to_owned(),
            Route::ForgotPassword => "/forgot-password".to_owned(),
            Route::ResetPassword => "/reset-password".to_owned(),
            Route::Register => "/register".to_owned(),
            Route::Today => "/".to_owned(),
            Route::Session { id } => format!("/session/{id}"),
            Route::Result { id } => format!("/session/{id}/result"),
            Route::NotFound => "/not-found".to_owned(),
        }
    }

    fn routes() -> Vec<&'static str> {
        vec![
            "/login",
            "/forgot-password",
            "/reset-password",
            "/register",
            "/",
            "/session/:id",
            "/session/:id/result",
        ]
    }

    fn not_found_route() -> Option<Self> {
        Some(Route::NotFound)
    }

    fn recognize(path: &str) -> Option<Self> {
        Some(Self::at(path).unwrap_or(Route::NotFound))
    }
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
        let next = (route != Route::Today && route.needs_log_in()).then(|| route.to_path());
        Self { next }
    }

    /// Where to go: the page asked for, if it is one of this app's.
    pub fn route(&self) -> Route {
        self.next
            .as_deref()
            .and_then(Route::recognize)
            .filter(|route| route.needs_log_in())
            .unwrap_or(Route::Today)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_page_has_an_address_of_its_own() {
        let id = SessionId(uuid::Uuid::from_u128(7));
        let pages = [
            Route::Login,
            Route::ForgotPassword,
            Route::ResetPassword,
            Route::Register,
            Route::Today,
            Route::Session { id },
            Route::Result { id },
            Route::NotFound,
        ];
        for page in pages {
            assert_eq!(Route::recognize(&page.to_path()), Some(page));
        }
        for nowhere in [
            "/session",
            "/session/7",
            "/session/x/result",
            "/login/x",
            "/today",
        ] {
            assert_eq!(
                Route::recognize(nowhere),
                Some(Route::NotFound),
                "{nowhere}"
            );
        }
        assert_eq!(Route::recognize("/login/"), Some(Route::Login));
    }

    #[test]
    fn a_log_in_leads_back_to_the_page_asked_for_and_nowhere_else() {
        let id = SessionId(uuid::Uuid::from_u128(7));
        let after = After::back_to(Route::Result { id });
        assert_eq!(after.route(), Route::Result { id });
        for foreign in [
            "https://evil.example/",
            "//evil.example",
            "/login",
            "/register",
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
