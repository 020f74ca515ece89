//! Figures: what reps, teams and companies come to. All of it is read from roll-ups, so that it costs the same however long
//! the history; of sessions only those around today are looked at.

mod board;
mod days;
mod export;
mod reach;
mod reps;
mod subject;

pub use board::{Board, BoardRow, By, board};
pub use days::{CompanyRow, DayRow, TeamRow, companies, company_days, team_days, teams_of_company};
pub use export::{After, ExportRow, Span, export};
pub use reach::Reach;
pub use reps::{
    RepRow, ScenarioRow, SessionAroundRow, WeekRow, first_and_latest_week, reps, scenarios,
    sessions_around, weeks,
};
pub use subject::{Clock, Rep, Subject, Team, clock, group_manager, rep, team, team_of, tenant_of};
