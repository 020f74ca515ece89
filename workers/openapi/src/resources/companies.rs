//! Companies: settings and subscription.

use super::{MAX_PICTURE_BYTES, PICTURES};
use crate::operation::{Operation, create, delete, get, put};
use contract::companies::{Company, CompanyQuery, CreateCompany, UpdateCompany};
use contract::page::Page;
use contract::problem::Code;
use domain::policy::Access::{LoggedIn, Managers, SuperAdmins};

/// Who looks after a company.
const OWN: &str = "its managers, super admins";

pub(super) fn operations() -> Vec<Operation> {
    vec![
        get(
            "/api/companies",
            SuperAdmins,
            "All companies, in the order in which they came",
        )
        .query::<CompanyQuery>()
        .ok::<Page<Company>>("A page of them."),
        create("/api/companies", SuperAdmins, "Makes a company")
            .body::<CreateCompany>()
            .created::<Company>("The company.")
            .located()
            .versioned(),
        get("/api/companies/{id}", Managers, "One company")
            .only(OWN)
            .ok::<Company>("The company.")
            .versioned(),
        put(
            "/api/companies/{id}",
            Managers,
            "Changes a company's settings; super admins also its subscription",
        )
        .only(OWN)
        .if_match()
        .body::<UpdateCompany>()
        .ok::<Company>("The company as it is now.")
        .versioned(),
        delete(
            "/api/companies/{id}",
            SuperAdmins,
            "Deletes a closed company with everybody and everything in it",
        )
        .refuses(&[Code::InUse]),
        get("/api/companies/{id}/logo", LoggedIn, "A company's logo")
            .only("everybody of the company, super admins")
            .serves(PICTURES),
        put(
            "/api/companies/{id}/logo",
            Managers,
            "Sets a company's logo",
        )
        .only(OWN)
        .file(PICTURES, MAX_PICTURE_BYTES)
        .done(204, "It is set.")
        .refuses(&[Code::Changed]),
        delete(
            "/api/companies/{id}/logo",
            Managers,
            "Takes a company's logo away",
        )
        .only(OWN)
        .refuses(&[Code::Changed]),
    ]
}
