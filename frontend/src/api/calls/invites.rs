//! Ways into a company.

use crate::api::{Api, Failure, with_query};
use contract::invites::{Invite, InviteQuery, NewInvite};
use contract::page::Page;
use contract::users::CompanyChoice;
use domain::ids::InviteId;

impl Api {
    /// A company's invites, newest first.
    pub async fn invites(&self, query: &InviteQuery) -> Result<Page<Invite>, Failure> {
        self.list_inside("/api/invites", query).await
    }

    /// Invites somebody, by mail or by a link to hand on.
    pub async fn invite(
        &self,
        company: &CompanyChoice,
        form: &NewInvite,
        key: &str,
    ) -> Result<Invite, Failure> {
        let path = with_query("/api/invites", &self.inside_of(company));
        self.create(&path, form, key).await
    }

    /// Takes an invite back.
    pub async fn take_invite_back(&self, id: InviteId) -> Result<(), Failure> {
        self.delete(&format!("/api/invites/{id}")).await
    }
}
