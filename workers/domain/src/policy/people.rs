//! Rights over people and teams.

use super::Principal;
use crate::ids::{CompanyId, UserId};
use crate::role::Role;

/// What policy needs to know of a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PersonFacts {
    /// The person.
    pub user: UserId,
    /// Their tenant.
    pub company: CompanyId,
    /// Their role.
    pub role: Role,
}

/// What policy needs to know of a team.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TeamFacts {
    /// Its tenant.
    pub company: CompanyId,
    /// Who leads it.
    pub manager: UserId,
    /// They may still log in.
    pub manager_is_active: bool,
}

/// Whether somebody may see a person's entry: their own, a manager all of the company, a super admin all. For everyone else
/// the person does not exist.
pub fn may_read_person(asker: &Principal, person: &PersonFacts) -> bool {
    match asker.role {
        Role::SuperAdmin => true,
        Role::Manager => asker.company == person.company,
        Role::SalesRep => asker.company == person.company && asker.user == person.user,
    }
}

/// Whether somebody may change a person's entry. Managers leave super admins alone.
pub fn may_change_person(asker: &Principal, person: &PersonFacts) -> bool {
    match asker.role {
        Role::SuperAdmin => true,
        Role::Manager => asker.company == person.company && person.role != Role::SuperAdmin,
        Role::SalesRep => false,
    }
}

/// Whether somebody may change a person's address, by which a password is reset: whoever has it can become that person. So a
/// manager may mend a rep's, and their own, but not another manager's.
pub fn may_change_address(asker: &Principal, person: &PersonFacts) -> bool {
    may_change_person(asker, person)
        && (asker.role == Role::SuperAdmin
            || person.role == Role::SalesRep
            || asker.user == person.user)
}

/// Whether somebody may put a person out, or delete them: nobody does it to themselves, so that no company is left without
/// a manager by a slip.
pub fn may_remove_person(asker: &Principal, person: &PersonFacts) -> bool {
    may_change_person(asker, person) && asker.user != person.user
}

/// Whether somebody may give a role to another person: none above their own, and never to themselves.
pub fn may_give_role(asker: &Principal, to: Option<UserId>, role: Role) -> bool {
    let given = match asker.role {
        Role::SuperAdmin => true,
        Role::Manager => role != Role::SuperAdmin,
        Role::SalesRep => false,
    };
    given && to != Some(asker.user)
}

/// Whether somebody may change a team, its reps and its groups: the manager who leads it, and super admins. A team whose
/// manager was put out may be taken care of by any manager of the company. All managers see all teams; only these change
/// them, because a team's manager sees its reps' sessions.
pub fn may_change_team(asker: &Principal, team: &TeamFacts) -> bool {
    match asker.role {
        Role::SuperAdmin => true,
        Role::Manager => {
            asker.company == team.company && (asker.user == team.manager || !team.manager_is_active)
        }
        Role::SalesRep => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    fn asker(role: Role, user: u128, company: u128) -> Principal {
        let PersonFacts {
            user,
            company,
            role,
        } = person(role, user, company);
        Principal {
            user,
            company,
            role,
        }
    }

    fn person(role: Role, user: u128, company: u128) -> PersonFacts {
        PersonFacts {
            user: UserId(Uuid::from_u128(user)),
            company: CompanyId(Uuid::from_u128(company)),
            role,
        }
    }

    #[test]
    fn who_may_read_and_change_whom() {
        use Role::{Manager, SalesRep, SuperAdmin};
        let rep = person(SalesRep, 1, 1);
        let manager = person(Manager, 2, 1);
        let admin = person(SuperAdmin, 3, 1);
        // Asker, person: read, change, address, remove.
        let cases = [
            (asker(SalesRep, 1, 1), rep, [true, false, false, false]),
            (asker(SalesRep, 4, 1), rep, [false; 4]),
            (asker(SalesRep, 1, 2), rep, [false; 4]),
            (asker(Manager, 2, 1), rep, [true; 4]),
            (asker(Manager, 2, 2), rep, [false; 4]),
            (asker(Manager, 2, 1), manager, [true, true, true, false]),
            (asker(Manager, 5, 1), manager, [true, true, false, true]),
            (asker(Manager, 2, 1), admin, [true, false, false, false]),
            (asker(SuperAdmin, 9, 9), rep, [true; 4]),
            (asker(SuperAdmin, 9, 9), manager, [true; 4]),
            (asker(SuperAdmin, 3, 1), admin, [true, true, true, false]),
        ];
        for (asker, person, may) in cases {
            let found = [
                may_read_person(&asker, &person),
                may_change_person(&asker, &person),
                may_change_address(&asker, &person),
                may_remove_person(&asker, &person),
            ];
            assert_eq!(found, may, "{asker:?} {person:?}");
        }
    }

    #[test]
    fn no_role_raises_itself_or_anybody_above_itself() {
        use Role::{Manager, SalesRep, SuperAdmin};
        let other = Some(UserId(Uuid::from_u128(7)));
        for role in [SuperAdmin, Manager, SalesRep] {
            let me = asker(role, 1, 1);
            assert!(!may_give_role(&me, Some(me.user), SuperAdmin));
            assert!(!may_give_role(&me, Some(me.user), Manager));
            assert_eq!(may_give_role(&me, None, SuperAdmin), role == SuperAdmin);
            assert_eq!(may_give_role(&me, other, Manager), role != SalesRep);
        }
    }

    #[test]
    fn a_team_is_changed_by_who_leads_it() {
        use Role::{Manager, SalesRep, SuperAdmin};
        let team = |active| TeamFacts {
            company: CompanyId(Uuid::from_u128(1)),
            manager: UserId(Uuid::from_u128(2)),
            manager_is_active: active,
        };
        assert!(may_change_team(&asker(Manager, 2, 1), &team(true)));
        assert!(!may_change_team(&asker(Manager, 5, 1), &team(true)));
        assert!(may_change_team(&asker(Manager, 5, 1), &team(false)));
        assert!(!may_change_team(&asker(Manager, 5, 2), &team(false)));
        assert!(!may_change_team(&asker(SalesRep, 2, 1), &team(true)));
        assert!(may_change_team(&asker(SuperAdmin, 9, 9), &team(true)));
    }
}
