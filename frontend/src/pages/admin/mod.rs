//! What super admins alone run: companies and the models that coach.

mod choose;
mod companies;

pub use choose::{Choosing, choose};

use crate::components::on_its_way;
use crate::routes::AdminPage;
use contract::auth::Me;
use std::rc::Rc;
use yew::prelude::*;

/// The one door of this room; [`choose`] is the other one.
pub fn page(page: AdminPage, _me: &Rc<Me>) -> Html {
    match page {
        AdminPage::Dashboard | AdminPage::Companies => html! { <companies::OverviewPage /> },
        AdminPage::Company { .. } => on_its_way("Company"),
        AdminPage::Ai => on_its_way("AI"),
    }
}
