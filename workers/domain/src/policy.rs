//! Who may do what: DESIGN's table of rights as code, one small function per question.

mod calls;
mod figures;
mod people;

pub use calls::Access;
pub use figures::{may_read_company_figures, may_read_rep_figures, may_read_team_figures};
pub use people::{
    PersonFacts, TeamFacts, may_change_address, may_change_person, may_change_team, may_give_role,
    may_read_person, may_remove_person,
};

use crate::ids::{CompanyId, UserId};
use crate::role::Role;

/// Somebody who is logged in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Principal {
    /// The user.
    pub user: UserId,
    /// Their tenant.
    pub company: CompanyId,
    /// Their role.
    pub role: Role,
}

/// What policy needs to know of a session.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SessionFacts {
    /// Its tenant.
    pub company: CompanyId,
    /// Its rep.
    pub owner: UserId,
    /// The rep is in a team that the asking user leads.
    pub owner_is_led_by_asker: bool,
}

/// Whether somebody may see a session, its chat and its result: a rep their own, a manager those of their teams' reps, a
/// super admin all. For everyone else the session does not exist.
pub fn may_read_session(asker: &Principal, session: &SessionFacts) -> bool {
    match asker.role {
        Role::SuperAdmin => true,
        Role::Manager => {
            asker.company == session.company
                && (may_practise_session(asker, session) || session.owner_is_led_by_asker)
        }
        Role::SalesRep => may_practise_session(asker, session),
    }
}

/// Whether somebody may start, answer, stop and end a session: its owner, nobody else.
pub fn may_practise_session(asker: &Principal, session: &SessionFacts) -> bool {
    asker.company == session.company && asker.user == session.owner
}

/// Whether somebody may delete a recording of a session: the rep whose voice it is, and a super admin.
pub fn may_delete_recording(asker: &Principal, session: &SessionFacts) -> bool {
    may_practise_session(asker, session) || asker.role == Role::SuperAdmin
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    fn user(n: u128) -> UserId {
        UserId(Uuid::from_u128(n))
    }

    fn company(n: u128) -> CompanyId {
        CompanyId(Uuid::from_u128(n))
    }

    fn asker(role: Role, user: UserId, company: CompanyId) -> Principal {
        Principal {
            user,
            company,
            role,
        }
    }

    fn session(led: bool) -> SessionFacts {
        SessionFacts {
            company: company(1),
            owner: user(1),
            owner_is_led_by_asker: led,
        }
    }

    #[test]
    fn who_may_read() {
        use Role::{Manager, SalesRep, SuperAdmin};
        let cases = [
            (SalesRep, user(1), company(1), false, true),
            (SalesRep, user(2), company(1), false, false),
            // Nobody but a manager gains from leading.
            (SalesRep, user(2), company(1), true, false),
            (SalesRep, user(1), company(2), false, false),
            (Manager, user(3), company(1), true, true),
            (Manager, user(3), company(1), false, false),
            (Manager, user(1), company(1), false, true),
            // A team row that crosses tenants opens nothing.
            (Manager, user(3), company(2), true, false),
            (SuperAdmin, user(9), company(2), false, true),
        ];
        for (role, user, company, led, may) in cases {
            assert_eq!(
                may_read_session(&asker(role, user, company), &session(led)),
                may,
                "{role:?} {user} {company} led {led}"
            );
        }
    }

    #[test]
    fn who_may_delete_a_recording() {
        use Role::{Manager, SalesRep, SuperAdmin};
        for (role, user, company, may) in [
            (SalesRep, user(1), company(1), true),
            (SalesRep, user(2), company(1), false),
            (SalesRep, user(1), company(2), false),
            (Manager, user(3), company(1), false),
            (SuperAdmin, user(9), company(2), true),
        ] {
            let asker = asker(role, user, company);
            assert_eq!(
                may_delete_recording(&asker, &session(true)),
                may,
                "{role:?}"
            );
        }
    }

    #[test]
    fn only_the_owner_practises() {
        for role in [Role::SuperAdmin, Role::Manager, Role::SalesRep] {
            let other = asker(role, user(2), company(1));
            assert!(!may_practise_session(&other, &session(true)));
            let owner = asker(role, user(1), company(1));
            assert!(may_practise_session(&owner, &session(false)));
            let namesake = asker(role, user(1), company(2));
            assert!(!may_practise_session(&namesake, &session(false)));
        }
    }
}
