//! What a rep looks at outside of the daily practice, and what everybody has: profile and settings.

mod history;
mod leaderboard;
mod progress;
mod settings;

use crate::components::on_its_way;
use crate::routes::RepPage;
use contract::auth::Me;
use std::rc::Rc;
use yew::prelude::*;

/// The one door of this room: nothing else of it is named outside.
pub fn page(page: RepPage, me: &Rc<Me>) -> Html {
    match page {
        RepPage::Progress => html! { <progress::ProgressPage /> },
        RepPage::History => html! { <history::HistoryPage /> },
        RepPage::Transcript { id } => {
            html! { <history::TranscriptPage key={id.to_string()} {id} me={me.clone()} /> }
        }
        RepPage::Library => on_its_way("Library"),
        RepPage::Scenario { .. } => on_its_way("Scenario"),
        RepPage::Calendar => on_its_way("Calendar"),
        RepPage::Leaderboard => html! { <leaderboard::LeaderboardPage me={me.clone()} /> },
        RepPage::Voice { .. } => on_its_way("Say it aloud"),
        RepPage::Profile | RepPage::Settings => {
            html! { <settings::SettingsPage me={me.clone()} /> }
        }
    }
}
