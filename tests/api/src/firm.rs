//! A company of a test's own: its lists, counts and limits are nobody else's.

use contract::companies::Company;
use contract::groups::Group;
use contract::teams::Team;
use contract::users::User;
use domain::ids::{TeamId, UserId};
use domain::role::Role;
use serde_json::{Value, json};

use crate::{PASSWORD, Person, Stack, answer};

/// The super admin of the demo.
pub const SUPER_ADMIN: &str = "admin@salescaptain.test";

/// Words that nobody else has: a name, an address, a key.
pub fn unique(beginning: &str) -> String {
    format!("{beginning}-{}", uuid::Uuid::new_v4().simple())
}

/// A company with one manager.
pub struct Firm {
    /// The company.
    pub company: Company,
    /// Its manager, logged in.
    pub manager: Person,
    /// Who that is.
    pub manager_id: UserId,
    /// The super admin, logged in.
    pub admin: Person,
}

impl Firm {
    /// The super admin opens a company and puts a manager in, who logs in.
    pub async fn new(stack: &Stack) -> Self {
        let admin = Person::known(stack, SUPER_ADMIN).await;
        let form = json!({"name": unique("Firm"), "subscription": {
            "plan": "enterprise", "startsAt": 1, "isActive": true, "maxUsers": 1000}});
        let company: Company = answer(admin.posts("/api/companies", &form)).await.made();
        let path = format!("/api/users?companyId={}", company.id);
        let form = person_form(Role::Manager);
        let manager: User = answer(admin.posts(&path, &form)).await.made();
        Self {
            manager: Person::log_in(stack, &manager.email).await,
            manager_id: manager.id,
            company,
            admin,
        }
    }

    /// Somebody new, who knows the password of everybody in the demo data.
    pub async fn hire(&self, role: Role) -> User {
        let form = person_form(role);
        answer(self.manager.posts("/api/users", &form)).await.made()
    }

    /// Somebody new, logged in.
    pub async fn hire_at_work(&self, stack: &Stack, role: Role) -> (User, Person) {
        let user = self.hire(role).await;
        let person = Person::log_in(stack, &user.email).await;
        (user, person)
    }

    /// A team that the manager leads.
    pub async fn team(&self) -> Team {
        let form = json!({"name": unique("Team"), "managerId": self.manager_id});
        answer(self.manager.posts("/api/teams", &form)).await.made()
    }

    /// A group of a team, which practises every day at 11:00 in India.
    pub async fn group(&self, team: TeamId) -> Group {
        let form = group_form(team, &unique("Group"));
        answer(self.manager.posts("/api/groups", &form))
            .await
            .made()
    }

    /// Puts people into a team (`/api/teams/:id`) or a group (`/api/groups/:id`).
    pub async fn put_into(&self, path: &str, users: &[UserId]) {
        let form = json!({"userIds": users});
        let path = format!("{path}/members");
        let put = answer(self.manager.posts(&path, &form)).await;
        assert_eq!(put.status, 200, "{}", put.text());
    }
}

/// A form for somebody new.
pub fn person_form(role: Role) -> Value {
    let address = format!("{}@firm.test", unique("person"));
    json!({"email": address, "role": role, "firstName": "Nadia", "lastName": "Kurien", "password": PASSWORD})
}

/// A form for a group that practises every day at 11:00 in India.
pub fn group_form(team: TeamId, name: &str) -> Value {
    json!({"teamId": team, "name": name, "schedule": {
        "weekdays": ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"],
        "slotMinute": 660, "zone": "Asia/Kolkata"}})
}
