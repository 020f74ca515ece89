//! The pages of each role. What is one enum here is downloaded together.

use domain::ids::{CompanyId, GroupId, ScenarioId, SessionId, TeamId, UserId};
use domain::role::Role;

/// What a rep looks at outside of the daily practice, and what everybody has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RepPage {
    /// How the ten days stand, in figures.
    Progress,
    /// Past sessions.
    History,
    /// One of them, word for word, before and after.
    Transcript {
        /// Which.
        id: SessionId,
    },
    /// What there is to practise.
    Library,
    /// One scenario of it.
    Scenario {
        /// Which.
        id: ScenarioId,
    },
    /// Past and coming slots.
    Calendar,
    /// Who is ahead.
    Leaderboard,
    /// The voice drill of a session.
    Voice {
        /// Which session's.
        id: SessionId,
    },
    /// One's own name, picture and number.
    Profile,
    /// One's own language, theme, reminders, password and devices.
    Settings,
}

impl RepPage {
    /// Whether it is meant for this role.
    pub fn is_for(self, role: Role) -> bool {
        match self {
            // Managers read their reps' transcripts, and lead the board.
            RepPage::Transcript { .. }
            | RepPage::Leaderboard
            | RepPage::Profile
            | RepPage::Settings => true,
            RepPage::Progress
            | RepPage::History
            | RepPage::Library
            | RepPage::Scenario { .. }
            | RepPage::Calendar
            | RepPage::Voice { .. } => role == Role::SalesRep,
        }
    }

    /// The page at an address.
    pub fn at(segments: &[&str]) -> Option<Self> {
        Some(match *segments {
            ["progress"] => Self::Progress,
            ["history"] => Self::History,
            ["history", id] => Self::Transcript {
                id: id.parse().ok()?,
            },
            ["library"] => Self::Library,
            ["library", id] => Self::Scenario {
                id: id.parse().ok()?,
            },
            ["calendar"] => Self::Calendar,
            ["leaderboard"] => Self::Leaderboard,
            ["session", id, "voice"] => Self::Voice {
                id: id.parse().ok()?,
            },
            ["profile"] => Self::Profile,
            ["settings"] => Self::Settings,
            _ => return None,
        })
    }

    /// Its address.
    pub fn path(self) -> String {
        match self {
            Self::Progress => "/progress".to_owned(),
            Self::History => "/history".to_owned(),
            Self::Transcript { id } => format!("/history/{id}"),
            Self::Library => "/library".to_owned(),
            Self::Scenario { id } => format!("/library/{id}"),
            Self::Calendar => "/calendar".to_owned(),
            Self::Leaderboard => "/leaderboard".to_owned(),
            Self::Voice { id } => format!("/session/{id}/voice"),
            Self::Profile => "/profile".to_owned(),
            Self::Settings => "/settings".to_owned(),
        }
    }
}

/// What managers run, and super admins too.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ManagePage {
    /// A manager's first page, at `/`.
    Dashboard,
    /// The company's people.
    People,
    /// One of them.
    Person {
        /// Who.
        id: UserId,
    },
    /// Ways in that are open.
    Invites,
    /// Teams.
    Teams,
    /// One of them.
    Team {
        /// Which.
        id: TeamId,
    },
    /// Groups of all teams.
    Groups,
    /// One of them.
    Group {
        /// Which.
        id: GroupId,
    },
    /// Slots and sessions, week by week.
    Schedule,
    /// One session, looked after.
    Session {
        /// Which.
        id: SessionId,
    },
    /// Scenarios.
    Scenarios,
    /// A new one.
    NewScenario,
    /// One of them.
    Scenario {
        /// Which.
        id: ScenarioId,
    },
    /// The voice that answers are judged by.
    Tone,
    /// Figures of teams and company.
    Analytics,
    /// Sessions as a list and a sheet.
    Reports,
    /// Who changed what.
    Audit,
    /// The company's own settings.
    CompanySettings,
}

impl ManagePage {
    /// The page at an address.
    pub fn at(segments: &[&str]) -> Option<Self> {
        Some(match *segments {
            ["people"] => Self::People,
            ["people", id] => Self::Person {
                id: id.parse().ok()?,
            },
            ["invites"] => Self::Invites,
            ["teams"] => Self::Teams,
            ["teams", id] => Self::Team {
                id: id.parse().ok()?,
            },
            ["groups"] => Self::Groups,
            ["groups", id] => Self::Group {
                id: id.parse().ok()?,
            },
            ["schedule"] => Self::Schedule,
            ["sessions", id] => Self::Session {
                id: id.parse().ok()?,
            },
            ["scenarios"] => Self::Scenarios,
            ["scenarios", "new"] => Self::NewScenario,
            ["scenarios", id] => Self::Scenario {
                id: id.parse().ok()?,
            },
            ["tone"] => Self::Tone,
            ["analytics"] => Self::Analytics,
            ["reports"] => Self::Reports,
            ["audit"] => Self::Audit,
            ["settings", "company"] => Self::CompanySettings,
            _ => return None,
        })
    }

    /// Its address.
    pub fn path(self) -> String {
        match self {
            Self::Dashboard => "/".to_owned(),
            Self::People => "/people".to_owned(),
            Self::Person { id } => format!("/people/{id}"),
            Self::Invites => "/invites".to_owned(),
            Self::Teams => "/teams".to_owned(),
            Self::Team { id } => format!("/teams/{id}"),
            Self::Groups => "/groups".to_owned(),
            Self::Group { id } => format!("/groups/{id}"),
            Self::Schedule => "/schedule".to_owned(),
            Self::Session { id } => format!("/sessions/{id}"),
            Self::Scenarios => "/scenarios".to_owned(),
            Self::NewScenario => "/scenarios/new".to_owned(),
            Self::Scenario { id } => format!("/scenarios/{id}"),
            Self::Tone => "/tone".to_owned(),
            Self::Analytics => "/analytics".to_owned(),
            Self::Reports => "/reports".to_owned(),
            Self::Audit => "/audit".to_owned(),
            Self::CompanySettings => "/settings/company".to_owned(),
        }
    }
}

impl ManagePage {
    /// The page that shows the likes of it: what is one company's thing is not another's.
    pub fn list(self) -> Self {
        match self {
            Self::Person { .. } => Self::People,
            Self::Team { .. } => Self::Teams,
            Self::Group { .. } => Self::Groups,
            Self::Scenario { .. } => Self::Scenarios,
            page => page,
        }
    }
}

/// What super admins alone run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AdminPage {
    /// A super admin's first page, at `/`.
    Dashboard,
    /// All companies.
    Companies,
    /// One of them.
    Company {
        /// Which.
        id: CompanyId,
    },
    /// Who coaches, and what it costs.
    Ai,
}

impl AdminPage {
    /// The page at an address.
    pub fn at(segments: &[&str]) -> Option<Self> {
        Some(match *segments {
            ["companies"] => Self::Companies,
            ["companies", id] => Self::Company {
                id: id.parse().ok()?,
            },
            ["ai"] => Self::Ai,
            _ => return None,
        })
    }

    /// Its address.
    pub fn path(self) -> String {
        match self {
            Self::Dashboard => "/".to_owned(),
            Self::Companies => "/companies".to_owned(),
            Self::Company { id } => format!("/companies/{id}"),
            Self::Ai => "/ai".to_owned(),
        }
    }
}
