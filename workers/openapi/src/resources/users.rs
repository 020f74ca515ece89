//! The people of a company.

use super::PICTURES;
use crate::operation::{Operation, create, delete, get, patch, put};
use contract::page::Page;
use contract::problem::Code;
use contract::users::{
    Activate, CompanyChoice, CreateUser, MemberQuery, UpdateUser, User, UserQuery,
};
use domain::policy::Access::{LoggedIn, Managers};

pub(super) fn operations() -> Vec<Operation> {
    vec![
        get("/api/users", Managers, "A company's people, by name")
            .query::<UserQuery>()
            .ok::<Page<User>>("A page of them."),
        create("/api/users", Managers, "Adds a person")
            .query::<CompanyChoice>()
            .body::<CreateUser>()
            .created::<User>("The person.")
            .located()
            .versioned()
            .refuses(&[Code::Exists, Code::LimitReached]),
        get(
            "/api/users/team/{teamId}",
            Managers,
            "A team's reps, by name",
        )
        .query::<MemberQuery>()
        .ok::<Page<User>>("A page of them."),
        get("/api/users/{id}", LoggedIn, "One person")
            .only("managers, super admins; everybody themselves")
            .ok::<User>("The person.")
            .versioned(),
        put("/api/users/{id}", Managers, "Changes a person")
            .if_match()
            .body::<UpdateUser>()
            .ok::<User>("The person as they are now.")
            .versioned()
            .refuses(&[Code::Exists, Code::InUse]),
        delete(
            "/api/users/{id}",
            Managers,
            "Deletes a person and all that is theirs",
        )
        .note("Who leads a team hands it over first.")
        .refuses(&[Code::InUse]),
        patch(
            "/api/users/{id}/activate",
            Managers,
            "Lets a person in, or puts them out at once",
        )
        .body::<Activate>()
        .ok::<User>("The person as they are now.")
        .versioned()
        .refuses(&[Code::LimitReached]),
        get("/api/users/{id}/avatar", LoggedIn, "A person's picture")
            .only("everybody of the company, super admins")
            .serves(PICTURES),
    ]
}
