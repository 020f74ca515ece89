//! Figures.

use crate::operation::{Answer, Header, Operation, get};
use contract::analytics::{
    CompanyAnalytics, Dashboard, DashboardQuery, ExportQuery, Leaderboard, LeaderboardQuery,
    SpanQuery, TeamAnalytics, TenDayProgress, UserAnalytics,
};
use domain::policy::Access::{LoggedIn, Managers};

/// Who sees a rep's figures.
const REP: &str = "the rep, the manager who leads them, super admins";

pub(super) fn operations() -> Vec<Operation> {
    vec![
        get("/api/analytics/dashboard", LoggedIn, "The first page of each role")
            .query::<DashboardQuery>()
            .ok::<Dashboard>("The figures, told apart by `role`."),
        get("/api/analytics/leaderboard", LoggedIn, "Who is ahead: names and one number")
            .only("reps their own team's, managers their teams', super admins a company's")
            .query::<LeaderboardQuery>()
            .ok::<Leaderboard>("The places, best first."),
        get("/api/analytics/export", LoggedIn, "Sessions as a sheet, one row each")
            .note("UTF-8 with a byte order mark; cells that a spreadsheet would run as formulas are defused.")
            .only("reps their own, managers their teams', super admins a company's")
            .query::<ExportQuery>()
            .answers(200, "The sheet.", Answer::Csv { example: "\u{feff}\"Date\",\"Slot (local)\",\"Rep\",\"E-mail\"\r\n" })
            .with(Header::ContentDisposition),
        get("/api/analytics/user/{id}", LoggedIn, "A rep's figures").only(REP).ok::<UserAnalytics>("The figures."),
        get("/api/analytics/progress/{id}", LoggedIn, "A rep's ten days").only(REP).ok::<TenDayProgress>("The days."),
        get("/api/analytics/team/{id}", Managers, "A team's figures")
            .only("the manager who leads the team, super admins")
            .query::<SpanQuery>()
            .ok::<TeamAnalytics>("The figures."),
        get("/api/analytics/company/{id}", Managers, "A company's figures, team by team")
            .only("its managers, super admins")
            .query::<SpanQuery>()
            .ok::<CompanyAnalytics>("The figures, without a rep's name."),
    ]
}
