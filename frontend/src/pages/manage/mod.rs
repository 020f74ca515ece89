//! What managers run, and super admins too: people, schedule, scenarios, figures.

mod analytics;
pub(super) mod company;
mod dashboard;
mod fields;
mod groups;
mod people;
mod scenarios;
mod teams;
mod tone;

use crate::components::on_its_way;
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
        ManagePage::Schedule => on_its_way(tr!("Schedule")),
        ManagePage::Scenarios => html! { <scenarios::ScenariosPage me={me.clone()} /> },
        ManagePage::NewScenario => html! { <scenarios::NewScenarioPage me={me.clone()} /> },
        ManagePage::Scenario { id } => {
            html! { <scenarios::ScenarioPage key={id.to_string()} {id} me={me.clone()} /> }
        }
        ManagePage::Tone => html! { <tone::TonePage me={me.clone()} /> },
        ManagePage::Analytics => html! { <analytics::AnalyticsPage me={me.clone()} /> },
        ManagePage::Reports => on_its_way(tr!("Reports")),
        ManagePage::Audit => on_its_way(tr!("Audit log")),
        ManagePage::CompanySettings => html! { <company::CompanySettingsPage me={me.clone()} /> },
    }
}
