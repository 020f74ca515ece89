//! Which company a list or a create is about.

use crate::error::ApiError;
use crate::ports::Ports;
use domain::ids::CompanyId;
use domain::policy::Principal;
use domain::role::Role;
use store::companies;

/// The company that a call means: one's own, unless a super admin names another in `?companyId=`. For everyone else no other
/// company exists.
pub(crate) async fn meant<P: Ports>(
    ports: &P,
    asker: &Principal,
    named: Option<CompanyId>,
) -> Result<CompanyId, ApiError> {
    match named {
        None => Ok(asker.company),
        Some(company) if company == asker.company => Ok(company),
        Some(company)
            if asker.role == Role::SuperAdmin && companies::exists(ports.db(), company).await? =>
        {
            Ok(company)
        }
        Some(_) => Err(ApiError::not_found("company")),
    }
}
