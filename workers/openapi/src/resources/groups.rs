//! Groups: reps of a team who practise at the same slot.

use crate::operation::{Operation, create, delete, get, post, put};
use contract::groups::{CreateGroup, Group, GroupQuery, UpdateGroup};
use contract::page::{Page, PageQuery};
use contract::problem::Code;
use contract::teams::AddMembers;
use domain::policy::Access::Managers;

/// Who changes a group.
const LEADER: &str = "the manager who leads its team, super admins";

pub(super) fn operations() -> Vec<Operation> {
    vec![
        get(
            "/api/groups",
            Managers,
            "A company's groups, in the order in which they came",
        )
        .query::<GroupQuery>()
        .ok::<Page<Group>>("A page of them."),
        create("/api/groups", Managers, "Makes a group in a team")
            .only(LEADER)
            .body::<CreateGroup>()
            .created::<Group>("The group.")
            .located()
            .versioned()
            .refuses(&[Code::NotFound, Code::Exists]),
        get("/api/groups/team/{teamId}", Managers, "A team's groups")
            .query::<PageQuery>()
            .ok::<Page<Group>>("A page of them."),
        get("/api/groups/{id}", Managers, "One group")
            .ok::<Group>("The group.")
            .versioned(),
        put(
            "/api/groups/{id}",
            Managers,
            "Renames a group, or changes when it practises",
        )
        .only(LEADER)
        .if_match()
        .body::<UpdateGroup>()
        .ok::<Group>("The group as it is now.")
        .versioned()
        .refuses(&[Code::Exists]),
        delete(
            "/api/groups/{id}",
            Managers,
            "Deletes a group; its reps stay in the team",
        )
        .only(LEADER),
        post(
            "/api/groups/{id}/members",
            Managers,
            "Takes reps of the team into a group",
        )
        .note("Who was in another group of the team moves over.")
        .only(LEADER)
        .body::<AddMembers>()
        .ok::<Group>("The group as it is now.")
        .versioned(),
        delete(
            "/api/groups/{id}/members/{userId}",
            Managers,
            "Takes a rep out of a group",
        )
        .only(LEADER),
    ]
}
