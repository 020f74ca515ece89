//! What a rep looks at outside of the daily practice, and what everybody has: profile and settings.

mod calendar;
mod history;
mod leaderboard;
mod library;
mod progress;
mod settings;
mod voice;

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
        RepPage::Library => html! { <library::LibraryPage me={me.clone()} /> },
        RepPage::Scenario { id } => {
            html! { <library::ScenarioPage key={id.to_string()} {id} me={me.clone()} /> }
        }
        RepPage::Calendar => html! { <calendar::CalendarPage me={me.clone()} /> },
        RepPage::Leaderboard => html! { <leaderboard::LeaderboardPage me={me.clone()} /> },
        RepPage::Voice { id } => html! { <voice::VoicePage key={id.to_string()} {id} /> },
        RepPage::Profile | RepPage::Settings => {
            html! { <settings::SettingsPage me={me.clone()} /> }
        }
    }
}
