//! Rights over figures: what sessions add up to.

use super::{Principal, SessionFacts, may_read_session};
use crate::ids::{CompanyId, UserId};
use crate::role::Role;

/// Whether somebody may see a rep's figures: whoever may see their sessions.
pub fn may_read_rep_figures(
    asker: &Principal,
    company: CompanyId,
    rep: UserId,
    rep_is_led_by_asker: bool,
) -> bool {
    let session = SessionFacts {
        company,
        owner: rep,
        owner_is_led_by_asker: rep_is_led_by_asker,
    };
    may_read_session(asker, &session)
}

/// Whether somebody may see a team's figures, rep by rep: its manager, and super admins.
pub fn may_read_team_figures(asker: &Principal, company: CompanyId, manager: UserId) -> bool {
    match asker.role {
        Role::SuperAdmin => true,
        Role::Manager => asker.company == company && asker.user == manager,
        Role::SalesRep => false,
    }
}

/// Whether somebody may see a company's figures, team by team and without a rep's name: its managers, and super admins.
pub fn may_read_company_figures(asker: &Principal, company: CompanyId) -> bool {
    match asker.role {
        Role::SuperAdmin => true,
        Role::Manager => asker.company == company,
        Role::SalesRep => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    fn asker(role: Role, user: u128, company: u128) -> Principal {
        Principal {
            user: UserId(Uuid::from_u128(user)),
            company: CompanyId(Uuid::from_u128(company)),
            role,
        }
    }

    /// Everything below belongs to company 1; user 1 is its rep, user 2 the manager of its team.
    #[test]
    fn who_may_see_which_figures() {
        use Role::{Manager, SalesRep, SuperAdmin};
        let company = CompanyId(Uuid::from_u128(1));
        let (rep, manager) = (UserId(Uuid::from_u128(1)), UserId(Uuid::from_u128(2)));
        let cases = [
            (asker(SalesRep, 1, 1), [true, false, false]),
            (asker(SalesRep, 3, 1), [false, false, false]),
            (asker(SalesRep, 1, 2), [false, false, false]),
            (asker(Manager, 2, 1), [true, true, true]),
            (asker(Manager, 3, 1), [false, false, true]),
            (asker(Manager, 2, 2), [false, false, false]),
            (asker(SuperAdmin, 9, 2), [true, true, true]),
        ];
        for (asker, expected) in cases {
            let leads = asker.user == manager;
            let may = [
                may_read_rep_figures(&asker, company, rep, leads),
                may_read_team_figures(&asker, company, manager),
                may_read_company_figures(&asker, company),
            ];
            assert_eq!(may, expected, "{asker:?}");
        }
    }
}
