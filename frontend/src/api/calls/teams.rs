//! Teams: a manager and their reps.

use crate::api::{Api, Failure, with_query};
use contract::page::Page;
use contract::teams::{AddMembers, Team, TeamForm, TeamQuery};
use contract::users::CompanyChoice;
use domain::ids::{TeamId, UserId};

impl Api {
    /// A company's teams, by name.
    pub async fn teams(&self, query: &TeamQuery) -> Result<Page<Team>, Failure> {
        self.list_inside("/api/teams", query).await
    }

    /// One team.
    pub async fn team(&self, id: TeamId) -> Result<Team, Failure> {
        self.get(&format!("/api/teams/{id}")).await
    }

    /// Makes a team.
    pub async fn make_team(
        &self,
        company: &CompanyChoice,
        form: &TeamForm,
        key: &str,
    ) -> Result<Team, Failure> {
        let path = with_query("/api/teams", &self.inside_of(company));
        self.create(&path, form, key).await
    }

    /// Renames a team, or hands it over.
    pub async fn update_team(
        &self,
        id: TeamId,
        version: u64,
        form: &TeamForm,
    ) -> Result<Team, Failure> {
        self.put(&format!("/api/teams/{id}"), version, form).await
    }

    /// Deletes a team without reps, with its groups.
    pub async fn delete_team(&self, id: TeamId) -> Result<(), Failure> {
        self.delete(&format!("/api/teams/{id}")).await
    }

    /// Takes reps into a team.
    pub async fn add_to_team(&self, id: TeamId, form: &AddMembers) -> Result<Team, Failure> {
        self.post(&format!("/api/teams/{id}/members"), form).await
    }

    /// Takes a rep out of a team.
    pub async fn take_out_of_team(&self, id: TeamId, rep: UserId) -> Result<(), Failure> {
        self.delete(&format!("/api/teams/{id}/members/{rep}")).await
    }
}
