//! What super admins alone run: companies and the models that coach.

mod companies;

use crate::components::on_its_way;
use crate::routes::AdminPage;
use contract::auth::Me;
use std::rc::Rc;
use yew::prelude::*;

/// The one door of this room: nothing else of it is named outside.
pub fn page(page: AdminPage, _me: &Rc<Me>) -> Html {
    match page {
        AdminPage::Dashboard | AdminPage::Companies => html! { <companies::OverviewPage /> },
        AdminPage::Company { .. } => on_its_way("Company"),
        AdminPage::Ai => on_its_way("AI"),
    }
}
