//! The people of a company.

use crate::api::transport::{Method, Request};
use crate::api::{Api, Failure, with_query};
use contract::page::Page;
use contract::users::{
    Activate, CompanyChoice, CreateUser, MemberQuery, UpdateUser, User, UserQuery,
};
use domain::ids::{TeamId, UserId};

impl Api {
    /// A company's people, by name.
    pub async fn users(&self, query: &UserQuery) -> Result<Page<User>, Failure> {
        self.list_inside("/api/users", query).await
    }

    /// A team's reps, by name.
    pub async fn team_members(
        &self,
        team: TeamId,
        query: &MemberQuery,
    ) -> Result<Page<User>, Failure> {
        self.list(&format!("/api/users/team/{team}"), query).await
    }

    /// One person.
    pub async fn user(&self, id: UserId) -> Result<User, Failure> {
        self.get(&format!("/api/users/{id}")).await
    }

    /// Adds a person.
    pub async fn add_user(
        &self,
        company: &CompanyChoice,
        form: &CreateUser,
        key: &str,
    ) -> Result<User, Failure> {
        let path = with_query("/api/users", &self.inside_of(company));
        self.create(&path, form, key).await
    }

    /// Changes a person.
    pub async fn update_user(
        &self,
        id: UserId,
        version: u64,
        form: &UpdateUser,
    ) -> Result<User, Failure> {
        self.put(&format!("/api/users/{id}"), version, form).await
    }

    /// Lets a person in, or puts them out at once.
    pub async fn activate_user(&self, id: UserId, active: bool) -> Result<User, Failure> {
        let path = format!("/api/users/{id}/activate");
        let request = Request::new(Method::Patch, &path).json(&Activate { active });
        self.ask(request).await?.json()
    }

    /// Deletes a person and all that is theirs.
    pub async fn delete_user(&self, id: UserId) -> Result<(), Failure> {
        self.delete(&format!("/api/users/{id}")).await
    }
}
