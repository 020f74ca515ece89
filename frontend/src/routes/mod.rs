//! The app's addresses: [`Route`] names every page, [`rooms`] those of each role, and here stands who may see which.

mod after;
mod rooms;

pub use after::After;
pub use rooms::{AdminPage, ManagePage, RepPage};

use domain::ids::SessionId;
use domain::role::Role;
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
    /// The first page of each role: what there is to practise, or a dashboard.
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
    /// What a rep looks at outside of the daily practice, and what everybody has: profile, settings.
    Rep(RepPage),
    /// People, schedule, scenarios and figures.
    Manage(ManagePage),
    /// All companies.
    Admin(AdminPage),
    /// Every part that pages are made of, on a developer's machine.
    Design,
    /// None of these.
    NotFound,
}

impl Route {
    /// Whether a page is for somebody who is logged in.
    fn needs_log_in(self) -> bool {
        match self {
            Route::Today
            | Route::Session { .. }
            | Route::Result { .. }
            | Route::Rep(_)
            | Route::Manage(_)
            | Route::Admin(_) => true,
            Route::Login
            | Route::ForgotPassword
            | Route::ResetPassword
            | Route::Register
            | Route::Design
            | Route::NotFound => false,
        }
    }

    /// Whether a page is meant for this role. What one sees on it is for the server to say.
    pub fn is_for(self, role: Role) -> bool {
        match self {
            Route::Rep(page) => page.is_for(role),
            Route::Manage(_) => matches!(role, Role::Manager | Role::SuperAdmin),
            Route::Admin(_) => role == Role::SuperAdmin,
            _ => true,
        }
    }

    /// Whether it shows one company: to a super admin the one they are in.
    pub fn is_of_company(self) -> bool {
        matches!(
            self,
            Route::Manage(_)
                | Route::Result { .. }
                | Route::Rep(RepPage::Leaderboard | RepPage::Transcript { .. })
        )
    }

    /// Where somebody is who was on this page and went into another company: what the one has is not in the other.
    pub fn in_another_company(self) -> Self {
        match self {
            Route::Manage(page) => Route::Manage(page.list()),
            Route::Rep(RepPage::Leaderboard) => self,
            _ => Route::Manage(ManagePage::People),
        }
    }

    /// The page at an address; `None` if there is none.
    fn at(path: &str) -> Option<Self> {
        let segments: Vec<&str> = path
            .split('/')
            .filter(|segment| !segment.is_empty())
            .collect();
        let segments = segments.as_slice();
        Some(match *segments {
            [] => Route::Today,
            ["login"] => Route::Login,
            ["forgot-password"] => Route::ForgotPassword,
            ["reset-password"] => Route::ResetPassword,
            ["register"] => Route::Register,
            ["design"] => Route::Design,
            ["session", id] => Route::Session {
                id: id.parse().ok()?,
            },
            ["session", id, "result"] => Route::Result {
                id: id.parse().ok()?,
            },
            _ => {
                return RepPage::at(segments)
                    .map(Route::Rep)
                    .or_else(|| ManagePage::at(segments).map(Route::Manage))
                    .or_else(|| AdminPage::at(segments).map(Route::Admin));
            }
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
            Route::Rep(page) => page.path(),
            Route::Manage(page) => page.path(),
            Route::Admin(page) => page.path(),
            Route::Design => "/design".to_owned(),
            Route::NotFound => "/not-found".to_owned(),
        }
    }

    /// Of no use here: [`Routable::recognize`] reads addresses by itself.
    fn routes() -> Vec<&'static str> {
        Vec::new()
    }

    fn not_found_route() -> Option<Self> {
        Some(Route::NotFound)
    }

    fn recognize(path: &str) -> Option<Self> {
        Some(Self::at(path).unwrap_or(Route::NotFound))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::ids::{CompanyId, GroupId, ScenarioId, TeamId, UserId};
    use uuid::Uuid;

    const ONE: Uuid = Uuid::from_u128(7);

    fn every_page() -> Vec<Route> {
        let id = SessionId(ONE);
        let scenario = ScenarioId(ONE);
        let rep = [
            RepPage::Progress,
            RepPage::History,
            RepPage::Transcript { id },
            RepPage::Library,
            RepPage::Scenario { id: scenario },
            RepPage::Calendar,
            RepPage::Leaderboard,
            RepPage::Voice { id },
            RepPage::Profile,
            RepPage::Settings,
        ];
        let manage = [
            ManagePage::People,
            ManagePage::Person { id: UserId(ONE) },
            ManagePage::Invites,
            ManagePage::Teams,
            ManagePage::Team { id: TeamId(ONE) },
            ManagePage::Groups,
            ManagePage::Group { id: GroupId(ONE) },
            ManagePage::Schedule,
            ManagePage::Scenarios,
            ManagePage::NewScenario,
            ManagePage::Scenario { id: scenario },
            ManagePage::Tone,
            ManagePage::Analytics,
            ManagePage::Reports,
            ManagePage::Audit,
            ManagePage::CompanySettings,
        ];
        let admin = [
            AdminPage::Companies,
            AdminPage::Company { id: CompanyId(ONE) },
            AdminPage::Ai,
        ];
        let alone = [
            Route::Login,
            Route::ForgotPassword,
            Route::ResetPassword,
            Route::Register,
            Route::Today,
            Route::Session { id },
            Route::Result { id },
            Route::Design,
            Route::NotFound,
        ];
        alone
            .into_iter()
            .chain(rep.map(Route::Rep))
            .chain(manage.map(Route::Manage))
            .chain(admin.map(Route::Admin))
            .collect()
    }

    #[test]
    fn every_page_has_an_address_of_its_own() {
        for page in every_page() {
            assert_eq!(Route::recognize(&page.to_path()), Some(page));
        }
        for nowhere in [
            "/session",
            "/session/7",
            "/session/x/result",
            "/login/x",
            "/today",
            "/people/x",
            "/scenarios/new/x",
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
    fn in_another_company_one_is_on_the_page_of_the_same_kind() {
        let person = Route::Manage(ManagePage::Person { id: UserId(ONE) });
        let people = Route::Manage(ManagePage::People);
        assert_eq!(person.in_another_company(), people);
        assert_eq!(
            Route::Admin(AdminPage::Companies).in_another_company(),
            people
        );
        let board = Route::Rep(RepPage::Leaderboard);
        assert_eq!(board.in_another_company(), board);
        assert!(board.is_of_company() && person.is_of_company());
        assert!(!Route::Today.is_of_company() && !Route::Admin(AdminPage::Ai).is_of_company());
    }

    #[test]
    fn each_role_has_its_pages() {
        let rep = |page| Route::is_for(page, Role::SalesRep);
        let manager = |page| Route::is_for(page, Role::Manager);
        let admin = |page| Route::is_for(page, Role::SuperAdmin);
        let people = Route::Manage(ManagePage::People);
        assert!(!rep(people) && manager(people) && admin(people));
        let companies = Route::Admin(AdminPage::Companies);
        assert!(!rep(companies) && !manager(companies) && admin(companies));
        let progress = Route::Rep(RepPage::Progress);
        assert!(rep(progress) && !manager(progress) && !admin(progress));
        let settings = Route::Rep(RepPage::Settings);
        assert!(rep(settings) && manager(settings) && admin(settings));
    }

    #[test]
    fn a_log_in_leads_back_to_every_page_that_needs_one() {
        for page in every_page().into_iter().filter(|page| page.needs_log_in()) {
            assert_eq!(After::back_to(&page.to_path(), page).path(), page.to_path());
        }
    }
}
