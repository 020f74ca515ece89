//! What managers run, and super admins too: people, schedule, scenarios, figures.

mod analytics;
mod audit;
pub(super) mod company;
mod dashboard;
mod fields;
mod groups;
mod people;
mod reports;
mod review;
mod scenarios;
mod schedule;
mod standing;
mod teams;
mod tone;

use crate::routes::ManagePage;
use contract::auth::Me;
use std::rc::Rc;
use yew::prelude::*;

/// The one door of this room: nothing else of it is named outside.
pub fn page(page: ManagePage, me: &Rc<Me>) -> Html {
    match page {
        ManagePage::Dashboard => html! { <dashboard::DashboardPage me={me.clone()} /> },
        ManagePage::People => html! { <people::PeoplePage me={me.clone()} /> },
        ManagePage::Person { id } => {
            html! { <people::PersonPage key={id.to_string()} {id} me={me.clone()} /> }
        }
        ManagePage::Invites => html! { <people::InvitesPage me={me.clone()} /> },
        ManagePage::Teams => html! { <teams::TeamsPage me={me.clone()} /> },
        ManagePage::Team { id } => {
            html! { <teams::TeamPage key={id.to_string()} {id} me={me.clone()} /> }
        }
        ManagePage::Groups => html! { <groups::GroupsPage me={me.clone()} /> },
        ManagePage::Group { id } => {
            html! { <groups::GroupPage key={id.to_string()} {id} me={me.clone()} /> }
        }
        ManagePage::Schedule => html! { <schedule::SchedulePage /> },
        ManagePage::Session { id } => {
            html! { <review::ReviewPage key={id.to_string()} {id} me={me.clone()} /> }
        }
        ManagePage::Scenarios => html! { <scenarios::ScenariosPage me={me.clone()} /> },
        ManagePage::NewScenario => html! { <scenarios::NewScenarioPage me={me.clone()} /> },
        ManagePage::Scenario { id } => {
            html! { <scenarios::ScenarioPage key={id.to_string()} {id} me={me.clone()} /> }
        }
        ManagePage::Tone => html! { <tone::TonePage me={me.clone()} /> },
        ManagePage::Analytics => html! { <analytics::AnalyticsPage me={me.clone()} /> },
        ManagePage::Reports => html! { <reports::ReportsPage me={me.clone()} /> },
        ManagePage::Audit => html! { <audit::AuditPage /> },
        ManagePage::CompanySettings => html! { <company::CompanySettingsPage me={me.clone()} /> },
    }
}
