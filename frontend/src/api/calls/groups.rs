//! Groups: reps of a team who practise at the same slot.

use crate::api::{Api, Failure};
use contract::groups::{CreateGroup, Group, GroupQuery, UpdateGroup};
use contract::page::{Page, PageQuery};
use contract::teams::AddMembers;
use domain::ids::{GroupId, TeamId, UserId};

impl Api {
    /// A company's groups, in the order in which they came.
    pub async fn groups(&self, query: &GroupQuery) -> Result<Page<Group>, Failure> {
        self.list_inside("/api/groups", query).await
    }

    /// A team's groups.
    pub async fn groups_of(&self, team: TeamId, query: &PageQuery) -> Result<Page<Group>, Failure> {
        self.list(&format!("/api/groups/team/{team}"), query).await
    }

    /// One group.
    pub async fn group(&self, id: GroupId) -> Result<Group, Failure> {
        self.get(&format!("/api/groups/{id}")).await
    }

    /// Makes a group in a team.
    pub async fn make_group(&self, form: &CreateGroup, key: &str) -> Result<Group, Failure> {
        self.create("/api/groups", form, key).await
    }

    /// Renames a group, or changes when it practises.
    pub async fn update_group(
        &self,
        id: GroupId,
        version: u64,
        form: &UpdateGroup,
    ) -> Result<Group, Failure> {
        self.put(&format!("/api/groups/{id}"), version, form).await
    }

    /// Deletes a group; its reps stay in the team.
    pub async fn delete_group(&self, id: GroupId) -> Result<(), Failure> {
        self.delete(&format!("/api/groups/{id}")).await
    }

    /// Takes reps of the team into a group; who was in another one moves over.
    pub async fn add_to_group(&self, id: GroupId, form: &AddMembers) -> Result<Group, Failure> {
        self.post(&format!("/api/groups/{id}/members"), form).await
    }

    /// Takes a rep out of a group.
    pub async fn take_out_of_group(&self, id: GroupId, rep: UserId) -> Result<(), Failure> {
        self.delete(&format!("/api/groups/{id}/members/{rep}"))
            .await
    }
}
