//! What super admins alone run: companies and the models that coach.

mod ai;
mod choose;
mod companies;
mod overview;

pub use choose::{Choosing, choose};

use crate::routes::AdminPage;
use contract::auth::Me;
use std::rc::Rc;
use yew::prelude::*;

/// A door of this room; [`choose`] is the other one.
pub fn page(page: AdminPage, me: &Rc<Me>) -> Html {
    match page {
        AdminPage::Dashboard => html! { <overview::OverviewPage /> },
        AdminPage::Companies => html! { <companies::CompaniesPage /> },
        AdminPage::Company { id } => {
            html! { <companies::CompanyPage key={id.to_string()} {id} me={me.clone()} /> }
        }
        AdminPage::Ai => html! { <ai::AiPage /> },
    }
}
