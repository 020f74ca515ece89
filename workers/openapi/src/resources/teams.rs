//! Teams: a manager and their reps.

use crate::operation::{Operation, create, delete, get, post, put};
use contract::page::Page;
use contract::problem::Code;
use contract::teams::{AddMembers, Team, TeamForm, TeamQuery};
use contract::users::CompanyChoice;
use domain::policy::Access::Managers;

/// Who changes a team.
const LEADER: &str = "the manager who leads the team, super admins";

pub(super) fn operations() -> Vec<Operation> {
    vec![
        get("/api/teams", Managers, "A company's teams, by name")
            .query::<TeamQuery>()
            .ok::<Page<Team>>("A page of them."),
        create("/api/teams", Managers, "Makes a team")
            .query::<CompanyChoice>()
            .body::<TeamForm>()
            .created::<Team>("The team.")
            .located()
            .versioned()
            .refuses(&[Code::Exists]),
        get("/api/teams/{id}", Managers, "One team")
            .ok::<Team>("The team.")
            .versioned(),
        put(
            "/api/teams/{id}",
            Managers,
            "Renames a team, or hands it over",
        )
        .only(LEADER)
        .if_match()
        .body::<TeamForm>()
        .ok::<Team>("The team as it is now.")
        .versioned()
        .refuses(&[Code::Exists]),
        delete(
            "/api/teams/{id}",
            Managers,
            "Deletes a team without reps, with its groups",
        )
        .only(LEADER)
        .refuses(&[Code::InUse]),
        post(
            "/api/teams/{id}/members",
            Managers,
            "Takes reps into a team",
        )
        .only(LEADER)
        .body::<AddMembers>()
        .ok::<Team>("The team as it is now.")
        .versioned()
        .refuses(&[Code::Exists]),
        delete(
            "/api/teams/{id}/members/{userId}",
            Managers,
            "Takes a rep out of a team",
        )
        .only(LEADER),
    ]
}
