//! Whose figures somebody may see: what they may not see does not exist.

use crate::error::ApiError;
use crate::ports::Ports;
use crate::tenant;
use domain::ids::{CompanyId, GroupId, TeamId, UserId};
use domain::policy::{
    Principal, may_read_company_figures, may_read_rep_figures, may_read_team_figures,
};
use domain::role::Role;
use store::analytics::{self, Rep, Subject, Team};

/// The rep and their company, if the asker may see their figures.
pub(super) async fn readable_rep<P: Ports>(
    ports: &P,
    asker: &Principal,
    id: UserId,
) -> Result<(CompanyId, Rep), ApiError> {
    let no_such_user = || ApiError::not_found("user");
    let company = company_of(ports, asker, Subject::Rep(id))
        .await?
        .ok_or_else(no_such_user)?;
    analytics::rep(ports.db(), company, id, asker.user)
        .await?
        .filter(|rep| may_read_rep_figures(asker, company, rep.user, rep.is_led))
        .map(|rep| (company, rep))
        .ok_or_else(no_such_user)
}

/// The team and its company, if the asker may see its figures.
pub(super) async fn readable_team<P: Ports>(
    ports: &P,
    asker: &Principal,
    id: TeamId,
) -> Result<(CompanyId, Team), ApiError> {
    let no_such_team = || ApiError::not_found("team");
    let company = company_of(ports, asker, Subject::Team(id))
        .await?
        .ok_or_else(no_such_team)?;
    analytics::team(ports.db(), company, id)
        .await?
        .filter(|team| may_read_team_figures(asker, company, team.manager))
        .map(|team| (company, team))
        .ok_or_else(no_such_team)
}

/// The company of a group, if the asker may see the figures of its team.
pub(super) async fn company_of_readable_group<P: Ports>(
    ports: &P,
    asker: &Principal,
    id: GroupId,
) -> Result<CompanyId, ApiError> {
    let no_such_group = || ApiError::not_found("group");
    let company = company_of(ports, asker, Subject::Group(id))
        .await?
        .ok_or_else(no_such_group)?;
    analytics::group_manager(ports.db(), company, id)
        .await?
        .filter(|&manager| may_read_team_figures(asker, company, manager))
        .map(|_| company)
        .ok_or_else(no_such_group)
}

/// The company, if the asker may see its figures.
pub(super) async fn readable_company<P: Ports>(
    ports: &P,
    asker: &Principal,
    id: CompanyId,
) -> Result<CompanyId, ApiError> {
    let company = tenant::meant(ports, asker, Some(id)).await?;
    if may_read_company_figures(asker, company) {
        Ok(company)
    } else {
        Err(ApiError::not_found("company"))
    }
}

/// Everyone asks inside their own company; a super admin inside the thing's.
async fn company_of<P: Ports>(
    ports: &P,
    asker: &Principal,
    subject: Subject,
) -> Result<Option<CompanyId>, ApiError> {
    match asker.role {
        Role::SuperAdmin => Ok(analytics::tenant_of(ports.db(), subject).await?),
        Role::Manager | Role::SalesRep => Ok(Some(asker.company)),
    }
}
