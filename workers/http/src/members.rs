//! Who may be put into a team or a group.

use crate::error::ApiError;
use crate::ports::Ports;
use contract::problem::{Code, FieldError, Problem};
use domain::ids::{CompanyId, TeamId, UserId};
use domain::role::Role;
use store::teams::{self, CandidateRow};

/// What people are put into.
pub(crate) enum Into {
    /// A team: they are in no other.
    Team(TeamId),
    /// A group of this team: they are in the team.
    GroupOf(TeamId),
}

/// Refuses those who can't be members, each by their place in `userIds`.
pub(crate) async fn check<P: Ports>(
    ports: &P,
    company: CompanyId,
    users: &[UserId],
    into: Into,
) -> Result<(), ApiError> {
    let found = teams::candidates(ports.db(), company, users).await?;
    let faults = users.iter().enumerate().filter_map(|(place, user)| {
        let row = found.iter().find(|row| row.user == *user);
        let (code, message) = fault(row, &into)?;
        let field = format!("userIds[{place}]");
        Some((code, FieldError::new(field, message)))
    });
    let (codes, errors): (Vec<Code>, Vec<FieldError>) = faults.unzip();
    // What is wrong with the request itself comes before what stands in its way.
    let code = codes.iter().find(|code| **code == Code::Invalid);
    match code.or(codes.first()) {
        None => Ok(()),
        Some(code) => {
            let detail = "Some of these people can't be put there.";
            Err(Problem {
                errors,
                ..Problem::new(*code, detail)
            }
            .into())
        }
    }
}

fn fault(row: Option<&CandidateRow>, into: &Into) -> Option<(Code, &'static str)> {
    let row = row.filter(|row| row.role == Role::SalesRep);
    match (row, into) {
        (None, _) => Some((Code::Invalid, "This is no sales rep of the company.")),
        (Some(row), Into::Team(team)) if row.team.is_some_and(|other| other != *team) => {
            Some((Code::Exists, "This rep is in another team."))
        }
        (Some(row), Into::GroupOf(team)) if row.team != Some(*team) => {
            Some((Code::Invalid, "This rep is not in the group's team."))
        }
        _ => None,
    }
}
