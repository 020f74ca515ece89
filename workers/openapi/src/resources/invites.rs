//! Ways into a company.

use crate::operation::{Operation, create, delete, get, post};
use contract::invites::{Invite, InviteOffer, InviteQuery, NewInvite, OfferRequest};
use contract::page::Page;
use contract::problem::Code;
use contract::users::CompanyChoice;
use domain::policy::Access::{Managers, Public};

pub(super) fn operations() -> Vec<Operation> {
    vec![
        get(
            "/api/invites",
            Managers,
            "A company's invites, newest first",
        )
        .query::<InviteQuery>()
        .ok::<Page<Invite>>("A page of them."),
        create(
            "/api/invites",
            Managers,
            "Invites somebody, by mail or by a link to hand on",
        )
        .query::<CompanyChoice>()
        .body::<NewInvite>()
        .created::<Invite>("The invite; one without an address has its link.")
        .located()
        .refuses(&[Code::Exists, Code::LimitReached])
        .limited(),
        post("/api/invites/offer", Public, "What a register link opens")
        .note("The token is the proof. It stands after the `#` of the link, and in a body, because paths are logged.")
        .body::<OfferRequest>()
        .refuses(&[Code::NotFound])
        .ok::<InviteOffer>("What one will be, and where.")
        .limited(),
        delete("/api/invites/{id}", Managers, "Takes an invite back")
            .note("Doing it twice is the same as once.")
            .refuses(&[Code::InUse]),
    ]
}
