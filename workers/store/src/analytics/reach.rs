//! Whose figures are meant.

use crate::{Statement, Value};
use domain::ids::{CompanyId, GroupId, TeamId, UserId};

/// Some reps of one company.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reach {
    /// All of them.
    Company,
    /// Those in the teams of a manager.
    LedBy(UserId),
    /// Those of a team.
    Team(TeamId),
    /// Those of a group.
    Group(GroupId),
    /// One.
    Rep(UserId),
}

/// Begins a statement with the table `reps (id)`: ?1 is the company, ?2 and ?3 the reach. Of its parts SQLite runs the one
/// that ?2 names. It is materialised, and joined by `CROSS JOIN`: left to itself, SQLite begins with the longest history and
/// asks of each row whether its rep is meant.
macro_rules! with_reps {
    ($rest:expr) => {
        concat!(
            "
    WITH reps (id) AS MATERIALIZED (
        SELECT u.id FROM users u WHERE ?2 = 'company' AND u.company_id = ?1 AND u.role = 'sales_rep'
        UNION ALL
        SELECT m.user_id FROM teams t JOIN team_members m ON m.team_id = t.id
        WHERE ?2 = 'ledBy' AND t.company_id = ?1 AND t.manager_id = ?3
        UNION ALL
        SELECT m.user_id FROM team_members m WHERE ?2 = 'team' AND m.company_id = ?1 AND m.team_id = ?3
        UNION ALL
        SELECT m.user_id FROM groups g JOIN group_members m ON m.group_id = g.id
        WHERE ?2 = 'group' AND g.company_id = ?1 AND g.id = ?3
        UNION ALL
        SELECT u.id FROM users u WHERE ?2 = 'rep' AND u.company_id = ?1 AND u.id = ?3)",
            $rest
        )
    };
}
pub(super) use with_reps;

impl Reach {
    /// A statement made by `with_reps!`, its first three values bound.
    pub(super) fn statement(self, sql: &'static str, company: CompanyId) -> Statement {
        let (kind, id): (&str, Value) = match self {
            Reach::Company => ("company", Value::Null),
            Reach::LedBy(manager) => ("ledBy", manager.into()),
            Reach::Team(team) => ("team", team.into()),
            Reach::Group(group) => ("group", group.into()),
            Reach::Rep(rep) => ("rep", rep.into()),
        };
        Statement::new(sql).bind(company).bind(kind).bind(id)
    }
}
