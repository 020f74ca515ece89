//! Which company a super admin is in: its people, teams and figures are shown, and what is made is made there.
//!
//! Everybody else is in their own, and nothing is named then. The choice is the tab's; a new tab begins with the latest one of
//! this browser.

use super::Api;
use crate::browser::storage;
use contract::analytics::{ExportQuery, LeaderboardQuery};
use contract::audit::AuditQuery;
use contract::auth::CompanyRef;
use contract::groups::GroupQuery;
use contract::invites::InviteQuery;
use contract::scenario::{ScenarioQuery, ScenarioSearch, ScenarioTarget};
use contract::session::{SessionQuery, SessionTarget};
use contract::teams::TeamQuery;
use contract::tone::ToneTarget;
use contract::users::{CompanyChoice, UserQuery};
use domain::ids::CompanyId;
use std::cell::RefCell;
use yew::Callback;

const KEY: &str = "captain.company";

/// The company somebody went into, and who wants to know of it.
#[derive(Debug, Default)]
pub struct Inside {
    company: RefCell<Option<CompanyRef>>,
    tell: RefCell<Callback<()>>,
}

impl Api {
    /// The company that was gone into; without, one's own is meant.
    pub fn inside(&self) -> Option<CompanyRef> {
        self.inside.company.borrow().clone()
    }

    /// Takes up the choice that this tab, or else this browser, has kept. `tell` hears of each change from then on.
    pub fn take_up_company(&self, tell: Callback<()>) {
        let kept = storage::read_in_tab(KEY).or_else(|| storage::read(KEY));
        let company = kept.as_deref().and_then(read);
        self.inside.company.replace(company);
        self.inside.tell.replace(tell);
    }

    /// For everybody but super admins, whoever used this tab before.
    pub fn stay_in_own_company(&self) {
        self.inside.company.replace(None);
    }

    /// Goes into another company, or back into one's own. What is known of the one before is nothing for this one.
    pub fn go_inside(&self, company: Option<CompanyRef>) {
        match &company {
            Some(company) => {
                let kept = format!("{} {}", company.id, company.name);
                storage::write_in_tab(KEY, &kept);
                storage::write(KEY, &kept);
            }
            None => forget_company(),
        }
        self.inside.company.replace(company);
        self.cache().clear();
        let tell = self.inside.tell.borrow().clone();
        tell.emit(());
    }

    /// The query with the company in it that is meant, unless it names one.
    pub(super) fn inside_of<Q: OfCompany>(&self, query: &Q) -> Q {
        let mut query = query.clone();
        if let Some(company) = self.inside() {
            query.mean(company.id);
        }
        query
    }
}

/// An id and a name.
fn read(kept: &str) -> Option<CompanyRef> {
    let (id, name) = kept.split_once(' ')?;
    Some(CompanyRef {
        id: id.parse().ok()?,
        name: name.to_owned(),
    })
}

/// The next person on this device begins in their own company.
pub fn forget_company() {
    storage::remove(KEY);
    storage::remove_in_tab(KEY);
}

/// A query that may name a company.
pub(super) trait OfCompany: Clone {
    /// Names it, if no other is named.
    fn mean(&mut self, company: CompanyId);
}

macro_rules! of_company {
    ($($query:ty),+) => {
        $(impl OfCompany for $query {
            fn mean(&mut self, company: CompanyId) {
                self.company_id.get_or_insert(company);
            }
        })+
    };
}

of_company!(
    AuditQuery,
    CompanyChoice,
    ExportQuery,
    GroupQuery,
    InviteQuery,
    LeaderboardQuery,
    ScenarioQuery,
    ScenarioSearch,
    SessionQuery,
    SessionTarget,
    TeamQuery,
    UserQuery
);

/// What belongs to the stock library belongs to no company.
macro_rules! of_company_or_stock {
    ($($target:ty),+) => {
        $(impl OfCompany for $target {
            fn mean(&mut self, company: CompanyId) {
                if !self.stock {
                    self.company_id.get_or_insert(company);
                }
            }
        })+
    };
}

of_company_or_stock!(ScenarioTarget, ToneTarget);

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    const CHOSEN: CompanyId = CompanyId(Uuid::from_u128(1));
    const NAMED: CompanyId = CompanyId(Uuid::from_u128(2));

    #[test]
    fn the_company_one_is_in_is_meant_where_no_other_is_named() {
        let mut query = UserQuery::default();
        query.mean(CHOSEN);
        assert_eq!(query.company_id, Some(CHOSEN));
        let mut named = TeamQuery {
            company_id: Some(NAMED),
            ..TeamQuery::default()
        };
        named.mean(CHOSEN);
        assert_eq!(named.company_id, Some(NAMED));
    }

    #[test]
    fn what_is_kept_is_an_id_and_a_name() {
        let kept = format!("{} Troika Tech", CHOSEN);
        let company = read(&kept);
        assert_eq!(
            company.map(|company| (company.id, company.name)),
            Some((CHOSEN, "Troika Tech".to_owned()))
        );
        assert_eq!(read("Troika Tech"), None);
        assert_eq!(read(""), None);
    }

    #[test]
    fn the_stock_library_is_of_no_company() {
        let mut stock = ScenarioTarget {
            stock: true,
            company_id: None,
        };
        stock.mean(CHOSEN);
        assert_eq!(stock.company_id, None);
        let mut own = ToneTarget::default();
        own.mean(CHOSEN);
        assert_eq!(own.company_id, Some(CHOSEN));
    }
}
